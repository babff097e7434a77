/** The search box of every page: suggests practices, terms and countries as one types, and `/` or Ctrl-K lead to it. */

import { find, h } from "../dom/elements.js";
import { onceLoader } from "../dom/load.js";
import { versioned } from "../dom/versions.js";
import { suggestionOf, suggestions } from "./suggestions.js";

/** From how many letters on names are suggested, and how many are looked at. */
const MIN_LETTERS = 2;
const MAX_LETTERS = 100;

/** Inputs into which nobody types. */
const NOT_TYPED = ["checkbox", "radio", "button", "submit", "reset", "file", "range", "color", "image"];

/** @param {HTMLFormElement} form */
function enhance(form) {
  const field = find(form, "input", HTMLInputElement);
  const list = find(form, "[role=listbox]", HTMLElement);
  const status = find(form, "[role=status]", HTMLElement);
  const { language = "en", one = "", other = "", none = "", all = "" } = form.dataset;
  const root = new URL("../", form.action);
  const plural = new Intl.PluralRules(language);
  const load = onceLoader();
  /** What each kind of suggestion is called. @type {Record<string, string>} */
  let kinds = {};
  /** @type {Suggestion[]} */
  let known = [];
  let active = -1;

  /** What can be suggested; nothing where that cannot be loaded now, which the next use tries again. */
  const names = async () => {
    if (known.length) return known;
    try {
      /** @type {{kinds: Record<string, string>, names: NameData[]}} */
      const found = await load(await versioned(root, "explore/names.json"));
      kinds = found.kinds;
      known = found.names.map(suggestionOf);
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

  /** @param {number} step */
  const move = (step) => {
    const found = options();
    if (!found.length) return;
    // Before the first and after the last one stands what was typed.
    active = ((active + 1 + step + found.length + 1) % (found.length + 1)) - 1;
    found.forEach((option, at) => option.setAttribute("aria-selected", String(at === active)));
    const chosen = found[active];
    if (chosen) {
      field.setAttribute("aria-activedescendant", chosen.id);
      chosen.scrollIntoView({ block: "nearest" });
    } else field.removeAttribute("aria-activedescendant");
  };

  /**
   * @param {{name: string, lang?: string | undefined, kind: string}} what
   * @param {number} at
   * @param {() => void} choose
   */
  const option = ({ name, lang, kind }, at, choose) =>
    h(
      "li",
      {
        id: `suggestion-${at}`,
        role: "option",
        "aria-selected": "false",
        // Before the field loses the focus, which would close the list.
        onpointerdown: (event) => event.preventDefault(),
        onclick: choose,
      },
      h("span", { lang }, name),
      " ",
      h("span", { class: "kind" }, kind),
    );

  const open = async () => {
    const typed = field.value;
    if (typed.trim().length < MIN_LETTERS) {
      close();
      status.textContent = "";
      return;
    }
    const found = suggestions(await names(), typed.slice(0, MAX_LETTERS));
    if (field.value !== typed || document.activeElement !== field) return;
    close();
    const told = plural.select(found.length) === "one" ? one : other;
    status.textContent = found.length ? told.replace("{n}", String(found.length)) : none;
    const items = found.map(({ name, lang, kind, path }, at) =>
      option({ name, lang, kind: kinds[kind] ?? "" }, at, () => location.assign(new URL(path, root))),
    );
    // Most phrases are no name: the way to all texts is always offered.
    const everywhere = { name: all.replace("{words}", () => typed.trim()), kind: "" };
    list.append(
      ...items,
      option(everywhere, found.length, () => form.requestSubmit()),
    );
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
      options()[active]?.click();
    }
  });
}

/** @param {EventTarget | null} target @returns {boolean} whether a key pressed there is a letter of a text */
function takesLetters(target) {
  if (target instanceof HTMLInputElement) return !NOT_TYPED.includes(target.type);
  return target instanceof HTMLElement && (target.isContentEditable || /^(?:textarea|select)$/iu.test(target.tagName));
}

/** @param {KeyboardEvent} event @returns {boolean} whether somebody asks for the search box */
function isCall(event) {
  const { key, ctrlKey, metaKey, altKey, shiftKey } = event;
  if ((ctrlKey || metaKey) && !altKey && !shiftKey && key.toLowerCase() === "k") return true;
  return key === "/" && !takesLetters(event.target) && !ctrlKey && !metaKey && !altKey;
}

const form = document.querySelector(".atlas-search");
if (form instanceof HTMLFormElement) enhance(form);

/** @param {KeyboardEvent} event */
function onKey(event) {
  if (!isCall(event)) return;
  // The explore page has a larger field of its own.
  const large = document.querySelector(".explore-words input[name=q]");
  const field = large ?? document.querySelector(".atlas-search input");
  if (!(field instanceof HTMLInputElement)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  field.focus();
  field.select();
}
document.addEventListener("keydown", onKey, true);
