"""Builds the site of a small catalogue in a folder of its own, as `make site` would."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import yaml

from catalogue.languages import CODES

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = Path(__file__).resolve().parent / "examples" / "site"

ADDRESS = "https://atlas.example/under/"
"""The address that the built site believes to have."""

REAL_RECORDS = (
    "bulgaria-alternatives-to-detention-pilot",
    "european-alternatives-to-detention-network",
    "gaziantep-municipal-refugee-policy",
    "new-york-idnyc",
    "portugal-clai-claim-network",
    "ventanillas-de-salud",
)
"""Real records that between them use every part of a page."""


@dataclass(frozen=True)
class Built:
    """A project folder and the site built in it."""

    project: Path
    root: Path

    def build(self, **environment: str) -> subprocess.CompletedProcess[str]:
        """Build the site again."""
        command = [sys.executable, str(self.project / "scripts" / "atlas.py"), "build"]
        settings = {**os.environ, "SITE_URL": ADDRESS, "REPO_URL": "https://code.example/atlas", **environment}
        return subprocess.run(command, cwd=self.project, env=settings, text=True, capture_output=True, check=False)


def project_copy(folder: Path, records: tuple[str, ...] = REAL_RECORDS) -> Path:
    """A copy of the project with some real records and those of `examples/site`."""
    for name in ("schema", "docs", "scripts"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for file in ROOT.glob("mkdocs*.yml"):
        shutil.copy(file, folder)
    for language in CODES:
        (folder / "build" / "docs" / language).mkdir(parents=True)
    (folder / "practices").mkdir()
    for record in with_related(records):
        shutil.copy(ROOT / "practices" / f"{record}.yml", folder / "practices")
    # Two questions, whose picks are among the records of every copy.
    shutil.copy(EXAMPLES / "registers" / "questions.yml", folder / "schema" / "questions.yml")
    for file in EXAMPLES.glob("*.yml"):
        shutil.copy(file, folder / "practices")
    return folder


def with_related(records: tuple[str, ...]) -> list[str]:
    """Records and all that they name as related, directly or not: a record is an error without them."""
    found: list[str] = []
    waiting = list(records)
    while waiting:
        record = waiting.pop()
        if record not in found:
            found.append(record)
            data = yaml.safe_load((ROOT / "practices" / f"{record}.yml").read_text(encoding="utf-8"))
            waiting += [link["id"] for link in data.get("related", ())]
    return sorted(found)


def build_site(folder: Path) -> Built:
    """Copy the project to a folder and build it."""
    built = Built(project_copy(folder), folder / "site")
    done = built.build()
    assert done.returncode == 0, done.stderr
    return built
