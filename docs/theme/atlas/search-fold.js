/** How words are compared: in small letters without accents, ligatures apart. */

/** @param {string} text @returns {string} exactly what `folded` makes of it in Python */
export function fold(text) {
  return text.toLowerCase().replace(/œ/gu, "oe").replace(/æ/gu, "ae").replace(/ß/gu, "ss").normalize("NFKD").replace(/\p{M}/gu, "");
}
