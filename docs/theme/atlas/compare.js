// @ts-check
/**
 * The comparison on every page: buttons that choose practices, and a bar that shows the choice.
 *
 * Whatever carries `data-practice-id` gets a button, at the end of its `.card-foot`, head of a row, or of itself; its
 * `data-practice-name`, or else its first link, is the name. `data-practice-language`, or else the `lang` of that link,
 * is the language of the name where that is not the page's.
 * A script that adds such elements later calls `mountButtons`, or sends a bubbling event `atlas:cards` from above them.
 * The choice is kept in the browser's storage until the tab is closed; the address of the comparison holds it too.
 */

import { load } from "./dom/load.js";
import { versioned } from "./dom/versions.js";

/** @typedef {{id: string, names: Record<string, string>}} Chosen A practice, with its name by language. */

/** How many practices fit side by side. */
export const MOST = 4;

const LONGEST_ID = 80;
const LONGEST_NAME = 300;

const script = /** @type {HTMLScriptElement} */ (document.getElementById("compare-words"));
/** @type {Record<string, string>} */
const words = JSON.parse(script.textContent || "{}");
const language = document.documentElement.lang;
const page = new URL(script.dataset.page || "", location.href);

/** Whether something can be the id of a practice: nothing else becomes part of an address. @param {unknown} value */
export function isId(value) {
  return typeof value === "string" && value.length <= LONGEST_ID && /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(value);
}

/** A text with its `{placeholders}` filled in. @param {string} text @param {Record<string, string | number>} values */
export function filled(text, values) {
  return text.replace(/\{(\w+)\}/g, (found, name) => (name in values ? String(values[name]) : found));
}

/**
 * A new element with a class, a text and attributes.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag @param {string} [className] @param {string} [text] @param {Record<string, string>} [attributes]
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function element(tag, className = "", text = "", attributes = {}) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text) made.textContent = text;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

/** The address of a practice's data in the language of the page. @param {string} id */
export const dataAddress = (id) => versioned(new URL("../", page), `compare/${id}.json`);

/** The address of a practice's page. @param {string} id */
export const practiceAddress = (id) => new URL(`../practices/${id}/`, page).href;

/** The address of the comparison of some practices. @param {readonly string[]} ids */
export const compareAddress = (ids) => (ids.length ? `${page.href}?ids=${ids.join(",")}` : page.href);

// Both languages share the choice; another site on the same host does not.
const folder = script.dataset.folder || "";
const root = new URL("../", page).pathname;
const key = `atlas.compare ${folder && root.endsWith(folder) ? root.slice(0, -folder.length) : root}`;

/** The browser's storage, or null where it is switched off. @returns {Storage | null} */
function openStorage() {
  try {
    const storage = window.sessionStorage;
    storage.setItem(`${key}?`, "");
    storage.removeItem(`${key}?`);
    return storage;
  } catch {
    return null;
  }
}

const storage = openStorage();

/** What an entry of the storage says, without what this script would not have written. @param {any} entry */
function checked(entry) {
  if (!entry || !isId(entry.id) || typeof entry.names !== "object" || !entry.names) return null;
  const names = Object.entries(entry.names).filter(([, name]) => typeof name === "string" && name);
  if (!names.length) return null;
  return { id: entry.id, names: Object.fromEntries(names.map(([code, name]) => [code, name.slice(0, LONGEST_NAME)])) };
}

/** @returns {Chosen[]} */
function remembered() {
  try {
    const entries = JSON.parse((storage && storage.getItem(key)) || "[]");
    const good = Array.isArray(entries) ? entries.map(checked).filter((entry) => entry !== null) : [];
    return good.filter((entry, at) => good.findIndex((other) => other.id === entry.id) === at).slice(0, MOST);
  } catch {
    return [];
  }
}

/** @type {Chosen[]} */
let choice = remembered();

/** The practices that are chosen now. @returns {readonly Chosen[]} */
export const chosen = () => choice;

/** Choose these practices and no others. @param {Chosen[]} entries */
export function choose(entries) {
  choice = entries.slice(0, MOST);
  try {
    if (storage) storage.setItem(key, JSON.stringify(choice));
  } catch {
    // A full storage is as good as none: the choice lasts as long as the page.
  }
  draw();
}

/** @param {Chosen} entry */
const nameOf = (entry) => entry.names[language] || Object.values(entry.names)[0];

/** @param {Chosen} entry @param {HTMLElement} shown */
function mark(entry, shown) {
  if (!entry.names[language]) shown.lang = Object.keys(entry.names)[0];
}

const status = element("p", "compare-live", "", { role: "status" });

/** Tell those who do not see the page. @param {string} text */
export function announce(text) {
  status.textContent = text;
}

// The comparison itself shows the choice in full; it needs no bar.
const bar = document.getElementById("compare") ? null : element("section", "compare-bar", "", { "aria-label": words.label });

/** @param {Chosen} entry */
function toggle(entry) {
  const name = nameOf(entry);
  if (choice.some((other) => other.id === entry.id)) {
    choose(choice.filter((other) => other.id !== entry.id));
    announce(choice.length ? filled(words.removed, { name, n: choice.length }) : words.cleared);
  } else if (choice.length >= MOST) {
    announce(words.full);
    if (bar) bar.dataset.full = "";
    drawBar();
  } else {
    choose([...choice, entry]);
    announce(filled(words.added, { name, n: choice.length }));
  }
}

/** @type {Map<HTMLButtonElement, Chosen>} */
const buttons = new Map();

/** The practice that an element stands for. @param {HTMLElement} host @param {string} id @returns {Chosen} */
function entryOf(host, id) {
  const link = host.querySelector("a");
  const { practiceName, practiceLanguage } = host.dataset;
  const name = practiceName || (link?.textContent || "").trim() || id;
  const code = practiceName ? practiceLanguage : link?.lang;
  return { id, names: { [code || language]: name.slice(0, LONGEST_NAME) } };
}

/** Give a button to every practice below an element. @param {ParentNode} [above] */
export function mountButtons(above = document) {
  for (const host of above.querySelectorAll("[data-practice-id]:not([data-compare])")) {
    if (!(host instanceof HTMLElement) || !isId(host.dataset.practiceId)) continue;
    host.dataset.compare = "";
    const id = /** @type {string} */ (host.dataset.practiceId);
    const entry = entryOf(host, id);
    const button = element("button", "compare-button", "", { type: "button" });
    button.addEventListener("click", () => toggle(entry));
    buttons.set(button, entry);
    drawButton(button, entry);
    (host.querySelector(".card-foot, th") || host).append(button);
  }
  for (const button of buttons.keys()) if (!button.isConnected) buttons.delete(button);
}

/** @param {HTMLButtonElement} button @param {Chosen} entry */
function drawButton(button, entry) {
  const isChosen = choice.some((other) => other.id === entry.id);
  const text = isChosen ? words.remove : words.add;
  button.textContent = text;
  button.classList.toggle("chosen", isChosen);
  button.setAttribute("aria-label", `${text}${words.colon}${nameOf(entry)}`);
}

function drawBar() {
  if (!bar) return;
  bar.replaceChildren();
  bar.hidden = choice.length === 0;
  if (choice.length < MOST) delete bar.dataset.full;
  const list = element("ul");
  choice.forEach((entry, at) => {
    const item = element("li");
    const link = element("a", "", nameOf(entry), { href: practiceAddress(entry.id) });
    mark(entry, link);
    const label = `${words.remove}${words.colon}${nameOf(entry)}`;
    const remove = element("button", "compare-remove", "×", { type: "button", "aria-label": label });
    remove.addEventListener("click", () => {
      toggle(entry);
      const left = bar.querySelectorAll(".compare-remove");
      focusOn(left[Math.min(at, left.length - 1)]);
    });
    item.append(link, remove);
    list.append(item);
  });
  const open = element("a", "button", filled(words.open, { n: choice.length }), {
    href: compareAddress(choice.map((entry) => entry.id)),
  });
  const clear = element("button", "compare-clear", words.clear, { type: "button" });
  clear.addEventListener("click", () => {
    choose([]);
    announce(words.cleared);
    focusOn(undefined);
  });
  const hint = "full" in bar.dataset ? words.full : choice.length === 1 ? words.alone : "";
  const notes = [filled(words.chosen, { n: choice.length }), hint, storage ? "" : words.forgetful];
  const actions = element("p", "compare-actions");
  actions.append(open, clear);
  bar.append(element("p", "compare-count", notes.filter(Boolean).join(" · ")), list, actions);
  // What has the focus is never hidden behind the bar.
  document.documentElement.style.scrollPaddingBottom = bar.hidden ? "" : `${bar.offsetHeight + 8}px`;
}

/** Keep the focus on the page when what had it is gone. @param {Element | undefined} target */
function focusOn(target) {
  const found = target || document.getElementById("content");
  if (found instanceof HTMLElement) found.focus({ preventScroll: !target });
}

function draw() {
  for (const [button, entry] of buttons) drawButton(button, entry);
  drawBar();
}

/** Names chosen in the other language, asked for in this one; what cannot be had stays as it is. */
async function translateNames() {
  const foreign = choice.filter((entry) => !entry.names[language]);
  if (!foreign.length) return;
  for (const entry of foreign) {
    try {
      const { name } = await (await load(await dataAddress(entry.id))).json();
      if (name && !name.lang && typeof name.text === "string") entry.names[language] = name.text;
    } catch {
      // The name in the other language does.
    }
  }
  choose([...choice]);
}

if (bar) document.body.append(bar);
document.body.append(status);
mountButtons();
drawBar();
if (bar) translateNames();
document.addEventListener("atlas:cards", (event) => mountButtons(/** @type {ParentNode} */ (event.target)));
// A page that the browser kept for "back" still shows the choice of then.
window.addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  if (storage) choice = remembered();
  draw();
});
if (!bar) {
  import("./compare-page.js").then((module) => module.start()).catch((error) => {
    console.info(error);
    const notice = element("p", "notice", words.broken, { role: "alert" });
    document.getElementById("compare")?.prepend(notice);
  });
}
