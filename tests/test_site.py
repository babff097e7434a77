"""The whole site, built from a small catalogue: links, addresses, what is loaded, what search engines read."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree

import html5lib
import pytest
from markdown import Markdown
from tests.site_builder import ADDRESS, Built

XHTML = "{http://www.w3.org/1999/xhtml}"

# Attributes by which a page makes the browser load something without a click.
LOADING = {
    "script": "src", "img": "src", "iframe": "src", "source": "src", "video": "src", "audio": "src", "embed": "src",
    "object": "data", "use": "href",
}  # fmt: skip
LOADING_RELATIONS = {
    "stylesheet",
    "icon",
    "preload",
    "prefetch",
    "modulepreload",
    "preconnect",
    "dns-prefetch",
    "manifest",
}


class Page:
    """A built page, parsed."""

    def __init__(self, root: Path, file: Path) -> None:
        self.path = file.relative_to(root).as_posix()
        self.text = file.read_text(encoding="utf-8")
        self.tree = html5lib.parse(self.text, namespaceHTMLElements=True)
        self.ids = {element.get("id") for element in self.tree.iter() if element.get("id")}

    def every(self, name: str) -> Iterator[ElementTree.Element]:
        return self.tree.iter(f"{XHTML}{name}")

    def meta(self, name: str) -> str | None:
        """What the page says of itself under a name."""
        return next(
            (m.get("content") for m in self.every("meta") if name in (m.get("name"), m.get("http-equiv"))), None
        )

    @property
    def has_moved(self) -> bool:
        """Whether the page is an earlier address of another one, and leads on."""
        return self.meta("refresh") is not None

    @property
    def address(self) -> str:
        return "/" + self.path.removesuffix("index.html")


@pytest.fixture(scope="session")
def pages(site: Built) -> dict[str, Page]:
    found = [Page(site.root, file) for file in sorted(site.root.rglob("*.html"))]
    return {page.address: page for page in found}


def test_every_internal_link_and_anchor_resolves(site: Built, pages: dict[str, Page]) -> None:
    broken = []
    for page in pages.values():
        if page.path == "404.html":
            continue  # its links are absolute, from the root of the site's address; they have a test of their own
        for link in page.every("a"):
            target = link.get("href")
            assert target is not None, f"{page.path}: a link without an address"
            absolute = urlsplit(urljoin(f"https://site.test{page.address}", target))
            if absolute.netloc != "site.test":
                continue
            if absolute.path.startswith(("/data/", "/fr/data/")):
                if not (site.root / absolute.path[1:]).is_file():
                    broken.append((page.path, target))
                continue
            found = pages.get(absolute.path)
            if found is None or (absolute.fragment and absolute.fragment not in found.ids):
                broken.append((page.path, target))
    assert not broken


def test_the_404_page_speaks_both_languages_and_links_from_the_root(site: Built, pages: dict[str, Page]) -> None:
    page = pages["/404.html"]
    base = urlsplit(ADDRESS).path
    assert {element.get("lang") for element in page.every("section")} == {"en", "fr"}
    for link in page.every("a"):
        target = link.get("href") or ""
        if target.startswith("#") or urlsplit(target).netloc:
            continue
        assert target.startswith(base), target
        assert "//" not in target
        assert f"/{target.removeprefix(base).lstrip('./')}" in pages, target
    assert not (site.root / "fr" / "404.html").exists()


def test_every_file_that_a_page_loads_is_there_and_is_ours(site: Built, pages: dict[str, Page]) -> None:
    for page in pages.values():
        loaded = [
            value
            for name, attribute in LOADING.items()
            for element in page.every(name)
            if (value := element.get(attribute))
        ]
        loaded += [
            element.get("href") or ""
            for element in page.every("link")
            if LOADING_RELATIONS & set((element.get("rel") or "").split())
        ]
        assert loaded
        for address in loaded:
            base = ADDRESS if page.path == "404.html" else f"https://site.test{page.address}"
            absolute = urljoin(base, address)
            prefix = ADDRESS if page.path == "404.html" else "https://site.test/"
            assert absolute.startswith(prefix), f"{page.path} loads {absolute}"
            assert (site.root / absolute.removeprefix(prefix)).is_file(), f"{page.path} misses {absolute}"


def test_style_sheets_load_nothing_from_elsewhere(site: Built) -> None:
    for sheet in site.root.rglob("*.css"):
        for address in re.findall(r"url\(([^)]*)\)|@import\s+([^;]+)", sheet.read_text(encoding="utf-8")):
            target = "".join(address).strip("\"' ")
            assert target.startswith(("data:", "#")) or not urlsplit(target).netloc, f"{sheet.name}: {target}"


def test_both_languages_have_the_same_pages(pages: dict[str, Page]) -> None:
    english = {address for address in pages if not address.startswith("/fr/")} - {"/404.html"}
    french = {address.removeprefix("/fr") for address in pages if address.startswith("/fr/")}
    assert english == french


def test_the_language_switch_stays_on_the_page(pages: dict[str, Page]) -> None:
    for page in pages.values():
        if page.path == "404.html":
            continue
        switch = [link for link in page.every("a") if link.get("hreflang")]
        assert len(switch) == 1
        target = urljoin(f"https://site.test{page.address}", switch[0].get("href") or "")
        other = page.address.removeprefix("/fr") if page.address.startswith("/fr/") else f"/fr{page.address}"
        assert target == f"https://site.test{other}"


def test_every_page_has_one_title_one_heading_and_a_description(pages: dict[str, Page]) -> None:
    titles = {}
    for page in pages.values():
        assert len(list(page.every("h1"))) == 1, page.path
        assert len(list(page.every("main"))) == 1, page.path
        title = next(page.every("title")).text or ""
        assert title.strip()
        if not page.has_moved:
            assert titles.setdefault(title, page.path) == page.path, f"{page.path} and {titles[title]} share a title"
        description = [meta.get("content") for meta in page.every("meta") if meta.get("name") == "description"]
        assert len(description) == 1
        assert description[0]


def test_the_language_of_every_page_is_declared(pages: dict[str, Page]) -> None:
    for page in pages.values():
        root = next(page.tree.iter(f"{XHTML}html"))
        assert root.get("lang") == ("fr" if page.address.startswith("/fr/") else "en")


def test_canonical_and_alternate_links_name_the_page_in_both_languages(pages: dict[str, Page]) -> None:
    for page in pages.values():
        if page.path == "404.html" or page.has_moved:
            continue
        links = {
            ((link.get("rel") or "").strip(), link.get("hreflang")): link.get("href") for link in page.every("link")
        }
        plain = page.address.removeprefix("/fr") if page.address.startswith("/fr/") else page.address
        assert links["canonical", None] == f"{ADDRESS}{page.address[1:]}"
        assert links["alternate", "en"] == f"{ADDRESS}{plain[1:]}"
        assert links["alternate", "fr"] == f"{ADDRESS}fr/{plain[1:]}"


def test_the_site_map_lists_every_page_of_both_languages(site: Built, pages: dict[str, Page]) -> None:
    tree = ElementTree.parse(site.root / "sitemap.xml")
    namespace = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    listed = {element.text for element in tree.findall("s:url/s:loc", namespace)}
    shown = {address for address, page in pages.items() if address != "/404.html" and not page.has_moved}
    assert listed == {f"{ADDRESS}{address[1:]}" for address in shown}
    assert not (site.root / "fr" / "sitemap.xml").exists()


def test_practice_pages_tell_search_engines_what_they_are_about(pages: dict[str, Page]) -> None:
    for address in ("/practices/test-city-card/", "/fr/practices/test-city-card/"):
        scripts = [s.text for s in pages[address].every("script") if s.get("type") == "application/ld+json"]
        assert len(scripts) == 1
        data = json.loads(scripts[0] or "")
        assert data["@type"] == "Article"
        assert data["url"] == f"{ADDRESS}{address[1:]}"
        assert {place["@type"] for place in data["spatialCoverage"]} >= {"Country"}
        assert data["about"]
        assert data["citation"]


@pytest.mark.parametrize("folder", ["/", "/fr/"])
def test_an_earlier_address_leads_on_and_is_not_to_be_found(pages: dict[str, Page], folder: str) -> None:
    moved = {
        address for address, page in pages.items() if page.has_moved and address.startswith("/fr/") == (len(folder) > 1)
    }
    assert moved == {f"{folder}practices/{alias}/" for alias in ("old-test-card", "card-of-the-test-city")}
    for address in moved:
        page, new = pages[address], f"{folder}practices/test-city-card/"
        here = f"https://site.test{address}"
        seconds, _, target = (page.meta("refresh") or "").partition("; url=")
        assert (seconds, urljoin(here, target)) == ("0", f"https://site.test{new}")
        canonical = [link.get("href") or "" for link in page.every("link") if link.get("rel") == "canonical"]
        assert [urljoin(here, link) for link in canonical] == [f"https://site.test{new}"]
        assert page.meta("robots") == "noindex"
        assert new in {urlsplit(urljoin(here, link.get("href") or "")).path for link in page.every("a")}


def test_notes_lead_to_sources_and_back(pages: dict[str, Page]) -> None:
    page = pages["/practices/test-city-card/"]
    cites = {link.get("id"): link.get("href") for link in page.every("a") if (link.get("id") or "").startswith("cite-")}
    backs = {link.get("href") for link in page.every("a") if (link.get("href") or "").startswith("#cite-")}
    assert cites
    assert {f"#{anchor}" for anchor in cites} == backs
    assert all(target and target[1:] in page.ids for target in cites.values())


def test_a_term_without_practices_says_so(pages: dict[str, Page]) -> None:
    assert "Nothing is known yet" in pages["/countries/fj/"].text
    assert "Rien de connu à ce jour" in pages["/fr/countries/fj/"].text


def test_a_practice_in_one_language_is_marked_on_the_page_of_the_other(pages: dict[str, Page]) -> None:
    page = pages["/fr/practices/english-only/"]
    assert "Certaines parties de cette fiche ne sont pas encore en français" in page.text
    heading = next(page.every("h1"))
    assert heading.get("lang") == "en"
    assert any(element.get("lang") == "en" for element in page.every("p"))
    assert "pas encore en français" not in pages["/practices/english-only/"].text


def test_nothing_that_a_record_says_becomes_markup(pages: dict[str, Page]) -> None:
    page = pages["/practices/hostile-record/"]
    assert not [element for element in page.tree.iter() if element.get("onerror") or element.get("onclick")]
    assert (
        len([s for s in page.every("script") if "alert" in (s.text or "") and s.get("type") != "application/ld+json"])
        == 0
    )
    text = "".join(next(page.every("main")).itertext())
    assert "<script>alert(1)</script>" in text
    assert "</title><script>alert(2)</script>" in text
    assert "[link](javascript:alert(3))" in text
    assert "{: onclick=alert(4) }" in text


def test_markdown_gives_generated_pages_back_unchanged(site: Built) -> None:
    # The hook spares them the parser; another engine, or mkdocs without the hook, must come to the same.
    parser = Markdown(extensions=["attr_list", "def_list", "tables", "toc"])
    seen = 0
    for file in (site.project / "build" / "docs").rglob("index.md"):
        _, front, block = file.read_text(encoding="utf-8").split("---\n", 2)
        if 'layout: "atlas"' in front:
            seen += 1
            assert parser.reset().convert(block) == block.strip("\n"), file
    assert seen > 200


def test_the_build_is_the_same_twice(site: Built, second_site: Built) -> None:
    def contents(root: Path) -> dict[str, bytes]:
        return {file.relative_to(root).as_posix(): file.read_bytes() for file in root.rglob("*") if file.is_file()}

    first, second = contents(site.root), contents(second_site.root)
    assert first.keys() == second.keys()
    assert [name for name, data in first.items() if second[name] != data] == []


def test_an_error_in_a_record_leaves_the_site_as_it_was(second_site: Built) -> None:
    before = {file: file.stat().st_mtime_ns for file in second_site.root.rglob("*.html")}
    bad = second_site.project / "practices" / "broken.yml"
    bad.write_text("id: [\n", encoding="utf-8")
    try:
        done = second_site.build()
    finally:
        bad.unlink()
    assert done.returncode == 1
    assert "practices/broken.yml:2:1: error[not-yaml]" in done.stderr
    assert {file: file.stat().st_mtime_ns for file in second_site.root.rglob("*.html")} == before


def test_a_wrong_site_address_is_wrong_use(second_site: Built) -> None:
    done = second_site.build(SITE_URL="javascript:alert(1)")
    assert done.returncode == 2
    assert "SITE_URL" in done.stderr
