"""A page to be written, and the pages that a long list is cut into."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

PER_PAGE = 200
"""How many practices a page lists at most."""


@dataclass(frozen=True)
class Page:
    """A page to be written: address below the root of the language, template, title, description and what it needs.

    `section` is the entry of the main menu that it belongs to; `trail` the pages above it, as (path, title); `head`
    what else the frame needs to know.
    """

    path: str
    template: str
    title: str
    description: str
    section: str
    trail: tuple[tuple[str, str], ...] = ()
    context: Mapping[str, Any] = field(default_factory=dict)
    head: Mapping[str, str] = field(default_factory=dict)

    @property
    def file(self) -> str:
        """The file of the page below the folder of the language."""
        return f"{self.path}index.md"

    @property
    def depth(self) -> int:
        """How many folders deep the page lies."""
        return self.path.count("/")


@dataclass(frozen=True)
class Paging:
    """One of several pages of a list: its number from 1, how many there are, and the addresses beside it."""

    number: int
    total: int
    paths: tuple[str, ...]

    @property
    def previous(self) -> str | None:
        """The address of the page before."""
        return self.paths[self.number - 2] if self.number > 1 else None

    @property
    def next(self) -> str | None:
        """The address of the page after."""
        return self.paths[self.number] if self.number < self.total else None


def paged(path: str, items: Sequence[Any], size: int = PER_PAGE) -> Iterator[tuple[str, Paging, Sequence[Any]]]:
    """Cut a list into pages: address, paging and items of each; an empty list has one page."""
    total = max(1, -(-len(items) // size))
    paths = tuple(path if number == 1 else f"{path}page-{number}/" for number in range(1, total + 1))
    for number, address in enumerate(paths, start=1):
        yield address, Paging(number, total, paths), items[(number - 1) * size : number * size]
