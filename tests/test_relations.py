"""Related practices: what records state, the way back, and what is shared."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.samples import catalogue, practice, vocabularies

from catalogue.model import Practice
from catalogue.relating.indexes import memberships
from catalogue.relating.relations import LEAST_SCORE, SHOWN, WEIGHTS, Related, related


def relations(*practices: Practice) -> dict[str, tuple[Related, ...]]:
    found = catalogue(*practices)
    return related(found, memberships(found))


def other(number: int, **fields: Any) -> Practice:
    """A practice that shares nothing with the smallest one but its kind, status and actor type."""
    theme = vocabularies()["themes"].usable()[number % 26]
    return practice(f"other-{number:02}", themes=[theme], countries=["BR"], kind="law", **fields)


def link(practice_id: str, relation: str = "see-also") -> dict[str, str]:
    return {"id": practice_id, "relation": relation}


def test_a_stated_relation_is_shown_from_both_sides() -> None:
    one = practice("one", themes=["health"], related=[link("two", "part-of")])
    two = practice("two", themes=["housing"], countries=["BR"], kind="law")
    found = relations(one, two)
    assert [(item.id, item.relation, item.inverse) for item in found["one"]] == [("two", "part-of", False)]
    assert [(item.id, item.relation, item.inverse) for item in found["two"]] == [("one", "part-of", True)]


def test_where_both_state_a_relation_each_keeps_its_own() -> None:
    one = practice("one", related=[link("two", "adapted-from")])
    two = practice("two", related=[link("one", "see-also")])
    found = relations(one, two)
    assert [(item.relation, item.inverse) for item in found["one"]] == [("adapted-from", False)]
    assert [(item.relation, item.inverse) for item in found["two"]] == [("see-also", False)]


def test_stated_relations_come_first_in_the_order_of_the_record() -> None:
    near = practice("near")
    far, further = other(1), other(2)
    one = practice("one", related=[link(further.id), link(far.id)])
    assert [item.id for item in relations(one, near, far, further)["one"]] == [further.id, far.id, "near"]


def test_a_stated_relation_needs_nothing_in_common() -> None:
    one = practice("one", kind="law", related=[link("other-01")])
    found = relations(one, other(1, organisations=[{"name": {"en": "x"}, "type": "media", "roles": ["lead"]}]))
    assert [(item.id, item.score, item.shared) for item in found["one"]] == [("other-01", 0.5, {"kinds": ("law",)})]


def test_a_shared_term_counts_the_more_the_fewer_share_it() -> None:
    crowd = [other(number, stages=["arrival"]) for number in range(1, 9)]
    one = practice("one", stages=["arrival", "transit"], kind="data", countries=["IT"], themes=["health"])
    rare = practice("rare", stages=["transit"], kind="body", countries=["FR"], themes=["housing"])
    frequent = practice("zz", stages=["arrival"], kind="campaign", countries=["ES"], themes=["gender"])
    scores = {p.id: _scores(one, p, rare, frequent, *crowd) for p in (rare, frequent)}
    assert scores["rare"] > scores["zz"] > 0


def _scores(one: Practice, two: Practice, *others: Practice) -> float:
    """The score of two practices among others, which is told where one of them states a relation."""
    stated = practice(one.id, stages=one.stages, kind=one.kind, countries=one.countries, themes=one.themes,
                      related=[link(two.id)])  # fmt: skip
    found = relations(stated, *{p.id: p for p in (two, *others)}.values())
    return next(item.score for item in found[one.id] if item.id == two.id)


def test_practices_with_little_in_common_are_not_called_related() -> None:
    found = relations(*(other(number) for number in range(1, 9)), practice("one"))
    assert found["one"] == ()
    assert all(item.score >= LEAST_SCORE for items in found.values() for item in items)


def test_a_page_lists_a_few_related_practices_and_all_stated_ones() -> None:
    crowd = [practice(f"near-{number:02}") for number in range(12)]
    elsewhere = [other(number) for number in range(60)]
    one = practice("one", related=[link(f"near-{number:02}") for number in range(4)])
    found = relations(one, *crowd, *elsewhere)
    assert [item.id for item in found["one"]] == [f"near-{number:02}" for number in range(4 + SHOWN)]
    assert len(found["near-11"]) == SHOWN


def test_a_heading_that_is_shared_is_no_reason_to_be_related() -> None:
    def about(name: str, target: str, **fields: Any) -> Practice:
        return practice(name, sdg_targets=[{"target": target, "basis": "stated"}], **fields)

    one = about("pt", "10.7", kind="law", related=[link("it")])
    crowd = [other(number) for number in range(6)]
    same_goal = relations(one, about("it", "10.2"), *crowd)["pt"][0].score
    same_target = relations(one, about("it", "10.7"), *crowd)["pt"][0].score
    assert same_target == pytest.approx(same_goal + WEIGHTS["sdgs"])


def test_the_reasons_are_what_both_stand_under_in_the_order_of_the_first() -> None:
    one = practice("one", themes=["health", "housing", "gender"], countries=["PT", "IT"])
    two = practice("two", themes=["gender", "health"], countries=["IT"], kind="law")
    (item,) = relations(one, two)["one"]
    assert item.shared == {"themes": ("health", "gender"), "countries": ("IT",), "actors": ("local-authority",)}
    (back,) = relations(one, two)["two"]
    assert back.shared["themes"] == ("gender", "health")


def test_the_first_theme_counts_more_than_the_others() -> None:
    crowd = [other(number) for number in range(6)]
    stated = {"related": [link("two")], "kind": "law"}
    one = practice("one", themes=["health", "housing"], **stated)
    as_first = relations(one, practice("two", themes=["health", "gender"]), *crowd)["one"][0].score
    as_second = relations(one, practice("two", themes=["gender", "health"]), *crowd)["one"][0].score
    assert as_first > as_second


def test_a_practice_alone_has_no_related_ones() -> None:
    assert relations(practice("one")) == {"one": ()}
    assert relations() == {}


def test_two_practices_alone_are_compared_too() -> None:
    assert [item.id for item in relations(practice("one"), practice("two"))["one"]] == ["two"]


def test_equal_scores_stand_in_the_order_of_ids_whatever_the_order_of_reading() -> None:
    practices = [practice(name) for name in ("one", "b", "a", "c")]
    for order in permutations(practices):
        assert [item.id for item in relations(*order)["one"]] == ["a", "b", "c"]


FIELDS = st.fixed_dictionaries(
    {
        "themes": st.lists(st.sampled_from(vocabularies()["themes"].usable()[:5]), min_size=1, max_size=3, unique=True),
        "countries": st.lists(st.sampled_from(["PT", "IT", "BR"]), min_size=1, max_size=2, unique=True),
        "kind": st.sampled_from(["law", "service"]),
        "stages": st.lists(st.sampled_from(["arrival", "transit"]), max_size=2, unique=True),
    }
)


@settings(max_examples=25)
@given(st.lists(FIELDS, min_size=2, max_size=9))
def test_two_practices_are_as_close_one_way_as_the_other_and_nobody_is_its_own_neighbour(found: list[Any]) -> None:
    practices = [practice(f"practice-{number}", **fields) for number, fields in enumerate(found)]
    result = relations(*practices)
    scores = {(one, item.id): item for one, items in result.items() for item in items}
    for (one, two), item in scores.items():
        assert one != two
        assert item.score >= LEAST_SCORE
        assert item.shared
        if (two, one) in scores:
            back = scores[two, one]
            assert item.score == back.score
            assert {name: set(entries) for name, entries in item.shared.items()} == {
                name: set(entries) for name, entries in back.shared.items()
            }
    for items in result.values():
        assert [(-item.score, item.id) for item in items] == sorted((-item.score, item.id) for item in items)
    assert relations(*reversed(practices)) == result
