/** The words that were looked for, marked where they stand, and the passages in which they do. */

import { h } from "../dom/elements.js";
import { wordsOf } from "./words.js";

/** How many characters a passage has. */
const LENGTH = 180;
/** Which part of a passage its words should take up, and which part stands before them. */
const FILLED = 0.8;
const BEFORE = 0.2;

/** @param {string} text @param {Set<string>} shown @returns {DocumentFragment} the text with the words marked */
export function marked(text, shown) {
  const found = new DocumentFragment();
  let done = 0;
  for (const { word, start, end } of wordsOf(text)) {
    if (!shown.has(word)) continue;
    found.append(text.slice(done, start), h("mark", {}, text.slice(start, end)));
    done = end;
  }
  found.append(text.slice(done));
  return found;
}

/**
 * @param {string} text
 * @param {Set<string>} shown folded words
 * @param {number} length about how many characters
 * @returns {{text: string, words: number} | null} the passage with most of the words, or null where there are none
 */
export function passage(text, shown, length) {
  const hits = wordsOf(text).filter(({ word }) => shown.has(word));
  let best = { words: 0, start: 0 };
  hits.forEach((first, at) => {
    const inside = new Set([first.word]);
    for (const { word, end } of hits.slice(at)) {
      if (end - first.start >= length * FILLED) break;
      inside.add(word);
    }
    if (inside.size > best.words) best = { words: inside.size, start: first.start };
  });
  if (!best.words) return null;
  let start = Math.max(0, best.start - Math.round(length * BEFORE));
  let end = Math.min(text.length, start + length);
  if (start > 0) start = text.indexOf(" ", start) + 1 || start;
  if (start > best.start) start = best.start;
  if (end < text.length) end = Math.max(text.lastIndexOf(" ", end), start + 1);
  const [before, after] = [start > 0 ? "… " : "", end < text.length ? " …" : ""];
  return { text: `${before}${text.slice(start, end)}${after}`, words: best.words };
}

/**
 * Shows where else than in name and summary the words stand, where those do not have them all.
 * @param {Site} site
 * @param {Card} card
 * @param {HTMLElement} element the card as drawn
 * @param {Set<string>} shown
 */
export async function addPassage({ load, settings, translator }, [id, [name], [summary]], element, shown) {
  const seen = new Set(wordsOf(`${name} ${summary}`).map(({ word }) => word));
  const missing = new Set([...shown].filter((word) => !seen.has(word)));
  /** @type {Record<string, CardText>} */
  let texts;
  try {
    texts = await load(`texts/${id}.json`);
  } catch {
    return; // the card is whole without it
  }
  let best = null;
  for (const [part, title] of settings.parts) {
    const [text = "", lang] = texts[part] ?? [];
    const found = passage(text, missing, LENGTH);
    if (found && found.words > (best?.words ?? 0)) best = { ...found, title, lang };
  }
  if (!best) return;
  const title = h("strong", {}, `${best.title}${translator.colon}`);
  const line = h("p", { class: "card-passage" }, title, h("span", { lang: best.lang }, marked(best.text, shown)));
  element.querySelector(".card-summary")?.after(line);
}
