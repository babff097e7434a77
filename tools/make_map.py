"""Make `schema/world.json`, the world map of the home page, from the `countries-50m.json` of world-atlas.

The map is made once and committed; this command is kept so that it can be made again, with other limits or a
newer source. Longitudes and latitudes are degrees (east and north positive); everything drawn is in pixels of
the frame of `catalogue/projection.py`, rounded to a tenth.
"""

from __future__ import annotations

import argparse
import heapq
import json
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

from babel.core import get_global

from catalogue.presenting.map_projection import CENTRAL_MERIDIAN, HEIGHT, WIDTH, project, project_unwrapped, wrap

Point = tuple[float, float]
"""Longitude and latitude in degrees, or x and y in pixels."""

Line = Sequence[Point]

Ring = list[Point]
"""A closed line: the last point is followed by the first."""

TOLERANCE = 0.35
"""Square pixels: a bend of an outline whose triangle is smaller than this is straightened."""

MIN_AREA = 0.5
"""Square pixels, about 650 km²: a smaller island is not drawn."""

SPECK = 0.03
"""Square pixels: a smaller outline is not drawn, whether island, enclave or hole."""

SNAP = 0.7
"""Pixels: a hand-drawn border ends at a corner of the outline when one is this near."""

NAMES = {
    "Kosovo": "XK",
    "N. Cyprus": "CY",
    "Somaliland": "SO",
    "Indian Ocean Ter.": "CX",
    "Siachen Glacier": "siachen",
}
"""What the features without an ISO number are drawn as."""

OVERSEAS = {  # code: the code it stands under in the source, then west, south, east and north in degrees
    "BQ": ("NL", -69, 12, -62, 18),
    "CC": ("CX", 96, -13, 98, -11),
    "GF": ("FR", -55, 2, -51, 6),
    "GP": ("FR", -62, 15.7, -60.9, 17),
    "MQ": ("FR", -62, 14, -60, 15),
    "RE": ("FR", 55, -22, 56, -20),
    "SJ": ("NO", 10, 74, 35, 81),
    "YT": ("FR", 44.5, -13.5, 46, -12),
}
"""Territories with an ISO code of their own that Natural Earth draws as parts of a country."""

POINTS = {
    "BV": (3.4, -54.4),
    "GI": (-5.35, 36.14),
    "TK": (-171.8, -9.2),
    "TV": (179.2, -8.5),
    "UM": (166.6, 19.3),
}
"""Territories too small for the source: longitude and latitude of the main island or town."""


@dataclass(frozen=True)
class Piece:
    """The part of a country's land that holds `inside`: all of it, or what lies on that side of `border`.

    The border is written as longitudes and latitudes: `34.4,4.6 35.9,4.6`.
    """

    code: str
    inside: Point
    border: str = ""


@dataclass(frozen=True)
class Disputed:
    """An area that the map gives to no country; `code` where ISO 3166-1 gives it one of its own."""

    id: str
    en: str
    fr: str
    pieces: tuple[Piece, ...]
    code: str | None = None


# The borders are drawn by hand to about 0.1°, after the de-facto lines and claims of Natural Earth's layer of
# breakaway and disputed areas (public domain); that of Hala'ib after the administrative line of 1902.
KASHMIR_IN = (
    "75.3,32.3 75.5,32.3 75.7,32.4 75.9,32.7 75.8,32.9 76.2,33 76.5,33.1 76.8,33.1 77.1,32.9 77.7,32.95"
    " 78,32.6 78.3,32.7 78.3,32.5 78.4,32.5"
)
KASHMIR_PK = (
    "74.3,32.8 73.9,33 73.6,33.1 73.6,33.6 73.4,34.4 73.5,34.6 73.8,34.8 74,34.9 74.1,35.1 73.7,35.3"
    " 73.8,35.5 73.4,35.6 73.1,35.8 72.6,35.9 72.6,36.2 72.9,36.4 73.1,36.7 73.8,36.7 73.7,36.9"
)
KASHMIR_CN = (
    "75.95,36.45 76.4,36.3 76.7,36.2 76.8,35.9 77.3,35.7 77.5,35.6 77.8,35.55 78.1,35.6 78.6,35.8 79,35.9"
    " 79.4,35.95 79.6,35.8 80,35.8 80.3,35.6 80.2,35 80,34.7 79.8,34.6 79.5,34.4 79.4,34 78.9,34 79,33.7"
    " 78.9,33.4"
)
ARUNACHAL = (
    "97.05,27.75 96.7,27.95 96.3,28.15 95.8,28.2 95.3,28.1 95.2,27.9 94.7,27.65 94.2,27.5 93.8,27.1"
    " 93.4,26.9 92.9,26.9 92.6,27 92.05,26.85"
)
HALAIB = "34.1,22 34.2,22.2 34.7,22.3 35.2,22.8 35.6,23.1"
ABYEI = "28.8,9.3 29,9.6 29,10.2 27.8,10.2 27.8,9.7 28,9.4"
GOLAN = "35.6,32.7 35.6,32.9 35.6,33.1 35.6,33.25"

DISPUTED = (
    Disputed(
        "western-sahara",
        "Western Sahara",
        "Sahara occidental",
        (Piece("EH", (-9, 27)), Piece("MA", (-14, 24.5), "-13.2,27.65 -8.7,27.65")),
        "EH",
    ),
    Disputed("crimea", "Crimea", "Crimée", (Piece("RU", (34.3, 45.3)),)),
    Disputed(
        "kashmir",
        "Kashmir (Jammu and Kashmir, Aksai Chin)",
        "Cachemire (Jammu-et-Cachemire, Aksai Chin)",
        (
            Piece("siachen", (77.3, 35.4)),
            Piece("IN", (76.5, 34), KASHMIR_IN),
            Piece("PK", (74.5, 35.5), KASHMIR_PK),
            Piece("CN", (79, 35), KASHMIR_CN),
        ),
    ),
    Disputed("arunachal-pradesh", "Arunachal Pradesh", "Arunachal Pradesh", (Piece("IN", (94.5, 28.5), ARUNACHAL),)),
    Disputed("halaib", "Hala’ib Triangle", "Triangle de Halaïb", (Piece("EG", (35.3, 22.4), HALAIB),)),
    Disputed("abyei", "Abyei", "Abyei", (Piece("SD", (28.4, 9.8), ABYEI),)),
    Disputed("ilemi", "Ilemi Triangle", "Triangle d’Ilemi", (Piece("KE", (35.3, 4.9), "34.4,4.6 35.9,4.6"),)),
    Disputed("golan", "Golan Heights", "Plateau du Golan", (Piece("IL", (35.75, 33), GOLAN),)),
    Disputed(
        "kuril-islands",
        "Southern Kuril Islands (Northern Territories)",
        "Kouriles du Sud (Territoires du Nord)",
        (Piece("RU", (146, 44.2)), Piece("RU", (147.9, 45.1))),
    ),
    Disputed(
        "falkland-islands",
        "Falkland Islands (Malvinas)",
        "Îles Falkland (Malvinas)",
        (Piece("FK", (-58.7, -51.8)), Piece("FK", (-60.2, -51.8))),
        "FK",
    ),
)

ABOUT = {
    "source": "Natural Earth 4.1, 1:50m, as packaged in world-atlas 2.0.2 (countries-50m.json)",
    "licence": "public domain",
    "projection": (
        f"Equal Earth (Šavrič, Patterson and Jenny 2018), central meridian {CENTRAL_MERIDIAN:g}° east,"
        " from the North Pole to 58° south; x and y in pixels from the top left corner:"
        " scripts/catalogue/projection.py"
    ),
    "made": (
        "By tools/make_map.py: shared borders straightened by Visvalingam's method (bends under"
        f" {TOLERANCE} square pixels), coordinates rounded to 0.1 pixel, islands under {MIN_AREA} square"
        " pixels and Antarctica left out. countries: ISO 3166-1 alpha-2 codes, and XK for Kosovo; d is the"
        " outline, missing where a territory is too small to draw or stands in disputed; x, y is a point"
        " well inside its largest part. Overseas territories with a code of their own stand under that"
        " code. land_other: land that has no code and is not disputed (none at this scale)."
    ),
    "disputed": (
        "The map takes no side: a code, an outline or a name says nothing about the status of a"
        " territory. The areas in disputed are cut out of the outline of every country and belong to none;"
        " draw them above the countries with a neutral fill and a dashed line. They are areas whose status"
        " is unsettled between states or before the United Nations and that can be seen at 1000 pixels;"
        " their outlines are approximate; code is given where ISO 3166-1 has one. Not set apart: claims to"
        " land within an established border, such as Essequibo, and small strips and islets. Northern"
        " Cyprus is drawn as part of Cyprus and Somaliland as part of Somalia, in keeping with ISO 3166-1."
    ),
}


@dataclass(frozen=True)
class Land:
    """One island or mainland: its full outline and the rings to draw, in pixels."""

    outline: Line
    rings: list[Ring]
    is_island: bool


def read_arcs(topology: Any) -> list[Ring]:
    """Decode the delta-coded arcs of a quantised TopoJSON topology to degrees."""
    (scale_x, scale_y), (left, bottom) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for encoded in topology["arcs"]:
        column = row = 0
        arc = []
        for across, up in encoded:
            column, row = column + across, row + up
            arc.append((column * scale_x + left, row * scale_y + bottom))
        arcs.append(arc)
    return arcs


def iso_codes() -> dict[str, str]:
    """ISO 3166-1 numeric to alpha-2 codes, as CLDR has them (from 900 on the numbers are for private use)."""
    aliases = get_global("territory_aliases")
    numeric = {number: codes for number, codes in aliases.items() if len(number) == 3 and number < "900"}
    return {number: codes[0] for number, codes in numeric.items() if len(codes) == 1 and len(codes[0]) == 2}


def unwrapped(line: Iterable[Point]) -> list[Point]:
    """Let a line run on over the antimeridian, its middle within the map's range of longitudes."""
    points: list[Point] = []
    for lon, lat in line:
        turns = round((points[-1][0] - lon) / 360) if points else 0
        points.append((lon + 360 * turns, lat))
    middle = (min(points)[0] + max(points)[0]) / 2
    return [(lon + wrap(middle) - middle, lat) for lon, lat in points]


def in_pixels(line: Iterable[Point]) -> list[Point]:
    """Project a line of degrees, unrounded."""
    return [project_unwrapped(lon, lat) for lon, lat in unwrapped(line)]


def on_grid(line: Iterable[Point]) -> list[Point]:
    """Round pixels to tenths and leave out repeated points, also the one that closes a ring."""
    points: list[Point] = []
    for x, y in line:
        point = (round(x, 1), round(y, 1))
        if not points or point != points[-1]:
            points.append(point)
    return points[:-1] if len(points) > 1 and points[0] == points[-1] else points


def sides(ring: Line) -> Iterator[tuple[Point, Point]]:
    """Give the sides of a ring, each by its two ends."""
    return zip(ring, [*ring[1:], *ring[:1]], strict=True)


def extent(ring: Line) -> float:
    """Area of a ring (the shoelace formula)."""
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in sides(ring))) / 2


def simplified(arc: Line, fewest: int) -> list[Point]:
    """Straighten an arc of degrees to no less than `fewest` points (Visvalingam and Whyatt 1993).

    Arcs are straightened, not outlines, so that neighbours keep the same border.
    """
    pixels = in_pixels(arc)
    before, after = list(range(-1, len(arc) - 1)), list(range(1, len(arc) + 1))
    left = len(arc)

    def bend(i: int) -> float:
        return extent([pixels[before[i]], pixels[i], pixels[after[i]]])

    current = {i: bend(i) for i in range(1, len(arc) - 1)}
    heap = [(size, i) for i, size in current.items()]
    heapq.heapify(heap)
    while heap and heap[0][0] < TOLERANCE and left > fewest:
        size, i = heapq.heappop(heap)
        if current.get(i) != size:
            continue
        del current[i]
        left -= 1
        after[before[i]], before[after[i]] = after[i], before[i]
        for j in (before[i], after[i]):
            if j in current:
                current[j] = max(size, bend(j))
                heapq.heappush(heap, (current[j], j))
    return [point for i, point in enumerate(arc) if i in current or i in (0, len(arc) - 1)]


def joined(indexes: Iterable[int], arcs: Sequence[Line]) -> list[Point]:
    """Join arcs to a ring, a negative index standing for an arc turned round."""
    return [point for i in indexes for point in (arcs[i] if i >= 0 else arcs[~i][::-1])]


def read_lands(topology: Any) -> dict[str, list[Land]]:
    """Read each country's lands, straightened and projected; the key is its code or a name of `NAMES`."""
    codes = iso_codes()
    polygons = [
        (codes[feature["id"]] if "id" in feature else NAMES[feature["properties"]["name"]], polygon)
        for feature in topology["objects"]["countries"]["geometries"]
        for polygon in ([feature["arcs"]] if feature["type"] == "Polygon" else feature["arcs"])
    ]
    all_rings = [ring for _, polygon in polygons for ring in polygon]
    uses = Counter(max(i, ~i) for ring in all_rings for i in ring)
    fewest = {max(i, ~i): 5 - len(ring) for ring in all_rings for i in ring if len(ring) < 3}
    full = read_arcs(topology)
    straight = [simplified(arc, fewest.get(i, 2)) for i, arc in enumerate(full)]
    lands: dict[str, list[Land]] = defaultdict(list)
    for code, polygon in polygons:
        if code != "AQ":
            outline = joined(polygon[0], full)
            rings = [on_grid(in_pixels(joined(ring, straight))) for ring in polygon]
            is_island = all(uses[max(i, ~i)] == 1 for i in polygon[0])
            land = Land(in_pixels(outline), [ring for ring in rings if extent(ring) > SPECK], is_island)
            lands[overseas(code, outline[0])].append(land)
    return lands


def overseas(code: str, place: Point) -> str:
    """Give the code of the overseas territory in which a place of a country lies, or the country's own."""
    for territory, (parent, west, south, east, north) in OVERSEAS.items():
        if code == parent and west < place[0] < east and south < place[1] < north:
            return territory
    return code


def inside(point: Point, rings: Iterable[Line]) -> bool:
    """Tell whether a point lies within rings, by counting the sides that a ray to the right crosses."""
    x, y = point
    crossings = 0
    for ring in rings:
        for (x1, y1), (x2, y2) in sides(ring):
            if (y1 > y) != (y2 > y) and x < x1 + (y - y1) / (y2 - y1) * (x2 - x1):
                crossings += 1
    return crossings % 2 == 1


def dissolved(rings: Iterable[Line]) -> list[Ring]:
    """Unite rings along the borders that they share: a side passed in both directions is no outline."""
    once: set[tuple[Point, Point]] = set()
    for ring in rings:
        for start, end in sides(ring):
            if (end, start) in once:
                once.remove((end, start))
            else:
                once.add((start, end))
    onward: dict[Point, list[Point]] = defaultdict(list)
    for start, end in sorted(once):
        onward[start].append(end)
    united = []
    for start in sorted(onward):
        while onward[start]:
            ring = [start]
            while (point := onward[ring[-1]].pop()) != start:
                ring.append(point)
            united.append(ring)
    return united


def corner(lands: dict[str, list[Land]], ring: Ring, near: Point) -> Point:
    """Find the corner of a ring near a point, or make one on its nearest side, for the neighbour too."""
    found = min(ring, key=lambda point: math.dist(point, near))
    if math.dist(found, near) <= SNAP:
        return found
    side = min(sides(ring), key=lambda side: math.dist(nearest(near, *side), near))
    made = on_grid([nearest(near, *side)])[0]
    for other in (other for own in lands.values() for land in own for other in land.rings):
        for i, (start, end) in enumerate(list(sides(other))):
            if {start, end} == set(side):
                other.insert(i + 1, made)
    return made


def cut(ring: Ring, border: Ring, within: Point) -> tuple[Ring, Ring]:
    """Cut a ring along a border between two of its corners: the part that holds a point, and the rest."""
    first, last, middle = ring.index(border[0]), ring.index(border[-1]), border[1:-1]
    if first > last:
        first, last, middle = last, first, middle[::-1]
    one = [*ring[first : last + 1], *middle[::-1]]
    other = [*ring[last:], *ring[: first + 1], *middle]
    return (one, other) if inside(within, [one]) else (other, one)


def take(lands: dict[str, list[Land]], pieces: Iterable[Piece]) -> list[Ring]:
    """Take pieces of disputed land out of the countries that the source gives them to, and unite them."""
    parts: list[Ring] = []
    work = []
    for piece in pieces:
        within = project(*piece.inside)
        land = next(land for land in lands[piece.code] if inside(within, land.rings))
        border = on_grid(project(*map(float, place.split(","))) for place in piece.border.split())
        for end in (0, -1) if border else ():
            border[end] = corner(lands, land.rings[0], border[end])
        work.append((piece.code, within, land, border))
    for code, within, land, border in work:
        lands[code].remove(land)
        if border:
            part, rest = cut(land.rings[0], border, within)
            lands[code].append(replace(land, rings=[rest, *land.rings[1:]]))
            parts.append(part)
        else:
            parts.extend(land.rings)
    return dissolved(parts)


def label_point(ring: Line) -> Point:
    """Find a point far from the outline of a ring, on a grid made finer about the best point so far."""

    def room(point: Point) -> float:
        closest = min(math.dist(point, nearest(point, start, end)) for start, end in sides(ring))
        return closest if inside(point, [ring]) else -closest

    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    best = ((min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2)
    width, height = max(xs) - min(xs), max(ys) - min(ys)
    for _ in range(5):
        steps = [step / 10 for step in range(-5, 6)]
        x, y = best
        best = max(((x + across * width, y + down * height) for across in steps for down in steps), key=room)
        width, height = width / 4, height / 4
    return best


def nearest(point: Point, start: Point, end: Point) -> Point:
    """Find the place nearest to a point on the straight line between two others."""
    (x, y), (x1, y1), (x2, y2) = point, start, end
    length = (x2 - x1) ** 2 + (y2 - y1) ** 2
    along = max(0.0, min(1.0, ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / length)) if length else 0.0
    return x1 + along * (x2 - x1), y1 + along * (y2 - y1)


def path(rings: Iterable[Line]) -> str:
    """Write rings as SVG path data: an absolute start for each, then relative steps."""
    return "".join("M" + numbers(ring[0]) + "l" + numbers(steps(ring)) + "Z" for ring in rings)


def steps(ring: Line) -> Iterator[float]:
    """Give the steps between the points of a ring, x and y in turn."""
    for (x1, y1), (x2, y2) in pairwise(ring):
        yield x2 - x1
        yield y2 - y1


def numbers(values: Iterable[float]) -> str:
    """Write numbers to a tenth as briefly as path data allows: `0.5, -0.3, 12` is `.5-.3 12`."""
    text = previous = ""
    for value in values:
        number = re.sub(r"^(-?)0\.", r"\1.", f"{round(value * 10) / 10:g}")
        apart = text and not number.startswith("-") and not (number.startswith(".") and "." in previous)
        text, previous = text + (" " if apart else "") + number, number
    return text


def world(topology: Any) -> dict[str, Any]:
    """Make the whole map from the topology of world-atlas."""
    lands = read_lands(topology)
    points = {code: project(*place) for code, place in POINTS.items()}
    disputed = []
    for entry in DISPUTED:
        rings = take(lands, entry.pieces)
        code_of_its_own = {"code": entry.code} if entry.code else {}
        label = {"en": entry.en, "fr": entry.fr}
        disputed.append({"id": entry.id, **code_of_its_own, "label": label, "d": path(rings)})
        if entry.code:
            points[entry.code] = label_point(max(rings, key=extent))
    for code, own in lands.items():
        if own and code not in points:
            largest = max(own, key=lambda land: extent(land.outline))
            points[code] = label_point(largest.rings[0] if is_drawn(largest) else largest.outline)
    countries = {}
    for code, (x, y) in sorted(points.items()):
        rings = dissolved(ring for land in lands[code] if is_drawn(land) for ring in land.rings)
        countries[code] = {**({"d": path(rings)} if rings else {}), "x": round(x, 1), "y": round(y, 1)}
    return {
        "_about": ABOUT,
        "width": WIDTH,
        "height": HEIGHT,
        "countries": countries,
        "land_other": [],
        "disputed": disputed,
    }


def is_drawn(land: Land) -> bool:
    """Tell whether a land is drawn: all but the smallest islands; what has neighbours would leave a hole."""
    return bool(land.rings) and (not land.is_island or extent(land.outline) >= MIN_AREA)


def as_json(value: Any, depth: int = 2) -> str:
    """Write JSON with a line for each country and area, so that a later change shows where it is."""
    if not depth or not isinstance(value, dict | list) or not value:
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, list):
        return "[\n" + ",\n".join(as_json(item, depth - 1) for item in value) + "\n]"
    return "{\n" + ",\n".join(f'"{key}": {as_json(item, depth - 1)}' for key, item in value.items()) + "\n}"


def main() -> None:
    """Read the topology, write the map and say how large it is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("topology", type=Path, help="the countries-50m.json of world-atlas")
    parser.add_argument("output", type=Path, help="the map to write, schema/world.json")
    arguments = parser.parse_args()
    text = as_json(world(json.loads(arguments.topology.read_text(encoding="utf-8"))))
    arguments.output.write_text(text + "\n", encoding="utf-8")
    print(f"{arguments.output}: {len(text.encode()) / 1000:.1f} kB")


if __name__ == "__main__":
    main()
