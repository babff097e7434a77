/** Fetching: every request of the site's scripts has a time limit, and says how it failed. */

/** After how many milliseconds data count as not to be had. */
export const TIMEOUT_MS = 30_000;

/** An answer that is not the data: `status` is that of HTTP. */
export class LoadError extends Error {
  /** @param {string} url @param {number} status */
  constructor(url, status) {
    super(`${url}: ${status}`);
    this.status = status;
  }
}

/**
 * @param {string | URL} url
 * @param {{timeout?: number, cache?: RequestCache}} [how] `timeout` covers the whole answer, not only its head
 * @returns {Promise<Response>} an answer that is one; rejected otherwise, with a LoadError where the host answered
 */
export async function load(url, { timeout = TIMEOUT_MS, cache = "default" } = {}) {
  const response = await fetch(url, { cache, signal: limited(timeout) });
  if (!response.ok) throw new LoadError(String(url), response.status);
  return response;
}

/** @param {number} timeout @returns {AbortSignal} a signal that aborts in time, in browsers without `timeout` too */
function limited(timeout) {
  if (typeof AbortSignal.timeout === "function") return AbortSignal.timeout(timeout);
  const controller = new AbortController();
  setTimeout(() => controller.abort(new DOMException("timed out", "TimeoutError")), timeout);
  return controller.signal;
}

/**
 * @param {{cache?: RequestCache}} [how]
 * @returns {(url: string | URL) => Promise<any>} loads JSON, each address once; what failed may be tried again
 */
export function onceLoader(how = {}) {
  /** @type {Map<string, Promise<any>>} */
  const loaded = new Map();
  return (url) => {
    const address = String(url);
    let found = loaded.get(address);
    if (!found) {
      found = load(address, how).then((response) => response.json());
      found.catch(() => loaded.delete(address));
      loaded.set(address, found);
    }
    return found;
  };
}
