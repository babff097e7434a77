"""Versions of what browsers fetch: an address that changes with its content can be kept for long and is never stale.

Scripts, styles and all that they load stand in one folder, whose name is their version: so they find each other by
relative addresses, and a browser never joins those of two builds. Data get their version as a query. `versions.json`
at the root of a language names it for each of the folders in `VERSIONED`, so that pages stay the same when data change;
browsers ask for this file anew each time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from catalogue.reading.leftovers import is_leftover

VERSIONED = ("compare", "data", "explore")
"""The folders of data below the root of a language that have a version."""

ASSETS = "atlas/"
"""The folder of scripts and styles below the root of a language; it holds a folder named by their version."""


def version(files: Mapping[str, bytes]) -> str:
    """The version of files, given by path and content, or by path and digest: 12 hexadecimal digits."""
    found = hashlib.sha256()
    for path, content in sorted(files.items()):
        found.update(f"{path}\0{len(content)}\0".encode() + content)
    return found.hexdigest()[:12]


def versions(files: Mapping[str, bytes]) -> dict[str, str]:
    """The version of each of the folders in `VERSIONED` that have files."""
    within: dict[str, dict[str, bytes]] = {}
    for path, content in files.items():
        folder = path.split("/")[0]
        if folder in VERSIONED:
            within.setdefault(folder, {})[path] = content
    return {folder: version(found) for folder, found in sorted(within.items())}


def assets(theme: Path) -> tuple[str, dict[str, bytes]]:
    """The folder of this version of a theme's scripts and styles, ending in a slash, and its files by their paths.

    Both are paths below the root of a language.
    """
    files = dict(read_files(theme / ASSETS))
    folder = f"{ASSETS}{version(files)}/"
    return folder, {folder + path: content for path, content in files.items()}


def read_files(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every file below a folder by its path there, without what editors leave behind and links that lead nowhere."""
    for file in sorted(folder.rglob("*")):
        path = file.relative_to(folder)
        if file.is_file() and not any(map(is_leftover, path.parts)):
            yield path.as_posix(), file.read_bytes()
