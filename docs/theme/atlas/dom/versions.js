/**
 * Addresses of data with the version of their content, so that a browser that keeps them never shows old ones.
 * `versions.json` names the versions: it is the one file that is asked for anew on every page.
 */

import { load } from "./load.js";

/** @type {Map<string, Promise<Record<string, string>>>} */
const asked = new Map();

/** @param {string} address @returns {Promise<Record<string, string>>} the version of each folder; what failed may be tried again */
function versions(address) {
  const known = asked.get(address);
  if (known) return known;
  const found = load(address, { cache: "no-cache" }).then((response) => response.json());
  found.catch(() => asked.delete(address));
  asked.set(address, found);
  return found;
}

/**
 * @param {string | URL} root where the language of the file lies
 * @param {string} path the path of the file from there
 * @returns {Promise<string>} its address, with the version of its content
 */
export async function versioned(root, path) {
  const version = (await versions(new URL("versions.json", root).href))[path.split("/")[0]];
  const address = new URL(path, root);
  if (version) address.searchParams.set("v", version);
  return address.href;
}
