"""Lets plain `mkdocs build` and `mkdocs serve` bring the generated pages up to date first.

Nothing on the pages depends on this file: it only calls `generate`. `make site` does that itself and says so by
setting ATLAS_GENERATED.
"""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer

sys.path.insert(0, str(Path(__file__).resolve().parent))

from catalogue.problems import as_text
from catalogue.store import load
from command import ROOT
from generate import generate

log = logging.getLogger("mkdocs.hooks.atlas")

WATCHED = ("practices", "schema", "docs", "scripts/strings", "scripts/templates")


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Check the records and write the pages of the language of this configuration."""
    if os.environ.get("ATLAS_GENERATED"):
        return config
    reading = load(ROOT)
    if reading.problems:
        # Warnings are told as information: as warnings they would stop a strict build.
        level = logging.ERROR if reading.catalogue is None else logging.INFO
        log.log(level, "The records have problems:\n%s", as_text(reading.problems))
    if reading.catalogue is None:
        raise Abort("The records have errors: nothing was built.")
    try:
        count = generate(reading.catalogue, config.theme["language"], Path(config.docs_dir))
    except ValueError as error:  # an address in the environment that is none
        raise Abort(str(error)) from error
    log.info("%s pages and files are up to date in %s", count, config.docs_dir)
    return config


def on_serve(server: LiveReloadServer, config: MkDocsConfig, builder: object) -> LiveReloadServer:
    """Watch what the pages are made of instead of the pages, whose rewriting would set off a build without end."""
    server.unwatch(config.docs_dir)
    for name in WATCHED:
        server.watch(str(ROOT / name))
    return server
