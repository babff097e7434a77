"""The pages in docs/: what they name of the registers is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.samples import ROOT, read

REGISTERS = ("documents", "organisations", "questions")

PAGES = sorted((ROOT / "docs").rglob("*.md"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_to_entries_of_registers_and_to_records_lead_somewhere(page: Path) -> None:
    known = {(name, entry["id"]) for name in REGISTERS for entry in read(ROOT / "schema" / f"{name}.yml")[name]}
    known |= {("practices", file.stem) for file in (ROOT / "practices").glob("*.yml")}
    links = re.findall(rf"/({'|'.join(REGISTERS)}|practices)/([a-z0-9-]+)/", page.read_text(encoding="utf-8"))
    assert [link for link in links if link not in known] == []


def test_the_method_names_every_document_that_practices_were_found_in() -> None:
    documents = {entry["id"] for entry in read(ROOT / "schema" / "documents.yml")["documents"]}
    for language in ("en", "fr"):
        text = (ROOT / "docs" / language / "about" / "method.md").read_text(encoding="utf-8")
        assert set(re.findall(r"/documents/([a-z0-9-]+)/", text)) == documents
