"""Fields in the order of the schema: the lines of each field are moved as they are, with the comments above them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from catalogue.reading.parsed import Parsed, Path
from catalogue.reading.yaml_messages import Lines


class Move(NamedTuple):
    """A text in which fields were moved, and the lines of those that were, with their names."""

    text: str
    moved: list[tuple[int, str]]


def ordered(names: list[str], properties: Mapping[str, Any]) -> list[str]:
    """The names in the order of the schema; one that the schema does not have stays behind the one before it."""
    place = {name: number for number, name in enumerate(properties)}
    keys: dict[str, tuple[int, int]] = {}
    last = -1
    for number, name in enumerate(names):
        last = place.get(name, last)
        keys[name] = (last, number)
    return sorted(names, key=keys.__getitem__)


def moves(text: str, parsed: Parsed, described: Iterator[tuple[Path, Mapping[str, Any]]]) -> Iterator[Move]:
    """The texts that come of putting one mapping in order, for each mapping that is not.

    `described` are the mappings whose fields the schema names, each with these. A mapping in which it is not sure what
    belongs to which field is left out.
    """
    for path, properties in described:
        value = parsed.data
        for part in path:
            value = value[part]
        names = list(value)
        wanted = ordered(names, properties)
        if wanted == names:
            continue
        is_flow = parsed.value_spans[path].style == "flow"
        rewritten = (_flow if is_flow else _block)(text, parsed, path, names, wanted)
        if rewritten is not None:
            lines = Lines(text)
            moved = [(lines.mark(parsed.key_spans[(*path, name)].start).line, name) for name in _moved(names, wanted)]
            yield Move(rewritten, moved)


def _moved(names: list[str], wanted: list[str]) -> list[str]:
    """The fewest names that have to move: all but the longest run that is in order already."""
    place = {name: number for number, name in enumerate(wanted)}
    runs: list[list[str]] = []
    for name in names:
        before = [run for run in runs if place[run[-1]] < place[name]]
        longest: list[str] = max(before, key=len) if before else []
        runs.append([*longest, name])
    stays = max(runs, key=len)
    return [name for name in names if name not in stays]


def _flow(text: str, parsed: Parsed, path: Path, names: list[str], wanted: list[str]) -> str | None:
    """A mapping in { } put in order: each field goes from its key to the end of its value, the commas stay."""
    spans = {name: (parsed.key_spans[(*path, name)].start, parsed.value_spans[(*path, name)].end) for name in names}
    starts, ends = [spans[name][0] for name in names], [spans[name][1] for name in names]
    between = [text[end:start] for end, start in zip(ends, starts[1:], strict=False)]
    whole = text[starts[0] : ends[-1]]
    if "#" in whole or not all(re.fullmatch(r"\s*,\s*", gap) for gap in between):
        return None
    fields = [text[slice(*spans[name])] for name in wanted]
    put = "".join(part for pair in zip(fields, [*between, ""], strict=True) for part in pair)
    return text[: starts[0]] + put + text[ends[-1] :]


def _block(text: str, parsed: Parsed, path: Path, names: list[str], wanted: list[str]) -> str | None:
    """A mapping on lines of its own put in order: whole lines, with the comments above each field."""
    starts = [parsed.key_spans[(*path, name)].start for name in names]
    lines = [text.rfind("\n", 0, start) + 1 for start in starts]
    indent = " " * (starts[0] - lines[0])
    if any(text[line:start] != indent for line, start in zip(lines[1:], starts[1:], strict=True)):
        return None
    alone = text[lines[0] : starts[0]] == indent  # else the first field stands behind a dash
    begins = [starts[0]]
    for line in lines[1:]:
        begins.append(_with_comments(text, line, begins[-1], indent) + len(indent))
    end = _end(text, parsed, (*path, names[-1]), len(indent))
    edges = [*(begin - len(indent) for begin in begins[1:]), end]
    fields = {name: text[begin:edge] for name, begin, edge in zip(names, begins, edges, strict=True)}
    if not alone and fields[wanted[0]].startswith("#"):
        return None  # a comment cannot stand between the dash and the first field
    put = indent.join(field if field.endswith("\n") else field + "\n" for field in (fields[name] for name in wanted))
    return text[: starts[0]] + put + text[end:]


def _with_comments(text: str, line: int, above: int, indent: str) -> int:
    """Where the comments begin that stand right above a line and as far to the left: they belong to it."""
    while True:
        start = text.rfind("\n", 0, line - 1) + 1
        if start <= above or not text.startswith(indent + "#", start):
            return line
        line = start


def _end(text: str, parsed: Parsed, path: Path, column: int) -> int:
    """The end of the last line of a field, with the comments below it that are further to the right."""
    inside = [span.end for at, span in parsed.value_spans.items() if at[: len(path)] == path]
    last = len(text[: max(parsed.key_spans[path].end, *inside)].rstrip())
    end = _line_end(text, last)
    further = re.compile(rf" {{{column + 1},}}#[^\n]*(?:\n|$)")
    while found := further.match(text, end):
        end = found.end()
    return end


def _line_end(text: str, offset: int) -> int:
    found = text.find("\n", offset)
    return len(text) if found < 0 else found + 1
