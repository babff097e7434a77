"""How well a practice is documented."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import pytest
from tests.samples import FULL, SMALLEST, VALID, examples, leaves, practice, read, strings, vocabularies

from catalogue.fields import texts_in
from catalogue.model import LANGUAGES, Practice, Text
from catalogue.relating.completeness import (
    best_evidence,
    completeness,
    documentation_rank,
    is_stale,
    missing_languages,
)
from catalogue.relating.evidence import EVIDENCE_ORDER

MADE_BY: dict[str, dict[str, str]] = {
    "reported": {"method": "statement"},
    "monitored": {"method": "count", "as_of": "2024"},
    "evaluated": {"method": "mixed", "by": "funder"},
    "independent": {"method": "review", "by": "independent"},
}
"""What makes a result of each evidence level."""


def with_results(*levels: str) -> Practice:
    results = [{"claim": {"en": "x", "fr": "x"}, "type": "reach", **MADE_BY[level]} for level in levels]
    return practice("some-practice", results=results)


def test_the_full_example_has_every_recommended_part() -> None:
    found = completeness(examples()[FULL])
    assert found.missing == ()
    assert found.present == found.total == 17


def test_the_smallest_example_lacks_all_but_the_translation() -> None:
    found = completeness(examples()[SMALLEST])
    assert found.present == 1
    assert found.total == 17
    assert found.missing == (
        "levels", "period", "verified", "target_groups", "stages", "context", "steps", "results", "lessons", "needs",
        "costs", "materials", "transferability", "sdg_targets", "gcm_objectives", "website",
    )  # fmt: skip


def test_every_part_that_can_be_missing_has_a_name_in_both_languages() -> None:
    missing = {*completeness(examples()[SMALLEST]).missing, *completeness(examples()["oslo-job-mentors"]).missing}
    for language in LANGUAGES:
        names = strings(language).lookup("fields")
        assert {name for name, words in names.items() if "missing" in words} == missing


def test_each_part_that_is_added_makes_a_record_fuller_by_one() -> None:
    full, found = examples()[FULL], examples()[SMALLEST]
    count = 1
    for name in completeness(found).missing:
        found = replace(found, **{name: getattr(full, name)})
        count += 1
        assert completeness(found).present == count, name


@pytest.mark.parametrize(
    ("record", "missing"),
    [(FULL, ()), (SMALLEST, ()), ("oslo-job-mentors", ("fr",)), ("nantes-permanence-juridique", ("en",))],
)
def test_a_language_is_missing_where_no_text_has_it(record: str, missing: tuple[str, ...]) -> None:
    assert missing_languages(examples()[record]) == missing


def test_every_text_in_languages_of_a_record_is_looked_at() -> None:
    """A field that is added to the records and holds a text must not be forgotten here."""
    data = read(VALID / f"{FULL}.yml")
    del data["local_names"]  # names of the place, in languages of the place
    written = sorted(value for path, value in leaves(data) if path[-1] in LANGUAGES)
    assert sorted(value for text in texts_in(examples()[FULL]) for value in text.values()) == written


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_text_without_a_language_is_enough_to_miss_it(language: str) -> None:
    full = examples()[FULL]
    kept = {"en": "fr", "fr": "en"}[language]
    for field in fields(full):
        value = _without(getattr(full, field.name), language, kept)
        expected = (language,) if value != getattr(full, field.name) else ()
        assert missing_languages(replace(full, **{field.name: value})) == expected, field.name


def _without(value: Any, language: str, kept: str) -> Any:
    """A value whose texts lack a language."""
    if isinstance(value, dict):
        if value.keys() == {language, kept}:
            return {kept: value[kept]}
        return {key: _without(item, language, kept) for key, item in value.items()}
    if isinstance(value, tuple):
        return tuple(_without(item, language, kept) for item in value)
    if hasattr(value, "__dataclass_fields__"):
        changed = {field.name: _without(getattr(value, field.name), language, kept) for field in fields(value)}
        return replace(value, **changed)
    return value


@pytest.mark.parametrize(
    ("levels", "best"),
    [
        ((), "none"),
        (("reported",), "reported"),
        (("reported", "evaluated", "monitored"), "evaluated"),
        (("independent", "evaluated"), "independent"),
        (("monitored", "reported"), "monitored"),
    ],
)
def test_the_best_evidence_is_that_of_the_best_known_result(levels: tuple[str, ...], best: str) -> None:
    assert best_evidence(with_results(*levels)) == best


def test_the_order_of_evidence_is_that_of_the_vocabulary_turned_round() -> None:
    assert tuple(reversed(vocabularies()["evidence"].usable())) == EVIDENCE_ORDER


def test_the_best_documented_practices_come_first() -> None:
    fuller = replace(with_results("reported"), id="zz", website="https://a.example")
    ranked = sorted(
        [practice("none"), with_results("reported"), replace(with_results("reported"), id="another"), fuller,
         examples()[FULL]],
        key=documentation_rank,
    )  # fmt: skip
    assert [p.id for p in ranked] == [FULL, "zz", "another", "some-practice", "none"]


@pytest.mark.parametrize(
    ("checked", "today", "stale"),
    [
        ("2024-03-02", "2026-03-01", False),
        ("2024-03-02", "2026-03-02", False),
        ("2024-03-02", "2026-03-03", True),
        (None, "2026-03-03", False),
        ("2024-03-02", "", False),
    ],
)
def test_a_check_is_old_after_two_years(checked: str | None, today: str, stale: bool) -> None:
    verified = {"day": checked, "how": "operator"} if checked else None
    assert is_stale(practice("a", verified=verified), today) is stale


def test_a_text_in_a_third_language_does_not_count_as_a_translation() -> None:
    name: Text = {"en": "x", "pt": "y"}
    assert missing_languages(practice("a", name=name)) == ("fr",)
