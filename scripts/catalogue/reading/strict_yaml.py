"""A strict reader of YAML: mappings, lists and strings with their positions, and nothing else.

Scalars stay strings (Norway's `NO` is no `False`, `10.70` no number, a date no object); the schema says later which
of them are numbers. Anchors, aliases, tags, duplicate keys, odd characters, great size and great depth are problems.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, NamedTuple

import yaml

from catalogue.problems import Problem, shown

Path = tuple[str | int, ...]
"""The keys and indexes that lead to a value; the empty tuple is the whole document."""

MAX_BYTES = 200_000
"""The largest record, in bytes: some fifty times the usual one."""

MAX_DEPTH = 12
"""The deepest nesting; records need six."""

BYTES_AN_ENTRY = 200
"""A list or mapping may have an entry for so many bytes of the largest file: 1,000 in a record, which needs fifty."""

SHOWN_CHARACTERS = 20
"""How many bad characters of a file are reported: where there are more, the file is something else than text."""

_PARSER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

# C0 and C1 controls but tab, line feed and carriage return; the line and paragraph separators; zero-width space and
# byte order mark; the bidirectional embeddings, overrides and isolates, which can make a text read unlike what it is;
# halves of surrogate pairs, which an escape can bring and no file can hold.
_BAD_CHARACTER = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u200b\ufeff\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
_TAB_INDENT = re.compile(r"^ *\t", re.MULTILINE)


class Plain(str):
    """A scalar written without quotes: the only kind that may later become a number or null."""

    __slots__ = ()


class Mark(NamedTuple):
    """A position: line and column, from 1."""

    line: int
    column: int


@dataclass
class Parsed:
    """A document as mappings, lists and strings, with the mark of each value and of each key."""

    data: Any
    values: dict[Path, Mark] = field(default_factory=dict)
    keys: dict[Path, Mark] = field(default_factory=dict)

    def mark(self, path: Path) -> Mark:
        """The position of a value, or of the nearest thing around it that is there."""
        while path not in self.values and path:
            path = path[:-1]
        return self.values.get(path, Mark(1, 1))

    def key_mark(self, path: Path) -> Mark:
        """The position of a key (or list item), or of the nearest thing around it."""
        return self.keys.get(path) or self.mark(path)


class _RefusedError(Exception):
    """Raised inside this module where reading cannot go on."""

    def __init__(self, mark: Mark, rule: str, message: str) -> None:
        super().__init__(message)
        self.mark, self.rule, self.message = mark, rule, message


def _at(event: Any) -> Mark:
    return Mark(event.start_mark.line + 1, event.start_mark.column + 1)


def _position(text: str, offset: int) -> Mark:
    line_start = text.rfind("\n", 0, offset) + 1
    return Mark(text.count("\n", 0, offset) + 1, offset - line_start + 1)


class _Builder:
    """Turns parser events into data, collecting marks and what can be reported without stopping."""

    def __init__(self, events: Iterator[Any], max_entries: int) -> None:
        self.events = events
        self.max_entries = max_entries
        self.parsed = Parsed(None)
        self.found: list[tuple[Mark, str, str]] = []

    def document(self) -> Parsed:
        seen = False
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                if seen:
                    raise _RefusedError(_at(event), "one-document", "a second document starts here (---): keep to one")
                seen = True
                self.parsed.data = self._value(next(self.events), (), 0)
        if not seen:
            raise _RefusedError(Mark(1, 1), "empty-file", "the file is empty")
        return self.parsed

    def _value(self, event: Any, path: Path, depth: int) -> Any:
        self.parsed.values[path] = _at(event)
        _refuse_extras(event)
        if depth > MAX_DEPTH:
            raise _RefusedError(_at(event), "too-deep", f"nested more than {MAX_DEPTH} levels deep")
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(path, depth)
        return self._mapping(path, depth)

    def _scalar(self, event: Any) -> str:
        bad = _BAD_CHARACTER.search(event.value)  # an escape in double quotes can smuggle one in
        if bad:
            self.found.append((_at(event), "bad-character", _bad_character_message(bad.group())))
        return Plain(event.value) if event.implicit[0] else str(event.value)

    def _sequence(self, path: Path, depth: int) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            self._count(event, len(items))
            items.append(self._value(event, (*path, len(items)), depth + 1))
        return items

    def _mapping(self, path: Path, depth: int) -> dict[str, Any]:
        mapping: dict[str, Any] = {}
        entries = 0
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            self._count(event, entries)
            entries += 1
            _refuse_extras(event)
            if not isinstance(event, yaml.ScalarEvent):
                raise _RefusedError(_at(event), "not-yaml", "a key must be plain text")
            key = self._scalar(event)
            here = (*path, str(key))
            if key in mapping:
                first = self.parsed.keys[here]
                message = f"the key {shown(key)} stands here a second time; it was first on line {first.line}"
                self.found.append((_at(event), "duplicate-key", message))
                here = (*here, "duplicate")
            self.parsed.keys[here] = _at(event)
            value = self._value(next(self.events), here, depth + 1)
            mapping.setdefault(str(key), value)
        return mapping

    def _count(self, event: Any, entries: int) -> None:
        """Checks of many entries compare each with all others; a bound keeps them quick."""
        if entries >= self.max_entries:
            message = f"more than {self.max_entries:,} entries stand here under one field"
            raise _RefusedError(_at(event), "too-many", message)


def _refuse_extras(event: Any) -> None:
    """What YAML allows beside a value or key, and a record has no use for."""
    if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
        raise _RefusedError(_at(event), "anchor", "anchors (&) and aliases (*) are not used here: write the text out")
    if event.tag is not None:
        raise _RefusedError(_at(event), "tag", f"the tag {shown(event.tag)} is not used here")


def _bad_character_message(character: str) -> str:
    return (
        f"the invisible or control character U+{ord(character):04X} is not allowed: delete it and type the text again"
    )


def _syntax_message(error: yaml.YAMLError) -> str:
    problem = getattr(error, "problem", None) or getattr(error, "reason", None) or "cannot be read"
    hints = {
        "mapping values are not allowed": "a text that contains ': ' needs quotes, or a block that starts with >-",
        "could not find expected ':'": "a key needs a colon and a space after it",
        "did not find expected key": "check the indentation and the quotes here and on the line above",
        "did not find expected '-' indicator": "the items of a list must start in the same column",
        "found unexpected end of stream": "a quote or bracket is opened and never closed",
        "cannot start any token": "a text that starts with this character needs quotes around it",
    }
    hint = next((text for start, text in hints.items() if start in problem), None)
    return f"this is not YAML: {problem}" + (f" ({hint})" if hint else "")


def _decode(source: bytes, path: str, max_bytes: int) -> str | Problem:
    if len(source) > max_bytes:
        size = f"{len(source):,} bytes; at most {max_bytes:,}"
        return Problem(path, 1, 1, "too-large", f"the file is too large: {size}")
    try:
        return source.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = source[: error.start].decode("utf-8", "replace")
        mark = _position(before, len(before))
        byte = source[error.start]
        return Problem(path, *mark, "not-utf-8", f"byte 0x{byte:02X} is not UTF-8 text: save the file as UTF-8")


def parse(source: bytes, path: str, *, max_bytes: int = MAX_BYTES) -> tuple[Parsed | None, list[Problem]]:
    """Read one YAML file.

    `source` is the file's bytes, `path` the name to report. Returns the document, or None where it cannot be used,
    and the problems found on the way. Never raises for bad input.
    """
    text = _decode(source, path, max_bytes)
    if isinstance(text, Problem):
        return None, [text]
    problems = [
        Problem(path, *_position(text, bad.start()), "bad-character", _bad_character_message(bad.group()))
        for bad in islice(_BAD_CHARACTER.finditer(text), SHOWN_CHARACTERS)
    ]
    tab = _TAB_INDENT.search(text)
    if tab:
        mark = _position(text, tab.end() - 1)
        problems.append(Problem(path, *mark, "tab", "a tab indents this line: use spaces"))
    if problems:
        return None, problems
    try:
        builder = _Builder(yaml.parse(text, Loader=_PARSER), max_bytes // BYTES_AN_ENTRY)
        parsed = builder.document()
    except _RefusedError as refused:
        return None, [Problem(path, *refused.mark, refused.rule, refused.message)]
    except yaml.YAMLError as error:
        where = getattr(error, "problem_mark", None)
        mark = Mark(where.line + 1, where.column + 1) if where else Mark(1, 1)
        return None, [Problem(path, *mark, "not-yaml", _syntax_message(error))]
    except (ValueError, OverflowError):  # PyYAML's own parser, used where libyaml is missing, on "\\UFFFFFFFF"
        return None, [Problem(path, 1, 1, "not-yaml", "this is not YAML: an escape names no character")]
    problems = [Problem(path, *mark, rule, message) for mark, rule, message in builder.found]
    if parsed.data == "":
        return None, [*problems, Problem(path, 1, 1, "empty-file", "the file is empty")]
    if not isinstance(parsed.data, dict):
        kind = "list" if isinstance(parsed.data, list) else "text"
        message = f"the file holds a {kind}; it must hold fields, such as 'id: …'"
        return None, [*problems, Problem(path, *parsed.mark(()), "not-a-mapping", message)]
    return parsed, problems
