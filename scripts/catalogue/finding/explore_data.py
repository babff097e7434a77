"""What the explore page and the search box read: filters as compact codes, cards, names, the map and words.

Rows are practices in the order of display where nothing else decides: what is done in places first, global machinery
after it, each the best documented first. Every file but `facets.json` is asked for with the version that stands there,
so that a browser never joins the rows of one build with the words of another.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from catalogue.fields import FIELDS
from catalogue.finding import search_index
from catalogue.languages import BY_CODE, CODES
from catalogue.model import Practice, Text, YearOrMonth
from catalogue.presenting.configuration import MAX_QUERY
from catalogue.presenting.context import PageContext
from catalogue.presenting.page import Page
from catalogue.presenting.rendering import json_script, one_line
from catalogue.presenting.site import Site
from catalogue.presenting.versions import version
from catalogue.presenting.world_map import WorldMap
from catalogue.relating import completeness
from catalogue.relating.evidence import EVIDENCE_ORDER
from catalogue.relating.indexes import IndexEntry
from catalogue.text import id_in_address, sort_key

PER_SHARD = 10
"""How many cards a file holds: two files make the first page, and a page of scattered ones brings little else along."""

LOCAL_LEVELS = ("local", "province", "national")
"""Levels of what is done in a place, rather than of machinery above it."""

POPULATION_BANDS = (0, 20_000, 100_000, 500_000, 1_000_000)
"""The smallest number of inhabitants of each band of places."""

START_BANDS = (0, 1990, 2000, 2010, 2015, 2020)
"""The first year of each band of start years."""

NOT_CHECKED = "never"

INDEX_OF: dict[str, str] = {
    "theme": "themes",
    "country": "countries",
    "region": "regions",
    "actor": "actors",
    "group": "groups",
    "stage": "stages",
    "level": "levels",
    "kind": "kinds",
    "evidence": "evidence",
    "result": "result-types",
    "outcome": "outcomes",
    "status": "status",
    "goal": "sdgs",
    "target": "sdgs",
    "gcm": "gcm",
    "dimension": "dimensions",
    "engagement": "engagement",
    "access": "access",
    "grouping": "groupings",
    "organisation": "organisations",
    "document": "documents",
}
"""The filters that an index stands behind, by their names in the address."""

ORDER = (
    "theme", "country", "region", "actor", "group", "stage", "level", "kind", "evidence", "result", "outcome", "status",
    "size", "start", "described", "checked", "goal", "target", "gcm", "dimension", "engagement", "access", "lang",
    "grouping", "organisation", "document",
)  # fmt: skip
"""The filters in the order of display."""

INDEX_OF |= {field.filter: field.terms[""] for field in FIELDS if field.filter}

FILTERS = (*ORDER, *(field.filter for field in FIELDS if field.filter))
"""All filters: the ones above, and after them those that a field of the table asks for."""

LONG = ("country", "target", "organisation")
"""Filters that only list what the catalogue uses at all: most of their terms would be no choice."""


@dataclass(frozen=True)
class Facet:
    """A filter: its name in the address, its title, its choices as (id, label), and the choices of each practice."""

    key: str
    title: str
    choices: tuple[tuple[str, str], ...]
    of: Mapping[str, tuple[str, ...]]


def link_key(entry: IndexEntry) -> str | None:
    """The filter that an entry of an index is a choice of, or None where there is no such filter."""
    if entry.index == "sdgs":
        return "goal" if entry.heading else "target"
    return next((key for key, name in INDEX_OF.items() if name == entry.index), None)


def _index_facet(key: str, ctx: PageContext) -> Facet:
    atlas, name = ctx.atlas, INDEX_OF[key]
    entries = list(atlas.indexes[name].entries.values())
    if name == "sdgs":
        entries = [entry for entry in entries if entry.heading == (key == "goal")]
    if key in LONG:
        entries = [entry for entry in entries if entry.practices]
    if key in ("country", "organisation"):
        entries.sort(key=lambda entry: sort_key(ctx.plain(entry.label)))
    if key == "region":
        entries = [entry for entry in entries if entry.id != "world" or entry.practices]
    ids = {entry.id for entry in entries}
    title = ctx.t(f"explore.filters.{key}")
    choices = tuple((entry.slug, ctx.entry_label(entry)) for entry in entries)
    of = {
        practice: tuple(id_in_address(term) for term in membership[name] if term in ids)
        for practice, membership in atlas.members.items()
    }
    return Facet(key, title, choices, of)


def _years(
    ctx: PageContext, key: str, year_of: Mapping[str, int | None]
) -> tuple[list[tuple[str, str]], dict[str, Any]]:
    """Choices 'since a year' for the years that occur, the latest first; a practice falls under each that it meets."""
    years = sorted({year for year in year_of.values() if year is not None}, reverse=True)
    choices = [(str(year), ctx.t(f"explore.since.{key}", year=year)) for year in years]
    of = {
        practice: tuple(str(other) for other in years if year is not None and year >= other)
        for practice, year in year_of.items()
    }
    return choices, of


def _band(value: int, starts: Sequence[int]) -> str:
    return str(max(start for start in starts if start <= value))


def _band_label(ctx: PageContext, key: str, starts: Sequence[int], position: int) -> str:
    number = ctx.local.number if key == "size" else str
    low = number(starts[position])
    if position == len(starts) - 1:
        return ctx.t(f"explore.bands.{key}_from", low=low)
    high = starts[position + 1]
    if position == 0:
        return ctx.t(f"explore.bands.{key}_below", high=number(high))
    return ctx.t(f"explore.bands.{key}_between", low=low, high=number(high if key == "size" else high - 1))


def year_of(value: YearOrMonth | None) -> int | None:
    """The year of a year, or of a year and month."""
    return None if value is None else int(str(value)[:4])


def _own_facet(key: str, ctx: PageContext) -> Facet:
    """A filter that no index stands behind."""
    practices = ctx.atlas.catalogue.practices
    choices: list[tuple[str, str]]
    of: dict[str, tuple[str, ...]]
    if key == "lang":
        choices = [(code, ctx.local.language_name(code)) for code in CODES]
        of = {
            id_: tuple(code for code in CODES if code not in completeness.missing_languages(p))
            for id_, p in practices.items()
        }
    elif key in ("size", "start"):
        starts = POPULATION_BANDS if key == "size" else START_BANDS
        choices = [(str(start), _band_label(ctx, key, starts, n)) for n, start in enumerate(starts)]
        values = {
            id_: [place.population for place in p.places] if key == "size" else [year_of(p.period.start)]
            for id_, p in practices.items()
        }
        of = {
            id_: tuple(dict.fromkeys(_band(value, starts) for value in found if value is not None))
            for id_, found in values.items()
        }
    elif key == "described":
        choices, of = _years(ctx, key, {id_: p.described_as_of for id_, p in practices.items()})
    else:
        checked = {id_: int(p.verified.day[:4]) if p.verified else None for id_, p in practices.items()}
        choices, of = _years(ctx, key, checked)
        choices.append((NOT_CHECKED, ctx.t("explore.never_checked")))
        of |= {id_: (NOT_CHECKED,) for id_, year in checked.items() if year is None}
    return Facet(key, ctx.t(f"explore.filters.{key}"), tuple(choices), of)


def facets(ctx: PageContext) -> list[Facet]:
    """Every filter in the order of display."""
    return [_index_facet(key, ctx) if key in INDEX_OF else _own_facet(key, ctx) for key in FILTERS]


def ordered(ctx: PageContext) -> list[Practice]:
    """The practices in the order of the rows."""

    def key(practice: Practice) -> tuple[bool, tuple[int, int, str]]:
        in_place = any(level in LOCAL_LEVELS for level in practice.levels)
        return not in_place, completeness.documentation_rank(practice)

    return sorted(ctx.atlas.catalogue.practices.values(), key=key)


_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def _base36(number: int) -> str:
    high, low = divmod(number, 36)
    return (_base36(high) if high else "") + _DIGITS[low]


FOLLOWS: Mapping[str, str] = {"goal": "target", "dimension": "theme", "region": "country"}
"""Filters whose choices mostly follow from those of another one, and need not be written for every practice."""


def _sources(ctx: PageContext, facet: Facet, other: Facet) -> list[list[int]]:
    """For every choice of a filter the positions of the choices of the other one from which it follows."""
    vocabularies = ctx.atlas.catalogue.vocabularies

    def following(choice: str) -> tuple[str, ...]:
        if facet.key == "goal":
            return (choice.split("-")[0],)
        if facet.key == "dimension":
            return vocabularies["themes"][choice].dimensions
        return ctx.atlas.regions_of[choice.upper()]

    found: dict[str, list[int]] = {choice: [] for choice, _ in facet.choices}
    for position, (choice, _) in enumerate(other.choices):
        for result in following(choice):
            found[result].append(position)
    return list(found.values())


def _written(ctx: PageContext, facet: Facet, by_key: Mapping[str, Facet], rows: Sequence[Practice]) -> dict[str, Any]:
    """A filter as it stands in the file: `rows` has only what does not follow from the filter that `of` names."""
    data: dict[str, Any] = {"key": facet.key, "title": facet.title, "choices": facet.choices}
    follows: dict[str, set[str]] = {}
    if facet.key in FOLLOWS:
        other = by_key[FOLLOWS[facet.key]]
        data |= {"of": other.key, "from": _sources(ctx, facet, other)}
        for (choice, _), sources in zip(facet.choices, data["from"], strict=True):
            for source in sources:
                follows.setdefault(other.choices[source][0], set()).add(choice)

    def own(practice: str) -> tuple[str, ...]:
        known = {choice for source in other.of[practice] for choice in follows.get(source, ())} if follows else set()
        return tuple(choice for choice in facet.of[practice] if choice not in known)

    return data | {"rows": _codes(facet.choices, [own(row.id) for row in rows])}


def _codes(choices: Sequence[tuple[str, str]], rows: Sequence[Sequence[str]]) -> str:
    """The choices of every row as base 36 positions: points part choices, commas rows."""
    position = {choice: _base36(n) for n, (choice, _) in enumerate(choices)}
    return ",".join(".".join(position[choice] for choice in row) for row in rows)


def _ranks(values: Sequence[Any]) -> list[int]:
    """The place of every value among the distinct ones, from 0."""
    place = {value: n for n, value in enumerate(sorted(set(values)))}
    return [place[value] for value in values]


def facets_data(ctx: PageContext, rows: Sequence[Practice]) -> dict[str, Any]:
    """The whole of `facets.json` but its version."""
    found = {facet.key: facet for facet in facets(ctx)}
    return {
        "count": len(rows),
        # Three orders; smaller comes first, and equal ones stay in the order of the rows.
        "sort": {
            "name": _ranks([sort_key(ctx.plain(row.name)) for row in rows]),
            "newest": [-rank for rank in _ranks([row.added or "" for row in rows])],
            "documented": _ranks([completeness.documentation_rank(row)[:2] for row in rows]),
        },
        "facets": [_written(ctx, facet, found, rows) for facet in found.values()],
    }


def _said(ctx: PageContext, text: Text) -> list[str]:
    """A text as the page shows it, and its language where it is not the page's."""
    code = ctx.language_of(text)
    flat = one_line(text[code])
    return [flat] if code == ctx.language else [flat, code]


def _named(ctx: PageContext, text: Text) -> str | list[str]:
    """A text as the page shows it: alone, or with its language where it is not the page's."""
    said = _said(ctx, text)
    return said if len(said) > 1 else said[0]


def card(ctx: PageContext, practice: Practice) -> list[Any]:
    """What a card shows beside its codes: id, name, summary, where, and whether texts are missing in this language."""
    name, summary = _said(ctx, practice.name), _said(ctx, practice.summary)
    return [practice.id, name, summary, ctx.where(practice), practice.acronym or "", int(ctx.is_partial(practice))]


def names(ctx: PageContext) -> list[list[Any]]:
    """What the header suggests: kind, name, address below the root of the language, other names.

    A name that is not in the page's language is a list of the name and its language.
    """
    found: list[list[Any]] = []
    for practice in ctx.atlas.catalogue.practices.values():
        others = [practice.acronym or "", *practice.also_known_as, *practice.local_names.values()]
        others += [text for code, text in practice.name.items() if code != ctx.language]
        path = f"practices/{practice.id}/"
        found.append(["practices", _named(ctx, practice.name), path, *dict.fromkeys(filter(None, others))])
    asked = ctx.atlas.catalogue.questions.values()
    found += [["questions", _named(ctx, question.question), f"questions/{question.id}/"] for question in asked]
    for name, index in ctx.atlas.indexes.items():
        used = (entry for entry in index.entries.values() if entry.practices)
        found += [[name, ctx.entry_label(entry), entry.path] for entry in used]
    return found


def questions(ctx: PageContext) -> list[list[Any]]:
    """Every question: address, text (as in `names`), the folded words of text and themes, and what its answer adds."""
    found = []
    for question in ctx.atlas.catalogue.questions.values():
        text = ctx.plain(question.question)
        answer = [ctx.plain(question.answer), ctx.plain(question.unknown)]
        own = search_index.looked_for(ctx, " ".join([text, *(ctx.label("themes", t) for t in question.themes)]))
        more = search_index.looked_for(ctx, " ".join([*answer, *(ctx.plain(pick.why) for pick in question.picks)]))
        shown = _named(ctx, question.question)
        found.append([f"questions/{question.id}/", shown, " ".join(sorted(own)), " ".join(sorted(more - own))])
    return found


def _kinds(ctx: PageContext) -> dict[str, str]:
    """What each kind of suggestion is called."""
    return {name: ctx.index_text(name, "singular") for name in ("practices", "questions", *ctx.atlas.indexes)}


def map_data(ctx: PageContext, world: WorldMap, rows: Sequence[Practice]) -> dict[str, Any]:
    """The map: outlines by the slug of the country, disputed areas, and a marker for each place.

    A marker is the row, x, y, and the names of the place and of the practice (as in `names`).
    """
    used = ctx.codes_with_practices()
    row_of = {row.id: n for n, row in enumerate(rows)}
    shapes = {}
    for code in used:
        shape = world.shapes[code]
        small = ctx.is_small(shape)
        shapes[id_in_address(code)] = {"x": shape.x, "y": shape.y, "d": shape.outline or "", "small": small}
    return {
        "width": world.width,
        "height": world.height,
        "land": world.background(used),
        "shapes": shapes,
        "disputed": [[ctx.plain(area.label), area.outline] for area in world.disputed],
        "markers": [
            [row_of[m.practice.id], m.x, m.y, _named(ctx, m.place.name), _named(ctx, m.practice.name)]
            for m in world.markers(rows)
        ],
    }


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True) + "\n"


def files(ctx: PageContext, world: WorldMap) -> Iterator[tuple[str, str]]:
    """Every file that the browser may ask for: path below the root of the language, and text."""
    rows = ordered(ctx)
    rest = {f"explore/{path}": _json(data) for path, data in _rest(ctx, world, rows)}
    data = facets_data(ctx, rows)
    whole = {**rest, "explore/facets.json": _json(data)}
    data["version"] = version({path: text.encode() for path, text in whole.items()})
    yield from {**whole, "explore/facets.json": _json(data)}.items()


def _rest(ctx: PageContext, world: WorldMap, rows: Sequence[Practice]) -> Iterator[tuple[str, object]]:
    """Every file but `facets.json`: path below `explore/`, and data."""
    cards = [card(ctx, row) for row in rows]
    index = search_index.index(ctx, rows)
    yield "ids.json", [row.id for row in rows]
    for start in range(0, len(cards), PER_SHARD):
        yield f"cards/{start // PER_SHARD}.json", cards[start : start + PER_SHARD]
    for row in rows:
        yield f"texts/{row.id}.json", search_index.texts(ctx, row)
    for name, shard in index.shards.items():
        yield f"words/{name}.json", shard
    yield "words/index.json", {"endings": index.endings, "common": index.common, "shards": sorted(index.shards)}
    yield "words/all.json", index.words
    yield "names.json", {"kinds": _kinds(ctx), "names": names(ctx)}
    yield "questions.json", questions(ctx)
    yield "map.json", map_data(ctx, world, rows)


def part_title(ctx: PageContext, part: str) -> str:
    """What a part of the search is called: the title of its row, or a string of its own where it has none."""
    return ctx.t(f"explore.parts.{part}" if part in PARTS_WITHOUT_ROW else f"fields.{part}.title")


PARTS_WITHOUT_ROW = frozenset({"names", "places", "terms", "organisations"})
"""Parts of the search that join several fields."""


def settings(ctx: PageContext) -> Markup:
    """What the page's script needs to know at once, as JSON for a script element: words, orders and limits."""
    words = dict(ctx.local.lookup("explore.script"))
    words["colon"] = ctx.t("colon")
    # The data to take away stand once, at the root of the whole site.
    data = ctx.up + BY_CODE[ctx.language].to_root + "data/"
    return json_script(
        {
            "language": ctx.language,
            "root": ctx.up,
            "data": data,
            "words": words,
            "evidence": EVIDENCE_ORDER,
            "parts": [(part, part_title(ctx, part)) for part in search_index.PARTS],
            "limits": {"query": MAX_QUERY, "cards": PER_SHARD},
        }
    )


def pages(site: Site) -> Iterator[Page]:
    """The explore page."""
    own = site.context(1)
    title, description = own.t("explore.title"), own.t("explore.description")
    values = {"settings": settings(own), "max_query": MAX_QUERY}
    yield Page("explore/", "explore.md.j2", title, description, "explore", (), values)
