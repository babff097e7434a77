"""The built HTML is valid: by the Nu checker where Java and the npm package are there, else by html5lib."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import html5lib
import pytest
from tests.site_builder import ROOT, Built

CHECKER = ROOT / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"

# What the theme itself does wrong, as (message, markup in which it stands), with the reason. Ours has no exception.
THEME_EXCEPTIONS = {
    ("Attribute “autocomplete” is only allowed", 'data-md-toggle="drawer"'): "the theme's switch of its own menu",
    ("Attribute “autocomplete” is only allowed", 'data-md-toggle="search"'): "the theme's switch of its own search",
}


def sample(site: Built) -> list[Path]:
    """Every page but the hundreds of empty terms, of which a few stand for all."""
    pages = []
    for file in sorted(site.root.rglob("*.html")):
        path = file.relative_to(site.root).as_posix()
        folder = path.removeprefix("fr/").split("/")[0]
        if (
            folder in ("countries", "sdgs", "organisations", "gcm", "regions")
            and path.count("/") > 1
            and hash_of(path) % 12
        ):
            continue
        pages.append(file)
    return pages


def hash_of(path: str) -> int:
    """A number that depends on the path alone, the same in every run."""
    return sum(path.encode())


@pytest.fixture(scope="module")
def nu_errors(site: Built) -> list[dict[str, Any]] | None:
    """What the Nu checker finds in a sample of all pages, or None where it cannot run."""
    java = shutil.which("java")
    if java is None or not CHECKER.is_file():
        return None
    pages = [str(page) for page in sample(site)]
    command = [java, "-Xss8m", "-jar", str(CHECKER), "--format", "json", "--exit-zero-always", *pages]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return [message for message in json.loads(done.stderr)["messages"] if message["type"] == "error"]


def exception_of(error: dict[str, Any]) -> tuple[str, str] | None:
    """The exception that an error falls under."""
    for message, markup in THEME_EXCEPTIONS:
        if error["message"].startswith(message) and markup in error.get("extract", ""):
            return message, markup
    return None


def test_every_type_of_page_is_valid_html(site: Built, nu_errors: list[dict[str, Any]] | None) -> None:
    assert len(sample(site)) > 200
    if nu_errors is None:
        print("Java or the npm package vnu-jar is missing: HTML is checked with html5lib, which sees less")
        for file in sample(site):
            html5lib.HTMLParser(strict=True).parse(file.read_text(encoding="utf-8"))
        return
    problems = [
        f"{error['url'].rpartition('/site/')[2]}:{error.get('lastLine')}: {error['message']} {error.get('extract')!r}"
        for error in nu_errors
        if exception_of(error) is None
    ]
    assert problems == []


def test_every_exception_of_the_theme_is_still_needed(nu_errors: list[dict[str, Any]] | None) -> None:
    if nu_errors is not None:
        assert {exception_of(error) for error in nu_errors} == set(THEME_EXCEPTIONS)
