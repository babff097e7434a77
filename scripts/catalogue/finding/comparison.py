"""The page that sets practices side by side, and what it fetches: the text of one practice, field by field."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from catalogue.fields import FIELDS
from catalogue.model import Practice, Text
from catalogue.presenting import citations
from catalogue.presenting.context import PageContext
from catalogue.presenting.page import Page
from catalogue.presenting.rendering import blocks, json_script, one_line
from catalogue.presenting.site import Site
from catalogue.presenting.values import Figure, Piece, detail_words, pieces

LEFT_OUT = frozenset({"selection_basis", "website", "same_as"})
"""Rows of the practice page that say nothing beside those of other practices."""

ROWS = tuple(row for field in FIELDS for row in field.shown_rows if row not in LEFT_OUT)
"""The rows that are compared, in the order of the page; the string `fields.<row>.title` names each."""

Drawn = dict[str, Any]
"""A piece as the browser gets it: `text` (a paragraph a line), and where there are any `lang` (of a text that is not in
the page's language), `label`, `figure`, `details` (texts), `notes` (numbers of sources), `url`, `page` (an address of
the site).
"""


def pages(site: Site) -> Iterator[Page]:
    """The page of the comparison."""
    own = site.context(1)
    data = {
        "language": own.language,
        "fields": [[row, own.t(f"fields.{row}.title")] for row in ROWS],
        "words": {**own.local.lookup("compare.words"), "colon": own.t("colon")},
        "licence": own.t("practice.licence"),
        "kosovo": own.t("practice.kosovo"),
    }
    context = {"data": json_script(data), "total": len(site.atlas.catalogue.practices)}
    title, description = own.t("compare.title"), own.t("compare.description")
    yield Page("compare/", "compare.md.j2", title, description, "compare", (), context)


def files(ctx: PageContext) -> Iterator[tuple[str, str]]:
    """The file of each practice in the language of the page: path below the folder of the language, and text."""
    for practice in ctx.atlas.catalogue.practices.values():
        text = json.dumps(of_practice(practice, ctx), ensure_ascii=False, separators=(",", ":"))
        yield f"compare/{practice.id}.json", text + "\n"


def of_practice(practice: Practice, ctx: PageContext) -> dict[str, Any]:
    """All that the page shows of a practice: `fields` holds pieces by row, in the order of `ROWS`, none empty."""
    numbers = citations.numbers(practice)
    drawn = {row: [_drawn(piece, ctx, numbers) for piece in pieces(ctx, practice, row)] for row in ROWS}
    if not drawn["results"]:
        drawn["results"] = [{"text": ctx.t("practice.results_none")}]
    return {
        "id": practice.id,
        "name": _text(practice.name, ctx),
        "kosovo": practice.names_country("XK"),
        "fields": {row: found for row, found in drawn.items() if found},
    }


def _text(text: Text, ctx: PageContext) -> Drawn:
    """A text of the record, with its language where that is not the page's."""
    if not text:
        return {"text": ""}
    code = ctx.language_of(text)
    lines = [[block] if isinstance(block, str) else [f"– {item}" for item in block] for block in blocks(text[code])]
    drawn: Drawn = {"text": "\n".join(one_line(line) for block in lines for line in block)}
    if code != ctx.language:
        drawn["lang"] = code
    return drawn


def _drawn(piece: Piece, ctx: PageContext, numbers: Mapping[str, int]) -> Drawn:
    """A piece as the browser gets it, without what is empty."""
    more = {
        "label": piece.label,
        "figure": figure_words(piece.figure, ctx),
        "details": [detail_words(ctx, detail) for detail in piece.details],
        "notes": [numbers[key] for key in piece.sources],
        "url": "" if piece.kind == "address" else piece.url,
        "page": ctx.entry(*piece.link).path if piece.link and piece.link[0] == "documents" else "",
    }
    return {**_text(piece.text, ctx), **{key: value for key, value in more.items() if value}}


def figure_words(figure: Figure | None, ctx: PageContext) -> str:
    """A figure on one line, with what it is out of, counts and is compared with."""
    if figure is None:
        return ""
    unit = ctx.plain(figure.unit) if figure.unit else ""
    words = " ".join(part for part in (figure.value, figure.base, unit) if part)
    return f"{words} ({figure.compared})" if figure.compared else words
