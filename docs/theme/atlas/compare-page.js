// @ts-check
/** The page that sets practices side by side. Which ones, and in what order the fields stand, is in its address. */

import { load, LoadError } from "./dom/load.js";
import { announce, choose, chosen, compareAddress, dataAddress, element, filled, isId, MOST, practiceAddress } from "./compare.js";

/**
 * @typedef {{text: string, lang?: string, label?: string, figure?: string, details?: string[], notes?: number[],
 *   url?: string, page?: string}} Piece A part of a value, as scripts/catalogue/comparison.py writes it.
 * @typedef {{id: string, name: Piece, kosovo: boolean, fields: Record<string, Piece[]>}} Practice
 * @typedef {{language: string, fields: [string, string][], words: Record<string, string>, licence: string,
 *   kosovo: string}} Data
 * @typedef {{ids: string[], odd: string[], byDifference: boolean}} Wish What an address asks for.
 * @typedef {{practices: Practice[], unknown: string[], failed: string[], leftOut: string[]}} Found
 */

/** How many ids of an address are looked up at most, and how many of the others are named. */
const MOST_TRIED = 12;
const MOST_NAMED = 10;
const LONGEST_NAMED = 60;

const place = /** @type {HTMLElement} */ (document.getElementById("compare"));
/** @type {Data} */
const data = JSON.parse((document.getElementById("compare-data") || {}).textContent || "{}");
const words = data.words;
const title = document.title;
const how = [...place.querySelectorAll(".compare-how, .actions")];

/** @type {Map<string, Promise<Practice | null>>} */
const fetched = new Map();
let drawn = "";
let turn = 0;
/** Whether the comparison shown is the reader's own choice, or one that somebody else made and sent. */
let isOwn = true;

/** What the address asks for: ids that can be, each once, and the rest. @returns {Wish} */
function wish() {
  const query = new URLSearchParams(location.search);
  const parts = query.getAll("ids").flatMap((value) => value.split(","));
  const asked = [...new Set(parts.map((part) => part.trim()).filter(Boolean))];
  const ids = [...new Set(asked.map((part) => part.toLowerCase()).filter(isId))];
  const odd = asked.filter((part) => !isId(part.toLowerCase()));
  return { ids, odd, byDifference: query.get("order") === "differences" };
}

/** The data of a practice, or null where there is none; rejected where it cannot be had. @param {string} id */
function practice(id) {
  const known = fetched.get(id);
  if (known) return known;
  const asked = dataAddress(id).then((address) => load(address)).then((answer) => answer.json()).then((found) => {
    if (!(found && found.fields && found.name)) throw new Error(`${id}: no practice`);
    return found;
  }).catch((error) => {
    if (error instanceof LoadError && error.status === 404) return null;
    throw error;
  });
  fetched.set(id, asked);
  asked.catch(() => fetched.delete(id));
  return asked;
}

/** The first practices among the ids that there are. @param {Wish} asked @returns {Promise<Found>} */
async function find(asked) {
  /** @type {Found} */
  const found = { practices: [], unknown: [...asked.odd], failed: [], leftOut: [] };
  let next = 0;
  while (found.practices.length < MOST && next < Math.min(asked.ids.length, MOST_TRIED)) {
    const batch = asked.ids.slice(next, Math.min(next + MOST - found.practices.length, MOST_TRIED));
    next += batch.length;
    const answers = await Promise.allSettled(batch.map(practice));
    answers.forEach((answer, at) => {
      if (answer.status === "rejected") found.failed.push(batch[at]);
      else if (answer.value) found.practices.push(answer.value);
      else found.unknown.push(batch[at]);
    });
  }
  found.leftOut = asked.ids.slice(next);
  return found;
}

/** Some ids in a sentence, cut where there are many or one is long. @param {string[]} ids */
function named(ids) {
  const short = ids.map((id) => (id.length > LONGEST_NAMED ? `${id.slice(0, LONGEST_NAMED)}…` : id));
  const listed = short.slice(0, MOST_NAMED).join(", ");
  return ids.length > MOST_NAMED ? filled(words.more, { ids: listed, n: ids.length - MOST_NAMED }) : listed;
}

/** An address of the web, or nothing. @param {string} url */
function webAddress(url) {
  try {
    const found = new URL(url);
    return found.protocol === "https:" || found.protocol === "http:" ? found.href : "";
  } catch {
    return "";
  }
}

/** A text as inline element, in its language. @param {Piece} piece @param {string} text */
function inLanguage(piece, text) {
  const shown = element("span", "", text);
  if (piece.lang) shown.lang = piece.lang;
  return shown;
}

/** @param {Piece} piece @param {Practice} owner @param {HTMLElement} into @param {boolean} isSource */
function drawPiece(piece, owner, into, isSource) {
  if (piece.label) into.append(element("span", "compare-label", piece.label));
  if (piece.figure) into.append(element("strong", "compare-figure", piece.figure));
  const paragraphs = piece.text ? piece.text.split("\n") : [];
  paragraphs.forEach((text, at) => {
    const paragraph = element("p");
    const url = piece.page ? new URL(`../${piece.page}`, compareAddress([])).href : piece.url ? webAddress(piece.url) : "";
    const shown = inLanguage(piece, text);
    if (url) {
      const link = element("a", "", "", piece.page ? { href: url } : { href: url, rel: "external nofollow noopener" });
      link.append(shown);
      paragraph.append(link);
    } else {
      paragraph.append(shown);
    }
    if (at === paragraphs.length - 1) {
      if (piece.lang && !isSource) paragraph.append(" ", element("span", "untranslated", words.missing));
      for (const number of piece.notes || []) paragraph.append(" ", note(number, owner));
    }
    into.append(paragraph);
  });
  if (!paragraphs.length) for (const number of piece.notes || []) into.append(" ", note(number, owner));
  if (piece.details) into.append(element("span", "small", piece.details.join(" · ")));
}

/** @param {number} number @param {Practice} owner */
function note(number, owner) {
  const label = filled(words.source, { n: number, name: owner.name.text });
  const link = element("a", "", String(number), { href: `#${sourceAnchor(owner, number)}`, "aria-label": label });
  const raised = element("sup", "cite");
  raised.append(link);
  return raised;
}

/** @param {Practice} owner @param {number} number */
const sourceAnchor = (owner, number) => `source-${owner.id}-${number}`;

/** The cell of a field. @param {string} field @param {Practice} owner */
function cell(field, owner) {
  const made = element("td", "", "", { role: "cell" });
  // Where cells stand one below the other, each says whose it is; a screen reader knows from the head of the column.
  made.append(element("p", "compare-who", owner.name.text, { "aria-hidden": "true" }));
  const pieces = owner.fields[field];
  if (!pieces) {
    made.append(element("p", "compare-nothing", words.nothing));
  } else if (pieces.length === 1 && field !== "sources") {
    drawPiece(pieces[0], owner, made, false);
  } else {
    const list = field === "sources" ? element("ol", "compare-sources") : element("ul", "plain");
    pieces.forEach((piece, at) => {
      const item = element("li");
      if (field === "sources") item.id = sourceAnchor(owner, at + 1);
      drawPiece(piece, owner, item, field === "sources");
      list.append(item);
    });
    made.append(list);
  }
  return made;
}

/** What a value says, without where it says it: equal for practices that agree. @param {Piece[] | undefined} pieces */
function content(pieces) {
  const said = (pieces || []).map((piece) => [piece.text, piece.lang, piece.label, piece.figure, piece.details]);
  return JSON.stringify(said.map((parts) => JSON.stringify(parts)).sort());
}

/** @param {string} text @param {number} columns */
function groupRow(text, columns) {
  const row = element("tr", "compare-group", "", { role: "row" });
  row.append(element("th", "", text, { role: "columnheader", scope: "colgroup", colspan: String(columns) }));
  return row;
}

/** @param {Practice[]} practices @param {Wish} asked */
function table(practices, asked) {
  const made = element("table", "compare-table", "", { role: "table" });
  made.dataset.columns = String(practices.length);
  const n = practices.length;
  made.append(element("caption", "", n > 1 ? filled(words.heading, { n }) : words.heading_one));
  const heads = element("tr", "", "", { role: "row" });
  heads.append(element("th", "compare-field", words.field, { role: "columnheader", scope: "col" }));
  for (const shown of practices) heads.append(head(shown));
  const top = element("thead", "", "", { role: "rowgroup" });
  top.append(heads);
  made.append(top);

  const told = data.fields.filter(([name]) => practices.some((shown) => shown.fields[name]));
  /** @param {[string, string]} field */
  const agree = ([name]) => new Set(practices.map((shown) => content(shown.fields[name]))).size === 1;
  const grouped = n > 1 && asked.byDifference;
  const groups = grouped
    ? [[words.differing, told.filter((field) => !agree(field))], [words.same, told.filter(agree)]]
    : [["", told]];
  for (const [heading, fields] of groups) {
    if (!fields.length) continue;
    const body = element("tbody", "", "", { role: "rowgroup" });
    if (heading) body.append(groupRow(/** @type {string} */ (heading), n + 1));
    for (const [name, label] of /** @type {[string, string][]} */ (fields)) {
      const row = element("tr", `compare-${name}`, "", { role: "row" });
      row.append(element("th", "compare-field", label, { role: "rowheader", scope: "row" }));
      for (const shown of practices) row.append(cell(name, shown));
      body.append(row);
    }
    made.append(body);
  }
  return made;
}

/** @param {Practice} shown */
function head(shown) {
  const made = element("th", "compare-head", "", { role: "columnheader", scope: "col" });
  const link = element("a", "", "", { href: practiceAddress(shown.id) });
  link.append(inLanguage(shown.name, shown.name.text));
  const label = filled(words.remove_name, { name: shown.name.text });
  const remove = element("button", "compare-remove", words.remove, { type: "button", "aria-label": label });
  remove.addEventListener("click", async (event) => {
    if (event.detail > 1) return; // the second click of a double one would hit the neighbour
    const at = [...place.querySelectorAll(".compare-head")].indexOf(made);
    // From the address of now: what was drawn may lag behind it. What failed to load stays wished for.
    const asked = wish();
    const ids = asked.ids.filter((id) => id !== shown.id);
    history.pushState({ isOwn }, "", address(ids, asked.byDifference));
    if (!ids.length && isOwn) choose([]);
    await draw(false);
    const left = place.querySelectorAll(".compare-head .compare-remove");
    const target = left[Math.min(at, left.length - 1)] || document.getElementById("content");
    if (target instanceof HTMLElement) target.focus();
  });
  made.append(link, remove);
  return made;
}

/** @param {string[]} ids @param {boolean} byDifference */
function address(ids, byDifference) {
  const base = compareAddress(ids);
  return ids.length > 1 && byDifference ? `${base}&order=differences` : base;
}

/** @param {Wish} asked @param {number} n */
function tools(asked, n) {
  const made = element("p", "actions compare-tools");
  if (n > 1) {
    const pressed = String(asked.byDifference);
    const order = element("button", "compare-order", words.order, { type: "button", "aria-pressed": pressed });
    order.addEventListener("click", async () => {
      const query = new URLSearchParams(location.search);
      if (asked.byDifference) query.delete("order");
      else query.set("order", "differences");
      // The commas between ids stay legible.
      history.replaceState({ isOwn }, "", `${location.pathname}?${query.toString().replaceAll("%2C", ",")}`);
      await draw(false);
      /** @type {HTMLElement | null} */ (place.querySelector(".compare-order"))?.focus();
    });
    made.append(order);
  }
  const more = element("a", "button quiet", words.add_more, { href: new URL("../practices/", compareAddress([])).href });
  if (n < MOST) made.append(more);
  const print = element("button", "compare-print", words.print, { type: "button" });
  print.addEventListener("click", () => window.print());
  made.append(print);
  return made;
}

/** @param {boolean} first Whether the page was just opened, so that what was chosen before stands in for no address. */
async function draw(first) {
  const own = (turn += 1);
  let asked = wish();
  if (first && !asked.ids.length && !asked.odd.length && chosen().length) {
    history.replaceState(null, "", compareAddress(chosen().map((entry) => entry.id)));
    asked = wish();
  }
  isOwn = history.state?.isOwn ?? mayReplaceChoice(asked.ids);
  history.replaceState({ isOwn }, "");
  drawn = location.search;
  if (first) place.replaceChildren(element("p", "compare-loading", words.loading));
  const found = await find(asked);
  if (own !== turn) return; // the reader went on in the meantime
  const n = found.practices.length;
  const messages = [
    found.unknown.length ? filled(words.unknown, { ids: named(found.unknown) }) : "",
    found.failed.length ? filled(words.failed, { ids: named(found.failed) }) : "",
    found.leftOut.length ? filled(words.left_out, { ids: named(found.leftOut) }) : "",
    n === 0 ? (found.failed.length ? "" : words.none_chosen) : n === 1 ? words.one_chosen : "",
  ].filter(Boolean);
  const parts = messages.map((message) => element("p", "notice", message));
  if (!isOwn && chosen().length) parts.push(keptChoice(found.practices));
  place.replaceChildren(...parts);
  if (n) place.append(tools(asked, n), table(found.practices, asked), ...remarks(found.practices));
  else place.append(...how);
  if (n && isOwn) choose([...found.practices.map(entryOf), ...notLoaded(found.failed)]);
  // The other language shows the same comparison.
  for (const link of document.querySelectorAll(".language a")) {
    if (link instanceof HTMLAnchorElement) link.search = location.search;
  }
  document.title = n ? `${found.practices.map((shown) => shown.name.text).join(" / ")} · ${title}` : title;
  announce([...messages, n > 1 ? filled(words.ready, { n }) : ""].filter(Boolean).join(" "));
}

/** @param {Practice} shown @returns {import("./compare.js").Chosen} */
const entryOf = ({ id, name }) => ({ id, names: { [name.lang || data.language]: name.text } });

/** What was chosen and cannot be loaded now stays chosen. @param {string[]} failed */
const notLoaded = (failed) => chosen().filter(({ id }) => failed.includes(id));

/** Whether practices can become the choice without another one being lost. @param {string[]} ids */
function mayReplaceChoice(ids) {
  const own = chosen().map(({ id }) => id);
  return own.every((id) => ids.slice(0, MOST).includes(id));
}

/** What tells that somebody else's comparison has not replaced the reader's choice. @param {Practice[]} practices */
function keptChoice(practices) {
  const made = element("div", "notice compare-kept");
  const own = element("span", "compare-own");
  chosen().forEach((entry, at) => {
    const [code = "", name = ""] = Object.entries(entry.names).find(([key]) => key === data.language) ?? Object.entries(entry.names)[0] ?? [];
    own.append(at ? ", " : "", element("span", "", name, code === data.language ? {} : { lang: code }));
  });
  const show = element("a", "button quiet", words.show_own, { href: compareAddress(chosen().map(({ id }) => id)) });
  const take = element("button", "compare-take", words.take_over, { type: "button" });
  take.addEventListener("click", async () => {
    isOwn = true;
    history.replaceState({ isOwn }, "");
    choose(practices.map(entryOf));
    await draw(false);
    announce(words.taken_over);
    /** @type {HTMLElement | null} */ (document.getElementById("content"))?.focus({ preventScroll: true });
  });
  const text = element("p", "", `${words.own_kept} `);
  text.append(own);
  const actions = element("p", "actions");
  actions.append(show, ...(practices.length ? [take] : []));
  made.append(text, actions);
  return made;
}

/** What stands below the table. @param {Practice[]} practices */
function remarks(practices) {
  const empty = data.fields.filter(([name]) => practices.every((shown) => !shown.fields[name])).map(([, label]) => label);
  const text = practices.length > 1 ? words.empty_fields : words.empty_fields_one;
  const made = empty.length ? [element("p", "note", filled(text, { fields: empty.join(", ") }))] : [];
  if (practices.some((shown) => shown.kosovo)) made.push(element("p", "note", data.kosovo));
  // On paper there is no address bar.
  const day = new Date().toLocaleDateString(data.language === "en" ? "en-GB" : data.language, { day: "numeric", month: "long", year: "numeric" });
  const printed = element("p", "note compare-printed", filled(words.printed, { address: location.href, day }));
  return [...made, element("p", "note", data.licence), printed];
}

/** Show what the address asks for, and again whenever it changes. */
export function start() {
  window.addEventListener("popstate", () => {
    if (location.search !== drawn) draw(false);
  });
  return draw(true);
}
