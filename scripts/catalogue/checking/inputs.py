"""The files of a project as they are read and held against their schemas."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from catalogue.checking.schema import DamagedSchemaError, Schema
from catalogue.problems import Problem
from catalogue.reading import strict_yaml
from catalogue.reading.parsed import Mark, Parsed

START = Mark(1, 1)


@dataclass
class File:
    """A file as read: data and places (None where it cannot be used), and whether anything is wrong with it."""

    path: str
    data: Any = None
    parsed: Parsed | None = None
    problems: list[Problem] = field(default_factory=list)
    source: str = ""

    def is_whole(self) -> bool:
        """Whether all of it was read."""
        return self.parsed is not None and self.parsed.unfinished is None

    def is_sound(self) -> bool:
        """Whether it has the shape that its schema asks for."""
        return self.is_whole() and not any(problem.is_error() for problem in self.problems)


@dataclass
class Reader:
    """Reads the files of a project and gathers what is wrong with them.

    `files` are the paths of all that were looked at, `unreadable` those that could not be read to their end, and
    `broken` those against which all records are checked and that cannot be used.
    """

    root: Path
    problems: list[Problem] = field(default_factory=list)
    files: set[str] = field(default_factory=set)
    broken: set[str] = field(default_factory=set)
    unreadable: set[str] = field(default_factory=set)
    enumerations: Mapping[str, Any] | None = None

    def name(self, file: Path) -> str:
        """The path to report."""
        return file.relative_to(self.root).as_posix()

    def tell(self, path: str, rule: str, message: str, mark: Mark = START) -> None:
        """Report an error."""
        self.problems.append(Problem(path, *mark, rule, message))

    def schema(self, name: str) -> Schema | None:
        """A schema of `schema/`, or None where it cannot be used."""
        try:
            return Schema(self.root / "schema", f"{name}.schema.json", self.enumerations)
        except DamagedSchemaError as damage:
            path = f"schema/{damage.name}"
            if path not in self.broken:
                self.tell(path, damage.rule, damage.message, damage.mark)
            self.broken.add(path)
            return None

    def read(self, file: Path, schema: Schema | None, max_bytes: int) -> File:
        """A file with what is wrong with its form."""
        found = File(self.name(file))
        self.files.add(found.path)
        try:
            source = file.read_bytes()
        except OSError:
            found.problems.append(Problem(found.path, 1, 1, "missing-file", "the file is missing, or cannot be opened"))
        else:
            found.parsed, found.problems = strict_yaml.read(source, found.path, max_bytes=max_bytes)
            found.source = source.decode("utf-8-sig", "replace")
        if not found.is_whole():
            self.unreadable.add(found.path)
        if found.parsed is not None and schema is not None:
            found.data, problems = schema.check(found.parsed, found.path)
            found.problems += problems
        self.problems += found.problems
        return found
