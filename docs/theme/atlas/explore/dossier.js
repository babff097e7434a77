/** The dossier: the pages of all selected practices one after the other, with sources, to be printed. */

import { find, h, opensElsewhere } from "../dom/elements.js";
import { load } from "../dom/load.js";

/** Above this many practices the reader is asked first. */
const MAX_UNASKED = 60;
/** How many pages are loaded at a time. */
const MAX_AT_ONCE = 6;
/** After how many chapters the progress is told again. */
const PROGRESS_STEP = 10;
/** What of a page of a practice has no place on paper. */
const LEFT_OUT = [
  "script",
  ".trail",
  ".on-this-page",
  ".improve",
  ".related",
  ".actions",
  ".backs",
  "[aria-labelledby=cite] .note",
  "[data-compare]",
  ".compare",
].join();
/** Attributes that hold ids of other elements. */
const REFERENCES = ["aria-labelledby", "aria-describedby", "for"];

/**
 * @param {Document} page the page of a practice
 * @param {string} address where it lies
 * @param {number} number its place in the dossier
 * @returns {{article: HTMLElement, name: string}}
 */
export function chapter(page, address, number) {
  const source = find(page, ".practice", HTMLElement);
  const prefix = `p${number}-`;
  const article = h("article", { class: "practice dossier-practice", "aria-labelledby": `${prefix}top` });
  for (const part of source.querySelectorAll(":scope > .page-head, :scope > .facts, :scope > .body")) {
    article.append(document.importNode(part, true));
  }
  article.querySelectorAll(LEFT_OUT).forEach((element) => element.remove());
  renumber(article, prefix, address);
  lowerHeadings(article);
  const name = article.querySelector("h2")?.textContent?.trim() ?? address;
  article.querySelector(".page-head")?.append(h("p", { class: "dossier-address" }, h("a", { href: address }, address)));
  return { article, name };
}

/**
 * Each page has its own anchors; together they would clash.
 * @param {HTMLElement} article @param {string} prefix @param {string} address
 */
function renumber(article, prefix, address) {
  for (const element of article.querySelectorAll("[id]")) element.id = prefix + element.id;
  for (const name of REFERENCES) {
    for (const element of article.querySelectorAll(`[${name}]`)) {
      const ids = (element.getAttribute(name) ?? "").split(/\s+/u).filter(Boolean);
      element.setAttribute(name, ids.map((id) => prefix + id).join(" "));
    }
  }
  for (const link of article.querySelectorAll("a[href]")) {
    const href = link.getAttribute("href") ?? "";
    const id = prefix + href.slice(1);
    if (!href.startsWith("#")) link.setAttribute("href", new URL(href, address).href);
    else link.setAttribute("href", article.querySelector(`[id="${CSS.escape(id)}"]`) ? `#${id}` : address);
  }
}

/** Headings one step down: the dossier has its own title. @param {HTMLElement} article */
function lowerHeadings(article) {
  for (const [from, to] of /** @type {const} */ ([
    ["h4", "h5"],
    ["h3", "h4"],
    ["h2", "h3"],
    ["h1", "h2"],
  ])) {
    for (const heading of article.querySelectorAll(from)) {
      const lower = h(to);
      for (const { name, value } of heading.attributes) lower.setAttribute(name, value);
      lower.append(...heading.childNodes);
      heading.replaceWith(lower);
    }
  }
}

/**
 * @param {Site} site
 * @param {number[]} rows
 * @param {string[]} parts what was selected, in words
 * @param {string} back the address of the selection
 * @param {() => void} leave goes back to it
 * @returns {Promise<HTMLElement>} it fills itself; `data-ready` is there when it is whole
 */
export async function dossier(site, rows, parts, back, leave) {
  const { translator } = site;
  /** @type {string[]} */
  const all = await site.load("ids.json");
  const ids = rows.flatMap((row) => all[row] ?? []);
  const n = ids.length;
  const selection = new URL(back, location.href).href;
  const onBack = (/** @type {Event} */ event) => {
    if (opensElsewhere(event)) return;
    event.preventDefault();
    leave();
  };
  const print = h(
    "button",
    { type: "button", class: "button", disabled: true, onclick: () => print.disabled || window.print() },
    translator.t("dossier_print"),
  );
  const status = h("p", { class: "note dossier-status", role: "status" });
  const element = h(
    "div",
    { class: "dossier" },
    h(
      "p",
      { class: "dossier-tools" },
      h("a", { href: back, class: "button quiet", onclick: onBack }, translator.t("dossier_back")),
      " ",
      print,
    ),
    h(
      "h2",
      { class: "dossier-title", tabindex: -1 },
      translator.t("dossier_title", { what: parts.join(", ") || translator.t("dossier_everything") }),
    ),
    h("p", {}, `${translator.t("dossier_count", { n })}. ${translator.t("dossier_date", { day: translator.today() })}`),
    h(
      "p",
      { class: "dossier-selection" },
      `${translator.t("dossier_address")} `,
      h("a", { href: selection }, selection),
    ),
    status,
  );
  const start = () => {
    const label = translator.t("dossier_contents");
    const heading = h("h3", { tabindex: -1 }, label);
    const contents = h("ol", { class: "dossier-contents" });
    const chapters = h("div", { class: "dossier-chapters" });
    element.append(h("nav", { class: "dossier-toc", "aria-label": label }, heading, contents), chapters);
    void fill(site, ids, { element, contents, chapters, status }).then((missing) => {
      status.textContent = translator.t(missing ? "dossier_incomplete" : "dossier_ready", { n: missing });
      print.disabled = missing === n;
      element.dataset.ready = "";
    });
    return heading;
  };
  if (n > MAX_UNASKED) {
    const onclick = () => {
      ask.remove();
      start().focus();
    };
    const prepare = h("button", { type: "button", class: "button", onclick }, translator.t("dossier_prepare"));
    const ask = h("div", { class: "dossier-ask" }, h("p", {}, translator.t("dossier_many", { n })), prepare);
    element.append(ask);
  } else start();
  return element;
}

/**
 * @param {Site} site
 * @param {string[]} ids
 * @param {{element: HTMLElement, contents: HTMLElement, chapters: HTMLElement, status: HTMLElement}} places
 * @returns {Promise<number>} how many could not be had
 */
async function fill({ translator, settings }, ids, { element, contents, chapters, status }) {
  const waiting = ids.map((id, at) => {
    const slot = { id, number: at + 1, entry: h("li", {}, id), place: h("div") };
    contents.append(slot.entry);
    chapters.append(slot.place);
    return slot;
  });
  let done = 0;
  let missing = 0;
  const work = async () => {
    for (let slot = waiting.shift(); slot; slot = waiting.shift()) {
      if (done && !element.isConnected) return; // the reader left
      const { id, number, entry, place } = slot;
      const address = new URL(`${settings.root}practices/${id}/`, location.href).href;
      try {
        const text = await (await load(address, { cache: "no-cache" })).text();
        const { article, name } = chapter(new DOMParser().parseFromString(text, "text/html"), address, number);
        place.replaceWith(article);
        entry.replaceChildren(h("a", { href: `#p${number}-top` }, name));
      } catch {
        missing += 1;
        const message = translator.t("dossier_missing", { name: id });
        place.replaceWith(h("p", { class: "notice" }, message));
        entry.replaceChildren(message);
      }
      done += 1;
      if (done % PROGRESS_STEP === 0) status.textContent = translator.t("dossier_progress", { done, n: ids.length });
      await new Promise((resolve) => setTimeout(resolve)); // long work in one piece would freeze the page
    }
  };
  await Promise.all(Array.from({ length: MAX_AT_ONCE }, work));
  return missing;
}
