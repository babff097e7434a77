"""The questions, each with its answer and the practices that fit."""

from __future__ import annotations

from collections.abc import Iterator

from catalogue.presenting.page import Page
from catalogue.presenting.site import Site


def pages(site: Site) -> Iterator[Page]:
    """The list of the questions, and a page for each."""
    ctx = site.context(1)
    questions = site.atlas.catalogue.questions
    title, intro = ctx.t("indexes.questions.title"), ctx.t("indexes.questions.intro")
    yield Page("questions/", "questions.md.j2", title, intro, "questions", (), {"intro": intro})
    trail = (("questions/", title),)
    for question in questions.values():
        context = {"question": question}
        asked, answer = ctx.plain(question.question), ctx.plain(question.answer)
        yield Page(f"questions/{question.id}/", "question.md.j2", asked, answer, "questions", trail, context)
