"""The evidence level of a result, against the table of the editorial guide, and the order of results."""

from __future__ import annotations

from typing import Any

import pytest
from tests.samples import FULL, SMALLEST, examples, practice, vocabularies

from catalogue.model import Result
from catalogue.relating.evidence import (
    COUNTS,
    EVIDENCE_ORDER,
    STUDIES,
    TARGET,
    best_first,
    evidence_levels,
    evidence_of,
    results_of,
)

METHODS = (
    "statement", "count", "survey", "file-review", "qualitative", "mixed", "before-after", "comparison", "randomised",
    "review",
)  # fmt: skip
BY = ("operator", "funder", "independent", "unknown")

STATEMENT = dict.fromkeys(BY, "reported")
UNDATED_COUNT = dict.fromkeys(BY, "reported")
DATED_COUNT = {"operator": "monitored", "funder": "monitored", "unknown": "monitored", "independent": "evaluated"}
STUDY = {"operator": "evaluated", "funder": "evaluated", "unknown": "evaluated", "independent": "independent"}

TABLE: dict[tuple[str, bool], dict[str, str]] = {
    ("statement", False): STATEMENT,
    ("statement", True): STATEMENT,
    ("count", False): UNDATED_COUNT,
    ("count", True): DATED_COUNT,
    ("survey", False): UNDATED_COUNT,
    ("survey", True): DATED_COUNT,
    **{(method, dated): STUDY for method in METHODS[3:] for dated in (False, True)},
}
"""The level by method, date and author, as the editorial guide has it."""


def result(claim: str = "x", kind: str = "reach", **fields: Any) -> Result:
    return Result({"en": claim}, kind, **fields)


@pytest.mark.parametrize("dated", [False, True], ids=["undated", "dated"])
@pytest.mark.parametrize("by", BY)
@pytest.mark.parametrize("method", METHODS)
def test_method_author_and_date_make_the_level(method: str, by: str, dated: bool) -> None:
    found = evidence_of(result(method=method, by=by, as_of="2019" if dated else None))
    assert found == TABLE[method, dated][by]


def test_every_method_and_author_that_a_record_can_name_stands_in_the_table() -> None:
    assert vocabularies()["methods"].usable() == METHODS
    assert set(vocabularies()["counted-by"].usable()) == set(BY)
    assert {method for method, _ in TABLE} == set(METHODS)
    assert {*STUDIES, *COUNTS, "statement"} == set(METHODS)
    assert not STUDIES & COUNTS


def test_every_level_can_be_reached_and_the_vocabulary_names_them_from_the_weakest() -> None:
    assert {level for by in TABLE.values() for level in by.values()} == set(EVIDENCE_ORDER)
    assert vocabularies()["evidence"].usable() == EVIDENCE_ORDER[::-1]


@pytest.mark.parametrize("as_of", ["2019", "2019-03", "2019-03-27"])
def test_a_year_a_month_and_a_day_are_all_dates(as_of: str) -> None:
    assert evidence_of(result(method="count", by="operator", as_of=as_of)) == "monitored"


@pytest.mark.parametrize("kind", ["activity", "reach", "change", "perception", "target"])
def test_the_type_of_a_result_does_not_change_its_level(kind: str) -> None:
    assert kind in vocabularies()["result-types"].usable()
    assert evidence_of(result(kind=kind, method="survey", by="independent", as_of="2020")) == "evaluated"


def test_a_result_that_says_nothing_of_its_method_is_reported() -> None:
    assert (result().method, result().by) == ("statement", "unknown")
    assert evidence_of(result(as_of="2020", value=12, base=20)) == "reported"


def test_a_practice_has_the_levels_of_its_results_the_best_first() -> None:
    claim = {"en": "x", "fr": "x"}
    results = [
        {"claim": claim, "type": "reach"},
        {"claim": claim, "type": "change", "method": "mixed", "by": "funder"},
        {"claim": claim, "type": "reach", "method": "count", "by": "operator", "as_of": "2020"},
        {"claim": claim, "type": "reach"},
    ]
    assert evidence_levels(practice("a", results=results)) == ("evaluated", "monitored", "reported")
    assert evidence_levels(examples()[FULL]) == ("independent", "reported")
    assert evidence_levels(examples()[SMALLEST]) == ("none",)


def test_a_target_is_no_result_however_it_was_counted() -> None:
    aimed = {"claim": {"en": "x", "fr": "x"}, "type": TARGET, "method": "randomised", "by": "independent"}
    reached = {"claim": {"en": "x", "fr": "x"}, "type": "reach"}
    alone, beside = practice("a", results=[aimed]), practice("b", results=[aimed, reached])
    assert results_of(alone) == ()
    assert evidence_levels(alone) == ("none",)
    assert results_of(beside) == (beside.results[1],)
    assert evidence_levels(beside) == ("reported",)


def test_results_are_ordered_by_evidence_and_targets_come_last() -> None:
    results = [
        result("target", TARGET, method="comparison", by="independent"),
        result("first statement"),
        result("dated count", method="count", by="operator", as_of="2020"),
        result("second statement"),
        result("study of the operator", method="qualitative", by="operator"),
        result("independent study", method="review", by="independent"),
        result("independent survey", method="survey", by="independent", as_of="2020"),
        result("weak target", TARGET),
    ]
    assert [found.claim["en"] for found in best_first(results)] == [
        "independent study", "study of the operator", "independent survey", "dated count", "first statement",
        "second statement", "target", "weak target",
    ]  # fmt: skip
