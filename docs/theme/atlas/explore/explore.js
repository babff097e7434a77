/** The explore page: words, filters and views of one selection, which the address holds. */

import { find, h, isRepeated, opensElsewhere } from "../dom/elements.js";
import { load, onceLoader } from "../dom/load.js";
import { cards, PER_PAGE } from "./cards.js";
import { Facets } from "./facets.js";
import { frame, pager } from "./frame.js";
import { Panel } from "./panel.js";
import { ask, choose, copy, cut, empty, parse, SORTS, write } from "./state.js";

/** How long a reader's fingers rest before words are looked for. */
const DEBOUNCE_MS = 180;
/** How many ignored parts of an address are named, and how long. */
const MAX_NAMED = 5;
const MAX_NAMED_LENGTH = 60;

/**
 * Opens the page: what it shows follows its address from then on.
 * @param {HTMLElement} place
 * @param {Settings} settings
 * @param {Translator} translator
 */
export async function open(place, settings, translator) {
  const base = new URL(`${settings.root}explore/`, location.href);
  const get = onceLoader();
  // Only this file is asked for without a version, and always anew: the others follow it.
  /** @type {FacetsData} */
  const data = await (await load(new URL("facets.json", base), { cache: "no-cache" })).json();
  const facets = await Facets.read(data);
  const loadData = (/** @type {string} */ path) => get(new URL(`${path}?v=${data.version}`, base));
  await new Explore(place, settings, translator, facets, loadData).read();
}

class Explore {
  /**
   * @param {HTMLElement} place
   * @param {Settings} settings
   * @param {Translator} translator
   * @param {Facets} facets
   * @param {LoadData} loadData
   */
  constructor(place, settings, translator, facets, loadData) {
    this.place = place;
    this.translator = translator;
    this.facets = facets;
    /** @type {Site} */
    this.site = {
      settings,
      translator,
      facets,
      load: loadData,
      link: (change) => this.address(this.changed(change)),
    };
    this.form = find(document, ".explore-words", HTMLFormElement);
    this.field = find(this.form, "input[name=q]", HTMLInputElement);
    this.title = document.title;
    this.state = empty();
    /** What of the address was ignored. @type {Ignored[]} */
    this.ignored = [];
    /** The query string that is shown. */
    this.search = "";
    /** Counts the selections that were asked for: a late answer to an earlier one is left aside. */
    this.turn = 0;
    /** Whether what is typed belongs to the entry of the history that typing made. */
    this.typed = false;
    /** @type {View | undefined} */
    this.view = undefined;
    /** What is shown, for who takes it away. @type {Taken} */
    this.shown = { rows: [], parts: [], address: location.href };
    /** @type {Promise<void>} */
    this.showing = Promise.resolve();
    /** @type {Promise<Finder> | undefined} */
    this.finder = undefined;
    this.panel = new Panel(translator, facets, (key, id, on) => this.go((state) => choose(state, key, id, on)));
    this.frame = frame(translator, facets, this.panel.element, {
      sort: (value) => this.go((state) => (state.sort = SORTS.find((sort) => sort === value) ?? "relevance")),
      view: (view) => this.go((state) => (state.view = view)),
      download: (kind) => void this.download(kind),
      fold: () => this.fold(),
      leave: () => this.leave(),
    });
    place.replaceChildren(this.frame.columns);
    this.form.querySelector(".explore-line")?.after(this.frame.skip);
    this.listen();
  }

  listen() {
    let timer = 0;
    const { field, form } = this;
    field.addEventListener("focus", () => void this.ready().catch(() => undefined), { once: true });
    field.addEventListener("input", () => {
      clearTimeout(timer);
      timer = window.setTimeout(() => this.type(), DEBOUNCE_MS);
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      clearTimeout(timer);
      this.type();
      this.typed = false;
    });
    field.addEventListener("blur", () => (this.typed = false));
    // A link within the page changes no more than the fragment.
    addEventListener("popstate", () => location.search !== this.search && void this.read());
  }

  /** @returns {Promise<Finder>} what finds words, loaded when it is first needed */
  ready() {
    const loaded = async () => {
      const [{ Words }, passages, notices] = await Promise.all([
        import("./words.js"),
        import("./passages.js"),
        import("./notices.js"),
      ]);
      const words = new Words(this.site.load, this.facets.count);
      await words.ready();
      return { words, passages, notices };
    };
    if (!this.finder) {
      this.finder = loaded();
      this.finder.catch(() => (this.finder = undefined));
    }
    return this.finder;
  }

  /** Takes over what was typed: one entry in the history for all letters of a visit to the field. */
  type() {
    const q = cut(this.field.value, this.site.settings.limits.query);
    if (q === this.state.q) return;
    const replace = this.typed;
    this.typed = true;
    void this.go((state) => ask(state, q), replace);
  }

  /** @param {Record<string, string>} change parts of the address @returns {State} */
  changed({ view, ...choices }) {
    const state = { ...copy(this.state), page: 1 };
    if (view === "cards" || view === "map") state.view = view;
    for (const [key, value] of Object.entries(choices)) state.chosen.set(key, new Set([value]));
    return state;
  }

  /** @param {State} state @returns {string} */
  address(state) {
    return location.pathname + write(state);
  }

  /**
   * Goes to another state, and to its first page.
   * @param {Change} change
   * @param {boolean} replace whether the present entry of the history gives way
   * @returns {Promise<void>} done when it is shown
   */
  go(change, replace = false) {
    const state = { ...copy(this.state), page: 1 };
    change(state);
    const same = write(state) === write(this.state);
    if (!same || this.ignored.length) {
      history[replace || same ? "replaceState" : "pushState"](null, "", this.address(state));
    }
    this.search = location.search;
    this.state = state;
    this.ignored = [];
    return this.show();
  }

  /** Goes to another state and to the results. @param {Change} change */
  lead(change) {
    void this.go(change).then(() => this.frame.head.focus());
    this.field.value = this.state.q;
  }

  /** Takes the state from the address. */
  async read() {
    this.search = location.search;
    const { state, notes } = parse(location.search, this.facets.known(), this.site.settings.limits.query);
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
    const { q, chosen, sort, view } = this.state;
    const search = q ? await this.find() : undefined;
    if (turn !== this.turn) return;
    const counted = this.facets.counted(chosen, search?.found.mask);
    const rows = this.facets.ordered(counted.mask, sort, search?.found.scores);
    this.keepWithin(rows.length);
    this.drawHead(rows, counted, search);
    this.drawNotes(turn, search, Boolean(q) && !search);
    const { results } = this.frame;
    try {
      const drawn = await this.drawn(rows, search);
      if (turn !== this.turn) return;
      results.replaceChildren(...drawn);
      results.dispatchEvent(new CustomEvent("atlas:cards", { bubbles: true })); // for the buttons of the comparison
      if (view === "dossier" && this.view && this.view !== "dossier") this.enter(".dossier-title");
      this.view = view;
      this.announce(rows.length);
      delete results.dataset.failed;
    } catch (error) {
      if (turn !== this.turn) return;
      console.info(error);
      const text = this.translator.t(view === "map" ? "map_failed" : "failed");
      results.replaceChildren(h("p", { class: "notice", role: "alert" }, text));
      results.dataset.failed = "";
    }
    this.place.setAttribute("aria-busy", "false");
  }

  /** @returns {Promise<Search | undefined>} what the words find, or nothing where they cannot be looked for */
  async find() {
    const { q, exact, some } = this.state;
    try {
      const { words, passages, notices } = await this.ready();
      return { found: await words.search(q, { exact, some }), passages, notices };
    } catch (error) {
      console.info(error);
      return undefined;
    }
  }

  /** Leads an address with a page after the last one to the last one. @param {number} n how many practices there are */
  keepWithin(n) {
    const last = Math.max(1, Math.ceil(n / PER_PAGE));
    if (this.state.page <= last) return;
    this.state.page = last;
    history.replaceState(null, "", this.address(this.state));
    this.search = location.search;
  }

  /** @param {number[]} rows @param {Counted} counted @param {Search | undefined} search */
  drawHead(rows, { counts, total }, search) {
    const { state, frame: parts } = this;
    this.shown = {
      rows,
      parts: this.selected(search?.found.said),
      address: new URL(this.address(state), location.href).href,
    };
    // In a history or among bookmarks one selection is told from another.
    document.title = [...this.shown.parts, this.title].join(" · ");
    this.panel.update(state.chosen, counts);
    this.heading(total);
    // A word of this language is not to be taken for a misspelt one of another.
    for (const other of document.querySelectorAll(".language a")) {
      if (other instanceof HTMLAnchorElement) other.search = write({ ...state, exact: true });
    }
    this.drawChips();
    for (const button of parts.views) button.setAttribute("aria-pressed", String(button.dataset.view === state.view));
    parts.sorter.value = this.facets.distinguishes(state.sort) ? state.sort : SORTS[0];
    for (const button of parts.take.querySelectorAll("button")) button.disabled = rows.length === 0;
    parts.problem.textContent = "";
    this.place.classList.toggle("as-dossier", state.view === "dossier");
  }

  /** @param {string} selector what in the results the reader is led to */
  enter(selector) {
    const target = /** @type {HTMLElement | null} */ (this.frame.results.querySelector(selector));
    target?.focus();
    target?.scrollIntoView();
  }

  /** @param {number} n how many practices there are @returns {string | null} which of them are shown, if not all */
  range(n) {
    const first = (this.state.page - 1) * PER_PAGE;
    if (n <= PER_PAGE) return null;
    return this.translator.t("shown", { first: first + 1, last: Math.min(first + PER_PAGE, n), n });
  }

  /** Tells those who do not see the page what is shown. @param {number} n */
  announce(n) {
    const range = ["cards", "table"].includes(this.state.view) ? this.range(n) : null;
    const text = `${this.frame.head.textContent}.${range ? ` ${range}.` : ""}`;
    if (this.frame.live.textContent !== text) this.frame.live.textContent = text;
  }

  /** @param {number} n how many practices there are */
  heading(n) {
    const { translator, frame: parts, facets } = this;
    const rest = n === facets.count ? "" : ` ${translator.t("of_all", { n: facets.count })}`;
    parts.head.textContent = translator.t("results", { n }) + rest;
    parts.done.textContent = translator.t(n ? "show_results" : "results", { n });
    this.fold(parts.toggle.getAttribute("aria-expanded") === "true");
  }

  /** Leaves the filters for the results, on a narrow screen. */
  leave() {
    this.fold(false);
    this.frame.head.focus();
    this.frame.head.scrollIntoView();
  }

  /** Shows or hides the filters on a narrow screen. @param {boolean} open */
  fold(open = this.frame.toggle.getAttribute("aria-expanded") !== "true") {
    const { translator, frame: parts } = this;
    const n = [...this.state.chosen.values()].reduce((sum, ids) => sum + ids.size, 0);
    const text = translator.t(open ? "filters_close" : "filters_open");
    parts.toggle.textContent = n ? `${text} (${translator.t("filters_on", { n })})` : text;
    parts.toggle.setAttribute("aria-expanded", String(open));
    parts.aside.classList.toggle("open", open);
  }

  /** Draws a button for each part of the selection, which takes it away, and one for all. */
  drawChips() {
    const { translator, state, facets } = this;
    /** @type {{what: string, change: Change}[]} */
    const found = [];
    if (state.q) found.push({ what: translator.t("words_chip", { words: state.q }), change: (next) => ask(next, "") });
    for (const { key, title } of facets.list) {
      for (const id of state.chosen.get(key) ?? []) {
        const what = `${title}${translator.colon}${facets.label(key, id)}`;
        found.push({ what, change: (next) => choose(next, key, id, false) });
      }
    }
    const chips = found.map(({ what, change }, at) => {
      const label = translator.t("remove", { what });
      const onclick = (/** @type {Event} */ event) => isRepeated(event) || void this.without(change, at);
      const cross = h("span", { "aria-hidden": "true" }, " ×");
      return h("button", { type: "button", class: "explore-chip", "aria-label": label, onclick }, what, cross);
    });
    const nothing = (/** @type {State} */ next) => {
      ask(next, "");
      next.chosen.clear();
    };
    if (found.length > 1) {
      const onclick = () => void this.without(nothing, 0);
      chips.push(h("button", { type: "button", class: "explore-clear", onclick }, translator.t("clear")));
    }
    this.frame.chips.replaceChildren(...chips.map((chip) => h("li", {}, chip)));
    this.frame.chips.hidden = found.length === 0;
  }

  /** @param {Change} change @param {number} at which chip goes: the focus stays near it */
  async without(change, at) {
    await this.go((state) => {
      change(state);
      this.field.value = state.q;
    });
    const left = /** @type {HTMLElement[]} */ ([...this.frame.chips.querySelectorAll(".explore-chip")]);
    (left[Math.min(at, left.length - 1)] ?? this.frame.head).focus();
  }

  /** @param {number} turn @param {Search | undefined} search @param {boolean} failed whether it should have been one */
  drawNotes(turn, search, failed) {
    const { translator, ignored, frame: parts } = this;
    const told = failed ? [translator.t("words_failed")] : [];
    for (const { kind, what } of ignored.slice(0, MAX_NAMED)) {
      const start = [...what].slice(0, MAX_NAMED_LENGTH).join("");
      const short = start === what ? what : `${start}…`;
      told.push(translator.t(kind, kind === "cut" ? { n: Number(what) } : { what: short }));
    }
    if (ignored.length > MAX_NAMED) told.push(translator.t("and_more", { n: ignored.length - MAX_NAMED }));
    /** @type {HTMLElement[]} */
    const lines = told.map((text) => h("p", { class: "notice" }, text));
    parts.answers.replaceChildren();
    if (search) {
      const { found, notices } = search;
      lines.push(...notices.notices(this.site, found, (change) => this.lead(change)));
      void notices.answers(this.site, found).then((fitting) => {
        if (turn === this.turn) parts.answers.replaceChildren(...fitting);
      });
    }
    parts.notes.replaceChildren(...lines);
  }

  /** @param {number[]} rows @param {Search | undefined} search @returns {Promise<Node[]>} the results */
  async drawn(rows, search) {
    const { state, translator, site } = this;
    if (state.view === "dossier") {
      const { dossier } = await import("./dossier.js");
      const back = this.address({ ...copy(state), view: "cards" });
      return [await dossier(site, rows, this.shown.parts, back, () => this.lead((next) => (next.view = "cards")))];
    }
    if (!rows.length) {
      const propose = h("a", { href: `${site.settings.root}contribute/` }, translator.t("nothing_propose"));
      const text = [h("strong", {}, translator.t("nothing")), " ", translator.t("nothing_text"), " ", propose];
      return [h("p", { class: "empty" }, text)];
    }
    if (state.view === "map") return [await (await import("./map.js")).map(site, rows)];
    const first = (state.page - 1) * PER_PAGE;
    const draw = state.view === "table" ? (await import("./table.js")).table : cards;
    const words = search && { shown: search.found.shown, passages: search.passages };
    const list = await draw(site, rows.slice(first, first + PER_PAGE), words);
    const pages = Math.ceil(rows.length / PER_PAGE);
    if (pages === 1) return [list];
    const address = (/** @type {number} */ page) => this.address({ ...copy(state), page });
    const turns = pager(translator, { page: state.page, pages }, address, (event, page) => this.turnTo(event, page));
    return [list, h("p", { class: "note" }, this.range(rows.length)), turns];
  }

  /** @param {Event} event @param {number} page */
  turnTo(event, page) {
    if (opensElsewhere(event)) return;
    event.preventDefault();
    void this.go((state) => (state.page = page));
    this.leave();
  }

  /** @param {string} [words] those that were looked for in the end @returns {string[]} what is selected, in words */
  selected(words) {
    const found = words ? [words] : [];
    for (const { key } of this.facets.list) {
      for (const id of this.state.chosen.get(key) ?? []) found.push(this.facets.label(key, id));
    }
    return found;
  }

  /** @param {DownloadKind} kind */
  async download(kind) {
    this.frame.problem.textContent = "";
    try {
      const [{ download }] = await Promise.all([import("./download.js"), this.showing]);
      await download(this.site, kind, this.shown);
    } catch (error) {
      console.info(error);
      this.frame.problem.textContent = this.translator.t("download_failed");
    }
  }
}
