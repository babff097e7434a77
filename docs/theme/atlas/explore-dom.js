/** Elements, and the page's own words. Whatever comes from data becomes text, never markup. */

/**
 * @typedef {string | number | Node | null | undefined | false} Child
 * @typedef {Record<string, string | {one: string, other: string} | Record<string, string>>} Strings
 */

/**
 * @param {string} name
 * @param {Record<string, string | number | boolean | ((event: Event) => void)>} attributes listeners by `on…`; false leaves out
 * @param {...(Child | Child[])} children
 * @returns {HTMLElement}
 */
export function h(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(key.slice(2), value);
    else if (value !== false) element.setAttribute(key, value === true ? "" : String(value));
  }
  append(element, children.flat());
  return element;
}

/**
 * @param {string} name
 * @param {Record<string, string | number>} attributes
 * @param {...Child} children
 * @returns {SVGElement}
 */
export function svg(name, attributes = {}, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  append(element, children);
  return element;
}

/** @param {string | string[]} name a name, with its language where that is not the page's @returns {HTMLElement | string} */
export function named(name) {
  const [text, language] = [name].flat();
  return language ? h("span", {lang: language}, text) : text;
}

/** @param {Element} element @param {Child[]} children */
function append(element, children) {
  for (const child of children) if (child !== null && child !== undefined && child !== false) element.append(child instanceof Node ? child : String(child));
}

/** @param {Event} event of a link @returns {boolean} whether it asks for another tab, another window or a download */
export function opensElsewhere(event) {
  return event instanceof MouseEvent && (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button > 0);
}

/** The page's words in its language. */
export class Speech {
  /** @param {string} language @param {Strings} strings */
  constructor(language, strings) {
    this.language = language;
    this.strings = strings;
    this.plural = new Intl.PluralRules(language);
    // The site's English is British.
    this.locale = language === "en" ? "en-GB" : language;
    this.format = new Intl.NumberFormat(this.locale);
  }

  /**
   * @param {string} key
   * @param {Record<string, string | number>} values put in for `{name}`; `n` chooses the plural form
   * @returns {string}
   */
  t(key, values = {}) {
    const found = this.strings[key];
    if (found === undefined) return key; // a page kept from before this script: better an odd word than a blank page
    const form = typeof found === "string" ? found : /** @type {any} */ (found)[this.plural.select(Number(values.n))] ?? /** @type {any} */ (found).other;
    return form.replace(/\{(\w+)\}/gu, (/** @type {string} */ whole, /** @type {string} */ name) => {
      const value = values[name];
      return value === undefined ? whole : typeof value === "number" ? this.number(value) : value;
    });
  }

  /** @param {number} value @returns {string} */
  number(value) {
    return this.format.format(value);
  }
}
