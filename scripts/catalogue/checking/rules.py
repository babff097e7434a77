"""Rules: what the schema cannot say of a record, and how rules are registered and run.

A rule has a name (that of its function, with dashes), a sentence (its docstring, which becomes its documentation), a
scope and a severity. Rules see records that may be wrong in shape, so they ask for nothing that they do not check.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from catalogue.languages import CODES
from catalogue.problems import Problem, Severity
from catalogue.reading.strict_yaml import Mark, Parsed, Path
from catalogue.text import name_key

Bounds = tuple[float, float, float, float]
"""West, south, east and north in degrees; west is greater than east where the box crosses the antimeridian."""


@dataclass(frozen=True)
class RecordFile:
    """A record as read: `path` to report, `stem` of the file name, `source` text, positions and data."""

    path: str
    stem: str
    source: str
    parsed: Parsed
    data: Mapping[str, Any]

    def entries(self, field: str) -> Iterator[tuple[Path, Mapping[str, Any]]]:
        """The mappings in a list field, each with its path."""
        items = self.data.get(field)
        for index, item in enumerate(items if isinstance(items, list) else []):
            if isinstance(item, dict):
                yield (field, index), item

    def strings(self, field: str) -> Iterator[tuple[Path, str]]:
        """The strings in a list field, each with its path."""
        items = self.data.get(field)
        for index, item in enumerate(items if isinstance(items, list) else []):
            if isinstance(item, str):
                yield (field, index), item

    @cached_property
    def texts(self) -> tuple[tuple[Path, Mapping[str, str]], ...]:
        """Every text in languages, with its path; not what things are called in languages of their own."""
        return tuple(_texts(self.data, ()))

    @cached_property
    def citations(self) -> tuple[tuple[Path, str], ...]:
        """Every place where the record names one of its sources, with the key that it names."""
        return tuple(
            found for field, value in self.data.items() if field != "sources" for found in _citations(value, (field,))
        )

    @cached_property
    def addresses(self) -> tuple[tuple[Path, str], ...]:
        """Every address in the record, with its path."""
        return tuple(_addresses(self.data, ()))

    def mapping(self, field: str) -> Mapping[str, Any]:
        """A mapping field, empty where it is missing or something else."""
        value = self.data.get(field)
        return value if isinstance(value, dict) else {}


def texts_of(value: Any) -> dict[str, str]:
    """What of a value is a text in languages; nothing where it is something else."""
    return {key: text for key, text in value.items() if isinstance(text, str)} if isinstance(value, dict) else {}


def _texts(value: Any, at: Path) -> Iterator[tuple[Path, Mapping[str, str]]]:
    if isinstance(value, list):
        for index, item in enumerate(value):
            if not isinstance(item, str):
                yield from _texts(item, (*at, index))
    elif isinstance(value, dict):
        if not value.keys().isdisjoint(CODES) and all(isinstance(text, str) for text in value.values()):
            if at[-1:] != ("local_names",):
                yield at, value
        else:
            for key, item in value.items():
                if not isinstance(item, str):
                    yield from _texts(item, (*at, key))


def _citations(value: Any, at: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from _citations(item, (*at, index))
    elif isinstance(value, dict):
        for key, item in value.items():
            if key == "sources" and isinstance(item, list):
                yield from (((*at, key, index), name) for index, name in enumerate(item) if isinstance(name, str))
            else:
                yield from _citations(item, (*at, key))


_ADDRESS_FIELDS = frozenset({"url", "archived", "website"})


def _addresses(value: Any, at: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(value, list):
        for index, item in enumerate(value):
            if at == ("same_as",) and isinstance(item, str):
                yield (*at, index), item
            else:
                yield from _addresses(item, (*at, index))
    elif isinstance(value, dict):
        for key, item in value.items():
            if isinstance(item, str) and key in _ADDRESS_FIELDS:
                yield (*at, key), item
            else:
                yield from _addresses(item, (*at, key))


@dataclass(frozen=True)
class Known:
    """What records may refer to: documents, practices (by id or earlier id), organisations with their names, boxes."""

    documents: Collection[str]
    organisations: Mapping[str, Mapping[str, str]]
    practices: Collection[str]
    bounds: Mapping[str, Bounds]
    aliases: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def organisations_by_name(self) -> Mapping[str, str]:
        """The ids of registered organisations by the keys of their names in every language."""
        return {name_key(name): org for org, names in self.organisations.items() for name in names.values()}


Finding = tuple[Path, str]
"""Where in the record, and what is wrong."""

RecordCheck = Callable[[RecordFile, Known], Iterator[Finding]]
CatalogueCheck = Callable[[list[RecordFile], Known], Iterator[tuple[RecordFile, Path, str]]]


@dataclass(frozen=True)
class Rule:
    """A rule: name, sentence, severity, and the check of one record or of all of them."""

    name: str
    sentence: str
    severity: Severity
    record_check: RecordCheck | None = None
    catalogue_check: CatalogueCheck | None = None


RULES: dict[str, Rule] = {}
"""All rules by name, in the order of their documentation."""


def _named(check: Callable[..., Any], severity: Severity, **checks: Any) -> None:
    name = check.__name__.replace("_", "-")
    sentence = (check.__doc__ or "").strip()
    RULES[name] = Rule(name, sentence, severity, **checks)


def record_rule(severity: Severity = Severity.ERROR) -> Callable[[RecordCheck], RecordCheck]:
    """Register a rule that looks at one record."""

    def register(check: RecordCheck) -> RecordCheck:
        _named(check, severity, record_check=check)
        return check

    return register


def catalogue_rule(severity: Severity = Severity.ERROR) -> Callable[[CatalogueCheck], CatalogueCheck]:
    """Register a rule that looks at all records together."""

    def register(check: CatalogueCheck) -> CatalogueCheck:
        _named(check, severity, catalogue_check=check)
        return check

    return register


def check(records: list[RecordFile], known: Known) -> list[Problem]:
    """Hold every rule against the records; the problems come in no particular order."""
    problems = []
    for rule in RULES.values():
        if rule.record_check is not None:
            for record in records:
                for at, message in rule.record_check(record, known):
                    problems.append(_problem(rule, record, at, message))
        if rule.catalogue_check is not None:
            for record, at, message in rule.catalogue_check(records, known):
                problems.append(_problem(rule, record, at, message))
    return problems


def _problem(rule: Rule, record: RecordFile, at: Path, message: str) -> Problem:
    mark: Mark = record.parsed.mark(at)
    return Problem(record.path, mark.line, mark.column, rule.name, message, rule.severity)


FOLDER_RULES: Mapping[str, str] = {
    "missing-file": "Every file that the build needs is there.",
    "not-a-record": "The folder practices/ holds records only: plain files whose names end in .yml.",
    "duplicate-term": "No term or register entry stands twice.",
    "stale-file": "Files derived from the vocabularies are up to date.",
    "released-id": "The id of a record that was published stays an id, or becomes an earlier id of another record.",
    "exceptable-rule": "An exception is made to a rule of judgement only, not to one that the pages rest on.",
    "unneeded-exception": "An exception to a rule that is not needed any more is deleted.",
}
"""What reading the folders holds, by the name that problems carry."""
