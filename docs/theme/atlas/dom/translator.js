/** The words of a page in its language. */

/** Says things in the language of the page. */
export class Translator {
  /** @param {string} language @param {Strings} strings */
  constructor(language, strings) {
    this.language = language;
    this.strings = strings;
    this.plural = new Intl.PluralRules(language);
    // The site's English is British.
    this.locale = language === "en" ? "en-GB" : language;
    this.format = new Intl.NumberFormat(this.locale);
    /** What stands between a label and what it labels. */
    this.colon = `${this.t("colon").trimEnd()} `;
  }

  /**
   * @param {string} key
   * @param {Record<string, string | number>} values put in for `{name}`; `n` chooses the plural form
   * @returns {string}
   */
  t(key, values = {}) {
    const found = this.strings[key];
    // A page that was kept from before this script: better an odd word than a blank page.
    if (found === undefined) return key;
    const form =
      typeof found === "string" ? found : (found[this.plural.select(Number(values.n))] ?? found.other ?? key);
    return form.replace(/\{(\w+)\}/gu, (/** @type {string} */ whole, /** @type {string} */ name) => {
      const value = values[name];
      return value === undefined ? whole : typeof value === "number" ? this.number(value) : value;
    });
  }

  /** @param {number} value @returns {string} */
  number(value) {
    return this.format.format(value);
  }

  /** @returns {string} the day of today */
  today() {
    return new Date().toLocaleDateString(this.locale, { day: "numeric", month: "long", year: "numeric" });
  }
}
