/** The dossier: the pages of all selected practices one after the other, with sources, to be printed. */

import {load} from "./dom/load.js";
import {h, opensElsewhere} from "./explore-dom.js";

/** Above this many practices the reader is asked first. */
export const MANY = 60;
const AT_ONCE = 6;
/** After how many chapters the progress is told again. */
const TOLD = 10;
const LEFT_OUT = "script, .trail, .on-this-page, .improve, .related, .actions, .backs, [aria-labelledby=cite] .note, [data-compare], .compare";

/**
 * @param {Document} page the page of a practice
 * @param {string} address where it lies
 * @param {number} number its place in the dossier
 * @returns {{article: HTMLElement, name: string}}
 */
export function chapter(page, address, number) {
  const source = page.querySelector(".practice");
  if (!source) throw new Error(`${address}: no practice`);
  const prefix = `p${number}-`;
  const article = h("article", {class: "practice dossier-practice", "aria-labelledby": `${prefix}top`});
  for (const part of source.querySelectorAll(":scope > .page-head, :scope > .facts, :scope > .body")) article.append(document.importNode(part, true));
  article.querySelectorAll(LEFT_OUT).forEach((element) => element.remove());
  // Each page has its own anchors; together they would clash.
  for (const element of article.querySelectorAll("[id]")) element.id = prefix + element.id;
  for (const name of ["aria-labelledby", "aria-describedby", "for"]) {
    for (const element of article.querySelectorAll(`[${name}]`)) element.setAttribute(name, prefix + element.getAttribute(name));
  }
  for (const link of article.querySelectorAll("a[href]")) {
    const href = link.getAttribute("href") ?? "";
    if (href.startsWith("#")) link.setAttribute("href", article.querySelector(`[id="${CSS.escape(prefix + href.slice(1))}"]`) ? `#${prefix}${href.slice(1)}` : address);
    else link.setAttribute("href", new URL(href, address).href);
  }
  // Headings one step down: the dossier has its own title.
  for (const level of [4, 3, 2, 1]) {
    for (const heading of article.querySelectorAll(`h${level}`)) {
      const lower = h(`h${level + 1}`);
      for (const {name, value} of heading.attributes) lower.setAttribute(name, value);
      lower.append(...heading.childNodes);
      heading.replaceWith(lower);
    }
  }
  const name = article.querySelector("h2")?.textContent?.trim() ?? address;
  article.querySelector(".page-head")?.append(h("p", {class: "dossier-address"}, h("a", {href: address}, address)));
  return {article, name};
}

/**
 * @param {import("./explore-views.js").Site} site
 * @param {number[]} rows
 * @param {string[]} parts what was selected, in words
 * @param {string} back the address of the selection
 * @param {() => void} leave goes back to it
 * @returns {Promise<HTMLElement>}
 */
export async function opened(site, rows, parts, back, leave) {
  const all = await site.load("ids.json");
  const onBack = (/** @type {Event} */ event) => {
    if (opensElsewhere(event)) return;
    event.preventDefault();
    leave();
  };
  const what = parts.join(", ") || site.speech.t("dossier_everything");
  return dossier(site, rows.map((row) => all[row]), {what, selection: new URL(back, location.href).href, back, onBack});
}

/**
 * @param {import("./explore-views.js").Site} site
 * @param {string[]} ids the practices in order
 * @param {{what: string, selection: string, back: string, onBack: (event: Event) => void}} about
 * @returns {HTMLElement} it fills itself; `data-ready` is there when it is whole
 */
export function dossier(site, ids, about) {
  const {speech} = site;
  const day = new Date().toLocaleDateString(speech.locale, {day: "numeric", month: "long", year: "numeric"});
  const status = h("p", {class: "note dossier-status", role: "status"});
  const contents = h("ol", {class: "dossier-contents"});
  const print = h("button", {type: "button", class: "button", disabled: true, onclick: () => window.print()}, speech.t("dossier_print"));
  const chapters = h("div", {class: "dossier-chapters"});
  const element = h("div", {class: "dossier"},
    h("p", {class: "dossier-tools"}, h("a", {href: about.back, class: "button quiet", onclick: about.onBack}, speech.t("dossier_back")), " ", print),
    h("h2", {class: "dossier-title", tabindex: -1}, speech.t("dossier_title", {what: about.what})),
    h("p", {}, `${speech.t("dossier_count", {n: ids.length})}. ${speech.t("dossier_date", {day})}`),
    h("p", {class: "dossier-selection"}, `${speech.t("dossier_address")} `, h("a", {href: about.selection}, about.selection)),
    status);
  const start = () => {
    element.append(h("nav", {class: "dossier-toc", "aria-label": speech.t("dossier_contents")}, h("h3", {tabindex: -1}, speech.t("dossier_contents")), contents), chapters);
    void fill(site, ids, {element, contents, chapters, status}).then((missing) => {
      status.textContent = missing ? speech.t("dossier_incomplete", {n: missing}) : speech.t("dossier_ready");
      if (missing < ids.length) print.removeAttribute("disabled");
      element.dataset.ready = "";
    });
  };
  if (ids.length > MANY) {
    const ask = h("div", {class: "dossier-ask"}, h("p", {}, speech.t("dossier_many", {n: ids.length})));
    ask.append(h("button", {type: "button", class: "button", onclick: () => (ask.remove(), start(), element.querySelector("h3")?.focus())}, speech.t("dossier_prepare")));
    element.append(ask);
  } else start();
  return element;
}

/**
 * @param {import("./explore-views.js").Site} site
 * @param {string[]} ids
 * @param {{element: HTMLElement, contents: HTMLElement, chapters: HTMLElement, status: HTMLElement}} places
 * @returns {Promise<number>} how many could not be had
 */
async function fill({speech, root}, ids, {element, contents, chapters, status}) {
  const slots = ids.map((id) => {
    const slot = {entry: h("li", {}, id), chapter: h("div")};
    contents.append(slot.entry);
    chapters.append(slot.chapter);
    return slot;
  });
  let next = 0;
  let done = 0;
  let missing = 0;
  const work = async () => {
    while (next < ids.length) {
      if (done && !element.isConnected) return; // the reader left
      const at = next;
      next += 1;
      const address = new URL(`${root}practices/${ids[at]}/`, location.href).href;
      const {entry, chapter: place} = slots[at];
      try {
        const response = await load(address, {cache: "no-cache"});
        const {article, name} = chapter(new DOMParser().parseFromString(await response.text(), "text/html"), address, at + 1);
        place.replaceWith(article);
        entry.replaceChildren(h("a", {href: `#p${at + 1}-top`}, name));
      } catch {
        missing += 1;
        const message = speech.t("dossier_missing", {name: ids[at]});
        place.replaceWith(h("p", {class: "notice"}, message));
        entry.replaceChildren(message);
      }
      done += 1;
      if (done % TOLD === 0) status.textContent = speech.t("dossier_progress", {done, n: ids.length});
      await new Promise((resolve) => setTimeout(resolve)); // long work in one piece would freeze the page
    }
  };
  await Promise.all(Array.from({length: AT_ONCE}, work));
  return missing;
}
