"""Problems as values, and their three renderings: text, GitHub annotations and JSON."""

from __future__ import annotations

import difflib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum


class Severity(StrEnum):
    """An error stops the build; a warning does not."""

    ERROR = "error"
    WARNING = "warning"


_FRENCH_SPACES = "\u00a0\u202f"


@dataclass(frozen=True, order=True)
class Problem:
    """Something wrong in a file, at a line and column that count from 1."""

    path: str
    line: int
    column: int
    rule: str
    message: str
    severity: Severity = Severity.ERROR

    def is_error(self) -> bool:
        """Whether it stops the build."""
        return self.severity is Severity.ERROR


LEAST_LIKENESS = ((3, 0.66), (6, 0.75), (120, 0.82))
"""How alike a word of at most so many letters and a suggestion have to be, from 0 to 1: one from far away misleads.

Longer texts are taken for no misspelt word: comparing them takes long.
"""


def closest(word: str, choices: Iterable[str]) -> str | None:
    """The choice that is spelt most like the word, or None where none comes near."""
    cutoff = next((likeness for letters, likeness in LEAST_LIKENESS if len(word) <= letters), None)
    if cutoff is None:
        return None
    folded = {choice.lower(): choice for choice in choices}
    found = difflib.get_close_matches(word.lower(), folded, n=1, cutoff=cutoff)
    return folded[found[0]] if found else None


def suggestion(choice: str | None) -> str:
    """How a message ends that suggests something: `; did you mean 'x'?`, or nothing."""
    return f"; did you mean '{choice}'?" if choice else ""


def did_you_mean(word: str, choices: Iterable[str]) -> str:
    """A suggestion by spelling to end a message with, or nothing."""
    return suggestion(closest(word, choices))


def printable(text: str) -> str:
    """A text on one line, with escapes for what a terminal would not show; French spaces stay."""
    return "".join(c if c.isprintable() or c in _FRENCH_SPACES else f"\\u{ord(c):04x}" for c in text)


def shown(value: object, limit: int = 60) -> str:
    """A value quoted for a message: on one line, printable, and shortened where long."""
    text = printable(str(value))
    return f"'{text if len(text) <= limit else text[: limit - 1] + '…'}'"


def as_text(problems: Sequence[Problem], explanations: Mapping[str, str] | None = None) -> str:
    """The problems for a terminal; below the first of each rule, what is said of it in `explanations`."""
    lines: list[str] = []
    explained: set[str] = set()
    for p in problems:
        lines.append(f"{printable(p.path)}:{p.line}:{p.column}: {p.severity}[{p.rule}] {p.message}")
        if explanations and p.rule in explanations and p.rule not in explained:
            explained.add(p.rule)
            lines += [f"    {line}" for line in explanations[p.rule].splitlines()]
    return "\n".join(lines)


def _annotation(text: str, *, is_property: bool = False) -> str:
    """Text escaped for a GitHub workflow command, so that a record cannot start a command of its own."""
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return text.replace(":", "%3A").replace(",", "%2C") if is_property else text


def as_github(problems: Sequence[Problem]) -> str:
    """The problems as GitHub workflow commands, which become annotations on the lines."""
    return "\n".join(
        f"::{p.severity} file={_annotation(p.path, is_property=True)},line={p.line},col={p.column},"
        f"title={_annotation(p.rule, is_property=True)}::{_annotation(p.message)}"
        for p in problems
    )


def as_json(problems: Sequence[Problem]) -> str:
    """The problems as a JSON array of objects with the fields of `Problem`."""
    return json.dumps([asdict(p) for p in problems], ensure_ascii=False, indent=2)


RENDERERS: Mapping[str, Callable[[Sequence[Problem]], str]] = {"text": as_text, "github": as_github, "json": as_json}
"""The formats in which problems can be had."""
