/** The words that were looked for, marked where they stand, and the passages in which they do. */

import {h} from "./explore-dom.js";
import {passage, wordsOf} from "./explore-words.js";

/** Parts of a record in the order in which a passage is taken from them. */
const PARTS = ["names", "places", "context", "approach", "organisations", "terms", "results", "lessons", "updates"];
/** How many characters a passage has. */
const LENGTH = 180;

/** @param {string} text @param {Set<string>} shown @returns {DocumentFragment} the text with the words marked */
export function marked(text, shown) {
  const found = new DocumentFragment();
  let done = 0;
  for (const {word, start, end} of wordsOf(text)) {
    if (!shown.has(word)) continue;
    found.append(text.slice(done, start), h("mark", {}, text.slice(start, end)));
    done = end;
  }
  found.append(text.slice(done));
  return found;
}

/**
 * Shows where else than in name and summary the words stand, where those do not have them all.
 * @param {import("./explore-views.js").Site} site
 * @param {import("./explore-views.js").Card} card
 * @param {HTMLElement} element the card as drawn
 * @param {Set<string>} shown
 */
export async function addPassage(site, card, element, shown) {
  const seen = new Set(wordsOf(`${card[1][0]} ${card[2][0]}`).map(({word}) => word));
  const missing = new Set([...shown].filter((word) => !seen.has(word)));
  /** @type {Record<string, [string, string?]>} */
  let texts;
  try {
    texts = await site.load(`texts/${card[0]}.json`);
  } catch {
    return; // the card is whole without it
  }
  let best = null;
  for (const part of PARTS) {
    const found = texts[part] && passage(texts[part][0], missing, LENGTH);
    if (found && (!best || found.words > best.words)) best = {...found, part, language: texts[part][1]};
  }
  if (!best) return;
  const {speech} = site;
  const title = `${/** @type {any} */ (speech.strings.parts)[best.part]}${speech.strings.colon} `;
  const text = h("span", best.language ? {lang: best.language} : {}, marked(best.text, shown));
  element.querySelector(".card-summary")?.after(h("p", {class: "card-passage"}, h("strong", {}, title), text));
}
