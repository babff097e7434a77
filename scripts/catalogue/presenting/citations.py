"""The numbered notes of a practice, both ways, and how to cite it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from catalogue.fields import FIELDS, Place
from catalogue.languages import BY_CODE
from catalogue.model import Practice, Source
from catalogue.presenting.context import PageContext
from catalogue.presenting.values import Piece, pieces


@dataclass(frozen=True)
class Citation:
    """A place that cites a source: its anchor, and the row and number (from 1) by which a reader knows it."""

    anchor: str
    row: str
    number: int


@dataclass(frozen=True)
class Note:
    """A source with its number, counted from 1, and the places that cite it."""

    number: int
    key: str
    source: Source
    cited: tuple[Citation, ...]


@dataclass(frozen=True)
class Notes:
    """All notes of a practice, in the order of its sources."""

    notes: tuple[Note, ...]

    def number(self, key: str) -> int:
        """The number of a source."""
        return next(note.number for note in self.notes if note.key == key)

    @staticmethod
    def anchor(row: str, number: int, key: str) -> str:
        """The anchor of the place that cites a source: its row, its number there from 1, and the source's key."""
        return f"cite-{row}-{number}-{key}"


def rows(*places: Place) -> tuple[str, ...]:
    """The rows of the fields in some places of the practice page, in the order of the page."""
    return tuple(row for field in FIELDS if field.place in places for row in field.shown_rows)


def cited(ctx: PageContext, practice: Practice) -> Iterator[tuple[str, int, Piece]]:
    """Every piece of the practice page that may cite sources: row, number in the row from 1, and piece."""
    for row in rows(Place.FACT, Place.SECTION):
        for number, piece in enumerate(pieces(ctx, practice, row), start=1):
            yield row, number, piece


def notes(ctx: PageContext, practice: Practice) -> Notes:
    """The notes of a practice with every place that cites them."""
    places: dict[str, list[Citation]] = {key: [] for key in practice.sources}
    for row, number, piece in cited(ctx, practice):
        for key in piece.sources:
            places[key].append(Citation(Notes.anchor(row, number, key), row, number))
    numbered = enumerate(practice.sources.items(), start=1)
    return Notes(tuple(Note(number, key, source, tuple(places[key])) for number, (key, source) in numbered))


def how_to_cite(practice: Practice, ctx: PageContext) -> str:
    """A citation of the record, with its address where the build knows it."""
    name = ctx.plain(practice.name)
    added = ctx.local.day(practice.added) if practice.added else "–"
    text = ctx.t("practice.citation", name=name, id=practice.id, added=added)
    if ctx.addresses.site:
        text = ctx.t("practice.citation_url", citation=text, url=page_url(f"practices/{practice.id}/", ctx))
    return text


def page_url(path: str, ctx: PageContext) -> str:
    """The full address of a page in the language of the page; empty where the site's address is not known."""
    if not ctx.addresses.site:
        return ""
    return f"{ctx.addresses.site}{BY_CODE[ctx.language].folder}{path}"
