"""The reference for contributors: every field and every rule, in both languages."""

from __future__ import annotations

from collections import Counter

import pytest
import yaml
from tests.samples import ROOT, catalogue, reference, site_pages, tree, vocabularies

from catalogue.checking import editorial_rules
from catalogue.checking.rules import FOLDER_RULES, RULES
from catalogue.checking.schema import SHAPE_RULES
from catalogue.contributing.reference import Field
from catalogue.model import LANGUAGES

assert editorial_rules  # importing it has registered its rules

FRENCH = yaml.safe_load((ROOT / "scripts" / "strings" / "reference.fr.yml").read_text(encoding="utf-8"))


def fields(language: str) -> dict[str, Field]:
    return {field.name: field for field in reference(language).fields()}


def test_every_field_of_the_schema_has_a_description_in_both_languages() -> None:
    english, french = fields("en"), fields("fr")
    assert english.keys() == french.keys()
    assert len(english) > 80
    for name, field in english.items():
        assert field.description.endswith((".", "...")), name
        assert french[name].description.endswith((".", "…")), name
        assert field.description != french[name].description, name


def test_the_french_reference_has_every_field_and_every_rule_and_no_leftovers() -> None:
    assert FRENCH.keys() == {"fields", "rules"}
    assert FRENCH["fields"].keys() == fields("en").keys()
    assert FRENCH["rules"].keys() == {**SHAPE_RULES, **RULES, **FOLDER_RULES}.keys()


def test_the_french_reference_stands_in_the_order_of_the_schema() -> None:
    assert list(FRENCH["fields"]) == list(fields("en"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_is_told_in_one_sentence(language: str) -> None:
    found = reference(language)
    rules = [*found.shape_rules(), *found.meaning_rules()]
    assert [rule.name for rule in rules] == [*SHAPE_RULES, *FOLDER_RULES, *RULES]
    for rule in rules:
        assert rule.sentence.endswith("."), rule.name
        assert "\n" not in rule.sentence, rule.name
        assert rule.severity in ("error", "warning"), rule.name
        assert rule.scope in ("record", "catalogue"), rule.name


def test_a_rule_is_told_with_its_severity_and_scope() -> None:
    found = {rule.name: rule for rule in reference("en").meaning_rules()}
    assert (found["plain-http"].severity, found["plain-http"].scope) == ("warning", "record")
    assert (found["unique-id"].severity, found["unique-id"].scope) == ("error", "catalogue")
    assert found["unique-id"].sentence == "No two records have one id."


@pytest.mark.parametrize(
    ("name", "holds", "limits", "vocabulary", "required", "depth"),
    [
        ("id", "text", "at most 80 characters", None, True, 0),
        ("acronym", "text", "at most 40 characters", None, False, 0),
        ("summary", "text in English, in French, better both", "at most 300 characters", None, True, 0),
        ("kind", "a term of “Kinds”", "", "kinds", True, 0),
        ("themes", "a list: a term of “Themes”", "at most 5 entries", "themes", True, 0),
        ("countries", "a list: a country code (ISO 3166-1 alpha-2)", "", "countries", False, 0),
        ("period", "fields of its own", "", None, False, 0),
        ("period.start", "a year, or a year and month", "from 1850 to 2100", None, False, 1),
        ("places.lat", "a number", "from -90 to 90", None, True, 1),
        ("places.population", "a whole number", "from 1 to 50,000,000", None, False, 1),
        ("verified", "fields of its own, or null", "", None, False, 0),
        ("sources", "entries with keys of your choice", "", None, True, 0),
        ("sources.title", "text", "at most 300 characters", None, False, 1),
        ("local_names", "entries with keys of your choice", "at most 160 characters", None, False, 0),
        ("results.claim", "text in English, in French, better both", "at most 6,000 characters", None, True, 1),
        ("engagement.of", "a term of “Who is engaged”", "", "engaged-parties", True, 1),
    ],
)
def test_a_field_is_told_with_what_it_holds(
    name: str, holds: str, limits: str, vocabulary: str | None, required: bool, depth: int
) -> None:
    found = fields("en")[name]
    assert (found.holds, found.limits, found.vocabulary, found.required, found.depth) == (
        holds, limits, vocabulary, required, depth,
    )  # fmt: skip


def test_every_field_has_an_anchor_of_its_own() -> None:
    anchors = Counter(field.anchor for field in reference("en").fields())
    assert max(anchors.values()) == 1


def test_every_vocabulary_that_a_field_takes_its_terms_from_is_there() -> None:
    named = {field.vocabulary for field in reference("en").fields()} - {None}
    assert named - vocabularies().keys() == {"countries"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_show_every_field_and_every_rule_under_its_anchor(language: str) -> None:
    pages = site_pages(catalogue(), language)
    reference_pages = [page for page in pages.pages() if page.path.startswith("contribute/")]
    ids = {page.path: {element.get("id") for element in tree(pages.render(page)).iter()} for page in reference_pages}
    assert {field.anchor for field in reference(language).fields()} <= ids["contribute/fields/"]
    assert {**SHAPE_RULES, **RULES, **FOLDER_RULES}.keys() <= ids["contribute/rules/"]
