"""What the commands share: where the project is, and how progress and sums are shown."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from filelock import FileLock, Timeout

from catalogue.checking.every_rule import SENTENCES
from catalogue.presenting.context import Addresses
from catalogue.problems import Problem, as_text, shown

ROOT = Path(__file__).resolve().parents[2]
"""The project's folder."""

PATIENCE = 2.0
"""Seconds of work after which progress is shown."""


def today(environment: Mapping[str, str]) -> str:
    """The day of the build as an ISO date: that of `SOURCE_DATE_EPOCH`, else the clock's; ValueError with its name.

    The setting makes a build the same on every day: seconds since 1970, as in https://reproducible-builds.org.
    """
    seconds = environment.get("SOURCE_DATE_EPOCH", "").strip()
    if not seconds:
        return datetime.now(UTC).date().isoformat()
    try:
        return datetime.fromtimestamp(int(seconds), UTC).date().isoformat()
    except (ValueError, OverflowError, OSError):
        message = f"SOURCE_DATE_EPOCH is {shown(seconds)}; it must be a number of seconds since 1970"
        raise ValueError(message) from None


def settings(environment: Mapping[str, str]) -> tuple[Addresses, str]:
    """What a build takes from the environment: addresses, and the day; ValueError where one cannot be used."""
    return Addresses.of(environment), today(environment)


class BusyError(Exception):
    """Another command is at work on what is built."""


@contextmanager
def alone() -> Iterator[None]:
    """Keep other commands from building in this folder at the same time; BusyError where one does.

    The lock ends with the process, however that ends.
    """
    file = ROOT / "build" / ".lock"
    file.parent.mkdir(exist_ok=True)
    lock = FileLock(file, is_singleton=True)  # a process does not keep itself out
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise BusyError("another build or preview is at work in this folder: wait for it, or end it") from None
    try:
        yield
    finally:
        lock.release()


class Progress:
    """Shows on standard error how far work has come, once it lasts longer than two seconds.

    On a terminal one line is kept up to date; elsewhere a line is printed every ten seconds.
    """

    def __init__(self) -> None:
        """Starts the clock."""
        self._start = time.monotonic()
        self._last = self._start + PATIENCE
        self._shown = False

    def __call__(self, what: str, done: int, total: int) -> None:
        """Told at every step: what is done, how many are done and how many there are."""
        now = time.monotonic()
        terminal = sys.stderr.isatty()
        if now < self._last:
            return
        self._last = now + (0.2 if terminal else 10)
        self._shown = True
        line = f"{what}: {done} of {total}"
        print(f"\r{line}\033[K" if terminal else line, end="" if terminal else "\n", file=sys.stderr, flush=True)

    def __enter__(self) -> Progress:
        """Nothing to prepare."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Clears the line."""
        if self._shown and sys.stderr.isatty():
            print("\r\033[K", end="", file=sys.stderr, flush=True)


def summary(problems: Sequence[Problem]) -> str:
    """How many errors and warnings there are, in words."""
    errors = sum(problem.is_error() for problem in problems)
    warnings = len(problems) - errors
    if not problems:
        return "No problems."
    return f"{errors} error{'' if errors == 1 else 's'}, {warnings} warning{'' if warnings == 1 else 's'}."


def text_of(problems: Sequence[Problem]) -> str:
    """The problems as lines, with the sentence of each rule and, where the site has an address, a link to it."""
    try:
        site = Addresses.of(os.environ).site
    except ValueError:
        site = ""  # the build tells of such an address
    link = f"\n{site}contribute/rules/#{{}}" if site else ""
    return as_text(problems, {rule: sentence + link.format(rule) for rule, sentence in SENTENCES.items()})


def report(problems: Sequence[Problem], told: Sequence[Problem]) -> None:
    """Print some of the problems and how many there are in all, on standard error."""
    if told:
        print(text_of(told), file=sys.stderr)
    hint = " ('make check' lists them)" if len(told) < len(problems) else ""
    print(f"check: {summary(problems)}{hint}", file=sys.stderr)
