"""Write the pages of one or both languages to `build/docs/`, where mkdocs and Zensical find them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from catalogue.localisation import Localisation
from catalogue.model import Catalogue
from catalogue.pages import SitePages
from catalogue.site import Addresses, Atlas
from command import ROOT


def write_if_changed(file: Path, text: str) -> None:
    """Write a text where the file holds another one: a rewritten page would be built and reloaded for nothing."""
    data = text.encode("utf-8")
    if file.is_file() and file.read_bytes() == data:
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)


def generated(
    catalogue: Catalogue, language: str, addresses: Addresses, root: Path = ROOT
) -> Iterator[tuple[str, str]]:
    """Every page of a language: path of its file below the folder of the language, and text."""
    local = Localisation.read(root / "scripts" / "strings", language)
    pages = SitePages(Atlas.of(catalogue), local, addresses, root)
    for page in pages.pages():
        yield page.file, pages.render(page)


def handwritten(language: str, root: Path = ROOT) -> Iterator[tuple[str, str]]:
    """Every hand-written page of a language: path below its folder, and text."""
    folder = root / "docs" / language
    for file in sorted(folder.rglob("*.md")):
        yield file.relative_to(folder).as_posix(), file.read_text(encoding="utf-8")


def generate(catalogue: Catalogue, language: str, target: Path, root: Path = ROOT) -> int:
    """Bring the folder `target` up to date with the catalogue; returns the number of pages."""
    addresses = Addresses.of(os.environ)
    wanted = set()
    for path, text in [*handwritten(language, root), *generated(catalogue, language, addresses, root)]:
        assert path not in wanted, f"two pages want {path}"
        wanted.add(path)
        write_if_changed(target / path, text)
    for file in sorted(target.rglob("*.md"), reverse=True):
        if file.relative_to(target).as_posix() not in wanted:
            file.unlink()
            if not any(file.parent.iterdir()):
                shutil.rmtree(file.parent)
    return len(wanted)
