"""What is ranked and emphasised: weights, thresholds, shades, bands and orders, held to figures worked out by hand."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tests.explore_files import explore_files
from tests.samples import catalogue, practice, site_catalogue, site_pages, tree, vocabularies

from catalogue.finding import explore_data, search_index
from catalogue.model import LANGUAGES, Practice
from catalogue.presenting.map_projection import project
from catalogue.presenting.world_map import Shape, WorldMap
from catalogue.relating.indexes import IndexEntry, build, co_occurring, memberships
from catalogue.relating.matrices import Axes, Matrix
from catalogue.relating.relations import LEAST_SCORE, Related, related

# Related practices. Two practices that share nothing but one entry, which nobody else has: its whole weight counts.

APART: dict[str, Any] = {
    "kind": "law",
    "themes": ["health"],
    "countries": ["BR"],
    "organisations": [{"name": {"en": "x"}, "type": "media", "roles": ["lead"]}],
}

WEIGHT_OF: list[tuple[str, Any, float]] = [
    ("themes", ["gender", "housing"], 3.0),
    ("countries", ["PT"], 2.0),
    ("target_groups", ["children"], 1.5),
    ("sdg_targets", [{"target": "10.7", "basis": "stated"}], 1.0),
    ("levels", ["local"], 1.0),
    ("stages", ["arrival"], 1.0),
    ("organisations", [{"name": {"en": "x"}, "type": "local-authority", "roles": ["lead"]}], 0.5),
    ("kind", "service", 0.5),
]


def relations(*practices: Practice) -> dict[str, tuple[Related, ...]]:
    found = catalogue(*practices)
    return related(found, memberships(found))


def score(one: Practice, *others: Practice) -> float:
    """The score of a practice and the one that it names as related."""
    return next(item.score for item in relations(one, *others)[one.id] if item.id == "two")


@pytest.mark.parametrize(("field", "value", "weight"), WEIGHT_OF, ids=[field for field, *_ in WEIGHT_OF])
def test_a_shared_entry_counts_by_what_it_is(field: str, value: Any, weight: float) -> None:
    shared = ["equality", "housing"] if field == "themes" else value
    one = practice("one", **{**APART, field: shared}, related=[{"id": "two", "relation": "see-also"}])
    other = practice("two", kind="policy", themes=["gender"], countries=["IT"], organisations=[
        {"name": {"en": "y"}, "type": "parliament", "roles": ["lead"]}
    ])  # fmt: skip
    two = practice("two", **{**_fields(other), field: value})
    assert score(one, two) == pytest.approx(weight)


def _fields(found: Practice) -> dict[str, Any]:
    organisations = [{"name": p.name, "type": p.type, "roles": ["lead"]} for p in found.organisations]
    return {
        "kind": found.kind,
        "themes": found.themes,
        "countries": found.countries,
        "organisations": organisations,
    }


def test_the_same_first_theme_adds_half_as_much_again() -> None:
    one = practice("one", **APART, related=[{"id": "two", "relation": "see-also"}])
    elsewhere = {**APART, "kind": "policy", "countries": ["IT"], "organisations": [
        {"name": {"en": "y"}, "type": "parliament", "roles": ["lead"]}
    ]}  # fmt: skip
    assert score(one, practice("two", **elsewhere)) == pytest.approx(3.0 + 1.5)
    later = practice("two", **{**elsewhere, "themes": ["gender", "health"]})
    assert score(one, later) == pytest.approx(3.0)


@pytest.mark.parametrize(("sharing", "total", "weight"), [(2, 10, 2.0), (3, 10, 2 * 0.9**2), (7, 10, 2 * 0.5**2)])
def test_what_many_share_counts_by_the_square_of_its_rarity(sharing: int, total: int, weight: float) -> None:
    """Two of ten share a country: its whole weight. Seven of ten share it: a quarter."""
    kinds = ["law", "policy", "programme", "service", "body", "network", "data", "training", "digital", "campaign"]
    themes = ["health", "housing", "gender", "equality", "diaspora", "trafficking", "development", "cohesion",
              "narratives", "participation"]  # fmt: skip
    actors = ["media", "parliament", "research", "trade-union", "private-sector", "faith-based", "civil-society",
              "education-provider", "health-provider", "national-government"]  # fmt: skip
    names = ["one", "two", *(f"other-{number}" for number in range(total - 2))]
    practices = [
        practice(
            name,
            kind=kinds[number],
            themes=[themes[number]],
            countries=["PT"] if number < sharing else ["IT"],
            organisations=[{"name": {"en": "x"}, "type": actors[number], "roles": ["lead"]}],
            **({"related": [{"id": "two", "relation": "see-also"}]} if name == "one" else {}),
        )
        for number, name in enumerate(names)
    ]
    assert score(*practices) == pytest.approx(weight, abs=1e-5)


def test_two_practices_are_related_from_the_least_score_on() -> None:
    """A country alone is just enough; a target group, or level and kind, are not."""
    assert LEAST_SCORE == 2.0
    others = {"kind": "policy", "themes": ["gender"], "organisations": [
        {"name": {"en": "y"}, "type": "parliament", "roles": ["lead"]}
    ]}  # fmt: skip
    one = practice("one", **APART, levels=["local"], target_groups=["children"])
    with_country = practice("two", **others, countries=["BR"])
    with_group = practice("two", **others, countries=["IT"], target_groups=["children"])
    with_two = practice("two", **{**others, "kind": "law"}, countries=["IT"], levels=["local"])
    with_three = practice("two", **{**others, "kind": "law"}, countries=["IT"], levels=["local"], target_groups=["children"])  # fmt: skip # noqa: E501
    assert [item.id for item in relations(one, with_country)["one"]] == ["two"]
    assert relations(one, with_group)["one"] == ()
    assert relations(one, with_two)["one"] == ()
    assert [item.score for item in relations(one, with_three)["one"]] == [pytest.approx(3.0)]


def test_a_page_lists_six_that_are_close_beside_those_that_are_stated() -> None:
    crowd = [practice(f"near-{number}") for number in range(9)]
    elsewhere = [practice(f"far-{number}", **{**APART, "countries": ["IT"]}) for number in range(30)]
    found = relations(*crowd, *elsewhere, practice("one", related=[{"id": "far-1", "relation": "see-also"}]))
    assert [item.id for item in found["one"]] == ["far-1", *(f"near-{number}" for number in range(6))]


@pytest.mark.parametrize("block", [1, 2, 7])
def test_the_scores_are_the_same_in_whatever_blocks_they_are_counted(
    block: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = site_catalogue()
    whole = related(found, memberships(found))
    monkeypatch.setattr("catalogue.relating.relations._BLOCK", block)
    assert related(found, memberships(found)) == whole
    assert all(id_ not in [item.id for item in items] for id_, items in whole.items())


# Terms that are often met together.


def test_what_is_often_met_leaves_out_headings_and_the_entry_itself() -> None:
    one = practice("one", target_groups=["children", "women"], sdg_targets=[{"target": "10.7", "basis": "stated"}])
    found = catalogue(one, practice("two", target_groups=["children"]))
    members = memberships(found)
    entries = build(found, members)
    children = entries["groups"].entries["children"]
    assert co_occurring(children, members, "groups") == [("people", 2), ("women", 1)]
    assert co_occurring(children, members, "groups", without=["people"]) == [("women", 1)]
    assert co_occurring(entries["themes"].entries[one.themes[0]], members, "sdgs") == [("10", 1), ("10.7", 1)]


def test_what_is_often_met_ends_with_the_eighth() -> None:
    groups = list(vocabularies()["groups"].usable())[:11]
    found = catalogue(practice("one", target_groups=groups))
    members = memberships(found)
    theme = build(found, members)["themes"].entries[found.practices["one"].themes[0]]
    met = co_occurring(theme, members, "groups", without=["people", "institutions"])
    assert [name for name, _ in met] == sorted(groups)[:8]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_of_a_term_names_no_heading_as_often_met(language: str) -> None:
    pages = site_pages(site_catalogue(), language)
    (page,) = [page for page in pages.pages() if page.path == "themes/information-services/"]
    links = [element.get("href", "") for element in tree(pages.render(page)).iter("a")]
    for met, heading in (("../../groups/newcomers/", "../../groups/people/"), ("../../sdgs/10-7/", "../../sdgs/10/")):
        assert met in links
        assert heading not in links


# The shades of a matrix.


@pytest.mark.parametrize(
    ("count", "most", "step"),
    [(1, 16, 1), (2, 16, 2), (4, 16, 2), (5, 16, 3), (9, 16, 3), (10, 16, 4), (16, 16, 4), (1, 1, 4), (0, 16, 0)],
)
def test_shades_follow_the_square_root_of_the_count(count: int, most: int, step: int) -> None:
    row, column, full = (IndexEntry("themes", name, {"en": name}) for name in ("row", "column", "full"))
    cells = {("row", "column"): count, ("row", "full"): most} if count else {("row", "full"): most}
    found = Matrix(Axes("themes", "actors", "x/"), (row,), (column, full), cells, {}, {}, most, 0)
    assert found.step(row, column) == step


# The bands of filters.


def choices(language: str, key: str) -> list[list[str]]:
    facets = explore_files(site_catalogue(), language)["explore/facets.json"]["facets"]
    return next(facet["choices"] for facet in facets if facet["key"] == key)  # type: ignore[no-any-return]


def test_a_band_of_years_ends_with_the_year_before_the_next_one() -> None:
    assert choices("en", "start") == [
        ["0", "before 1990"], ["1990", "1990–1999"], ["2000", "2000–2009"], ["2010", "2010–2014"],
        ["2015", "2015–2019"], ["2020", "2020 or later"],
    ]  # fmt: skip
    assert [label for _, label in choices("fr", "start")][:2] == ["avant 1990", "1990–1999"]


def test_a_band_of_sizes_ends_where_the_next_one_begins() -> None:
    assert [label for _, label in choices("en", "size")] == [
        "fewer than 20,000", "20,000 to 100,000", "100,000 to 500,000", "500,000 to 1,000,000", "1,000,000 or more",
    ]  # fmt: skip
    assert [label.replace("\u202f", " ") for _, label in choices("fr", "size")][1] == "de 20 000 à 100 000"


@pytest.mark.parametrize(
    ("key", "value", "band"),
    [("start", 1989, "0"), ("start", 1990, "1990"), ("start", 1999, "1990"), ("start", 2000, "2000"),
     ("start", 2026, "2020"), ("size", 1, "0"), ("size", 19_999, "0"), ("size", 20_000, "20000"),
     ("size", 999_999, "500000"), ("size", 1_000_000, "1000000")],
)  # fmt: skip
def test_a_value_falls_into_the_band_that_begins_at_or_below_it(key: str, value: int, band: str) -> None:
    place = {"name": {"en": "x", "fr": "x"}, "country": "PT", "lat": 38.7, "lon": -9.1, "population": value}
    fields: dict[str, Any] = {"places": [place]} if key == "size" else {"period": {"start": value}}
    context = site_pages(catalogue(practice("one", **fields))).context(1)
    (facet,) = [facet for facet in explore_data.facets(context) if facet.key == key]
    assert facet.of["one"] == (band,)


# Where a practice is.


@pytest.mark.parametrize(
    ("countries", "where"),
    [
        (["PT"], "Portugal"),
        (["PT", "IT", "FR", "ES"], "Portugal · Italy · France · Spain"),
        (["PT", "IT", "FR", "ES", "DE"], "5 countries"),
    ],
)
def test_up_to_four_countries_are_named_and_more_are_counted(countries: list[str], where: str) -> None:
    found = practice("one", countries=countries)
    assert site_pages(catalogue(found)).context(1).where(found) == where


@pytest.mark.parametrize(("region", "where"), [("world", "Worldwide"), ("western-africa", "Western Africa")])
def test_without_a_country_the_region_is_named(region: str, where: str) -> None:
    found = practice("one", countries=[], region=region)
    assert site_pages(catalogue(found)).context(1).where(found) == where


def test_markers_stand_from_north_to_south_then_from_west_to_east_then_by_id() -> None:
    def place(name: str, lat: float, lon: float) -> dict[str, Any]:
        return {"name": {"en": name}, "country": "PT", "lat": lat, "lon": lon}

    north, west, east, south = (
        place("north", 60, 0), place("west", 40, -20), place("east", 40, 20), place("south", -50, 0)
    )  # fmt: skip
    practices = [practice("b", places=[south, east, north]), practice("a", places=[east, west])]
    world = WorldMap(1000, 440, {}, (), ())
    for order in (practices, practices[::-1]):
        found = [(marker.place.name["en"], marker.practice.id) for marker in world.markers(order)]
        assert found == [("north", "b"), ("west", "a"), ("east", "a"), ("east", "b"), ("south", "b")]


def test_a_marker_stands_within_a_tenth_of_a_pixel() -> None:
    place = {"name": {"en": "x"}, "country": "PT", "lat": 38.72, "lon": -9.14}
    (marker,) = WorldMap(1000, 440, {}, (), ()).markers([practice("a", places=[place])])
    x, y = project(-9.14, 38.72)
    assert (marker.x, marker.y) == (round(x, 1), round(y, 1)) != (round(x), round(y))


def test_the_land_of_the_map_is_what_is_not_drawn_apart() -> None:
    shapes = {code: Shape(code, 1, 1, outline) for code, outline in (("PT", "M1"), ("IT", "M2"), ("TV", None))}
    world = WorldMap(1000, 440, shapes, ("M3",), ())
    assert world.background(()) == "M1M2M3"
    assert world.background({"PT", "TV"}) == "M2M3"


@pytest.mark.parametrize(("outline", "small"), [(None, True), ("M" * 59, True), ("M" * 60, False)])
def test_a_territory_that_is_hard_to_see_gets_a_dot(outline: str | None, small: bool) -> None:
    assert site_pages(catalogue()).context(0).is_small(Shape("PT", 1, 1, outline)) is small


def test_a_region_is_named_by_those_practices_alone_that_are_bound_to_no_country_in_it() -> None:
    found = catalogue(practice("a", countries=["SN"]), practice("b", countries=[], region="western-africa"))
    context = site_pages(found).context(1)
    entry = context.entry("regions", "western-africa")
    assert entry.practices == ("a", "b")
    assert context.naming(entry) == ["b"]


def test_what_two_practices_share_is_told_by_the_three_kinds_that_tell_most_without_headings() -> None:
    context = site_pages(catalogue()).context(2)
    shared = {"themes": ("health", "housing"), "groups": ("people",), "countries": ("PT",), "sdgs": ("10", "10.7"),
              "levels": ("local",)}  # fmt: skip
    told = context.shared(shared)
    for label in ("Health", "Reception and housing", "Portugal", "10.7"):
        assert label in told
    for label in (context.label("groups", "people"), context.label("levels", "local"), context.label("sdgs", "10")):
        assert label not in told
    assert told.count(context.t("semicolon")) == 2


# The weights of words.


@pytest.mark.parametrize(
    ("part", "times", "weight"),
    [("name", 1, 7), ("names", 1, 6), ("terms", 1, 5), ("summary", 1, 3), ("places", 1, 3), ("organisations", 1, 2),
     ("context", 1, 2), ("approach", 1, 2), ("results", 1, 1), ("lessons", 1, 1), ("updates", 1, 1),
     ("summary", 2, 5), ("summary", 3, 7), ("summary", 4, 7), ("summary", 30, 7), ("results", 3, 2), ("name", 3, 15)],
)  # fmt: skip
def test_a_word_weighs_by_its_part_and_three_times_at_most(part: str, times: int, weight: int) -> None:
    assert search_index.weighed({part: ["desk"] * times}) == {"desk": weight}


def test_the_weights_of_parts_are_added() -> None:
    assert search_index.weighed({"summary": ["desk"], "approach": ["desk", "bus"]}) == {"desk": 4, "bus": 2}


def test_passages_are_looked_for_in_what_tells_most_first() -> None:
    order = [*search_index.PARTS]
    expected = ["names", "terms", "places", "organisations", "context", "approach", "results", "lessons", "updates"]
    assert [part for part in order if part in expected] == expected
    assert [search_index.WEIGHTS[part] for part in order] == sorted(
        (search_index.WEIGHTS[part] for part in order), reverse=True
    )
    settings = json.loads(explore_data.settings(site_pages(site_catalogue()).context(1)))
    assert [part for part, _ in settings["parts"]] == order
