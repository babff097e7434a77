/** The selection on the map: countries by how many practices they have, towns and provinces as dots. */

import { h, named, parted, svg } from "../dom/elements.js";
import { cards, PER_PAGE } from "./cards.js";

/** Above this many practices a country is drawn as if it had no more. */
const MAX_SHADE = 5;

/** @param {Site} site @param {number[]} rows all rows of the selection @returns {Promise<HTMLElement>} */
export async function map(site, rows) {
  const { translator, facets } = site;
  /** @type {[MapData, string[]]} */
  const [data, ids] = await Promise.all([site.load("map.json"), site.load("ids.json")]);
  const selected = new Set(rows);
  const countries = counted(site, rows);
  const markers = data.markers.filter(([row]) => selected.has(row));
  const beyond = rows.filter((row) => !facets.ids("country", row).length);
  return h(
    "div",
    { class: "map-section" },
    h(
      "figure",
      { class: "explore-map" },
      drawing(site, data, ids, countries, markers),
      h("figcaption", {}, translator.t("map_disputed")),
    ),
    asList(site, ids, countries, markers),
    beyond.length > 0 && (await withoutCountry(site, beyond)),
  );
}

/** @param {Site} site @param {number[]} rows @returns {CountryCount[]} the countries of the selection */
function counted({ facets }, rows) {
  /** @type {Map<string, number>} */
  const times = new Map();
  for (const row of rows) for (const id of facets.ids("country", row)) times.set(id, (times.get(id) ?? 0) + 1);
  return facets.get("country").choices.flatMap(([id, label]) => {
    const n = times.get(id);
    return n ? [{ id, label, n }] : [];
  });
}

/**
 * @param {Site} site
 * @param {MapData} data
 * @param {string[]} ids
 * @param {CountryCount[]} countries
 * @param {Marker[]} markers
 */
function drawing({ translator, settings, link }, { width, height, land, shapes, disputed }, ids, countries, markers) {
  const label = translator.t("map_label", { countries: translator.t("map_countries", { n: countries.length }) });
  const world = svg("svg", { class: "world", viewBox: `0 0 ${width} ${height}`, role: "group", "aria-label": label });
  const used = new Set(countries.map(({ id }) => id));
  const rest = Object.entries(shapes).flatMap(([id, { d }]) => (used.has(id) ? [] : [d]));
  world.append(svg("path", { class: "land", d: land + rest.join("") }));
  for (const { id, label: country, n } of countries) {
    const shape = shapes[id];
    if (!shape) continue;
    const name = `${country}${translator.colon}${translator.t("results", { n })}`;
    const href = link({ country: id, view: "cards" });
    const anchor = svg(
      "a",
      { href, "aria-label": name, class: `n${Math.min(n, MAX_SHADE)}` },
      svg("title", {}, name),
      shape.d && svg("path", { d: shape.d }),
      shape.small && svg("circle", { class: "small", cx: shape.x, cy: shape.y, r: 5 }),
    );
    world.append(anchor);
  }
  for (const [area, d] of disputed) world.append(svg("path", { class: "disputed", d }, svg("title", {}, area)));
  for (const [row, x, y, town, practice] of markers) {
    const { text, lang } = parted(practice);
    const name = `${parted(town).text}${translator.colon}${text}`;
    const href = `${settings.root}practices/${ids[row]}/`;
    const dot = svg("circle", { cx: x, cy: y, r: 3.2 });
    world.append(svg("a", { href, "aria-label": name, lang, class: "marker" }, svg("title", {}, name), dot));
  }
  return world;
}

/** @param {Site} site @param {string[]} ids @param {CountryCount[]} countries @param {Marker[]} markers */
function asList({ translator, settings, link }, ids, countries, markers) {
  const ofCountries = countries.map(({ id, label, n }) => {
    const anchor = h("a", { href: link({ country: id, view: "cards" }) }, label);
    return h("li", {}, anchor, " ", h("span", { class: "count" }, translator.number(n)));
  });
  const ofPlaces = markers.map(([row, , , town, practice]) => {
    const href = `${settings.root}practices/${ids[row]}/`;
    return h("li", {}, h("a", { href }, named(town), translator.colon, named(practice)));
  });
  return h(
    "details",
    { class: "explain" },
    h("summary", {}, translator.t("map_list")),
    h("ul", { class: "running" }, ofCountries),
    markers.length > 0 && h("ul", { class: "running" }, ofPlaces),
  );
}

/** @param {Site} site @param {number[]} rows those that no country has */
async function withoutCountry(site, rows) {
  const { translator, link } = site;
  const n = rows.length;
  const heading = `${translator.t("map_beyond")}${translator.colon}${translator.t("results", { n })}`;
  const range = translator.t("shown", { first: 1, last: PER_PAGE, n });
  const more = h("p", { class: "note" }, range, " ", h("a", { href: link({ view: "cards" }) }, translator.t("cards")));
  return h("section", {}, h("h3", {}, heading), await cards(site, rows.slice(0, PER_PAGE)), n > PER_PAGE && more);
}
