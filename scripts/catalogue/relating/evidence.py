"""How well a result is known, computed from its method and from who counted or studied."""

from __future__ import annotations

from collections.abc import Iterable

from catalogue.model import Practice, Result

EVIDENCE_ORDER = ("independent", "evaluated", "monitored", "reported")
"""The evidence levels, the best first."""

NO_RESULT = "none"
"""The evidence entry of practices without a result; it is a heading, which no record can name."""

STUDIES = frozenset({"file-review", "qualitative", "mixed", "before-after", "comparison", "randomised", "review"})
"""The methods that make a study; a count or a survey is none by itself."""

COUNTS = frozenset({"count", "survey"})
"""The methods that count or ask, and need a date to be worth more than a statement."""

TARGET = "target"
"""The type of what was aimed at, which is never counted as a result."""


def evidence_of(result: Result) -> str:
    """The evidence level of a result.

    A study by somebody independent is `independent`, any other study `evaluated`. A count or survey needs a date: by
    somebody independent it is `evaluated`, by others `monitored`. All else is `reported`.
    """
    if result.method in STUDIES:
        return "independent" if result.by == "independent" else "evaluated"
    if result.method in COUNTS and result.as_of:
        return "evaluated" if result.by == "independent" else "monitored"
    return "reported"


def results_of(practice: Practice) -> tuple[Result, ...]:
    """The results of a practice, without its targets."""
    return tuple(result for result in practice.results if result.type != TARGET)


def evidence_levels(practice: Practice) -> tuple[str, ...]:
    """The evidence levels of the results, the best first; `none` alone where there is no result."""
    found = {evidence_of(result) for result in results_of(practice)}
    return tuple(level for level in EVIDENCE_ORDER if level in found) or (NO_RESULT,)


def best_first(results: Iterable[Result]) -> list[Result]:
    """Results in the order of their evidence, the best first; targets come last; equals stay in the record's order."""

    def key(result: Result) -> tuple[bool, int]:
        return result.type == TARGET, EVIDENCE_ORDER.index(evidence_of(result))

    return sorted(results, key=key)
