"""The scripts and styles of the theme as text: what they may not hold, and what is agreed with the build."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from tests.samples import ROOT, catalogue, examples, site_pages

from catalogue.finding import explore_data, search_index
from catalogue.presenting.configuration import MAX_QUERY
from catalogue.relating.evidence import EVIDENCE_ORDER

FOLDER = ROOT / "docs" / "theme" / "atlas"
SCRIPTS = sorted(FOLDER.rglob("*.js"))
TYPES = FOLDER / "types.d.ts"
STYLES = sorted(FOLDER.rglob("*.css"))
TOOLS = ROOT / "node_modules" / ".bin"


def name_of(file: Path) -> str:
    return file.relative_to(FOLDER).as_posix()


def test_scripts_are_found() -> None:
    assert len(SCRIPTS) > 20


@pytest.mark.parametrize("file", [*SCRIPTS, TYPES], ids=name_of)
def test_no_line_is_longer_than_120_characters(file: Path) -> None:
    assert [line for line in file.read_text(encoding="utf-8").splitlines() if len(line) > 120] == []


def test_nothing_is_fetched_but_through_the_loader() -> None:
    """So that every request has a time limit, in every browser."""
    asking = r"\bfetch\(|XMLHttpRequest|AbortSignal|sendBeacon|EventSource|WebSocket"
    assert [name_of(file) for file in SCRIPTS if re.search(asking, file.read_text("utf-8"))] == ["dom/load.js"]


def test_elements_are_made_in_one_place() -> None:
    making = r"createElement(NS)?\("
    assert [name_of(file) for file in SCRIPTS if re.search(making, file.read_text("utf-8"))] == ["dom/elements.js"]


def test_orders_and_limits_come_to_the_browser_and_are_not_typed_again() -> None:
    context = site_pages(catalogue(*examples().values())).context(1)
    settings = json.loads(explore_data.settings(context))
    assert settings["evidence"] == list(EVIDENCE_ORDER)
    assert [part for part, _ in settings["parts"]] == list(search_index.PARTS)
    assert settings["limits"] == {"query": MAX_QUERY, "cards": explore_data.PER_SHARD}
    for file in SCRIPTS:
        code = file.read_text(encoding="utf-8")
        levels = set(re.findall(r'"(\w+)"', code)) & set(EVIDENCE_ORDER)
        assert levels == set(), file
        assert re.search(rf"(?<![\w.]){MAX_QUERY}(?![\w.])", code) is None, file


@pytest.mark.skipif(shutil.which("npm") is None, reason="npm is missing: the scripts of the browser are not checked")
def test_the_compiler_looks_at_every_script() -> None:
    """'make test' runs the compiler before the tests; here, that it looks at every script."""
    listed = subprocess.run([TOOLS / "tsc", "--listFilesOnly"], cwd=ROOT, text=True, capture_output=True, check=True)
    checked = {Path(line) for line in listed.stdout.splitlines() if line.endswith(".js")}
    assert checked == set(SCRIPTS)
