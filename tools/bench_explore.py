"""Measure the explore page in a real browser on synthetic records: bytes, requests, script and waiting times.

The page stands alone, without the site's frame, so that what is counted is what it adds. It needs Playwright (one of
the development requirements) and Chromium (`CHROMIUM` may give its path).
"""

from __future__ import annotations

import functools
import gzip
import http.server
import os
import random
import shutil
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import msgspec

from catalogue.finding import explore_data, search_index
from catalogue.loader import load
from catalogue.model import LANGUAGES, Catalogue, Practice
from catalogue.pages.all_pages import SitePages
from catalogue.presenting.context import Addresses, PageContext, SiteIndex
from catalogue.presenting.localisation import Localisation
from catalogue.presenting.world_map import WorldMap
from commands.terminal import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Page

SEED = 20261122
QUERIES = 12
"""How many texts are looked for."""

BUDGETS = {
    "first visit": (60.0, "KB at 1 000"),
    "first words": (200.0, "KB more"),
    "filter click": (50.0, "ms of script at 10 000"),
    "text query": (300.0, "ms at 10 000"),
    "longest task": (200.0, "ms"),
}

PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Explore</title>
<link rel="stylesheet" href="../atlas/atlas.css"><link rel="stylesheet" href="../atlas/search.css">
<body data-md-color-scheme="default"><main class="md-typeset">{body}</main></body></html>"""

OBSERVE = """
window.longest = 0;
new PerformanceObserver((list) => {
  window.longest = Math.max(window.longest, ...list.getEntries().map((entry) => entry.duration));
}).observe({type: "longtask", buffered: true});
"""

WAITED = """(act) => new Promise((resolve) => {
  const place = document.querySelector("#explore");
  const start = performance.now();
  const observer = new MutationObserver(() => {
    if (place.getAttribute("aria-busy") !== "false") return;
    observer.disconnect();
    resolve(performance.now() - start);
  });
  observer.observe(place, {attributes: true, attributeFilter: ["aria-busy"]});
  if (act.query) {
    document.querySelector("#explore-q").value = act.query;
    document.querySelector(".explore-words").requestSubmit();
  } else document.querySelector(act.click).click();
})"""


class _Zipped(http.server.SimpleHTTPRequestHandler):
    """Serves a folder compressed and over connections that stay open, as hosts do."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # otherwise every answer waits 40 ms for the browser to confirm its first half
    zipped: ClassVar[dict[Path, bytes]] = {}

    @classmethod
    def prepare(cls, folder: Path) -> None:
        """Compress now what would otherwise be compressed while the browser waits."""
        cls.zipped = {file: gzip.compress(file.read_bytes(), 6) for file in folder.rglob("*") if file.is_file()}

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name that it overrides
        """Says nothing."""

    def do_GET(self) -> None:
        """Sends a file, compressed."""
        file = Path(self.translate_path(self.path))
        file = file / "index.html" if file.is_dir() else file
        if file not in self.zipped:
            self.send_error(404)
            return
        data = self.zipped[file]
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(file)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    _Zipped.prepare(folder)
    handler = functools.partial(_Zipped, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@dataclass
class Traffic:
    """What the browser loaded: compressed bytes, by address."""

    sizes: dict[str, int] = field(default_factory=dict)

    def watch(self, page: Page) -> None:
        """Count from now on."""
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        urls: dict[str, str] = {}
        session.on("Network.requestWillBeSent", lambda e: urls.update({e["requestId"]: e["request"]["url"]}))
        session.on("Network.loadingFinished", lambda e: self._add(urls[e["requestId"]], e["encodedDataLength"]))

    def _add(self, url: str, size: float) -> None:
        self.sizes[url] = int(size)

    def own(self) -> dict[str, int]:
        """What the explore page itself brought, without what every page of the site loads."""
        shared = ("/atlas/atlas.css", "/atlas/search.css", "/atlas/dom/")
        return {url: size for url, size in self.sizes.items() if not any(part in url for part in shared)}


def real_words(catalogue: Catalogue) -> Mapping[str, list[str]]:
    """All words of the real records, as often as they stand there, by language."""
    return {
        language: [
            word
            for practice in catalogue.practices.values()
            for text in (practice.summary, practice.approach, practice.context or {})
            for word in text.get(language, "").split()
        ]
        for language in LANGUAGES
    }


def synthetic(catalogue: Catalogue, count: int, make: Any) -> Catalogue:
    """A catalogue of `count` practices that `make` gives, with the real registers."""
    practices = {}
    for number in range(count):
        found = msgspec.convert(make(number, count), type=Practice)
        practices[found.id] = found
    return replace(catalogue, practices=practices)


def written(catalogue: Catalogue, folder: Path) -> PageContext:
    """Write the page and its data into a folder; returns the context that wrote it."""
    shutil.copytree(ROOT / "docs" / "theme" / "atlas", folder / "atlas")
    pages = SitePages(
        SiteIndex.of(catalogue), Localisation.read(ROOT / "scripts" / "strings", "en"), Addresses(), ROOT
    )  # fmt: skip
    ctx = pages.context(1)
    (page,) = explore_data.pages(pages.context, _page)
    body = pages.render(page).split("\n---\n", 1)[1]
    (folder / "explore").mkdir()
    (folder / "explore" / "index.html").write_text(PAGE.replace("{body}", body), encoding="utf-8")
    for path, text in explore_data.files(ctx, WorldMap.read(ROOT)):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return ctx


def _page(*values: Any) -> Any:
    from catalogue.pages.all_pages import Page

    return Page(*values)


def queries(ctx: PageContext) -> list[str]:
    """Words and pairs of words that stand in few or many practices, but in less than half of them."""
    pick = random.Random(SEED)  # noqa: S311 - test data, no secret
    rows = explore_data.ordered(ctx)
    by_frequency = {word: times for word, times, *_ in search_index.index(ctx, rows).words}
    words = [word for word, times in by_frequency.items() if times < len(rows) / 2 and len(word) > 3]
    common = sorted(words, key=lambda word: -by_frequency[word])[:40]
    found = pick.sample(common, min(len(common), QUERIES // 2)) + pick.sample(words, QUERIES // 4)
    return found + [" ".join(pick.sample(common, 2)) for _ in range(QUERIES - len(found))]


class Clock:
    """How long scripts of a page have run, in milliseconds: what a busy machine does not stretch as it does waiting."""

    def __init__(self, page: Page) -> None:
        """Starts counting."""
        self._session = page.context.new_cdp_session(page)
        self._session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def script(self) -> float:
        """So far."""
        metrics = {m["name"]: m["value"] for m in self._session.send("Performance.getMetrics")["metrics"]}
        return float(metrics["ScriptDuration"]) * 1000


def measure(catalogue: Catalogue, count: int, make: Any) -> dict[str, str]:
    """Everything at one size: what was measured to what was found, in words."""
    from playwright.sync_api import sync_playwright

    executable = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        ctx = written(synthetic(catalogue, count, make), folder)
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox", "--disable-gpu"])
        with _served(folder) as address:
            page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
            page.add_init_script(OBSERVE)
            traffic = Traffic()
            traffic.watch(page)
            page.goto(f"{address}explore/")
            page.wait_for_selector("#explore[aria-busy=false]", state="attached")
            page.wait_for_load_state("networkidle")
            first = traffic.own()
            page.evaluate("document.querySelectorAll('details.filter').forEach((e) => (e.open = true))")
            page.wait_for_timeout(300)
            clock = Clock(page)
            clicks = _clicks(page, clock)
            page.evaluate("document.querySelectorAll('details.filter').forEach((e, at) => (e.open = at < 2))")
            page.goto(f"{address}explore/")
            page.wait_for_selector("#explore[aria-busy=false]", state="attached")
            page.wait_for_load_state("networkidle")
            before = sum(traffic.own().values())
            waits, after = [], 0
            for query in queries(ctx):
                waits.append(float(page.evaluate(WAITED, {"query": query})))
                page.wait_for_load_state("networkidle")
                after = after or sum(traffic.own().values())
            longest = float(page.evaluate("window.longest"))
        browser.close()
    requests = len(first)
    return {
        "first visit": f"{sum(first.values()) / 1000:.1f} KB, {requests} requests",
        "first words": f"{(after - before) / 1000:.1f} KB more",
        "filter click": f"{max(clicks):.1f} ms of script at most, {_usual(clicks):.1f} usually",
        "text query": f"{max(waits):.0f} ms at most, {_usual(waits):.0f} usually",
        "longest task": f"{longest:.0f} ms",
    }


def _usual(values: list[float]) -> float:
    return sorted(values)[len(values) // 2]


def _clicks(page: Page, clock: Clock) -> list[float]:
    """Milliseconds of script of a click on a choice of every filter, all filters being open."""
    found = []
    for key in explore_data.ORDER:
        box = f"details[data-filter={key}] input[type=checkbox]:enabled"
        if not page.locator(box).count():
            continue
        for _ in range(2):  # on and off
            before = clock.script()
            page.evaluate(WAITED, {"click": box})
            found.append(clock.script() - before)
    return found


def report(sizes: list[int], maker: Any) -> None:
    """Measure every size and print a table; `maker` makes the makers of records from the words to write them with."""
    catalogue = load(ROOT).catalogue
    assert catalogue is not None  # the project's own records
    words = real_words(catalogue)
    print(f"{'records':>7} {'measured':13} {'found':52} budget")
    for size in sizes:
        for what, found in measure(catalogue, size, maker(words).record).items():
            limit, unit = BUDGETS[what]
            print(f"{size:>7} {what:13} {found:52} {limit:.0f} {unit}", flush=True)
