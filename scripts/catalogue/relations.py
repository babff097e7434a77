"""Related practices: those that a record names, their inverse, and those that have most in common."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

from catalogue.indexes import Membership
from catalogue.model import Catalogue

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
    scores = _scores(catalogue, members)
    found = {}
    for practice in members:
        links = stated.get(practice, {})
        close = ((-score, other) for other, score in scores[practice].items() if score >= LEAST_SCORE)
        others = [other for _, other in heapq.nsmallest(SHOWN, (item for item in close if item[1] not in links))]
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


def _scores(catalogue: Catalogue, members: Mapping[str, Membership]) -> dict[str, Scores]:
    """For each practice the score of every other one that shares an entry with it.

    A shared entry adds its index's weight, the less the more practices stand under it: what few have in common says
    more than what all have. Headings do not count: whoever shares a target shares its goal.
    """
    headings = {
        (name, term.id) for name, found in catalogue.vocabularies.items() for term in found.terms if term.heading
    }
    groups: dict[tuple[str, str], list[str]] = defaultdict(list)
    for practice, membership in members.items():
        for index in WEIGHTS:
            for entry in membership[index]:
                if (index, entry) not in headings:
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
    first: dict[str, list[str]] = defaultdict(list)
    for practice, membership in members.items():
        first[membership["themes"][0]].append(practice)
    for practices in first.values():
        for one, other in combinations(practices, 2):
            scores[one][other] += FIRST_THEME
            scores[other][one] += FIRST_THEME
    return scores


def _shared(members: Mapping[str, Membership], one: str, other: str) -> dict[str, tuple[str, ...]]:
    shared = {}
    for index in WEIGHTS:
        theirs = set(members[other][index])
        both = tuple(entry for entry in members[one][index] if entry in theirs)
        if both:
            shared[index] = both
    return shared
