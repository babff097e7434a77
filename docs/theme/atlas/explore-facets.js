/** Filters over rows of codes: which rows fit, and how many each choice would leave. Sets of rows are bits in words of 32. */

/**
 * @typedef {{key: string, title: string, choices: [string, string][], rows: string, of?: string, from?: number[][]}} FacetData
 * @typedef {{count: number, version: string, sort: Record<string, number[]>, facets: FacetData[]}} Data
 * @typedef {{key: string, title: string, choices: [string, string][], place: Map<string, number>, masks: Uint32Array[]}} Facet
 * @typedef {{mask: Uint32Array, total: number, counts: Map<string, number[]>}} Counted
 */

/** @param {Uint32Array} mask @param {number} row */
export const has = (mask, row) => (mask[row >>> 5] & (1 << (row & 31))) !== 0;

/** @param {number} bits @returns {number} how many of the 32 bits are set */
function ones(bits) {
  bits -= (bits >>> 1) & 0x55555555;
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** @param {Uint32Array} a @param {Uint32Array} b @returns {number} how many rows are in both */
function common(a, b) {
  let total = 0;
  for (let i = 0; i < a.length; i += 1) {
    const both = a[i] & b[i];
    if (both) total += ones(both);
  }
  return total;
}

/** All filters of the catalogue. */
export class Facets {
  /**
   * @param {Data} data
   * @returns {Promise<Facets>} the filters; between two of them the browser may do other things
   */
  static async read(data) {
    const found = new Facets(data);
    // Those that follow from others come last.
    for (const facet of [...data.facets].sort((a, b) => Number(Boolean(a.of)) - Number(Boolean(b.of)))) {
      found.list.push(found.decoded(facet));
      if (data.count > 2000) await new Promise((resolve) => setTimeout(resolve));
    }
    const order = data.facets.map(({key}) => key);
    found.list.sort((a, b) => order.indexOf(a.key) - order.indexOf(b.key));
    return found;
  }

  /** @param {Data} data */
  constructor(data) {
    this.count = data.count;
    this.sort = data.sort;
    /** @type {Facet[]} */
    this.list = [];
  }

  /** @param {FacetData} data @returns {Facet} */
  decoded({key, title, choices, rows, of, from}) {
    const masks = choices.map(() => this.none());
    if (this.count) {
      rows.split(",").forEach((codes, row) => {
        if (codes) for (const code of codes.split(".")) masks[parseInt(code, 36)][row >>> 5] |= 1 << (row & 31);
      });
    }
    // What follows from the choices of another filter, as a goal from its targets.
    if (of && from) {
      const others = this.get(of).masks;
      from.forEach((sources, at) => sources.forEach((source) => others[source].forEach((bits, word) => (masks[at][word] |= bits))));
    }
    return {key, title, choices, place: new Map(choices.map(([id], at) => [id, at])), masks};
  }

  /** @returns {Uint32Array} no row */
  none() {
    return new Uint32Array(Math.ceil(this.count / 32));
  }

  /** @returns {Uint32Array} every row */
  all() {
    const mask = this.none().fill(0xffffffff);
    if (this.count % 32) mask[mask.length - 1] = (1 << this.count % 32) - 1;
    return mask;
  }

  /** @returns {Map<string, Set<string>>} the choices that there are, by filter */
  known() {
    return new Map(this.list.map((facet) => [facet.key, new Set(facet.place.keys())]));
  }

  /** @param {string} key @returns {Facet} */
  get(key) {
    const found = this.list.find((facet) => facet.key === key);
    if (!found) throw new Error(`no filter ${key}`);
    return found;
  }

  /** @param {string} key @param {string} id @returns {string} the label of a choice */
  label(key, id) {
    const facet = this.get(key);
    return facet.choices[facet.place.get(id) ?? -1][1];
  }

  /** @param {string} key @param {number} row @returns {[string, string][]} the choices of a row */
  of(key, row) {
    const {choices, masks} = this.get(key);
    return choices.filter((_, at) => has(masks[at], row));
  }

  /** @param {string} key @param {number} row @returns {string[]} the labels of a row's choices */
  labels(key, row) {
    return this.of(key, row).map(([, label]) => label);
  }

  /** @param {string} key @param {number} row @returns {string[]} the ids of a row's choices */
  ids(key, row) {
    return this.of(key, row).map(([id]) => id);
  }

  /**
   * The rows that fit, and for every choice how many there would be of it beside the choices of the other filters.
   * @param {Map<string, Set<string>>} chosen
   * @param {Uint32Array | null} words the rows that the words leave, or null where there are none
   * @returns {Counted}
   */
  counted(chosen, words) {
    /** @type {Map<string, Uint32Array>} */
    const either = new Map();
    for (const [key, ids] of chosen) {
      const facet = this.get(key);
      const mask = this.none();
      for (const id of ids) facet.masks[facet.place.get(id) ?? -1].forEach((bits, at) => (mask[at] |= bits));
      either.set(key, mask);
    }
    /** @param {string | null} but @returns {Uint32Array} */
    const fitting = (but) => {
      const mask = words ? words.slice() : this.all();
      for (const [key, other] of either) if (key !== but) other.forEach((bits, at) => (mask[at] &= bits));
      return mask;
    };
    const mask = fitting(null);
    const counts = new Map(
      this.list.map((facet) => {
        const base = either.has(facet.key) ? fitting(facet.key) : mask;
        return [facet.key, facet.masks.map((own) => common(own, base))];
      }),
    );
    return {mask, total: common(mask, mask), counts};
  }

  /** @param {string} sort @returns {boolean} whether this order is another one than that of the rows */
  distinguishes(sort) {
    const ranks = this.sort[sort];
    return !ranks || new Set(ranks).size > 1;
  }

  /**
   * @param {Uint32Array} mask
   * @param {string} sort
   * @param {Float64Array | null} scores how well each row fits the words
   * @returns {number[]} the rows in order
   */
  ordered(mask, sort, scores) {
    const rows = [];
    for (let row = 0; row < this.count; row += 1) if (has(mask, row)) rows.push(row);
    const ranks = this.sort[sort];
    if (ranks) return rows.sort((a, b) => ranks[a] - ranks[b] || a - b);
    return scores ? rows.sort((a, b) => scores[b] - scores[a] || a - b) : rows;
  }
}
