"""Whatever a page fetches has an address that changes with its content, so that a warm cache never shows old things."""

from __future__ import annotations

import functools
import http.server
import json
import re
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from mkdocs.config import load_config
from mkdocs.structure.files import File, Files
from playwright.sync_api import Browser, Page, expect
from tests.command_fixtures import DESK, contents, edit
from tests.site_builder import ROOT, Built

import mkdocs_hooks
from catalogue import loader
from catalogue.model import Catalogue
from catalogue.presenting import versions
from commands import generate

THEME = ROOT / "docs" / "theme"


# Versions


def test_a_version_is_that_of_the_paths_and_the_contents() -> None:
    first = versions.version({"a": b"1", "b": b"2"})
    assert re.fullmatch("[0-9a-f]{12}", first)
    assert versions.version({"b": b"2", "a": b"1"}) == first
    others = [{"a": b"1"}, {"a": b"1", "c": b"2"}, {"a": b"12", "b": b""}, {"a": b"1", "b": b"3"}, {}]
    assert len({first, *map(versions.version, others)}) == 6


def test_each_folder_of_data_has_its_own_version() -> None:
    files = {"explore/a.json": b"1", "compare/a.json": b"1", "data/a.csv": b"1", "index.md": b"1", "about/a.png": b"1"}
    before = versions.versions(files)
    assert before.keys() == {"explore", "compare", "data"}
    after = versions.versions({**files, "compare/a.json": b"2", "index.md": b"2"})
    assert {folder for folder in before if before[folder] != after[folder]} == {"compare"}


def test_scripts_and_styles_stand_in_a_folder_of_their_version(tmp_path: Path) -> None:
    shutil.copytree(THEME / "atlas", tmp_path / "atlas")
    folder, files = versions.assets(tmp_path)
    assert re.fullmatch("atlas/[0-9a-f]{12}/", folder)
    assert files[f"{folder}atlas.css"] == (THEME / "atlas" / "atlas.css").read_bytes()
    (tmp_path / "atlas" / ".#atlas.css").symlink_to("anna@machine.1234:5678")
    (tmp_path / "atlas" / "atlas.css~").write_text("old", encoding="utf-8")
    assert versions.assets(tmp_path) == (folder, files)
    edit_bytes(tmp_path / "atlas" / "dom" / "fold.js")
    changed, others = versions.assets(tmp_path)
    assert changed != folder
    assert [path.removeprefix(changed) for path in others] == [path.removeprefix(folder) for path in files]


def edit_bytes(file: Path) -> None:
    file.write_bytes(file.read_bytes() + b"\n")


# What is written


def test_pages_name_the_folder_that_is_written_with_them(folder: Path, catalogue: Catalogue) -> None:
    for language in ("en", "fr"):
        target = folder / "build" / "docs" / language
        generate.generate(catalogue, language, target, folder)
        assets = generate.assets_folder(target)
        page = (target / "explore" / "index.md").read_text(encoding="utf-8")
        for name in re.findall(r'(?:href|src)="\.\./(atlas/[^"]+)"', page):
            assert name.startswith(assets)
            assert (target / name).is_file()
        assert f'src="../{assets}explore/main.js"' in page


def test_another_script_gets_another_address_and_the_old_one_goes(folder: Path, catalogue: Catalogue) -> None:
    target = folder / "build" / "docs" / "en"
    generate.generate(catalogue, "en", target, folder)
    before = generate.assets_folder(target)
    edit_bytes(folder / "docs" / "theme" / "atlas" / "dom" / "fold.js")
    generate.generate(catalogue, "en", target, folder)
    assert generate.assets_folder(target) != before
    assert not (target / before).exists()


def test_other_data_get_another_version_and_pages_stay_the_same(folder: Path, catalogue: Catalogue) -> None:
    target = folder / "build" / "docs" / "en"
    generate.generate(catalogue, "en", target, folder)
    before = contents(target)
    edit(folder / DESK, "answers questions on two mornings", "answers questions on three mornings")
    edited = loader.load(folder).catalogue
    assert edited is not None
    generate.generate(edited, "en", target, folder)
    after = contents(target)
    old, new = (json.loads(files["versions.json"]) for files in (before, after))
    assert [name for name in old if old[name] != new[name]] == ["compare", "data", "explore"]
    assert {path for path in after if path.endswith(".md") and before[path] != after[path]} == {
        "practices/welcome-desk/index.md"
    }


@pytest.mark.parametrize("already_written", ["", "1"])
def test_the_frame_of_the_pages_names_the_folder_too(
    folder: Path, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch, few_pages: None, already_written: str
) -> None:
    target = folder / "build" / "docs" / "en"
    generate.generate(catalogue, "en", target, folder)
    monkeypatch.setenv("ATLAS_GENERATED", already_written)
    config = mkdocs_hooks.on_config(load_config(str(folder / "mkdocs.en.yml")))
    assets = generate.assets_folder(target)
    assert config.extra["assets"] == assets
    paths = [f"{assets}atlas.css", "atlas/atlas.css", "atlas/card.png", "assets/theme.css", "about/index.md"]
    files = Files([File(path, None, "site", use_directory_urls=True) for path in paths])
    kept = mkdocs_hooks.on_files(files, config)
    assert [file.src_uri for file in kept] == [path for path in paths if path != "atlas/atlas.css"]


# What a browser asks for


SETTLED = r"/assets/(stylesheets|javascripts)/[a-z.]+\.[0-9a-f]{8}\.min\.(css|js)$"
"""Scripts and styles of the engine's theme, which bear their version in their names."""

OURS = r"/atlas/[0-9a-f]{12}/"

QUERY = r"\?v=[0-9a-f]{12}$"


@dataclass(frozen=True)
class Asked:
    """A request: path with query, whether the reader went there, and whether what the browser keeps did not count."""

    path: str
    is_page: bool
    anew: bool


class _Keeping(http.server.SimpleHTTPRequestHandler):
    """Serves a folder as hosts do that let browsers keep everything but pages."""

    asked: list[Asked]

    def do_GET(self) -> None:
        mode, control = (self.headers.get(name, "") for name in ("Sec-Fetch-Mode", "Cache-Control"))
        self.asked.append(Asked(self.path, mode == "navigate", control == "max-age=0"))
        super().do_GET()

    def end_headers(self) -> None:
        is_page = urlsplit(self.path).path.endswith("/")
        self.send_header("Cache-Control", "no-cache" if is_page else "max-age=31536000, immutable")
        super().end_headers()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name that it overrides
        pass


@dataclass(frozen=True)
class Deployed:
    """A site that is served, and the project that it is built from."""

    built: Built
    address: str
    asked: list[Asked]


@pytest.fixture
def deployed(site: Built, tmp_path: Path) -> Iterator[Deployed]:
    built = Built(tmp_path / "project", tmp_path / "project" / "site")
    shutil.copytree(site.project, built.project)
    asked: list[Asked] = []
    handler = functools.partial(type("Handler", (_Keeping,), {"asked": asked}), directory=str(built.root))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield Deployed(built, f"http://127.0.0.1:{server.server_port}/", asked)
        server.shutdown()


def test_whatever_a_page_fetches_has_a_version_or_is_asked_for_anew(page: Page, deployed: Deployed) -> None:
    address = deployed.address
    for query in (
        "q=city+card",
        "q=helath",
        "q=zzzz+zzzz",
        "view=map",
        "view=table",
        "organisation=example-city",
    ):
        page.goto(f"{address}explore/?{query}")
        page.wait_for_selector("#explore[aria-busy=false]", state="attached")
    with page.expect_download():
        page.locator("[data-take=csv]").click()
    page.get_by_role("button", name="Dossier to print").click()
    page.wait_for_selector(".dossier[data-ready]")
    page.get_by_role("combobox").press_sequentially("health")
    page.get_by_role("option").first.wait_for()
    page.goto(f"{address}compare/?ids=test-city-card,health-windows")
    page.wait_for_selector("#compare table")
    page.goto(f"{address}fr/practices/test-city-card/", wait_until="networkidle")

    fetched = [asked for asked in deployed.asked if not asked.is_page]
    rest = {asked for asked in fetched if not re.search(f"{SETTLED}|{OURS}|{QUERY}", asked.path)}
    assert {asked.path for asked in rest if not asked.anew} == set()
    anew = {re.sub("practices/[a-z-]+/", "practices/x/", asked.path) for asked in rest}
    assert anew == {"/versions.json", "/fr/versions.json", "/explore/facets.json", "/practices/x/"}
    kinds = {part for asked in fetched for part in asked.path.split("/")}
    assert kinds > {"atlas", "assets", "explore", "compare", "data", "words", "texts", "cards"}


def look(page: Page, address: str) -> tuple[str, str, str, str]:
    """A suggestion, a name in the comparison, a result of a search, and the language of a page's script."""
    page.goto(f"{address}themes/")
    page.get_by_role("combobox").press_sequentially("identity card")
    suggestion = page.get_by_role("option").first
    suggestion.wait_for()
    suggested = suggestion.inner_text()
    page.goto(f"{address}compare/?ids=test-city-card,health-windows")
    page.wait_for_selector("#compare table")
    compared = page.locator(".compare-head a").first.inner_text()
    page.goto(f"{address}explore/?q=identity+card")
    page.wait_for_selector("#explore[aria-busy=false]", state="attached")
    expect(page.locator(".explore-results [data-practice-id]").first).to_be_visible()
    listed = page.locator(".explore-results [data-practice-id=test-city-card]").inner_text()
    return suggested, compared, listed, str(page.evaluate("globalThis.probe ?? ''"))


def test_nothing_stale_is_shown_after_a_deployment_with_a_warm_cache(browser: Browser, deployed: Deployed) -> None:
    context = browser.new_context()
    page = context.new_page()
    old = "TCC, the identity card of Test City"
    before = look(page, deployed.address)
    assert all(old in text for text in before[:3])
    assert before[3] == ""

    project = deployed.built.project
    edit(project / "practices" / "test-city-card.yml", f'en: "{old}"', "en: The identity card of Gotham")
    for script in ("explore/facets.js", "compare/page.js"):
        with (project / "docs" / "theme" / "atlas" / script).open("a", encoding="utf-8") as file:
            file.write("\nglobalThis.probe = 'new';\n")
    done = deployed.built.build()
    assert done.returncode == 0, done.stderr

    after = look(page, deployed.address)
    assert all("The identity card of Gotham" in text for text in after[:3])
    assert after[3] == "new"
    context.close()
