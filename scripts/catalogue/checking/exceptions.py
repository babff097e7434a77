"""Exceptions to rules: which rules may have some, and which problems they take away."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from catalogue.checking.rules import RULES
from catalogue.problems import Problem, Severity, did_you_mean, shown
from catalogue.reading.parsed import Parsed, Path

ERRORS_OF_JUDGEMENT = frozenset({"no-individuals", "place-in-country", "registered-organisation", "unused-source"})
"""The rules whose breach is an error and may be excepted all the same; a rule whose breach is a warning always may.

The others, and all that the schema asks for, are what the pages rest on: with an exception the build would fail.
"""


def may_be_excepted(rule: str) -> bool:
    """Whether an exception to a rule leaves a record that can be shown."""
    return rule in ERRORS_OF_JUDGEMENT or (rule in RULES and RULES[rule].severity is Severity.WARNING)


def without_exceptions(
    found: list[Problem],
    data: Any,
    parsed: Parsed,
    path: str,
    *,
    practices: Collection[str],
    unchecked: Collection[str],
) -> list[Problem]:
    """The problems but those excepted, and those of the exceptions themselves.

    `data` is the checked list of exceptions in the file `path`, `practices` are the ids of the records, and
    `unchecked` the paths of records in which not everything could be checked: nothing is said of what they need.
    """
    kept = list(found)

    def tell(at: Path, rule: str, message: str) -> None:
        kept.append(Problem(path, *parsed.mark(("exceptions", *at)), rule, message))

    for index, exception in enumerate(data["exceptions"]):
        rule, practice = exception["rule"], exception["practice"]
        record = f"practices/{practice}.yml"
        excepted = [p for p in kept if p.path == record and p.rule == rule]
        if practice not in practices:
            tell((index, "practice"), "known-practice", f"there is no practice {shown(practice)}")
        elif not may_be_excepted(rule):
            choices = [name for name in RULES if may_be_excepted(name)]
            message = f"{shown(rule)} is no rule that can have an exception{did_you_mean(rule, choices)}"
            tell((index, "rule"), "exceptable-rule", message)
        elif excepted:
            kept = [p for p in kept if p not in excepted]
        elif record not in unchecked:
            message = f"nothing is wrong any more with {shown(rule)} in {record}: delete the exception"
            tell((index,), "unneeded-exception", message)
    return kept
