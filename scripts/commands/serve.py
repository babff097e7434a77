"""Preview all languages at a local address; an edited record shows at once. Ctrl-C ends it."""

from __future__ import annotations

import argparse
import logging
import os
import shutil
import sys
import threading
import time
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from mkdocs.commands.build import build as build_with_mkdocs
from mkdocs.config import load_config
from mkdocs.livereload import LiveReloadServer

from catalogue.languages import LANGUAGES
from catalogue.loader import load
from catalogue.presenting.context import SiteIndex
from catalogue.problems import Problem
from catalogue.reading.leftovers import is_leftover
from commands.generate import generate
from commands.terminal import ROOT, BusyError, alone, report, settings, today

SETTINGS = ("mkdocs.yml", *(language.configuration for language in LANGUAGES))
WATCHED = ("practices", "schema", "docs", "scripts/strings", "scripts/templates", *SETTINGS)
THEME = ("docs/theme", *SETTINGS)
"""What every page's frame is made of: a change here builds all pages again, any other only those that it touches."""

INTERVAL = 0.5
"""Seconds between two looks at what is watched."""

Snapshot = Mapping[str, tuple[int, int]]
"""Files by their paths, with size and the time of the last change: what differs from it has been edited."""


def snapshot(names: Iterable[str]) -> Snapshot:
    """The files and folders of these names below the project's, without what editors leave and what is missing."""
    found: dict[str, tuple[int, int]] = {}
    waiting = [ROOT / name for name in names]
    while waiting:
        path = waiting.pop()
        try:
            if path.is_dir():
                waiting += [inner for inner in path.iterdir() if not is_leftover(inner.name)]
            else:
                state = path.stat()
                found[str(path)] = (state.st_size, state.st_mtime_ns)
        except OSError:  # a link that leads nowhere, or a file that went in between
            continue
    return found


def built_from(sources: Path) -> set[str]:
    """The files that MkDocs makes of a folder of pages, by their paths in the site."""
    paths = (file.relative_to(sources) for file in sources.rglob("*") if file.is_file() and file.name != ".gitkeep")
    return {_built_from(path).as_posix() for path in paths}


def _built_from(path: Path) -> Path:
    if path.suffix != ".md":
        return path
    folder = path.parent if path.name == "index.md" else path.with_suffix("")
    return folder / "index.html"


class Preview:
    """Builds all languages into one folder, after the first time only what changed."""

    def __init__(self, folder: Path) -> None:
        """`folder` is emptied first."""
        shutil.rmtree(folder, ignore_errors=True)
        self._folder = folder
        self.seen: Snapshot = {}
        self._frame: Snapshot = {}
        self._built: dict[str, set[str]] = {}
        self._known: Collection[Problem] | None = None

    def __call__(self) -> None:
        """Check, write pages and build; problems are printed and leave the preview as it was."""
        start = time.monotonic()
        self.seen = snapshot(WATCHED)
        reading = load(ROOT)
        # What was wrong before the reader began is for 'make check'; what an edit brings is told at once.
        known = self._known if self._known is not None else reading.problems
        report(reading.problems, [p for p in reading.problems if p.is_error() or p not in known])
        self._known = reading.problems
        if reading.catalogue is None:
            return
        frame = snapshot(THEME)
        atlas = SiteIndex.of(reading.catalogue, today(os.environ))
        for language in LANGUAGES:
            sources = ROOT / "build" / "docs" / language.code
            generate(reading.catalogue, language.code, sources, atlas=atlas)
            target = self._folder / language.folder
            config = load_config(str(ROOT / language.configuration), site_dir=str(target))
            # A full build empties its folder, and with it the other language's, so it is always a dirty one: files that
            # are gone are removed here, and pages whose frame changed, so that they are built anew.
            before, now = self._built.get(language.code, set()), built_from(sources)
            pages = {path for path in before if path.endswith(".html")} if frame != self._frame else set()
            remove(target, (before - now) | pages)
            self._built[language.code] = now
            build_with_mkdocs(config, dirty=True)
        self._frame = frame
        print(f"preview: up to date after {time.monotonic() - start:.1f} s", file=sys.stderr)


def remove(folder: Path, paths: Iterable[str]) -> None:
    """Remove files from a folder, and the folders within that are empty then."""
    for path in paths:
        file = folder / path
        file.unlink(missing_ok=True)
        for above in file.parents:
            if above == folder or not above.is_dir() or any(above.iterdir()):
                break
            above.rmdir()


def watch(preview: Preview, trigger: Path, ended: threading.Event) -> None:
    """Touch a file whenever what is watched is not as the preview has seen it, until the preview ends.

    The server watches that file alone: its own watching of a folder ends for good when the folder goes, even if it
    comes back.
    """
    while not ended.wait(INTERVAL):
        if snapshot(WATCHED) != preview.seen:
            trigger.touch()


def main() -> int:
    """Run the command until it is interrupted; returns its exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8000, help="port on this machine (default: 8000)")
    options = parser.parse_args()
    try:
        settings(os.environ)
    except ValueError as error:
        parser.error(str(error))
    try:
        with alone():
            return run(options.port)
    except BusyError as error:
        print(f"preview: {error}", file=sys.stderr)
        return 1


def run(port: int) -> int:
    """Preview until it is interrupted, while no other command builds; returns the exit status."""
    os.environ["ATLAS_GENERATED"] = "1"
    os.environ["NO_MKDOCS_2_WARNING"] = "1"
    logging.getLogger("mkdocs").setLevel(logging.ERROR)
    folder = ROOT / "build" / "serve"
    preview = Preview(folder)
    preview()
    server = LiveReloadServer(preview, host="127.0.0.1", port=port, root=str(folder))
    trigger, ended = ROOT / "build" / ".changed", threading.Event()
    trigger.touch()
    server.watch(str(trigger))
    watching = threading.Thread(target=watch, args=(preview, trigger, ended))
    watching.start()
    print(f"preview: http://127.0.0.1:{port}/ (Ctrl-C ends it)", file=sys.stderr)
    try:
        server.serve()  # type: ignore[no-untyped-call]
    except KeyboardInterrupt:
        pass
    except OSError as error:
        print(f"preview: {error}; choose another port with --port", file=sys.stderr)
        return 1
    finally:
        ended.set()
        watching.join()
        server.shutdown()
    return 0
