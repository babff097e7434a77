"""The world map of the home page: outlines and points from `schema/world.json`, in pixels from the top left."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from catalogue.model import Place, Practice, Text
from catalogue.presenting.map_projection import project


@dataclass(frozen=True)
class Shape:
    """A territory: a point inside it, and its outline as an SVG path, or None where it is too small to draw."""

    code: str
    x: float
    y: float
    outline: str | None


@dataclass(frozen=True)
class DisputedArea:
    """An area whose status is in dispute: drawn above the countries, as part of none."""

    label: Text
    outline: str


@dataclass(frozen=True)
class Marker:
    """A town or province where a practice operates."""

    practice: Practice
    place: Place
    x: float
    y: float


@dataclass(frozen=True)
class WorldMap:
    """The map: size in pixels, territories by ISO code, other land and disputed areas."""

    width: int
    height: int
    shapes: Mapping[str, Shape]
    other_land: tuple[str, ...]
    disputed: tuple[DisputedArea, ...]

    @classmethod
    def read(cls, root: Path) -> WorldMap:
        """From `root/schema/world.json`."""
        data = json.loads((root / "schema" / "world.json").read_text(encoding="utf-8"))
        shapes = {code: Shape(code, c["x"], c["y"], c.get("d")) for code, c in data["countries"].items()}
        disputed = tuple(DisputedArea(area["label"], area["d"]) for area in data["disputed"])
        return cls(data["width"], data["height"], shapes, tuple(data["land_other"]), disputed)

    def background(self, without: Collection[str]) -> str:
        """The outlines of all territories but some, joined into one path."""
        outlines = [shape.outline for code, shape in self.shapes.items() if shape.outline and code not in without]
        return "".join([*outlines, *self.other_land])

    def markers(self, practices: Collection[Practice]) -> list[Marker]:
        """A marker for each place of the practices, from north to south so that the order is always the same."""
        found = [
            Marker(practice, place, *(round(value, 1) for value in project(place.lon, place.lat)))
            for practice in practices
            for place in practice.places
        ]
        return sorted(found, key=lambda marker: (marker.y, marker.x, marker.practice.id))
