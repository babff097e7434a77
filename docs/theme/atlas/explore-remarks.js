/** What is said about the words that were looked for: unknown and replaced ones, other ways, questions that answer. */

import {load} from "./dom/load.js";
import {versioned} from "./dom/versions.js";
import {h, named} from "./explore-dom.js";
import {answering} from "./explore-words.js";
import {fold} from "./search-fold.js";

/**
 * @typedef {import("./explore-views.js").Site} Site
 * @typedef {import("./explore-words.js").Found} Found
 * @typedef {(change: (state: import("./explore-state.js").State) => void) => void} Lead goes to another state
 */

/** @param {Site} site @param {Found} found @param {Lead} lead @returns {HTMLElement[]} a line for every remark */
export function remarks({speech}, found, lead) {
  const lines = [];
  const button = (/** @type {string} */ text, /** @type {(state: import("./explore-state.js").State) => void} */ change) => h("button", {type: "button", class: "link", onclick: () => lead(change)}, text);
  const unknown = found.notes.filter(({kind}) => kind === "unknown_word").map(({word = ""}) => word);
  if (unknown.length) {
    const line = h("p", {class: "notice"}, speech.t("unknown_words", {words: unknown.map((word) => speech.t("quoted", {what: word})).join(", ")}));
    lines.push(line);
    void elsewhere(unknown, speech.t("other_language")).then((link) => link && line.append(" ", link));
  }
  for (const {kind, word = "", instead = ""} of found.notes.filter((note) => note.kind !== "unknown_word")) {
    const line = h("p", {class: kind.startsWith("with_") ? "note" : "notice"}, speech.t(kind, {word, instead}));
    if (kind === "corrected") line.append(" ", button(speech.t("exact", {word}), (state) => (state.exact = true)));
    if (kind === "with_all") line.append(" ", button(speech.t("show_some"), (state) => (state.some = true)));
    if (kind === "with_some") line.append(" ", button(speech.t("show_all"), (state) => (state.some = false)));
    if (kind === "did_you_mean") line.replaceChildren(button(speech.t(kind, {word: instead}), (state) => Object.assign(state, {q: state.q.replace(word, instead), exact: false})));
    lines.push(line);
  }
  return lines;
}

/** @param {string[]} words @param {string} text @returns {Promise<HTMLElement | null>} a way to the other language, where one of the words is known there */
async function elsewhere(words, text) {
  const other = document.querySelector(".language a");
  if (!(other instanceof HTMLAnchorElement)) return null;
  const {href, hreflang} = other;
  try {
    const response = await load(await versioned(new URL("../", href.split("?")[0]), "explore/words/all.json"));
    const known = new Set((await response.json()).map((/** @type {[string]} */ [word]) => word));
    return words.some((word) => known.has(fold(word))) ? h("a", {href, hreflang}, text) : null;
  } catch {
    return null; // the language switch is there all the same
  }
}

/** @param {Site} site @param {Found} found @returns {Promise<HTMLElement[]>} the questions that have the words */
export async function answers({speech, root, load}, found) {
  const all = await load("questions.json").catch(() => []);
  return answering(all, found.groups).map(([path, text]) => h("p", {}, `${speech.t("answered")} `, h("a", {href: root + path}, named(text))));
}
