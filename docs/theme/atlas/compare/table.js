/** Practices side by side: a table with a column for each, and a row for each field that one of them has. */

import { h, isRepeated } from "../dom/elements.js";
import { siteAddress } from "./choice.js";

/** @param {Practice[]} practices @param {TableOptions} options */
export function table(practices, { translator, fields, byDifference, remove }) {
  const n = practices.length;
  const told = fields.filter(([name]) => practices.some((practice) => practice.fields[name]));
  const isSame = (/** @type {Field} */ [name]) => agree(practices.map((practice) => practice.fields[name]));
  const groups =
    n > 1 && byDifference
      ? [
          { heading: translator.t("differing"), of: told.filter((field) => !isSame(field)) },
          { heading: translator.t("same"), of: told.filter(isSame) },
        ]
      : [{ heading: "", of: told }];
  const bodies = groups.map(({ heading, of }) =>
    h(
      "tbody",
      { role: "rowgroup" },
      heading && groupRow(heading, n + 1),
      of.map((field) => row(field, practices, translator)),
    ),
  );
  return h(
    "table",
    { class: "compare-table", role: "table", "data-columns": n },
    h("caption", {}, n > 1 ? translator.t("heading", { n }) : translator.t("heading_one")),
    h(
      "thead",
      { role: "rowgroup" },
      h(
        "tr",
        { role: "row" },
        h("th", { class: "compare-field", role: "columnheader", scope: "col" }, translator.t("field")),
        practices.map((practice) => head(practice, translator, remove)),
      ),
    ),
    bodies.filter((_, at) => groups[at]?.of.length),
  );
}

/** @param {(Piece[] | undefined)[]} values @returns {boolean} whether they say the same, wherever they say it */
function agree(values) {
  return new Set(values.map(content)).size === 1;
}

/** What a value says, without where it says it, in whatever order. @param {Piece[] | undefined} pieces */
function content(pieces = []) {
  const said = pieces.map(({ text, lang, label, figure, details }) =>
    JSON.stringify([text, lang, label, figure, details]),
  );
  return JSON.stringify(said.sort());
}

/** @param {string} text @param {number} columns */
function groupRow(text, columns) {
  const cell = h("th", { role: "columnheader", scope: "colgroup", colspan: columns }, text);
  return h("tr", { class: "compare-group", role: "row" }, cell);
}

/** @param {Practice} practice @param {Translator} translator @param {TableOptions["remove"]} remove */
function head(practice, translator, remove) {
  const { id, name } = practice;
  const onclick = (/** @type {Event} */ event) => {
    if (!isRepeated(event)) remove(practice, made);
  };
  const label = translator.t("remove_name", { name: name.text });
  const made = h(
    "th",
    { class: "compare-head", role: "columnheader", scope: "col" },
    h("a", { href: siteAddress(`practices/${id}/`) }, inLanguage(name, name.text)),
    h("button", { class: "compare-remove", type: "button", "aria-label": label, onclick }, translator.t("remove")),
  );
  return made;
}

/** @param {Field} field @param {Practice[]} practices @param {Translator} translator */
function row([name, label], practices, translator) {
  const heading = h("th", { class: "compare-field", role: "rowheader", scope: "row" }, label);
  const cells = practices.map((practice) => cell(name, practice, translator));
  return h("tr", { class: `compare-${name}`, role: "row" }, heading, cells);
}

/** @param {string} field @param {Practice} owner @param {Translator} translator */
function cell(field, owner, translator) {
  const isSources = field === "sources";
  const pieces = owner.fields[field];
  const drawn = (pieces ?? []).map((piece) => drawPiece(piece, owner, translator, isSources));
  /** @type {Node[]} */
  let content;
  if (!pieces) content = [h("p", { class: "compare-nothing" }, translator.t("nothing"))];
  else if (isSources) {
    const items = drawn.map((nodes, at) => h("li", { id: sourceAnchor(owner, at + 1) }, nodes));
    content = [h("ol", { class: "compare-sources" }, items)];
  } else if (drawn.length > 1) {
    content = [
      h(
        "ul",
        { class: "plain" },
        drawn.map((nodes) => h("li", {}, nodes)),
      ),
    ];
  } else content = drawn.flat();
  // Where cells stand one below the other, each says whose it is; a screen reader knows from the head of the column.
  return h("td", { role: "cell" }, h("p", { class: "compare-who", "aria-hidden": "true" }, owner.name.text), content);
}

/**
 * @param {Piece} piece
 * @param {Practice} owner
 * @param {Translator} translator
 * @param {boolean} isSource
 * @returns {Node[]}
 */
function drawPiece(piece, owner, translator, isSource) {
  const { text, lang, label, figure, details, notes = [] } = piece;
  const marks = notes.flatMap((number) => [new Text(" "), note(number, owner, translator)]);
  const paragraphs = (text ? text.split("\n") : []).map((line) => h("p", {}, linked(piece, inLanguage(piece, line))));
  const last = paragraphs.at(-1);
  if (lang && !isSource) last?.append(" ", h("span", { class: "untranslated" }, translator.t("missing")));
  last?.append(...marks);
  return [
    ...(label ? [h("span", { class: "compare-label" }, label)] : []),
    ...(figure ? [h("strong", { class: "compare-figure" }, figure)] : []),
    ...(last ? paragraphs : marks),
    ...(details ? [h("span", { class: "small" }, details.join(" · "))] : []),
  ];
}

/** A text as inline element, in its language. @param {Piece} piece @param {string} text */
function inLanguage({ lang }, text) {
  return h("span", { lang }, text);
}

/** What is shown of a piece, as a link where it has an address. @param {Piece} piece @param {Node} shown */
function linked({ page, url }, shown) {
  if (page) return h("a", { href: siteAddress(page) }, shown);
  const href = url && webAddress(url);
  return href ? h("a", { href, rel: "external nofollow noopener" }, shown) : shown;
}

/** An address of the web, or nothing. @param {string} url */
function webAddress(url) {
  try {
    const { protocol, href } = new URL(url);
    return protocol === "https:" || protocol === "http:" ? href : "";
  } catch {
    return "";
  }
}

/** @param {number} number @param {Practice} owner @param {Translator} translator */
function note(number, owner, translator) {
  const label = translator.t("source", { n: number, name: owner.name.text });
  const href = `#${sourceAnchor(owner, number)}`;
  return h("sup", { class: "cite" }, h("a", { href, "aria-label": label }, number));
}

/** @param {Practice} owner @param {number} number */
const sourceAnchor = (owner, number) => `source-${owner.id}-${number}`;
