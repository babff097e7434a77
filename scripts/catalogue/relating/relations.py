"""Related practices: those that a record names, their inverse, and those that have most in common."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from catalogue.model import Catalogue
from catalogue.relating.indexes import Membership

WEIGHTS: Mapping[str, float] = {
    "themes": 3.0,
    "countries": 2.0,
    "groups": 1.5,
    "sdgs": 1.0,
    "levels": 1.0,
    "stages": 1.0,
    "actors": 0.5,
    "kinds": 0.5,
}
"""How much a shared entry counts, by index; a rare one counts more than a common one."""

FIRST_THEME = 1.5
"""What is added where two practices have the same first theme, the one that matters most to them."""

SHOWN = 6
"""How many related practices a page lists beside those that are stated."""

LEAST_SCORE = 2.0
"""Practices with less in common than this are not called related."""


_BLOCK = 500
"""For how many practices the scores of all others are held in memory at a time."""

_PRECISION = 1_000_000
"""Weights are counted in millionths: sums of whole numbers are exact, in whatever order a machine adds them."""


@dataclass(frozen=True)
class Related:
    """A related practice: by a stated relation (`inverse` if the other one states it) or by what is shared.

    `shared` maps the name of an index to the ids of the entries that both stand under; `score` is without unit.
    """

    id: str
    relation: str | None
    inverse: bool
    score: float
    shared: Mapping[str, tuple[str, ...]]


def related(catalogue: Catalogue, members: Mapping[str, Membership]) -> dict[str, tuple[Related, ...]]:
    """For each practice its related ones: stated relations first, then by falling score."""
    stated = _stated(catalogue)
    ids = sorted(members)
    found = {}
    for practice, scores in zip(ids, _scores(catalogue, members, ids), strict=True):
        links = stated.get(practice, {})
        others = [other for other in _closest(scores, ids, SHOWN + len(links)) if other not in links]
        listed = []
        for other in [*links, *others[:SHOWN]]:
            relation, inverse = links.get(other, (None, False))
            shared = _shared(members, practice, other)
            score = float(scores[bisect_left(ids, other)]) / _PRECISION
            listed.append(Related(other, relation, inverse, score, shared))
        found[practice] = tuple(listed)
    return found


def _closest(scores: NDArray[np.float64], ids: list[str], count: int) -> list[str]:
    """The ids of the `count` highest scores that are high enough, the highest first, ids deciding between equals."""
    least = LEAST_SCORE * _PRECISION
    if count < len(ids):
        least = max(least, np.partition(scores, -count)[-count])
    close = np.flatnonzero(scores >= least)
    ranked = close[np.argsort(-scores[close], kind="stable")]
    return [ids[number] for number in ranked[:count]]


def _stated(catalogue: Catalogue) -> dict[str, dict[str, tuple[str, bool]]]:
    """For each practice the others by id, with the relation and whether it is the inverse of what they state."""
    found: dict[str, dict[str, tuple[str, bool]]] = defaultdict(dict)
    for practice in catalogue.practices.values():
        for link in practice.related:
            found[practice.id][link.id] = (link.relation, False)
    for practice in catalogue.practices.values():
        for link in practice.related:
            found[link.id].setdefault(practice.id, (link.relation, True))
    return found


def _scores(catalogue: Catalogue, members: Mapping[str, Membership], ids: list[str]) -> Iterator[NDArray[np.float64]]:
    """For each practice in the order of `ids` the scores of all in that order, in millionths; its own is 0.

    A shared entry adds its index's weight, the less the more practices stand under it: what few have in common says
    more than what all have. Headings do not count: whoever shares a target shares its goal.
    """
    headings = {
        (name, term.id) for name, found in catalogue.vocabularies.items() for term in found.terms if term.heading
    }
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, practice in enumerate(ids):
        for index in WEIGHTS:
            for entry in members[practice][index]:
                if (index, entry) not in headings:
                    groups[index, entry].append(number)
        groups["first theme", members[practice]["themes"][0]].append(number)
    belongs = np.zeros((len(ids), len(groups)))
    weights = np.zeros(len(groups))
    for column, ((index, _), practices) in enumerate(groups.items()):
        belongs[practices, column] = 1
        weights[column] = _weight(index, len(practices), len(ids))
    for start in range(0, len(ids), _BLOCK):
        block = (belongs[start : start + _BLOCK] * weights) @ belongs.T
        for offset, scores in enumerate(block):
            scores[start + offset] = 0
            yield scores


def _weight(index: str, practices: int, total: int) -> int:
    """What an entry of an index that so many of all practices share adds to their scores, in millionths."""
    if index == "first theme":
        return round(FIRST_THEME * _PRECISION)
    # One for an entry that only the two share, falling towards nothing for one that all share.
    rarity = 1 - (practices - 2) / total if total > 2 else 1
    return round(WEIGHTS[index] * rarity**2 * _PRECISION)


def _shared(members: Mapping[str, Membership], one: str, other: str) -> dict[str, tuple[str, ...]]:
    shared = {}
    for index in WEIGHTS:
        theirs = set(members[other][index])
        both = tuple(entry for entry in members[one][index] if entry in theirs)
        if both:
            shared[index] = both
    return shared
