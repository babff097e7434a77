"""How well a practice is documented: its best evidence, and how much of a full record it has."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from catalogue.fields import RECOMMENDED, TRANSLATION, texts_in
from catalogue.languages import CODES, COMPLETE
from catalogue.model import Practice
from catalogue.relating.evidence import EVIDENCE_ORDER, NO_RESULT, evidence_levels


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
    missing = tuple(name for name in RECOMMENDED if not _has(practice, name))
    return Completeness(len(RECOMMENDED) - len(missing), missing)


def _has(practice: Practice, part: str) -> bool:
    if part == TRANSLATION:
        return not any(language in COMPLETE for language in missing_languages(practice))
    if part == "period":
        return practice.period.start is not None
    return bool(getattr(practice, part))


def missing_languages(practice: Practice) -> tuple[str, ...]:
    """The languages of the site in which at least one text is missing."""
    return tuple(language for language in CODES if any(language not in text for text in texts_in(practice)))


def best_evidence(practice: Practice) -> str:
    """The best evidence level of the results, or `none`."""
    return evidence_levels(practice)[0]


STALE_AFTER = timedelta(days=730)
"""How long after a check a page says that it is old."""


def days_of(practice: Practice) -> list[str]:
    """The days (ISO) that a record names: when it was added, checked and changed."""
    checked = practice.verified.day if practice.verified else None
    return [day for day in (practice.added, checked, *(change.day for change in practice.changes)) if day]


def is_stale(practice: Practice, today: str) -> bool:
    """Whether a practice was checked, and more than two years before `today` (an ISO date, or empty)."""
    if practice.verified is None or not today:
        return False
    return date.fromisoformat(today) - date.fromisoformat(practice.verified.day) > STALE_AFTER


def documentation_rank(practice: Practice) -> tuple[int, int, str]:
    """A key that sorts the best documented practices first."""
    levels = (*EVIDENCE_ORDER, NO_RESULT)
    return levels.index(best_evidence(practice)), -completeness(practice).present, practice.id
