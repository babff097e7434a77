/** Opens the explore page; where that fails, the page leads to the indexes. */

import { h } from "../dom/elements.js";
import { Translator } from "../dom/translator.js";
import { open } from "./explore.js";

/** @param {HTMLElement} place @param {Settings} settings */
async function start(place, settings) {
  const translator = new Translator(settings.language, settings.words);
  const fallback = document.querySelector("#explore-fallback");
  fallback?.toggleAttribute("hidden", true);
  place.replaceChildren(h("p", { class: "note", role: "status" }, translator.t("loading")));
  try {
    await open(place, settings, translator);
  } catch (error) {
    console.info(error);
    fallback?.toggleAttribute("hidden", false);
    place.replaceChildren(h("p", { class: "notice", role: "alert" }, translator.t("failed")));
  }
}

const place = document.querySelector("#explore");
const settings = document.querySelector("#explore-settings");
if (place instanceof HTMLElement && settings) void start(place, JSON.parse(settings.textContent ?? ""));
