/** The bar at the bottom of every page that shows what is chosen, and what tells it to those who do not see it. */

import { h } from "../dom/elements.js";
import {
  chosen,
  choose,
  compareAddress,
  isChosen,
  isKept,
  MAX_CHOSEN,
  nameOf,
  siteAddress,
  translator,
} from "./choice.js";

const status = h("p", { class: "compare-live", role: "status" });
const bar = h("section", { class: "compare-bar", "aria-label": translator.t("label"), hidden: true });
/** Whether one practice too many was asked for. */
let isFull = false;

/** Tell those who do not see the page. @param {string} text */
export function announce(text) {
  status.textContent = text;
}

/** Choose a practice, or take it back. @param {Chosen} entry */
export function toggle(entry) {
  const name = nameOf(entry).text;
  const max = MAX_CHOSEN;
  isFull = !isChosen(entry.id) && chosen().length >= max;
  if (isFull) {
    announce(translator.t("full", { max }));
    drawBar();
  } else if (isChosen(entry.id)) {
    choose(chosen().filter((other) => other.id !== entry.id));
    const n = chosen().length;
    announce(n ? translator.t("removed", { name, n, max }) : translator.t("cleared"));
  } else {
    choose([...chosen(), entry]);
    announce(translator.t("added", { name, n: chosen().length, max }));
  }
}

/** Put the bar at the end of the page; without it, only what is announced. @param {boolean} hasBar */
export function mountBar(hasBar) {
  if (hasBar) document.body.append(bar);
  document.body.append(status);
  drawBar();
}

/** Bring the bar up to date. */
export function drawBar() {
  const n = chosen().length;
  if (n < MAX_CHOSEN) isFull = false;
  bar.hidden = n === 0;
  const hint = isFull ? translator.t("full", { max: MAX_CHOSEN }) : n === 1 ? translator.t("alone") : "";
  const count = translator.t("chosen", { n, max: MAX_CHOSEN });
  const notes = [count, hint, isKept ? "" : translator.t("forgetful")].filter(Boolean);
  const href = compareAddress(chosen().map(({ id }) => id));
  const onclick = () => {
    choose([]);
    announce(translator.t("cleared"));
    focusOn(undefined);
  };
  bar.replaceChildren(
    h("p", { class: "compare-count" }, notes.join(" · ")),
    h("ul", {}, chosen().map(item)),
    h(
      "p",
      { class: "compare-actions" },
      h("a", { class: "button", href }, translator.t("open", { n })),
      h("button", { class: "compare-clear", type: "button", onclick }, translator.t("clear")),
    ),
  );
  // What has the focus is never hidden behind the bar.
  document.documentElement.style.scrollPaddingBottom = bar.hidden ? "" : `${bar.offsetHeight + 8}px`;
}

/** @param {Chosen} entry @param {number} at */
function item(entry, at) {
  const { text, lang } = nameOf(entry);
  const onclick = () => {
    toggle(entry);
    const left = bar.querySelectorAll(".compare-remove");
    focusOn(left[Math.min(at, left.length - 1)]);
  };
  const label = `${translator.t("remove")}${translator.colon}${text}`;
  return h(
    "li",
    {},
    h("a", { href: siteAddress(`practices/${entry.id}/`), lang }, text),
    h("button", { class: "compare-remove", type: "button", "aria-label": label, onclick }, "×"),
  );
}

/** Keep the focus on the page when what had it is gone. @param {Element | undefined} target */
function focusOn(target) {
  const found = target ?? document.getElementById("content");
  if (found instanceof HTMLElement) found.focus({ preventScroll: !target });
}
