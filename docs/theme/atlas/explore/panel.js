/** The filters: a group of choices each, with counts, drawn when the group is opened. */

import { h } from "../dom/elements.js";
import { fold } from "../dom/fold.js";

/** Above this many choices a group can be searched. */
const MAX_CHOICES = 12;
const OPEN_FIRST = ["theme"];

/** The filters beside the results. */
export class Panel {
  /**
   * @param {Translator} translator
   * @param {Facets} facets
   * @param {(key: string, id: string, on: boolean) => void} onChange
   */
  constructor(translator, facets, onChange) {
    this.translator = translator;
    this.facets = facets;
    this.onChange = onChange;
    /** @type {Map<string, FilterGroup>} */
    this.groups = new Map();
    /** @type {Map<string, number[]>} */
    this.counts = new Map();
    /** @type {Map<string, Set<string>>} */
    this.chosen = new Map();
    this.element = h(
      "div",
      { class: "filters" },
      facets.list.map((facet) => this.group(facet)),
    );
  }

  /** @param {Facet} facet @returns {HTMLElement} */
  group({ key, title }) {
    const chosen = h("span", { class: "filter-chosen" });
    const summary = h("summary", {}, h("span", {}, title), " ", chosen);
    const details = h("details", { class: "filter", "data-filter": key, open: OPEN_FIRST.includes(key) }, summary);
    details.addEventListener("toggle", () => details.open && this.draw(key));
    this.groups.set(key, { details, chosen, list: h("ul"), lines: new Map() });
    return details;
  }

  /** @param {string} key draws the choices of a group, once, and brings them up to date */
  draw(key) {
    const group = this.groups.get(key);
    if (!group) return;
    if (!group.lines.size) this.fill(group, this.facets.get(key));
    this.refresh(key, group);
  }

  /** @param {FilterGroup} group @param {Facet} facet */
  fill({ details, list, lines }, facet) {
    const { key, title, choices } = facet;
    for (const [id, label] of choices) {
      const onchange = () => this.onChange(key, id, box.checked);
      const box = h("input", { type: "checkbox", name: key, value: id, onchange });
      const count = h("span", { class: "count" });
      const item = h("li", {}, h("label", {}, box, h("span", { class: "choice" }, label), " ", count));
      lines.set(id, { box, count, item, shown: -1 });
      list.append(item);
    }
    const legend = h("legend", { class: "visually-hidden" }, title);
    details.append(h("fieldset", {}, legend, choices.length > MAX_CHOICES && this.narrower(facet, lines), list));
  }

  /**
   * @param {Facet} facet
   * @param {Map<string, FilterLine>} lines
   * @returns {HTMLElement} a field that leaves in the list what has the letters typed
   */
  narrower({ title, choices }, lines) {
    const { translator } = this;
    const none = h("p", { class: "note", role: "status" });
    const oninput = () => {
      const typed = fold(field.value.trim());
      let left = 0;
      for (const [id, label] of choices) {
        const fits = fold(label).includes(typed);
        const line = lines.get(id);
        if (line) line.item.hidden = !fits;
        left += fits ? 1 : 0;
      }
      none.textContent = left ? "" : translator.t("none_in_list");
    };
    const field = h("input", {
      type: "search",
      class: "narrow",
      autocomplete: "off",
      placeholder: translator.t("narrow_hint"),
      "aria-label": translator.t("narrow", { title }),
      oninput,
    });
    return h("div", {}, field, none);
  }

  /** @param {Map<string, Set<string>>} chosen @param {Map<string, number[]>} counts */
  update(chosen, counts) {
    this.chosen = chosen;
    this.counts = counts;
    for (const [key, { details, chosen: mark }] of this.groups) {
      const n = chosen.get(key)?.size ?? 0;
      const text = n ? this.translator.t("chosen", { n }) : "";
      if (mark.textContent !== text) mark.textContent = text;
      if (details.open) this.draw(key);
    }
  }

  /**
   * Brings the counts of a group up to date; what did not change is not touched.
   * @param {string} key
   * @param {FilterGroup} group
   */
  refresh(key, { list, lines }) {
    const counts = this.counts.get(key);
    if (!counts) return;
    // A list that scrolls must be reachable by keyboard even where nothing in it is.
    if (counts.some(Boolean)) list.removeAttribute("tabindex");
    else list.setAttribute("tabindex", "0");
    this.facets.get(key).choices.forEach(([id], at) => {
      const line = lines.get(id);
      if (!line) return;
      const count = counts[at] ?? 0;
      const on = this.chosen.get(key)?.has(id) ?? false;
      // The choice that the reader has just taken back keeps the focus; it is disabled at the next change.
      const off = count === 0 && !on && line.box !== document.activeElement;
      if (line.shown !== count) {
        line.shown = count;
        line.count.textContent = this.translator.number(count);
      }
      if (line.box.checked !== on) line.box.checked = on;
      if (line.box.disabled !== off) {
        line.box.disabled = off;
        line.item.classList.toggle("off", off);
      }
    });
  }

  /** Opens the groups of choices, and brings the first of each in sight. @param {Map<string, Set<string>>} chosen */
  open(chosen) {
    this.chosen = chosen;
    for (const [key, [first = ""]] of chosen) {
      const group = this.groups.get(key);
      if (!group) continue;
      group.details.open = true;
      this.draw(key);
      const item = group.lines.get(first)?.item;
      if (!item) continue;
      const above = item.offsetTop - group.list.offsetTop;
      group.list.scrollTop = above - (group.list.clientHeight - item.offsetHeight) / 2;
    }
  }
}
