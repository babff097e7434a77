"""Builds the site of a small catalogue in a folder of its own, as `make site` would."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.samples import ROOT, SITE, copy_data, copy_records

from catalogue.languages import CODES

ADDRESS = "https://atlas.example/under/"
"""The address that the built site believes to have."""


BUILT_ON = 1_785_000_000
"""The time of every build, in seconds since 1970: a day in July 2026."""


@dataclass(frozen=True)
class Built:
    """A project folder and the site built in it."""

    project: Path
    root: Path

    def build(self, **environment: str) -> subprocess.CompletedProcess[str]:
        """Build the site again."""
        command = [sys.executable, str(self.project / "scripts" / "atlas.py"), "build"]
        settings = {**os.environ, "SITE_URL": ADDRESS, "REPO_URL": "https://code.example/atlas"}
        settings |= {"SOURCE_DATE_EPOCH": str(BUILT_ON), **environment}
        return subprocess.run(command, cwd=self.project, env=settings, text=True, capture_output=True, check=False)


def project_copy(folder: Path, examples: Path = SITE) -> Path:
    """A copy of the project with the records and registers of a folder of examples instead of its own."""
    for name in ("docs", "scripts"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for file in ROOT.glob("mkdocs*.yml"):
        shutil.copy(file, folder)
    for language in CODES:
        (folder / "build" / "docs" / language).mkdir(parents=True)
    copy_data(folder)
    copy_records(examples, folder)
    _add_documents(folder)
    return folder


def _add_documents(folder: Path) -> None:
    """Add the documents to which hand-written pages lead, so that their links go somewhere in a site of the tests."""
    linked = {
        document
        for page in (folder / "docs").rglob("*.md")
        for document in re.findall(r"/documents/([a-z0-9-]+)/index\.md", page.read_text(encoding="utf-8"))
    }
    texts = ["title", "publisher", "note"]
    with (folder / "schema" / "documents.yml").open("a", encoding="utf-8") as register:
        for document in sorted(linked):
            named = "".join(f", {field}: {{en: 'The {document}', fr: 'Le {document}'}}" for field in texts)
            register.write(f"  - {{id: {document}{named}, language: en}}\n")


def build_site(folder: Path) -> Built:
    """Copy the project to a folder and build it."""
    built = Built(project_copy(folder), folder / "site")
    done = built.build()
    assert done.returncode == 0, done.stderr
    return built
