"""Which filters a record falls under, computed from the record alone: what the explore page is compared with."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping

from catalogue.model import Catalogue, Practice, Vocabulary
from catalogue.relating.completeness import missing_languages

Choices = Mapping[str, frozenset[str]]


def _above(vocabulary: Vocabulary, terms: Iterable[str]) -> set[str]:
    """The terms and everything that they stand under."""
    found = set()
    for term in terms:
        current: str | None = term
        while current:
            found.add(current)
            current = vocabulary[current].parent
    return found


def _evidence(method: str, by: str, dated: bool) -> str:
    """The evidence level of a result, after the table of the editorial guide."""
    if method == "statement" or (method in ("count", "survey") and not dated):
        return "reported"
    levels = ("monitored", "evaluated") if method in ("count", "survey") else ("evaluated", "independent")
    return levels[by == "independent"]


def choices(practice: Practice, catalogue: Catalogue) -> Choices:
    """For each filter the choices that the record falls under."""
    vocabularies = catalogue.vocabularies
    goals = {target.target.split(".")[0] for target in practice.sdg_targets}
    regions = {t.id for t in vocabularies["regions"].terms if set(t.countries) & set(practice.countries)}
    regions |= {practice.region} if practice.region else set()
    dimensions = {d for theme in practice.themes for d in vocabularies["themes"][theme].dimensions}
    results = [result for result in practice.results if result.type != "target"]
    evidence = {_evidence(result.method, result.by, result.as_of is not None) for result in results} or {"none"}
    organisations = {p.org for p in practice.organisations if p.org}
    organisations |= {cost.by for cost in practice.costs if isinstance(cost.by, str)}
    documents = {s.document for s in practice.sources.values() if s.document}
    documents |= {found.document for found in practice.found_in}
    sizes = {p.population for p in practice.places if p.population is not None}
    start = practice.period.start if practice.period.start is None else int(str(practice.period.start)[:4])
    every_year = {p.described_as_of for p in catalogue.practices.values()}
    checks = {int(p.verified.day[:4]) for p in catalogue.practices.values() if p.verified}
    checked = int(practice.verified.day[:4]) if practice.verified else None
    world = {"world"} if practice.region == "world" else set()
    found: dict[str, set[str]] = {
        "theme": set(practice.themes),
        "country": {code.lower() for code in practice.countries},
        "region": _above(vocabularies["regions"], regions) - {"world"} | world,
        "actor": {catalogue.organisations[p.org].type if p.org else str(p.type) for p in practice.organisations},
        "group": _above(vocabularies["groups"], practice.target_groups),
        "stage": set(practice.stages),
        "level": set(practice.levels),
        "kind": {practice.kind},
        "evidence": evidence,
        "result": {result.type for result in practice.results},
        "outcome": {outcome for result in practice.results for outcome in result.outcome},
        "status": {practice.status},
        "size": {_band(size, (0, 20_000, 100_000, 500_000, 1_000_000)) for size in sizes},
        "start": {_band(start, (0, 1990, 2000, 2010, 2015, 2020))} if start is not None else set(),
        "described": {str(year) for year in every_year if practice.described_as_of >= year},
        "checked": {str(year) for year in checks if checked and checked >= year} if checked else {"never"},
        "goal": goals,
        "target": {target.target.replace(".", "-") for target in practice.sdg_targets},
        "gcm": {str(link.objective) for link in practice.gcm_objectives},
        "dimension": dimensions,
        "engagement": {e.level for e in practice.engagement},
        "access": {practice.access} if practice.access else set(),
        "lang": {"en", "fr"} - set(missing_languages(practice)),
        "grouping": set(practice.groupings),
        "organisation": organisations,
        "document": documents,
    }
    return {key: frozenset(ids) for key, ids in found.items()}


def _band(value: int, starts: tuple[int, ...]) -> str:
    return str([start for start in starts if start <= value][-1])


def fits(of: Choices, chosen: Mapping[str, Iterable[str]]) -> bool:
    """Whether a record has, for every filter, one of its chosen choices."""
    return all(of[key] & set(ids) for key, ids in chosen.items())


def counts(of: Mapping[str, Choices], chosen: Mapping[str, Iterable[str]]) -> dict[str, dict[str, int]]:
    """For every filter and choice that some record has: how many records have it and fit the other filters."""
    found: dict[str, dict[str, int]] = {}
    for record in of.values():
        for key, ids in record.items():
            others = {other: wanted for other, wanted in chosen.items() if other != key}
            for id_ in ids:
                found.setdefault(key, {}).setdefault(id_, 0)
                found[key][id_] += fits(record, others)
    return found


def selections(of: Mapping[str, Choices], number: int, seed: int = 20261122) -> list[dict[str, list[str]]]:
    """Random selections of one to four filters with one to three choices each; the same seed makes the same ones."""
    pick = random.Random(seed)
    known: dict[str, list[str]] = {}
    for record in of.values():
        for key, ids in record.items():
            known[key] = sorted({*known.get(key, ()), *ids})
    known = {key: ids for key, ids in known.items() if ids}
    return [
        {
            key: pick.sample(known[key], min(len(known[key]), pick.randint(1, 3)))
            for key in pick.sample(sorted(known), n)
        }
        for n in (pick.randint(1, 4) for _ in range(number))
    ]
