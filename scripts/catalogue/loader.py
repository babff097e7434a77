"""Read and check everything: vocabularies, documents, organisations, leads and practices.

What cannot be read is a problem beside the others, and causes none of them: of a broken vocabulary or register nothing
is claimed, and a record that cannot be read is known all the same by the name of its file.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from catalogue.checking import every_rule, exceptions, registers, released, rules
from catalogue.checking.inputs import File, Reader
from catalogue.checking.registers import Unsure
from catalogue.checking.rules import texts_of
from catalogue.model import Catalogue, Document, Lead, Organisation, Question, Vocabulary
from catalogue.problems import Problem
from catalogue.reading import strict_yaml, vocabularies
from catalogue.reading.conversion import convert
from catalogue.reading.leftovers import is_leftover
from catalogue.reading.records import practice_of

MAX_REGISTER_BYTES = 2_000_000
"""The largest vocabulary or register, in bytes; records have a limit of their own."""

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how many are done, and how many there are."""

T = TypeVar("T")

STRUCTURE = frozenset(
    {"unknown-field", "missing-field", "missing-language", "one-of-two", "wrong-type", "empty-field", "duplicate-key",
     "cut-text"}
)  # fmt: skip
"""The rules whose breach may be the cause of another one elsewhere in the record."""

RULES_OF_PARTS = frozenset(
    {"id-matches-file", "reserved-id", "ends-after-start", "known-document", "known-organisation", "known-practice",
     "registered-organisation", "place-in-country", "related-to-itself", "plain-http", "value-or-share",
     "base-not-smaller", "interval-in-order", "known-currency", "unique-id", "unique-name", "french-typography",
     "same-numbers", "praise", "no-individuals", "document-talk", "not-stated", "long-sentences", "editor-line"}
)  # fmt: skip
"""The rules that look at one value at a time, and hold for what is there of a record that is broken."""


@dataclass(frozen=True)
class Reading:
    """What came of reading: the catalogue (None where an error stands in the way) and all problems, causes first.

    `files` are the paths of all files that were looked at. `broken` are those of the files that all records are
    checked against and that could not be used: where there is one, no record is known to be without problems.
    """

    catalogue: Catalogue | None
    problems: list[Problem] = field(default_factory=list)
    files: frozenset[str] = frozenset()
    broken: frozenset[str] = frozenset()

    def problems_of(self, paths: Collection[str]) -> list[Problem]:
        """The problems of some files, and the errors elsewhere because of which these could not be checked wholly."""
        return [p for p in self.problems if p.path in paths or (p.path in self.broken and p.is_error())]


def load(root: Path, progress: Progress | None = None) -> Reading:
    """Read and check all that stands in `root/schema` and `root/practices`."""
    reader = Reader(root)
    terms = read_vocabularies(reader)
    reader.files |= set(map(_vocabulary_path, terms.known))
    reader.broken |= terms.unknown()
    reader.enumerations = vocabularies.definitions(terms.known)
    _check_enumerations(reader, terms)
    documents = _register(reader, "documents")
    organisations = _register(reader, "organisations")
    named = registers.Reference("named_in", "document", documents.by_id, "schema/documents.yml", "known-document")
    leads = _register(reader, "leads", named)
    reader.broken |= {register.file.path for register in (documents, organisations) if not register.is_sure()}
    records, practices = _read_records(reader, progress)
    picked = registers.Reference("picks", "practice", practices, "practices/", "known-practice")
    questions = _register(reader, "questions", picked)
    aliases = _aliases(records)
    known = rules.Known(documents.by_id, organisations.names(), practices, _bounds(reader), aliases)
    _check_released(reader, records, {*practices, *aliases})
    reader.problems += _without_exceptions(reader, _hold_rules(records, known), records)
    if any(problem.is_error() for problem in reader.problems):
        return _reading(reader, None)
    by_id = {record.data["id"]: practice_of(record.data) for record in records}
    return _reading(
        reader,
        Catalogue(
            {practice: by_id[practice] for practice in sorted(by_id)},
            terms.sound(),
            documents.converted(Document),
            organisations.converted(Organisation),
            leads.converted(Lead),
            questions.converted(Question),
        ),
    )


def _reading(reader: Reader, catalogue: Catalogue | None) -> Reading:
    """The problems in order: what others may follow from comes first, then files that cannot be read, then the rest."""

    def rank(problem: Problem) -> tuple[int, Problem]:
        if problem.is_error() and (problem.path.startswith("schema/") or problem.path == "practices"):
            return 0, problem
        return (1 if problem.path in reader.unreadable else 2), problem

    problems = sorted(reader.problems, key=rank)
    return Reading(catalogue, problems, frozenset(reader.files), frozenset(reader.broken))


@dataclass(frozen=True)
class Terms:
    """The vocabularies by name: as far as they are known, and whether all are as they should be."""

    known: Mapping[str, Vocabulary | None]
    are_sound: bool

    def sound(self) -> dict[str, Vocabulary]:
        """All of them, where nothing is wrong with the shape of any."""
        return {name: found for name, found in self.known.items() if found is not None} if self.are_sound else {}

    def unknown(self) -> set[str]:
        """The paths of those of which nothing can be said."""
        return {_vocabulary_path(name) for name, found in self.known.items() if found is None}


def _vocabulary_path(name: str) -> str:
    return f"schema/vocabularies/{name}.yml"


def read_vocabularies(reader: Reader) -> Terms:
    """All vocabularies; what is wrong with them is among the reader's problems."""
    schema = reader.schema("vocabulary")
    files = {
        name: reader.read(reader.root / _vocabulary_path(name), schema, MAX_REGISTER_BYTES)
        for name in vocabularies.NAMES
    }
    known: dict[str, Vocabulary | None] = {}
    for name, file in files.items():
        if file.is_sound() and schema is not None:
            known[name] = convert({"name": name, **file.data}, Vocabulary)
        else:
            known[name] = vocabularies.salvaged(name, file.data) if file.is_whole() else None
    dimensions = known["dimensions"]
    for file in files.values():
        if file.parsed is not None:
            usable = None if dimensions is None else dimensions.usable()
            reader.problems += vocabularies.check(file.data, file.parsed, file.path, usable)
    return Terms(known, schema is not None and all(file.is_sound() for file in files.values()))


def vocabularies_of(root: Path) -> tuple[dict[str, Vocabulary] | None, list[Problem]]:
    """The vocabularies alone, for what is derived from them; None where one has not the shape of a vocabulary."""
    reader = Reader(root)
    terms = read_vocabularies(reader)
    return (terms.sound() or None), sorted(reader.problems)


def _check_enumerations(reader: Reader, terms: Terms) -> None:
    """Tell of derived enumerations that are old: editors complete with them. The check itself does not need them."""
    path = f"schema/{vocabularies.ENUMERATIONS}"
    reader.files.add(path)
    file = reader.root / path
    if not file.is_file():
        reader.tell(path, "missing-file", "the file is missing: run 'make derive'")
    elif terms.are_sound:
        found = file.read_text(encoding="utf-8", errors="replace")
        if found != vocabularies.enumerations(terms.sound()):
            message = "the vocabularies have changed since this file was made: run 'make derive'"
            reader.tell(path, "stale-file", message)


@dataclass(frozen=True)
class _Register:
    """A register as read: its file, and its entries by id."""

    file: File
    by_id: Mapping[str, Mapping[str, Any]]

    def is_sure(self) -> bool:
        """Whether all its ids are known."""
        return not isinstance(self.by_id, Unsure)

    def names(self) -> Mapping[str, Mapping[str, str]]:
        """The names of each entry by language, as far as there are some."""
        found = {id_: texts_of(entry.get("name")) for id_, entry in self.by_id.items()}
        return found if self.is_sure() else Unsure(found)

    def converted(self, kind: type[T]) -> dict[str, T]:
        """The entries as values of the model; nothing may be wrong with them."""
        return {id_: convert(entry, kind) for id_, entry in self.by_id.items()}


def _register(reader: Reader, name: str, reference: registers.Reference | None = None) -> _Register:
    """A register of `schema/`; what its entries refer to has to be there."""
    file = reader.read(reader.root / "schema" / f"{name}.yml", reader.schema(name), MAX_REGISTER_BYTES)
    if file.parsed is None:
        return _Register(file, Unsure())
    reader.problems += registers.check(file.data, file.parsed, name, file.path, reference)
    found = registers.by_id(file.data, name)
    return _Register(file, found if file.is_whole() else Unsure(found))


def _read_records(reader: Reader, progress: Progress | None) -> tuple[list[File], Collection[str]]:
    """The records, and the ids of all that there are, whether they could be read or not."""
    folder = reader.root / "practices"
    if not folder.is_dir():
        reader.tell("practices", "missing-file", "the folder of the records is missing")
        return [], Unsure()
    schema = reader.schema("practice")
    files = sorted(file for file in folder.iterdir() if not is_leftover(file.name))
    records, known = [], set()
    for index, file in enumerate(files):
        if progress:
            progress("check", index, len(files))
        if file.suffix != ".yml" or file.is_symlink() or not file.is_file():
            message = "only records belong here: plain files whose names end in .yml"
            reader.tell(reader.name(file), "not-a-record", message)
            continue
        found = reader.read(file, schema, strict_yaml.MAX_BYTES)
        records.append(found)
        known.add(file.stem)
        if isinstance(found.data, dict) and isinstance(found.data.get("id"), str):
            known.add(found.data["id"])  # where it is not the name of the file, that is told once
    if progress:
        progress("check", len(files), len(files))
    return records, known


def _hold_rules(records: list[File], known: rules.Known) -> list[Problem]:
    """What the rules find; of a record that is broken, only what does not follow from that."""
    assert every_rule.MODULES  # importing them has registered their rules
    broken = {file.path for file in records if _is_broken(file)}
    found = rules.check([_record(file) for file in records if file.parsed is not None and file.data is not None], known)
    return [problem for problem in found if problem.path not in broken or problem.rule in RULES_OF_PARTS]


def _record(file: File) -> rules.RecordFile:
    """A record for the rules: without the entry at which reading broke off, of which only a part may be there."""
    assert file.parsed is not None
    data, unfinished = file.data, file.parsed.unfinished
    if unfinished:
        field_ = unfinished[0]
        data = {name: value for name, value in data.items() if name != field_}
        if isinstance(file.data.get(field_), list):
            data[field_] = file.data[field_][: unfinished[1]] if len(unfinished) > 1 else []
    return rules.RecordFile(file.path, Path(file.path).stem, file.source, file.parsed, data)


def _aliases(records: list[File]) -> dict[str, str]:
    """The earlier ids of all records, each with the id of today."""
    found: dict[str, str] = {}
    for file in records:
        aliases = file.data.get("aliases") if isinstance(file.data, dict) else None
        for alias in aliases if isinstance(aliases, list) else ():
            found.setdefault(str(alias), Path(file.path).stem)
    return found


def _check_released(reader: Reader, records: list[File], known: Collection[str]) -> None:
    """Tell of ids that were published and lead nowhere, unless a record that cannot be read may have taken them on."""
    reader.files.add(released.PATH)
    try:
        text = (reader.root / released.PATH).read_text(encoding="utf-8", errors="replace")
    except OSError:
        reader.tell(released.PATH, "missing-file", "the file is missing: 'atlas.py release' writes it")
        return
    if not any(_is_broken(file) for file in records):
        reader.problems += released.check(text, known)


def _is_broken(file: File) -> bool:
    """Whether something in a record may be there and not understood."""
    return not file.is_whole() or file.data is None or bool(STRUCTURE & {problem.rule for problem in file.problems})


def _bounds(reader: Reader) -> dict[str, rules.Bounds]:
    """The boxes of the countries, in degrees; none where the file cannot be used."""
    path = "schema/bounds.json"
    reader.files.add(path)
    try:
        boxes = json.loads((reader.root / path).read_text(encoding="utf-8"))
        return {
            code: (float(west), float(south), float(east), float(north))
            for code, (west, south, east, north) in boxes.items()
        }
    except OSError:
        reader.tell(path, "missing-file", "the file is missing: tools/make_bounds.py writes it")
    except (ValueError, AttributeError, TypeError):
        reader.tell(
            path, "not-json", "the boxes of the countries cannot be read: tools/make_bounds.py writes them anew"
        )
    reader.broken.add(path)
    return {}


def _without_exceptions(reader: Reader, found: list[Problem], records: list[File]) -> list[Problem]:
    """The problems but those excepted."""
    file = reader.read(reader.root / "schema" / "exceptions.yml", reader.schema("exceptions"), MAX_REGISTER_BYTES)
    if not file.is_sound() or file.parsed is None or file.data is None:
        return found
    unchecked = {record.path for record in records if not record.is_sound() or reader.broken}
    practices = {Path(record.path).stem for record in records}
    return exceptions.without_exceptions(
        found, file.data, file.parsed, file.path, practices=practices, unchecked=unchecked
    )
