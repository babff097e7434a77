"""Fixtures and settings that several test files share."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from tests.samples import Project

from catalogue import loader
from catalogue.problems import Problem

pytest_plugins = ["tests.command_fixtures", "tests.site_fixtures"]

# The same examples at every run: a test that fails, fails for everybody. Slow machines are no failure.
settings.register_profile("atlas", derandomize=True, deadline=None, max_examples=80)
settings.load_profile("atlas")

READ: dict[tuple[tuple[str, bytes], ...], tuple[loader.Terms, list[Problem]]] = {}
"""What came of reading vocabularies, by their files: most projects of the tests have the same ones."""


@pytest.fixture
def vocabularies_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reads the vocabularies of a project only where a test has changed them."""
    read = loader.read_vocabularies

    def remembered(reader: Any) -> loader.Terms:
        folder = reader.root / "schema" / "vocabularies"
        files = [*sorted(folder.iterdir()), folder.parent / "vocabulary.schema.json"]
        key = tuple((file.name, file.read_bytes()) for file in files if file.is_file())
        if key not in READ:
            before = len(reader.problems)
            READ[key] = read(reader), reader.problems[before:]
        else:
            reader.problems += READ[key][1]
        return READ[key][0]

    monkeypatch.setattr(loader, "read_vocabularies", remembered)


@pytest.fixture
def project(tmp_path: Path, vocabularies_read_once: None) -> Project:
    """A project without records."""
    return Project.create(tmp_path)


def pytest_addoption(parser: pytest.Parser) -> None:
    """The option that writes the golden pages anew."""
    parser.addoption("--golden-update", action="store_true", help="write the pages of tests/golden/ anew")
