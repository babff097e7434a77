/** The address of the explore page: reading it, saying what in it was ignored, and writing it. */

export const SORTS = /** @type {const} */ (["relevance", "name", "newest", "documented"]);
export const VIEWS = /** @type {const} */ (["cards", "table", "map", "dossier"]);

/** What the address says of one thing alone. */
const SINGLE = ["sort", "view", "page", "exact", "words"];

/** @returns {State} a state in which nothing is chosen */
export function empty() {
  return { q: "", exact: false, some: false, chosen: new Map(), sort: "relevance", view: "cards", page: 1 };
}

/** @param {string} text @returns {string} without space at its ends, and with single spaces between words */
const spaced = (text) => text.replace(/\s+/gu, " ").trim();

/** @param {string} words as typed @param {number} length how many characters count @returns {string} */
export function cut(words, length) {
  return [...spaced(words)].slice(0, length).join("");
}

/**
 * @param {string} search the query string
 * @param {Map<string, Set<string>>} known the choices that there are, by filter
 * @param {number} length how many characters of the words count
 * @returns {{state: State, notes: Ignored[]}} the state, and what was ignored
 */
export function parse(search, known, length) {
  const state = empty();
  /** @type {Ignored[]} */
  const notes = [];
  for (const [key, value] of new URLSearchParams(search)) {
    if (key === "q") readWords(state, notes, value, length);
    else if (SINGLE.includes(key)) {
      if (!readSingle(state, key, value)) notes.push({ kind: "ignored_other", what: `${key}=${value}` });
    } else {
      const choices = known.get(key);
      if (choices) readChoices(state, notes, key, value, choices);
      else notes.push({ kind: "ignored_key", what: key });
    }
  }
  const told = new Map(notes.map((note) => [`${note.kind} ${note.what}`, note]));
  return { state, notes: [...told.values()] };
}

/** @param {State} state @param {Ignored[]} notes @param {string} value @param {number} length */
function readWords(state, notes, value, length) {
  const words = spaced(value);
  if (!words) return;
  if (state.q && words !== state.q) notes.push({ kind: "ignored_other", what: `q=${value}` });
  else {
    if ([...words].length > length) notes.push({ kind: "cut", what: String(length) });
    state.q = cut(words, length);
  }
}

/** @param {State} state @param {string} key @param {string} value @returns {boolean} whether it was understood */
function readSingle(state, key, value) {
  const sort = SORTS.find((known) => known === value);
  const view = VIEWS.find((known) => known === value);
  if (key === "sort" && sort) state.sort = sort;
  else if (key === "view" && view) state.view = view;
  else if (key === "page" && /^[1-9]\d{0,5}$/u.test(value)) state.page = Number(value);
  else if (key === "exact" && value === "1") state.exact = true;
  else if (key === "words" && value === "some") state.some = true;
  else return false;
  return true;
}

/**
 * @param {State} state
 * @param {Ignored[]} notes
 * @param {string} key
 * @param {string} value
 * @param {Set<string>} choices
 */
function readChoices(state, notes, key, value, choices) {
  for (const part of value.split(",")) {
    const id = part.trim().toLowerCase().replaceAll(".", "-");
    if (choices.has(id)) choose(state, key, id, true);
    else if (id) notes.push({ kind: "ignored_value", what: `${key}=${part.trim()}` });
  }
}

/**
 * @param {State} state
 * @param {string} key a filter
 * @param {string} id a choice
 * @param {boolean} on
 */
export function choose(state, key, id, on) {
  const chosen = state.chosen.get(key) ?? new Set();
  if (on) chosen.add(id);
  else chosen.delete(id);
  if (chosen.size) state.chosen.set(key, chosen);
  else state.chosen.delete(key);
}

/** Looks for other words, or for none; what was said of the old ones ends. @param {State} state @param {string} q */
export function ask(state, q) {
  Object.assign(state, { q, exact: false, some: false });
}

/** @param {State} state @returns {State} a copy that can be changed */
export function copy(state) {
  return { ...state, chosen: new Map([...state.chosen].map(([key, ids]) => [key, new Set(ids)])) };
}

/** @param {State} state @returns {string} the query string, or "" for the state in which nothing is chosen */
export function write(state) {
  /** @type {string[]} */
  const parts = [];
  // Half a character, as a careless cut leaves it, is no part of an address.
  const words = state.q.toWellFormed?.() ?? state.q;
  if (words) parts.push(`q=${encodeURIComponent(words).replaceAll("%20", "+")}`);
  if (words && state.exact) parts.push("exact=1");
  if (words && state.some) parts.push("words=some");
  // Ids need no encoding, so that commas stay readable.
  for (const [key, ids] of [...state.chosen].sort()) parts.push(`${key}=${[...ids].sort().join(",")}`);
  if (state.sort !== "relevance") parts.push(`sort=${state.sort}`);
  if (state.view !== "cards") parts.push(`view=${state.view}`);
  if (state.page > 1) parts.push(`page=${state.page}`);
  return parts.length ? `?${parts.join("&")}` : "";
}
