/** Taking the selection away: the rows of the site's own CSV and JSON that belong to it. */

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
 * @param {string} data where the whole data lie
 * @param {"csv" | "json"} kind
 * @param {Set<string>} ids
 * @param {string[]} parts what was selected, for the name of the file
 */
export async function take(data, kind, ids, parts) {
  const response = await fetch(`${data}practices.${kind}`);
  if (!response.ok) throw new Error(`practices.${kind}: ${response.status}`);
  // The mark in front, which `text()` drops, tells spreadsheets the encoding.
  const text = kind === "csv" ? `\ufeff${csvOf((await response.text()).replace(/^\ufeff/u, ""), ids)}` : jsonOf(await response.json(), ids, location.href);
  const url = URL.createObjectURL(new Blob([text], {type: kind === "csv" ? "text/csv;charset=utf-8" : "application/json"}));
  const link = document.createElement("a");
  link.href = url;
  link.download = fileName(parts, kind);
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
