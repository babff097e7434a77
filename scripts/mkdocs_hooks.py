"""Lets plain `mkdocs build` and `mkdocs serve` bring the generated pages up to date first, and keeps builds short.

Nothing on the pages depends on this file. It calls `generate`; `make site` does that itself and says so by setting
ATLAS_GENERATED. And it spares generated pages the Markdown parser: they are one block of HTML, which the parser would
read twice to give back unchanged, in two thirds of the time of a build.
"""

from __future__ import annotations

import logging
import os
import sys
from contextlib import ExitStack
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

sys.path.insert(0, str(Path(__file__).resolve().parent))

from catalogue.loader import load
from catalogue.problems import as_text
from commands.generate import assets_folder, generate, is_copy
from commands.terminal import ROOT, BusyError, alone

log = logging.getLogger("mkdocs.hooks.atlas")

GENERATED = "atlas"
"""The layout in the front matter of generated pages, which hand-written ones do not have."""

WATCHED = ("practices", "schema", "docs", "scripts/strings", "scripts/templates")


_held = ExitStack()
"""Keeps other commands from building, from the first to the last of these events."""


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Check the records and write the pages of the language of this configuration."""
    if os.environ.get("ATLAS_GENERATED"):
        return with_assets(config)
    try:
        _held.enter_context(alone())
    except BusyError as error:
        raise Abort(str(error)) from error
    reading = load(ROOT)
    if reading.problems:
        # Warnings are told as information: as warnings they would stop a strict build.
        level = logging.ERROR if reading.catalogue is None else logging.INFO
        log.log(level, "The records have problems:\n%s", as_text(reading.problems))
    if reading.catalogue is None:
        raise Abort("The records have errors: nothing was built.")
    try:
        count = generate(reading.catalogue, config.extra["language"]["code"], Path(config.docs_dir))
    except ValueError as error:  # an address in the environment that is none
        raise Abort(str(error)) from error
    log.info("%s pages and files are up to date in %s", count, config.docs_dir)
    return with_assets(config)


def with_assets(config: MkDocsConfig) -> MkDocsConfig:
    """Let the frame of the pages name the folder of scripts and styles that was written with them."""
    config.extra["assets"] = assets_folder(Path(config.docs_dir))
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Leave out the theme's copies of what stands in the folder of their version."""
    for file in list(files):
        if is_copy(file.src_uri, config.extra["assets"]):
            files.remove(file)
    return files


_blocks: dict[str, str] = {}
"""The HTML of the page between the two events below, by the page's file."""


def on_page_markdown(markdown: str, page: Page, **_: object) -> str:
    """Put the HTML of a generated page aside; hand-written pages stay as they are."""
    if page.meta.get("layout") != GENERATED:
        return markdown
    _blocks[page.file.src_uri] = markdown.strip("\n")
    return ""


def on_page_content(html: str, page: Page, **_: object) -> str:
    """Give the HTML of a generated page as its content."""
    if page.file.src_uri not in _blocks:
        return html
    page.present_anchor_ids = None  # unknown, not none: links to them are for the tests of the built site
    return _blocks.pop(page.file.src_uri)


def on_post_build(**_: object) -> None:
    """Let other commands build again."""
    _held.close()


def on_serve(server: LiveReloadServer, config: MkDocsConfig, builder: object) -> LiveReloadServer:
    """Watch what the pages are made of instead of the pages, whose rewriting would set off a build without end."""
    server.unwatch(config.docs_dir)
    for name in WATCHED:
        server.watch(str(ROOT / name))
    return server
