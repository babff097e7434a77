"""Whole pages of the test site, held against files: what changes in them is seen in a review.

`python -m pytest tests/test_golden.py --golden-update` writes the files anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest
from tests.samples import site_catalogue, site_pages

from catalogue.languages import CODES
from catalogue.presenting.context import Addresses

GOLDEN = Path(__file__).resolve().parent / "golden"

PAGES = {
    "practice": "practices/test-city-card/",
    "practice-in-french-only": "practices/permanence-en-francais/",
    "practice-from-right-to-left": "practices/right-to-left-names/",
    "practice-with-figures": "practices/results-of-all-kinds/",
    "smallest-practice": "practices/nothing-more/",
    "term": "themes/information-services/",
    "empty-term": "countries/fj/",
    "country-with-a-note": "countries/xk/",
    "organisation": "organisations/example-agency/",
    "document": "documents/example-report/",
    "question": "questions/somewhere-to-live/",
    "leads": "leads/",
    "index": "levels/",
    "practices": "practices/",
    "rules": "contribute/rules/",
}


@cache
def rendered(language: str) -> Mapping[str, str]:
    """The pages that are held, by their addresses."""
    pages = site_pages(site_catalogue(), language, Addresses("https://atlas.example/", "https://code.example/atlas/"))
    return {page.path: pages.render(page) for page in pages.pages() if page.path in PAGES.values()}


@pytest.mark.parametrize("language", CODES)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_as_it_was(name: str, language: str, request: pytest.FixtureRequest) -> None:
    file = GOLDEN / language / f"{name}.md"
    page = rendered(language)[PAGES[name]]
    if request.config.getoption("--golden-update"):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(page, encoding="utf-8")
    assert page == file.read_text(encoding="utf-8"), f"{file} differs: look, then use --golden-update"


@pytest.mark.parametrize("language", CODES)
def test_every_file_is_that_of_a_page(language: str) -> None:
    assert {file.stem for file in (GOLDEN / language).iterdir()} == PAGES.keys()
