"""Read and check everything: vocabularies, documents, organisations, leads and practices."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from catalogue.checking import claim_rules, editorial_rules, record_rules, rules
from catalogue.checking.schema import Schema
from catalogue.model import Catalogue, Document, Lead, Organisation, Question, Vocabulary
from catalogue.problems import Problem, did_you_mean, shown
from catalogue.reading import strict_yaml, vocabularies
from catalogue.reading.leftovers import is_leftover
from catalogue.reading.records import practice_of

MAX_REGISTER_BYTES = 2_000_000
"""The largest vocabulary or register, in bytes; records have a limit of their own."""

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how many are done, and how many there are."""

T = TypeVar("T")


@dataclass
class Reading:
    """What came of reading: the catalogue (None where an error stands in the way) and all problems, in order."""

    catalogue: Catalogue | None
    problems: list[Problem] = field(default_factory=list)


@dataclass
class _Reader:
    root: Path
    problems: list[Problem] = field(default_factory=list)

    def name(self, file: Path) -> str:
        return file.relative_to(self.root).as_posix()

    def register(self, file: Path, schema: Schema) -> tuple[Any, strict_yaml.Parsed | None]:
        """A file of `schema/` as checked data, or None where it cannot be used."""
        path = self.name(file)
        if not file.is_file():
            self.problems.append(Problem(path, 1, 1, "missing-file", "the file is missing"))
            return None, None
        parsed, found = strict_yaml.parse(file.read_bytes(), path, max_bytes=MAX_REGISTER_BYTES)
        self.problems += found
        if parsed is None:
            return None, None
        data, found = schema.check(parsed, path)
        self.problems += found
        return (None if found else data), parsed


def load(root: Path, progress: Progress | None = None) -> Reading:
    """Read and check all that stands in `root/schema` and `root/practices`."""
    reader = _Reader(root)
    terms = read_vocabularies(reader)
    if terms is None:
        return Reading(None, sorted(reader.problems))
    if not _check_enumerations(reader, terms):
        return Reading(None, sorted(reader.problems))
    documents = _register(reader, "documents", Document)
    organisations = _register(reader, "organisations", Organisation)
    named = _Reference("named_in", "document", documents, "schema/documents.yml", "known-document")
    leads = _register(reader, "leads", Lead, named)
    records = _read_records(reader, progress)
    picked = _Reference("picks", "practice", {record.stem for record in records}, "practices/", "known-practice")
    questions = _register(reader, "questions", Question, picked)
    known = rules.Known(
        documents=documents,
        organisations={org.id: org.name["en"] for org in organisations.values()},
        practices={record.stem for record in records},
        bounds=_bounds(root),
    )
    assert all((record_rules, claim_rules, editorial_rules))  # importing them has registered their rules
    found = rules.check(records, known)
    reader.problems += _without_exceptions(reader, found)
    problems = sorted(reader.problems)
    if any(problem.is_error() for problem in problems):
        return Reading(None, problems)
    practices = [practice_of(record.data) for record in records]
    by_id = {practice.id: practice for practice in sorted(practices, key=lambda p: p.id)}
    return Reading(Catalogue(by_id, terms, documents, organisations, leads, questions), problems)


def read_vocabularies(reader: _Reader) -> dict[str, Vocabulary] | None:
    """All vocabularies by name, or None where one cannot be used."""
    folder = reader.root / "schema"
    schema = Schema(folder, "vocabulary.schema.json")
    found: dict[str, Vocabulary] = {}
    positions: dict[str, strict_yaml.Parsed] = {}
    for name in vocabularies.NAMES:
        data, parsed = reader.register(folder / "vocabularies" / f"{name}.yml", schema)
        if data is not None and parsed is not None:
            found[name] = msgspec.convert({"name": name, **data}, type=Vocabulary)
            positions[name] = parsed
    if len(found) < len(vocabularies.NAMES):
        return None
    dimensions = found["dimensions"].usable()
    for name, vocabulary in found.items():
        path = f"schema/vocabularies/{name}.yml"
        reader.problems += vocabularies.check(vocabulary, positions[name], path, dimensions)
    return found


def vocabularies_of(root: Path) -> tuple[dict[str, Vocabulary] | None, list[Problem]]:
    """The vocabularies alone, for what is derived from them."""
    reader = _Reader(root)
    return read_vocabularies(reader), sorted(reader.problems)


def _check_enumerations(reader: _Reader, terms: Mapping[str, Vocabulary]) -> bool:
    """Whether the derived enumerations can be used; they may be stale, and are reported then."""
    file = reader.root / "schema" / "vocabularies.schema.json"
    if not file.is_file():
        message = "the file is missing: run 'make derive'"
        reader.problems.append(Problem(reader.name(file), 1, 1, "missing-file", message))
        return False
    found, wanted = file.read_text(encoding="utf-8", errors="replace"), vocabularies.enumerations(terms)
    if found == wanted:
        return True
    message = "the vocabularies have changed since this file was made: run 'make derive'"
    reader.problems.append(Problem(reader.name(file), 1, 1, "stale-file", message))
    return _enumerated(found) == _enumerated(wanted)


def _enumerated(enumerations: str) -> set[str]:
    """The vocabularies that a file of enumerations holds; none where it is damaged, as by a merge."""
    try:
        return set(json.loads(enumerations)["$defs"])
    except (ValueError, KeyError, TypeError):
        return set()


@dataclass(frozen=True)
class _Reference:
    """What the entries of a register refer to: a list field, the key in its items, what is known, and where."""

    field: str
    key: str
    known: Collection[str]
    place: str
    rule: str


def _register(reader: _Reader, name: str, kind: type[T], reference: _Reference | None = None) -> dict[str, T]:
    """A register of `schema/` by id; what its entries refer to has to be there."""
    file = reader.root / "schema" / f"{name}.yml"
    data, parsed = reader.register(file, Schema(reader.root / "schema", f"{name}.schema.json"))
    if data is None or parsed is None:
        return {}

    def tell(at: strict_yaml.Path, rule: str, message: str) -> None:
        reader.problems.append(Problem(reader.name(file), *parsed.mark((name, *at)), rule, message))

    seen: set[str] = set()
    for index, entry in enumerate(data[name]):
        if entry["id"] in seen:
            tell((index, "id"), "duplicate-term", f"the id {shown(entry['id'])} stands here a second time")
        seen.add(entry["id"])
        for place, item in enumerate(entry.get(reference.field, ()) if reference else ()):
            assert reference is not None  # there would be nothing to go through
            target = item[reference.key]
            if target not in reference.known:
                message = f"{shown(target)} is not in {reference.place}{did_you_mean(target, reference.known)}"
                tell((index, reference.field, place, reference.key), reference.rule, message)
    return {entry["id"]: msgspec.convert(entry, type=kind) for entry in data[name]}


def _read_records(reader: _Reader, progress: Progress | None) -> list[rules.RecordFile]:
    folder = reader.root / "practices"
    schema = Schema(reader.root / "schema", "practice.schema.json")
    if not folder.is_dir():
        message = "the folder of the records is missing"
        reader.problems.append(Problem(reader.name(folder), 1, 1, "missing-file", message))
        return []
    files = sorted(file for file in folder.iterdir() if not is_leftover(file.name))
    records = []
    for index, file in enumerate(files):
        if progress:
            progress("check", index, len(files))
        path = reader.name(file)
        if file.suffix != ".yml" or file.is_symlink() or not file.is_file():
            message = "only records belong here: plain files whose names end in .yml"
            reader.problems.append(Problem(path, 1, 1, "not-a-record", message))
            continue
        source = file.read_bytes()
        parsed, found = strict_yaml.parse(source, path)
        reader.problems += found
        if parsed is None:
            continue
        data, found = schema.check(parsed, path)
        reader.problems += found
        text = source.decode("utf-8-sig")
        records.append(rules.RecordFile(path, file.stem, text, parsed, data))
    if progress:
        progress("check", len(files), len(files))
    return records


def _bounds(root: Path) -> dict[str, rules.Bounds]:
    """The boxes of the countries, in degrees."""
    boxes = json.loads((root / "schema" / "bounds.json").read_text(encoding="utf-8"))
    return {code: tuple(box) for code, box in boxes.items()}


def _without_exceptions(reader: _Reader, found: list[Problem]) -> list[Problem]:
    """The problems but those excepted; an exception that excepts nothing is a problem itself."""
    file = reader.root / "schema" / "exceptions.yml"
    data, parsed = reader.register(file, Schema(reader.root / "schema", "exceptions.schema.json"))
    if data is None or parsed is None:
        return found
    kept = list(found)
    for index, exception in enumerate(data["exceptions"]):
        path = f"practices/{exception['practice']}.yml"
        excepted = [p for p in kept if p.path == path and p.rule == exception["rule"]]
        kept = [p for p in kept if p not in excepted]
        if not excepted:
            mark = parsed.mark(("exceptions", index))
            message = f"nothing is wrong any more with {shown(exception['rule'])} in {path}: delete the exception"
            kept.append(Problem(reader.name(file), *mark, "unneeded-exception", message))
    return kept
