"""Fixtures of the built site, shared by the tests of its files and those in a browser."""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from filelock import FileLock
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from tests.site_builder import ADDRESS, Built, build_site


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Built:
    """The site of the made-up records, which all workers share: the first that asks builds it. No test changes it."""
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "shared-site"
    finished = folder.with_suffix(".finished")
    with FileLock(folder.with_suffix(".lock")):
        if not finished.exists():
            shutil.rmtree(folder, ignore_errors=True)
            build_site(folder)
            finished.touch()
    return Built(folder, folder / "site")


@pytest.fixture(scope="session")
def second_site(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The same site built once more, for tests that compare the two or build again."""
    return build_site(tmp_path_factory.mktemp("second"))


class _Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves a folder, the site's 404 page for what is not there, and nothing to the log."""

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name that it overrides
        pass

    def translate_path(self, path: str) -> str:
        # The 404 page names its files from the root of the site's address, which lies in a folder of its host.
        folder = urlsplit(ADDRESS).path
        return super().translate_path("/" + path.removeprefix(folder) if path.startswith(folder) else path)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        body = (Path(self.directory) / "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture(scope="session")
def served(site: Built) -> Iterator[str]:
    """The address at which the built site is served on this machine."""
    handler = functools.partial(_Quiet, directory=str(site.root))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def chromium() -> str:
    """The system's Chromium; a missing one fails with the way to get it."""
    for name in (os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome"):
        if name and (found := shutil.which(name)):
            return found
    pytest.fail(
        "no Chromium was found: install it (Debian and Ubuntu: sudo apt-get install chromium; macOS: brew install "
        "--cask chromium), or set CHROMIUM to its path"
    )


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    options = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium(), args=options)
        yield running
        running.close()


OWN = """
    window.own = (name) => import(new URL(`../${name}`, document.querySelector("script[src$='/search/main.js']").src));
"""
"""A function for the tests in the browser that gives a script of the site by its name: its folder bears its version."""


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.add_init_script(OWN)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()
