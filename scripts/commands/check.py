"""Check all records and print every problem. Exit status: 0 clean (warnings may remain), 1 errors, 2 usage."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from catalogue.loader import load
from catalogue.problems import RENDERERS
from commands.terminal import ROOT, Progress, summary, text_of


def project_path(path: str) -> str | None:
    """A path from the command line as problems name it, or None where it is no file of the project."""
    file = Path(path).parent.resolve() / Path(path).name  # what a link leads to is not what was asked for
    return file.relative_to(ROOT).as_posix() if file.is_relative_to(ROOT) and file.is_file() else None


def main() -> int:
    """Run the command; returns its exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--format", choices=sorted(RENDERERS), default="text", help="how to print problems")
    parser.add_argument("paths", nargs="*", help="report problems of these files only (all are read)")
    options = parser.parse_args()
    wanted = {path: project_path(path) for path in options.paths}
    for path, found in wanted.items():
        if found is None:
            parser.error(f"{path} is not a file of the project")
    with Progress() as progress:
        reading = load(ROOT, progress)
    for path, found in wanted.items():
        if found not in reading.files:
            parser.error(f"{path} is not a file that is checked: neither a record nor a file of schema/")
    problems = reading.problems_of([path for path in wanted.values() if path]) if wanted else reading.problems
    if problems or options.format == "json":
        print(text_of(problems) if options.format == "text" else RENDERERS[options.format](problems))
    if options.format == "text":
        print(summary(problems), file=sys.stderr)
        if wanted and reading.broken:
            print(
                f"Not everything could be checked: {', '.join(sorted(reading.broken))} cannot be used.", file=sys.stderr
            )
    return 1 if any(problem.is_error() for problem in problems) else 0
