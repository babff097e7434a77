"""Under which entries a practice stands, and which practices stand under an entry."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.samples import FULL, SMALLEST, catalogue, examples, practice, vocabularies

from catalogue.model import Practice
from catalogue.reading.vocabularies import NAMES
from catalogue.relating import indexes
from catalogue.relating.indexes import Ancestry, Index, IndexEntry, Indexer, build, co_occurring, memberships


def membership(**fields: Any) -> indexes.Membership:
    """The membership of a practice with some fields."""
    found = practice("some-practice", **fields)
    return Indexer(catalogue(found)).membership(found)


def test_a_practice_stands_under_the_goal_of_a_target_once() -> None:
    links = [{"target": target, "basis": "stated"} for target in ("10.7", "10.2", "4.a")]
    assert membership(sdg_targets=links)["sdgs"] == ("10.7", "10", "10.2", "4.a", "4")


def test_a_practice_stands_under_the_regions_of_its_countries_but_not_under_the_world() -> None:
    assert membership(countries=["PT", "IT", "BR"])["regions"] == (
        "southern-europe", "europe", "south-america", "latin-america-and-the-caribbean", "americas",
    )  # fmt: skip


def test_a_worldwide_practice_stands_under_the_world_alone() -> None:
    assert membership(countries=[], region="world")["regions"] == ("world",)


def test_a_region_named_beside_countries_is_not_counted_twice() -> None:
    assert membership(countries=["IT"], region="europe")["regions"] == ("southern-europe", "europe")


def test_a_target_group_stands_under_its_heading() -> None:
    assert membership(target_groups=["practitioners", "migrants"])["groups"] == (
        "practitioners", "institutions", "migrants", "people",
    )  # fmt: skip


def test_the_dimensions_follow_from_the_themes_in_their_order() -> None:
    themes = ["rights-justice", "health", "language-education"]
    expected = [d for theme in themes for d in vocabularies()["themes"][theme].dimensions]
    assert expected
    assert membership(themes=themes)["dimensions"] == tuple(dict.fromkeys(expected))


def test_a_practice_without_results_stands_under_none() -> None:
    assert membership()["evidence"] == ("none",)


def test_a_practice_stands_under_each_evidence_level_of_its_results_once() -> None:
    result = {"claim": {"en": "x"}, "type": "reach"}
    methods = ["statement", "mixed", "statement"]
    found = membership(results=[{**result, "method": method} for method in methods])
    assert found["evidence"] == ("evaluated", "reported")
    assert found["methods"] == ("statement", "mixed")


def test_a_target_is_no_result() -> None:
    target = {"claim": {"en": "x"}, "type": "target", "method": "mixed"}
    found = membership(results=[target])
    assert found["evidence"] == ("none",)
    assert found["result-types"] == ("target",)


def test_a_practice_stands_under_who_pays_and_where_it_was_found() -> None:
    found = membership(
        costs=[{"amount": 5, "currency": "EUR", "per": "year", "by": "aurora-foundation"}],
        found_in=[{"document": "metropolis-newcomers-report"}],
    )
    assert found["organisations"] == ("aurora-foundation",)
    assert found["documents"] == ("metropolis-newcomers-report",)


def test_the_full_example_stands_under_everything_that_it_names() -> None:
    full = examples()[FULL]
    assert Indexer(catalogue(full)).membership(full) == {
        "themes": ("cohesion", "participation"),
        "actors": ("local-authority", "international-organisation", "research", "foundation-funder"),
        "sdgs": ("11.3", "11", "10.2", "10"),
        "gcm": ("16",),
        "countries": ("IT", "SM"),
        "regions": ("southern-europe", "europe"),
        "groupings": ("eu",),
        "kinds": ("programme",),
        "levels": ("local", "corridor"),
        "stages": ("settlement", "long-term-inclusion"),
        "groups": ("receiving-communities", "people", "migrants"),
        "dimensions": membership(themes=["cohesion", "participation"])["dimensions"],
        "engagement": ("collaborate",),
        "access": ("all-residents",),
        "evidence": ("independent", "reported"),
        "status": ("ended",),
        "organisations": ("city-of-bologna", "iom", "aurora-foundation"),
        "documents": ("metropolis-newcomers-report",),
        "outcomes": ("bridges", "safety"),
        "directions": ("better",),
        "methods": ("comparison", "statement"),
        "counted-by": ("independent", "unknown"),
        "result-types": ("change", "perception"),
        "lesson-kinds": ("success-factor",),
        "needs": ("trust",),
        "step-bases": ("done", "advised"),
        "cost-units": ("total",),
        "material-kinds": ("contract",),
        "roles": ("lead", "funder", "partner", "evaluator"),
        "engaged-parties": ("migrants",),
        "bases": ("stated", "inferred"),
        "relations": ("adapted-from",),
        "selection": ("evaluated",),
        "verification": ("public-source",),
        "lead-reasons": (),
    }


def test_what_a_practice_does_not_say_it_does_not_stand_under() -> None:
    found = membership()
    empty = {name for name, entries in found.items() if not entries}
    assert empty == {
        "sdgs", "gcm", "groupings", "levels", "stages", "groups", "engagement", "access", "organisations", "documents",
        "outcomes", "directions", "methods", "counted-by", "result-types", "lesson-kinds", "needs", "step-bases",
        "cost-units", "material-kinds", "engaged-parties", "bases", "relations", "selection", "verification",
        "lead-reasons",
    }  # fmt: skip


def test_a_line_of_ancestors_starts_with_the_term_and_leaves_the_world_out() -> None:
    regions = Ancestry(vocabularies()["regions"])
    assert list(regions.line("southern-europe")) == ["southern-europe", "europe"]
    assert list(regions.line("world")) == ["world"]
    with pytest.raises(KeyError):
        list(regions.line("atlantis"))


def test_every_index_is_there_and_an_entry_without_practices_stays() -> None:
    found = build(catalogue(), {})
    assert found.keys() == {*NAMES, "countries", "organisations", "documents"}
    for name in NAMES:
        assert [entry.id for entry in found[name].entries.values()] == [t.id for t in vocabularies()[name].terms]
    assert len(found["countries"].entries) == 249
    assert {entry.practices for index in found.values() for entry in index.entries.values()} == {()}


def test_no_two_entries_of_the_site_share_an_address() -> None:
    found = build(catalogue(), {})
    paths = Counter(entry.path for index in found.values() for entry in index.entries.values())
    assert [path for path, count in paths.items() if count > 1] == []


@pytest.mark.parametrize(
    ("index", "entry", "path"),
    [("sdgs", "4.a", "sdgs/4-a/"), ("countries", "PT", "countries/pt/"), ("themes", "health", "themes/health/")],
)
def test_an_address_is_made_of_the_id(index: str, entry: str, path: str) -> None:
    assert build(catalogue(), {})[index].entries[entry].path == path


def test_organisations_stand_in_the_order_of_their_names() -> None:
    found = build(catalogue(), {})["organisations"]
    assert list(found.entries) == ["aurora-foundation", "city-of-bologna", "iom"]


def test_a_country_stands_under_its_region_and_children_are_found() -> None:
    found = build(catalogue(), {})
    assert found["countries"].entries["PT"].parent == "southern-europe"
    assert "PT" in [entry.id for entry in found["countries"].children("southern-europe")]
    assert [entry.id for entry in found["groups"].children(None)] == ["people", "institutions"]
    assert found["groups"].entries["people"].heading


THEMES = st.lists(st.sampled_from(vocabularies()["themes"].usable()[:6]), min_size=1, max_size=4, unique=True)
COUNTRIES = st.lists(st.sampled_from(["PT", "IT", "BR", "CA"]), min_size=1, max_size=3, unique=True)
PRACTICES = st.lists(
    st.fixed_dictionaries({"themes": THEMES, "countries": COUNTRIES, "kind": st.sampled_from(["law", "service"])}),
    max_size=7,
).map(lambda found: [practice(f"practice-{number}", **fields) for number, fields in enumerate(found)])


@settings(max_examples=20)
@given(PRACTICES)
def test_an_entry_lists_in_order_exactly_the_practices_that_stand_under_it(practices: list[Practice]) -> None:
    found = catalogue(*practices)
    members = memberships(found)
    for name, index in build(found, members).items():
        for entry in index.entries.values():
            expected = sorted(p for p, under in members.items() if entry.id in under[name])
            assert list(entry.practices) == expected, f"{name} {entry.id}"


@settings(max_examples=20)
@given(PRACTICES, st.integers(1, 9))
def test_what_an_entry_meets_most_often_is_counted_practice_by_practice(practices: list[Practice], limit: int) -> None:
    found = catalogue(*practices)
    members = memberships(found)
    built = build(found, members)
    for index in ("themes", "countries", "kinds"):
        for entry in built[index].entries.values():
            for name in ("themes", "countries", "actors"):
                counts = {
                    other: len(set(entry.practices) & set(built[name].entries[other].practices))
                    for under in members.values()
                    for other in under[name]
                    if (index, entry.id) != (name, other)
                }
                expected = sorted(((o, n) for o, n in counts.items() if n), key=lambda item: (-item[1], item[0]))
                assert co_occurring(entry, members, name, limit) == expected[:limit]


def test_equally_frequent_entries_stand_in_the_order_of_their_ids() -> None:
    found = catalogue(
        practice("a", themes=["housing", "health", "gender"]), practice("b", themes=["health", "housing"])
    )
    members = memberships(found)
    entry = build(found, members)["countries"].entries["PT"]
    assert co_occurring(entry, members, "themes") == [("health", 2), ("housing", 2), ("gender", 1)]


def test_an_entry_alone_has_the_parts_that_its_page_shows() -> None:
    entry = IndexEntry("sdgs", "10.7", {"en": "x"})
    assert (entry.slug, entry.path, entry.practices) == ("10-7", "sdgs/10-7/", ())
    assert Index("sdgs", {"10.7": entry}).children(None) == [entry]


def test_memberships_are_those_of_all_practices_by_id() -> None:
    found = catalogue(*examples().values())
    assert memberships(found).keys() == examples().keys()
    assert memberships(found)[SMALLEST]["countries"] == ("PT",)
