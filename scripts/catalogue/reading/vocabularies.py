"""The vocabularies of `schema/vocabularies/`, and the enumerations that the schema takes from them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from catalogue.model import Vocabulary
from catalogue.problems import Problem, did_you_mean, shown
from catalogue.reading.strict_yaml import Parsed

NAMES = (
    "themes", "actors", "sdgs", "gcm", "regions", "kinds", "levels", "stages", "groups", "dimensions",
    "engagement", "access", "evidence", "status", "groupings",
    "outcomes", "directions", "methods", "counted-by", "result-types", "lesson-kinds", "needs", "step-bases",
    "cost-units", "material-kinds", "roles", "engaged-parties", "bases", "relations", "selection", "verification",
    "lead-reasons",
)  # fmt: skip
"""All vocabularies, in the order in which the site lists them; each has a page, and so has each of its terms."""


def country_codes(regions: Vocabulary) -> list[str]:
    """The ISO 3166-1 alpha-2 codes that the regions hold, sorted."""
    return sorted(code for term in regions.terms for code in term.countries)


def _noun(label: str) -> str:
    """A label as it stands inside a sentence: 'Theme' becomes 'theme', 'SDG or target' stays."""
    return label if label[1:] != label[1:].lower() else label.lower()


def enumerations(vocabularies: Mapping[str, Vocabulary]) -> str:
    """The text of `schema/vocabularies.schema.json`: an enumeration for each vocabulary, and one of countries."""
    definitions: dict[str, Any] = {}
    for name in NAMES:
        vocabulary = vocabularies[name]
        usable = [term for term in vocabulary.terms if not term.heading]
        definitions[name] = {
            "title": _noun(vocabulary.singular["en"]),
            "type": "string",
            "enum": [term.id for term in usable],
            # Editors show these beside the choices.
            "markdownEnumDescriptions": [f"{term.label['en']} · {term.label['fr']}" for term in usable],
        }
    definitions["countries"] = {
        "title": "country code",
        "type": "string",
        "enum": country_codes(vocabularies["regions"]),
    }
    document = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "vocabularies.schema.json",
        "$comment": "Generated from schema/vocabularies/ by 'make derive'; do not edit.",
        "$defs": definitions,
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def check(vocabulary: Vocabulary, parsed: Parsed, path: str, dimensions: Iterable[str]) -> list[Problem]:
    """What the schema cannot say of a vocabulary: ids stand once, parents and dimensions exist.

    `dimensions` are the ids of the integration dimensions.
    """
    ids = [term.id for term in vocabulary.terms]
    known_dimensions = list(dimensions)
    problems = []
    for index, term in enumerate(vocabulary.terms):
        at = ("terms", index)
        if term.id in ids[:index]:
            message = f"the term {shown(term.id)} stands here a second time"
            problems.append(Problem(path, *parsed.mark((*at, "id")), "duplicate-term", message))
        above = ids[:index]  # a parent stands before its children, so that no term can stand under itself
        if term.parent is not None and term.parent not in above:
            message = f"the parent {shown(term.parent)} is not a term above this one{did_you_mean(term.parent, above)}"
            problems.append(Problem(path, *parsed.mark((*at, "parent")), "unknown-term", message))
        for place, dimension in enumerate(term.dimensions):
            if dimension not in known_dimensions:
                message = f"{shown(dimension)} is not a dimension{did_you_mean(dimension, known_dimensions)}"
                problems.append(Problem(path, *parsed.mark((*at, "dimensions", place)), "unknown-term", message))
    return problems
