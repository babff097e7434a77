"""The commands that write and build, run in this process on a small project."""

from __future__ import annotations

import json
import logging
import os
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.structure.files import File
from mkdocs.structure.pages import Page as BuiltPage
from tests.command_fixtures import (
    DESK,
    PLAIN_ADDRESS,
    RECORDS,
    WRONG_KIND,
    Outcome,
    Runner,
    contents,
    edit,
    times,
)

import mkdocs_hooks
from catalogue import loader
from catalogue.model import Catalogue
from catalogue.pages.all_pages import SitePages
from catalogue.presenting import versions
from catalogue.presenting.page import Page
from commands import build, generate, serve, zensical

# generate.py


DATA = {"data/practices.json", "data/practices.csv", "data/results.csv"}


def test_both_languages_get_the_same_pages_in_their_own_words(folder: Path, catalogue: Catalogue) -> None:
    docs = folder / "build" / "docs"
    counts = [generate.generate(catalogue, language, docs / language, folder) for language in ("en", "fr")]
    english, french = contents(docs / "en"), contents(docs / "fr")
    assert counts == [len(english), len(french)]
    pages = {path for path in english if path.endswith(".md")}
    assert pages == {path for path in french if path.endswith(".md")}
    assert {"index.md", "about/method.md", "practices/welcome-desk/index.md"} < pages
    assert [path for path in pages if english[path] == french[path]] == []
    assert english.keys() - french.keys() >= DATA
    for language, written in (("en", english), ("fr", french)):
        original = folder / "docs" / language / "about" / "method.md"
        assert written["about/method.md"] == original.read_bytes()
    assert english["data/practices.csv"].startswith("\ufeffid,".encode())
    assert [practice["id"] for practice in json.loads(english["data/practices.json"])["practices"]] == sorted(RECORDS)


def test_only_pages_that_change_are_written_again(folder: Path, catalogue: Catalogue) -> None:
    target = folder / "build" / "docs" / "en"
    generate.generate(catalogue, "en", target, folder)
    (target / "about" / "index.md").write_text("something else", encoding="utf-8")
    before = times(target)
    edit(folder / DESK, "answers questions on two mornings", "answers questions on three mornings")
    edited = loader.load(folder).catalogue
    assert edited is not None
    assert generate.generate(edited, "en", target, folder) == len(times(target))
    changed = {path for path, time in times(target).items() if before.get(path) != time}
    assert {path for path in changed if path.endswith(".md")} == {"about/index.md", "practices/welcome-desk/index.md"}
    assert "data/practices.json" in changed
    assert "data/practices.csv" not in changed


def test_what_is_no_longer_wanted_is_removed_with_its_folders(
    folder: Path, catalogue: Catalogue, few_pages: None
) -> None:
    target = folder / "build" / "docs" / "en"
    for name in (".gitkeep", "kept/.gitkeep", "old.md", "practices/b/index.md", "practices/b/c/more.txt"):
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        (target / name).touch()
    (target / "empty" / "within").mkdir(parents=True)
    generate.generate(catalogue, "en", target, folder)
    handwritten = {path for path, _ in generate.handwritten("en", folder)}
    assert handwritten > {"about/index.md", "contribute/index.md"}
    kept = {".gitkeep", "kept/.gitkeep", "index.md", "practices/a/index.md", "versions.json"}
    assert contents(target).keys() == kept | handwritten | scripts_and_styles(folder) | DATA
    assert [path for path in target.rglob("*") if path.is_dir() and not any(path.iterdir())] == []


def scripts_and_styles(folder: Path) -> set[str]:
    """The paths of the scripts and styles of a project."""
    return set(versions.assets(folder / "docs" / "theme")[1])


def test_two_pages_for_one_file_are_a_mistake(folder: Path, catalogue: Catalogue, few_pages: None) -> None:
    (folder / "docs" / "en" / "index.md").write_text("by hand", encoding="utf-8")
    with pytest.raises(AssertionError, match=r"two pages want index\.md"):
        generate.generate(catalogue, "en", folder / "build" / "docs" / "en", folder)


# build.py


def write(folder: Path, files: Mapping[str, str]) -> Path:
    """A folder with these files."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def tiny_language(folder: Path, language: str) -> Path:
    """What the theme makes of a language, in small."""
    return write(
        folder,
        {
            "index.html": language,
            "404.html": language,
            "practices/welcome-desk/index.html": language,
            "data/practices.json": "[]",
            "assets/theme.css": "",
            "assets/theme.css.map": "",
            "assets/javascripts/bundle.js": "",
            "assets/javascripts/bundle.js.map": "",
            "assets/javascripts/lunr/tinyseg.js": "",
            "assets/javascripts/workers/search.js": "",
            "sitemap.xml": "the day of the build",
            "sitemap.xml.gz": "the day of the build",
        },
    )


def tiny_parts(folder: Path) -> dict[str, Path]:
    return {language: tiny_language(folder / "parts" / language, language) for language in ("en", "fr")}


TINY_SITE = {
    f"{prefix}{name}"
    for prefix in ("", "fr/")
    for name in (
        "index.html",
        "practices/welcome-desk/index.html",
        "data/practices.json",
        "assets/theme.css",
        "assets/javascripts/bundle.js",
    )
} | {"404.html"}


def test_the_languages_are_put_together_without_what_the_site_does_not_use(
    tmp_path: Path, catalogue: Catalogue
) -> None:
    build.assemble(catalogue, tiny_parts(tmp_path), tmp_path / "site", "")
    assert contents(tmp_path / "site").keys() == TINY_SITE
    assert (tmp_path / "site" / "index.html").read_text(encoding="utf-8") == "en"
    assert (tmp_path / "site" / "fr" / "index.html").read_text(encoding="utf-8") == "fr"


def test_a_site_that_knows_its_address_tells_search_engines_of_its_pages(tmp_path: Path, catalogue: Catalogue) -> None:
    build.assemble(catalogue, tiny_parts(tmp_path), tmp_path / "site", "https://atlas.example/under/")
    found = contents(tmp_path / "site")
    assert found.keys() == TINY_SITE | {"sitemap.xml", "robots.txt"}
    assert found["robots.txt"].decode() == (
        "User-agent: *\nAllow: /\nSitemap: https://atlas.example/under/sitemap.xml\n"
    )
    assert re.findall("<loc>(.*)</loc>", found["sitemap.xml"].decode()) == [
        "https://atlas.example/under/",
        "https://atlas.example/under/fr/",
        "https://atlas.example/under/practices/welcome-desk/",
        "https://atlas.example/under/fr/practices/welcome-desk/",
    ]


@pytest.mark.parametrize("before", [{}, {"site/old.html": "old"}])
@pytest.mark.parametrize("others", [{}, {"site.old/precious.txt": "p", "site.new/precious.txt": "p", ".site-x/p": "p"}])
def test_the_new_site_takes_the_place_of_the_old_one(
    tmp_path: Path, before: dict[str, str], others: dict[str, str]
) -> None:
    """And what stands beside it stays, whatever its name is."""
    write(tmp_path, {**before, **others})
    with build.workshop(tmp_path / "site") as workshop:
        write(workshop / "new", {"new.html": "new"})
        build.swap(workshop, tmp_path / "site")
    assert build.recover(tmp_path / "site") is False
    assert contents(tmp_path) == {"site/new.html": b"new", **dict.fromkeys(others, b"p")}
    assert {path.name for path in tmp_path.iterdir()} == {"site", *(path.split("/")[0] for path in others)}


def test_the_old_site_stays_where_the_new_one_cannot_take_its_place(tmp_path: Path) -> None:
    write(tmp_path, {"site/old.html": "old"})
    with pytest.raises(FileNotFoundError), build.workshop(tmp_path / "site") as workshop:
        build.swap(workshop, tmp_path / "site")
    assert contents(tmp_path) == {"site/old.html": b"old"}


KILLED = """
import os, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from commands import build
build.ROOT = Path(sys.argv[2])
site = build.ROOT / "site"
rename, renamed = Path.rename, []
def rename_once(path, target):
    if len(renamed) == int(sys.argv[3]):
        os._exit(9)  # as a kill does: nothing is put in order
    renamed.append(path)
    return rename(path, target)
with build.workshop(site) as workshop:
    (workshop / "new" / "data").mkdir(parents=True)
    (workshop / "new" / "data" / "practices.json").write_text("[]")
    Path.rename = rename_once
    build.swap(workshop, site)
    os._exit(9)
"""


@pytest.mark.parametrize("renamed", [0, 1, 2])
def test_a_build_that_is_killed_loses_no_site(tiny_build: Path, run: Runner, renamed: int) -> None:
    write(tiny_build / "site", {"data/practices.json": "[]", "old.html": "old"})
    scripts = str(Path(build.__file__).parents[1])
    done = subprocess.run([sys.executable, "-c", KILLED, scripts, str(tiny_build), str(renamed)], check=False)
    assert done.returncode == 9
    assert (tiny_build / "site").exists() == (renamed != 1)
    edit(tiny_build / DESK, *WRONG_KIND)  # the next build does not come to its end either
    told = run(build, "--output", str(tiny_build / "site")).err
    assert ("the site of before is back" in told) == (renamed == 1)
    site = contents(tiny_build / "site")
    assert site.keys() == ({"data/practices.json"} if renamed == 2 else {"data/practices.json", "old.html"})
    assert list(tiny_build.glob(".site-*")) == []


HOLDING = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from commands import terminal
terminal.ROOT = Path(sys.argv[2])
with terminal.alone():
    print("holding", flush=True)
    sys.stdin.read()
"""


def test_two_commands_do_not_build_in_one_folder_at_once(tiny_build: Path, run: Runner, engine: FakeZensical) -> None:
    site = write(tiny_build / "site", {"data/practices.json": "[]", "old.html": "old"})
    before = times(tiny_build)
    scripts = str(Path(build.__file__).parents[1])
    with subprocess.Popen(
        [sys.executable, "-c", HOLDING, scripts, str(tiny_build)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"holding\n"
        busy = "another build or preview is at work in this folder: wait for it, or end it\n"
        assert run(build, "--output", str(site)) == Outcome(1, "", f"build: {busy}")
        assert run(serve) == Outcome(1, "", f"preview: {busy}")
        assert run(zensical) == Outcome(1, "", f"zensical: {busy}")
        with pytest.raises(Abort, match="another build or preview is at work"):
            mkdocs_hooks.on_config(load_config(str(tiny_build / "mkdocs.en.yml")))
        assert times(tiny_build) == before
        other.kill()  # a lock ends with its process
    assert run(build, "--output", str(site)).status == 0


@pytest.fixture
def tiny_build(folder: Path, monkeypatch: pytest.MonkeyPatch, few_pages: None) -> Path:
    """Builds tiny languages instead of running mkdocs; returns the project."""

    def build_language(language: str, target: Path) -> str:
        assert (folder / "build" / "docs" / language / "index.md").read_text(encoding="utf-8") == "the front page"
        tiny_language(target, language)
        return f"mkdocs has a remark on {language}\n"

    monkeypatch.setattr(build, "build_language", build_language)
    monkeypatch.setattr(build.time, "sleep", lambda _: None)
    return folder


def test_the_site_is_built_where_it_is_asked_for(tiny_build: Path, run: Runner) -> None:
    target = tiny_build / "elsewhere" / "site"
    target.parent.mkdir()
    done = run(build, "--output", str(target))
    assert (done.status, done.out) == (0, "")
    assert contents(target).keys() == TINY_SITE
    handwritten = sum(len([*generate.handwritten(language, tiny_build)]) for language in ("en", "fr"))
    pages = handwritten + 2 * len(["index.md", "practices/a/index.md", "versions.json"]) + len(DATA)
    pages += 2 * len(scripts_and_styles(tiny_build))
    assert re.fullmatch(
        "check: No problems.\n"
        "mkdocs has a remark on en\n"
        "mkdocs has a remark on fr\n"
        "build: SITE_URL is not set, so there is no site map and no canonical address\n"
        rf"build: {pages} pages and files in {re.escape(str(target))} \(\d+ s\)\n",
        done.err,
    )


def test_the_address_of_the_site_comes_from_the_environment(
    tiny_build: Path, run: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SITE_URL", "https://atlas.example")
    site = tiny_build / "site"
    done = run(build, "--output", str(site))
    assert done.status == 0
    assert "SITE_URL" not in done.err
    assert "Sitemap: https://atlas.example/sitemap.xml\n" in (site / "robots.txt").read_text(encoding="utf-8")


def test_a_site_is_built_over_the_one_before(tiny_build: Path, run: Runner) -> None:
    site = write(tiny_build / "site", {"data/practices.json": "[]", "old.html": ""})
    assert run(build, "--output", str(site)).status == 0
    assert contents(site).keys() == TINY_SITE


def test_an_error_in_a_record_leaves_the_site_as_it_was(tiny_build: Path, run: Runner) -> None:
    site = write(tiny_build / "site", {"data/practices.json": "[]", "old.html": ""})
    edit(tiny_build / DESK, *WRONG_KIND)
    before = times(tiny_build)
    done = run(build, "--output", str(site))
    assert done.status == 1
    assert done.err.startswith(f"{DESK}:9:7: error[unknown-term]")
    assert done.err.endswith("check: 1 error, 0 warnings.\nbuild: stopped, the site is as it was\n")
    assert times(tiny_build) == before


def test_a_failure_of_mkdocs_leaves_the_site_as_it_was(
    folder: Path, run: Runner, monkeypatch: pytest.MonkeyPatch, few_pages: None
) -> None:
    def fails(*_: object, **__: object) -> subprocess.CompletedProcess[str]:
        return subprocess.CompletedProcess([], 1, "a page is broken\n", "Aborted\n")

    monkeypatch.setattr(build.subprocess, "run", fails)
    site = write(folder / "site", {"data/practices.json": "[]", "old.html": ""})
    before = times(site)
    done = run(build, "--output", str(site))
    assert done.status == 1
    assert done.err.endswith(
        "build: mkdocs failed for en, whose pages lie in docs/en/:\na page is broken\nAborted\n"
        "build: stopped, the site is as it was\n"
    )
    assert times(site) == before


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ("[a page](nope.md)", "'nope.md'"),
        ("![an image](nope.png)", "'nope.png'"),
        ("[a folder](../nope/)", "'../nope/'"),
        ("[an address](/nope/)", "'/nope/'"),
        ("[a heading](#nope)", "'#nope'"),
        ("[a heading elsewhere](../contribute/index.md#nope)", "'../contribute/index.md#nope'"),
    ],
)
def test_a_dead_link_in_a_hand_written_page_stops_the_build(
    folder: Path, run: Runner, few_pages: None, monkeypatch: pytest.MonkeyPatch, wrong: str, told: str
) -> None:
    monkeypatch.setattr(build, "CODES", ("en",))
    handwritten = folder / "docs" / "en"
    for page in handwritten.rglob("*.md"):
        page.write_text("# Nothing but a title\n", encoding="utf-8")
    method = handwritten / "about" / "method.md"
    site = write(folder / "site", {"data/practices.json": "[]", "old.html": ""})
    before = times(site)
    method.write_text(f"# Method\n\n{wrong}\n", encoding="utf-8")
    done = run(build, "--output", str(site))
    assert done.status == 1
    [line] = [line for line in done.err.splitlines() if "about/method.md" in line]
    assert told in line
    assert done.err.endswith("build: stopped, the site is as it was\n")
    assert times(site) == before


def test_files_beside_hand_written_pages_are_published_with_them(folder: Path, catalogue: Catalogue) -> None:
    image = b"\x89PNG\r\n\x1a\n and more that is no text \xff"
    (folder / "docs" / "en" / "about" / "bars.png").write_bytes(image)
    target = folder / "build" / "docs" / "en"
    generate.generate(catalogue, "en", target, folder)
    assert (target / "about" / "bars.png").read_bytes() == image
    (folder / "docs" / "en" / "about" / "bars.png").unlink()
    generate.generate(catalogue, "en", target, folder)
    assert not (target / "about" / "bars.png").exists()


def test_mkdocs_is_told_to_be_strict_and_that_the_pages_are_there(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    called: list[tuple[list[str], dict[str, Any]]] = []

    def succeeds(arguments: list[str], **options: Any) -> subprocess.CompletedProcess[str]:
        called.append((arguments, options))
        return subprocess.CompletedProcess(arguments, 0, "out\n", "INFO    -  Building\nerr\n")

    monkeypatch.setattr(build.subprocess, "run", succeeds)
    assert build.build_language("fr", folder / "target") == "out\nerr\n"
    [(arguments, options)] = called
    assert arguments[:4] == [sys.executable, "-m", "mkdocs", "build"]
    assert "--strict" in arguments
    assert "--quiet" not in arguments, "it would switch off what --strict asks for"
    assert arguments[-4:] == ["--config-file", f"{folder}/mkdocs.fr.yml", "--site-dir", f"{folder}/target"]
    assert options["cwd"] == folder
    assert options["env"]["ATLAS_GENERATED"] == "1"


@pytest.mark.parametrize("name", ["SITE_URL", "REPO_URL"])
@pytest.mark.parametrize("value", ["javascript:alert(1)", "atlas.example", 'https://atlas.example/"onload="'])
def test_a_wrong_address_in_the_environment_is_wrong_use(
    folder: Path, run: Runner, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    for script, told in ((build, "atlas build: error: "), (serve, "atlas serve: error: "), (zensical, "zensical: ")):
        done = run(script)
        assert done.status == 2
        assert f"{told}{name} is '{value}'; it must be an address that begins with https://\n" in done.err


@pytest.mark.parametrize("value", ["yesterday", "1e9", "99999999999999999999"])
def test_a_wrong_time_in_the_environment_is_wrong_use(
    folder: Path, run: Runner, monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", value)
    for script in (build, serve, zensical):
        done = run(script)
        assert done.status == 2
        assert f"SOURCE_DATE_EPOCH is '{value}'; it must be a number of seconds since 1970\n" in done.err


@pytest.mark.parametrize(("seconds", "stale"), [("1785000000", False), ("1885000000", True)])
def test_the_day_of_the_build_says_what_is_old(
    folder: Path, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch, seconds: str, stale: bool
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", seconds)
    edit(folder / DESK, "\nkind: service\n", '\nverified: {day: "2026-03-02", how: operator}\nkind: service\n')
    reading = loader.load(folder)
    assert reading.catalogue is not None, reading.problems
    generate.generate(reading.catalogue, "en", folder / "build" / "docs" / "en", folder)
    page = (folder / "build/docs/en/practices/welcome-desk/index.md").read_text(encoding="utf-8")
    note = yaml.safe_load((folder / "scripts/strings/en.yml").read_text(encoding="utf-8"))["practice"]["stale"]
    assert (note in page) is stale


@pytest.mark.parametrize("output", [".", "docs", "practices", "mkdocs.yml"])
def test_a_folder_that_holds_something_else_is_not_replaced_by_the_site(
    folder: Path, run: Runner, monkeypatch: pytest.MonkeyPatch, output: str
) -> None:
    monkeypatch.chdir(folder)
    before = times(folder)
    done = run(build, "--output", output)
    assert done.status == 2
    assert "holds something other than a built site" in done.err
    assert times(folder) == before


def test_an_empty_folder_can_become_the_site(tiny_build: Path, run: Runner) -> None:
    (tiny_build / "site").mkdir()
    assert run(build, "--output", str(tiny_build / "site")).status == 0
    assert contents(tiny_build / "site").keys() == TINY_SITE


# mkdocs_hooks.py


@pytest.mark.parametrize(("configuration", "language"), [("mkdocs.en.yml", "en"), ("mkdocs.fr.yml", "fr")])
def test_mkdocs_writes_the_pages_of_its_language_first(
    folder: Path, few_pages: None, caplog: pytest.LogCaptureFixture, configuration: str, language: str
) -> None:
    caplog.set_level(logging.INFO, "mkdocs.hooks.atlas")
    edit(folder / DESK, *PLAIN_ADDRESS)
    config = load_config(str(folder / configuration))
    assert mkdocs_hooks.on_config(config) is config
    written = contents(folder / "build" / "docs" / language)
    assert written["index.md"] == b"the front page"
    assert written["about/method.md"] == (folder / "docs" / language / "about" / "method.md").read_bytes()
    assert [(entry.levelno, entry.getMessage().splitlines()[0]) for entry in caplog.records] == [
        (logging.INFO, "The records have problems:"),
        (logging.INFO, f"{len(written)} pages and files are up to date in {config.docs_dir}"),
    ]


def page_of(source: str, front: str) -> BuiltPage:
    file = File(source, None, "site", use_directory_urls=True)
    page = BuiltPage(None, file, MkDocsConfig())
    page.meta = {"layout": front} if front else {}
    return page


def test_the_html_of_a_generated_page_passes_by_the_markdown_parser() -> None:
    page, block = page_of("themes/index.md", "atlas"), '<div>\n<h1 id="top">_Themes_</h1>\n</div>'
    assert mkdocs_hooks.on_page_markdown(f"\n{block}\n\n", page) == ""
    assert mkdocs_hooks.on_page_content("", page) == block
    assert page.present_anchor_ids is None
    assert mkdocs_hooks.on_page_content("<p>next</p>", page) == "<p>next</p>"  # nothing is kept


@pytest.mark.parametrize("front", ["", "other"])
def test_a_hand_written_page_goes_through_the_markdown_parser(front: str) -> None:
    page = page_of("about/method.md", front)
    page.present_anchor_ids = {"method"}
    assert mkdocs_hooks.on_page_markdown("# Method", page) == "# Method"
    assert mkdocs_hooks.on_page_content("<h1>Method</h1>", page) == "<h1>Method</h1>"
    assert page.present_anchor_ids == {"method"}


def test_mkdocs_leaves_pages_alone_that_were_written_for_it(
    folder: Path, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch, few_pages: None
) -> None:
    generate.generate(catalogue, "en", folder / "build" / "docs" / "en", folder)
    monkeypatch.setenv("ATLAS_GENERATED", "1")
    before = times(folder / "build")
    edit(folder / DESK, *WRONG_KIND)
    config = load_config(str(folder / "mkdocs.en.yml"))
    assert mkdocs_hooks.on_config(config) is config
    assert times(folder / "build") == before


def test_mkdocs_stops_where_records_have_errors(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    edit(folder / DESK, *WRONG_KIND)
    with pytest.raises(Abort, match="nothing was built"):
        mkdocs_hooks.on_config(load_config(str(folder / "mkdocs.en.yml")))
    [entry] = caplog.records
    assert entry.levelno == logging.ERROR
    assert f"{DESK}:9:7: error[unknown-term]" in entry.getMessage()
    assert contents(folder / "build") == {}


def test_mkdocs_stops_where_an_address_in_the_environment_is_wrong(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REPO_URL", "javascript:alert(1)")
    with pytest.raises(Abort, match="REPO_URL is 'javascript:alert\\(1\\)'"):
        mkdocs_hooks.on_config(load_config(str(folder / "mkdocs.en.yml"), repo_url=""))


def test_somebody_who_runs_mkdocs_sees_the_problem_and_no_traceback(folder: Path) -> None:
    edit(folder / DESK, *WRONG_KIND)
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--quiet", "-f", "mkdocs.en.yml"],
        cwd=folder,
        text=True,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 1
    assert f"{DESK}:9:7: error[unknown-term]" in done.stderr
    assert "The records have errors: nothing was built." in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr


class FakeServer:
    """Remembers what it is told to watch and does not serve."""

    def __init__(self, *watched: str, ends: BaseException | None = None) -> None:
        self.watched = list(watched)
        self.ends = ends
        self.is_shut_down = False

    def watch(self, path: str) -> None:
        self.watched.append(path)

    def unwatch(self, path: str) -> None:
        self.watched.remove(path)

    def serve(self) -> None:
        if self.ends:
            raise self.ends

    def shutdown(self) -> None:
        self.is_shut_down = True


def test_mkdocs_watches_what_pages_are_made_of_instead_of_the_pages(folder: Path) -> None:
    config = load_config(str(folder / "mkdocs.en.yml"))
    server = FakeServer(config.docs_dir, "mkdocs.yml")
    assert mkdocs_hooks.on_serve(server, config, lambda: None) is server
    assert server.watched[0] == "mkdocs.yml"
    assert set(server.watched[1:]) == {
        str(folder / name) for name in ("practices", "schema", "docs", "scripts/strings", "scripts/templates")
    }
    assert all(Path(path).is_dir() for path in server.watched[1:])


# serve.py


def test_the_preview_shows_an_edited_record_and_stays_as_it_was_with_a_broken_one(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ATLAS_GENERATED", "1")
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "1")
    every_page = SitePages.pages

    def without_terms(site: SitePages) -> Iterator[Page]:
        return (page for page in every_page(site) if page.file.startswith(("practices/", "index.md")))

    monkeypatch.setattr(SitePages, "pages", without_terms)  # for speed
    built = folder / "build" / "serve"
    write(built, {"left-over.html": ""})
    preview = serve.Preview(built)
    assert not built.exists()

    preview()
    pages = [built / "practices/welcome-desk/index.html", built / "fr/practices/welcome-desk/index.html"]
    texts = [page.read_text(encoding="utf-8") for page in pages]
    assert "on two mornings a week" in texts[0]
    assert "deux matins par semaine" in texts[1]
    assert re.search(r"^check: No problems\.\npreview: up to date after [\d.]+ s\n\Z", capsys.readouterr().err, re.M)

    before = times(built)
    edit(folder / DESK, "on two mornings", "on three mornings")
    edit(folder / DESK, "deux matins", "trois matins")
    preview()
    texts = [page.read_text(encoding="utf-8") for page in pages]
    assert "on three mornings a week" in texts[0]
    assert "trois matins par semaine" in texts[1]
    changed = {path for path, time in times(built).items() if before.get(path) != time}
    assert {path for path in changed if path.endswith("index.html") and "welcome-desk" not in path} == set()
    assert before.keys() <= times(built).keys()
    capsys.readouterr()

    before = times(built)
    edit(folder / DESK, *WRONG_KIND)
    preview()
    assert capsys.readouterr().err == (
        f"{DESK}:9:7: error[unknown-term] 'servise' is not a kind; did you mean 'service'?\n"
        "    Every term stands in its vocabulary, every country code in ISO 3166-1.\n"
        "check: 1 error, 0 warnings.\n"
    )
    assert times(built) == before


def test_the_preview_tells_of_warnings_that_an_edit_brings_and_drops_deleted_records(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], few_pages: None
) -> None:
    def build_with_mkdocs(config: Any, dirty: bool) -> None:
        for source in Path(config.docs_dir).rglob("*.md"):
            path = source.relative_to(config.docs_dir).with_suffix("")
            path = path.parent if path.name == "index" else path
            write(Path(config.site_dir), {f"{path}/index.html": ""})

    monkeypatch.setattr(serve, "build_with_mkdocs", build_with_mkdocs)
    edit(folder / DESK, *PLAIN_ADDRESS)
    preview = serve.Preview(folder / "build" / "serve")
    preview()
    assert capsys.readouterr().err.startswith("check: 0 errors, 1 warning. ('make check' lists them)\npreview: ")

    edit(folder / DESK, "deux matins", "deux  matins!")
    preview()
    told = capsys.readouterr().err
    assert "warning[french-typography]" in told
    assert "plain-http" not in told
    assert "check: 0 errors, 2 warnings. ('make check' lists them)\n" in told

    gone = folder / "docs" / "en" / "about" / "method.md"
    built = [folder / f"build/serve/{path}/index.html" for path in ("about/method", "fr/about/method")]
    assert all(page.is_file() for page in built)
    gone.unlink()
    preview()
    assert [page.is_file() for page in built] == [False, True]


def copied(config: Any, dirty: bool) -> None:
    """Stands for mkdocs: puts every file in its place that is not there yet, pages as folders."""
    assert dirty, "a full build of English would empty the folder of French"
    for path, content in contents(Path(config.docs_dir)).items():
        name = re.sub(r"(/index|(?<=[^/]))\.md$", "/index.html", f"/{path}").removeprefix("/")
        file = Path(config.site_dir) / name
        if not file.exists():
            write(file.parent, {file.name: content.decode("utf-8", "replace")})


def test_nothing_is_left_in_the_preview_of_what_is_gone(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serve, "build_with_mkdocs", copied)
    image = folder / "docs" / "fr" / "about" / "images" / "bars.png"
    write(image.parent, {image.name: "bars"})
    built = folder / "build" / "serve"
    preview = serve.Preview(built)
    preview()
    before = contents(built)
    about_play_group = {path for path in before if "play-group" in path}
    assert {f"{place}compare/play-group.json" for place in ("", "fr/")} < about_play_group
    assert {f"{place}explore/texts/play-group.json" for place in ("", "fr/")} < about_play_group
    assert "fr/about/images/bars.png" in before

    (folder / "practices" / "play-group.yml").unlink()
    (folder / "schema" / "questions.yml").write_text("questions: []\n", encoding="utf-8")
    image.unlink()
    with (folder / "docs" / "theme" / "atlas" / "search.js").open("a", encoding="utf-8") as script:
        script.write("\n")
    preview()
    assert {path for path in contents(built) if "play-group" in path} == set()
    sources = {language: folder / "build" / "docs" / language for language in ("en", "fr")}
    expected = serve.built_from(sources["en"]) | {f"fr/{path}" for path in serve.built_from(sources["fr"])}
    assert contents(built).keys() == expected, "old scripts go too"
    assert [path for path in built.rglob("*") if path.is_dir() and not any(path.iterdir())] == []


def test_the_preview_builds_every_page_again_when_the_frame_changes(
    folder: Path, monkeypatch: pytest.MonkeyPatch, few_pages: None
) -> None:
    built = folder / "build" / "serve"
    missing: list[set[str]] = []

    def build_with_mkdocs(config: Any, dirty: bool) -> None:
        before = contents(built).keys() if built.exists() else set()
        copied(config, dirty)
        missing.append(contents(built).keys() - before)

    monkeypatch.setattr(serve, "build_with_mkdocs", build_with_mkdocs)
    preview = serve.Preview(built)
    preview()
    pages = [{path for path in found if path.endswith(".html")} for found in missing]
    assert {"index.html", "about/method/index.html"} < pages[0]
    assert {"fr/index.html", "fr/about/method/index.html"} < pages[1]

    missing.clear()
    preview()
    assert missing == [set(), set()]

    style = folder / "docs" / "theme" / "atlas" / "atlas.css"
    (style.parent / ".#atlas.css").symlink_to("anna@machine.1234:5678")  # Emacs' lock, which leads nowhere
    (style.parent / "atlas.css~").write_text("before", encoding="utf-8")
    preview()
    assert missing == [set()] * 4

    missing.clear()
    edit(folder / "docs" / "theme" / "404.html", "<h1>404</h1>", "<h1>404, not found</h1>")
    preview()
    assert missing == pages


def eventually(happens: Callable[[], bool]) -> bool:
    """Whether something happens within the patience of a test, however slow the machine is."""
    end = time.monotonic() + 60
    while not happens() and time.monotonic() < end:
        time.sleep(0.02)
    return happens()


def test_the_preview_notices_edits_after_a_folder_went_and_came_back(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serve, "INTERVAL", 0.02)
    preview = serve.Preview(folder / "build" / "serve")
    trigger, ended = folder / "build" / ".changed", threading.Event()
    practices, away = folder / "practices", folder.parent / "practices"

    def noticed(change: Callable[[], object]) -> bool:
        preview.seen = serve.snapshot(serve.WATCHED)
        trigger.unlink(missing_ok=True)
        change()
        return eventually(trigger.exists)

    preview.seen = serve.snapshot(serve.WATCHED)
    watching = threading.Thread(target=serve.watch, args=(preview, trigger, ended))
    watching.start()
    try:
        assert noticed(lambda: practices.rename(away))
        assert noticed(lambda: away.rename(practices))
        assert noticed(lambda: edit(folder / DESK, "on two mornings", "on three mornings"))
        assert noticed((folder / "practices" / "play-group.yml").unlink)
    finally:
        ended.set()
        watching.join()


def test_the_preview_does_not_watch_what_editors_leave_behind(folder: Path) -> None:
    before = serve.snapshot(serve.WATCHED)
    assert str(folder / DESK) in before
    assert str(folder / "mkdocs.yml") in before
    for name in (".#welcome-desk.yml", "welcome-desk.yml~", ".welcome-desk.yml.swp"):
        (folder / "practices" / name).write_text("x", encoding="utf-8")
    (folder / "docs" / "theme" / "nowhere.css").symlink_to("nowhere")
    assert serve.snapshot(serve.WATCHED) == before


@pytest.fixture
def previews(folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The folders for which a preview was made; instead of building, a preview makes an empty front page."""
    made: list[Path] = []

    class FakePreview:
        def __init__(self, target: Path) -> None:
            made.append(target)
            self.seen: serve.Snapshot = {}

        def __call__(self) -> None:
            self.seen = serve.snapshot(serve.WATCHED)
            write(made[-1], {"index.html": "the front page"})

    monkeypatch.setattr(serve, "Preview", FakePreview)
    # The command sets these for itself; they end with the test.
    monkeypatch.setenv("ATLAS_GENERATED", "")
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "")
    logger = logging.getLogger("mkdocs")
    monkeypatch.setattr(logger, "level", logger.level)
    return made


def test_the_preview_is_served_until_it_is_interrupted(
    folder: Path, run: Runner, monkeypatch: pytest.MonkeyPatch, previews: list[Path]
) -> None:
    server = FakeServer(ends=KeyboardInterrupt())
    options: dict[str, Any] = {}

    def make_server(builder: object, **given: Any) -> FakeServer:
        options.update(given)
        return server

    monkeypatch.setattr(serve, "LiveReloadServer", make_server)
    assert run(serve, "--port", "8123") == Outcome(0, "", "preview: http://127.0.0.1:8123/ (Ctrl-C ends it)\n")
    assert previews == [folder / "build" / "serve"]
    assert options == {"host": "127.0.0.1", "port": 8123, "root": str(folder / "build" / "serve")}
    assert server.watched == [str(folder / "build" / ".changed")]
    names = {"practices", "schema", "docs", "scripts/strings", "scripts/templates"}
    assert set(serve.WATCHED) == names | {"mkdocs.yml", "mkdocs.en.yml", "mkdocs.fr.yml"}
    assert all(Path(path).exists() for path in server.watched)
    assert server.is_shut_down
    assert os.environ["ATLAS_GENERATED"] == "1"


def test_a_port_that_is_taken_is_told(run: Runner, previews: list[Path]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        done = run(serve, "--port", str(port))
    assert done.status == 1
    assert done.err.endswith("Address already in use; choose another port with --port\n")


# zensical.py


class FakeZensical:
    """Stands for `subprocess.run`: remembers each call and the configuration file as it was then, and may fail."""

    def __init__(self, failing: type[OSError] | int = 0) -> None:
        self.failing = failing
        self.calls: list[tuple[list[str], dict[str, Any]]] = []
        self.configurations: list[tuple[str, dict[str, Any]]] = []

    def __call__(self, arguments: list[str], **options: Any) -> None:
        file = Path(arguments[-1])
        configuration = yaml.safe_load(file.read_text(encoding="utf-8"))
        self.calls.append((arguments, options))
        self.configurations.append((file.name, configuration))
        if isinstance(self.failing, type):
            raise self.failing(2, "No such file or directory")
        if self.failing:
            raise subprocess.CalledProcessError(self.failing, arguments)
        copies = {"atlas/atlas.css": "", "atlas/card.png": "", f"{configuration['extra']['assets']}atlas.css": ""}
        write(file.parent / configuration["site_dir"], {"index.html": file.name, **copies})


@pytest.fixture
def engine(folder: Path, monkeypatch: pytest.MonkeyPatch, few_pages: None) -> FakeZensical:
    fake = FakeZensical()
    monkeypatch.setattr(zensical, "ENGINE", folder / ".venv-zensical" / "bin" / "zensical")
    monkeypatch.setattr(zensical, "TARGET", folder / "build" / "zensical")
    monkeypatch.setattr(zensical.subprocess, "run", fake)
    return fake


def configurations(folder: Path) -> list[Path]:
    return list(folder.glob(".zensical*"))


def test_zensical_builds_both_languages_and_french_below_english(
    folder: Path, run: Runner, engine: FakeZensical
) -> None:
    write(folder / "build" / "zensical", {"en/left-over.html": ""})
    done = run(zensical)
    assert done == Outcome(0, "", "check: No problems.\nzensical: all languages are in build/zensical/en\n")
    built = contents(folder / "build" / "zensical")
    assert built["en/index.html"] == b".zensical.en.yml"
    assert built["en/fr/index.html"] == b".zensical.fr.yml"
    assets = generate.assets_folder(folder / "build" / "docs" / "en")
    each = {"index.html", "atlas/card.png", f"{assets}atlas.css"}  # and the theme's copies of scripts and styles go
    assert built.keys() == {f"{place}{path}" for place in ("en/", "en/fr/") for path in each}
    assert (folder / "build" / "docs" / "fr" / "index.md").read_text(encoding="utf-8") == "the front page"


def test_zensical_gets_a_configuration_of_its_own_for_as_long_as_it_runs(
    folder: Path, run: Runner, engine: FakeZensical
) -> None:
    run(zensical)
    extra = {"assets": generate.assets_folder(folder / "build" / "docs" / "en")}
    assert engine.configurations == [
        (".zensical.en.yml", {"INHERIT": "mkdocs.en.yml", "site_dir": "build/zensical/en", "extra": extra}),
        (".zensical.fr.yml", {"INHERIT": "mkdocs.fr.yml", "site_dir": "build/zensical/fr", "extra": extra}),
    ]
    assert configurations(folder) == []
    arguments, options = engine.calls[1]
    program = str(folder / ".venv-zensical" / "bin" / "zensical")
    assert arguments == [program, "build", "--clean", "--config-file", str(folder / ".zensical.fr.yml")]
    assert options["cwd"] == folder
    assert options["check"] is True
    assert options["env"]["ATLAS_GENERATED"] == "1"


@pytest.mark.parametrize(("failing", "told"), [(3, "returned non-zero exit status 3"), (OSError, "No such file")])
def test_zensical_leaves_no_configuration_where_it_fails(
    folder: Path, run: Runner, engine: FakeZensical, failing: type[OSError] | int, told: str
) -> None:
    engine.failing = failing
    done = run(zensical)
    assert done.status == 1
    assert told in done.err.splitlines()[-1]
    assert done.err.splitlines()[-1].startswith("zensical: ")
    assert [name for name, _ in engine.configurations] == [".zensical.en.yml"]
    assert configurations(folder) == []


def test_zensical_builds_nothing_from_broken_records(folder: Path, run: Runner, engine: FakeZensical) -> None:
    edit(folder / DESK, *WRONG_KIND)
    write(folder / "build" / "zensical", {"en/index.html": "before"})
    done = run(zensical)
    assert done.status == 1
    assert f"{DESK}:9:7: error[unknown-term]" in done.err
    assert engine.calls == []
    assert contents(folder / "build" / "zensical") == {"en/index.html": b"before"}
