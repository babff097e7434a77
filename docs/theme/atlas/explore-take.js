/** Taking the selection away: the rows of the site's own CSV and JSON that belong to it. */

import {load as loaded, TIMEOUT_MS} from "./dom/load.js";
import {versioned} from "./dom/versions.js";

/** What can be taken away: the file of all, and the ending of its name. */
export const FILES = {csv: ["practices.csv", "csv"], results: ["results.csv", "csv"], json: ["practices.json", "json"]};

/**
 * @param {string} text the whole table: a row a line, the id first
 * @param {Set<string>} ids
 * @returns {string} the heading and the rows of these practices, byte for byte
 */
export function csvOf(text, ids) {
  const lines = text.split("\r\n");
  return [lines[0], ...lines.slice(1).filter((line) => ids.has(line.slice(0, line.indexOf(","))))].map((line) => `${line}\r\n`).join("");
}

/**
 * @param {{practices: {id: string}[]}} data
 * @param {Set<string>} ids
 * @param {string} selection the address of the selection
 * @returns {string}
 */
export function jsonOf(data, ids, selection) {
  const practices = data.practices.filter((practice) => ids.has(practice.id));
  return `${JSON.stringify({...data, selection, practices}, null, 1)}\n`;
}

/** @param {string[]} parts what was selected @param {string} ending @returns {string} a name that every system takes */
export function fileName(parts, ending) {
  const plain = parts.join("-").normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return `${plain.replace(/[^a-z0-9]+/gu, "-").replace(/^-+|-+$/gu, "").slice(0, 100).replace(/-+$/u, "")}.${ending}`;
}

/**
 * @param {import("./explore-views.js").Site} site
 * @param {string} data where the whole data lie
 * @param {keyof typeof FILES} kind
 * @param {{rows: number[], parts: string[], address: string}} shown what is taken away, in words too, and its address
 */
export async function take({speech, load}, data, kind, {rows, parts, address}) {
  const all = await load("ids.json");
  const ids = new Set(rows.map((row) => all[row]));
  const named = [speech.t("file"), ...(kind === "results" ? [speech.t("file_results")] : []), ...(parts.length ? parts : [speech.t("all_practices")])];
  const [file, ending] = FILES[kind];
  const response = await loaded(await versioned(new URL(`${data}../`, location.href), `data/${file}`), {timeout: 4 * TIMEOUT_MS}); // the data of all practices
  // The mark in front, which `text()` drops, tells spreadsheets the encoding.
  const text = ending === "csv" ? `\ufeff${csvOf((await response.text()).replace(/^\ufeff/u, ""), ids)}` : jsonOf(await response.json(), ids, address);
  const url = URL.createObjectURL(new Blob([text], {type: ending === "csv" ? "text/csv;charset=utf-8" : "application/json"}));
  const link = document.createElement("a");
  link.href = url;
  link.download = fileName(named, ending);
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
