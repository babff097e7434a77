/** Taking the selection away: the rows of the site's own CSV and JSON that belong to it. */

import { h } from "../dom/elements.js";
import { load, TIMEOUT_MS } from "../dom/load.js";
import { versioned } from "../dom/versions.js";

/** What can be taken away: the file of all, and the ending of its name. */
export const FILES = {
  csv: { file: "practices.csv", ending: "csv" },
  results: { file: "results.csv", ending: "csv" },
  json: { file: "practices.json", ending: "json" },
};

const MAX_NAME = 100;
/** The mark in front, which `text()` drops, tells spreadsheets the encoding. */
const BYTE_ORDER_MARK = "\ufeff";

/**
 * @param {string} text the whole table: a row a line, the id first
 * @param {Set<string>} ids
 * @returns {string} the heading and the rows of these practices, byte for byte
 */
export function csvOf(text, ids) {
  const [heading, ...lines] = text.split("\r\n");
  const kept = lines.filter((line) => ids.has(line.slice(0, line.indexOf(","))));
  return [heading, ...kept].map((line) => `${line}\r\n`).join("");
}

/**
 * @param {{practices: {id: string}[]}} data
 * @param {Set<string>} ids
 * @param {string} selection the address of the selection
 * @returns {string}
 */
export function jsonOf(data, ids, selection) {
  const practices = data.practices.filter((practice) => ids.has(practice.id));
  return `${JSON.stringify({ ...data, selection, practices }, null, 1)}\n`;
}

/** @param {string[]} parts what was selected @param {string} ending @returns {string} a name that every system takes */
export function fileName(parts, ending) {
  const plain = parts.join("-").normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const words = plain.split(/[^a-z0-9]+/u).filter(Boolean);
  return `${words.join("-").slice(0, MAX_NAME).replace(/-+$/u, "")}.${ending}`;
}

/** @param {Site} site @param {DownloadKind} kind @param {Taken} selection */
export async function download({ translator, settings, load: loadData }, kind, { rows, parts, address }) {
  /** @type {string[]} */
  const all = await loadData("ids.json");
  const ids = new Set(rows.flatMap((row) => all[row] ?? []));
  const what = kind === "results" ? [translator.t("file_results")] : [];
  const which = parts.length ? parts : [translator.t("all_practices")];
  const { file, ending } = FILES[kind];
  const root = new URL(`${settings.data}../`, location.href);
  const source = await versioned(root, `data/${file}`);
  const response = await load(source, { timeout: 4 * TIMEOUT_MS }); // the data of all practices
  const isTable = ending === "csv";
  const text = isTable
    ? BYTE_ORDER_MARK + csvOf((await response.text()).replace(BYTE_ORDER_MARK, ""), ids)
    : jsonOf(await response.json(), ids, address);
  const type = isTable ? "text/csv;charset=utf-8" : "application/json";
  const url = URL.createObjectURL(new Blob([text], { type }));
  h("a", { href: url, download: fileName([translator.t("file"), ...what, ...which], ending) }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
