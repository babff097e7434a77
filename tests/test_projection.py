"""The projection puts places where the committed map shows their countries."""

import json
import re
from itertools import pairwise
from math import cos, radians
from pathlib import Path
from typing import Any

import pytest
import yaml

from catalogue.presenting.map_projection import CENTRAL_MERIDIAN, HEIGHT, WIDTH, project, wrap

SCHEMA = Path(__file__).parent.parent / "schema"
WORLD: dict[str, Any] = json.loads((SCHEMA / "world.json").read_text(encoding="utf-8"))
REGIONS = SCHEMA / "vocabularies" / "regions.yml"

Ring = list[tuple[float, float]]


def rings(path: str) -> list[Ring]:
    """Read path data of the form `M x y l dx dy ... Z`, as the map has it, into rings of pixels."""
    found = []
    for part in path.split("Z")[:-1]:
        numbers = [float(number) for number in re.findall(r"-?(?:\d+\.?\d*|\.\d+)", part)]
        x, y = numbers[:2]
        ring = [(x, y)]
        for dx, dy in zip(numbers[2::2], numbers[3::2], strict=True):
            x, y = x + dx, y + dy
            ring.append((x, y))
        found.append(ring)
    return found


def holds(path: str, x: float, y: float) -> bool:
    """Tell whether an area holds a point, by counting the sides that a ray to the right crosses."""
    sides = [side for ring in rings(path) for side in pairwise([*ring, ring[0]])]
    crossed = [(y1 > y) != (y2 > y) and x < x1 + (y - y1) / (y2 - y1) * (x2 - x1) for (x1, y1), (x2, y2) in sides]
    return sum(crossed) % 2 == 1


def countries_at(lon: float, lat: float) -> list[str]:
    """List the countries whose outline holds a place."""
    return [code for code, country in WORLD["countries"].items() if holds(country.get("d", ""), *project(lon, lat))]


def test_the_map_has_the_size_of_the_projection() -> None:
    assert (WORLD["width"], WORLD["height"]) == (WIDTH, HEIGHT)


def test_the_whole_equator_fits_and_has_the_published_proportion_to_the_axis() -> None:
    left, equator = project(CENTRAL_MERIDIAN - 180, 0)
    right, _ = project(CENTRAL_MERIDIAN + 179.999999, 0)
    north, south = project(CENTRAL_MERIDIAN, 90)[1], project(CENTRAL_MERIDIAN, -90)[1]
    assert (left, right) == pytest.approx((0, WIDTH), abs=1e-4)
    assert project(CENTRAL_MERIDIAN, 0) == pytest.approx((WIDTH / 2, equator))
    assert (right - left) / (south - north) == pytest.approx(2.05458, abs=1e-4)


@pytest.mark.parametrize(("lon", "lat"), [(10, 10), (90, 45), (150, 80), (179, 89)])
def test_east_mirrors_west_and_north_mirrors_south(lon: float, lat: float) -> None:
    x, y = project(CENTRAL_MERIDIAN + lon, lat)
    equator = project(CENTRAL_MERIDIAN, 0)[1]
    assert project(CENTRAL_MERIDIAN - lon, lat) == pytest.approx((WIDTH - x, y))
    assert project(CENTRAL_MERIDIAN + lon, -lat) == pytest.approx((x, 2 * equator - y))


@pytest.mark.parametrize(("lon", "lat"), [(0, 45), (-70, -30), (140, 75)])
def test_areas_keep_their_proportions(lon: float, lat: float) -> None:
    """A cell of a hundredth of a degree shrinks from the equator to the poles as it does on the globe."""

    def cell(lon: float, lat: float) -> float:
        width = project(lon + 0.005, lat)[0] - project(lon - 0.005, lat)[0]
        height = project(lon, lat - 0.005)[1] - project(lon, lat + 0.005)[1]
        return width * height

    assert cell(lon, lat) / cell(0, 0) == pytest.approx(cos(radians(lat)), rel=1e-4)


def test_the_north_pole_is_in_the_frame_and_antarctica_below_it() -> None:
    assert project(0, 90)[1] == pytest.approx(0, abs=1e-9)
    assert project(-67, -56)[1] < HEIGHT  # Cape Horn
    assert project(-60, -62)[1] > HEIGHT  # the South Shetland Islands


def test_the_antimeridian_is_no_edge() -> None:
    assert wrap(180) == wrap(-180) == 180
    assert project(180, -17) == pytest.approx(project(-180, -17))
    assert project(-179.9, -17)[0] - project(179.9, -17)[0] == pytest.approx(0.5, abs=0.1)


@pytest.mark.parametrize(
    ("code", "lon", "lat"),
    [
        ("PT", -9.14, 38.74),  # Lisbon
        ("TR", 37.38, 37.06),  # Gaziantep
        ("NZ", 174.9, -41.2),  # Wellington
        ("CO", -74.07, 4.71),  # Bogotá
        ("UG", 32.58, 0.35),  # Kampala
        ("RU", 172, 66),  # Chukotka
        ("RU", -172, 66),  # its tip, beyond the antimeridian
        ("CY", 33.36, 35.3),  # north of Nicosia
        ("SO", 44.06, 9.56),  # Hargeisa
        ("GF", -53, 4),  # French Guiana
        ("LS", 28.2, -29.5),  # Lesotho, a hole in South Africa
    ],
)
def test_a_place_lies_in_its_country_and_in_no_other(code: str, lon: float, lat: float) -> None:
    assert countries_at(lon, lat) == [code]


@pytest.mark.parametrize(
    ("area", "lon", "lat"),
    [
        ("western-sahara", -13.2, 26.9),
        ("western-sahara", -9, 26.5),
        ("crimea", 34.1, 45),
        ("kashmir", 74.8, 34.1),
        ("kashmir", 74.3, 35.9),
        ("kashmir", 79, 35),
        ("arunachal-pradesh", 94.4, 28.2),
        ("halaib", 35.5, 22.5),
        ("abyei", 28.4, 9.8),
        ("ilemi", 35.3, 5),
        ("golan", 35.8, 33),
        ("kuril-islands", 147.9, 45.1),
        ("falkland-islands", -58.8, -51.8),
    ],
)
def test_a_disputed_area_lies_in_no_country(area: str, lon: float, lat: float) -> None:
    assert countries_at(lon, lat) == []
    assert [each["id"] for each in WORLD["disputed"] if holds(each["d"], *project(lon, lat))] == [area]


def test_disputed_areas_are_named_in_both_languages() -> None:
    assert all(each["label"].keys() == {"en", "fr"} and all(each["label"].values()) for each in WORLD["disputed"])


def test_no_outline_runs_across_the_map() -> None:
    """The longest true side is the border of Canada and the United States along the 49th parallel."""
    outlines = [country.get("d", "") for country in WORLD["countries"].values()]
    outlines += [each["d"] for each in WORLD["disputed"]]
    across = [
        abs(x2 - x1)
        for outline in outlines
        for ring in rings(outline)
        for (x1, _), (x2, _) in pairwise([*ring, ring[0]])
    ]
    assert max(across) < 80


def test_every_point_is_in_the_frame_and_in_its_own_outline() -> None:
    for code, country in WORLD["countries"].items():
        assert 0 < country["x"] < WIDTH, code
        assert 0 < country["y"] < HEIGHT, code
        assert "d" not in country or holds(country["d"], country["x"], country["y"]), code


def test_every_country_of_a_region_has_a_point() -> None:
    terms = yaml.load(REGIONS.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)["terms"]
    codes = {code for term in terms for code in term.get("countries", [])}
    assert {"PT", "NO", "XK"} <= codes
    assert codes <= WORLD["countries"].keys()


def test_the_map_stays_light_enough_for_the_home_page() -> None:
    assert (SCHEMA / "world.json").stat().st_size <= 120_000
