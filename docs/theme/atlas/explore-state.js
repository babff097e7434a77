/** The address of the explore page: reading it, saying what in it was ignored, and writing it. */

/** How many characters of a query count. */
export const LIMIT = 200;
export const SORTS = ["relevance", "name", "newest", "documented"];
export const VIEWS = ["cards", "table", "map", "dossier"];

/**
 * @typedef {object} State
 * @property {string} q words
 * @property {boolean} exact whether a word that is found nowhere stays as it is
 * @property {boolean} some whether practices with some of the words count even where others have them all
 * @property {Map<string, Set<string>>} chosen choices by filter, never empty sets
 * @property {string} sort one of SORTS
 * @property {string} view one of VIEWS
 * @property {number} page from 1
 *
 * @typedef {{kind: "cut" | "ignored_key" | "ignored_value" | "ignored_other", what: string}} Note
 */

/** @returns {State} a state in which nothing is chosen */
export function empty() {
  return {q: "", exact: false, some: false, chosen: new Map(), sort: SORTS[0], view: VIEWS[0], page: 1};
}

/**
 * @param {string} search the query string
 * @param {Map<string, Set<string>>} known the choices that there are, by filter
 * @returns {{state: State, notes: Note[]}} the state, and what was ignored
 */
export function parse(search, known) {
  const state = empty();
  /** @type {Note[]} */
  const notes = [];
  for (const [key, value] of new URLSearchParams(search)) {
    const what = `${key}=${value}`;
    if (key === "q") {
      const words = value.replace(/\s+/gu, " ").trim();
      if (state.q && words && words !== state.q) notes.push({kind: "ignored_other", what});
      else if (words) {
        if ([...words].length > LIMIT) notes.push({kind: "cut", what: String(LIMIT)});
        state.q = [...words].slice(0, LIMIT).join("");
      }
    } else if (key === "sort" && SORTS.includes(value)) state.sort = value;
    else if (key === "view" && VIEWS.includes(value)) state.view = value;
    else if (key === "page" && /^[1-9]\d{0,5}$/u.test(value)) state.page = Number(value);
    else if (key === "exact" && value === "1") state.exact = true;
    else if (key === "words" && value === "some") state.some = true;
    else if (["sort", "view", "page", "exact", "words"].includes(key)) notes.push({kind: "ignored_other", what});
    else if (!known.has(key)) notes.push({kind: "ignored_key", what: key});
    else {
      for (const part of value.split(",")) {
        const id = part.trim().toLowerCase().replaceAll(".", "-");
        if (known.get(key)?.has(id)) choose(state, key, id, true);
        else if (id) notes.push({kind: "ignored_value", what: `${key}=${part.trim()}`});
      }
    }
  }
  return {state, notes: notes.filter((note, at) => notes.findIndex((n) => n.kind === note.kind && n.what === note.what) === at)};
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

/** Looks for other words, or for none; what was said of the old ones ends with them. @param {State} state @param {string} q */
export function ask(state, q) {
  Object.assign(state, {q, exact: false, some: false});
}

/**
 * @param {State} state
 * @returns {State} a copy that can be changed
 */
export function copy(state) {
  return {...state, chosen: new Map([...state.chosen].map(([key, ids]) => [key, new Set(ids)]))};
}

/**
 * @param {State} state
 * @returns {string} the query string, with its question mark, or "" for the state in which nothing is chosen
 */
export function write(state) {
  /** @type {string[]} */
  const parts = [];
  if (state.q) parts.push(`q=${encodeURIComponent(state.q.toWellFormed?.() ?? state.q).replaceAll("%20", "+")}`);
  if (state.q && state.exact) parts.push("exact=1");
  if (state.q && state.some) parts.push("words=some");
  // Ids need no encoding, so that commas stay readable.
  for (const key of [...state.chosen.keys()].sort()) parts.push(`${key}=${[...(state.chosen.get(key) ?? [])].sort().join(",")}`);
  if (state.sort !== SORTS[0]) parts.push(`sort=${state.sort}`);
  if (state.view !== VIEWS[0]) parts.push(`view=${state.view}`);
  if (state.page > 1) parts.push(`page=${state.page}`);
  return parts.length ? `?${parts.join("&")}` : "";
}
