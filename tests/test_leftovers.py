"""What editors leave beside the files that somebody works on: no record, no page, and no reason to stop."""

from __future__ import annotations

import pytest
from tests.samples import SMALLEST, Project

from catalogue.reading.leftovers import is_leftover

LEFTOVERS = (
    ".#welcome-desk.yml",
    "#welcome-desk.yml#",
    "welcome-desk.yml~",
    "welcome-desk.yml.swp",
    ".welcome-desk.yml.swp",
    ".welcome-desk.yml.kate-swp",
    "welcome-desk.yml.bak",
    "welcome-desk.yml.orig",
    "welcome-desk.yml___jb_tmp___",
    ".DS_Store",
    "Thumbs.db",
)


@pytest.mark.parametrize("name", LEFTOVERS)
def test_what_an_editor_leaves_behind_is_known_by_its_name(name: str) -> None:
    assert is_leftover(name)


@pytest.mark.parametrize("name", ["welcome-desk.yml", "bak.yml", "tmp.md", "atlas.css", "orig", "a#b.yml"])
def test_what_somebody_works_on_is_not_taken_for_it(name: str) -> None:
    assert not is_leftover(name)


def test_what_an_editor_leaves_beside_the_records_is_no_record(project: Project) -> None:
    project.add(SMALLEST)
    before = project.told()
    for name in LEFTOVERS:
        (project.root / "practices" / name).symlink_to("anna@machine.1234:5678")  # as Emacs' locks lead nowhere
    assert project.told() == before
    assert project.load().catalogue is not None


@pytest.mark.parametrize("name", ["welcome-desk.yaml", "welcome desk.txt", "notes"])
def test_what_is_neither_a_record_nor_left_behind_is_told(project: Project, name: str) -> None:
    project.write(f"practices/{name}", "")
    assert [line for line in project.told() if f"practices/{name}" in line and "error[not-a-record]" in line]
