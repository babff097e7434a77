"""The issue forms of the project: fresh, readable, and offering the terms of the vocabularies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.samples import ROOT, vocabularies

from catalogue.contributing.issue_forms import issue_forms
from catalogue.languages import COMPLETE
from catalogue.presenting.localisation import Localisation

STRINGS = Localisation.read_all(ROOT / "scripts" / "strings")

FORMS = issue_forms(vocabularies(), STRINGS)

CHOICES = {"kind": "kinds", "themes": "themes", "groups": "groups", "status": "status"}


def form(path: str) -> dict[str, Any]:
    found = yaml.safe_load(FORMS[path])
    assert isinstance(found, dict)
    return found


def dropdowns(path: str) -> dict[str, dict[str, Any]]:
    return {item["id"]: item for item in form(path)["body"] if item["type"] == "dropdown"}


@pytest.mark.parametrize("path", FORMS)
def test_a_form_on_disk_is_fresh(path: str) -> None:
    assert (ROOT / path).read_text(encoding="utf-8") == FORMS[path], "run 'make derive'"


def test_every_form_on_disk_is_derived_but_the_configuration() -> None:
    files = {file.relative_to(ROOT).as_posix() for file in (ROOT / ".github" / "ISSUE_TEMPLATE").iterdir()}
    assert files == {*FORMS, ".github/ISSUE_TEMPLATE/config.yml"}


@pytest.mark.parametrize("path", FORMS)
def test_a_form_has_what_github_asks_for(path: str) -> None:
    found = form(path)
    assert found.keys() == {"name", "description", "labels", "body"}
    assert {item["type"] for item in found["body"]} <= {"markdown", "input", "textarea", "dropdown"}
    fields = [item for item in found["body"] if item["type"] != "markdown"]
    assert max(Counter(item["id"] for item in fields).values()) == 1
    assert max(Counter(item["attributes"]["label"] for item in fields).values()) == 1
    assert any(item["validations"]["required"] for item in fields)
    assert FORMS[path].startswith(
        "# Derived from schema/vocabularies/ and scripts/strings/ by 'make derive'; do not edit.\n"
    )


def in_all_languages(texts: Mapping[str, str]) -> str:
    return " / ".join(dict.fromkeys(texts[code] for code in COMPLETE))


@pytest.mark.parametrize("path", FORMS)
def test_a_form_speaks_all_languages(path: str) -> None:
    found = form(path)
    key = {"propose-a-practice": "propose", "correct-a-practice": "correct", "site-problem": "problem"}[Path(path).stem]

    def words(name: str) -> str:
        return in_all_languages({code: local.text(f"forms.{key}.{name}") for code, local in STRINGS.items()})

    assert (found["name"], found["description"]) == (words("title"), words("description"))
    for item in found["body"]:
        if item["type"] in ("input", "textarea"):
            own = (item["attributes"]["label"], item["attributes"]["description"])
            assert own == (words(f"fields.{item['id']}.label"), words(f"fields.{item['id']}.hint"))
        elif item["type"] == "markdown":
            for code in ("en", "fr"):
                assert STRINGS[code].text("forms.propose.intro") in item["attributes"]["value"]


def test_the_label_of_a_choice_is_one_or_many_in_every_language() -> None:
    found = dropdowns(".github/ISSUE_TEMPLATE/propose-a-practice.yml")
    for name, dropdown in found.items():
        vocabulary = vocabularies()[CHOICES[name]]
        expected = vocabulary.title if dropdown["attributes"]["multiple"] else vocabulary.singular
        assert dropdown["attributes"]["label"] == in_all_languages(expected)


@pytest.mark.parametrize("path", [path for path in FORMS if "site-problem" not in path])
def test_every_choice_of_a_form_is_a_term_and_every_term_a_choice(path: str) -> None:
    found = dropdowns(path)
    assert found
    for name, dropdown in found.items():
        vocabulary = vocabularies()[CHOICES[name]]
        expected = [f"{in_all_languages(vocabulary[term].label)} ({term})" for term in vocabulary.usable()]
        assert dropdown["attributes"]["options"] == expected
        assert len(set(expected)) == len(expected)


def test_a_proposal_asks_for_what_a_record_needs() -> None:
    found = dropdowns(".github/ISSUE_TEMPLATE/propose-a-practice.yml")
    assert {
        name: (item["attributes"]["multiple"], item["validations"]["required"]) for name, item in found.items()
    } == {
        "kind": (False, True),
        "themes": (True, True),
        "groups": (True, False),
        "status": (False, True),
    }
