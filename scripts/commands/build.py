"""Build the whole site into `site/`: check the records, write the pages, build every language, put them together.

A failed step leaves the previous site as it was. Exit status: 0 built, 1 problems, 2 usage.
"""

from __future__ import annotations

import argparse
import glob
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from catalogue.languages import BY_CODE, CODES, LANGUAGES
from catalogue.loader import load
from catalogue.model import Catalogue
from catalogue.presenting.context import Addresses, SiteIndex
from catalogue.publishing import exports
from commands.generate import generate
from commands.terminal import ROOT, BusyError, Progress, alone, report, settings

UNWANTED = ("sitemap.xml", "sitemap.xml.gz", "assets/javascripts/lunr", "assets/javascripts/workers")
"""What the theme brings and the site does not use: its site map bears the day of the build, its search is not ours."""


def checked(progress: Progress) -> Catalogue | None:
    """The catalogue, or None where it has errors; problems are printed."""
    reading = load(ROOT, progress)
    report(reading.problems, [problem for problem in reading.problems if problem.is_error()])
    return reading.catalogue


def build_language(language: str, target: Path) -> str:
    """Run mkdocs for a language whose pages are written; returns its remarks. OSError if it fails or warns."""
    # Not with --quiet, which keeps warnings from --strict.
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--clean"]
    command += ["--config-file", str(ROOT / BY_CODE[language].configuration), "--site-dir", str(target)]
    environment = {**os.environ, "ATLAS_GENERATED": "1", "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, cwd=ROOT, env=environment, text=True, capture_output=True, check=False)
    lines = [line for line in (done.stdout + done.stderr).splitlines() if not line.startswith("INFO ")]
    if done.returncode:
        raise OSError("\n".join([f"mkdocs failed for {language}, whose pages lie in docs/{language}/:", *lines]))
    return "".join(f"{line}\n" for line in lines)


def assemble(catalogue: Catalogue, parts: Mapping[str, Path], target: Path, site: str) -> None:
    """Put the languages together in the new folder `target`, with what both share."""
    for part in parts.values():
        for name in UNWANTED:
            unwanted = part / name
            if unwanted.is_dir():
                shutil.rmtree(unwanted)
            else:
                unwanted.unlink(missing_ok=True)
        for source_map in part.glob("assets/**/*.map"):
            source_map.unlink()
    for language in LANGUAGES:  # the first one becomes the target itself
        shutil.move(parts[language.code], target / language.folder)
        if not language.is_default:
            (target / language.folder / "404.html").unlink()  # hosts serve the one at the root, which speaks all
    others = {Path(language.folder).parts for language in LANGUAGES if not language.is_default}
    if site:
        pages = (file.parent.relative_to(target) for file in target.rglob("index.html"))
        paths = {"" if page == Path() else f"{page.as_posix()}/" for page in pages if page.parts[:1] not in others}
        text = exports.sitemap(site, paths - exports.redirects(catalogue), exports.last_changes(catalogue))
        (target / "sitemap.xml").write_text(text, encoding="utf-8")
        (target / "robots.txt").write_text(f"User-agent: *\nAllow: /\nSitemap: {site}sitemap.xml\n", encoding="utf-8")


def may_be_replaced(folder: Path) -> bool:
    """Whether a folder can become the site: it is missing, empty, or a site that was built before."""
    if not folder.is_dir():
        return not folder.exists()
    return (folder / "data" / "practices.json").is_file() or not any(folder.iterdir())


MARK = "integration-atlas.txt"
"""The file by which a folder beside the site is known as one that a build of this project worked in."""


@contextmanager
def workshop(site: Path) -> Iterator[Path]:
    """A new folder beside the site, on the same disk, to build in; it goes when the work is done or has failed."""
    site.parent.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=f".{site.name}-", dir=site.parent))
    (folder / MARK).write_text(f"{ROOT}\n", encoding="utf-8")
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def swap(folder: Path, site: Path) -> None:
    """Put `new` from a workshop in the place of the site; where that fails, the site is as it was."""
    new, old = folder / "new", folder / "old"
    if site.exists():
        site.rename(old)
    try:
        new.rename(site)
    except BaseException:  # an interruption too
        if old.exists() and not site.exists():
            old.rename(site)
        raise


def recover(site: Path) -> bool:
    """Bring back the site from the workshop of a build that was killed in `swap`; returns whether there was one.

    What else such builds left behind is removed. The lock must be held, so that no workshop is in use.
    """
    found = False
    for folder in site.parent.glob(f".{glob.escape(site.name)}-*/"):
        mark = folder / MARK
        if not mark.is_file() or mark.read_text(encoding="utf-8") != f"{ROOT}\n":
            continue
        if (folder / "old").is_dir() and not site.exists():
            (folder / "old").rename(site)
            found = True
        shutil.rmtree(folder, ignore_errors=True)
    return found


def build(catalogue: Catalogue, site: Path, progress: Progress) -> int:
    """Build all languages and put them in place; returns the number of files written from them."""
    addresses, day = settings(os.environ)
    atlas = SiteIndex.of(catalogue, day)
    count = 0
    parts = {language: ROOT / "build" / "site" / language for language in CODES}
    with ThreadPoolExecutor(len(CODES)) as pool:
        running = []
        for number, language in enumerate(CODES):
            progress("write pages", number, len(CODES))
            count += generate(catalogue, language, ROOT / "build" / "docs" / language, atlas=atlas)
            running.append(pool.submit(build_language, language, parts[language]))  # while the next one is written
        while not all(future.done() for future in running):
            progress("build languages", sum(future.done() for future in running), len(running))
            time.sleep(0.2)
        for future in running:
            print(future.result(), end="", file=sys.stderr)
    with workshop(site) as folder:
        assemble(catalogue, parts, folder / "new", addresses.site)
        swap(folder, site)
    return count


def main() -> int:
    """Run the command; returns its exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--output", type=Path, default=ROOT / "site", help="the folder of the site (default: site/)")
    options = parser.parse_args()
    try:
        addresses, _ = settings(os.environ)
    except ValueError as error:
        parser.error(str(error))
    site = options.output.resolve()
    try:
        with alone():
            return run(site, options.output, addresses, parser)
    except BusyError as error:
        print(f"build: {error}", file=sys.stderr)
        return 1


def run(site: Path, named: Path, addresses: Addresses, parser: argparse.ArgumentParser) -> int:
    """Build the site, which the user `named`, while no other command builds; returns the exit status."""
    if recover(site):
        print("build: an earlier build was ended before it was done; the site of before is back", file=sys.stderr)
    if not may_be_replaced(site):
        parser.error(f"--output: {named} holds something other than a built site, which would be lost")
    start = time.monotonic()
    with Progress() as progress:
        catalogue = checked(progress)
        if catalogue is None:
            print("build: stopped, the site is as it was", file=sys.stderr)
            return 1
        try:
            count = build(catalogue, site, progress)
        except OSError as error:
            print(f"build: {error}\nbuild: stopped, the site is as it was", file=sys.stderr)
            return 1
    if not addresses.site:
        print("build: SITE_URL is not set, so there is no site map and no canonical address", file=sys.stderr)
    print(f"build: {count} pages and files in {named} ({time.monotonic() - start:.0f} s)", file=sys.stderr)
    return 0
