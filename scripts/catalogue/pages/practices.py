"""The pages of the practices, their list from A to Z, and those that lead on from earlier addresses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from catalogue.fields import Place
from catalogue.model import Practice, Question
from catalogue.presenting import citations
from catalogue.presenting.page import Page, paged
from catalogue.presenting.rendering import json_script
from catalogue.presenting.site import Site
from catalogue.presenting.values import Piece, source_notes, source_reference
from catalogue.publishing import structured_data
from catalogue.relating import completeness
from catalogue.text import initial

ALWAYS = ("results",)
"""The sections that stand on the page of every practice: that there is no result is worth knowing."""


def pages(site: Site) -> Iterator[Page]:
    """The list, a page for each practice, and one for each of its earlier addresses."""
    yield from _list(site)
    for practice in site.atlas.catalogue.practices.values():
        yield _practice(site, practice)
        for alias in practice.aliases:
            yield _redirect(site, practice, alias)


def _redirect(site: Site, practice: Practice, alias: str) -> Page:
    """The page at an earlier address of a practice, which leads on at once; it is no page to be found by itself."""
    ctx = site.context(2)
    title = ctx.t("practice.moved", name=ctx.plain(practice.name))
    target = ctx.href(f"practices/{practice.id}/")
    context = {"practice": practice, "target": target}
    head = {"redirect": str(target), "robots": "noindex"}
    return Page(f"practices/{alias}/", "redirect.md.j2", title, title, "practices", (), context, head)


def _list(site: Site) -> Iterator[Page]:
    ordered = site.by_name(tuple(site.atlas.catalogue.practices))
    title, intro = (site.local.text(f"indexes.practices.{part}") for part in ("title", "intro"))
    for path, paging, items in paged("practices/", ordered):
        groups: dict[str, list[Practice]] = {}
        for practice in items:
            groups.setdefault(initial(site.context(0).plain(practice.name)), []).append(practice)
        context = {"groups": groups, "paging": paging, "total": len(ordered), "intro": intro}
        yield Page(path, "practices.md.j2", site.numbered(title, paging), intro, "practices", (), context)


def _practice(site: Site, practice: Practice) -> Page:
    ctx = site.context(2)
    facts, sections = (citations.page_rows(ctx, practice, place) for place in (Place.FACT, Place.SECTION))
    context = {
        "practice": practice,
        "notes": citations.notes(practice, {**facts, **sections}),
        "numbers": citations.numbers(practice),
        "facts": _with_something_to_say(facts),
        "sections": _with_something_to_say(sections),
        "reference": partial(source_reference, ctx),
        "source_notes": partial(source_notes, ctx),
        "related": site.atlas.related[practice.id],
        "questions": _questions_about(site, practice),
        "stale": completeness.is_stale(practice, site.atlas.today),
        "dimensions": site.atlas.members[practice.id]["dimensions"],
        "citation": ctx.within(citations.how_to_cite(practice, ctx), practice.name),
        "json_ld": json_script(structured_data.of_practice(practice, ctx)),
        "kosovo": practice.names_country("XK"),
    }
    trail = (("practices/", site.local.text("indexes.practices.title")),)
    name, summary = ctx.plain(practice.name), ctx.plain(practice.summary)
    return Page(f"practices/{practice.id}/", "practice.md.j2", name, summary, "practices", trail, context)


def _with_something_to_say(rows: Mapping[str, list[Piece]]) -> dict[str, list[Piece]]:
    return {row: found for row, found in rows.items() if found or row in ALWAYS}


def _questions_about(site: Site, practice: Practice) -> list[Question]:
    questions = site.atlas.catalogue.questions.values()
    return [question for question in questions if any(pick.practice == practice.id for pick in question.picks)]
