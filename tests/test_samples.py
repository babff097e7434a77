"""The records of the test site are right, and between them use what there is."""

from __future__ import annotations

from tests.samples import FULL, SITE, example_data, leaves, read, site_catalogue, site_reading, told

from catalogue.languages import CODES
from catalogue.relating.indexes import build, memberships


def test_the_records_of_the_test_site_have_no_errors() -> None:
    assert told([problem for problem in site_reading().problems if problem.is_error()]) == []


def part(path: tuple[str | int, ...]) -> str:
    """The part of a record at a path, whatever the number in a list, the language and the key of a source."""
    names = [str(name) for name in path if not isinstance(name, int)]
    if names[0] == "sources":
        del names[1]
    if names[0] == "local_names" or names[-1] in CODES:
        del names[-1]
    return ".".join(names)


def test_the_records_of_the_test_site_use_every_part_of_a_record() -> None:
    every = {part(path) for path, _ in leaves(example_data()[FULL])}
    used = {part(path) for file in SITE.glob("*.yml") for path, _ in leaves(read(file))}
    assert every - used == set()


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
