"""The numbered notes of a practice, both ways, and how to cite it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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

    @staticmethod
    def anchor(row: str, number: int, key: str) -> str:
        """The anchor of the place that cites a source: its row, its number there from 1, and the source's key."""
        return f"cite-{row}-{number}-{key}"


def rows(*places: Place) -> tuple[str, ...]:
    """The rows of the fields in some places of the practice page, in the order of the page."""
    return tuple(row for field in FIELDS if field.place in places for row in field.shown_rows)


def page_rows(ctx: PageContext, practice: Practice, *places: Place) -> dict[str, list[Piece]]:
    """The rows in some places of the practice page, in the order of the page, each with its pieces."""
    return {row: pieces(ctx, practice, row) for row in rows(*places)}


def numbers(practice: Practice) -> Mapping[str, int]:
    """The number of every source by its key, counted from 1."""
    return {key: number for number, key in enumerate(practice.sources, start=1)}


def notes(practice: Practice, cited: Mapping[str, Sequence[Piece]]) -> Notes:
    """The notes of a practice with every place that cites them; `cited` has the rows of its page, as `page_rows`."""
    places: dict[str, list[Citation]] = {key: [] for key in practice.sources}
    for row, found in cited.items():
        for number, piece in enumerate(found, start=1):
            for key in piece.sources:
                places[key].append(Citation(Notes.anchor(row, number, key), row, number))
    of_key = numbers(practice)
    return Notes(tuple(Note(of_key[key], key, practice.sources[key], tuple(found)) for key, found in places.items()))


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
