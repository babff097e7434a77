"""Write `schema/bounds.json`: for each country the box of degrees in which its places must lie.

Made once from the `countries-50m.json` of world-atlas (Natural Earth, public domain). A box is generous: a degree is
added on every side, so that small islands and places on a disputed border pass.
"""

from __future__ import annotations

import argparse
import json
import math
from collections import defaultdict
from pathlib import Path
from typing import Any

from make_map import NAMES, iso_codes, joined, overseas, read_arcs

MARGIN = 1.0
"""Degrees added on every side."""

Box = tuple[float, float, float, float]
"""West, south, east and north in degrees; west is greater than east where the box crosses the antimeridian."""


def boxes(topology: Any) -> dict[str, Box]:
    """The box of each country, by ISO 3166-1 alpha-2 code (XK for Kosovo)."""
    codes, arcs = iso_codes(), read_arcs(topology)
    points: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for feature in topology["objects"]["countries"]["geometries"]:
        code = codes[feature["id"]] if "id" in feature else NAMES[feature["properties"]["name"]]
        for polygon in [feature["arcs"]] if feature["type"] == "Polygon" else feature["arcs"]:
            outline = joined(polygon[0], arcs)
            points[overseas(code, outline[0])] += outline
    return {code: box(found) for code, found in sorted(points.items()) if code != "AQ"}


def box(points: list[tuple[float, float]]) -> Box:
    """The smallest box around points, over the antimeridian where that is shorter, with the margin."""
    longitudes = sorted({lon for lon, _ in points})
    following = [*longitudes[1:], longitudes[0] + 360]
    gap, west, east = max((after - lon, after, lon) for lon, after in zip(longitudes, following, strict=True))
    if gap <= 2 * MARGIN:
        west, east = -180.0, 180.0
    else:
        west, east = (math.remainder(value, 360) for value in (west - MARGIN, east + MARGIN))
    south, north = min(lat for _, lat in points), max(lat for _, lat in points)
    return round(west, 1), round(max(south - MARGIN, -90), 1), round(east, 1), round(min(north + MARGIN, 90), 1)


def main() -> None:
    """Read the topology and write the boxes, a line each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("topology", type=Path, help="the countries-50m.json of world-atlas")
    parser.add_argument("output", type=Path, help="the file to write, schema/bounds.json")
    arguments = parser.parse_args()
    found = boxes(json.loads(arguments.topology.read_text(encoding="utf-8")))
    lines = ",\n".join(f'  "{code}": {json.dumps(list(value))}' for code, value in found.items())
    arguments.output.write_text(f"{{\n{lines}\n}}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
