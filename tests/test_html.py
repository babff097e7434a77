"""The built HTML is valid: by the Nu checker where Java and the npm package are there, else by html5lib."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
import pytest
from tests import samples
from tests.site_builder import ROOT, Built

from catalogue import model

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


# A record in one language, the page's language, and the language of what the page shows of the record.
IN_ANOTHER_LANGUAGE = [("oslo-job-mentors", "fr", "en"), ("nantes-permanence-juridique", "en", "fr")]


@pytest.mark.parametrize(("record", "language", "other"), IN_ANOTHER_LANGUAGE)
def test_a_name_in_another_language_is_marked_wherever_it_stands(record: str, language: str, other: str) -> None:
    alone = samples.examples()[record]
    twin = samples.practice("twin", themes=list(alone.themes), countries=list(alone.countries))
    placed = replace(alone, places=(model.Place({other: f"Port of {record}"}, alone.countries[0], 10, 10),))
    pick = model.Pick(record, {other: "It does."})
    asked = model.Question("q", {other: f"Why {record}?"}, {other: "So."}, (pick,), {other: "Much."})
    found = replace(samples.catalogue(placed, twin), questions={"q": asked})
    pages = samples.site_pages(found, language)
    foreign = (alone.name[other], f"Port of {record}", f"Why {record}?")
    seen: dict[str, int] = dict.fromkeys(foreign, 0)
    wrong = []
    for page in pages.pages():
        for said, lang in spoken(samples.tree(pages.render(page)), language):
            for text in foreign:
                if text in said:
                    seen[text] += 1
                    if lang != other:
                        wrong.append((page.path, said))
    assert wrong == []
    assert min(seen.values()) > 1


def spoken(element: Element, lang: str) -> Iterator[tuple[str, str]]:
    """Every text that is read out, with the language that it is read out in."""
    if element.tag in ("script", "style"):
        return
    lang = element.get("lang", lang)
    yield from ((element.get(name, ""), lang) for name in ("aria-label", "title"))
    yield element.get("data-practice-name", ""), element.get("data-practice-language", lang)
    yield element.text or "", lang
    for inner in element:
        yield from spoken(inner, lang)
        yield inner.tail or "", lang
