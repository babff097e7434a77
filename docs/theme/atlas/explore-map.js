/** The selection on the map: countries by how many practices they have, towns and provinces as dots. */

import {h, named, svg} from "./explore-dom.js";
import {cards, PER_PAGE} from "./explore-views.js";

/**
 * @typedef {string | [string, string]} Named a name, with its language where that is not the page's
 * @typedef {import("./explore-views.js").Site} Site
 * @typedef {{width: number, height: number, land: string, shapes: Record<string, {x: number, y: number, d: string, small: boolean}>, disputed: [string, string][], markers: [number, number, number, Named, Named][]}} MapData
 */

/**
 * @param {Site} site
 * @param {number[]} rows all rows of the selection
 * @returns {Promise<HTMLElement>}
 */
export async function map(site, rows) {
  const {speech, facets, root, link} = site;
  /** @type {MapData} */
  const data = await site.load("map.json");
  const place = facets.get("country");
  /** @type {Map<string, number>} */
  const times = new Map();
  for (const row of rows) for (const id of facets.ids("country", row)) times.set(id, (times.get(id) ?? 0) + 1);
  const found = place.choices.filter(([id]) => times.has(id));
  const countries = speech.t("map_countries", {n: found.length});
  const drawing = svg("svg", {class: "world", viewBox: `0 0 ${data.width} ${data.height}`, role: "group", "aria-label": speech.t("map_label", {countries})});
  const rest = Object.entries(data.shapes).filter(([id]) => !times.has(id)).map(([, shape]) => shape.d);
  drawing.append(svg("path", {class: "land", d: data.land + rest.join("")}));
  for (const [id, label] of found) {
    const shape = data.shapes[id];
    const n = times.get(id) ?? 0;
    const name = `${label}${speech.strings.colon} ${speech.t("results", {n})}`;
    const anchor = svg("a", {href: link({country: id, view: "cards"}), "aria-label": name, class: `n${Math.min(n, 5)}`}, svg("title", {}, name));
    if (shape.d) anchor.append(svg("path", {d: shape.d}));
    if (shape.small) anchor.append(svg("circle", {class: "small", cx: shape.x, cy: shape.y, r: 5}));
    drawing.append(anchor);
  }
  for (const [label, outline] of data.disputed) drawing.append(svg("path", {class: "disputed", d: outline}, svg("title", {}, label)));
  const ids = await site.load("ids.json");
  const selected = new Set(rows);
  const markers = data.markers.filter(([row]) => selected.has(row));
  for (const [row, x, y, town, practice] of markers) {
    const label = `${[town].flat()[0]}${speech.strings.colon} ${[practice].flat()[0]}`;
    const [, language] = [practice].flat();
    drawing.append(svg("a", {href: `${root}practices/${ids[row]}/`, "aria-label": label, class: "marker", ...(language ? {lang: language} : {})}, svg("title", {}, label), svg("circle", {cx: x, cy: y, r: 3.2})));
  }
  const beyond = rows.filter((row) => !facets.ids("country", row).length);
  const figure = h("figure", {class: "explore-map"}, drawing, h("figcaption", {}, speech.t("map_disputed")));
  const list = h("ul", {class: "running"}, found.map(([id, label]) => h("li", {}, h("a", {href: link({country: id, view: "cards"})}, label), " ", h("span", {class: "count"}, speech.number(times.get(id) ?? 0)))));
  const places = h("ul", {class: "running"}, markers.map(([row, , , town, practice]) => h("li", {}, h("a", {href: `${root}practices/${ids[row]}/`}, named(town), `${speech.strings.colon} `, named(practice)))));
  const details = h("details", {class: "explain"}, h("summary", {}, speech.t("map_list")), list, markers.length > 0 && places);
  const parts = [figure, details];
  if (beyond.length) {
    const cardsBeyond = await cards(site, beyond.slice(0, PER_PAGE));
    const rest = beyond.length > PER_PAGE && h("p", {class: "note"}, speech.t("shown", {first: 1, last: PER_PAGE, n: beyond.length}), " ", h("a", {href: link({view: "cards"})}, speech.t("cards")));
    parts.push(h("section", {}, h("h3", {}, `${speech.t("map_beyond")}${speech.strings.colon} ${speech.t("results", {n: beyond.length})}`), cardsBeyond, rest));
  }
  return h("div", {class: "map-section"}, ...parts);
}
