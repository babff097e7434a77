"""Build the same pages with Zensical, the successor of the theme's engine, into `build/zensical/`.

Exit status: 0 built, 1 problems, 2 usage.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import yaml

from catalogue.languages import BY_CODE, CODES, DEFAULT, LANGUAGES
from catalogue.presenting.versions import ASSETS
from commands.build import checked
from commands.generate import assets_folder, generate, is_copy
from commands.terminal import ROOT, BusyError, Progress, alone, settings

ENGINE = ROOT / ".venv-zensical" / "bin" / "zensical"
TARGET = ROOT / "build" / "zensical"


def build_with_zensical(language: str, target: Path) -> None:
    """Build one language, whose pages are written, into `target`. CalledProcessError if it fails."""
    assets = assets_folder(ROOT / "build" / "docs" / language)
    inherited = BY_CODE[language].configuration
    configuration = ROOT / f".zensical.{language}.yml"  # beside the one that it inherits from: paths are relative to it
    try:
        settings = {"INHERIT": inherited, "site_dir": str(target.relative_to(ROOT)), "extra": {"assets": assets}}
        configuration.write_text(yaml.safe_dump(settings), encoding="utf-8")
        command = [str(ENGINE), "build", "--clean", "--config-file", str(configuration)]
        subprocess.run(command, cwd=ROOT, check=True, env={**os.environ, "ATLAS_GENERATED": "1"})
    finally:
        configuration.unlink(missing_ok=True)
    for file in (target / ASSETS).rglob("*"):
        if file.is_file() and is_copy(file.relative_to(target).as_posix(), assets):
            file.unlink()


def main() -> int:
    """Run the command; returns its exit status."""
    try:
        settings(os.environ)
    except ValueError as error:
        print(f"zensical: {error}", file=sys.stderr)
        return 2
    try:
        with alone():
            return run()
    except BusyError as error:
        print(f"zensical: {error}", file=sys.stderr)
        return 1


def run() -> int:
    """Build all languages while no other command builds; returns the exit status."""
    with Progress() as progress:
        catalogue = checked(progress)
    if catalogue is None:
        return 1
    shutil.rmtree(TARGET, ignore_errors=True)
    for language in CODES:
        generate(catalogue, language, ROOT / "build" / "docs" / language)
        try:
            build_with_zensical(language, TARGET / language)
        except (OSError, subprocess.CalledProcessError) as error:
            print(f"zensical: {error}", file=sys.stderr)
            return 1
    site = TARGET / DEFAULT.code
    for other in LANGUAGES:
        if not other.is_default:
            shutil.move(TARGET / other.code, site / other.folder)
    print(f"zensical: all languages are in {site.relative_to(ROOT)}", file=sys.stderr)
    return 0
