/**
 * The practices chosen for comparison.
 *
 * The choice is kept in the browser's storage until the tab is closed; the address of the comparison holds it too.
 */

import { find } from "../dom/elements.js";
import { load } from "../dom/load.js";
import { Translator } from "../dom/translator.js";
import { versioned } from "../dom/versions.js";

const MAX_ID = 80;
const MAX_NAME = 300;

// Every page has this, from the configuration: words, the limit, and where the page of the comparison lies from here.
const script = find(document, "#compare-words", HTMLScriptElement);
const { page: pagePath = "", folder = "", max = "0" } = script.dataset;
const language = document.documentElement.lang;
const page = new URL(pagePath, location.href);

/** How many practices fit side by side. */
export const MAX_CHOSEN = Number(max);

/** What the buttons and the bar say. */
export const translator = new Translator(language, JSON.parse(script.textContent ?? "{}"));

/** Whether something can be the id of a practice: nothing else becomes part of an address. @param {unknown} value */
export function isId(value) {
  return typeof value === "string" && value.length <= MAX_ID && /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(value);
}

/** The data of a practice in the language of the page. @param {string} id @returns {Promise<any>} */
export async function loadData(id) {
  const address = await versioned(new URL("../", page), `compare/${id}.json`);
  return (await load(address)).json();
}

/** The address of a page of this language. @param {string} path */
export const siteAddress = (path) => new URL(`../${path}`, page).href;

/** The address of the comparison of some practices. @param {readonly string[]} ids */
export const compareAddress = (ids) => (ids.length ? `${page.href}?ids=${ids.join(",")}` : page.href);

// Both languages share the choice; another site on the same host does not.
const root = new URL("../", page).pathname;
const key = `atlas.compare ${folder && root.endsWith(folder) ? root.slice(0, -folder.length) : root}`;

/** The browser's storage, or null where it is switched off. @returns {Storage | null} */
function openStorage() {
  try {
    const found = window.sessionStorage;
    found.setItem(`${key}?`, "");
    found.removeItem(`${key}?`);
    return found;
  } catch {
    return null;
  }
}

const storage = openStorage();

/** Whether the choice outlives the page. */
export const isKept = storage !== null;

/** What an entry of the storage says, without what this script would not have written. @param {any} entry */
function checked(entry) {
  if (!entry || !isId(entry.id) || typeof entry.names !== "object" || !entry.names) return [];
  /** @type {[code: string, name: string][]} */
  const names = [];
  for (const [code, name] of Object.entries(entry.names)) {
    if (typeof name === "string" && name) names.push([code, name.slice(0, MAX_NAME)]);
  }
  return names.length ? [{ id: entry.id, names: Object.fromEntries(names) }] : [];
}

/** @returns {Chosen[]} */
function remembered() {
  try {
    const entries = JSON.parse(storage?.getItem(key) ?? "[]");
    const good = Array.isArray(entries) ? entries.flatMap(checked) : [];
    return [...new Map(good.map((entry) => [entry.id, entry])).values()].slice(0, MAX_CHOSEN);
  } catch {
    return [];
  }
}

/** @type {readonly Chosen[]} */
let choice = remembered();

/** @type {(() => void)[]} */
const listeners = [];

/** The practices that are chosen now. */
export const chosen = () => choice;

/** @param {string} id */
export const isChosen = (id) => choice.some((entry) => entry.id === id);

/** Be told when the choice has changed. @param {() => void} listener */
export const onChoice = (listener) => void listeners.push(listener);

/** Choose these practices and no others, as many as fit. @param {readonly Chosen[]} entries */
export function choose(entries) {
  choice = entries.slice(0, MAX_CHOSEN);
  try {
    storage?.setItem(key, JSON.stringify(choice));
  } catch {
    // A full storage is as good as none: the choice lasts as long as the page.
  }
  for (const listener of listeners) listener();
}

/** The name of a practice in the language of the page if it has one, with its language. @param {Chosen} entry */
export function nameOf({ id, names }) {
  const own = names[language];
  const [code = language, text = id] = own ? [language, own] : (Object.entries(names)[0] ?? []);
  return { text, lang: code === language ? undefined : code };
}

/** The practice that an element stands for. @param {HTMLElement} host @param {string} id @returns {Chosen} */
export function entryOf(host, id) {
  const link = host.querySelector("a");
  const { practiceName, practiceLanguage } = host.dataset;
  const name = practiceName || link?.textContent?.trim() || id;
  const code = practiceName ? practiceLanguage : link?.lang;
  return { id, names: { [code || language]: name.slice(0, MAX_NAME) } };
}

// A page that the browser kept for "back" still shows the choice of then.
window.addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  if (storage) choice = remembered();
  for (const listener of listeners) listener();
});
