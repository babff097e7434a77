"""The table of fields: for each field of a record what it holds, and where the site shows, finds and counts it.

Everything that goes through the fields of a record reads this table: indexes, completeness, filters, the words that
are searched, passages, the comparison, the CSV columns, and the facts, sections and contents of the practice page. A
test holds that the table, the model and the schema have the same fields and the same vocabularies.

The order of the table is the order of the practice page and of the comparison.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, is_dataclass
from enum import Enum, auto
from functools import cache
from typing import Any, get_type_hints

from catalogue.model import Practice, Text


class Kind(Enum):
    """What a field holds, and so how it is shown where nothing else is said."""

    TEXT = auto()
    """A text in languages."""
    PARAGRAPHS = auto()
    """Texts with their sources."""
    TERMS = auto()
    """One term of a vocabulary, or a list of them."""
    VALUE = auto()
    """A code, name, number, date or address, or a list of them."""
    RECORD = auto()
    """Fields of its own, once or in a list; `presenting.values` has a function of the field's name."""


class Place(Enum):
    """Where the practice page shows a field."""

    HEAD = auto()
    """Around the title, where the template says how."""
    FACT = auto()
    """A line of the key facts."""
    SECTION = auto()
    """A section with a heading, named in the contents of the page."""
    FOOT = auto()
    """Sources, related practices and what is about the record itself, where the template says how."""
    NOWHERE = auto()


@dataclass(frozen=True)
class Field:
    """A field of a record.

    `terms` maps what holds the terms (the path below the field, empty for the field itself) to the vocabulary and index
    that they are of. `search` is how much a word counts that stands in the field; 0 leaves it out. `part` is the name
    under which the search counts it, where several fields share one. `rows` are the lines that facts and comparison
    make of the field: none, one of its own name, or several. `filter` names the filter of the explore page by which the
    field's own terms are chosen.
    """

    name: str
    kind: Kind
    place: Place
    terms: Mapping[str, str] = field(default_factory=dict)
    search: int = 0
    part: str = ""
    rows: tuple[str, ...] | None = None
    recommended: bool = False
    csv: bool = False
    filter: str = ""

    @property
    def shown_rows(self) -> tuple[str, ...]:
        """The names of the lines that facts and comparison make of the field."""
        if self.rows is not None:
            return self.rows
        return (self.name,) if self.place in (Place.FACT, Place.SECTION) else ()

    @property
    def search_part(self) -> str:
        """The name under which the search counts the field."""
        return self.part or self.name


def _terms(vocabulary: str) -> dict[str, str]:
    return {"": vocabulary}


_TEXT, _PARAGRAPHS, _TERMS, _VALUE, _RECORD = Kind
_HEAD, _FACT, _SECTION, _FOOT, _NOWHERE = Place

FIELDS: tuple[Field, ...] = (
    Field("id", _VALUE, _NOWHERE, csv=True),
    Field("aliases", _VALUE, _NOWHERE),
    Field("name", _TEXT, _HEAD, search=12, csv=True),
    Field("acronym", _VALUE, _HEAD, search=10, part="names"),
    Field("also_known_as", _VALUE, _HEAD, search=10, part="names"),
    Field("local_names", _VALUE, _HEAD, search=10, part="names"),
    Field("summary", _TEXT, _HEAD, search=4, rows=("summary",), csv=True),
    Field("countries", _TERMS, _FACT, _terms("countries"), search=4, part="places", rows=("where",), csv=True),
    Field("region", _TERMS, _FACT, _terms("regions"), search=4, part="places", csv=True),
    Field("places", _RECORD, _HEAD, search=4, csv=True),
    Field("groupings", _TERMS, _FACT, _terms("groupings")),
    Field("origins", _TERMS, _FACT),
    Field("kind", _TERMS, _FACT, _terms("kinds"), csv=True),
    Field("levels", _TERMS, _FACT, _terms("levels"), recommended=True, csv=True),
    Field("status", _TERMS, _FACT, _terms("status"), csv=True),
    Field("status_note", _RECORD, _HEAD),
    Field("period", _RECORD, _FACT, recommended=True, csv=True),
    Field("phases", _RECORD, _FACT),
    Field("described_as_of", _VALUE, _FACT, csv=True),
    Field("verified", _RECORD, _FACT, {"how": "verification"}, recommended=True, csv=True),
    Field("organisations", _RECORD, _FACT, {"roles": "roles"}, search=2, rows=("leads", "partners"), csv=True),
    Field("themes", _TERMS, _HEAD, _terms("themes"), search=8, part="terms", rows=("themes",), csv=True),
    Field("target_groups", _TERMS, _FACT, _terms("groups"), search=8, part="terms", recommended=True, csv=True),
    Field("stages", _TERMS, _FACT, _terms("stages"), recommended=True, csv=True),
    Field("access", _TERMS, _FACT, _terms("access")),
    Field("engagement", _RECORD, _FACT, {"level": "engagement", "of": "engaged-parties"}),
    Field("context", _PARAGRAPHS, _SECTION, search=2, recommended=True),
    Field("approach", _PARAGRAPHS, _SECTION, search=2),
    Field("steps", _RECORD, _SECTION, {"basis": "step-bases"}, search=2, recommended=True),
    Field(
        "results",
        _RECORD,
        _SECTION,
        {
            "type": "result-types",
            "method": "methods",
            "by": "counted-by",
            "direction": "directions",
            "outcome": "outcomes",
        },
        search=1,
        recommended=True,
        csv=True,
    ),
    Field("lessons", _RECORD, _SECTION, {"kind": "lesson-kinds"}, search=1, recommended=True),
    Field("needs", _RECORD, _SECTION, {"need": "needs"}, search=1, recommended=True),
    Field("costs", _RECORD, _SECTION, {"per": "cost-units"}, search=1, recommended=True, csv=True),
    Field("staff", _RECORD, _SECTION, search=1, csv=True),
    Field("materials", _RECORD, _SECTION, {"what": "material-kinds"}, search=1, recommended=True, csv=True),
    Field("adaptations", _RECORD, _SECTION, search=1, csv=True),
    Field("transferability", _PARAGRAPHS, _SECTION, search=1, recommended=True),
    Field("unknown", _TEXT, _SECTION, csv=True),
    Field("updates", _RECORD, _SECTION, search=1),
    Field("sdg_targets", _RECORD, _FACT, {"target": "sdgs", "basis": "bases"}, recommended=True, csv=True),
    Field("gcm_objectives", _RECORD, _FACT, {"objective": "gcm", "basis": "bases"}, recommended=True, csv=True),
    Field("selection_basis", _TERMS, _FACT, _terms("selection")),
    Field("website", _VALUE, _FACT, recommended=True, csv=True),
    Field("same_as", _VALUE, _FACT),
    Field("sources", _RECORD, _FOOT, rows=("sources",), csv=True),
    Field("found_in", _RECORD, _FOOT),
    Field("related", _RECORD, _FOOT, {"relation": "relations"}),
    Field("added", _VALUE, _FOOT, csv=True),
    Field("changes", _RECORD, _FOOT),
)
"""Every field of a record, in the order of the practice page."""

BY_NAME: Mapping[str, Field] = {found.name: found for found in FIELDS}
"""The fields by name."""

TRANSLATION = "translation"
"""The recommended part of a record that is no field: every text in every language of the site."""

RECOMMENDED = (*(found.name for found in FIELDS if found.recommended), TRANSLATION)
"""The parts that make a full record."""


def items(value: Any) -> Iterator[Any]:
    """A value as the items of a list: none where there is nothing, several of a list, one of anything else."""
    if isinstance(value, tuple):
        yield from value
    elif value not in (None, "", {}):
        yield value


def values_at(value: Any, path: str) -> Iterator[Any]:
    """What stands under a dotted path of attributes, through all lists on the way."""
    name, _, rest = path.partition(".")
    for item in items(getattr(value, name)):
        yield from values_at(item, rest) if rest else items(item)


def terms_of(practice: Practice) -> Iterator[tuple[str, Any]]:
    """The vocabulary and id of every term that a practice names, in the order of the table."""
    for found in FIELDS:
        for below, vocabulary in found.terms.items():
            path = f"{found.name}.{below}" if below else found.name
            yield from ((vocabulary, term) for term in values_at(practice, path))


_UNTRANSLATED = frozenset({"local_names"})
"""Texts in languages that are names in the languages of a place, not translations of each other."""


@cache
def _parts_of(kind: Any) -> tuple[tuple[str, bool], ...]:
    """The attributes of a class that may hold texts, and whether each is one itself."""
    hints = get_type_hints(kind)
    return tuple((name, hint in (Text, Text | None)) for name, hint in hints.items() if name not in _UNTRANSLATED)


def texts_in(value: Any) -> Iterator[Text]:
    """Every text in languages that a value holds, whatever its depth."""
    if is_dataclass(value):
        for name, is_text in _parts_of(value.__class__):
            inner = getattr(value, name)
            if is_text:
                if inner:
                    yield inner
            else:
                yield from texts_in(inner)
    elif isinstance(value, tuple):
        for item in value:
            yield from texts_in(item)
    elif isinstance(value, Mapping):
        for item in value.values():
            if not isinstance(item, str):
                yield from texts_in(item)
