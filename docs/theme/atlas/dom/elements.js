/** Elements. Whatever comes from data becomes text, never markup. */

/**
 * Makes an element.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Attributes} attributes
 * @param {...(Child | Child[])} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  complete(element, attributes, children.flat());
  return element;
}

/**
 * Makes an element of a drawing.
 * @param {string} tag
 * @param {Attributes} attributes
 * @param {...Child} children
 * @returns {SVGElement}
 */
export function svg(tag, attributes = {}, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  complete(element, attributes, children);
  return element;
}

/** @param {Element} element @param {Attributes} attributes @param {Child[]} children */
function complete(element, attributes, children) {
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(key.slice(2), value);
    else if (value !== false && value !== undefined) element.setAttribute(key, value === true ? "" : String(value));
  }
  for (const child of children) {
    if (child === null || child === undefined || child === false) continue;
    element.append(child instanceof Node ? child : String(child));
  }
}

/** @param {Named} name @returns {{text: string, lang: string | undefined}} `lang` where it is not the page's */
export function parted(name) {
  const [text, lang] = typeof name === "string" ? [name] : name;
  return { text, lang };
}

/** @param {Named} name @returns {Node | string} the name, marked with its language where that is not the page's */
export function named(name) {
  const { text, lang } = parted(name);
  return lang ? h("span", { lang }, text) : text;
}

/** @param {Event} event of a link @returns {boolean} whether it asks for another tab, another window or a download */
export function opensElsewhere(event) {
  if (!(event instanceof MouseEvent)) return false;
  return event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button > 0;
}

/** @param {Event} event @returns {boolean} whether it is the second click of a double one, which may hit a neighbour */
export const isRepeated = (event) => event instanceof MouseEvent && event.detail > 1;

/**
 * An element that a page of the site always has.
 * @template {Element} Kind
 * @param {ParentNode} above
 * @param {string} selector
 * @param {new () => Kind} kind
 * @returns {Kind}
 */
export function find(above, selector, kind) {
  const found = above.querySelector(selector);
  if (!(found instanceof kind)) throw new Error(`the page has no ${selector}`);
  return found;
}
