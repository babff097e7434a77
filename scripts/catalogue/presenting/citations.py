"""The numbered notes of a practice, both ways, and how to cite it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from catalogue.languages import BY_CODE
from catalogue.model import Practice, Source
from catalogue.presenting.context import PageContext


@dataclass(frozen=True)
class Citation:
    """A place that cites a source: the anchor of the place, the string that names it, and its number."""

    anchor: str
    kind: str
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
    def anchor(kind: str, number: int) -> str:
        """The anchor of the place that cites: `kind` is description, result, lesson, resources or update."""
        return f"cite-{kind}-{number}"


def notes(practice: Practice) -> Notes:
    """The notes of a practice with every place that cites them."""
    places: dict[str, list[Citation]] = {key: [] for key in practice.sources}
    cited: dict[str, Sequence[str]] = {
        "description": practice.description_sources(),
        "result": [result.source for result in practice.results],
        "lesson": [lesson.source for lesson in practice.lessons],
        "resources": [practice.resources.source] if practice.resources else [],
        "update": [update.source for update in practice.updates],
    }
    for kind, keys in cited.items():
        for number, key in enumerate(keys, start=1):
            places[key].append(Citation(Notes.anchor(kind, number), f"cited_{kind}", number))
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
