/** The search box of every page: suggests practices, terms and countries as one types, and `/` or Ctrl-K lead to it. */

import {onceLoader} from "./dom/load.js";
import {versioned} from "./dom/versions.js";
import {fold} from "./search-fold.js";

const MOST = 8;
const MOST_PRACTICES = 5;

/** @typedef {{kind: string, name: string, language?: string, path: string, texts: string[]}} Name */

/**
 * @param {Name[]} names
 * @param {string} typed
 * @returns {Name[]} the best fits: a name that begins so, then a word that does, then any other place in a name
 */
export function suggestions(names, typed) {
  // People write “SDG 10.7”; the names begin with the number.
  const words = fold(typed).replace(/^(?:sdg|odd)\s*(?=\d)/u, "").split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  if (!words.length) return [];
  const whole = words.join(" ");
  const scored = [];
  for (const name of names) {
    let best = 0;
    name.texts.forEach((text, at) => {
      // Names by which a thing is also known count a little less.
      const less = at ? 0.5 : 0;
      if (text.startsWith(whole)) best = Math.max(best, 4 - less);
      else if (words.every((word) => ` ${text}`.includes(` ${singular(word)}`))) best = Math.max(best, 3 - less);
      else if (words.every((word) => word.length > 2 && text.includes(word))) best = Math.max(best, 2 - less);
    });
    if (best) scored.push({name, score: best + (name.kind === "practices" ? 0 : 0.2)});
  }
  scored.sort((a, b) => b.score - a.score || a.name.name.length - b.name.name.length || (a.name.path < b.name.path ? -1 : 1));
  let practices = 0;
  return scored.map(({name}) => name).filter(({kind}) => kind !== "practices" || (practices += 1) <= MOST_PRACTICES).slice(0, MOST);
}

/** @param {string} word @returns {string} the word without a likely plural ending, as names mostly have the singular */
function singular(word) {
  return word.length > 4 ? word.replace(/[sx]$/u, "") : word;
}

/** @param {[string, string | [string, string], string, ...string[]]} data as the file of names has it @returns {Name} */
function nameOf([kind, named, path, ...others]) {
  const [name, language] = [named].flat();
  const texts = [name, ...others].map((text) => fold(text).replace(/[^\p{L}\p{N}]+/gu, " ").trim());
  return {kind, name, language, path, texts};
}

/** @param {HTMLFormElement} form */
function enhance(form) {
  const field = /** @type {HTMLInputElement} */ (form.querySelector("input"));
  const list = /** @type {HTMLElement} */ (form.querySelector("[role=listbox]"));
  const status = /** @type {HTMLElement} */ (form.querySelector("[role=status]"));
  const {language = "en", one = "", other = "", none = "", all = ""} = form.dataset;
  const root = new URL("../", form.action);
  /** @type {Record<string, string>} */
  let titles = {};
  const plural = new Intl.PluralRules(language);
  const load = onceLoader();
  let active = -1;

  /** @type {Name[]} */
  let known = [];
  /** What can be suggested; none where that cannot be loaded now, which the next use tries again. */
  const names = async () => {
    if (known.length) return known;
    try {
      /** @type {{kinds: Record<string, string>, names: Parameters<typeof nameOf>[0][]}} */
      const found = await load(await versioned(root, "explore/names.json"));
      titles = found.kinds;
      known = found.names.map(nameOf);
    } catch (error) {
      console.info(error);
    }
    return known;
  };
  const options = () => /** @type {HTMLElement[]} */ ([...list.querySelectorAll("[role=option]")]);
  const close = () => {
    list.hidden = true;
    list.replaceChildren();
    active = -1;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  };
  const move = (/** @type {number} */ step) => {
    const all = options();
    if (!all.length) return;
    // Before the first and after the last one stands what was typed.
    active = ((active + 1 + step + all.length + 1) % (all.length + 1)) - 1;
    all.forEach((option, at) => option.setAttribute("aria-selected", String(at === active)));
    if (active < 0) field.removeAttribute("aria-activedescendant");
    else {
      field.setAttribute("aria-activedescendant", all[active].id);
      all[active].scrollIntoView({block: "nearest"});
    }
  };
  const open = async () => {
    const typed = field.value;
    if (typed.trim().length < 2) {
      close();
      status.textContent = "";
      return;
    }
    const found = suggestions(await names(), typed.slice(0, 100));
    if (field.value !== typed || document.activeElement !== field) return;
    close();
    status.textContent = found.length ? (plural.select(found.length) === "one" ? one : other).replace("{n}", String(found.length)) : none;
    const option = (/** @type {number} */ at, /** @type {string} */ text, /** @type {string} */ kind, /** @type {() => void} */ choose, /** @type {string | undefined} */ spoken) => {
      const item = document.createElement("li");
      item.id = `suggestion-${at}`;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      const label = document.createElement("span");
      label.textContent = text;
      if (spoken) label.lang = spoken;
      const what = document.createElement("span");
      what.className = "kind";
      what.textContent = kind;
      item.append(label, " ", what);
      // Before the field loses the focus, which would close the list.
      item.addEventListener("pointerdown", (event) => event.preventDefault());
      item.addEventListener("click", choose);
      return item;
    };
    list.append(...found.map((name, at) => option(at, name.name, titles[name.kind] ?? "", () => location.assign(new URL(name.path, root)), name.language)));
    // Most phrases are no name: the way to all texts is always offered.
    list.append(option(found.length, all.replace("{words}", () => typed.trim()), "", () => form.requestSubmit(), undefined));
    list.hidden = false;
    field.setAttribute("aria-expanded", "true");
  };

  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", list.id);
  field.setAttribute("aria-expanded", "false");
  field.addEventListener("focus", () => void names());
  field.addEventListener("input", () => void open());
  field.addEventListener("blur", close);
  field.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) void open();
      else move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    } else if (event.key === "Enter" && active >= 0) {
      event.preventDefault();
      options()[active].click();
    }
  });
}

/** Inputs into which nobody types. */
const NOT_TYPED = ["checkbox", "radio", "button", "submit", "reset", "file", "range", "color", "image"];

/** @param {EventTarget | null} target @returns {boolean} whether a key pressed there is a letter of a text */
function takesLetters(target) {
  if (target instanceof HTMLInputElement) return !NOT_TYPED.includes(target.type);
  return target instanceof HTMLElement && (target.isContentEditable || /^(?:textarea|select)$/iu.test(target.tagName));
}

/** @param {KeyboardEvent} event @returns {boolean} whether somebody asks for the search box */
function wanted(event) {
  if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k") return true;
  return event.key === "/" && !takesLetters(event.target) && !event.ctrlKey && !event.metaKey && !event.altKey;
}

const form = document.querySelector(".atlas-search");
if (form instanceof HTMLFormElement) enhance(form);
document.addEventListener("keydown", (event) => {
  if (!wanted(event)) return;
  // The explore page has a larger field of its own.
  const field = document.querySelector(".explore-words input[name=q]") ?? document.querySelector(".atlas-search input");
  if (!(field instanceof HTMLInputElement)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  field.focus();
  field.select();
}, true);
