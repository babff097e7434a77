"""Whatever a record says makes a difference where readers and programs look for it.

Each scalar of the full example is changed by itself, and what is made of the record has to change with it. A part of a
record that a page, the comparison or a data file forgets is found so, whatever it is called and wherever it stands.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import pytest
from tests.samples import FULL, SMALLEST, catalogue, example_data, examples, leaves, site_pages, vocabularies

from catalogue.fields import BY_NAME
from catalogue.finding import comparison, search_index
from catalogue.languages import CODES
from catalogue.model import Catalogue, Practice
from catalogue.pages import practices
from catalogue.publishing.exports import as_json, results_csv
from catalogue.reading.records import practice_of

Path = tuple[str | int, ...]

DATA = example_data()[FULL]


def spelt(path: Path) -> str:
    """A path without the numbers of lists: `results.claim.en`."""
    return ".".join(str(part) for part in path if not isinstance(part, int))


OTHERS: Mapping[str, tuple[Any, Any]] = {
    "org": ("iom", "aurora-foundation"),
    "document": ("metropolis-housing-note", None),
    "practice": ("oslo-job-mentors", None),
    "language": ("de", "fr"),
    "currency": ("USD", "CHF"),
    "country": ("SM", "IT"),
    "read": (None, "part"),
    "copy": (False, True),
    "start": (2014, 2013),
    "end": (2022, 2023),
    "accessed": ("2026-01-07", None),
    "as_of": ("2020-11-30", None),
    "day": ("2026-02-20", None),
    "added": ("2026-02-20", None),
}
"""Two values that a part of a record may have, by the last part of its path."""

BY_PATH: Mapping[str, Any] = {
    "region": "western-europe",
    "related.id": "oslo-job-mentors",
    "costs.by": "iom",
    "organisations.type": "media",
    "countries": "PT",
    "adaptations.countries": "BR",
    "origins": "BR",
}
"""Other values by the whole path."""


def another(path: Path, value: Any) -> Any:
    """A value that a record might have in this place instead; a source key becomes the other source."""
    last, name = path[-1], spelt(path)
    if name in BY_PATH:
        return BY_PATH[name]
    if name.endswith("sources") and isinstance(last, int):
        return next(key for key in DATA["sources"] if key != value)
    if last in OTHERS:
        first, second = OTHERS[str(last)]
        return second if value == first else first
    if (vocabulary := vocabulary_of(name)) is not None:
        used = {str(found) for other, found in leaves(DATA) if spelt(other) == name}
        terms = sorted(vocabularies()[vocabulary].usable(), key=lambda term: (term == str(value), term in used))
        return int(terms[0]) if isinstance(value, int) else terms[0]
    if isinstance(value, bool):
        return not value
    if isinstance(value, int | float):
        return value + 1
    return f"{value}x"


def vocabulary_of(name: str) -> str | None:
    """The vocabulary that the terms in this place are of."""
    field, _, below = name.partition(".")
    found = BY_NAME[field].terms.get(below)
    return found if found in vocabularies() else None


def with_another(path: Path) -> Practice:
    """The full example with one value changed."""
    data: Any = copy.deepcopy(DATA)
    node = data
    for part in path[:-1]:
        node = node[part]
    node[path[-1]] = another(path, node[path[-1]])
    return practice_of(data)


def whole(practice: Practice) -> Catalogue:
    return catalogue(practice, *(example for name, example in examples().items() if name != FULL))


# What is made of a record.


def page_of(practice: Practice, language: str) -> str:
    site = site_pages(whole(practice), language)
    (page,) = [page for page in practices.pages(site) if page.path == f"practices/{practice.id}/"]
    return site.render(page)


def compared(practice: Practice, language: str) -> str:
    found = comparison.of_practice(practice, site_pages(whole(practice), language).context(1))
    return json.dumps([found["name"], found["fields"]])


def searched(practice: Practice, language: str) -> str:
    parts = search_index.parts(site_pages(whole(practice), language).context(1), practice)
    return json.dumps([part for part in parts.items() if part[0] not in ("name", "names")])


def taken_away(practice: Practice, language: str) -> str:
    return as_json(whole(practice))


def results(practice: Practice, language: str) -> str:
    return results_csv(whole(practice))


LEFT_OUT: Mapping[Callable[[Practice, str], str], tuple[str, ...]] = {
    # An earlier address is a page of its own. The country of a place stands beside it, among the countries.
    page_of: ("aliases", "places.country"),
    # What it is called besides, what is about the record, where it is on the map, and what leads away from here.
    compared: (
        "aliases", "acronym", "also_known_as", "local_names", "selection_basis", "website", "same_as", "related",
        "found_in", "added", "changes", "places.country", "places.lat", "places.lon", "adaptations.practice",
        "sources.page.archived",
    ),
    taken_away: (),
}  # fmt: skip
"""What does not show in each of them, and why it need not."""


@cache
def as_it_is(made: Callable[[Practice, str], str], language: str) -> str:
    return made(examples()[FULL], language)


def language_of(path: Path) -> str:
    """The language in which a text shows; English for all that is no text."""
    return str(path[-1]) if path[-1] in CODES else "en"


LEAVES = [path for path, _ in leaves(DATA) if path[0] != "id"]


def named(path: Path) -> str:
    return ".".join(map(str, path))


@pytest.mark.parametrize("path", LEAVES, ids=named)
@pytest.mark.parametrize("made", LEFT_OUT, ids=lambda made: made.__name__)
def test_another_value_makes_a_difference(made: Callable[[Practice, str], str], path: Path) -> None:
    language = language_of(path)
    left_out = any(f"{spelt(path)}.".startswith(f"{name}.") for name in LEFT_OUT[made])
    assert (made(with_another(path), language) != as_it_is(made, language)) is not left_out


OF_RESULTS = [path for path in LEAVES if path[0] == "results"]


@pytest.mark.parametrize("path", OF_RESULTS, ids=named)
def test_whatever_a_result_says_stands_in_the_table_of_results(path: Path) -> None:
    assert results(with_another(path), "en") != as_it_is(results, "en")


SEARCHED = (
    "summary", "context", "approach", "steps.text", "results.claim", "lessons.text", "needs.text", "costs.text",
    "staff.text", "adaptations.text", "adaptations.place", "transferability", "updates.text", "places.name",
    "organisations.name",
)  # fmt: skip


@pytest.mark.parametrize("path", [path for path in LEAVES if spelt(path[:-1]).startswith(SEARCHED)], ids=named)
def test_every_text_about_the_practice_is_searched(path: Path) -> None:
    if path[-1] in CODES:
        language = str(path[-1])
        assert searched(with_another(path), language) != as_it_is(searched, language)


def test_the_example_is_full_and_another_value_is_another() -> None:
    assert {path[0] for path in LEAVES} | {"id"} == BY_NAME.keys()
    for path, value in leaves(DATA):
        assert another(path, value) != value, named(path)
    assert SMALLEST in whole(examples()[FULL]).practices
