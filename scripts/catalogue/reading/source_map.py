"""Where each character of a scalar stands in its file, so that one can be changed there and nothing else."""

from __future__ import annotations

import re

Place = tuple[int, int] | None
"""The offsets of a character in the raw text: of its first and of what follows it. None where a line break stands."""

_BREAK = re.compile(r"[ \t]*\n[ \t\n]*")
_ESCAPES = {
    "0": "\0", "a": "\a", "b": "\b", "t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r", "e": "\x1b", " ": " ",
    '"': '"', "/": "/", "\\": "\\", "N": "\x85", "_": "\u00a0", "L": "\u2028", "P": "\u2029", "\t": "\t",
}  # fmt: skip
_HEXADECIMAL = {"x": 2, "u": 4, "U": 8}


def places(raw: str, style: str, value: str) -> list[Place] | None:
    """The place of each character of `value` in `raw`, which is how it is written, or None where that is not sure.

    `raw` begins with the quote or the sign of a block where there is one; `style` is that of `parsed.Span`. Lines of
    `raw` end with a line feed.
    """
    if style in ("|", ">"):
        head = raw.find("\n") + 1
        return _aligned(raw, head or len(raw), len(raw), value, "")
    if style:
        return _aligned(raw, 1, len(raw) - 1, value, style)
    return _aligned(raw, 0, len(raw), value, "")


def _aligned(raw: str, at: int, end: int, value: str, quote: str) -> list[Place] | None:
    found: list[Place] = []
    for character in value:
        if character in " \n" and (gap := _BREAK.match(raw, at, end)):
            found.append(None)
            at = gap.end()
            continue
        if character == "\n" and found and found[-1] is None:  # a second empty line of the same gap
            found.append(None)
            continue
        at = _skip(raw, at, end, quote)
        read, after = _character(raw, at, end, quote)
        while read is not None and read != character and read in " \t\n" and not quote:
            at, (read, after) = after, _character(raw, after, end, quote)  # the indentation of a block
        if read != character:
            return None
        found.append((at, after))
        at = after
    return found


def _skip(raw: str, at: int, end: int, quote: str) -> int:
    """What stands for nothing: a line break that is escaped."""
    while quote == '"' and raw.startswith("\\\n", at, end):
        at += 2
        while at < end and raw[at] in " \t":
            at += 1
    return at


def _character(raw: str, at: int, end: int, quote: str) -> tuple[str | None, int]:
    """The character that is written at an offset, and the offset after it."""
    if at >= end:
        return None, at
    if quote == "'" and raw.startswith("''", at, end):
        return "'", at + 2
    if quote == '"' and raw[at] == "\\" and at + 1 < end:
        kind = raw[at + 1]
        if kind in _HEXADECIMAL:
            after = at + 2 + _HEXADECIMAL[kind]
            return chr(int(raw[at + 2 : after], 16)), after
        return _ESCAPES.get(kind), at + 2
    return raw[at], at + 1
