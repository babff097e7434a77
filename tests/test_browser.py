"""The site in a real browser: keyboard, language, colours, console, what is requested, and accessibility."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request
from tests.site_builder import ROOT

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"

# One page of each type.
PAGES = (
    "",
    "practices/",
    "practices/test-city-card/",
    "practices/english-only/",
    "practices/hostile-record/",
    "themes/",
    "themes/health/",
    "countries/",
    "countries/us/",
    "countries/fj/",
    "sdgs/",
    "sdgs/16-9/",
    "groups/",
    "regions/",
    "regions/europe/",
    "evidence/",
    "organisations/",
    "organisations/example-agency/",
    "documents/",
    "documents/example-report/",
    "questions/",
    "questions/identity-without-papers/",
    "leads/",
    "contribute/",
    "contribute/fields/",
    "contribute/rules/",
    "about/",
    "about/glossary/",
    "no-such-page/",
)


def both_languages(paths: tuple[str, ...]) -> list[str]:
    return [f"{prefix}{path}" for prefix in ("", "fr/") for path in paths]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation_on_any_type_of_page(browser: Browser, served: str, scheme: str) -> None:
    assert AXE.is_file(), "axe-core is missing: run 'npm ci', or 'make test', which does"
    script = AXE.read_text(encoding="utf-8")
    rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    context = browser.new_context(viewport={"width": 1280, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    found = []
    # The colours are those of the pages in English, so French is looked at in one scheme.
    for path in both_languages(PAGES) if scheme == "light" else PAGES:
        page.goto(served + path)
        for details in page.locator("details").all():
            details.evaluate("element => element.open = true")
        assert page.evaluate("document.body.dataset.mdColorScheme") == ("slate" if scheme == "dark" else "default")
        page.evaluate(script)
        result = page.evaluate("tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", rules)
        for violation in result["violations"]:
            where = f"{path or 'home'}: {violation['id']}"
            found += [f"{where}: {node['target']}: {node['failureSummary']}" for node in violation["nodes"]]
    context.close()
    assert found == []


@pytest.mark.parametrize("width", [320, 390, 768, 1440])
def test_no_page_is_wider_than_the_screen(browser: Browser, served: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    wide = []
    for path in both_languages(PAGES):
        page.goto(served + path)
        over = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        if over > 0:
            wide.append((path, over))
    context.close()
    assert wide == []


def test_pages_are_quiet_and_request_nothing_from_elsewhere(page: Page, served: str) -> None:
    messages: list[str] = []
    requested: list[str] = []

    def on_console(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            messages.append(message.text)

    def on_request(request: Request) -> None:
        requested.append(request.url)

    page.on("console", on_console)
    page.on("pageerror", lambda error: messages.append(str(error)))
    page.on("request", on_request)
    for path in both_languages(PAGES[:-1]):
        page.goto(served + path, wait_until="networkidle")
    assert messages == []
    host = urlsplit(served).netloc
    assert [url for url in requested if urlsplit(url).netloc != host and not url.startswith("data:")] == []
    assert [url for url in requested if "sitemap" in url] == []


def test_the_skip_link_comes_first_and_leads_to_the_content(page: Page, served: str) -> None:
    page.goto(served + "practices/test-city-card/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.classList.contains('skip-link')")
    assert page.locator(".skip-link").bounding_box()["y"] >= 0  # type: ignore[index]
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_everything_that_can_be_clicked_can_be_reached_by_keyboard(page: Page, served: str) -> None:
    page.goto(served + "practices/test-city-card/")
    total = page.evaluate(
        "[...document.querySelectorAll('a[href], summary, button')].filter(e => e.checkVisibility()).length"
    )
    seen = set()
    for _ in range(total + 20):
        page.keyboard.press("Tab")
        seen.add(page.evaluate("[...document.querySelectorAll('*')].indexOf(document.activeElement)"))
    reachable = page.evaluate(
        "[...document.querySelectorAll('a[href], summary, button')].filter(e => e.checkVisibility())"
        ".map(e => [...document.querySelectorAll('*')].indexOf(e))"
    )
    assert set(reachable) <= seen


def test_a_note_leads_to_its_source_and_back_by_keyboard(page: Page, served: str) -> None:
    page.goto(served + "practices/test-city-card/")
    page.locator("[id^=cite-results-1-]").first.focus()
    page.keyboard.press("Enter")
    assert "#source-" in page.url
    back = page.locator(f"{page.url[page.url.index('#') :]} .backs a").first
    back.focus()
    page.keyboard.press("Enter")
    assert "#cite-" in page.url


def test_the_language_switch_stays_on_the_page(page: Page, served: str) -> None:
    page.goto(served + "practices/test-city-card/")
    page.get_by_role("link", name="Français").click()
    assert page.url == served + "fr/practices/test-city-card/"
    assert page.evaluate("document.documentElement.lang") == "fr"
    page.get_by_role("link", name="English").click()
    assert page.url == served + "practices/test-city-card/"


def test_the_colours_chosen_stay_on_the_next_page_and_in_the_other_language(page: Page, served: str) -> None:
    page.goto(served)
    assert page.evaluate("document.body.dataset.mdColorScheme") == "default"
    page.locator("label[for=__palette_1]").click()
    assert page.evaluate("document.body.dataset.mdColorScheme") == "slate"
    page.goto(served + "fr/themes/")
    assert page.evaluate("document.body.dataset.mdColorScheme") == "slate"


def test_the_map_names_each_country_with_its_number_of_practices(page: Page, served: str) -> None:
    page.goto(served)
    links = page.locator("svg.world a:not(.marker)")
    names = [link.get_attribute("aria-label") for link in links.all()]
    counted = re.compile(r"^Portugal: \d+ practices?$")
    assert [name for name in names if counted.match(name or "")]
    page.get_by_role("link", name=counted).focus()
    page.keyboard.press("Enter")
    page.wait_for_url(served + "countries/pt/")
    page.goto(served)
    page.get_by_text("The same as a list").click()
    listed = page.locator(".map-section details ul").first.get_by_role("link").all_inner_texts()
    assert len(listed) == len(names)


def test_without_javascript_pages_are_whole(browser: Browser, served: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    for path in ("", "fr/practices/test-city-card/", "themes/health/"):
        page.goto(served + path)
        assert page.locator("h1").inner_text()
        assert page.locator("nav.atlas-menu a").count() == 9
    context.close()


def test_a_page_that_is_not_there_shows_the_way_in_both_languages(page: Page, served: str) -> None:
    response = page.goto(served + "practices/not-there/")
    assert response is not None
    assert response.status == 404
    assert page.get_by_text("Page not found").is_visible()
    assert page.get_by_text("Page introuvable").is_visible()


def test_a_printed_practice_leaves_out_menus_and_shows_addresses(page: Page, served: str, tmp_path: Path) -> None:
    page.goto(served + "practices/test-city-card/")
    page.emulate_media(media="print")
    assert not page.locator(".atlas-menu").is_visible()
    assert not page.locator(".on-this-page").is_visible()
    assert page.locator("#sources").is_visible()
    link = page.locator(".sources a[href^='http']").first
    shown = link.evaluate("element => getComputedStyle(element, '::after').content")
    assert (link.get_attribute("href") or "?") in shown
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_nothing_in_a_record_runs(page: Page, served: str) -> None:
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    for path in ("practices/hostile-record/", "fr/practices/hostile-record/", "practices/", "countries/ie/", ""):
        page.goto(served + path, wait_until="networkidle")
        page.mouse.move(400, 400)
    assert dialogs == []
