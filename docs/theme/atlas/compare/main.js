/**
 * The comparison on every page: buttons that choose practices, and a bar that shows the choice.
 *
 * Whatever carries `data-practice-id` gets a button, at the end of its `.card-foot`, head of a row, or of itself; its
 * `data-practice-name`, or else its first link, is the name. `data-practice-language`, or else the `lang` of that link,
 * is the language of the name where that is not the page's.
 * A script that adds such elements later sends a bubbling event `atlas:cards` from above them.
 */

import { h } from "../dom/elements.js";
import { drawBar, mountBar, toggle } from "./bar.js";
import { choose, chosen, loadData, entryOf, isChosen, isId, nameOf, onChoice, translator } from "./choice.js";

/** @type {Map<HTMLButtonElement, Chosen>} */
const buttons = new Map();

/** Give a button to every practice below an element. @param {ParentNode} above */
function mountButtons(above) {
  for (const host of above.querySelectorAll("[data-practice-id]:not([data-compare])")) {
    const id = host instanceof HTMLElement ? host.dataset.practiceId : undefined;
    if (!(host instanceof HTMLElement) || !id || !isId(id)) continue;
    host.dataset.compare = "";
    const entry = entryOf(host, id);
    const button = h("button", { class: "compare-button", type: "button", onclick: () => toggle(entry) });
    buttons.set(button, entry);
    drawButton(button, entry);
    (host.querySelector(".card-foot, th") ?? host).append(button);
  }
  for (const button of buttons.keys()) if (!button.isConnected) buttons.delete(button);
}

/** @param {HTMLButtonElement} button @param {Chosen} entry */
function drawButton(button, entry) {
  const text = translator.t(isChosen(entry.id) ? "remove" : "add");
  button.textContent = text;
  button.classList.toggle("chosen", isChosen(entry.id));
  button.setAttribute("aria-label", `${text}${translator.colon}${nameOf(entry).text}`);
}

/** Names chosen in the other language, asked for in this one; what cannot be had stays as it is. */
async function translateNames() {
  const foreign = chosen().filter((entry) => nameOf(entry).lang);
  if (!foreign.length) return;
  const names = new Map(
    await Promise.all(foreign.map(async ({ id }) => /** @type {const} */ ([id, await nameIn(id)]))),
  );
  choose(chosen().map((entry) => ({ ...entry, names: { ...entry.names, ...names.get(entry.id) } })));
}

/** @param {string} id @returns {Promise<Record<string, string>>} the name in the language of the page, if it has one */
async function nameIn(id) {
  try {
    const { name } = await loadData(id);
    return typeof name.text === "string" && !name.lang ? { [translator.language]: name.text } : {};
  } catch {
    return {};
  }
}

// The comparison itself shows the choice in full; it needs no bar.
const place = document.getElementById("compare");
onChoice(() => {
  for (const [button, entry] of buttons) drawButton(button, entry);
  drawBar();
});
mountButtons(document);
mountBar(!place);
document.addEventListener("atlas:cards", ({ target }) => target instanceof Element && mountButtons(target));
if (place) {
  import("./page.js")
    .then(({ start }) => start(place))
    .catch((error) => {
      console.info(error);
      place.prepend(h("p", { class: "notice", role: "alert" }, translator.t("broken")));
    });
} else void translateNames();
