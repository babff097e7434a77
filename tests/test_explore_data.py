"""The files of the explore page, held to figures and orders worked out from the records of the test site."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from tests.explore_files import explore_files
from tests.samples import catalogue, practice, site_catalogue

from catalogue.languages import CODES
from catalogue.model import Catalogue, Practice
from catalogue.relating.completeness import EVIDENCE_ORDER, best_evidence, completeness
from catalogue.text import sort_key

Files = Mapping[str, Any]


def files(*practices: Practice, language: str = "en") -> Files:
    """The files of some practices, or of the test site where none is given."""
    return explore_files(catalogue(*practices) if practices else site_catalogue(), language)


def choices(found: Files, key: str) -> list[str]:
    facets = found["explore/facets.json"]["facets"]
    return next([choice for choice, _ in facet["choices"]] for facet in facets if facet["key"] == key)


def ordered(found: Files, order: str) -> list[str]:
    """The ids in one of the orders that the page offers: smaller first, equals as they stand."""
    ranks = found["explore/facets.json"]["sort"][order]
    return [id_ for _, id_ in sorted(zip(ranks, found["explore/ids.json"], strict=True), key=lambda pair: pair[0])]


def test_what_works_in_a_province_is_in_a_place() -> None:
    found = files(practice("a-global", levels=["global"]), practice("b-province", levels=["province"]))
    assert found["explore/ids.json"] == ["b-province", "a-global"]


@pytest.mark.parametrize("language", CODES)
def test_names_are_sorted_as_a_reader_expects(language: str) -> None:
    practices = site_catalogue().practices
    names = [practices[id_].name for id_ in ordered(files(language=language), "name")]
    shown = [name.get(language) or name[{"en": "fr", "fr": "en"}[language]] for name in names]
    assert shown == sorted(shown, key=sort_key)
    if language == "en":
        assert shown.index("Łódź-style test workshop") < shown.index("Nothing more")


def test_the_newest_come_first_and_those_without_a_day_last() -> None:
    practices = site_catalogue().practices
    days = [practices[id_].added or "" for id_ in ordered(files(), "newest")]
    assert days == sorted(days, reverse=True)
    assert days[0] == max(days)
    assert days[-1] == ""


def test_the_best_documented_come_first_by_evidence_then_by_fullness() -> None:
    practices = site_catalogue().practices
    levels = (*EVIDENCE_ORDER, "none")
    found = [practices[id_] for id_ in ordered(files(), "documented")]
    ranks = [(levels.index(best_evidence(p)), -completeness(p).present) for p in found]
    assert ranks == sorted(ranks)
    assert len(set(ranks)) > len({rank for rank, _ in ranks}) > 2


def test_cards_are_cut_into_files_of_ten() -> None:
    found = files()
    shards = [found[f"explore/cards/{number}.json"] for number in range(-(-len(site_catalogue().practices) // 10))]
    assert [len(shard) for shard in shards[:-1]] == [10] * (len(shards) - 1)
    assert [card[0] for shard in shards for card in shard] == found["explore/ids.json"]
    assert len([path for path in found if path.startswith("explore/cards/")]) == len(shards) > 2


def test_long_filters_list_what_is_used_and_the_others_everything() -> None:
    found, practices = files(), site_catalogue().practices.values()
    assert set(choices(found, "country")) == {code.lower() for p in practices for code in p.countries}
    targets = {link.target.replace(".", "-") for p in practices for link in p.sdg_targets}
    assert set(choices(found, "target")) == targets
    named = {participant.org for p in practices for participant in p.organisations if participant.org}
    assert set(choices(found, "organisation")) == named
    assert choices(found, "theme") == list(site_catalogue().vocabularies["themes"].usable())
    assert "unused-document" in choices(found, "document")


def test_the_world_is_a_region_to_choose_where_a_practice_names_it() -> None:
    assert "world" in choices(files(), "region")
    assert "world" not in choices(files(practice("a")), "region")
    assert "caribbean" in choices(files(practice("a")), "region")


@pytest.mark.parametrize(("field", "texts"), [("name", ("A desk", "A Desk")), ("summary", ("A desk.", "A desk!"))])
def test_another_card_gives_another_version(field: str, texts: tuple[str, str]) -> None:
    """The words stay the same, so that nothing but the card tells the two apart."""

    def version(text: str) -> str:
        found = files(practice("a", **{field: {"en": text, "fr": "x"}}))
        return str(found["explore/facets.json"]["version"])

    assert version(texts[0]) == version(texts[0])
    assert version(texts[0]) != version(texts[1])


def test_questions_are_found_by_the_words_of_their_answers() -> None:
    for _, text, own, more in files()["explore/questions.json"]:
        if text.startswith("A family arrives"):
            assert {"family", "arrives", "tomorrow", "housing"} <= set(own.split())
            assert {"owners", "surety", "deposit", "lease"} <= set(more.split())  # answer, pick and what is unknown
            return
    pytest.fail("the question is not there")


def test_the_map_has_the_outlines_of_used_countries_apart_from_the_land() -> None:
    found = files()["explore/map.json"]
    shapes = found["shapes"]
    assert set(shapes) == set(choices(files(), "country"))
    assert shapes["pt"]["d"]
    assert shapes["pt"]["d"] not in found["land"]
    assert shapes["tv"]["small"]
    assert not shapes["br"]["small"]


def test_markers_have_the_row_the_place_and_the_practice() -> None:
    found = files()
    ids = found["explore/ids.json"]
    drawn = {
        (ids[row], place) for row, _, _, place, _ in found["explore/map.json"]["markers"] if isinstance(place, str)
    }
    assert ("welcome-centre-network", "Small test town") in drawn
    assert ("small-welcome-desk", "Small test town") in drawn
    assert len(found["explore/map.json"]["markers"]) == _places(site_catalogue())


def _places(found: Catalogue) -> int:
    return sum(len(p.places) for p in found.practices.values())
