"""All pages of one language: which there are, their addresses, and what each of them tells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from catalogue.contributing import reference
from catalogue.fields import Place
from catalogue.finding import comparison, explore_data
from catalogue.model import Practice, Question
from catalogue.pages import matrix_pages
from catalogue.presenting import citations
from catalogue.presenting.context import Addresses, PageContext, SiteIndex
from catalogue.presenting.localisation import Localisation
from catalogue.presenting.page import Page, Paging, paged
from catalogue.presenting.rendering import Renderer, front_matter, json_script
from catalogue.presenting.values import Piece, pieces, source_notes, source_reference
from catalogue.presenting.world_map import WorldMap
from catalogue.publishing import structured_data
from catalogue.relating import completeness, indexes
from catalogue.relating.evidence import results_of
from catalogue.relating.indexes import IndexEntry
from catalogue.text import initial, sort_key

MEETS: Mapping[str, tuple[str, ...]] = {
    "default": ("themes", "actors", "groups", "sdgs", "countries"),
    "countries": ("themes", "actors", "groups", "sdgs"),
}
"""The indexes whose entries a term's page names as often met, by the index of the term."""

LEAD_INDEXES = ("themes", "countries", "documents", "lead-reasons")
"""The indexes whose pages also name leads."""


class SitePages:
    """The pages of one language, in no order that matters."""

    def __init__(self, atlas: SiteIndex, localisation: Localisation, addresses: Addresses, root: Path) -> None:
        """`root` is the project's folder: schema for the reference pages, map for the home page, templates."""
        self.atlas, self.local, self.addresses, self.root = atlas, localisation, addresses, root
        self._renderer = Renderer(root / "scripts" / "templates", t=localisation.text)
        self._contexts: dict[int, PageContext] = {}

    def context(self, depth: int) -> PageContext:
        """The context of pages of a depth."""
        if depth not in self._contexts:
            draw_card = self._renderer.macro("macros.j2", "card")
            self._contexts[depth] = PageContext(self.atlas, self.local, self.addresses, depth, draw_card)
        return self._contexts[depth]

    def pages(self) -> Iterator[Page]:
        """Every generated page."""
        yield self._home()
        yield from self._practices()
        for practice in self.atlas.catalogue.practices.values():
            yield self._practice(practice)
        for name in self.atlas.indexes:
            yield from self._index(name)
        yield self._leads()
        yield from self._questions()
        yield from reference.pages(self.local, self.root, self.atlas.catalogue)
        yield from explore_data.pages(self.context)
        yield from matrix_pages.pages(self.atlas, self.context)
        yield from comparison.pages(self.atlas, self.context)

    def render(self, page: Page) -> str:
        """The text of a page's file: front matter and one block of HTML."""
        ctx = self.context(page.depth)
        description = shortened(page.description)
        head = front_matter(
            {"title": page.title, "description": description, "section": page.section, "layout": "atlas"}
        )
        return head + self._renderer(page.template, v=ctx, page=page, **page.context)

    def _by_name(self, ids: Sequence[str]) -> list[Practice]:
        say = self.context(0).plain
        practices = (self.atlas.catalogue.practices[practice] for practice in ids)
        return sorted(practices, key=lambda p: (sort_key(say(p.name)), p.id))

    def _home(self) -> Page:
        catalogue = self.atlas.catalogue
        practices = list(catalogue.practices.values())
        newest = sorted(practices, key=lambda p: (p.added or "", p.id), reverse=True)[:6]
        if len({practice.added for practice in practices}) < 2:
            newest = []  # all are equally new
        context = {
            "newest": newest,
            "best": sorted(practices, key=completeness.documentation_rank)[:6],
            "countries": sorted(self.atlas.used_countries, key=lambda e: sort_key(self.context(0).plain(e.label))),
            "beyond": [e for e in self.atlas.indexes["regions"].entries.values() if self.context(0).naming(e)],
            "claims": sum(len(results_of(practice)) for practice in practices),
            "map": self._map(),
        }
        text = self.local.text
        return Page("", "home.md.j2", text("site.name"), text("site.description"), "", (), context)

    def _map(self) -> WorldMap:
        return WorldMap.read(self.root)

    def _practices(self) -> Iterator[Page]:
        ordered = self._by_name(tuple(self.atlas.catalogue.practices))
        title, intro = (self.local.text(f"indexes.practices.{part}") for part in ("title", "intro"))
        for path, paging, items in paged("practices/", ordered):
            groups: dict[str, list[Practice]] = {}
            for practice in items:
                groups.setdefault(initial(self.context(0).plain(practice.name)), []).append(practice)
            context = {"groups": groups, "paging": paging, "total": len(ordered), "intro": intro}
            yield Page(path, "practices.md.j2", self._numbered(title, paging), intro, "practices", (), context)

    def _numbered(self, title: str, paging: Paging) -> str:
        if paging.number == 1:
            return title
        return f"{title} ({self.local.text('paging.page', n=paging.number)})"

    def _practice(self, practice: Practice) -> Page:
        ctx = self.context(2)
        notes = citations.notes(ctx, practice)
        context = {
            "practice": practice,
            "notes": notes,
            "facts": self._rows(ctx, practice, Place.FACT),
            "sections": self._rows(ctx, practice, Place.SECTION),
            "reference": partial(source_reference, ctx),
            "source_notes": partial(source_notes, ctx),
            "related": self.atlas.related[practice.id],
            "questions": self._questions_about(practice),
            "stale": completeness.is_stale(practice, self.atlas.latest_day),
            "dimensions": self.atlas.members[practice.id]["dimensions"],
            "citation": ctx.within(citations.how_to_cite(practice, ctx), practice.name),
            "json_ld": json_script(structured_data.of_practice(practice, ctx)),
            "kosovo": "XK" in practice.countries + practice.origins,
        }
        trail = (("practices/", self.local.text("indexes.practices.title")),)
        name, summary = ctx.plain(practice.name), ctx.plain(practice.summary)
        return Page(f"practices/{practice.id}/", "practice.md.j2", name, summary, "practices", trail, context)

    def _rows(self, ctx: PageContext, practice: Practice, place: Place) -> dict[str, list[Piece]]:
        """The rows of a part of the practice page that have something to say, with their pieces."""
        found = {row: pieces(ctx, practice, row) for row in citations.rows(place)}
        return {row: of_row for row, of_row in found.items() if of_row or row in ALWAYS}

    def _index(self, name: str) -> Iterator[Page]:
        ctx = self.context(1)
        title, intro = ctx.index_text(name, "title"), ctx.index_text(name, "intro")
        index = self.atlas.indexes[name]
        section = name if name in MENU else "indexes"
        yield Page(f"{name}/", "index.md.j2", title, intro, section, (), {"index": index, "intro": intro})
        for entry in index.entries.values():
            yield from self._entry(entry, section, title)

    def _entry(self, entry: IndexEntry, section: str, index_title: str) -> Iterator[Page]:
        ctx = self.context(2)
        ordered = self._by_name(entry.practices)
        label = ctx.entry_label(entry)
        count = ctx.t("count.practices", n=len(ordered)) if ordered else ctx.t("count.none")
        definition = ctx.plain(entry.definition) if entry.definition else ""
        description = f"{label} ({count}). {definition}".strip()
        parents = self._parents(entry)
        trail = ((f"{entry.index}/", index_title), *((p.path, ctx.entry_label(p)) for p in parents))
        meets = {
            name: indexes.co_occurring(entry, self.atlas.members, name, without=self._headings(name))
            for name in MEETS.get(entry.index, MEETS["default"])
            if len(ordered) > 1
        }
        shared = {
            "entry": entry,
            "children": self.atlas.indexes[entry.index].children(entry.id),
            "meets": {name: found for name, found in meets.items() if found},
            "leads": self._leads_of(entry),
            "questions": self._questions_on(entry),
            "facts": self._facts(entry),
            "total": len(ordered),
            "count": count,
            "filter": explore_data.link_key(entry),
            "singular": ctx.index_text(entry.index, "singular"),
            "index_title": index_title,
        }
        for path, paging, items in paged(entry.path, ordered):
            context = {**shared, "practices": items, "paging": paging}
            # The kind of entry stands in the title too: a council can be an organisation and a grouping of states.
            title = f"{self._numbered(label, paging)} · {shared['singular']}"
            yield Page(path, "term.md.j2", title, description, section, trail, context)

    def _headings(self, name: str) -> list[str]:
        return [entry.id for entry in self.atlas.indexes[name].entries.values() if entry.heading]

    def _parents(self, entry: IndexEntry) -> list[IndexEntry]:
        """What an entry stands under, the widest first; regions for a country."""
        above: list[IndexEntry] = []
        current = entry
        while current.parent is not None:
            home = "regions" if current.index in ("countries", "regions") else current.index
            current = self.atlas.indexes[home].entries[current.parent]
            if current.id != indexes.WORLD:
                above.insert(0, current)
        return [parent for parent in above if parent.index == entry.index]

    def _facts(self, entry: IndexEntry) -> Mapping[str, Any]:
        """What a register knows of an organisation or document, and the terms that a theme or country belongs to."""
        catalogue = self.atlas.catalogue
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

    def _leads_of(self, entry: IndexEntry) -> list[Any]:
        if entry.index not in LEAD_INDEXES:
            return []
        leads = self.atlas.catalogue.leads.values()
        if entry.index == "lead-reasons":
            return [lead for lead in leads if lead.reason == entry.id]
        if entry.index == "documents":
            return [lead for lead in leads if any(m.document == entry.id for m in lead.named_in)]
        return [lead for lead in leads if entry.id in getattr(lead, entry.index)]

    def _questions_about(self, practice: Practice) -> list[Question]:
        questions = self.atlas.catalogue.questions.values()
        return [question for question in questions if any(pick.practice == practice.id for pick in question.picks)]

    def _questions_on(self, entry: IndexEntry) -> list[Question]:
        """The questions on a theme."""
        if entry.index != "themes":
            return []
        return [question for question in self.atlas.catalogue.questions.values() if entry.id in question.themes]

    def _questions(self) -> Iterator[Page]:
        ctx = self.context(1)
        questions = self.atlas.catalogue.questions
        title, intro = ctx.t("indexes.questions.title"), ctx.t("indexes.questions.intro")
        yield Page("questions/", "questions.md.j2", title, intro, "questions", (), {"intro": intro})
        trail = (("questions/", title),)
        for question in questions.values():
            context = {"question": question}
            asked, answer = ctx.plain(question.question), ctx.plain(question.answer)
            yield Page(f"questions/{question.id}/", "question.md.j2", asked, answer, "questions", trail, context)

    def _leads(self) -> Page:
        ctx = self.context(1)
        leads = self.atlas.catalogue.leads.values()
        reasons = self.atlas.catalogue.vocabularies["lead-reasons"].terms
        say = ctx.plain
        groups = [
            (reason, sorted((x for x in leads if x.reason == reason.id), key=lambda x: sort_key(say(x.name))))
            for reason in reasons
        ]
        context = {"groups": [(reason, found) for reason, found in groups if found], "total": len(leads)}
        title, intro = ctx.t("indexes.leads.title"), ctx.t("indexes.leads.intro")
        return Page("leads/", "leads.md.j2", title, intro, "indexes", (), context)


ALWAYS = ("results",)
"""The sections that stand on the page of every practice: that there is no result is worth knowing."""

MENU = ("practices", "themes", "countries", "sdgs", "actors")
"""The indexes that the main menu names; the others are reached from the home page."""


def shortened(text: str, limit: int = 300) -> str:
    """A description cut at a word, for search engines and previews."""
    return text if len(text) <= limit else text[: limit - 1].rsplit(" ", 1)[0] + "…"
