"""The pages of the matrices: each a table with links, complete without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from markupsafe import Markup, escape

from catalogue.finding import explore_data
from catalogue.presenting.context import PageContext
from catalogue.presenting.page import Page
from catalogue.presenting.site import Site
from catalogue.relating.indexes import WORLD, IndexEntry
from catalogue.relating.matrices import CHOICES, Axes, Matrix, matrix

WIDE = 10
"""From how many columns on the heads of a table are turned, so that more of them are seen."""

_TERM = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]*")


def selection_address(ctx: PageContext, *entries: IndexEntry) -> Markup:
    """A link to the practices that stand under all of some entries, by the filters of the explore page."""
    selection = {str(explore_data.link_key(entry)): entry.slug for entry in entries}
    assert all(_TERM.fullmatch(part) for pair in selection.items() for part in pair), selection
    return ctx.href("explore/") + Markup("?") + escape(urlencode(selection))


@dataclass(frozen=True)
class MatrixView:
    """A matrix as one page shows it, in the language of its context."""

    matrix: Matrix
    ctx: PageContext

    @property
    def wide(self) -> bool:
        """Whether it has so many columns that their heads are turned."""
        return len(self.matrix.columns) >= WIDE

    def label(self, entry: IndexEntry) -> str:
        """The name of a row or column: the world as a column means practices that name no narrower place."""
        if entry.index == "regions" and entry.id == WORLD:
            return self.ctx.t("card.worldwide")
        return self.ctx.entry_label(entry)

    def cell(self, row: IndexEntry, column: IndexEntry) -> Markup:
        """The address of the practices of a cell."""
        return selection_address(self.ctx, row, column)

    def head(self, entry: IndexEntry) -> Markup:
        """The address of all practices of a row or column."""
        return selection_address(self.ctx, entry)

    def cell_name(self, row: IndexEntry, column: IndexEntry) -> str:
        """A cell in words, for those who meet its link outside the table."""
        count = self.matrix.count(row, column)
        names = {"row": self.label(row), "column": self.label(column)}
        return self.ctx.t("matrix.cell", n=count, **names) if count else self.ctx.t("matrix.empty", **names)


def pages(site: Site) -> Iterator[Page]:
    """A page for each matrix."""
    for axes in CHOICES:
        own = site.context(axes.path.count("/"))
        title = _title(axes, own)
        context = {
            "view": MatrixView(matrix(axes, site.atlas.indexes, site.atlas.members), own),
            "choices": _choices(own),
        }
        # The name of the table stands in the title: "Themes by region" alone could be any page.
        full = f"{title} · {own.t('matrix.title')}"
        trail = () if axes is CHOICES[0] else ((CHOICES[0].path, own.t("matrix.title")),)
        yield Page(axes.path, "matrix.md.j2", full, own.t("matrix.description"), "matrix", trail, context)


def _title(axes: Axes, ctx: PageContext) -> str:
    return ctx.t(f"matrix.axes.{axes.name}")


def _choices(ctx: PageContext) -> list[tuple[Axes, str]]:
    return [(axes, _title(axes, ctx)) for axes in CHOICES]
