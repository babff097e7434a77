"""Preview all languages at a local address; an edited record shows at once. Ctrl-C ends it."""

from __future__ import annotations

import argparse
import logging
import os
import shutil
import sys
import time
from collections.abc import Collection
from pathlib import Path

from mkdocs.commands.build import build as build_with_mkdocs
from mkdocs.config import load_config
from mkdocs.livereload import LiveReloadServer

from catalogue.languages import LANGUAGES
from catalogue.loader import load
from catalogue.presenting.context import Addresses, SiteIndex
from catalogue.problems import Problem
from commands.generate import generate
from commands.terminal import ROOT, BusyError, alone, report

SETTINGS = ("mkdocs.yml", *(language.configuration for language in LANGUAGES))
WATCHED = ("practices", "schema", "docs", "scripts/strings", "scripts/templates", *SETTINGS)
THEME = ("docs/theme", *SETTINGS)
"""What every page's frame is made of: a change here builds all pages again, any other only those that it touches."""

OTHERS = {Path(language.folder).parts for language in LANGUAGES if not language.is_default}
"""The folders, below that of the default language, of the others."""


class Preview:
    """Builds all languages into one folder, after the first time only what changed."""

    def __init__(self, folder: Path) -> None:
        """`folder` is emptied first."""
        shutil.rmtree(folder, ignore_errors=True)
        self._folder = folder
        self._framed = 0.0
        self._known: Collection[Problem] | None = None

    def __call__(self) -> None:
        """Check, write pages and build; problems are printed and leave the preview as it was."""
        start = time.monotonic()
        reading = load(ROOT)
        # What was wrong before the reader began is for 'make check'; what an edit brings is told at once.
        known = self._known if self._known is not None else reading.problems
        report(reading.problems, [p for p in reading.problems if p.is_error() or p not in known])
        self._known = reading.problems
        if reading.catalogue is None:
            return
        frame = max(path.stat().st_mtime for name in THEME for path in [ROOT / name, *(ROOT / name).rglob("*")])
        atlas = SiteIndex.of(reading.catalogue)
        for language in LANGUAGES:
            sources = ROOT / "build" / "docs" / language.code
            generate(reading.catalogue, language.code, sources, atlas=atlas)
            target = self._folder / language.folder
            config = load_config(str(ROOT / language.configuration), site_dir=str(target))
            # A full build empties its folder, and with it the other language's, so it is always a dirty one: pages that
            # are gone are removed here, and pages whose frame changed, so that they are built anew.
            for page in target.glob("**/index.html"):
                path = page.parent.relative_to(target)
                is_own = not language.is_default or path.parts[:1] not in OTHERS
                is_left = (sources / path / "index.md").is_file() or (sources / f"{path}.md").is_file()
                if is_own and (self._framed < frame or not is_left):
                    page.unlink()
            build_with_mkdocs(config, dirty=True)
        self._framed = frame
        print(f"preview: up to date after {time.monotonic() - start:.1f} s", file=sys.stderr)


def main() -> int:
    """Run the command until it is interrupted; returns its exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8000, help="port on this machine (default: 8000)")
    options = parser.parse_args()
    try:
        Addresses.of(os.environ)
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
    for name in WATCHED:
        server.watch(str(ROOT / name))
    print(f"preview: http://127.0.0.1:{port}/ (Ctrl-C ends it)", file=sys.stderr)
    try:
        server.serve()  # type: ignore[no-untyped-call]
    except KeyboardInterrupt:
        pass
    except OSError as error:
        print(f"preview: {error}; choose another port with --port", file=sys.stderr)
        return 1
    finally:
        server.shutdown()
    return 0
