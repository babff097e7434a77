"""All pages of one language: each page type is a module with a function `pages`."""

from __future__ import annotations

from collections.abc import Iterator

from catalogue.contributing import reference
from catalogue.finding import comparison, explore_data
from catalogue.pages import home, leads, matrix_pages, practices, questions, terms
from catalogue.presenting.page import Page
from catalogue.presenting.site import Site

PAGE_TYPES = (home, practices, terms, leads, questions, reference, explore_data, matrix_pages, comparison)
"""The page types, in no order that matters."""


class SitePages(Site):
    """The site in one language with all its pages."""

    def pages(self) -> Iterator[Page]:
        """Every generated page."""
        for page_type in PAGE_TYPES:
            yield from page_type.pages(self)
