"""The one entry point: `python scripts/atlas.py COMMAND`, with `--help` for the list of commands."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from importlib import import_module

COMMANDS: Mapping[str, str] = {
    "build": "build the whole site into site/",
    "check": "check all records and print every problem",
    "fix": "mend in the files what a machine can: quotes, French typography, order",
    "new": "start a new record, asked field by field",
    "serve": "preview both languages at a local address",
    "derive": "rewrite the files that are derived from the vocabularies",
    "release": "note the ids of this release, whose addresses stay",
    "links": "ask every external address whether it still answers",
    "zensical": "build the same pages with Zensical",
}
"""What each command does, by its name; each is the module of that name in `scripts/commands/`."""


def usage() -> str:
    """The list of commands, for a reader at a terminal."""
    width = max(map(len, COMMANDS))
    lines = [f"  {name:<{width}}  {what}" for name, what in COMMANDS.items()]
    return "usage: python scripts/atlas.py COMMAND [options]\n\ncommands:\n" + "\n".join(lines)


def main() -> int:
    """Run the command that is named first; returns its exit status, 2 where there is no such command."""
    name, *arguments = sys.argv[1:] or ["--help"]
    if name in ("-h", "--help"):
        print(usage())
        return 0
    if name not in COMMANDS:
        print(f"{usage()}\n\natlas: there is no command {name!r}", file=sys.stderr)
        return 2
    sys.argv = [f"atlas {name}", *arguments]
    status: int = import_module(f"commands.{name}").main()
    return status


if __name__ == "__main__":
    sys.exit(main())
