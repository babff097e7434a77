"""How names and words are compared, sorted, and made into ids."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.samples import ROOT

from catalogue.text import (
    FALLBACK_ID,
    MAX_ID,
    RESERVED_ID,
    fold,
    id_in_address,
    initial,
    name_key,
    proposed_id,
    sort_key,
)

FOLD_CASES: Mapping[str, str] = json.loads((ROOT / "tests" / "fold_cases.json").read_text(encoding="utf-8"))


# Words of search.


@pytest.mark.parametrize("text", FOLD_CASES)
def test_a_text_is_folded(text: str) -> None:
    assert fold(text) == FOLD_CASES[text]


@given(st.text())
def test_what_is_folded_stays_as_it_is(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_every_letter_that_is_folded_stays_as_it_is() -> None:
    letters = map(chr, range(0x20000))
    assert [letter for letter in letters if fold(fold(letter)) != fold(letter)] == []


@given(st.text())
def test_folding_does_not_depend_on_how_accents_are_written(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


# The same name twice.


def test_one_name_has_one_key() -> None:
    written = ["L’École d’été", "l'ecole  d'ete", " L'ÉCOLE D’ÉTÉ ", "L’E\u0301cole d’e\u0301te\u0301"]
    assert {name_key(name) for name in written} == {"l'ecole d'ete"}
    assert name_key("École d’hiver") != name_key("École d’été")


@given(st.text())
def test_the_key_of_a_key_is_the_key(name: str) -> None:
    assert name_key(name_key(name)) == name_key(name)


@given(st.lists(st.sampled_from("éÉ’' aœ"), max_size=8).map("".join))
def test_names_that_differ_in_case_only_are_one(name: str) -> None:
    assert name_key(name.upper()) == name_key(name) == name_key(name.lower())


# Lists from A to Z.


@pytest.mark.parametrize(
    ("text", "letter"),
    [
        ("Élan", "E"),
        ("« Œuvre »", "O"),
        ("zebra", "Z"),
        ("Łódź", "L"),
        ("Øst", "O"),
        ("Þór", "T"),
        ("Đà Nẵng", "D"),
        ("Ærø", "A"),
        ("İzmir", "I"),
        ("ığdır", "I"),
        ("ßeta", "S"),
        ("ʻOhana", "O"),
        ("12 steps", "#"),
        ("½ day", "#"),
        ("", "#"),
        ("…", "#"),
        ("Київ", "К"),
        ("ёлка", "Е"),
        ("Ώρα", "Ω"),
        ("أثر", "ا"),
        ("שלום", "ש"),
        ("日本", "日"),
        ("ბათუმი", "ბ"),
    ],
)
def test_a_name_stands_under_its_first_letter(text: str, letter: str) -> None:
    assert initial(text) == letter


def test_names_are_sorted_as_a_reader_expects() -> None:
    expected = [
        "10 steps", "Ærø", "Đà Nẵng", "Eau", "école", "été", "İzmir", "Lisbon", "Łódź", "London", "Lund", "œuvre",
        "“Old” town", "opera", "Øst", "Þór", "Zoo", "Ωμέγα", "Київ", "أثر", "日本",
    ]  # fmt: skip
    assert sorted(expected, key=sort_key) == expected


@given(st.lists(st.text(), max_size=6))
def test_the_order_of_names_does_not_depend_on_the_order_before(names: list[str]) -> None:
    other_way = names[::-1]
    assert sorted(names, key=sort_key) == sorted(other_way, key=sort_key)


@given(st.text(), st.text())
def test_different_names_have_different_keys(one: str, other: str) -> None:
    assert (sort_key(one) == sort_key(other)) == (one == other)


@given(st.text())
def test_the_names_of_a_letter_stand_together(text: str) -> None:
    first = sort_key(text)[0][:1]
    assert initial(text) == (first.title() if first.isalpha() else "#")
    assert len(initial(text)) == 1


# Ids.


def schema_pattern() -> re.Pattern[str]:
    """The pattern of a record's id as the schema has it."""
    schema = json.loads((ROOT / "schema" / "practice.schema.json").read_text(encoding="utf-8"))
    assert schema["$defs"]["practice_id"]["maxLength"] == MAX_ID
    return re.compile(schema["$defs"]["practice_id"]["pattern"])


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("Mesas de Bienvenida", "mesas-de-bienvenida"),
        ("IDNYC, New York City’s card", "idnyc-new-york-city-s-card"),
        ("L’Œuvre d’été à Besançon", "l-oeuvre-d-ete-a-besancon"),
        ("L’Œuvre d’e\u0301te\u0301", "l-oeuvre-d-ete"),
        ("Straße nach Malmö", "strasse-nach-malmo"),
        ("  --2 × 3--  ", "2-3"),
        ("ﬁrst", "first"),
        ("Łódź, Tromsø og Diyarbakır", "lodz-tromso-og-diyarbakir"),
        ("Þórshöfn, Đà Nẵng, Ærø, İzmir", "thorshofn-da-nang-aero-izmir"),
        ("移民", "yimin"),
        ("Киев", "kiev"),
        ("Καλημέρα", "kalimera"),
        ("مدرسة", "mdrsh"),
        ("…", FALLBACK_ID),
        ("", FALLBACK_ID),
        ("Page 2", f"{FALLBACK_ID}-page-2"),
        ("a" * 79 + " bcd", "a" * 79),
        ("a" * 100, "a" * 80),
    ],
)
def test_an_id_is_proposed_for_a_name_in_any_script(name: str, id_: str) -> None:
    assert proposed_id(name) == id_


def test_an_id_that_is_taken_gets_a_number() -> None:
    assert proposed_id("Desk", {"desk"}) == "desk-2"
    assert proposed_id("Desk", {"desk", "desk-2", "desk-3"}) == "desk-4"
    assert proposed_id("…", {FALLBACK_ID}) == f"{FALLBACK_ID}-2"
    assert proposed_id("a" * 80, {"a" * 80}) == "a" * 78 + "-2"
    assert proposed_id("a" * 77 + " bc", {"a" * 77 + "-bc"}) == "a" * 77 + "-2"


@given(st.text(), st.sets(st.integers(1, 12)))
def test_what_is_proposed_is_always_a_free_id(name: str, numbers: set[int]) -> None:
    first = proposed_id(name)
    taken = {first, *(f"{first[:78].rstrip('-')}-{number}" for number in numbers)}
    for found in (first, proposed_id(name, taken)):
        assert schema_pattern().search(found), found
        assert len(found) <= MAX_ID
        assert not RESERVED_ID.fullmatch(found)
        assert found.isascii()
    assert proposed_id(name, taken) not in taken


@given(st.text())
def test_the_proposal_for_an_id_is_the_id(name: str) -> None:
    assert proposed_id(proposed_id(name)) == proposed_id(name)


@pytest.mark.parametrize(("id_", "expected"), [("10.7", "10-7"), ("PT", "pt"), ("welcome-desk", "welcome-desk")])
def test_an_id_in_an_address_is_small_and_without_dots(id_: str, expected: str) -> None:
    assert id_in_address(id_) == expected
