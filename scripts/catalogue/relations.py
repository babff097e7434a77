"""Related practices: those that a record names, their inverse, and those that have most in common."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

from catalogue.indexes import Membership
from catalogue.model import Catalogue

WEIGHTS: Mapping[str, float] = {
    "themes": 3.0,
    "countries": 2.0,
    "sdgs": 1.0,
    "groups": 1.0,
    "actors": 0.5,
    "kinds": 0.5,
}
"""How much a shared entry counts, by index; a rare one counts more than a common one."""

SHOWN = 6
"""How many related practices a page lists beside those that are stated."""

LEAST_SCORE = 2.0
"""Practices with less in common than this are not called related."""


Scores = defaultdict[str, float]
"""The score of each other practice by id; 0 for those without anything in common."""


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
    scores = _scores(members)
    found = {}
    for practice in members:
        links = stated.get(practice, {})
        ranked = sorted(scores[practice].items(), key=lambda item: (-item[1], item[0]))
        others = [other for other, score in ranked if other not in links and score >= LEAST_SCORE][:SHOWN]
        listed = []
        for other in [*links, *others]:
            relation, inverse = links.get(other, (None, False))
            shared = _shared(members, practice, other)
            listed.append(Related(other, relation, inverse, scores[practice][other], shared))
        found[practice] = tuple(listed)
    return found


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


def _scores(members: Mapping[str, Membership]) -> dict[str, Scores]:
    """For each practice the score of every other one that shares an entry with it.

    A shared entry adds its index's weight, divided by the number of practices under it beyond the two: what few have
    in common says more than what all have.
    """
    groups: dict[tuple[str, str], list[str]] = defaultdict(list)
    for practice, membership in members.items():
        for index in WEIGHTS:
            for entry in membership[index]:
                groups[index, entry].append(practice)
    scores: dict[str, Scores] = {practice: defaultdict(float) for practice in members}
    total = len(members)
    for (index, _), practices in groups.items():
        # One for an entry that only the two share, falling towards nothing for one that all share.
        rarity = 1 - (len(practices) - 2) / total if total > 2 else 1
        weight = round(WEIGHTS[index] * rarity**2, 6)
        for one, other in combinations(practices, 2):
            scores[one][other] += weight
            scores[other][one] += weight
    return scores


def _shared(members: Mapping[str, Membership], one: str, other: str) -> dict[str, tuple[str, ...]]:
    shared = {}
    for index in WEIGHTS:
        theirs = set(members[other][index])
        both = tuple(entry for entry in members[one][index] if entry in theirs)
        if both:
            shared[index] = both
    return shared
