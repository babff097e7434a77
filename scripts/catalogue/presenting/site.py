"""What the page types of one language share: the catalogue, the strings, the contexts, and the order of names."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from catalogue.model import Practice
from catalogue.presenting.context import Addresses, PageContext, SiteIndex
from catalogue.presenting.localisation import Localisation
from catalogue.presenting.page import Page, Paging
from catalogue.presenting.rendering import Renderer, front_matter
from catalogue.text import sort_key


class Site:
    """The site in one language, to which every page type adds its pages."""

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

    def render(self, page: Page) -> str:
        """The text of a page's file: front matter and one block of HTML."""
        ctx = self.context(page.depth)
        description = shortened(page.description)
        about = {"title": page.title, "description": description, "section": page.section, "layout": "atlas"}
        return front_matter({**about, **page.head}) + self._renderer(page.template, v=ctx, page=page, **page.context)

    def by_name(self, ids: Sequence[str]) -> list[Practice]:
        """Practices by id, in the order of their names."""
        say = self.context(0).plain
        practices = (self.atlas.catalogue.practices[practice] for practice in ids)
        return sorted(practices, key=lambda p: (sort_key(say(p.name)), p.id))

    def numbered(self, title: str, paging: Paging) -> str:
        """The title of a list, with the number of the page after the first."""
        if paging.number == 1:
            return title
        return f"{title} ({self.local.text('paging.page', n=paging.number)})"


def shortened(text: str, limit: int = 300) -> str:
    """A description cut at a word, for search engines and previews."""
    return text if len(text) <= limit else text[: limit - 1].rsplit(" ", 1)[0] + "…"
