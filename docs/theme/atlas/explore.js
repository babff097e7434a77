/** The explore page: words, filters and views of one selection, which the address holds. */

import {load, onceLoader} from "./dom/load.js";
import {h, opensElsewhere, Speech} from "./explore-dom.js";
import {Facets} from "./explore-facets.js";
import {Panel} from "./explore-panel.js";
import {ask, choose, copy, empty, LIMIT, parse, SORTS, VIEWS, write} from "./explore-state.js";
import {cards, PER_PAGE, table} from "./explore-views.js";

/** How long a reader's fingers rest before words are looked for, in milliseconds. */
const REST = 180;
/** How many ignored parts of an address are named. */
const NAMED = 5;

/** @typedef {import("./explore-state.js").State} State */
/** @typedef {{words: import("./explore-words.js").Words, passages: typeof import("./explore-passages.js"), told: typeof import("./explore-remarks.js")}} Finder */

class Explore {
  /** @param {HTMLElement} place @param {{language: string, root: string, data: string, words: import("./explore-dom.js").Strings}} settings */
  constructor(place, {language, root, data, words}) {
    this.place = place;
    this.root = root;
    this.data = data;
    this.speech = new Speech(language, words);
    this.form = /** @type {HTMLFormElement} */ (document.querySelector(".explore-words"));
    this.field = /** @type {HTMLInputElement} */ (this.form.querySelector("input[name=q]"));
    this.state = empty();
    /** @type {import("./explore-state.js").Note[]} */
    this.ignored = [];
    this.turn = 0;
    this.search = "";
    this.title = document.title;
    /** What is shown, for who takes it away. @type {{rows: number[], parts: string[], address: string} | null} */
    this.shown = null;
    /** @type {Promise<void>} */
    this.showing = Promise.resolve();
    this.typed = false;
  }

  async start() {
    const {speech} = this;
    this.fallback(false);
    this.place.replaceChildren(h("p", {class: "note", role: "status"}, speech.t("loading")));
    const base = new URL(`${this.root}explore/`, location.href);
    const get = onceLoader();
    // Only this file is asked for without a version, and always anew: the others follow it.
    const data = await (await load(new URL("facets.json", base), {cache: "no-cache"})).json();
    this.facets = await Facets.read(data);
    /** @type {(path: string) => Promise<any>} */
    const versioned = (path) => get(new URL(`${path}?v=${data.version}`, base));
    /** @type {Promise<Finder> | null} */
    this.finder = null;
    /** @type {import("./explore-views.js").Site} */
    this.site = {speech, facets: this.facets, root: this.root, load: versioned, link: (change) => this.address(this.changed(change))};
    this.build();
    // A link within the page changes no more than the fragment.
    addEventListener("popstate", () => location.search !== this.search && void this.read());
    await this.read();
  }

  /** @returns {Promise<Finder>} what finds words, loaded when it is first needed */
  ready() {
    const load = async () => {
      const [{Words}, passages, told] = await Promise.all([import("./explore-words.js"), import("./explore-passages.js"), import("./explore-remarks.js")]);
      const words = new Words(this.site.load, this.facets.count);
      await words.ready();
      return {words, passages, told};
    };
    if (!this.finder) {
      this.finder = load();
      this.finder.catch(() => (this.finder = null));
    }
    return this.finder;
  }

  /** @param {boolean} shown whether the links to the indexes are, as they are without this script */
  fallback(shown) {
    const links = document.querySelector("#explore-fallback");
    if (links instanceof HTMLElement) links.hidden = !shown;
  }

  build() {
    const {speech} = this;
    this.panel = new Panel(speech, this.facets, (key, id, on) => this.go((state) => choose(state, key, id, on)));
    this.head = h("h2", {class: "explore-total", tabindex: -1});
    this.live = h("p", {class: "visually-hidden", role: "status"});
    this.chips = h("ul", {class: "explore-chips", "aria-label": speech.t("active")});
    this.notes = h("div", {class: "explore-notes", role: "status"});
    this.answers = h("div", {class: "answers"});
    this.results = h("section", {class: "explore-results", "aria-label": speech.t("view")});
    this.sorter = /** @type {HTMLSelectElement} */ (h("select", {onchange: () => this.go((state) => (state.sort = this.sorter.value))}, SORTS.filter((sort) => this.facets.distinguishes(sort)).map((sort) => h("option", {value: sort}, speech.t(sort)))));
    this.views = VIEWS.slice(0, 3).map((view) => h("button", {type: "button", "data-view": view, onclick: () => this.go((state) => (state.view = view))}, speech.t(view)));
    const bar = h("div", {class: "explore-bar"},
      h("div", {class: "explore-switch", role: "group", "aria-label": speech.t("view")}, this.views),
      h("label", {class: "explore-sort"}, h("span", {}, speech.t("sort")), " ", this.sorter));
    this.problem = h("p", {class: "explore-problem", role: "alert"});
    const kinds = /** @type {("csv" | "results" | "json")[]} */ (["csv", "results", "json"]);
    this.take = h("div", {class: "explore-take", role: "group", "aria-label": speech.t("take")},
      h("span", {}, `${speech.t("take")}${speech.strings.colon}`),
      kinds.map((kind) => h("button", {type: "button", "data-take": kind, onclick: () => void this.download(kind)}, speech.t(kind === "results" ? "results_csv" : kind))),
      h("button", {type: "button", "data-take": "dossier", onclick: () => this.go((state) => (state.view = "dossier"))}, speech.t("dossier")),
      this.problem);
    this.toggle = h("button", {type: "button", class: "explore-toggle", "aria-expanded": "false", "aria-controls": "explore-filters", onclick: () => this.fold()});
    this.done = h("button", {type: "button", class: "explore-done", onclick: () => this.leave()});
    this.aside = h("aside", {class: "explore-aside", id: "explore-filters", "aria-label": speech.t("filters")}, this.panel.element, this.done);
    this.main = h("div", {class: "explore-main"}, this.head, this.live, this.chips, this.notes, this.answers, bar, this.results, this.take);
    this.place.replaceChildren(h("div", {class: "explore-columns"}, this.toggle, this.aside, this.main));
    this.form.querySelector(".explore-line")?.after(h("button", {type: "button", class: "explore-skip", onclick: () => this.leave()}, speech.t("skip")));
    let timer = 0;
    this.field.addEventListener("focus", () => void this.ready().catch(() => undefined), {once: true});
    this.field.addEventListener("input", () => {
      clearTimeout(timer);
      timer = window.setTimeout(() => this.type(), REST);
    });
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      clearTimeout(timer);
      this.type();
      this.typed = false;
    });
    this.field.addEventListener("blur", () => (this.typed = false));
  }

  /** Takes over what was typed: one entry in the history for all letters of a visit to the field. */
  type() {
    const q = [...this.field.value.replace(/\s+/gu, " ").trim()].slice(0, LIMIT).join("");
    if (q === this.state.q) return;
    const replace = this.typed;
    this.typed = true;
    this.go((state) => ask(state, q), replace);
  }

  /** @param {Record<string, string>} change parts of the address @returns {State} */
  changed(change) {
    const state = copy(this.state);
    state.page = 1;
    for (const [key, value] of Object.entries(change)) {
      if (key === "view") state.view = value;
      else state.chosen.set(key, new Set([value]));
    }
    return state;
  }

  /** @param {State} state @returns {string} */
  address(state) {
    return location.pathname + write(state);
  }

  /**
   * Goes to another state, and to its first page.
   * @param {(state: State) => void} change
   * @param {boolean} replace whether the present entry of the history gives way
   * @returns {Promise<void>} done when it is shown
   */
  go(change, replace = false) {
    const state = copy(this.state);
    state.page = 1;
    change(state);
    const same = write(state) === write(this.state);
    if (!same || this.ignored.length) history[replace || same ? "replaceState" : "pushState"](null, "", this.address(state));
    this.search = location.search;
    this.state = state;
    this.ignored = [];
    return this.show();
  }

  /** Takes the state from the address. */
  async read() {
    this.search = location.search;
    const {state, notes} = parse(location.search, this.facets.known());
    this.state = state;
    this.ignored = notes;
    this.typed = false;
    this.field.value = state.q;
    this.panel.open(state.chosen);
    await this.show();
  }

  /** @returns {Promise<void>} done when the state is shown, or when a later one takes over */
  show() {
    this.showing = this.draw();
    return this.showing;
  }

  /** Shows the state; a later call makes an earlier one stop. */
  async draw() {
    const turn = (this.turn += 1);
    this.place.setAttribute("aria-busy", "true");
    const {state, speech} = this;
    /** @type {import("./explore-words.js").Found | null} */
    let found = null;
    /** @type {import("./explore-views.js").Passages} */
    let passages = null;
    /** @type {typeof import("./explore-remarks.js") | null} */
    let told = null;
    let failed = false;
    if (state.q) {
      try {
        const finder = await this.ready();
        found = await finder.words.search(state.q, state);
        passages = finder.passages;
        told = finder.told;
      } catch (error) {
        failed = true;
        console.info(error);
      }
      if (turn !== this.turn) return;
    }
    const counted = this.facets.counted(state.chosen, found && found.mask);
    const rows = this.facets.ordered(counted.mask, state.sort, found && found.scores);
    const words = failed ? "" : (found?.said ?? "");
    this.keepWithin(rows.length);
    this.shown = {rows, parts: this.selected(words), address: new URL(this.address(state), location.href).href};
    // In a history or among bookmarks one selection is told from another.
    document.title = [...this.shown.parts, this.title].join(" · ");
    this.panel.update(state.chosen, counted.counts);
    this.heading(counted.total);
    const other = /** @type {HTMLAnchorElement | null} */ (document.querySelector(".language a"));
    // A word of this language is not to be taken for a misspelt one of the other.
    if (other) other.href = other.href.split("?")[0] + write({...state, exact: true});
    this.drawChips();
    this.drawNotes(turn, found, failed, told);
    for (const button of this.views) button.setAttribute("aria-pressed", String(button.dataset.view === state.view));
    this.sorter.value = this.facets.distinguishes(state.sort) ? state.sort : SORTS[0];
    for (const button of this.take.querySelectorAll("button")) button.disabled = rows.length === 0;
    this.problem.textContent = "";
    this.place.classList.toggle("as-dossier", state.view === "dossier");
    const shown = found ? found.shown : new Set();
    try {
      const drawn = await this.drawn(rows, shown, passages);
      if (turn !== this.turn) return;
      this.results.replaceChildren(...drawn);
      this.results.dispatchEvent(new CustomEvent("atlas:cards", {bubbles: true}));  // for the buttons of compare.js
      if (state.view === "dossier" && this.view && this.view !== "dossier") this.enter(".dossier-title");
      this.view = state.view;
      this.announce(rows.length);
      delete this.results.dataset.failed;
    } catch (error) {
      if (turn !== this.turn) return;
      console.info(error);
      this.results.replaceChildren(h("p", {class: "notice", role: "alert"}, speech.t(state.view === "map" ? "map_failed" : "failed")));
      this.results.dataset.failed = "";
    }
    this.place.setAttribute("aria-busy", "false");
  }

  /** Leads an address with a page after the last one to the last one. @param {number} n how many practices there are */
  keepWithin(n) {
    const last = Math.max(1, Math.ceil(n / PER_PAGE));
    if (this.state.page <= last) return;
    this.state.page = last;
    history.replaceState(null, "", this.address(this.state));
    this.search = location.search;
  }

  /** @param {string} selector what in the results the reader is led to */
  enter(selector) {
    const target = /** @type {HTMLElement | null} */ (this.results.querySelector(selector));
    target?.focus();
    target?.scrollIntoView();
  }

  /** Tells those who do not see the page what is shown. @param {number} n */
  announce(n) {
    const {state, speech} = this;
    const first = (state.page - 1) * PER_PAGE;
    const range = ["cards", "table"].includes(state.view) && n > PER_PAGE ? ` ${speech.t("shown", {first: first + 1, last: Math.min(first + PER_PAGE, n), n})}.` : "";
    const text = `${this.head.textContent}.${range}`;
    if (this.live.textContent !== text) this.live.textContent = text;
  }

  /** @param {number} total */
  heading(total) {
    const {speech} = this;
    const rest = total === this.facets.count ? "" : ` ${speech.t("of_all", {n: this.facets.count})}`;
    const text = speech.t("results", {n: total}) + rest;
    this.head.textContent = text;
    this.done.textContent = speech.t(total ? "show_results" : "results", {n: total});
    this.fold(this.toggle.getAttribute("aria-expanded") === "true");
  }

  /** Leaves the filters for the results, on a narrow screen. */
  leave() {
    this.fold(false);
    this.head.focus();
    this.head.scrollIntoView();
  }

  /** Shows or hides the filters on a narrow screen. @param {boolean} open */
  fold(open = this.toggle.getAttribute("aria-expanded") !== "true") {
    const n = [...this.state.chosen.values()].reduce((sum, ids) => sum + ids.size, 0);
    const text = this.speech.t(open ? "filters_close" : "filters_open");
    this.toggle.textContent = n ? `${text} (${this.speech.t("filters_on", {n})})` : text;
    this.toggle.setAttribute("aria-expanded", String(open));
    this.aside.classList.toggle("open", open);
  }

  drawChips() {
    const {speech, state, facets} = this;
    /** @type {[string, (state: State) => void][]} */
    const found = [];
    if (state.q) found.push([speech.t("words_chip", {words: state.q}), (next) => ask(next, "")]);
    for (const {key, title} of facets.list) {
      for (const id of state.chosen.get(key) ?? []) found.push([`${title}${speech.strings.colon} ${facets.label(key, id)}`, (next) => choose(next, key, id, false)]);
    }
    this.chips.replaceChildren(
      ...found.map(([what, change], at) =>
        h("li", {}, h("button", {type: "button", class: "explore-chip", "aria-label": speech.t("remove", {what}), onclick: (event) => /** @type {MouseEvent} */ (event).detail > 1 || void this.without(change, at)}, what, h("span", {"aria-hidden": "true"}, " ×"))),
      ),
      ...(found.length > 1 ? [h("li", {}, h("button", {type: "button", class: "explore-clear", onclick: () => void this.without((next) => (ask(next, ""), next.chosen.clear()), 0)}, speech.t("clear")))] : []),
    );
    this.chips.hidden = found.length === 0;
  }

  /** @param {(state: State) => void} change @param {number} at which chip goes: the focus stays near it */
  async without(change, at) {
    await this.go((state) => {
      change(state);
      this.field.value = state.q;
    });
    const left = /** @type {HTMLElement[]} */ ([...this.chips.querySelectorAll(".explore-chip")]);
    (left[Math.min(at, left.length - 1)] ?? this.head).focus();
  }

  /** Goes to another state and to the results. @param {(state: State) => void} change */
  lead(change) {
    void this.go(change).then(() => this.head.focus());
    this.field.value = this.state.q;
  }

  /**
   * @param {number} turn
   * @param {import("./explore-words.js").Found | null} found
   * @param {boolean} failed whether words could not be looked for
   * @param {typeof import("./explore-remarks.js") | null} told what speaks of words
   */
  drawNotes(turn, found, failed, told) {
    const {speech} = this;
    const lines = [];
    if (failed) lines.push(h("p", {class: "notice"}, speech.t("words_failed")));
    for (const {kind, what} of this.ignored.slice(0, NAMED)) {
      const short = what.length > 60 ? `${[...what].slice(0, 60).join("")}…` : what;
      lines.push(h("p", {class: "notice"}, speech.t(kind, kind === "cut" ? {n: Number(what)} : {what: short})));
    }
    if (this.ignored.length > NAMED) lines.push(h("p", {class: "notice"}, speech.t("and_more", {n: this.ignored.length - NAMED})));
    if (found && told) lines.push(...told.remarks(this.site, found, (change) => this.lead(change)));
    this.notes.replaceChildren(...lines);
    this.answers.replaceChildren();
    if (found && told) void told.answers(this.site, found).then((fitting) => turn === this.turn && this.answers.replaceChildren(...fitting));
  }

  /** @param {number[]} rows @param {Set<string>} shown @param {import("./explore-views.js").Passages} passages @returns {Promise<Node[]>} */
  async drawn(rows, shown, passages) {
    const {state, speech, site} = this;
    if (state.view === "dossier") return this.dossier(rows);
    if (!rows.length) return [h("p", {class: "empty"}, h("strong", {}, speech.t("nothing")), " ", speech.t("nothing_text"), " ", h("a", {href: `${this.root}contribute/`}, speech.t("nothing_propose")))];
    if (state.view === "map") return [await (await import("./explore-map.js")).map(site, rows)];
    const pages = Math.ceil(rows.length / PER_PAGE);
    const first = (state.page - 1) * PER_PAGE;
    const some = rows.slice(first, first + PER_PAGE);
    const list = state.view === "table" ? await table(site, some, shown, passages) : await cards(site, some, shown, passages);
    if (pages === 1) return [list];
    const range = speech.t("shown", {first: first + 1, last: first + some.length, n: rows.length});
    return [list, h("p", {class: "note"}, range), this.pager(pages)];
  }

  /** @param {number} pages @returns {HTMLElement} */
  pager(pages) {
    const {speech, state} = this;
    const link = (/** @type {number} */ page, /** @type {string} */ text, /** @type {Record<string, string>} */ attributes = {}) => {
      const address = this.address({...copy(state), page});
      return h("a", {href: address, onclick: (event) => this.turnTo(/** @type {MouseEvent} */ (event), page), ...attributes}, text);
    };
    const near = Array.from({length: pages}, (_, at) => at + 1).filter((page) => page === 1 || page === pages || Math.abs(page - state.page) < 3);
    const items = near.map((page) => h("li", {}, page === state.page ? h("span", {"aria-current": "page"}, page) : link(page, speech.number(page), {"aria-label": speech.t("page", {n: page})})));
    return h("nav", {class: "pager", "aria-label": speech.t("pages")},
      state.page > 1 && link(state.page - 1, `← ${speech.t("previous")}`, {rel: "prev"}),
      h("ol", {}, items),
      state.page < pages && link(state.page + 1, `${speech.t("next")} →`, {rel: "next"}));
  }

  /** @param {MouseEvent} event @param {number} page */
  turnTo(event, page) {
    if (opensElsewhere(event)) return;
    event.preventDefault();
    this.go((state) => (state.page = page));
    this.leave();
  }

  /** @param {string} words those that were looked for in the end @returns {string[]} what is selected, in words */
  selected(words) {
    const {state, facets} = this;
    const found = words ? [words] : [];
    for (const {key} of facets.list) for (const id of state.chosen.get(key) ?? []) found.push(facets.label(key, id));
    return found;
  }

  /** @param {number[]} rows @returns {Promise<Node[]>} */
  async dossier(rows) {
    const {opened} = await import("./explore-dossier.js");
    const back = this.address({...copy(this.state), view: VIEWS[0]});
    return [await opened(this.site, rows, this.shown?.parts ?? [], back, () => this.lead((state) => (state.view = VIEWS[0])))];
  }

  /** @param {"csv" | "results" | "json"} kind */
  async download(kind) {
    this.problem.textContent = "";
    try {
      const [{take}] = await Promise.all([import("./explore-take.js"), this.showing]);
      await take(this.site, this.data, kind, /** @type {NonNullable<typeof this.shown>} */ (this.shown));
    } catch (error) {
      console.info(error);
      this.problem.textContent = this.speech.t("download_failed");
    }
  }
}

const place = document.querySelector("#explore");
const settings = document.querySelector("#explore-settings");
if (place instanceof HTMLElement && settings) {
  const page = new Explore(place, JSON.parse(settings.textContent ?? ""));
  page.start().catch((error) => {
    console.info(error);
    page.fallback(true);
    place.replaceChildren(h("p", {class: "notice", role: "alert"}, page.speech.t("failed")));
  });
}
