"""A strict reader of YAML: mappings, lists and strings with their positions, and nothing else.

Scalars stay strings (Norway's `NO` is no `False`, `10.70` no number, a date no object); the schema says later which
of them are numbers. Anchors, aliases, tags, duplicate keys, odd characters, great size and great depth are problems.
"""

from __future__ import annotations

from typing import Any

import yaml

from catalogue.problems import Problem
from catalogue.reading.parsed import Mark, Parsed, Path, Plain, Span
from catalogue.reading.yaml_builder import MAX_DEPTH, Builder, Found, RefusedError
from catalogue.reading.yaml_messages import Lines, Stop, obstacles, syntax_stop

__all__ = ["MAX_BYTES", "MAX_DEPTH", "Mark", "Parsed", "Path", "Plain", "Span", "parse", "read"]

MAX_BYTES = 200_000
"""The largest record, in bytes: some fifty times the usual one."""

BYTES_AN_ENTRY = 200
"""A list or mapping may have an entry for so many bytes of the largest file: 1,000 in a record, which needs fifty."""

MAX_ATTEMPTS = 3
"""How often the sound part of a file is looked for."""

_PARSER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _document(text: str, lines: Lines, max_entries: int) -> tuple[Parsed | None, list[Found], Stop | None]:
    """The document, what was found in it, and where reading had to stop (there is no document then)."""
    events: Any = yaml.parse(text, Loader=_PARSER)
    builder = Builder(events, text, max_entries)
    try:
        return builder.document(), builder.found, None
    except RefusedError as refused:
        return None, builder.found, refused.stop
    except yaml.YAMLError as error:
        return None, builder.found, syntax_stop(error, lines)
    except (ValueError, OverflowError):  # PyYAML's own parser, used where libyaml is missing, on "\\UFFFFFFFF"
        message = "this is not YAML: an escape names no character"
        return None, builder.found, Stop(Mark(1, 1), "not-yaml", message, 1)


def _without_last(parsed: Parsed) -> Path:
    """Leave out the last thing that was read, and return its path."""
    last = max(parsed.value_spans, key=lambda path: parsed.value_spans[path].start)
    parent = parsed.data
    try:
        for part in last[:-1]:
            parent = parent[part]
        del parent[last[-1]]
    except (LookupError, TypeError):
        pass  # it stands under a key that was there before, or is the whole document
    parsed.unfinished = last
    return last


def _sound_part(lines: Lines, until: int, max_entries: int) -> tuple[Parsed | None, list[Found]]:
    """What can be read above a line; its last text is left out, for it may go on below."""
    for _ in range(MAX_ATTEMPTS):
        text = lines.before(until)
        parsed, found, stop = _document(text, Lines(text), max_entries)
        if stop is None and parsed is not None:
            last = _without_last(parsed)
            line = parsed.mark(last).line
            return (parsed if isinstance(parsed.data, dict) else None), [f for f in found if f[0].line < line]
        until = min(stop.sound_until, until - 1) if stop else 1
        if until <= 1:
            break
    return None, []


def _decode(source: bytes) -> tuple[str, Stop | None]:
    """The text of a file, or what of it can be read and where that ends."""
    try:
        return source.decode("utf-8-sig"), None
    except UnicodeDecodeError as error:
        before = source[: error.start].decode("utf-8-sig", "replace")
        mark = Lines(before).mark(len(before))
        message = f"byte 0x{source[error.start]:02X} is not UTF-8 text: save the file as UTF-8"
        return before, Stop(mark, "not-utf-8", message, mark.line)


def read(source: bytes, path: str, *, max_bytes: int = MAX_BYTES) -> tuple[Parsed | None, list[Problem]]:
    """Read one YAML file as far as it can be read.

    `source` is the file's bytes, `path` the name to report. Returns the document, which is `unfinished` where reading
    had to stop, or None where nothing of it can be used, and the problems found on the way. Never raises for bad input.
    """
    if len(source) > max_bytes:
        size = f"{len(source):,} bytes; at most {max_bytes:,}"
        return None, [Problem(path, 1, 1, "too-large", f"the file is too large: {size}")]
    max_entries = max_bytes // BYTES_AN_ENTRY
    text, broken = _decode(source)
    lines = Lines(text)
    stops = [broken] if broken else obstacles(lines)
    parsed: Parsed | None = None
    found: list[Found] = []
    if not stops:
        parsed, found, stop = _document(text, lines, max_entries)
        stops = [stop] if stop else []
    if stops:
        parsed, found = _sound_part(lines, min(stop.sound_until for stop in stops), max_entries)
    problems = [Problem(path, *stop.mark, stop.rule, stop.message) for stop in stops]
    problems += [Problem(path, *mark, rule, message, severity) for mark, rule, message, severity in found]
    if stops:
        return parsed, problems
    assert parsed is not None  # nothing stopped the reading
    if parsed.data == "":
        return None, [*problems, Problem(path, 1, 1, "empty-file", "the file is empty")]
    if not isinstance(parsed.data, dict):
        kind = "list" if isinstance(parsed.data, list) else "text"
        message = f"the file holds a {kind}; it must hold fields, such as 'id: …'"
        return None, [*problems, Problem(path, *parsed.mark(()), "not-a-mapping", message)]
    return parsed, problems


def parse(source: bytes, path: str, *, max_bytes: int = MAX_BYTES) -> tuple[Parsed | None, list[Problem]]:
    """Read one YAML file as `read` does; a document that could not be read to its end is None."""
    parsed, problems = read(source, path, max_bytes=max_bytes)
    return (None if parsed is None or parsed.unfinished is not None else parsed), problems
