"""Check all records and print every problem. Exit status: 0 clean (warnings may remain), 1 errors, 2 usage."""

from __future__ import annotations

import argparse
import sys

from catalogue.problems import RENDERERS
from catalogue.store import load
from command import ROOT, Progress, summary


def main() -> int:
    """Run the command; returns its exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--format", choices=sorted(RENDERERS), default="text", help="how to print problems")
    parser.add_argument("paths", nargs="*", help="report problems of these files only (all are read)")
    options = parser.parse_args()
    with Progress() as progress:
        reading = load(ROOT, progress)
    wanted = {path.removeprefix("./") for path in options.paths}
    problems = [problem for problem in reading.problems if not wanted or problem.path in wanted]
    if problems or options.format == "json":
        print(RENDERERS[options.format](problems))
    if options.format == "text":
        print(summary(problems), file=sys.stderr)
    return 1 if any(problem.is_error() for problem in problems) else 0


if __name__ == "__main__":
    sys.exit(main())
