"""From longitude and latitude to the pixels of the world map in `schema/world.json`.

The projection is Equal Earth (Bojan Šavrič, Tom Patterson and Bernhard Jenny: "The Equal Earth map
projection", International Journal of Geographical Information Science 33(3), 2019, online in 2018): areas
keep their true proportions, so that no continent looks larger than it is.
"""

from math import asin, cos, pi, radians, sin, sqrt

WIDTH = 1000
"""Width of the map in pixels; the whole equator fits."""

HEIGHT = 440
"""Height of the map in pixels: from the North Pole to 58° south. Antarctica is left out."""

CENTRAL_MERIDIAN = 11.0
"""Longitude of the vertical axis in degrees: the edges run through the Bering Strait and cut no mainland."""

_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796
_M = sqrt(3) / 2


def _equal_earth(lam: float, phi: float) -> tuple[float, float]:
    """Project radians to x (east) and y (north) on a sphere of radius 1."""
    theta = asin(_M * sin(phi))
    squared = theta * theta
    sixth = squared**3
    slope = _A1 + 3 * _A2 * squared + sixth * (7 * _A3 + 9 * _A4 * squared)
    x = lam * cos(theta) / (_M * slope)
    y = theta * (_A1 + _A2 * squared + sixth * (_A3 + _A4 * squared))
    return x, y


_SCALE = WIDTH / 2 / _equal_earth(pi, 0)[0]
_TOP = _equal_earth(0, pi / 2)[1]


def project_unwrapped(lon: float, lat: float) -> tuple[float, float]:
    """Project degrees to pixels with the longitude left as it is, for outlines that run over an edge."""
    x, y = _equal_earth(radians(lon - CENTRAL_MERIDIAN), radians(lat))
    return WIDTH / 2 + x * _SCALE, (_TOP - y) * _SCALE


def wrap(lon: float) -> float:
    """Bring a longitude in degrees into the map's range, 180° to either side of its central meridian."""
    return (lon - CENTRAL_MERIDIAN + 180) % 360 - 180 + CENTRAL_MERIDIAN


def project(lon: float, lat: float) -> tuple[float, float]:
    """Project degrees (east and north positive) to pixels, unrounded: x from the left, y from the top."""
    return project_unwrapped(wrap(lon), lat)
