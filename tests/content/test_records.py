"""The real records: no errors, short summaries, and every missing translation counted."""

from __future__ import annotations

from functools import cache

import pytest
from tests.samples import ROOT, told

from catalogue.fields import texts_in
from catalogue.loader import Reading, load
from catalogue.model import LANGUAGES, Catalogue
from catalogue.reading.records import SOURCED_FIELDS
from catalogue.relating.completeness import missing_languages
from catalogue.relating.indexes import memberships


@cache
def reading() -> Reading:
    return load(ROOT)


@pytest.fixture
def catalogue() -> Catalogue:
    found = reading().catalogue
    if found is None:
        pytest.fail("the records have errors: run 'make check'")
    return found


def test_the_records_have_no_errors() -> None:
    assert told([problem for problem in reading().problems if problem.is_error()]) == []


def test_the_catalogue_is_not_empty(catalogue: Catalogue) -> None:
    assert len(catalogue.practices) > 100


def test_every_summary_has_300_characters_at_most(catalogue: Catalogue) -> None:
    long = {p.id for p in catalogue.practices.values() if max(map(len, p.summary.values())) > 300}
    assert long == set()


def test_every_text_is_there_in_both_languages_or_its_record_is_counted_as_not_yet_translated(
    catalogue: Catalogue,
) -> None:
    for practice in catalogue.practices.values():
        missing = missing_languages(practice)
        for text in texts_in(practice):
            assert {*text, *missing} >= set(LANGUAGES), practice.id
    counted = {p.id for p in catalogue.practices.values() if missing_languages(p)}
    told_of = {problem.path for problem in reading().problems if problem.rule == "translation"}
    assert told_of == {f"practices/{practice}.yml" for practice in counted}


def test_every_paragraph_and_claim_leads_to_sources_of_its_record(catalogue: Catalogue) -> None:
    for practice in catalogue.practices.values():
        for field in SOURCED_FIELDS:
            for claim in getattr(practice, field):
                assert claim.sources, f"{practice.id} {field}"
                assert set(claim.sources) <= practice.sources.keys(), practice.id


def test_every_practice_stands_under_a_theme_an_actor_a_kind_and_a_region(catalogue: Catalogue) -> None:
    for practice, membership in memberships(catalogue).items():
        for index in ("themes", "actors", "kinds", "status", "evidence", "regions"):
            assert membership[index], f"{practice} {index}"
