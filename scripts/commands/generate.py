"""Write the pages of one or both languages to `build/docs/`, where mkdocs and Zensical find them."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path

from catalogue.finding import comparison, explore_data
from catalogue.languages import BY_CODE
from catalogue.model import Catalogue
from catalogue.pages.all_pages import SitePages
from catalogue.presenting import versions
from catalogue.presenting.context import Addresses, SiteIndex
from catalogue.presenting.localisation import Localisation
from catalogue.presenting.world_map import WorldMap
from catalogue.publishing import exports
from commands.terminal import ROOT, settings

LASTING = ("atlas/card.png",)
"""Files of the theme that others link to, so that they keep an address without a version."""


def write_if_changed(file: Path, data: bytes) -> None:
    """Write what a file does not hold already: a rewritten page would be built and reloaded for nothing."""
    if file.is_file() and file.read_bytes() == data:
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)


def generated(atlas: SiteIndex, language: str, addresses: Addresses, root: Path = ROOT) -> Iterator[tuple[str, str]]:
    """Every page of a language: path of its file below the folder of the language, and text."""
    local = Localisation.read(root / "scripts" / "strings", language)
    pages = SitePages(atlas, local, addresses, root)
    for page in pages.pages():
        yield page.file, pages.render(page)
    yield from comparison.files(pages.context(1))
    yield from explore_data.files(pages.context(1), WorldMap.read(root))


def data_files(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """The records to take away: path below the folder of a language, and text."""
    yield "data/practices.json", exports.as_json(catalogue)
    # Spreadsheets take a file without this mark for another encoding.
    yield "data/practices.csv", "\ufeff" + exports.as_csv(catalogue)
    yield "data/results.csv", "\ufeff" + exports.results_csv(catalogue)


def handwritten(language: str, root: Path = ROOT) -> Iterator[tuple[str, bytes]]:
    """Every hand-written page of a language and the files beside them: path below its folder, and content."""
    yield from versions.read_files(root / "docs" / language)


def assets_folder(target: Path) -> str:
    """The folder of scripts and styles that `generate` wrote to `target`: its path there, ending in a slash."""
    [folder] = (folder for folder in (target / versions.ASSETS).iterdir() if folder.is_dir())
    return f"{versions.ASSETS}{folder.name}/"


def is_copy(path: str, folder: str) -> bool:
    """Whether a path below the root of a language is that of the theme's own copy of what the folder holds."""
    return path.startswith(versions.ASSETS) and not path.startswith(folder) and path not in LASTING


def generate(
    catalogue: Catalogue, language: str, target: Path, root: Path = ROOT, atlas: SiteIndex | None = None
) -> int:
    """Bring the folder `target` up to date with the catalogue; returns the number of files.

    `atlas` is what is computed from the catalogue, where that has been done already.
    """
    folder, assets = versions.assets(root / "docs" / "theme")
    found, day = settings(os.environ)
    addresses = replace(found, assets=folder)
    pages = generated(atlas or SiteIndex.of(catalogue, day), language, addresses, root)
    files = chain(handwritten(language, root), assets.items(), _encoded(pages))
    if BY_CODE[language].is_default:  # the data are the same in all languages, and stand at the root
        files = chain(files, _encoded(data_files(catalogue)))
    digests: dict[str, bytes] = {}
    for path, content in files:
        assert path not in digests, f"two pages want {path}"
        digests[path] = hashlib.sha256(content).digest()
        write_if_changed(target / path, content)
    write_if_changed(target / "versions.json", json.dumps(versions.versions(digests)).encode())
    digests["versions.json"] = b""
    for file in sorted(target.rglob("*"), reverse=True):  # what is in a folder comes before the folder
        if file.is_dir():
            if not any(file.iterdir()):
                file.rmdir()
        elif file.name != ".gitkeep" and file.relative_to(target).as_posix() not in digests:
            file.unlink()
    return len(digests)


def _encoded(files: Iterable[tuple[str, str]]) -> Iterator[tuple[str, bytes]]:
    return ((path, text.encode("utf-8")) for path, text in files)
