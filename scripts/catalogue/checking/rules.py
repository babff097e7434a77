"""Meaning: what the schema cannot say of a record, one small function for each rule.

A rule has a name (that of its function, with dashes), a sentence (its docstring, which becomes its documentation), a
scope and a severity. Rules see records that may be wrong in shape, so they ask for nothing that they do not check.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from catalogue.model import LANGUAGES
from catalogue.problems import Problem, Severity, did_you_mean, shown
from catalogue.reading.strict_yaml import Mark, Parsed, Path
from catalogue.text import RESERVED_ID, name_key

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

    def mapping(self, field: str) -> Mapping[str, Any]:
        """A mapping field, empty where it is missing or something else."""
        value = self.data.get(field)
        return value if isinstance(value, dict) else {}


def _texts(value: Any, at: Path) -> Iterator[tuple[Path, Mapping[str, str]]]:
    if isinstance(value, list):
        for index, item in enumerate(value):
            if not isinstance(item, str):
                yield from _texts(item, (*at, index))
    elif isinstance(value, dict):
        if not value.keys().isdisjoint(LANGUAGES) and all(isinstance(text, str) for text in value.values()):
            if at[-1:] != ("local_names",):
                yield at, value
        else:
            for key, item in value.items():
                if not isinstance(item, str):
                    yield from _texts(item, (*at, key))


@dataclass(frozen=True)
class Known:
    """What records may refer to: ids of documents, organisations and practices, and the boxes of countries."""

    documents: Collection[str]
    organisations: Mapping[str, str]
    practices: Collection[str]
    bounds: Mapping[str, Bounds]

    @cached_property
    def organisations_by_name(self) -> Mapping[str, str]:
        """The ids of registered organisations by their folded English names."""
        return {name_key(name): org for org, name in self.organisations.items()}


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


def _citations(record: RecordFile) -> Iterator[tuple[Path, str]]:
    """Every place where the record names one of its sources."""
    yield from record.strings("described_in")
    for field in ("results", "lessons", "updates"):
        for at, entry in record.entries(field):
            if isinstance(entry.get("source"), str):
                yield (*at, "source"), entry["source"]
    resources = record.mapping("resources")
    if isinstance(resources.get("source"), str):
        yield ("resources", "source"), resources["source"]


def _addresses(record: RecordFile) -> Iterator[tuple[Path, str]]:
    """Every address in the record."""
    if isinstance(record.data.get("website"), str):
        yield ("website",), record.data["website"]
    yield from record.strings("same_as")
    for key, source in record.mapping("sources").items():
        if isinstance(source, dict) and isinstance(source.get("url"), str):
            yield ("sources", key, "url"), source["url"]


@record_rule()
def id_matches_file(record: RecordFile, known: Known) -> Iterator[Finding]:
    """The id is the name of the file without .yml."""
    found = record.data.get("id")
    if isinstance(found, str) and found != record.stem:
        yield ("id",), f"the id is {shown(found)} but the file is called {shown(record.stem + '.yml')}: make them alike"


@record_rule()
def reserved_id(record: RecordFile, known: Known) -> Iterator[Finding]:
    """No id looks like the address of a further page of a list, such as page-2."""
    found = record.data.get("id")
    if isinstance(found, str) and RESERVED_ID.fullmatch(found):
        yield ("id",), f"{shown(found)} is the address of a page of the list: choose a telling id"


@record_rule()
def ends_after_start(record: RecordFile, known: Known) -> Iterator[Finding]:
    """A practice does not end before it starts."""
    start, end = record.mapping("period").get("start"), record.mapping("period").get("end")
    if isinstance(start, int) and isinstance(end, int) and end < start:
        yield ("period", "end"), f"the practice ends in {end}, before it starts in {start}"


@record_rule()
def known_source(record: RecordFile, known: Known) -> Iterator[Finding]:
    """Every source that a claim names is one of the record's sources."""
    keys = record.mapping("sources")
    for at, key in _citations(record):
        if key not in keys:
            yield at, f"there is no source {shown(key)} under 'sources'{did_you_mean(key, keys)}"


@record_rule()
def unused_source(record: RecordFile, known: Known) -> Iterator[Finding]:
    """Every source is used: by a result, a lesson, an update, the resources or described_in."""
    keys = record.mapping("sources")
    used = {key for _, key in _citations(record)}
    if len(keys) == 1 and "described_in" not in record.data:
        return  # the only source is the one that the description rests on
    for key in keys:
        if key not in used:
            yield (
                ("sources", key),
                f"nothing cites the source {shown(key)}: cite it, name it in 'described_in', or delete it",
            )


@record_rule()
def known_document(record: RecordFile, known: Known) -> Iterator[Finding]:
    """Every document that a source names stands in schema/documents.yml."""
    for key, source in record.mapping("sources").items():
        document = source.get("document") if isinstance(source, dict) else None
        if isinstance(document, str) and document not in known.documents:
            message = f"{shown(document)} is not in schema/documents.yml{did_you_mean(document, known.documents)}"
            yield ("sources", key, "document"), message


@record_rule()
def known_organisation(record: RecordFile, known: Known) -> Iterator[Finding]:
    """Every organisation named by id stands in schema/organisations.yml."""
    for at, entry in record.entries("organisations"):
        org = entry.get("org")
        if isinstance(org, str) and org not in known.organisations:
            message = f"{shown(org)} is not in schema/organisations.yml{did_you_mean(org, known.organisations)}"
            yield (*at, "org"), message


@record_rule()
def registered_organisation(record: RecordFile, known: Known) -> Iterator[Finding]:
    """An organisation that stands in schema/organisations.yml is named by its id, so that it has one spelling."""
    ids = known.organisations_by_name
    for at, entry in record.entries("organisations"):
        name = entry.get("name")
        english = name.get("en") if isinstance(name, dict) else None
        if isinstance(english, str) and name_key(english) in ids:
            yield (
                (*at, "name"),
                f"{shown(english)} is registered: write 'org: {ids[name_key(english)]}' instead of name and type",
            )


@record_rule()
def place_in_country(record: RecordFile, known: Known) -> Iterator[Finding]:
    """The coordinates of a place lie in or near its country."""
    for at, place in record.entries("places"):
        lat, lon, country = place.get("lat"), place.get("lon"), place.get("country")
        if not isinstance(lat, int | float) or not isinstance(lon, int | float) or not isinstance(country, str):
            continue
        if country not in known.bounds or abs(lat) > 90 or abs(lon) > 180:  # the schema tells of such numbers
            continue
        west, south, east, north = known.bounds[country]
        inside = west <= lon <= east if west <= east else lon >= west or lon <= east
        if not (inside and south <= lat <= north):
            yield (
                (*at, "lat"),
                f"latitude {lat}, longitude {lon} lies outside {country}: are the two exchanged, or a sign lost?",
            )


@record_rule()
def related_to_itself(record: RecordFile, known: Known) -> Iterator[Finding]:
    """A practice is not related to itself."""
    for at, entry in record.entries("related"):
        if entry.get("id") == record.stem:
            yield (*at, "id"), "a practice cannot be related to itself"


@record_rule()
def known_practice(record: RecordFile, known: Known) -> Iterator[Finding]:
    """Every related practice is in the catalogue."""
    for at, entry in record.entries("related"):
        other = entry.get("id")
        if isinstance(other, str) and other not in known.practices:
            others = [practice for practice in known.practices if practice != record.stem]
            message = f"there is no practice {shown(other)}{did_you_mean(other, others)}"
            yield (*at, "id"), message


@record_rule(Severity.WARNING)
def plain_http(record: RecordFile, known: Known) -> Iterator[Finding]:
    """Addresses use https where the site has it."""
    for at, url in _addresses(record):
        if url.startswith("http:"):
            yield at, f"{shown(url)} is not encrypted: write https:// if the site has it"


@record_rule(Severity.WARNING)
def figure_with_unit(record: RecordFile, known: Known) -> Iterator[Finding]:
    """A figure says what it counts."""
    for at, result in record.entries("results"):
        if "value" in result and "unit" not in result:
            yield (*at, "value"), "say in 'unit' what this figure counts"


@record_rule(Severity.WARNING)
def base_not_smaller(record: RecordFile, known: Known) -> Iterator[Finding]:
    """A figure that is out of a base is not larger than the base."""
    for at, result in record.entries("results"):
        value, base = result.get("value"), result.get("base")
        if isinstance(value, int | float) and isinstance(base, int | float) and value > base:
            yield (*at, "base"), f"{value} cannot be out of {base}: are the two exchanged?"


@record_rule(Severity.WARNING)
def editor_line(record: RecordFile, known: Known) -> Iterator[Finding]:
    """The first line tells editors which schema to check and complete with."""
    if not record.source.startswith("# yaml-language-server: $schema=../schema/practice.schema.json"):
        yield (), "begin the file with '# yaml-language-server: $schema=../schema/practice.schema.json'"


@catalogue_rule()
def unique_id(records: list[RecordFile], known: Known) -> Iterator[tuple[RecordFile, Path, str]]:
    """No two records have one id."""
    first: dict[str, RecordFile] = {}
    for record in records:
        found = record.data.get("id")
        if isinstance(found, str):
            other = first.setdefault(found, record)
            if other is not record:
                yield record, ("id",), f"the id {shown(found)} is already that of {other.path}"


@catalogue_rule(Severity.WARNING)
def unique_name(records: list[RecordFile], known: Known) -> Iterator[tuple[RecordFile, Path, str]]:
    """No two records have one name, unless they are the same practice."""
    first: dict[str, RecordFile] = {}
    for record in records:
        for language, name in record.mapping("name").items():
            if isinstance(name, str):
                other = first.setdefault(f"{language} {name_key(name)}", record)
                if other is not record:
                    yield record, ("name", language), f"{shown(name)} is also the name of {other.path}"


@catalogue_rule(Severity.WARNING)
def shared_organisation(records: list[RecordFile], known: Known) -> Iterator[tuple[RecordFile, Path, str]]:
    """An organisation that several records name is entered in schema/organisations.yml."""
    named: dict[str, list[tuple[RecordFile, Path, str]]] = defaultdict(list)
    for record in records:
        for at, entry in record.entries("organisations"):
            name = entry.get("name")
            english = name.get("en") or name.get("fr") if isinstance(name, dict) else None
            if isinstance(english, str):
                named[name_key(english)].append((record, (*at, "name"), english))
    for places in named.values():
        count = len({record.path for record, _, _ in places})
        if count > 1:
            for record, at, name in places:
                yield record, at, f"{shown(name)} is named by {count} records: enter it in schema/organisations.yml"


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
    "unneeded-exception": "An exception to a rule that is not needed any more is deleted.",
}
"""What reading the folders holds, by the name that problems carry."""
