/** Words: how they are compared, where they stand, what to offer for a misspelt one, and passages to show. */

import {fold} from "./search-fold.js";

/**
 * @typedef {{words: Record<string, number | number[]>, stems: (string | number)[][]}} Shard
 * @typedef {{endings: [string, string][], common: string[], shards: string[]}} Index
 * @typedef {{kind: "corrected" | "did_you_mean" | "unknown_word" | "some_words" | "with_all" | "with_some" | "only_common" | "no_words", word?: string, instead?: string}} WordNote
 * @typedef {{scores: Float64Array, mask: Uint32Array, shown: Set<string>, notes: WordNote[], groups: string[][], said: string}} Found `groups`: for every word that was looked for the words that count as it; `said`: what was looked for in the end
 * @typedef {{stems: (string | number)[][], shown: string[]}} Match
 * @typedef {[string, string, string, string]} Question its address, its text, and the folded words of its text and of its answer
 */

/** Up to this length a word that is found nowhere is not replaced: a likely other one is only offered. */
const SHORT = 5;

/** @param {string} text @returns {{word: string, start: number, end: number}[]} the folded words of a text, and where they stand */
export function wordsOf(text) {
  const found = [];
  for (const match of text.matchAll(/[\p{L}\p{N}\p{M}]+/gu)) {
    const word = fold(match[0]);
    if ([...word].length > 1 || /^\p{Nd}$/u.test(word)) found.push({word, start: match.index, end: match.index + match[0].length});
  }
  return found;
}

/** @param {string} word a folded word @returns {string} the name of the file in which it stands */
export function shardOf(word) {
  const start = word.slice(0, 2);
  return /^[a-z0-9]+$/u.test(start) ? start : "_";
}

/**
 * The Damerau-Levenshtein distance (with transposed neighbours as one edit), or limit + 1 where it is larger.
 * @param {string} a @param {string} b @param {number} limit @returns {number}
 */
export function distance(a, b, limit) {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let before = /** @type {number[]} */ ([]);
  let last = Array.from({length: b.length + 1}, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    let best = i;
    for (let j = 1; j <= b.length; j += 1) {
      const change = last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      row[j] = Math.min(change, last[j] + 1, row[j - 1] + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
      best = Math.min(best, row[j]);
    }
    if (best > limit) return limit + 1;
    [before, last] = [last, row];
  }
  return last[b.length];
}

/**
 * @param {string} word a folded word that the catalogue does not have
 * @param {[string, number, string?][]} known all words: folded, in how many practices, as written
 * @returns {[string, string] | null} the likeliest word that was meant: folded, and as written
 */
export function closest(word, known) {
  if (word.length < 4) return null;
  // A first letter is rarely mistaken, and among short words the next one is another word.
  const limit = word.length < 9 ? 1 : 2;
  /** @type {[number, number, string, string] | null} */
  let best = null;
  for (const [other, times, written] of known) {
    if (other[0] !== word[0] || other.length < 3) continue;
    const far = distance(word, other, best ? best[0] : limit);
    if (far > limit) continue;
    if (!best || far < best[0] || (far === best[0] && times > best[1])) best = [far, times, other, written ?? other];
  }
  return best && [best[2], best[3]];
}

/** How many questions are named beside the practices. */
const MOST_QUESTIONS = 2;

/**
 * @param {Question[]} questions
 * @param {string[][]} groups for every word that was looked for the words that count as it
 * @returns {Question[]} the questions that have all of them, those first that have them in their own text
 */
export function answering(questions, groups) {
  if (!groups.length) return [];
  const scored = questions.map((question) => {
    const [own, all] = [question[2], `${question[2]} ${question[3]}`].map((words) => new Set(words.split(" ")));
    const has = (/** @type {Set<string>} */ words) => groups.filter((group) => group.some((word) => words.has(word))).length;
    return {question, fits: has(all) === groups.length, own: has(own)};
  });
  return scored.filter(({fits}) => fits).sort((a, b) => b.own - a.own).slice(0, MOST_QUESTIONS).map(({question}) => question);
}

/** Looks words up in files that are loaded as they are needed. */
export class Words {
  /**
   * @param {(path: string) => Promise<any>} load gives the data of a file
   * @param {number} count how many rows there are
   */
  constructor(load, count) {
    this.load = load;
    this.count = count;
  }

  /** @returns {Promise<Index>} what every search needs first */
  ready() {
    return this.load("words/index.json");
  }

  /**
   * @param {string} query
   * @param {{exact?: boolean, some?: boolean}} how `exact`: a word that is found nowhere stays as it is; `some`: rows
   *   with some of the words count even where others have them all
   * @returns {Promise<Found>}
   */
  async search(query, {exact = false, some = false}) {
    const index = await this.ready();
    const common = new Set(index.common);
    const asked = [...new Map(wordsOf(query).map((found) => [found.word, query.slice(found.start, found.end)]))];
    const words = asked.filter(([word]) => !common.has(word));
    /** @type {WordNote[]} */
    const notes = [];
    if (!words.length) notes.push({kind: asked.length ? "only_common" : "no_words"});
    /** @type {Map<string, string>} */
    const replaced = new Map();
    const matches = await Promise.all(words.map(([word]) => this.match(word, index)));
    for (const [at, [word, written]] of words.entries()) {
      if (matches[at]) continue;
      const instead = closest(word, await this.load("words/all.json").catch(() => []));
      if (instead && !exact && word.length > SHORT) {
        matches[at] = await this.match(instead[0], index);
        notes.push({kind: "corrected", word: written, instead: instead[1]});
        replaced.set(written, instead[1]);
      } else {
        notes.push({kind: "unknown_word", word: written});
        if (instead) notes.push({kind: "did_you_mean", word: written, instead: instead[1]});
      }
    }
    const typed = words.map(([word], at) => matches[at]?.shown ?? [word]);
    return {...this.joined(/** @type {Match[]} */ (matches.filter(Boolean)), words.length, some, notes), groups: typed, said: asked.map(([, written]) => replaced.get(written) ?? written).join(" ")};
  }

  /**
   * @param {string} word a folded word
   * @param {Index} index
   * @returns {Promise<Match | null>} the stems that it stands for, and the words of the catalogue that share them
   */
  async match(word, index) {
    const name = shardOf(word);
    if (!index.shards.includes(name)) return null;
    /** @type {Shard} */
    const shard = await this.load(`words/${name}.json`);
    /** @type {Set<number>} */
    let stems = new Set();
    if (Object.hasOwn(shard.words, word)) stems = new Set([shard.words[word]].flat());
    else {
      const ended = withoutEnding(word, index.endings, new Map(shard.stems.map(([stem], at) => [String(stem), at])));
      if (ended !== null) stems.add(ended);
      else if (word.length > 2) {
        for (const [other, found] of Object.entries(shard.words)) {
          if (other.startsWith(word)) [found].flat().forEach((stem) => stems.add(stem));
        }
      }
    }
    if (!stems.size) return null;
    const shown = Object.entries(shard.words).filter(([, found]) => [found].flat().some((stem) => stems.has(stem)));
    return {stems: [...stems].map((stem) => shard.stems[stem]), shown: shown.map(([other]) => other)};
  }

  /**
   * @param {Match[]} matches one for each word that was found
   * @param {number} asked how many words were asked for
   * @param {boolean} some whether rows with some of the words count in any case
   * @param {WordNote[]} notes
   * @returns {Omit<Found, "groups" | "said">} the rows that have all words, or some where none has all
   */
  joined(matches, asked, some, notes) {
    const scores = new Float64Array(this.count);
    const had = new Uint8Array(this.count);
    for (const {stems} of matches) {
      const weights = new Uint8Array(this.count);
      for (const [, ...codes] of stems) {
        let row = 0;
        for (const code of /** @type {number[]} */ (codes)) {
          row += code >>> 4;
          weights[row] = Math.max(weights[row], code & 15);
        }
      }
      const rows = weights.reduce((sum, weight) => sum + (weight ? 1 : 0), 0);
      const rare = Math.log(1 + this.count / Math.max(1, rows)) ** 2;
      weights.forEach((weight, row) => {
        if (!weight) return;
        had[row] += 1;
        scores[row] += weight * rare;
      });
    }
    const all = had.includes(asked);
    const wanted = all && !some ? asked : 1;
    const partly = had.some((times) => times > 0 && times < asked);
    if (!all && asked > 1 && matches.length) notes.push({kind: "some_words"});
    else if (all && asked > 1 && partly) notes.push({kind: some ? "with_some" : "with_all"});
    const mask = new Uint32Array(Math.ceil(this.count / 32));
    had.forEach((times, row) => {
      if (!asked || times < wanted) return;
      mask[row >>> 5] |= 1 << (row & 31);
      scores[row] += times * 1000;
    });
    return {mask, scores, shown: new Set(matches.flatMap((match) => match.shown)), notes};
  }
}

/**
 * @param {string} word
 * @param {[string, string][]} endings what the stemmer took off and put on, the commonest first
 * @param {Map<string, number>} stems
 * @returns {number | null} the stem that the word has after the most careful of the changes that lead to one
 */
export function withoutEnding(word, endings, stems) {
  let best = null;
  let kept = 2;
  for (const [off, on] of endings) {
    const length = word.length - off.length;
    if (length <= kept || !word.endsWith(off)) continue;
    const stem = stems.get(word.slice(0, length) + on);
    if (stem !== undefined) [best, kept] = [stem, length];
  }
  return best;
}

/**
 * @param {string} text
 * @param {Set<string>} shown folded words
 * @param {number} length about how many characters
 * @returns {{text: string, words: number} | null} the passage with most of the words, or null where there are none
 */
export function passage(text, shown, length) {
  const hits = wordsOf(text).filter(({word}) => shown.has(word));
  if (!hits.length) return null;
  let best = {words: 0, start: 0};
  for (const [at, hit] of hits.entries()) {
    const inside = new Set();
    for (let next = at; next < hits.length && hits[next].end - hit.start < length * 0.8; next += 1) inside.add(hits[next].word);
    if (inside.size > best.words) best = {words: inside.size, start: hit.start};
  }
  let start = Math.max(0, best.start - Math.round(length * 0.2));
  let end = Math.min(text.length, start + length);
  if (start > 0) start = text.indexOf(" ", start) + 1 || start;
  if (start > best.start) start = best.start;
  if (end < text.length) end = Math.max(text.lastIndexOf(" ", end), start + 1);
  return {text: `${start > 0 ? "… " : ""}${text.slice(start, end)}${end < text.length ? " …" : ""}`, words: best.words};
}
