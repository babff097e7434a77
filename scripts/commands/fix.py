"""Mend in records, registers and vocabularies what a machine can: quotes, French typography, order, line ends.

What a file says stays as it is. Exit status: 0 all is mended, 1 a file could not be read or something is left to mend
(with --check), 2 wrong use.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from functools import cache
from pathlib import Path

from catalogue.checking.fixes import Change, Mender
from catalogue.checking.schema import DamagedSchemaError, Schema
from catalogue.loader import MAX_REGISTER_BYTES, load
from catalogue.problems import printable
from commands.check import project_path
from commands.terminal import ROOT


@cache
def mender(kind: str, root: Path) -> Mender:
    """What mends the files of a kind: `practice`, `vocabulary`, or the name of a register."""
    schema = Schema(root / "schema", f"{kind}.schema.json")
    return Mender(schema, of_records=True) if kind == "practice" else Mender(schema, MAX_REGISTER_BYTES)


def kind_of(path: str) -> str:
    """The kind of a file by its path in the project."""
    if path.startswith("practices/"):
        return "practice"
    return "vocabulary" if path.startswith("schema/vocabularies/") else Path(path).stem


def mended(source: bytes) -> bytes:
    """A record with what can be mended, or as it is where nothing can."""
    try:
        found = mender("practice", ROOT).mended(source)
    except DamagedSchemaError:
        return source  # the check tells of it
    return found[0] if found else source


def write(file: Path, content: bytes) -> None:
    """Replace a file at once: whoever reads it meanwhile finds the old text or the new one, and never a part."""
    descriptor, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.", suffix=".tmp")
    try:
        with os.fdopen(descriptor, "wb") as out:
            out.write(content)
        shutil.copymode(file, name)
        Path(name).replace(file)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def main() -> int:
    """Run the command; returns its exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="say what would be mended, and write nothing")
    parser.add_argument("paths", nargs="*", help="the files to mend (all records, registers and vocabularies)")
    options = parser.parse_args()
    known = {path for path in load(ROOT).files if path.endswith(".yml")}
    for path in options.paths:
        if project_path(path) not in known:
            parser.error(f"{path} is no record, register or vocabulary")
    wanted = {project_path(path) for path in options.paths} or known
    changed = unreadable = 0
    for path in sorted(path for path in wanted if path is not None):
        file = ROOT / path
        try:
            source = file.read_bytes()
            found = mender(kind_of(path), ROOT).mended(source)
        except (OSError, DamagedSchemaError) as error:
            print(f"{printable(path)}: {error}", file=sys.stderr)
            unreadable += 1
            continue
        if found is None:
            print(f"{printable(path)}: left as it is, for it cannot be read ('make check' says why)", file=sys.stderr)
            unreadable += 1
            continue
        content, changes = found
        if content != source:
            changed += 1
            tell(path, changes)
            if not options.check:
                write(file, content)
    verb = "to mend" if options.check else "mended"
    print(f"{changed} file{'' if changed == 1 else 's'} {verb}." if changed else "Nothing to mend.", file=sys.stderr)
    return 1 if unreadable or (options.check and changed) else 0


def tell(path: str, changes: list[Change]) -> None:
    """Print what was changed in a file, line by line."""
    for change in changes:
        print(f"{printable(path)}:{change.line}: {printable(change.what)}")
