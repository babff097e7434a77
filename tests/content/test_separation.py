"""Tests of the code stand on records of their own, so that a change to real records cannot break them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.samples import ROOT

TESTS = sorted(file for file in (ROOT / "tests").rglob("*.py") if "content" not in file.parts)
EXAMPLES = sorted(file for file in (ROOT / "tests" / "examples").rglob("*.yml"))

READING = re.compile(r"""load\(ROOT\)|ROOT\s*/\s*["']practices|REAL_""")
"""How a test would read the real records."""


def is_of(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("file", TESTS, ids=is_of)
def test_a_test_of_the_code_reads_no_real_record(file: Path) -> None:
    assert READING.findall(file.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("file", [*TESTS, *EXAMPLES], ids=is_of)
def test_a_test_of_the_code_names_no_real_record(file: Path) -> None:
    records = {record.stem for record in (ROOT / "practices").glob("*.yml")}
    text = file.read_text(encoding="utf-8")
    # An id without a dash could be any word, and counts as one in an address alone.
    named = {*re.findall(r"[a-z0-9]+(?:-[a-z0-9]+)+", text), *re.findall(r"practices/([a-z0-9-]+)", text)}
    assert named & records == set()
