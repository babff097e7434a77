"""What a machine can mend in a file: its form, never what it says.

The text is changed where something is to be mended and nowhere else: comments and layout stay. After each step the
file is read again, and the step is taken back if it says anything else than before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from catalogue.checking import key_order
from catalogue.checking.french_typography import edits, same_but_for_typography
from catalogue.checking.rules import RecordFile
from catalogue.checking.schema import Schema
from catalogue.reading import strict_yaml
from catalogue.reading.parsed import Parsed, Path, Span
from catalogue.reading.source_map import places
from catalogue.reading.yaml_messages import Lines
from catalogue.reading.yaml_words import is_nothing, quoted, read_as

EDITOR_LINE = "# yaml-language-server: $schema=../schema/practice.schema.json"
"""The first line of a record, which tells editors its schema."""

MAX_MOVES = 200
"""How many mappings of a file are put in order at most."""

_EDITOR_LINE = re.compile(r"# yaml-language-server:[^\n]*\n")


@dataclass(frozen=True, order=True)
class Change:
    """What was changed, and on which line of the file as it was."""

    line: int
    what: str


@dataclass
class _Draft:
    """A file while it is mended."""

    text: str
    parsed: Parsed
    data: Any
    changes: list[Change] = field(default_factory=list)


@dataclass(frozen=True)
class Mender:
    """Mends files of one sort: those that a schema describes.

    Records also get the line for editors and their fields in order. In registers and vocabularies the order is that of
    those who keep them.
    """

    schema: Schema
    max_bytes: int = strict_yaml.MAX_BYTES
    of_records: bool = False

    def mended(self, source: bytes) -> tuple[bytes, list[Change]] | None:
        """The file with what could be mended, and the changes by line; None for a file that cannot be read."""
        parsed, problems = strict_yaml.parse(source, "", max_bytes=self.max_bytes)
        if parsed is None or any(problem.rule == "duplicate-key" for problem in problems):
            return None
        draft = _Draft(source.decode("utf-8-sig"), parsed, self._data(parsed))
        if source.startswith(b"\xef\xbb\xbf"):
            draft.changes.append(Change(1, "no byte order mark"))
        self._take(draft, _line_ends(draft))
        self._take(draft, _trailing_spaces(draft))
        self._take(draft, _empty_lines_of_blocks(draft))
        self._take(draft, self._quotes(draft))
        self._take(draft, _french(draft), in_french=True)
        if self.of_records:
            self._put_in_order(draft)
        self._take(draft, _final_line_end(draft))
        if self.of_records:
            self._take(draft, _editor_line(draft))
        return draft.text.encode(), sorted(set(draft.changes))

    def _data(self, parsed: Parsed) -> Any:
        return self.schema.check(parsed, "")[0]

    def _put_in_order(self, draft: _Draft) -> None:
        for _ in range(MAX_MOVES):
            moves = key_order.moves(draft.text, draft.parsed, self.schema.described_mappings(draft.parsed))
            if not any(self._take(draft, (move.text, [_moved(*field) for field in move.moved])) for move in moves):
                break

    def _take(self, draft: _Draft, step: tuple[str, list[Change]], *, in_french: bool = False) -> bool:
        """Take a step, a new text and what was changed in it, if the file says the same after it."""
        text, changes = step
        if text == draft.text:
            return False
        parsed, _ = strict_yaml.parse(text.encode(), "", max_bytes=self.max_bytes)
        if parsed is None:
            return False
        data = self._data(parsed)
        if not _same(draft.data, data, in_french=in_french):
            return False
        draft.text, draft.parsed, draft.data = text, parsed, data
        draft.changes += changes
        return True

    def _quotes(self, draft: _Draft) -> tuple[str, list[Change]]:
        """Quotes around words that other programs take for something else than text."""
        spans = [
            draft.parsed.value_spans[path]
            for path in self.schema.unquoted_texts(draft.parsed)
            if not is_nothing(str(_at(draft.parsed.data, path)))
        ]
        spans += [
            span
            for path, span in draft.parsed.key_spans.items()
            if not span.style and len(str(path[-1])) > 1 and read_as(str(path[-1])) and not is_nothing(str(path[-1]))
        ]
        found = [
            (s.start, s.end, quoted(draft.text[s.start : s.end]))
            for s in spans
            if "\n" not in draft.text[s.start : s.end]
        ]
        return _edited(
            draft.text, [(start, end, text, f"quotes around {draft.text[start:end]}") for start, end, text in found]
        )


def _moved(line: int, name: str) -> Change:
    return Change(line, f"{name} in the order of the fields")


def _edited(text: str, changes: list[tuple[int, int, str, str]]) -> tuple[str, list[Change]]:
    """A text after some replacements (start, end, text and what it is), and these as changes."""
    lines = Lines(text)
    told = [Change(lines.mark(start).line, what) for start, _, _, what in changes]
    for start, end, new, _ in sorted(changes, reverse=True):
        text = text[:start] + new + text[end:]
    return text, sorted(set(told))


def _line_ends(draft: _Draft) -> tuple[str, list[Change]]:
    text = draft.text.replace("\r\n", "\n").replace("\r", "\n")
    first = draft.text.find("\r")
    return text, [Change(Lines(draft.text).mark(first).line, "line ends of one character")]


def _trailing_spaces(draft: _Draft) -> tuple[str, list[Change]]:
    """Lines without spaces at their end; not in blocks, where they belong to the text."""
    blocks = _blocks(draft)
    found = [
        (spaces.start(), spaces.end(), "", "no spaces at the end of the line")
        for spaces in re.finditer(r"[ \t]+$", draft.text, re.MULTILINE)
        if not any(span.start < spaces.start() < span.end for span in blocks)
    ]
    return _edited(draft.text, found)


def _empty_lines_of_blocks(draft: _Draft) -> tuple[str, list[Change]]:
    """Empty lines of blocks without the spaces that stand for nothing there."""
    found = [
        (spaces.start(), spaces.end(), "", "no spaces in the empty line")
        for start, end, _ in _blocks(draft)
        for spaces in re.compile(r"(?<=\n)[ \t]+(?=\n|\Z)").finditer(draft.text, start, end)
    ]
    return _edited(draft.text, found)


def _blocks(draft: _Draft) -> list[Span]:
    return [span for span in draft.parsed.value_spans.values() if span.style in ("|", ">")]


def _final_line_end(draft: _Draft) -> tuple[str, list[Change]]:
    text = draft.text.rstrip("\n") + "\n"
    last = draft.text.rstrip("\n").count("\n") + 1
    return text, [Change(last, "one line end at the end of the file")]


def _editor_line(draft: _Draft) -> tuple[str, list[Change]]:
    if draft.text.startswith(EDITOR_LINE):
        return draft.text, []
    text = draft.text[len(found.group()) :] if (found := _EDITOR_LINE.match(draft.text)) else draft.text
    return f"{EDITOR_LINE}\n{text}", [Change(1, "the line that tells editors the schema")]


def _french(draft: _Draft) -> tuple[str, list[Change]]:
    """French texts with typographic apostrophes, guillemets and no-break spaces."""
    changes = []
    for path in _french_texts(draft):
        span, value = draft.parsed.value_spans[path], str(_at(draft.parsed.data, path))
        needed = edits(value)
        found = needed and places(draft.text[span.start : span.end], span.style, value)
        if not found:
            continue
        for edit in needed:
            covered = found[edit.start : edit.end]
            before = found[edit.start - 1] if edit.start else None
            if covered and all(covered):
                start, end = covered[0][0], covered[-1][1]  # type: ignore[index]
            elif not covered and before:
                start = end = before[1]
            else:
                continue  # a line ends there
            changes.append((span.start + start, span.start + end, edit.text, edit.what))
    return _edited(draft.text, changes)


def _french_texts(draft: _Draft) -> Iterator[Path]:
    """The paths of the French texts, but for names in languages of their own."""
    record = RecordFile("", "", "", draft.parsed, draft.data)
    for at, text in record.texts:
        if "fr" in text and (*at, "fr") in draft.parsed.value_spans:
            yield (*at, "fr")


def _at(data: Any, path: Path) -> Any:
    for part in path:
        data = data[part]
    return data


def _same(one: Any, other: Any, *, in_french: bool, key: object = None) -> bool:
    """Whether two pieces of data say the same; in French texts the typography may differ, if that was to be mended."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(
            _same(value, other[name], in_french=in_french, key=name) for name, value in one.items()
        )
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(
            _same(value, others, in_french=in_french, key=key) for value, others in zip(one, other, strict=True)
        )
    if in_french and key == "fr" and isinstance(one, str) and isinstance(other, str):
        return same_but_for_typography(one, other)
    return type(one) is type(other) and one == other
