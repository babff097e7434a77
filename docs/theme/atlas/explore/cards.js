/** The selection as cards. */

import { h } from "../dom/elements.js";

/** How many practices a page shows. */
export const PER_PAGE = 20;

const MAX_THEMES = 4;

/** @param {Site} site @param {number[]} rows @returns {Promise<{row: number, card: Card}[]>} what their cards say */
export async function cardsOf({ load, settings }, rows) {
  const size = settings.limits.cards;
  return Promise.all(
    rows.map(async (row) => ({ row, card: (await load(`cards/${Math.floor(row / size)}.json`))[row % size] })),
  );
}

/** @param {Marking | undefined} words @param {string} text @returns {Node | string} the text with the words marked */
const marked = (words, text) => (words ? words.passages.marked(text, words.shown) : text);

/** @param {Site} site @param {number[]} rows @param {Marking} [words] @returns {Promise<HTMLElement>} */
export async function cards(site, rows, words) {
  const list = h("ul", { class: "cards" });
  for (const { row, card } of await cardsOf(site, rows)) {
    const item = drawn(site, card, row, words);
    list.append(item);
    if (words) void words.passages.addPassage(site, card, item, words.shown);
  }
  return list;
}

/** @param {Site} site @param {Card} card @param {Marking | undefined} words @returns {HTMLElement} */
export function practiceLink({ settings }, [id, [name, lang]], words) {
  return h("a", { href: `${settings.root}practices/${id}/`, lang }, marked(words, name));
}

/** @param {Site} site @param {Card} card @param {number} row @param {Marking} [words] @returns {HTMLElement} */
function drawn(site, card, row, words) {
  const { translator, facets, settings } = site;
  const [id, [name], [summary, lang], where, acronym, isPartial] = card;
  const levels = facets.ids("evidence", row);
  const best = settings.evidence.find((level) => levels.includes(level)) ?? "none";
  const status = facets.ids("status", row)[0] ?? "unknown";
  const also = acronym && !name.includes(acronym);
  const themes = facets.labels("theme", row).slice(0, MAX_THEMES);
  return h(
    "li",
    { class: "card", "data-practice-id": id },
    h("p", { class: "card-where" }, `${where} `, h("span", { class: "card-kind" }, facets.labels("kind", row)[0])),
    h(
      "p",
      { class: "card-name", role: "heading", "aria-level": 3 },
      practiceLink(site, card, words),
      also && h("span", { class: "acronym" }, " (", marked(words, acronym), ")"),
    ),
    h("p", { class: "card-summary", lang }, marked(words, summary)),
    h(
      "p",
      { class: "card-chips" },
      themes.map((label) => h("span", { class: "chip-plain" }, label)),
    ),
    h(
      "p",
      { class: "card-foot" },
      h("span", { class: `evidence evidence-${best}` }, facets.label("evidence", best)),
      status !== "unknown" && h("span", { class: "status" }, facets.label("status", status)),
      isPartial === 1 && h("span", { class: "untranslated" }, translator.t("untranslated")),
    ),
  );
}
