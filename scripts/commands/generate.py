"""Write the pages of one or both languages to `build/docs/`, where mkdocs and Zensical find them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from catalogue.finding import comparison, explore_data
from catalogue.languages import BY_CODE
from catalogue.model import Catalogue
from catalogue.pages.all_pages import SitePages
from catalogue.presenting.context import Addresses, SiteIndex
from catalogue.presenting.localisation import Localisation
from catalogue.presenting.world_map import WorldMap
from catalogue.publishing import exports
from commands.terminal import ROOT


def write_if_changed(file: Path, text: str) -> None:
    """Write a text where the file holds another one: a rewritten page would be built and reloaded for nothing."""
    data = text.encode("utf-8")
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


def handwritten(language: str, root: Path = ROOT) -> Iterator[tuple[str, str]]:
    """Every hand-written page of a language: path below its folder, and text."""
    folder = root / "docs" / language
    for file in sorted(folder.rglob("*.md")):
        yield file.relative_to(folder).as_posix(), file.read_text(encoding="utf-8")


def generate(
    catalogue: Catalogue, language: str, target: Path, root: Path = ROOT, atlas: SiteIndex | None = None
) -> int:
    """Bring the folder `target` up to date with the catalogue; returns the number of files.

    `atlas` is what is computed from the catalogue, where that has been done already.
    """
    addresses = Addresses.of(os.environ)
    wanted = set()
    files = chain(handwritten(language, root), generated(atlas or SiteIndex.of(catalogue), language, addresses, root))
    if BY_CODE[language].is_default:  # the data are the same in all languages, and stand at the root
        files = chain(files, data_files(catalogue))
    for path, text in files:
        assert path not in wanted, f"two pages want {path}"
        wanted.add(path)
        write_if_changed(target / path, text)
    for file in sorted(target.rglob("*"), reverse=True):  # what is in a folder comes before the folder
        if file.is_dir():
            if not any(file.iterdir()):
                file.rmdir()
        elif file.name != ".gitkeep" and file.relative_to(target).as_posix() not in wanted:
            file.unlink()
    return len(wanted)
