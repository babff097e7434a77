/** What the search box of the header suggests for what is typed. */

import { parted } from "../dom/elements.js";
import { fold } from "../dom/fold.js";

const MAX_SUGGESTIONS = 8;
const MAX_PRACTICES = 5;

/** @param {NameData} data @returns {Suggestion} */
export function suggestionOf([kind, name, path, ...others]) {
  const { text, lang } = parted(name);
  return { kind, name: text, lang, path, texts: [text, ...others].map((other) => wordsOf(other).join(" ")) };
}

/** @param {string} text @returns {string[]} its folded words */
const wordsOf = (text) =>
  fold(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);

/**
 * @param {Suggestion[]} all
 * @param {string} typed
 * @returns {Suggestion[]} the best fits: a name that begins so, then a word that does, then any other place in a name
 */
export function suggestions(all, typed) {
  // People write “SDG 10.7”; the names begin with the number.
  const words = wordsOf(typed.replace(/^(?:sdg|odd)\s*(?=\d)/iu, ""));
  if (!words.length) return [];
  const scored = [];
  for (const suggestion of all) {
    const best = Math.max(...suggestion.texts.map((text, at) => fit(text, words, at > 0)));
    // Of two that fit equally well the one that is no practice comes first: there are few of them.
    if (best > 0) scored.push({ suggestion, score: best + (suggestion.kind === "practices" ? 0 : 0.2) });
  }
  scored.sort((a, b) => b.score - a.score || precedence(a.suggestion, b.suggestion));
  let practices = 0;
  return scored
    .map(({ suggestion }) => suggestion)
    .filter(({ kind }) => kind !== "practices" || (practices += 1) <= MAX_PRACTICES)
    .slice(0, MAX_SUGGESTIONS);
}

/**
 * @param {string} text a folded name
 * @param {string[]} words
 * @param {boolean} isOther whether it is another name of the thing, which counts a little less
 * @returns {number} how well the name fits, 0 for not at all
 */
function fit(text, words, isOther) {
  const less = isOther ? 0.5 : 0;
  if (text.startsWith(words.join(" "))) return 4 - less;
  if (words.every((word) => ` ${text}`.includes(` ${singular(word)}`))) return 3 - less;
  if (words.every((word) => word.length > 2 && text.includes(word))) return 2 - less;
  return 0;
}

/** @param {Suggestion} a @param {Suggestion} b @returns {number} of two that fit equally well the shorter name first */
function precedence(a, b) {
  return a.name.length - b.name.length || (a.path < b.path ? -1 : 1);
}

/** @param {string} word @returns {string} the word without a likely plural ending, as names mostly have the singular */
function singular(word) {
  return word.length > 4 ? word.replace(/[sx]$/u, "") : word;
}
