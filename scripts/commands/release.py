"""Note the ids of a release: their addresses are published, and lead somewhere from now on. Exit status: 0, or 1."""

from __future__ import annotations

import argparse
import sys

from catalogue.checking import released
from catalogue.loader import load
from commands.terminal import ROOT, text_of


def main() -> int:
    """Run the command; returns its exit status."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    file = ROOT / released.PATH
    before = released.ids(file.read_text(encoding="utf-8")) if file.is_file() else []
    reading = load(ROOT)
    errors = [problem for problem in reading.problems if problem.is_error() and problem.path != released.PATH]
    if errors:
        print(text_of(errors), file=sys.stderr)
        return 1
    # A catalogue with errors in this file alone has been read all the same: its records are those of the folder.
    records = [path for path in reading.files if path.startswith("practices/")]
    now = {path.removeprefix("practices/").removesuffix(".yml") for path in records}
    added = sorted(now - set(before))
    if added or not file.is_file():
        file.write_text(released.listing({*before, *now}), encoding="utf-8")
    print(f"{len(added)} id{'' if len(added) == 1 else 's'} added to {released.PATH}")
    return 0
