/** What stays on the explore page whatever is selected: the places of filters, results and buttons. */

import { h } from "../dom/elements.js";
import { SORTS, VIEWS } from "./state.js";

/** @type {readonly (readonly [kind: DownloadKind, word: string])[]} */
const DOWNLOADS = [
  ["csv", "csv"],
  ["results", "results_csv"],
  ["json", "json"],
];

/**
 * @param {Translator} translator
 * @param {Facets} facets
 * @param {Node} filters
 * @param {Actions} actions
 */
export function frame(translator, facets, filters, actions) {
  /** @param {string} key */
  const t = (key) => translator.t(key);
  const head = h("h2", { class: "explore-total", tabindex: -1 });
  const live = h("p", { class: "visually-hidden", role: "status" });
  const chips = h("ul", { class: "explore-chips", "aria-label": t("active") });
  const notes = h("div", { class: "explore-notes", role: "status" });
  const answers = h("div", { class: "answers" });
  const results = h("section", { class: "explore-results", "aria-label": t("view") });
  const problem = h("p", { class: "explore-problem", role: "alert" });

  const sorts = SORTS.filter((sort) => facets.distinguishes(sort));
  const sorter = h(
    "select",
    { onchange: () => actions.sort(sorter.value) },
    sorts.map((sort) => h("option", { value: sort }, t(sort))),
  );
  /** @param {View} view @param {Attributes} attributes */
  const viewButton = (view, attributes) =>
    h("button", { type: "button", ...attributes, onclick: () => actions.view(view) }, t(view));
  const views = VIEWS.filter((view) => view !== "dossier").map((view) => viewButton(view, { "data-view": view }));
  const bar = h(
    "div",
    { class: "explore-bar" },
    h("div", { class: "explore-switch", role: "group", "aria-label": t("view") }, views),
    h("label", { class: "explore-sort" }, h("span", {}, t("sort")), " ", sorter),
  );

  const take = h(
    "div",
    { class: "explore-take", role: "group", "aria-label": t("take") },
    h("span", {}, `${t("take")}${translator.colon}`),
    DOWNLOADS.map(([kind, word]) =>
      h("button", { type: "button", "data-take": kind, onclick: () => actions.download(kind) }, t(word)),
    ),
    viewButton("dossier", { "data-take": "dossier" }),
    problem,
  );

  const toggle = h("button", {
    type: "button",
    class: "explore-toggle",
    "aria-expanded": "false",
    "aria-controls": "explore-filters",
    onclick: actions.fold,
  });
  const done = h("button", { type: "button", class: "explore-done", onclick: actions.leave });
  const aside = h(
    "aside",
    { class: "explore-aside", id: "explore-filters", "aria-label": t("filters") },
    filters,
    done,
  );
  const main = h("div", { class: "explore-main" }, head, live, chips, notes, answers, bar, results, take);
  const columns = h("div", { class: "explore-columns" }, toggle, aside, main);
  const skip = h("button", { type: "button", class: "explore-skip", onclick: actions.leave }, t("skip"));
  return {
    columns,
    skip,
    head,
    live,
    chips,
    notes,
    answers,
    results,
    problem,
    sorter,
    views,
    take,
    toggle,
    done,
    aside,
  };
}

/**
 * @param {Translator} translator
 * @param {{page: number, pages: number}} at
 * @param {(page: number) => string} address
 * @param {(event: Event, page: number) => void} onTurn
 * @returns {HTMLElement} the ways to other pages of results: the first, the last and the near ones
 */
export function pager(translator, { page, pages }, address, onTurn) {
  /** @param {number} to @param {string} text @param {Attributes} attributes */
  const link = (to, text, attributes) =>
    h("a", { href: address(to), onclick: (event) => onTurn(event, to), ...attributes }, text);
  const near = Array.from({ length: pages }, (_, at) => at + 1).filter(
    (other) => other === 1 || other === pages || Math.abs(other - page) < 3,
  );
  const items = near.map((other) => {
    const number = translator.number(other);
    const label = translator.t("page", { n: other });
    return h(
      "li",
      {},
      other === page ? h("span", { "aria-current": "page" }, number) : link(other, number, { "aria-label": label }),
    );
  });
  return h(
    "nav",
    { class: "pager", "aria-label": translator.t("pages") },
    page > 1 && link(page - 1, `← ${translator.t("previous")}`, { rel: "prev" }),
    h("ol", {}, items),
    page < pages && link(page + 1, `${translator.t("next")} →`, { rel: "next" }),
  );
}
