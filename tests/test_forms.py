"""The issue forms of the project: fresh, readable, and offering the terms of the vocabularies."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
import yaml
from tests.samples import ROOT, vocabularies

from catalogue.contributing.issue_forms import issue_forms

FORMS = issue_forms(vocabularies())

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
    assert FORMS[path].startswith("# Derived from schema/vocabularies/ by 'make derive'; do not edit.\n")


@pytest.mark.parametrize("path", FORMS)
def test_a_form_speaks_both_languages(path: str) -> None:
    found = form(path)
    for text in (found["name"], found["description"]):
        assert " / " in text
    for item in found["body"]:
        if item["type"] != "markdown":
            assert " / " in item["attributes"]["label"]
            assert " / " in item["attributes"]["description"]


@pytest.mark.parametrize("path", [path for path in FORMS if "site-problem" not in path])
def test_every_choice_of_a_form_is_a_term_and_every_term_a_choice(path: str) -> None:
    found = dropdowns(path)
    assert found
    for name, dropdown in found.items():
        vocabulary = vocabularies()[CHOICES[name]]
        expected = [
            f"{vocabulary[term].label['en']} / {vocabulary[term].label['fr']} ({term})" for term in vocabulary.usable()
        ]
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
