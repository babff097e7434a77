"""The vocabularies of `schema/vocabularies/`, and the enumerations that the schema takes from them."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from typing import Any

from catalogue.languages import CODES, shown_text
from catalogue.model import Term, Vocabulary
from catalogue.problems import Problem, did_you_mean, shown
from catalogue.reading.parsed import Parsed, Path

NAMES = (
    "themes", "actors", "sdgs", "gcm", "regions", "kinds", "levels", "stages", "groups", "dimensions",
    "engagement", "access", "evidence", "status", "groupings",
    "outcomes", "directions", "methods", "counted-by", "result-types", "lesson-kinds", "needs", "step-bases",
    "cost-units", "material-kinds", "roles", "engaged-parties", "bases", "relations", "selection", "verification",
    "lead-reasons",
)  # fmt: skip
"""All vocabularies, in the order in which the site lists them; each has a page, and so has each of its terms."""

ENUMERATIONS = "vocabularies.schema.json"
"""The file of the enumerations, which is derived."""

LABELS_APART = " · "
"""What stands between the labels of a term in the enumerations."""

COUNTRY_CODE = "country code"
"""The title of the enumeration of countries, which belongs to no vocabulary."""


def country_codes(regions: Vocabulary) -> list[str]:
    """The ISO 3166-1 alpha-2 codes that the regions hold, sorted."""
    return sorted(code for term in regions.terms for code in term.countries)


def _noun(label: str) -> str:
    """A label as it stands inside a sentence: 'Theme' becomes 'theme', 'SDG or target' stays."""
    return label if label[1:] != label[1:].lower() else label.lower()


def _labels(term: Term) -> str:
    """The labels of a term in the languages of the site."""
    return LABELS_APART.join(term.label[code] for code in CODES if code in term.label)


def definitions(vocabularies: Mapping[str, Vocabulary | None]) -> dict[str, Any]:
    """The enumerations as JSON Schema: one for each vocabulary, and one of countries.

    Of a vocabulary that is None nothing is known: it allows every text.
    """
    found: dict[str, Any] = {}
    for name in NAMES:
        vocabulary = vocabularies[name]
        if vocabulary is None:
            found[name] = {"type": "string"}
            continue
        usable = [term for term in vocabulary.terms if not term.heading]
        found[name] = {
            "title": _noun(shown_text(vocabulary.singular)),
            "type": "string",
            "enum": [term.id for term in usable],
            # Editors show these beside the choices.
            "markdownEnumDescriptions": [_labels(term) for term in usable],
        }
    regions = vocabularies["regions"]
    countries = {"title": COUNTRY_CODE, "type": "string"}
    found["countries"] = countries if regions is None else {**countries, "enum": country_codes(regions)}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": ENUMERATIONS,
        "$comment": "Generated from schema/vocabularies/ by 'make derive'; do not edit.",
        "$defs": found,
    }


def enumerations(vocabularies: Mapping[str, Vocabulary]) -> str:
    """The text of `schema/vocabularies.schema.json`."""
    return json.dumps(definitions(vocabularies), ensure_ascii=False, indent=2) + "\n"


def salvaged(name: str, data: Any) -> Vocabulary | None:
    """What a vocabulary of the wrong shape still says of its terms, or None where that is not sure of every term."""
    terms = data.get("terms") if isinstance(data, dict) else None
    if not isinstance(terms, list) or not all(isinstance(_id(term), str) and _has_codes(term) for term in terms):
        return None
    kept = [
        Term(
            id=term["id"],
            label=_text(term.get("label"), term["id"]),
            definition={},
            heading=term.get("heading") is True,
            countries=tuple(term.get("countries", ())),
        )
        for term in terms
    ]
    title = _text(data.get("title"), name)
    return Vocabulary(name, title, _text(data.get("singular"), "term"), {}, tuple(kept))


def _id(entry: Any) -> Any:
    return entry.get("id") if isinstance(entry, dict) else None


def _has_codes(term: Mapping[str, Any]) -> bool:
    codes = term.get("countries", [])
    return isinstance(codes, list) and all(isinstance(code, str) for code in codes)


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(value: Any, instead: str) -> dict[str, str]:
    """A text in each language of the site, with something in place of what is not there."""
    found = value if isinstance(value, dict) else {}
    return {language: found[language] if isinstance(found.get(language), str) else instead for language in CODES}


def check(data: Any, parsed: Parsed, path: str, dimensions: Collection[str] | None) -> list[Problem]:
    """What the schema cannot say of a vocabulary: ids stand once, parents and dimensions exist.

    `data` may be wrong in shape, which the schema tells. `dimensions` are the ids of the integration dimensions, None
    where they are not known.
    """
    terms = _list(data.get("terms") if isinstance(data, dict) else None)
    ids = [_id(term) for term in terms]
    problems = []

    def tell(at: Path, rule: str, message: str) -> None:
        problems.append(Problem(path, *parsed.mark(at), rule, message))

    for index, term in enumerate(terms):
        if not isinstance(term, dict):
            continue
        at = ("terms", index)
        above = [found for found in ids[:index] if isinstance(found, str)]  # no term can stand under itself
        if term.get("id") in above:
            tell((*at, "id"), "duplicate-term", f"the term {shown(term['id'])} stands here a second time")
        parent = term.get("parent")
        if isinstance(parent, str) and parent not in above and all(isinstance(found, str) for found in ids):
            message = f"the parent {shown(parent)} is not a term above this one{did_you_mean(parent, above)}"
            tell((*at, "parent"), "unknown-term", message)
        for place, dimension in enumerate(_list(term.get("dimensions")) if dimensions is not None else ()):
            if isinstance(dimension, str) and dimension not in (dimensions or ()):
                message = f"{shown(dimension)} is not a dimension{did_you_mean(dimension, dimensions or ())}"
                tell((*at, "dimensions", place), "unknown-term", message)
    return problems
