/** The selection as a table. */

import { h } from "../dom/elements.js";
import { cardsOf, practiceLink } from "./cards.js";

/** @param {Site} site @param {number[]} rows @param {Marking} [words] @returns {Promise<HTMLElement>} */
export async function table(site, rows, words) {
  const { translator, facets } = site;
  const label = translator.t("table_caption");
  const columns = ["name", "where", "themes", "evidence", "start", "status"];
  const lines = (await cardsOf(site, rows)).map(({ row, card }) => {
    const [id, , , where] = card;
    const cells = ["theme", "evidence", "start", "status"].map((key) => facets.labels(key, row).join(", ") || "–");
    const head = h("th", { scope: "row" }, practiceLink(site, card, words));
    return h(
      "tr",
      { "data-practice-id": id },
      head,
      [where, ...cells].map((text) => h("td", {}, text)),
    );
  });
  const head = columns.map((column) => h("th", { scope: "col" }, translator.t(`column_${column}`)));
  // It scrolls by itself on a narrow screen, so it must be reachable by keyboard.
  return h(
    "div",
    { class: "table-frame", tabindex: 0, role: "region", "aria-label": label },
    h(
      "table",
      { class: "explore-table" },
      h("caption", { class: "visually-hidden" }, label),
      h("thead", {}, h("tr", {}, head)),
      h("tbody", {}, lines),
    ),
  );
}
