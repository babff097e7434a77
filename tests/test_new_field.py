"""A field and a vocabulary are added to a small project: they have to arrive everywhere, from one line each."""

from __future__ import annotations

import csv
import html
import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from tests.samples import SMALL
from tests.site_builder import project_copy

DURATIONS = """\
title: {en: Durations, fr: Durées}
singular: {en: Duration, fr: Durée}
intro: {en: How long people take part., fr: Combien de temps on y participe.}
terms:
  - id: weeks
    label: {en: Some weeks, fr: Quelques semaines}
    definition: {en: Less than three months., fr: Moins de trois mois.}
  - id: years
    label: {en: Some years, fr: Quelques années}
    definition: {en: More than a year., fr: Plus d’un an.}
"""

GENERATE = """\
import sys
sys.path.insert(0, "scripts")
from pathlib import Path
from catalogue.loader import load
from commands.generate import generate
found = load(Path("."))
assert found.catalogue is not None, found.problems
for language in ("en", "fr"):
    generate(found.catalogue, language, Path("written") / language)
"""


def edit(file: Path, old: str, new: str) -> None:
    """Change a text that stands in a file, where it stands first."""
    text = file.read_text(encoding="utf-8")
    assert old in text, f"{old!r} does not stand in {file.name}"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """The files of a small project to which the text `eligibility` and the terms `durations` were added, by path.

    What is edited here is all that a new field and a new vocabulary touch.
    """
    project = project_copy(tmp_path_factory.mktemp("grown") / "project", SMALL)
    (project / "schema" / "vocabularies" / "durations.yml").write_text(DURATIONS, encoding="utf-8")
    edit(project / "scripts/catalogue/reading/vocabularies.py", '"lead-reasons",', '"lead-reasons", "durations",')
    edit(
        project / "schema/practice.schema.json",
        '"themes": {',
        '"eligibility": {"description": "Who may take part.", "$ref": "#/$defs/text"},\n'
        '"durations": {"description": "How long.", "$ref": "#/$defs/terms",'
        ' "items": {"$ref": "vocabularies.schema.json#/$defs/durations"}},\n"themes": {',
    )
    edit(
        project / "scripts/catalogue/model.py",
        "    unknown: Text | None = None\n",
        "    unknown: Text | None = None\n    eligibility: Text | None = None\n    durations: tuple[str, ...] = ()\n",
    )
    edit(
        project / "scripts/catalogue/fields.py",
        '    Field("unknown",',
        '    Field("eligibility", _TEXT, _SECTION, search=2, recommended=True, csv=True),\n'
        '    Field("durations", _TERMS, _FACT, _terms("durations"), csv=True, filter="duration"),\n'
        '    Field("unknown",',
    )
    words = {"en": ("Eligibility", "Duration"), "fr": ("Conditions", "Durée")}
    for language, (eligibility, durations) in words.items():
        edit(
            project / f"scripts/strings/{language}.yml",
            "\nfields:\n",
            f"\nfields:\n  eligibility: {{title: {eligibility}, missing: {eligibility}}}\n"
            f"  durations: {{title: {durations}}}\n",
        )
        edit(project / f"scripts/strings/{language}.yml", "    theme: ", f"    duration: {durations}\n    theme: ")
    edit(
        project / "scripts/strings/reference.fr.yml",
        "  themes: ",
        "  eligibility: Qui peut participer.\n  durations: Combien de temps.\n  themes: ",
    )
    edit(
        project / "practices/welcome-desk.yml",
        "themes:",
        "eligibility: {en: Whoever holds a zebracard., fr: Qui a une cartezèbre.}\ndurations: [years]\nthemes:",
    )
    command = [sys.executable, str(project / "scripts" / "atlas.py"), "derive"]
    subprocess.run(command, cwd=project, check=True, capture_output=True)
    environment = {name: value for name, value in os.environ.items() if name not in ("SITE_URL", "REPO_URL")}
    done = subprocess.run(
        [sys.executable, "-c", GENERATE], cwd=project, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    folder = project / "written"
    return {
        file.relative_to(folder).as_posix(): file.read_text(encoding="utf-8")
        for file in folder.rglob("*")
        if file.suffix in (".md", ".json", ".csv")
    }


def test_it_stands_on_the_page_of_the_practice_with_its_heading(written: Mapping[str, str]) -> None:
    for language, heading, text, label in (
        ("en", "Eligibility", "zebracard", "Some years"),
        ("fr", "Conditions", "cartezèbre", "Quelques années"),
    ):
        page = written[f"{language}/practices/welcome-desk/index.md"]
        assert f'<h2 id="eligibility">{heading}</h2>' in page
        assert f'<li><a href="#eligibility">{heading}</a></li>' in page
        assert text in page
        assert f'<a href="../../durations/years/">{label}</a>' in page


def test_the_vocabulary_has_an_index_and_its_terms_list_their_practices(written: Mapping[str, str]) -> None:
    assert "How long people take part." in written["en/durations/index.md"]
    assert "practices/welcome-desk/" in html.unescape(written["en/durations/years/index.md"])
    assert "practices/welcome-desk/" not in html.unescape(written["en/durations/weeks/index.md"])


def test_a_record_without_it_is_told_to_be_less_full(written: Mapping[str, str]) -> None:
    assert "Eligibility" in written["en/practices/reading-room/index.md"].partition('id="improve"')[2]
    assert "Eligibility" not in written["en/practices/welcome-desk/index.md"].partition('id="improve"')[2]


def test_it_is_a_filter_of_the_explore_page(written: Mapping[str, str]) -> None:
    facets = {facet["key"]: facet for facet in json.loads(written["en/explore/facets.json"])["facets"]}
    assert facets["duration"]["title"] == "Duration"
    assert facets["duration"]["choices"] == [["weeks", "Some weeks"], ["years", "Some years"]]
    assert "1" in facets["duration"]["rows"]


def test_its_words_are_found_and_shown_as_a_passage(written: Mapping[str, str]) -> None:
    assert "zebracard" in written["en/explore/words/ze.json"]
    assert json.loads(written["en/explore/texts/welcome-desk.json"])["eligibility"] == ["Whoever holds a zebracard."]
    assert re.search(r'\["eligibility", "Eligibility"\]', written["en/explore/index.md"])


def test_it_is_compared(written: Mapping[str, str]) -> None:
    fields = json.loads(written["fr/compare/welcome-desk.json"])["fields"]
    assert fields["eligibility"] == [{"text": "Qui a une cartezèbre."}]
    assert fields["durations"] == [{"text": "Quelques années"}]
    assert '["eligibility", "Conditions"]' in written["fr/compare/index.md"]


def test_it_has_columns_in_the_table_and_stands_in_the_data(written: Mapping[str, str]) -> None:
    rows = csv.DictReader(written["en/data/practices.csv"].removeprefix("\ufeff").splitlines())
    row = next(row for row in rows if row["id"] == "welcome-desk")
    assert (row["eligibility_en"], row["durations"]) == ("Whoever holds a zebracard.", "years")
    (practice,) = [p for p in json.loads(written["en/data/practices.json"])["practices"] if p["id"] == "welcome-desk"]
    assert practice["eligibility"]["fr"] == "Qui a une cartezèbre."


def test_it_stands_in_the_reference_of_fields(written: Mapping[str, str]) -> None:
    assert 'id="durations"' in written["en/contribute/fields/index.md"]
    assert "Qui peut participer." in written["fr/contribute/fields/index.md"]
