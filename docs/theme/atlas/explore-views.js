/** The selection as cards and as a table. */

import {h} from "./explore-dom.js";

/**
 * @typedef {import("./explore-dom.js").Speech} Speech
 * @typedef {import("./explore-facets.js").Facets} Facets
 * @typedef {typeof import("./explore-passages.js") | null} Passages what marks the words that were looked for, or null where there are none
 * @typedef {[string, [string, string?], [string, string?], string, string, number]} Card id, name, summary, where, acronym, partial
 * @typedef {{speech: Speech, facets: Facets, root: string, load: (path: string) => Promise<any>, link: (change: Record<string, string>) => string}} Site
 */

/** How many practices a page shows. */
export const PER_PAGE = 20;
const PER_SHARD = 10;

/**
 * @param {Site} site
 * @param {number[]} rows
 * @returns {Promise<Card[]>} what their cards say
 */
export async function cardsOf(site, rows) {
  const shards = await Promise.all(rows.map((row) => site.load(`cards/${Math.floor(row / PER_SHARD)}.json`)));
  return rows.map((row, at) => shards[at][row % PER_SHARD]);
}

/** @param {Passages} passages @param {string} text @param {Set<string>} shown @returns {Node | string} */
const said = (passages, text, shown) => (passages ? passages.marked(text, shown) : text);

/** @param {string | undefined} code @returns {Record<string, string>} */
const inLanguage = (code) => (code ? {lang: code} : {});

/**
 * @param {Site} site
 * @param {number[]} rows
 * @param {Set<string>} shown the words that were looked for
 * @param {Passages} passages
 * @returns {Promise<HTMLElement>}
 */
export async function cards(site, rows, shown = new Set(), passages = null) {
  const found = await cardsOf(site, rows);
  const list = h("ul", {class: "cards"});
  found.forEach((card, at) => list.append(drawn(site, card, rows[at], shown, passages)));
  if (passages) found.forEach((card, at) => void passages.addPassage(site, card, /** @type {HTMLElement} */ (list.children[at]), shown));
  return list;
}

/** @param {Site} site @param {Card} card @param {number} row @param {Set<string>} shown @param {Passages} passages @returns {HTMLElement} */
function drawn({speech, facets, root}, [id, [name, nameLanguage], [summary, language], where, acronym, partial], row, shown, passages) {
  const evidence = facets.ids("evidence", row);
  const best = ["independent", "evaluated", "monitored", "reported"].find((level) => evidence.includes(level)) ?? "none";
  const status = facets.ids("status", row)[0];
  const link = h("a", {href: `${root}practices/${id}/`, ...inLanguage(nameLanguage)}, said(passages, name, shown));
  return h("li", {class: "card", "data-practice-id": id},
    h("p", {class: "card-where"}, `${where} `, h("span", {class: "card-kind"}, facets.labels("kind", row)[0])),
    h("p", {class: "card-name", role: "heading", "aria-level": 3}, link, acronym && !name.includes(acronym) && h("span", {class: "acronym"}, " (", said(passages, acronym, shown), ")")),
    h("p", {class: "card-summary", ...inLanguage(language)}, said(passages, summary, shown)),
    h("p", {class: "card-chips"}, facets.labels("theme", row).slice(0, 4).map((label) => h("span", {class: "chip-plain"}, label))),
    h("p", {class: "card-foot"},
      h("span", {class: `evidence evidence-${best}`}, facets.label("evidence", best)),
      status !== "unknown" && h("span", {class: "status"}, facets.label("status", status)),
      partial === 1 && h("span", {class: "untranslated"}, speech.t("untranslated"))));
}

/**
 * @param {Site} site @param {number[]} rows @param {Set<string>} shown @param {Passages} passages
 * @returns {Promise<HTMLElement>}
 */
export async function table(site, rows, shown, passages) {
  const {speech, facets, root} = site;
  const columns = ["name", "where", "themes", "evidence", "start", "status"];
  const lines = (await cardsOf(site, rows)).map(([id, [name, language], , where], at) => {
    const cell = (/** @type {string} */ key) => h("td", {}, facets.labels(key, rows[at]).join(", ") || "–");
    const link = h("a", {href: `${root}practices/${id}/`, ...inLanguage(language)}, said(passages, name, shown));
    return h("tr", {"data-practice-id": id}, h("th", {scope: "row"}, link), h("td", {}, where), cell("theme"), cell("evidence"), cell("start"), cell("status"));
  });
  const head = h("tr", {}, columns.map((column) => h("th", {scope: "col"}, speech.t(`column_${column}`))));
  const caption = h("caption", {class: "visually-hidden"}, speech.t("table_caption"));
  // It scrolls by itself on a narrow screen, so it must be reachable by keyboard.
  return h("div", {class: "table-frame", tabindex: 0, role: "region", "aria-label": speech.t("table_caption")},
    h("table", {class: "explore-table"}, caption, h("thead", {}, head), h("tbody", {}, lines)));
}
