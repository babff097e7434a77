/** The page of the comparison. Which practices it shows, and in what order of fields, is in its address. */

import { find, h } from "../dom/elements.js";
import { LoadError } from "../dom/load.js";
import { Translator } from "../dom/translator.js";
import { announce } from "./bar.js";
import { choose, chosen, compareAddress, isId, loadData, MAX_CHOSEN, nameOf, siteAddress } from "./choice.js";
import { table } from "./table.js";

/** How many ids of an address are looked up, how many of the others are named, and how long. */
const MAX_TRIED = 12;
const MAX_NAMED = 10;
const MAX_NAMED_LENGTH = 60;

/** @type {CompareData} */
const data = JSON.parse(find(document, "#compare-data", HTMLScriptElement).textContent ?? "{}");
const translator = new Translator(data.language, data.words);
const title = document.title;

/** @type {Map<string, Promise<Practice | null>>} */
const asked = new Map();
/** The query string that is shown. */
let drawn = "";
/** Counts what was asked for: a late answer to an earlier wish is left aside. */
let turn = 0;

/** What the address asks for: ids that can be, each once, and the rest. @returns {Wish} */
function wish() {
  const query = new URLSearchParams(location.search);
  const parts = query.getAll("ids").flatMap((value) => value.split(","));
  const said = [...new Set(parts.map((part) => part.trim()).filter(Boolean))];
  const ids = [...new Set(said.map((part) => part.toLowerCase()).filter(isId))];
  const odd = said.filter((part) => !isId(part.toLowerCase()));
  return { ids, odd, byDifference: query.get("order") === "differences" };
}

/** @param {string[]} ids @param {boolean} byDifference */
function address(ids, byDifference) {
  const base = compareAddress(ids);
  return ids.length > 1 && byDifference ? `${base}&order=differences` : base;
}

/** The data of a practice, or null where there is none; rejected where it cannot be had. @param {string} id */
function practiceOf(id) {
  let found = asked.get(id);
  if (!found) {
    found = loaded(id);
    found.catch(() => asked.delete(id));
    asked.set(id, found);
  }
  return found;
}

/** @param {string} id @returns {Promise<Practice | null>} */
async function loaded(id) {
  try {
    const found = await loadData(id);
    if (!found?.fields || !found.name) throw new Error(`${id}: no practice`);
    return found;
  } catch (error) {
    if (error instanceof LoadError && error.status === 404) return null;
    throw error;
  }
}

/** The first practices among the ids that there are. @param {Wish} wanted @returns {Promise<Comparison>} */
async function lookUp({ ids, odd }) {
  /** @type {Comparison} */
  const found = { practices: [], unknown: [...odd], failed: [], leftOut: [] };
  const tried = ids.slice(0, MAX_TRIED);
  let next = 0;
  while (found.practices.length < MAX_CHOSEN && next < tried.length) {
    const batch = tried.slice(next, next + MAX_CHOSEN - found.practices.length);
    next += batch.length;
    const answers = await Promise.all(
      batch.map((id) =>
        practiceOf(id).then(
          (practice) => ({ id, practice }),
          () => ({ id, practice: undefined }),
        ),
      ),
    );
    for (const { id, practice } of answers) {
      if (practice) found.practices.push(practice);
      else (practice === null ? found.unknown : found.failed).push(id);
    }
  }
  found.leftOut = ids.slice(next);
  return found;
}

/** Some ids in a sentence, cut where there are many or one is long. @param {string[]} ids */
function listed(ids) {
  const short = ids.map((id) => (id.length > MAX_NAMED_LENGTH ? `${id.slice(0, MAX_NAMED_LENGTH)}…` : id));
  const first = short.slice(0, MAX_NAMED).join(", ");
  return ids.length > MAX_NAMED ? translator.t("more", { ids: first, n: ids.length - MAX_NAMED }) : first;
}

/** @param {Comparison} found @returns {string[]} what is said above the table */
function messages({ practices, unknown, failed, leftOut }) {
  const told = [];
  if (unknown.length) told.push(translator.t("unknown", { ids: listed(unknown) }));
  if (failed.length) told.push(translator.t("failed", { ids: listed(failed) }));
  if (leftOut.length) told.push(translator.t("left_out", { ids: listed(leftOut), max: MAX_CHOSEN }));
  if (practices.length === 1) told.push(translator.t("one_chosen"));
  if (!practices.length && !failed.length) told.push(translator.t("none_chosen"));
  return told;
}

/** Whether practices can become the choice without another one being lost. @param {string[]} ids */
function mayReplaceChoice(ids) {
  const first = ids.slice(0, MAX_CHOSEN);
  return chosen().every(({ id }) => first.includes(id));
}

/** @param {Practice} practice @returns {Chosen} */
const entryOf = ({ id, name }) => ({ id, names: { [name.lang ?? data.language]: name.text } });

/** Show what the address asks for, and again whenever it changes. @param {HTMLElement} place */
export async function start(place) {
  const how = [...place.querySelectorAll(".compare-how, .actions")];
  const own = chosen();
  const { ids, odd } = wish();
  // What was chosen before stands in for no address.
  if (own.length && !ids.length && !odd.length) history.replaceState(null, "", compareAddress(own.map(({ id }) => id)));
  window.addEventListener("popstate", () => location.search !== drawn && void draw(place, how));
  place.replaceChildren(h("p", { class: "compare-loading" }, translator.t("loading")));
  await draw(place, how);
}

/** @param {HTMLElement} place @param {Element[]} how what the page says without a comparison */
async function draw(place, how) {
  const own = (turn += 1);
  const wanted = wish();
  // A comparison that somebody else made and sent does not replace the reader's own choice.
  const isOwn = history.state?.isOwn ?? mayReplaceChoice(wanted.ids);
  history.replaceState({ isOwn }, "");
  drawn = location.search;
  const found = await lookUp(wanted);
  if (own !== turn) return; // the reader went on in the meantime
  const { practices, failed } = found;
  const n = practices.length;
  const told = messages(found);
  place.replaceChildren(...told.map((text) => h("p", { class: "notice" }, text)));
  if (!isOwn && chosen().length) place.append(keptChoice(practices, () => draw(place, how)));
  if (n) {
    const redraw = () => draw(place, how);
    const remove = (/** @type {Practice} */ practice, /** @type {Element} */ head) =>
      without(place, practice, head, isOwn, redraw);
    const options = { translator, fields: data.fields, byDifference: wanted.byDifference, remove };
    place.append(tools(place, wanted, n, isOwn, redraw), table(practices, options), ...remarks(practices));
    // What was chosen and cannot be loaded now stays chosen.
    if (isOwn) choose([...practices.map(entryOf), ...chosen().filter(({ id }) => failed.includes(id))]);
  } else place.append(...how);
  // The other language shows the same comparison.
  for (const link of document.querySelectorAll(".language a")) {
    if (link instanceof HTMLAnchorElement) link.search = location.search;
  }
  document.title = n ? `${practices.map(({ name }) => name.text).join(" / ")} · ${title}` : title;
  announce([...told, ...(n > 1 ? [translator.t("ready", { n })] : [])].join(" "));
}

/**
 * Take a practice out of the comparison.
 * @param {HTMLElement} place
 * @param {Practice} practice
 * @param {Element} head the head of its column
 * @param {boolean} isOwn
 * @param {() => Promise<void>} redraw
 */
async function without(place, practice, head, isOwn, redraw) {
  const at = [...place.querySelectorAll(".compare-head")].indexOf(head);
  // From the address of now: what was drawn may lag behind it. What failed to load stays wished for.
  const { ids, byDifference } = wish();
  const left = ids.filter((id) => id !== practice.id);
  history.pushState({ isOwn }, "", address(left, byDifference));
  if (!left.length && isOwn) choose([]);
  await redraw();
  const buttons = place.querySelectorAll(".compare-head .compare-remove");
  const target = buttons[Math.min(at, buttons.length - 1)] ?? document.getElementById("content");
  if (target instanceof HTMLElement) target.focus();
}

/**
 * @param {HTMLElement} place
 * @param {Wish} wanted
 * @param {number} n
 * @param {boolean} isOwn
 * @param {() => Promise<void>} redraw
 */
function tools(place, { ids, byDifference }, n, isOwn, redraw) {
  const reorder = async () => {
    history.replaceState({ isOwn }, "", address(ids, !byDifference));
    await redraw();
    /** @type {HTMLElement | null} */ (place.querySelector(".compare-order"))?.focus();
  };
  const order = { class: "compare-order", type: "button", "aria-pressed": String(byDifference), onclick: reorder };
  const print = { class: "compare-print", type: "button", onclick: () => window.print() };
  return h(
    "p",
    { class: "actions compare-tools" },
    n > 1 && h("button", order, translator.t("order")),
    n < MAX_CHOSEN && h("a", { class: "button quiet", href: siteAddress("practices/") }, translator.t("add_more")),
    h("button", print, translator.t("print")),
  );
}

/** What tells that somebody else's comparison has not replaced the reader's choice. @param {Practice[]} practices */
function keptChoice(practices, /** @type {() => Promise<void>} */ redraw) {
  const names = chosen().flatMap((entry, at) => {
    const { text, lang } = nameOf(entry);
    return [at ? ", " : "", h("span", { lang }, text)];
  });
  const take = async () => {
    history.replaceState({ isOwn: true }, "");
    choose(practices.map(entryOf));
    await redraw();
    announce(translator.t("taken_over"));
    document.getElementById("content")?.focus({ preventScroll: true });
  };
  const show = compareAddress(chosen().map(({ id }) => id));
  const button = { class: "compare-take", type: "button", onclick: take };
  return h(
    "div",
    { class: "notice compare-kept" },
    h("p", {}, `${translator.t("own_kept")} `, names),
    h(
      "p",
      { class: "actions" },
      h("a", { class: "button quiet", href: show }, translator.t("show_own")),
      practices.length > 0 && h("button", button, translator.t("take_over")),
    ),
  );
}

/** What stands below the table. @param {Practice[]} practices */
function remarks(practices) {
  const empty = data.fields.filter(([name]) => practices.every(({ fields }) => !fields[name]));
  const fields = empty.map(([, label]) => label).join(", ");
  const isKosovo = practices.some(({ kosovo }) => kosovo);
  const printed = { address: location.href, day: translator.today() }; // on paper there is no address bar
  /** @type {(string | false)[]} */
  const notes = [
    fields !== "" && translator.t(practices.length > 1 ? "empty_fields" : "empty_fields_one", { fields }),
    isKosovo && data.kosovo,
    data.licence,
  ];
  return [
    ...notes.flatMap((text) => (text ? [h("p", { class: "note" }, text)] : [])),
    h("p", { class: "note compare-printed" }, translator.t("printed", printed)),
  ];
}
