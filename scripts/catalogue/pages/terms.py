"""The indexes, and a page for each of their entries: terms, countries, organisations, documents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from catalogue.finding import explore_data
from catalogue.model import Question
from catalogue.presenting.page import Page, paged
from catalogue.presenting.site import Site
from catalogue.relating import indexes
from catalogue.relating.indexes import IndexEntry

MEETS: Mapping[str, tuple[str, ...]] = {
    "default": ("themes", "actors", "groups", "sdgs", "countries"),
    "countries": ("themes", "actors", "groups", "sdgs"),
}
"""The indexes whose entries a term's page names as often met, by the index of the term."""

LEAD_INDEXES = ("themes", "countries", "documents", "lead-reasons")
"""The indexes whose pages also name leads."""

MENU = ("practices", "themes", "countries", "sdgs", "actors")
"""The indexes that the main menu names; the others are reached from the home page."""


def pages(site: Site) -> Iterator[Page]:
    """The page of every index, and those of its entries."""
    for name in site.atlas.indexes:
        yield from _index(site, name)


def _index(site: Site, name: str) -> Iterator[Page]:
    ctx = site.context(1)
    title, intro = ctx.index_text(name, "title"), ctx.index_text(name, "intro")
    index = site.atlas.indexes[name]
    section = name if name in MENU else "indexes"
    yield Page(f"{name}/", "index.md.j2", title, intro, section, (), {"index": index, "intro": intro})
    for entry in index.entries.values():
        yield from _entry(site, entry, section, title)


def _entry(site: Site, entry: IndexEntry, section: str, index_title: str) -> Iterator[Page]:
    ctx = site.context(2)
    ordered = site.by_name(entry.practices)
    label = ctx.entry_label(entry)
    count = ctx.t("count.practices", n=len(ordered)) if ordered else ctx.t("count.none")
    definition = ctx.plain(entry.definition) if entry.definition else ""
    description = f"{label} ({count}). {definition}".strip()
    parents = _parents(site, entry)
    trail = ((f"{entry.index}/", index_title), *((p.path, ctx.entry_label(p)) for p in parents))
    meets = {
        name: indexes.co_occurring(entry, site.atlas.members, name, without=_headings(site, name))
        for name in MEETS.get(entry.index, MEETS["default"])
        if len(ordered) > 1
    }
    shared = {
        "entry": entry,
        "children": site.atlas.indexes[entry.index].children(entry.id),
        "meets": {name: found for name, found in meets.items() if found},
        "leads": _leads_of(site, entry),
        "questions": _questions_on(site, entry),
        "facts": _facts(site, entry),
        "total": len(ordered),
        "count": count,
        "filter": explore_data.link_key(entry),
        "singular": ctx.index_text(entry.index, "singular"),
        "index_title": index_title,
    }
    for path, paging, items in paged(entry.path, ordered):
        context = {**shared, "practices": items, "paging": paging}
        # The kind of entry stands in the title too: a council can be an organisation and a grouping of states.
        title = f"{site.numbered(label, paging)} · {shared['singular']}"
        yield Page(path, "term.md.j2", title, description, section, trail, context)


def _headings(site: Site, name: str) -> list[str]:
    return [entry.id for entry in site.atlas.indexes[name].entries.values() if entry.heading]


def _parents(site: Site, entry: IndexEntry) -> list[IndexEntry]:
    """What an entry stands under, the widest first; regions for a country."""
    above: list[IndexEntry] = []
    current = entry
    while current.parent is not None:
        home = "regions" if current.index in ("countries", "regions") else current.index
        current = site.atlas.indexes[home].entries[current.parent]
        if current.id != indexes.WORLD:
            above.insert(0, current)
    return [parent for parent in above if parent.index == entry.index]


def _facts(site: Site, entry: IndexEntry) -> Mapping[str, Any]:
    """What a register knows of an organisation or document, and the terms that a theme or country belongs to."""
    catalogue = site.atlas.catalogue
    facts: dict[str, Any] = {}
    if entry.index == "organisations":
        facts["organisation"] = catalogue.organisations[entry.id]
    elif entry.index == "documents":
        facts["document"] = catalogue.documents[entry.id]
    elif entry.index == "themes":
        facts["dimensions"] = catalogue.vocabularies["themes"][entry.id].dimensions
    elif entry.index == "countries":
        facts["region"] = entry.parent
        facts["kosovo"] = entry.id == "XK"
    return facts


def _leads_of(site: Site, entry: IndexEntry) -> list[Any]:
    if entry.index not in LEAD_INDEXES:
        return []
    leads = site.atlas.catalogue.leads.values()
    if entry.index == "lead-reasons":
        return [lead for lead in leads if lead.reason == entry.id]
    if entry.index == "documents":
        return [lead for lead in leads if any(m.document == entry.id for m in lead.named_in)]
    return [lead for lead in leads if entry.id in getattr(lead, entry.index)]


def _questions_on(site: Site, entry: IndexEntry) -> list[Question]:
    """The questions on a theme."""
    if entry.index != "themes":
        return []
    return [question for question in site.atlas.catalogue.questions.values() if entry.id in question.themes]
