"""From the events of a YAML parser to data with positions; what a record has no use for is told or refused here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

from catalogue.problems import Severity, printable, shown
from catalogue.reading.parsed import Mark, Parsed, Path, Plain, Span
from catalogue.reading.yaml_messages import BAD_CHARACTER, Stop, bad_character_message
from catalogue.reading.yaml_words import quoted, read_as

MAX_DEPTH = 12
"""The deepest nesting; records need six."""

MAX_SHOWN = 160
"""How much of a line is shown as it should be written."""

_CUT = re.compile(r"[ \t]+#[^\s#][^\r\n]*")
_THOUSANDS = re.compile(r"-?[0-9]{1,3}(,[0-9]{3})+")
_LETTERS = frozenset("yYnN")
_DECIMAL = re.compile(r"-?[0-9]+,[0-9]+")


class RefusedError(Exception):
    """Raised where reading cannot go on."""

    def __init__(self, mark: Mark, rule: str, message: str) -> None:
        """`message` says why, and what to do."""
        super().__init__(message)
        self.stop = Stop(mark, rule, message, mark.line)


Found = tuple[Mark, str, str, Severity]
"""Position, rule, message and severity of what can be told without stopping."""


def _at(event: Any) -> Mark:
    return Mark(event.start_mark.line + 1, event.start_mark.column + 1)


class Builder:
    """Turns parser events into data, collecting places and what can be reported without stopping."""

    def __init__(self, events: Iterator[Any], text: str, max_entries: int) -> None:
        """`events` are those of the parser, `text` is what it reads."""
        self.events = events
        self.text = text
        self.max_entries = max_entries
        self.parsed = Parsed(None)
        self.found: list[Found] = []

    def document(self) -> Parsed:
        """The whole document. `RefusedError` or `yaml.YAMLError` where reading cannot go on."""
        seen = False
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                if seen:
                    raise RefusedError(_at(event), "one-document", _second_document_message(self.text))
                seen = True
                self.parsed.data = self._value(next(self.events), (), 0)
        if not seen:
            raise RefusedError(Mark(1, 1), "empty-file", "the file is empty")
        return self.parsed

    def _tell(self, event: Any, rule: str, message: str, severity: Severity = Severity.ERROR) -> None:
        self.found.append((_at(event), rule, message, severity))

    def _value(self, event: Any, path: Path, depth: int) -> Any:
        self.parsed.values[path] = _at(event)
        _refuse_extras(event)
        if depth > MAX_DEPTH:
            raise RefusedError(_at(event), "too-deep", f"nested more than {MAX_DEPTH} levels deep")
        if isinstance(event, yaml.ScalarEvent):
            self.parsed.value_spans[path] = _span(event)
            if event.implicit[0]:
                self._tell_cut(event)
            return self._scalar(event)
        style = "flow" if event.flow_style else "block"
        value: Any
        value, end = (
            self._sequence(path, depth)
            if isinstance(event, yaml.SequenceStartEvent)
            else self._mapping(path, depth, style)
        )
        self.parsed.value_spans[path] = Span(event.start_mark.index, end.end_mark.index, style)
        return value

    def _scalar(self, event: Any) -> str:
        bad = BAD_CHARACTER.search(event.value)  # an escape in double quotes can smuggle one in
        if bad:
            self._tell(event, "bad-character", bad_character_message(bad.group()))
        return Plain(event.value) if event.implicit[0] else str(event.value)

    def _sequence(self, path: Path, depth: int) -> tuple[list[Any], Any]:
        items: list[Any] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            self._count(event, len(items))
            items.append(self._value(event, (*path, len(items)), depth + 1))
        return items, event

    def _mapping(self, path: Path, depth: int, style: str) -> tuple[dict[str, Any], Any]:
        mapping: dict[str, Any] = {}
        entries = 0
        before: str | None = None  # the key of the entry before
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            self._count(event, entries)
            entries += 1
            _refuse_extras(event)
            if not isinstance(event, yaml.ScalarEvent):
                raise RefusedError(_at(event), "not-yaml", "a key must be plain text")
            key = self._scalar(event)
            value_event = next(self.events)
            if (
                style == "flow"
                and before is not None
                and self._is_no_key(event, value_event)
                and self._tell_comma(mapping, (*path, before), event)
            ):
                continue
            before = str(key)
            here = (*path, before)
            if key in mapping:
                first = self.parsed.keys[here]
                message = f"the key {shown(key)} stands here a second time; it was first on line {first.line}"
                self._tell(event, "duplicate-key", message)
                here = (*here, "duplicate")
            self._tell_key(event, key)
            self.parsed.keys[here] = _at(event)
            self.parsed.key_spans[here] = _span(event)
            value = self._value(value_event, here, depth + 1)
            mapping.setdefault(before, value)
        return mapping, event

    def _count(self, event: Any, entries: int) -> None:
        """Checks of many entries compare each with all others; a bound keeps them quick."""
        if entries >= self.max_entries:
            message = f"more than {self.max_entries:,} entries stand here under one field"
            raise RefusedError(_at(event), "too-many", message)

    def _tell_key(self, event: Any, key: str) -> None:
        """What is odd about a key."""
        # `n` is a field; that a single letter is a yes or no stands in YAML 1.1, but no program in use reads a key so.
        if isinstance(key, Plain) and key not in _LETTERS and (kind := read_as(key)):
            message = f"other programs take the key {shown(key)} for {kind}: write {_as_written(key)}"
            self._tell(event, "yaml-1-1", message)

    def _tell_cut(self, event: Any) -> None:
        """A text without quotes that ends before ' #' while more of it seems to follow."""
        cut = _CUT.match(self.text, event.end_mark.index)
        if cut:
            start = event.start_mark.index
            line = self.text.rfind("\n", 0, start) + 1
            lead = printable(self.text[line:start].strip())[-MAX_SHOWN:]
            whole = self.text[start : event.end_mark.index] + cut.group().rstrip()
            message = f"what follows # is a comment and is not read: write {lead} {_as_written(_one_line(whole))}"
            self._tell(event, "cut-text", f"{message}, or put a space after # if it is a comment")

    def _is_no_key(self, key: Any, value: Any) -> bool:
        """Whether what stands between two commas in { } has no colon: it is the end of the text before."""
        between = self.text[key.end_mark.index : value.start_mark.index] if hasattr(value, "value") else ":"
        return ":" not in between and not value.value

    def _tell_comma(self, mapping: dict[str, Any], before: Path, event: Any) -> bool:
        """A comma that ended a text in { }; the text is put together again, so that nothing else is told of it."""
        name, span = before[-1], self.parsed.value_spans.get(before)
        if span is None or span.style or not isinstance(name, str):
            return False  # what stands before is in quotes, or no text
        whole, shown_name = self.text[span.start : event.end_mark.index], printable(name)[:MAX_SHOWN]
        mark = self.parsed.values[before]
        if _THOUSANDS.fullmatch(whole):
            right = whole.replace(",", "")
            message = f"the comma ends the number here: write {shown_name}: {right}"
        elif _DECIMAL.fullmatch(whole):
            right = whole.replace(",", ".")
            message = f"the comma ends the number here: write {shown_name}: {right}"
        else:
            right = _one_line(whole)
            message = f"the comma ends the text here: write {shown_name}: {_as_written(right)}"
        self.found.append((mark, "cut-text", message, Severity.ERROR))
        mapping[name] = Plain(right)
        self.parsed.value_spans[before] = Span(span.start, event.end_mark.index, "")
        return True


def _span(event: Any) -> Span:
    return Span(event.start_mark.index, event.end_mark.index, event.style or "")


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _as_written(text: str) -> str:
    """A text in quotes, for a message."""
    return quoted(printable(text if len(text) <= MAX_SHOWN else text[: MAX_SHOWN - 1] + "…"))


def _second_document_message(text: str) -> str:
    message = "a second document starts here (---): keep to one"
    looks_like_a_page = text.startswith("---") and re.search(r"^#+ |^\*\*|^!?\[", text, re.MULTILINE)
    return message + ("; this looks like a Markdown page, and a record holds fields only" if looks_like_a_page else "")


def _refuse_extras(event: Any) -> None:
    """What YAML allows beside a value or key, and a record has no use for."""
    if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
        sign = "*" if isinstance(event, yaml.AliasEvent) else "&"
        message = "anchors (&) and aliases (*) are not used here: write the text out"
        raise RefusedError(_at(event), "anchor", f"{message}, and put a text that starts with {sign} in quotes")
    if event.tag is not None:
        message = f"the tag {shown(event.tag)} is not used here: put a text that starts with ! in quotes"
        raise RefusedError(_at(event), "tag", message)
