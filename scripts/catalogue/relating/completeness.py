"""How well a practice is documented: its best evidence, and how much of a full record it has."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from catalogue.model import LANGUAGES, Practice, Text
from catalogue.relating.indexes import NO_RESULT

EVIDENCE_ORDER = ("independent", "evaluated", "monitored", "reported")
"""The evidence levels, the best first."""


@dataclass(frozen=True)
class Completeness:
    """The recommended parts that a record has, and the names of the fields that it lacks."""

    present: int
    missing: tuple[str, ...]

    @property
    def total(self) -> int:
        """How many parts are recommended."""
        return self.present + len(self.missing)


def completeness(practice: Practice) -> Completeness:
    """Which of the parts that make a full record are there."""
    parts: dict[str, object] = {
        "period": practice.period.start,
        "levels": practice.levels,
        "stages": practice.stages,
        "target_groups": practice.target_groups,
        "sdg_targets": practice.sdg_targets,
        "gcm_objectives": practice.gcm_objectives,
        "context": practice.context,
        "resources": practice.resources,
        "results": practice.results,
        "lessons": practice.lessons,
        "transferability": practice.transferability,
        "website": practice.website,
        "verified": practice.verified,
        "translation": not missing_languages(practice),
    }
    missing = tuple(name for name, value in parts.items() if not value)
    return Completeness(len(parts) - len(missing), missing)


def texts(practice: Practice) -> list[Text]:
    """Every text of a practice that the reader sees."""
    found: list[Text | None] = [
        practice.name,
        practice.summary,
        practice.status_note,
        practice.context,
        practice.approach,
        practice.transferability,
        practice.resources.note if practice.resources else None,
    ]
    for result in practice.results:
        found += [result.claim, result.unit]
    found += [lesson.text for lesson in practice.lessons]
    found += [update.text for update in practice.updates]
    found += [source.locator for source in practice.sources.values()]
    found += [place.name for place in practice.places]
    found += [participant.name for participant in practice.organisations]
    return [text for text in found if text]


def missing_languages(practice: Practice) -> tuple[str, ...]:
    """The languages of the site in which at least one text is missing."""
    return tuple(language for language in LANGUAGES if any(language not in text for text in texts(practice)))


def best_evidence(practice: Practice) -> str:
    """The best evidence level of the results, or `none`."""
    levels = {result.evidence for result in practice.results}
    return next((level for level in EVIDENCE_ORDER if level in levels), NO_RESULT)


STALE_AFTER = timedelta(days=730)
"""How long after a check a page says that it is old."""


def latest_day(practices: Iterable[Practice]) -> str:
    """The latest day (ISO) that the records name; a build counts from it, so that it is the same every day."""
    days = [day for p in practices for day in (p.added, p.verified.on if p.verified else None) if day]
    return max(days, default="")


def is_stale(practice: Practice, today: str) -> bool:
    """Whether a practice was checked, and more than two years before `today` (an ISO date)."""
    if practice.verified is None or not today:
        return False
    return date.fromisoformat(today) - date.fromisoformat(practice.verified.on) > STALE_AFTER


def documentation_rank(practice: Practice) -> tuple[int, int, str]:
    """A key that sorts the best documented practices first."""
    levels = (*EVIDENCE_ORDER, NO_RESULT)
    return levels.index(best_evidence(practice)), -completeness(practice).present, practice.id
