/**
 * Addresses of data with the version of their content, so that a browser that keeps them never shows old ones.
 * `versions.json` names the versions: it is the one file that is asked for anew on every page.
 */

import { onceLoader } from "./load.js";

const load = onceLoader({ cache: "no-cache" });

/**
 * @param {string | URL} root where the language of the file lies
 * @param {string} path the path of the file from there
 * @returns {Promise<string>} its address, with the version of its content
 */
export async function versioned(root, path) {
  /** @type {Record<string, string>} */
  const versions = await load(new URL("versions.json", root));
  const [folder = ""] = path.split("/");
  const version = versions[folder];
  const address = new URL(path, root);
  if (version) address.searchParams.set("v", version);
  return address.href;
}
