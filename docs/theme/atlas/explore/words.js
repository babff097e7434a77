/** Words: how they are compared, where they stand, and what to offer for a misspelt one. */

import { fold } from "../dom/fold.js";
import { add } from "./facets.js";

/** Up to this length a word that is found nowhere is not replaced: a likely other one is only offered. */
const MAX_SHORT = 5;
/** From this length on a word may have two letters wrong; below the other one, none. */
const MIN_TWO_WRONG = 9;
const MIN_WRONG = 4;

/** @param {string} text @returns {{word: string, start: number, end: number}[]} its folded words, and where they are */
export function wordsOf(text) {
  const found = [];
  for (const match of text.matchAll(/[\p{L}\p{N}\p{M}]+/gu)) {
    const word = fold(match[0]);
    const isWord = [...word].length > 1 || /^\p{Nd}$/u.test(word);
    if (isWord) found.push({ word, start: match.index, end: match.index + match[0].length });
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
  /** @type {number[]} */
  let before = [];
  let last = Array.from({ length: b.length + 1 }, (_, at) => at);
  /** @param {number[]} row @param {number} at */
  const value = (row, at) => row[at] ?? Infinity;
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = value(last, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const isTransposed = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const transposed = isTransposed ? value(before, j - 2) + 1 : Infinity;
      row.push(Math.min(change, value(last, j) + 1, value(row, j - 1) + 1, transposed));
    }
    if (Math.min(...row) > limit) return limit + 1;
    [before, last] = [last, row];
  }
  return value(last, b.length);
}

/**
 * @param {string} word a folded word that the catalogue does not have
 * @param {KnownWord[]} known all words
 * @returns {{word: string, written: string} | null} the likeliest word that was meant; of two the one in more practices
 */
export function closest(word, known) {
  if (word.length < MIN_WRONG) return null;
  /** @type {{far: number, times: number, word: string, written: string} | null} */
  let best = null;
  for (const [other, times, written = other] of known) {
    // A first letter is rarely mistaken, and among short words the next one is another word.
    if (other[0] !== word[0] || other.length < MIN_WRONG - 1) continue;
    const limit = best ? best.far : word.length < MIN_TWO_WRONG ? 1 : 2;
    const far = distance(word, other, limit);
    if (far > limit) continue;
    if (!best || far < best.far || times > best.times) best = { far, times, word: other, written };
  }
  return best;
}

/** Looks words up in files that are loaded as they are needed. */
export class Words {
  /**
   * @param {LoadData} load
   * @param {number} count how many rows there are
   */
  constructor(load, count) {
    this.load = load;
    this.count = count;
  }

  /** @returns {Promise<WordIndex>} what every search needs first */
  ready() {
    return this.load("words/index.json");
  }

  /**
   * @param {string} query
   * @param {{exact?: boolean, some?: boolean}} how `exact`: a word that is found nowhere stays as it is; `some`: rows
   *   with some of the words count even where others have them all
   * @returns {Promise<Found>}
   */
  async search(query, { exact = false, some = false }) {
    const index = await this.ready();
    const common = new Set(index.common);
    const asked = new Map(wordsOf(query).map(({ word, start, end }) => [word, query.slice(start, end)]));
    const words = [...asked].filter(([word]) => !common.has(word));
    /** @type {WordNote[]} */
    const notes = words.length ? [] : [{ kind: asked.size ? "only_common" : "no_words" }];
    const looked = await Promise.all(words.map(([word, written]) => this.lookUp(word, written, index, exact)));
    for (const found of looked) notes.push(...found.notes);
    const replaced = new Map(looked.map(({ written, instead }) => [written, instead]));
    const matches = looked.flatMap(({ match }) => (match ? [match] : []));
    const groups = looked.map(({ word, match }) => match?.shown ?? [word]);
    const said = [...asked.values()].map((written) => replaced.get(written) ?? written).join(" ");
    return { ...this.joined(matches, words.length, some, notes), groups, said };
  }

  /**
   * @param {string} word a folded word
   * @param {string} written
   * @param {WordIndex} index
   * @param {boolean} exact whether it stays as it is
   * @returns {Promise<LookedUp>}
   */
  async lookUp(word, written, index, exact) {
    const match = await this.match(word, index);
    if (match) return { word, written, match, notes: [] };
    const likely = closest(word, await this.load("words/all.json").catch(() => []));
    if (likely && !exact && word.length > MAX_SHORT) {
      const instead = likely.written;
      const notes = [/** @type {WordNote} */ ({ kind: "corrected", word: written, instead })];
      return { word, written, instead, match: await this.match(likely.word, index), notes };
    }
    /** @type {WordNote[]} */
    const notes = [{ kind: "unknown_word", word: written }];
    if (likely) notes.push({ kind: "did_you_mean", word: written, instead: likely.written });
    return { word, written, match: null, notes };
  }

  /**
   * @param {string} word a folded word
   * @param {WordIndex} index
   * @returns {Promise<Match | null>} the stems that it stands for, and the words of the catalogue that share them
   */
  async match(word, index) {
    const name = shardOf(word);
    if (!index.shards.includes(name)) return null;
    /** @type {Shard} */
    const shard = await this.load(`words/${name}.json`);
    const words = Object.entries(shard.words).map(([other, stems]) => ({ other, stems: [stems].flat() }));
    const stems = new Set(words.find(({ other }) => other === word)?.stems);
    if (!stems.size) {
      const ended = withoutEnding(word, index.endings, new Map(shard.stems.map(([stem], at) => [stem, at])));
      if (ended !== null) stems.add(ended);
      else if (word.length > 2) {
        for (const { other, stems: more } of words) if (other.startsWith(word)) more.forEach((stem) => stems.add(stem));
      }
    }
    if (!stems.size) return null;
    const shown = words.filter(({ stems: found }) => found.some((stem) => stems.has(stem)));
    return { stems: shard.stems.filter((_, at) => stems.has(at)), shown: shown.map(({ other }) => other) };
  }

  /**
   * @param {Match[]} matches one for each word that was found
   * @param {number} asked how many words were asked for
   * @param {boolean} some whether rows with some of the words count in any case
   * @param {WordNote[]} notes
   * @returns {Joined} the rows that have all words, or some where none has all
   */
  joined(matches, asked, some, notes) {
    const scores = new Float64Array(this.count);
    const had = new Uint8Array(this.count);
    for (const match of matches) {
      const weights = this.weights(match);
      const rows = weights.reduce((sum, weight) => sum + (weight ? 1 : 0), 0);
      const rare = Math.log(1 + this.count / Math.max(1, rows)) ** 2;
      weights.forEach((weight, row) => {
        if (!weight) return;
        had[row] = (had[row] ?? 0) + 1;
        scores[row] = (scores[row] ?? 0) + weight * rare;
      });
    }
    const all = had.includes(asked);
    const wanted = all && !some ? asked : 1;
    const partly = had.some((times) => times > 0 && times < asked);
    if (!all && asked > 1 && matches.length) notes.push({ kind: "some_words" });
    else if (all && asked > 1 && partly) notes.push({ kind: some ? "with_some" : "with_all" });
    const mask = new Uint32Array(Math.ceil(this.count / 32));
    had.forEach((times, row) => {
      if (!asked || times < wanted) return;
      add(mask, row);
      // A row with more of the words comes before all with fewer.
      scores[row] = (scores[row] ?? 0) + times * 1000;
    });
    return { mask, scores, shown: new Set(matches.flatMap((match) => match.shown)), notes };
  }

  /** @param {Match} match @returns {Uint8Array} how much each row counts for a word: the most of its stems */
  weights({ stems }) {
    const weights = new Uint8Array(this.count);
    for (const [, ...codes] of stems) {
      let row = 0;
      for (const code of codes) {
        row += code >>> 4;
        weights[row] = Math.max(weights[row] ?? 0, code & 15);
      }
    }
    return weights;
  }
}

/**
 * @param {string} word
 * @param {WordIndex["endings"]} endings what the stemmer took off and put on, the commonest first
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
