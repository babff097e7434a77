"""The records of the test site are right, and between them use what there is."""

from __future__ import annotations

from tests.samples import site_catalogue, site_reading, told

from catalogue.relating.indexes import build, memberships


def test_the_records_of_the_test_site_have_no_errors() -> None:
    assert told([problem for problem in site_reading().problems if problem.is_error()]) == []


def test_every_index_has_an_entry_with_practices_and_one_without() -> None:
    found = site_catalogue()
    for name, index in build(found, memberships(found)).items():
        has_practices = any(entry.practices for entry in index.entries.values())
        assert has_practices or name == "lead-reasons", name  # leads stand there, not practices
    organisations = build(found, memberships(found))["organisations"].entries
    assert organisations["unused-organisation"].practices == ()


def test_the_test_site_has_what_the_tests_of_pages_need() -> None:
    practices = site_catalogue().practices
    assert any("XK" in practice.countries for practice in practices.values())
    assert any(len(practice.countries) > 4 for practice in practices.values())
    assert {practice.region for practice in practices.values() if not practice.countries} >= {"world", "western-africa"}
    assert any("fr" not in practice.name for practice in practices.values())
    assert any("en" not in practice.name for practice in practices.values())
    assert any({"en", "fr"} < practice.name.keys() for practice in practices.values())
    assert any("ar" in practice.local_names for practice in practices.values())
    assert max(len(text) for practice in practices.values() for text in practice.name.values()) == 160
