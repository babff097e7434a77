/** What the browser's scripts hand to each other, and what the build writes for them. */

// Elements and words -------------------------------------------------------------------------------------------------

type Child = string | number | Node | null | undefined | false;
/** Listeners are named `on…`; what is false or undefined is left out. */
type Attributes = Record<string, string | number | boolean | undefined | ((event: Event) => void)>;
/** A name, with its language where that is not the page's. */
type Named = string | [name: string, language?: string];
/** Texts by key, some by plural form. */
type Strings = Record<string, string | Record<string, string>>;
type Translator = import("./dom/translator.js").Translator;
/** Gives the data of a file of this build. */
type LoadData = (path: string) => Promise<any>;

// The search box -----------------------------------------------------------------------------------------------------

/** As explore/names.json has it: `others` are other names of the same thing. */
type NameData = [kind: string, name: Named, path: string, ...others: string[]];
/** `texts` are all its names, folded. */
type Suggestion = { kind: string; name: string; lang: string | undefined; path: string; texts: string[] };

// The comparison -----------------------------------------------------------------------------------------------------

/** A practice that was chosen, with its name by language. */
type Chosen = { id: string; names: Record<string, string> };

/** A part of a value, as scripts/catalogue/finding/comparison.py writes it. */
type Piece = {
  text: string;
  lang?: string;
  label?: string;
  figure?: string;
  details?: string[];
  notes?: number[];
  url?: string;
  page?: string;
};
type Practice = { id: string; name: Piece; kosovo: boolean; fields: Record<string, Piece[]> };
type Field = [name: string, label: string];
/** What the page of the comparison itself says. */
type CompareData = { language: string; fields: Field[]; words: Strings; licence: string; kosovo: string };
/** What an address asks for: ids, what cannot be one, and the order of the fields. */
type Wish = { ids: string[]; odd: string[]; byDifference: boolean };
type Comparison = { practices: Practice[]; unknown: string[]; failed: string[]; leftOut: string[] };
type TableOptions = {
  translator: Translator;
  /** In the order of display. */
  fields: Field[];
  /** Whether the fields that differ come first. */
  byDifference: boolean;
  /** Takes a practice out of the comparison; `head` is the head of its column. */
  remove: (practice: Practice, head: Element) => void;
};

// The explore page ---------------------------------------------------------------------------------------------------

/** What the page itself says: `settings` in scripts/catalogue/finding/explore_data.py. */
type Settings = {
  language: string;
  /** Where the pages of this language lie. */
  root: string;
  /** Where the files to take away lie. */
  data: string;
  words: Strings;
  /** The levels of evidence, the strongest first. */
  evidence: string[];
  /** The parts of a record in the order in which a passage is taken from them. */
  parts: [part: string, title: string][];
  /** How many characters of the words count, and how many cards a file holds. */
  limits: { query: number; cards: number };
};

/** What all views need. `link` gives the address of the selection with other choices. */
type Site = {
  settings: Settings;
  translator: Translator;
  facets: Facets;
  load: LoadData;
  link: (change: Record<string, string>) => string;
};

type Sort = (typeof import("./explore/state.js").SORTS)[number];
type View = (typeof import("./explore/state.js").VIEWS)[number];
type State = {
  /** The words. */
  q: string;
  /** Whether a word that is found nowhere stays as it is. */
  exact: boolean;
  /** Whether practices with some of the words count even where others have them all. */
  some: boolean;
  /** Choices by filter, never empty sets. */
  chosen: Map<string, Set<string>>;
  sort: Sort;
  view: View;
  /** From 1. */
  page: number;
};
type Change = (state: State) => void;
/** What of an address was ignored. */
type Ignored = { kind: "cut" | "ignored_key" | "ignored_value" | "ignored_other"; what: string };

type Facets = import("./explore/facets.js").Facets;
type FacetChoice = [id: string, label: string];
/** `rows` and `from` as scripts/catalogue/finding/explore_data.py writes them. */
type FacetData = { key: string; title: string; choices: FacetChoice[]; rows: string; of?: string; from?: number[][] };
type FacetsData = { count: number; version: string; sort: Record<string, number[]>; facets: FacetData[] };
type Facet = {
  key: string;
  title: string;
  choices: FacetChoice[];
  place: Map<string, number>;
  /** The rows of each choice, as bits. */
  masks: Uint32Array[];
};
type Counted = { mask: Uint32Array; total: number; counts: Map<string, number[]> };
type FilterLine = { box: HTMLInputElement; count: HTMLElement; item: HTMLElement; shown: number };
type FilterGroup = {
  details: HTMLDetailsElement;
  chosen: HTMLElement;
  list: HTMLElement;
  lines: Map<string, FilterLine>;
};

/** A text, with its language where that is not the page's. */
type CardText = [text: string, language?: string];
type Card = [id: string, name: CardText, summary: CardText, where: string, acronym: string, isPartial: number];

/** What a click or a choice on the frame of the page does. */
type Actions = {
  sort: (sort: string) => void;
  view: (view: View) => void;
  download: (kind: DownloadKind) => void;
  /** Shows or hides the filters on a narrow screen. */
  fold: () => void;
  /** Goes from the filters to the results. */
  leave: () => void;
};
type DownloadKind = "csv" | "results" | "json";
/** What is taken away, its name in words and its address. */
type Taken = { rows: number[]; parts: string[]; address: string };

type Shape = { x: number; y: number; d: string; small: boolean };
type Marker = [row: number, x: number, y: number, town: Named, practice: Named];
type MapData = {
  width: number;
  height: number;
  land: string;
  shapes: Record<string, Shape>;
  disputed: [label: string, outline: string][];
  markers: Marker[];
};
/** A country with how many of the selected practices. */
type CountryCount = { id: string; label: string; n: number };

// Words --------------------------------------------------------------------------------------------------------------

/** A code is the difference to the row before times 16, plus a weight. */
type Stem = [stem: string, ...codes: number[]];
type Shard = { words: Record<string, number | number[]>; stems: Stem[] };
type WordIndex = { endings: [off: string, on: string][]; common: string[]; shards: string[] };
/** A folded word, in how many practices, and as written where that differs. */
type KnownWord = [word: string, times: number, written?: string];
type WordNote = {
  kind:
    | "corrected"
    | "did_you_mean"
    | "unknown_word"
    | "some_words"
    | "with_all"
    | "with_some"
    | "only_common"
    | "no_words";
  word?: string;
  instead?: string;
};
/** The stems that a word stands for, and the words of the catalogue that share them. */
type Match = { stems: Stem[]; shown: string[] };
type LookedUp = { word: string; written: string; instead?: string; match: Match | null; notes: WordNote[] };
type Joined = {
  /** How well each row fits. */
  scores: Float64Array;
  /** The rows that fit. */
  mask: Uint32Array;
  /** The words of the catalogue that count as those that were looked for. */
  shown: Set<string>;
  notes: WordNote[];
};
/** `groups`: for every word the words that count as it; `said`: what was looked for in the end. */
type Found = Joined & { groups: string[][]; said: string };
type Passages = typeof import("./explore/passages.js");
/** What marks the words that were looked for and speaks of them. */
type Helpers = { passages: Passages; notices: typeof import("./explore/notices.js") };
type Finder = { words: import("./explore/words.js").Words } & Helpers;
type Search = { found: Found } & Helpers;
/** The words that were looked for, and what marks them. */
type Marking = { shown: Set<string>; passages: Passages };
/** Its address, its text, and the folded words of its text and of its answer. */
type Question = [path: string, text: Named, own: string, more: string];
