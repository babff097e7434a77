"""Whole pages of a small catalogue, held against files: what changes in them is seen in a review.

`python -m pytest tests/test_golden.py --golden-update` writes the files anew.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.samples import Project

from catalogue.model import LANGUAGES
from catalogue.presenting.context import Addresses, SiteIndex
from commands.generate import generated

GOLDEN = Path(__file__).resolve().parent / "golden"

PAGES = {
    "practice": "practices/nantes-permanence-juridique/index.md",
    "practice-in-one-language": "practices/oslo-job-mentors/index.md",
    "term": "themes/information-services/index.md",
    "empty-term": "countries/fj/index.md",
    "index": "levels/index.md",
    "practices": "practices/index.md",
    "rules": "contribute/rules/index.md",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_are_as_they_were(project: Project, language: str, request: pytest.FixtureRequest) -> None:
    project.add(*(file.stem for file in (Path(__file__).parent / "examples" / "valid").glob("*.yml")))
    catalogue = project.load().catalogue
    assert catalogue is not None
    addresses = Addresses("https://atlas.example/", "https://code.example/atlas/")
    pages = dict(generated(SiteIndex.of(catalogue), language, addresses, project.root))
    for name, path in PAGES.items():
        file = GOLDEN / language / f"{name}.md"
        if request.config.getoption("--golden-update"):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(pages[path], encoding="utf-8")
        assert pages[path] == file.read_text(encoding="utf-8"), f"{file} differs: look, then use --golden-update"
