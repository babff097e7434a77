"""The rules of meaning: what a record names has to be there, and what it says has to be possible."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from catalogue.checking.rules import Finding, Known, RecordFile, catalogue_rule, record_rule, texts_of
from catalogue.languages import shown_text
from catalogue.problems import Severity, did_you_mean, shown, suggestion
from catalogue.reading.records import SOURCED_FIELDS
from catalogue.reading.strict_yaml import Path
from catalogue.text import RESERVED_ID, name_key


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
    """Neither a practice nor a phase of it ends before it starts."""
    spans = [(("period",), record.mapping("period")), *record.entries("phases")]
    for at, span in spans:
        start, end = _months(span.get("start"), first=True), _months(span.get("end"), first=False)
        if start is not None and end is not None and end < start:
            yield (*at, "end"), f"it ends in {span['end']}, before it starts in {span['start']}"


def _months(value: Any, *, first: bool) -> int | None:
    """A year or a year and month as a number of months; a year alone counts from its first or to its last month."""
    if isinstance(value, int):
        return value * 12 + (0 if first else 11)
    if isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}", value):
        return int(value[:4]) * 12 + int(value[5:]) - 1
    return None


@record_rule()
def known_source(record: RecordFile, known: Known) -> Iterator[Finding]:
    """Every source that a claim names is one of the record's sources."""
    keys = record.mapping("sources")
    for at, key in record.citations:
        if key not in keys:
            yield at, f"there is no source {shown(key)} under 'sources'{did_you_mean(key, keys)}"


@record_rule()
def unused_source(record: RecordFile, known: Known) -> Iterator[Finding]:
    """Where a record has several sources, each is named by a paragraph or a claim."""
    keys = record.mapping("sources")
    used = {key for _, key in record.citations}
    if len(keys) < 2:
        return  # everything rests on the only source
    for key in keys:
        if key not in used:
            yield ("sources", key), f"nothing names the source {shown(key)}: name it where it is used, or delete it"


@record_rule()
def sources_named(record: RecordFile, known: Known) -> Iterator[Finding]:
    """Where a record has several sources, every paragraph and claim says on which it rests."""
    if len(record.mapping("sources")) < 2:
        return
    advice = "the record has several sources: say with 'sources: [key]' which of them this rests on"
    for field in SOURCED_FIELDS:
        value = record.data.get(field)
        if isinstance(value, dict):
            yield (
                (field,),
                "the record has several sources: write paragraphs, each as '- text: ...' with its own 'sources: [key]'",
            )
        for at, entry in record.entries(field):
            if "sources" not in entry:
                yield at, advice
    staff = record.data.get("staff")
    if isinstance(staff, dict) and "sources" not in staff:
        yield ("staff",), advice


@record_rule()
def known_document(record: RecordFile, known: Known) -> Iterator[Finding]:
    """Every document that a record names stands in schema/documents.yml."""
    sources = [(("sources", key), source) for key, source in record.mapping("sources").items()]
    for at, entry in [*record.entries("found_in"), *sources]:
        document = entry.get("document") if isinstance(entry, dict) else None
        if isinstance(document, str) and document not in known.documents:
            message = f"{shown(document)} is not in schema/documents.yml{did_you_mean(document, known.documents)}"
            yield (*at, "document"), message


@record_rule()
def known_organisation(record: RecordFile, known: Known) -> Iterator[Finding]:
    """Every organisation named by id stands in schema/organisations.yml."""
    named = [((*at, "org"), entry.get("org")) for at, entry in record.entries("organisations")]
    named += [((*at, "by"), entry.get("by")) for at, entry in record.entries("costs")]
    for at, org in named:
        if isinstance(org, str) and org not in known.organisations:
            message = f"{shown(org)} is not in schema/organisations.yml{did_you_mean(org, known.organisations)}"
            yield at, message


def _practices_named(record: RecordFile) -> Iterator[tuple[Path, str]]:
    """Every other practice that a record names, with its path."""
    for field, key in (("related", "id"), ("adaptations", "practice")):
        for at, entry in record.entries(field):
            if isinstance(entry.get(key), str):
                yield (*at, key), entry[key]


@record_rule()
def related_to_itself(record: RecordFile, known: Known) -> Iterator[Finding]:
    """A practice is neither related to itself nor an adaptation of itself."""
    for at, other in _practices_named(record):
        if other == record.stem:
            what = "be related to" if at[0] == "related" else "be an adaptation of"
            yield at, f"a practice cannot {what} itself"


@record_rule()
def known_practice(record: RecordFile, known: Known) -> Iterator[Finding]:
    """Every practice that a record names is in the catalogue."""
    for at, other in _practices_named(record):
        if other not in known.practices:
            others = [practice for practice in known.practices if practice != record.stem]
            hint = suggestion(known.aliases.get(other)) or did_you_mean(other, others)
            yield at, f"there is no practice {shown(other)}{hint}"


@record_rule(Severity.WARNING)
def plain_http(record: RecordFile, known: Known) -> Iterator[Finding]:
    """Addresses use https where the site has it."""
    for at, url in record.addresses:
        if url.startswith("http:"):
            yield at, f"{shown(url)} is not encrypted: write https:// if the site has it"


@record_rule()
def registered_organisation(record: RecordFile, known: Known) -> Iterator[Finding]:
    """An organisation that stands in schema/organisations.yml is named by its id, so that it has one spelling."""
    ids = known.organisations_by_name
    for at, entry in record.entries("organisations"):
        found = next((name for name in texts_of(entry.get("name")).values() if name_key(name) in ids), None)
        if found is not None:
            message = f"{shown(found)} is registered: write 'org: {ids[name_key(found)]}' instead of name and type"
            yield (*at, "name"), message


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
            if names := texts_of(entry.get("name")):
                name = shown_text(names)
                named[name_key(name)].append((record, (*at, "name"), name))
    for places in named.values():
        count = len({record.path for record, _, _ in places})
        if count > 1:
            for record, at, name in places:
                yield record, at, f"{shown(name)} is named by {count} records: enter it in schema/organisations.yml"
