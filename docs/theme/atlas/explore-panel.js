/** The filters: a group of choices each, with counts, drawn when the group is opened. */

import {h} from "./explore-dom.js";
import {fold} from "./search-fold.js";

/** Above this many choices a group can be searched. */
const MANY = 12;
const OPEN_FIRST = ["theme"];

/** The filters beside the results. */
export class Panel {
  /**
   * @param {import("./explore-dom.js").Speech} speech
   * @param {import("./explore-facets.js").Facets} facets
   * @param {(key: string, id: string, on: boolean) => void} onChange
   */
  constructor(speech, facets, onChange) {
    this.speech = speech;
    this.facets = facets;
    this.onChange = onChange;
    /** @type {Map<string, {details: HTMLDetailsElement, chosen: HTMLElement, boxes: Map<string, {box: HTMLInputElement, count: HTMLElement, item: HTMLElement, shown: number}>}>} */
    this.groups = new Map();
    /** @type {Map<string, number[]>} */
    this.counts = new Map();
    /** @type {Map<string, Set<string>>} */
    this.chosen = new Map();
    this.element = h("div", {class: "filters"}, facets.list.map((facet) => this.group(facet)));
  }

  /** @param {import("./explore-facets.js").Facet} facet @returns {HTMLElement} */
  group({key, title}) {
    const chosen = h("span", {class: "filter-chosen"});
    const details = /** @type {HTMLDetailsElement} */ (h("details", {class: "filter", "data-filter": key}, h("summary", {}, h("span", {}, title), " ", chosen)));
    details.open = OPEN_FIRST.includes(key);
    details.addEventListener("toggle", () => details.open && this.draw(key));
    this.groups.set(key, {details, chosen, boxes: new Map()});
    return details;
  }

  /** @param {string} key draws the choices of a group, once, and brings them up to date */
  draw(key) {
    const group = this.groups.get(key);
    const facet = this.facets.get(key);
    if (!group) return;
    if (!group.boxes.size) {
      const list = h("ul");
      for (const [id, label] of facet.choices) {
        const box = /** @type {HTMLInputElement} */ (h("input", {type: "checkbox", name: key, value: id, onchange: () => this.onChange(key, id, box.checked)}));
        const count = h("span", {class: "count"});
        const item = h("li", {}, h("label", {}, box, h("span", {class: "choice"}, label), " ", count));
        group.boxes.set(id, {box, count, item, shown: -1});
        list.append(item);
      }
      const legend = h("legend", {class: "visually-hidden"}, facet.title);
      group.details.append(h("fieldset", {}, legend, facet.choices.length > MANY && this.narrower(facet, group.boxes), list));
    }
    this.refresh(key);
  }

  /**
   * @param {import("./explore-facets.js").Facet} facet
   * @param {Map<string, {item: HTMLElement}>} boxes
   * @returns {HTMLElement} a field that leaves in the list what has the letters typed
   */
  narrower(facet, boxes) {
    const none = h("p", {class: "note", role: "status"});
    const field = /** @type {HTMLInputElement} */ (h("input", {type: "search", class: "narrow", autocomplete: "off", placeholder: this.speech.t("narrow_hint"), "aria-label": this.speech.t("narrow", {title: facet.title})}));
    field.addEventListener("input", () => {
      const typed = fold(field.value.trim());
      let left = 0;
      for (const [id, label] of facet.choices) {
        const fits = fold(label).includes(typed);
        const box = boxes.get(id);
        if (box) box.item.hidden = !fits;
        left += fits ? 1 : 0;
      }
      none.textContent = left ? "" : this.speech.t("none_in_list");
    });
    return h("div", {}, field, none);
  }

  /** @param {Map<string, Set<string>>} chosen @param {Map<string, number[]>} counts */
  update(chosen, counts) {
    this.chosen = chosen;
    this.counts = counts;
    for (const [key, {details, chosen: mark}] of this.groups) {
      const n = chosen.get(key)?.size ?? 0;
      const text = n ? this.speech.t("chosen", {n}) : "";
      if (mark.textContent !== text) mark.textContent = text;
      if (details.open) this.draw(key);
    }
  }

  /** @param {string} key brings the counts of a group up to date; what did not change is not touched */
  refresh(key) {
    const counts = this.counts.get(key);
    const group = this.groups.get(key);
    if (!counts || !group) return;
    // A list that scrolls must be reachable by keyboard even where nothing in it is.
    const list = group.details.querySelector("ul");
    if (list && counts.some(Boolean)) list.removeAttribute("tabindex");
    else list?.setAttribute("tabindex", "0");
    this.facets.get(key).choices.forEach(([id], at) => {
      const line = group.boxes.get(id);
      if (!line) return;
      const on = this.chosen.get(key)?.has(id) ?? false;
      // The choice that the reader has just taken back keeps the focus; it is disabled at the next change.
      const off = counts[at] === 0 && !on && line.box !== document.activeElement;
      if (line.shown !== counts[at]) {
        line.shown = counts[at];
        line.count.textContent = this.speech.number(counts[at]);
      }
      if (line.box.checked !== on) line.box.checked = on;
      if (line.box.disabled !== off) {
        line.box.disabled = off;
        line.item.classList.toggle("off", off);
      }
    });
  }

  /** @param {Map<string, Set<string>>} chosen opens the groups of these choices, and brings the first of each in sight */
  open(chosen) {
    this.chosen = chosen;
    for (const [key, ids] of chosen) {
      const group = this.groups.get(key);
      if (!group) continue;
      group.details.open = true;
      this.draw(key);
      const item = group.boxes.get([...ids][0])?.item;
      const list = item?.parentElement;
      if (item && list) list.scrollTop = item.offsetTop - list.offsetTop - (list.clientHeight - item.offsetHeight) / 2;
    }
  }
}
