"""The words of the practices of one language, cut into files by their first two letters.

A word is kept as readers type it: small letters, no accents, `oe` for `œ`, split at apostrophes and dashes. Words of
one stem (Snowball) share one list of practices, unless the strings keep them apart: housing is not a matter of houses,
nor are data (`données`) what is given. The browser needs no stemmer: it looks a word up, and for a word that
the catalogue does not hold it tries the endings that the stemmer changed here (`-ies` to `-i`), the commonest first.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

import snowballstemmer

from catalogue.fields import FIELDS, Field, Kind, items
from catalogue.languages import BY_CODE, CODES
from catalogue.model import Practice, Text
from catalogue.presenting.context import PageContext
from catalogue.presenting.rendering import one_line
from catalogue.presenting.values import pieces
from catalogue.relating.indexes import WORLD
from catalogue.text import fold

WEIGHTS: Mapping[str, int] = {field.search_part: field.search for field in FIELDS if field.search}
"""How much a word counts by the part of the record that it stands in."""

SHOWN_ANYWAY = frozenset({"name", "summary"})
"""The parts that the page shows of every practice."""

PARTS = tuple(sorted((part for part in WEIGHTS if part not in SHOWN_ANYWAY), key=lambda part: -WEIGHTS[part]))
"""The parts in which the page looks for a passage to show: those that count most first, then in the page's order."""

MOST = 3
"""How often a word counts in one part."""

_WORD = re.compile(r"\w+")  # the same, ten times as fast, where there is no mark


@cache
def _marks() -> tuple[frozenset[str], re.Pattern[str]]:
    """All marks, and a word with them: they belong to the letter before them.

    Gathering them takes a tenth of a second, which commands that look for no words should not wait for.
    """
    marks = "".join(chr(code) for code in range(0x300, 0x20000) if unicodedata.category(chr(code)).startswith("M"))
    return frozenset(marks), re.compile(rf"[\w{re.escape(marks)}]+")


def surface_words(text: str) -> list[str]:
    """The words of a text as written, in small letters; single letters, as elisions leave them, are among them."""
    composed = unicodedata.normalize("NFC", text.lower()).replace("_", " ")
    if composed.isascii():
        return _WORD.findall(composed)
    marks, marked_word = _marks()
    return (_WORD if marks.isdisjoint(composed) else marked_word).findall(composed)


def is_word(folded: str) -> bool:
    """Whether a folded word is one that can be looked for: single letters are not."""
    return len(folded) > 1 or folded.isdecimal()


def parts(ctx: PageContext, practice: Practice) -> dict[str, list[Text]]:
    """Everything that is searched, by part."""
    found: dict[str, list[Text]] = {part: [] for part in WEIGHTS}
    for field in FIELDS:
        if field.search:
            found[field.search_part] += _searched(ctx, practice, field)
    return {part: [text for text in texts if text] for part, texts in found.items()}


def _searched(ctx: PageContext, practice: Practice, field: Field) -> list[Text]:
    """The texts of a field that are searched: those of the page, and other names of the same things."""
    if field.name in _NAMES:
        return _NAMES[field.name](ctx, practice)
    if field.terms and field.kind is Kind.TERMS:
        return [{ctx.language: ctx.label(field.terms[""], term)} for term in items(getattr(practice, field.name))]
    if field.kind is Kind.VALUE:
        return [{ctx.language: str(value)} for value in items(getattr(practice, field.name))]
    rows = field.shown_rows or (field.name,)
    return [piece.text for row in rows for piece in pieces(ctx, practice, row) if piece.text]


def _other_names(ctx: PageContext, practice: Practice) -> list[Text]:
    """The name in local languages, and in the other languages of the site."""
    others = {code: name for code, name in practice.name.items() if code in CODES and code != ctx.language}
    return [{code: name} for names in (practice.local_names, others) for code, name in names.items()]


def _regions(ctx: PageContext, practice: Practice) -> list[Text]:
    """The regions that the practice names, and those of its countries."""
    regions = [practice.region] if practice.region else []
    regions += [region for code in practice.countries for region in ctx.atlas.regions_of[code]]
    return [{ctx.language: ctx.label("regions", region)} for region in dict.fromkeys(regions) if region != WORLD]


def _organisations(ctx: PageContext, practice: Practice) -> list[Text]:
    """The names and acronyms of the organisations, in every language."""
    found: list[Text] = []
    for participant in practice.organisations:
        if participant.org:
            organisation = ctx.atlas.catalogue.organisations[participant.org]
            found += [organisation.name, organisation.acronym or {}]
        else:
            found.append(participant.name or {})
    return found


_NAMES: Mapping[str, Callable[[PageContext, Practice], list[Text]]] = {
    "name": lambda _, practice: [practice.name],
    "summary": lambda _, practice: [practice.summary],
    "local_names": _other_names,
    "places": lambda _, practice: [place.name for place in practice.places],
    "region": _regions,
    "organisations": _organisations,
    "adaptations": lambda _, practice: [text for copy in practice.adaptations for text in (copy.place, copy.text)],
}
"""Fields that are searched by more, or by other words, than the page shows of them."""


def texts(ctx: PageContext, practice: Practice) -> dict[str, list[Any]]:
    """What passages are cut from: for each part its text, and its language where all of it is in another one."""
    found: dict[str, list[Any]] = {}
    for part, of_part in parts(ctx, practice).items():
        if part not in PARTS or not of_part:
            continue
        joint = " " if part in _RUNNING else " · "
        words = joint.join(dict.fromkeys(one_line(ctx.plain(text)) for text in of_part))
        codes = {ctx.language_of(text) for text in of_part}
        found[part] = [words] if ctx.language in codes or len(codes) > 1 else [words, codes.pop()]
    return found


_RUNNING = frozenset(field.search_part for field in FIELDS if field.kind is Kind.PARAGRAPHS)
"""The parts whose texts are paragraphs of one text."""


@dataclass(frozen=True)
class WordIndex:
    """All words of one language.

    A shard maps its words to stems by position, and has for each stem its rows: the difference to the row before times
    16, plus a weight from 1 to 15. `words` are [word, number of practices, as written where that differs]. `endings`
    are [what a word loses, what it gets] for its stem; `common` the words that are too common to be looked for.
    """

    shards: Mapping[str, dict[str, Any]]
    words: list[list[Any]]
    endings: list[list[str]]
    common: list[str]


@lru_cache(maxsize=100_000)
def stem_of(word: str, language: str) -> str:
    """The folded stem of a word as written. The preview asks for the same ones at every edit."""
    stemmer = _stemmer(language)
    return fold(stemmer.stemWord(word) if stemmer else word)


@cache
def _stemmer(language: str) -> Any:
    algorithm = BY_CODE[language].stemmer
    return snowballstemmer.stemmer(algorithm) if algorithm else None


class _Stems(dict[str, tuple[str, str] | None]):
    """For a word as written its folded word and folded stem, each computed once; None for what is not looked for."""

    def __init__(self, language: str, common: Collection[str], apart: Iterable[str]) -> None:
        """`common` are folded words that are not looked for; `apart` words of one stem, blanks between, each group."""
        super().__init__()
        self._language = language
        self._common = common
        groups = [[fold(word) for word in group.split()] for group in apart]
        self._apart = {folded: group[0] for group in groups for folded in group}

    def __missing__(self, word: str) -> tuple[str, str] | None:
        folded = fold(word)
        found = None
        if folded not in self._common and is_word(folded):
            found = (folded, self._apart.get(folded) or stem_of(word, self._language))
        self[word] = found
        return found


def _common(ctx: PageContext) -> set[str]:
    return {fold(word) for word in ctx.local.lookup("explore.common_words").split()}


def looked_for(ctx: PageContext, text: str) -> set[str]:
    """The folded words of a text that can be looked for."""
    return {folded for word in surface_words(text) if is_word(folded := fold(word))} - _common(ctx)


def weighed(by_part: Mapping[str, Iterable[str]]) -> dict[str, int]:
    """The weight from 1 to 15 of every stem of a practice, from the stems of each part."""
    total: Counter[str] = Counter()
    for part, stems in by_part.items():
        for stem, times in Counter(stems).items():
            total[stem] += WEIGHTS[part] * min(times, MOST)
    return {stem: min(15, 1 + weight // 2) for stem, weight in total.items()}


def shard_of(word: str) -> str:
    """The file in which a folded word stands."""
    start = word[:2]
    return start if re.fullmatch(r"[a-z0-9]+", start) else "_"


def index(ctx: PageContext, rows: Sequence[Practice]) -> WordIndex:
    """The index of the practices in the order of the rows."""
    common = _common(ctx)
    known = _Stems(ctx.language, common, ctx.local.lookup("explore.kept_apart").splitlines())
    postings: dict[str, list[tuple[int, int]]] = {}
    times: Counter[str] = Counter()  # by word as written
    frequency: Counter[str] = Counter()  # practices, by folded word
    for number, practice in enumerate(rows):
        by_part: dict[str, list[str]] = {}
        folds: set[str] = set()
        for part, of_part in parts(ctx, practice).items():
            found = [word for text in of_part for word in surface_words(ctx.plain(text))]
            times.update(found)
            looked_for = [both for word in found if (both := known[word])]
            folds.update(folded for folded, _ in looked_for)
            by_part[part] = [stem for _, stem in looked_for]
        frequency.update(folds)
        for stem, weight in weighed(by_part).items():
            postings.setdefault(stem, []).append((number, weight))
    stems_of: dict[str, set[str]] = {}
    written: dict[str, Counter[str]] = {}
    for word, both in known.items():
        if both:
            stems_of.setdefault(both[0], set()).add(both[1])
            written.setdefault(both[0], Counter())[word] = times[word]
    for word, folded, others in _synonyms(ctx):
        found_under = [other for other in others if other in stems_of]
        if found_under:
            stems_of.setdefault(folded, set()).update(*(stems_of[other] for other in found_under))
            frequency[folded] = max(frequency[other] for other in (folded, *found_under))
            written.setdefault(folded, Counter({word: 0}))
    words = [_word(folded, frequency[folded], written[folded]) for folded in sorted(stems_of)]
    return WordIndex(_shards(stems_of, postings), words, _endings(stems_of), sorted(common))


def _synonyms(ctx: PageContext) -> Iterator[tuple[str, str, list[str]]]:
    """Words that readers use where the records use others: as written, folded, and the folded words of the records."""
    for line in ctx.local.lookup("explore.synonyms").splitlines():
        words, others = line.split(" = ")
        for word in words.split():
            yield word, fold(word), [fold(other) for other in others.split()]


def _word(folded: str, frequency: int, written: Counter[str]) -> list[Any]:
    # The commonest way of writing; of two equally common ones always the same.
    best = min(written, key=lambda word: (-written[word], word))
    return [folded, frequency] if best == folded else [folded, frequency, best]


def _shards(
    stems_of: Mapping[str, set[str]], postings: Mapping[str, list[tuple[int, int]]]
) -> dict[str, dict[str, Any]]:
    shards: dict[str, dict[str, Any]] = {}
    for word in sorted(stems_of):
        shard = shards.setdefault(shard_of(word), {"words": {}, "stems": {}})
        shard["words"][word] = sorted(stems_of[word])
        for stem in stems_of[word]:
            shard["stems"].setdefault(stem, None)
    for shard in shards.values():
        place = {stem: n for n, stem in enumerate(sorted(shard["stems"]))}
        # Most words have one stem: its position alone.
        positions = {word: [place[stem] for stem in stems] for word, stems in shard["words"].items()}
        shard["words"] = {word: found[0] if len(found) == 1 else found for word, found in positions.items()}
        shard["stems"] = [[stem, *_differences(postings[stem])] for stem in place]
    return shards


def _differences(rows: Iterable[tuple[int, int]]) -> Iterator[int]:
    before = 0
    for row, weight in rows:
        yield (row - before) * 16 + weight
        before = row


def _endings(stems_of: Mapping[str, set[str]]) -> list[list[str]]:
    """What the stemmer took off words and put on, as often as it was worth it, the commonest first."""
    counts: Counter[tuple[str, str]] = Counter()
    for word, stems in stems_of.items():
        for stem in stems:
            shared = 0
            while shared < min(len(word), len(stem)) and word[shared] == stem[shared]:
                shared += 1
            if shared >= 3:
                counts[word[shared:], stem[shared:]] += 1
    usual = [(ending, count) for ending, count in counts.items() if count > 2 or len(stems_of) < 2000]
    return [list(ending) for ending, _ in sorted(usual, key=lambda item: (-item[1], item[0]))]
