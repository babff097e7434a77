/** How words are compared: in small letters without accents, `oe` for `œ`, `l` for `ł`. */

/** @type {Record<string, string>} */
const LETTERS = { œ: "oe", æ: "ae", ß: "ss", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ı: "i", ħ: "h" };

/** @param {string} text @returns {string} exactly what `fold` makes of it in scripts/catalogue/text.py */
export function fold(text) {
  const plain = text.normalize("NFKD").toLowerCase().replace(/\p{M}/gu, "");
  return plain.replace(/[œæßøłđðþıħ]/gu, (letter) => LETTERS[letter] ?? letter);
}
