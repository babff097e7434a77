/** Filters over rows of codes: which rows fit, and how many each choice would leave. Sets of rows are bits in words. */

/** Above this many rows the browser may do other things between two filters. */
const MAX_ROWS_AT_ONCE = 2000;

/** @param {Uint32Array} mask @param {number} row */
export const has = (mask, row) => ((mask[row >>> 5] ?? 0) & (1 << (row & 31))) !== 0;

/** @param {Uint32Array} mask @param {number} row */
export function add(mask, row) {
  mask[row >>> 5] = (mask[row >>> 5] ?? 0) | (1 << (row & 31));
}

/** Adds the rows of one set to another. @param {Uint32Array} mask @param {Uint32Array | undefined} other */
function unite(mask, other) {
  other?.forEach((bits, word) => (mask[word] = (mask[word] ?? 0) | bits));
}

/** @param {number} bits @returns {number} how many of the 32 bits are set */
function ones(bits) {
  bits -= (bits >>> 1) & 0x55555555;
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** @param {Uint32Array} a @param {Uint32Array} b @returns {number} how many rows are in both */
function common(a, b) {
  let total = 0;
  for (let word = 0; word < a.length; word += 1) {
    const both = (a[word] ?? 0) & (b[word] ?? 0);
    if (both) total += ones(both);
  }
  return total;
}

/** All filters of the catalogue. */
export class Facets {
  /** @param {FacetsData} data @returns {Promise<Facets>} */
  static async read(data) {
    const found = new Facets(data);
    // Those that follow from others come last.
    for (const facet of [...data.facets].sort((a, b) => Number(Boolean(a.of)) - Number(Boolean(b.of)))) {
      found.list.push(found.decoded(facet));
      if (data.count > MAX_ROWS_AT_ONCE) await new Promise((resolve) => setTimeout(resolve));
    }
    const order = data.facets.map(({ key }) => key);
    found.list.sort((a, b) => order.indexOf(a.key) - order.indexOf(b.key));
    return found;
  }

  /** @param {FacetsData} data */
  constructor(data) {
    this.count = data.count;
    this.sort = data.sort;
    /** @type {Facet[]} */
    this.list = [];
  }

  /** @param {FacetData} data @returns {Facet} */
  decoded({ key, title, choices, rows, of, from }) {
    const masks = choices.map(() => this.none());
    if (this.count) {
      rows.split(",").forEach((codes, row) => {
        for (const code of codes ? codes.split(".") : []) {
          const mask = masks[parseInt(code, 36)];
          if (mask) add(mask, row);
        }
      });
    }
    // What follows from the choices of another filter, as a goal from its targets.
    if (of && from) {
      const others = this.get(of).masks;
      masks.forEach((mask, at) => from[at]?.forEach((source) => unite(mask, others[source])));
    }
    return { key, title, choices, place: new Map(choices.map(([id], at) => [id, at])), masks };
  }

  /** @returns {Uint32Array} no row */
  none() {
    return new Uint32Array(Math.ceil(this.count / 32));
  }

  /** @returns {Uint32Array} every row */
  all() {
    const mask = this.none().fill(0xffffffff);
    if (this.count % 32) mask[mask.length - 1] = (1 << (this.count % 32)) - 1;
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
    return this.get(key).choices.find(([choice]) => choice === id)?.[1] ?? id;
  }

  /** @param {string} key @param {number} row @returns {FacetChoice[]} the choices of a row */
  of(key, row) {
    const { choices, masks } = this.get(key);
    return choices.filter((_, at) => masks[at] && has(masks[at], row));
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
   * @param {Uint32Array | undefined} words the rows that the words leave, or nothing where there are none
   * @returns {Counted}
   */
  counted(chosen, words) {
    /** @type {Map<string, Uint32Array>} */
    const either = new Map();
    for (const [key, ids] of chosen) {
      const facet = this.get(key);
      const mask = this.none();
      for (const id of ids) unite(mask, facet.masks[facet.place.get(id) ?? -1]);
      either.set(key, mask);
    }
    /** @param {string} [but] a filter that does not count @returns {Uint32Array} */
    const fitting = (but) => {
      const mask = words ? words.slice() : this.all();
      for (const [key, other] of either) {
        if (key !== but) other.forEach((bits, word) => (mask[word] = (mask[word] ?? 0) & bits));
      }
      return mask;
    };
    const mask = fitting();
    const counts = new Map(
      this.list.map((facet) => {
        const base = either.has(facet.key) ? fitting(facet.key) : mask;
        return [facet.key, facet.masks.map((own) => common(own, base))];
      }),
    );
    return { mask, total: common(mask, mask), counts };
  }

  /** @param {string} sort @returns {boolean} whether this order is another one than that of the rows */
  distinguishes(sort) {
    const ranks = this.sort[sort];
    return !ranks || new Set(ranks).size > 1;
  }

  /**
   * @param {Uint32Array} mask
   * @param {string} sort
   * @param {Float64Array | undefined} scores how well each row fits the words
   * @returns {number[]} the rows in order
   */
  ordered(mask, sort, scores) {
    const rows = [];
    for (let row = 0; row < this.count; row += 1) if (has(mask, row)) rows.push(row);
    const ranks = this.sort[sort];
    /** @param {ArrayLike<number>} values @param {number} a @param {number} b */
    const difference = (values, a, b) => (values[a] ?? 0) - (values[b] ?? 0);
    if (ranks) return rows.sort((a, b) => difference(ranks, a, b) || a - b);
    return scores ? rows.sort((a, b) => difference(scores, b, a) || a - b) : rows;
  }
}
