/** What is said about the words that were looked for: unknown and replaced ones, other ways, questions that answer. */

import { h, named } from "../dom/elements.js";
import { fold } from "../dom/fold.js";
import { load } from "../dom/load.js";
import { versioned } from "../dom/versions.js";

/** How many questions are named beside the practices. */
const MAX_QUESTIONS = 2;

/**
 * @param {Site} site
 * @param {Found} found
 * @param {(change: Change) => void} lead goes to another state
 * @returns {HTMLElement[]} a line for every notice
 */
export function notices({ translator }, found, lead) {
  const lines = [];
  /** @param {string} text @param {Change} change */
  const button = (text, change) => h("button", { type: "button", class: "link", onclick: () => lead(change) }, text);
  const unknown = found.notes.flatMap(({ kind, word }) => (kind === "unknown_word" && word ? [word] : []));
  if (unknown.length) {
    const words = unknown.map((word) => translator.t("quoted", { what: word })).join(", ");
    const line = h("p", { class: "notice" }, translator.t("unknown_words", { words }));
    lines.push(line);
    void elsewhere(unknown, translator.t("other_language")).then((link) => link && line.append(" ", link));
  }
  for (const { kind, word = "", instead = "" } of found.notes) {
    if (kind === "unknown_word") continue;
    const text = translator.t(kind, { word: kind === "did_you_mean" ? instead : word, instead });
    const replace = (/** @type {State} */ state) => {
      state.q = state.q.replace(word, instead);
      state.exact = false;
    };
    const line = h("p", { class: kind.startsWith("with_") ? "note" : "notice" });
    if (kind === "did_you_mean") line.append(button(text, replace));
    else line.append(text, " ");
    if (kind === "corrected") line.append(button(translator.t("exact", { word }), (state) => (state.exact = true)));
    if (kind === "with_all") line.append(button(translator.t("show_some"), (state) => (state.some = true)));
    if (kind === "with_some") line.append(button(translator.t("show_all"), (state) => (state.some = false)));
    lines.push(line);
  }
  return lines;
}

/**
 * @param {string[]} words
 * @param {string} text
 * @returns {Promise<HTMLElement | null>} a way to the other language, where one of the words is known there
 */
async function elsewhere(words, text) {
  const other = document.querySelector(".language a");
  if (!(other instanceof HTMLAnchorElement)) return null;
  const { href, hreflang } = other;
  try {
    const root = new URL("../", href.replace(/\?.*/su, ""));
    const address = await versioned(root, "explore/words/all.json");
    /** @type {KnownWord[]} */
    const all = await (await load(address)).json();
    const known = new Set(all.map(([word]) => word));
    return words.some((word) => known.has(fold(word))) ? h("a", { href, hreflang }, text) : null;
  } catch {
    return null; // the language switch is there all the same
  }
}

/** @param {Site} site @param {Found} found @returns {Promise<HTMLElement[]>} the questions that have the words */
export async function answers({ translator, settings, load: loadData }, found) {
  /** @type {Question[]} */
  const all = await loadData("questions.json").catch(() => []);
  return answering(all, found.groups).map(([path, text]) =>
    h("p", {}, `${translator.t("answered")} `, h("a", { href: settings.root + path }, named(text))),
  );
}

/**
 * @param {Question[]} questions
 * @param {string[][]} groups for every word that was looked for the words that count as it
 * @returns {Question[]} the questions that have all of them, those first that have them in their own text
 */
export function answering(questions, groups) {
  if (!groups.length) return [];
  /** @param {string} text @returns {number} how many of the words are in a text */
  const fitting = (text) => {
    const words = new Set(text.split(" "));
    return groups.filter((group) => group.some((word) => words.has(word))).length;
  };
  return questions
    .filter(([, , own, more]) => fitting(`${own} ${more}`) === groups.length)
    .sort(([, , a], [, , b]) => fitting(b) - fitting(a))
    .slice(0, MAX_QUESTIONS);
}
