"""A file as read: mappings, lists and strings, and where each of them stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

Path = tuple[str | int, ...]
"""The keys and indexes that lead to a value; the empty tuple is the whole document."""


class Mark(NamedTuple):
    """A position: line and column, from 1."""

    line: int
    column: int


class Plain(str):
    """A scalar written without quotes: the only kind that may later become a number or null."""

    __slots__ = ()


class Span(NamedTuple):
    """Where something stands in the text: offsets of its first character and of what follows it, and its style.

    The style of a scalar is '' without quotes, else `'`, `"`, `|` or `>`; that of a mapping or list is `block` or
    `flow`. A mapping or list in block style ends somewhere before the next thing begins.
    """

    start: int
    end: int
    style: str


@dataclass
class Parsed:
    """A document as mappings, lists and strings, with the place of each value and of each key.

    `unfinished` is the path of the last thing read where reading could not go on: whatever leads to it may be without
    things that the file holds.
    """

    data: Any
    values: dict[Path, Mark] = field(default_factory=dict)
    keys: dict[Path, Mark] = field(default_factory=dict)
    value_spans: dict[Path, Span] = field(default_factory=dict)
    key_spans: dict[Path, Span] = field(default_factory=dict)
    unfinished: Path | None = None

    def mark(self, path: Path) -> Mark:
        """The position of a value, or of the nearest thing around it that is there."""
        while path not in self.values and path:
            path = path[:-1]
        return self.values.get(path, Mark(1, 1))

    def key_mark(self, path: Path) -> Mark:
        """The position of a key (or list item), or of the nearest thing around it."""
        return self.keys.get(path) or self.mark(path)

    def is_unfinished(self, path: Path) -> bool:
        """Whether a mapping or list may hold more than was read."""
        return self.unfinished is not None and self.unfinished[: len(path)] == path
