"""The comparison: what is written for each practice, and choosing and comparing in a real browser."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect
from tests import samples
from tests.site_builder import ROOT, Built

from catalogue.finding import comparison, explore_data, search_index
from catalogue.finding.comparison import LEFT_OUT, ROWS

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"

CARD, POLICY, CENTRES = "test-city-card", "municipal-refugee-policy", "welcome-centre-network"
HEALTH, PILOT = "health-windows", "alternatives-pilot"

NO_STORAGE = (
    "Object.defineProperty(window, 'sessionStorage', {get() { throw new DOMException('no', 'SecurityError'); }})"
)


def names(page: Page) -> list[str]:
    return page.locator(".compare-head a").all_inner_texts()


def fields(page: Page) -> list[str]:
    return page.locator("tbody th.compare-field").all_inner_texts()


def chosen(page: Page) -> list[str]:
    return page.locator(".compare-bar li a").all_inner_texts()


def ready(page: Page, address: str) -> None:
    """Open a comparison and wait for the browser to have drawn it."""
    page.goto(address)
    page.locator(".compare-loading, .compare-static").wait_for(state="detached")


@pytest.fixture
def alerts(page: Page) -> Iterator[list[str]]:
    """What runs that should not: dialogs and errors of the page."""
    found: list[str] = []
    page.on("dialog", lambda dialog: (found.append(dialog.message), dialog.dismiss()))
    page.on("pageerror", lambda error: found.append(str(error)))
    yield found
    assert found == []


# The files ------------------------------------------------------------------------------------------------------------


def data(site: Built, practice: str, folder: str = "") -> dict[str, object]:
    found: dict[str, object] = json.loads((site.root / folder / "compare" / f"{practice}.json").read_text("utf-8"))
    return found


def test_each_practice_has_a_file_in_each_language(site: Built) -> None:
    for folder in ("", "fr/"):
        files = {file.stem for file in (site.root / folder / "compare").glob("*.json")}
        pages = (site.root / folder / "practices").glob("*/index.html")
        # The page at an earlier address only leads on, and has nothing of its own to compare.
        leading_on = 'http-equiv="refresh"'
        assert files == {page.parent.name for page in pages if leading_on not in page.read_text(encoding="utf-8")}


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_file_says_all_that_the_record_says(language: str) -> None:
    practice = samples.examples()[samples.FULL]
    ctx = samples.site_pages(samples.catalogue(*samples.examples().values()), language).context(1)
    found = comparison.of_practice(practice, ctx)["fields"]
    # The full example has every field, so every row of the comparison stands there, in its order.
    assert tuple(found) == ROWS
    assert not LEFT_OUT & set(ROWS)
    assert [piece["text"] for piece in found["themes"]] == [ctx.label("themes", theme) for theme in practice.themes]
    assert len(found["sources"]) == len(practice.sources)
    keys = list(practice.sources)
    for name in ("context", "approach", "steps", "results", "lessons", "needs", "costs", "adaptations", "updates"):
        expected = [[keys.index(key) + 1 for key in item.sources] for item in getattr(practice, name)]
        assert [piece["notes"] for piece in found[name]] == expected, name
    claims = [" ".join(ctx.plain(result.claim).split()) for result in practice.results]
    assert [" ".join(piece["text"].split()) for piece in found["results"]] == claims
    leads = sum("lead" in p.roles for p in practice.organisations)
    assert len(found["leads"]) == leads == 1
    assert len(found["partners"]) == len(practice.organisations) - leads


def test_a_file_holds_figures_labels_and_details_in_words() -> None:
    ctx = samples.site_pages(samples.catalogue(*samples.examples().values())).context(1)
    found = comparison.of_practice(samples.examples()[samples.FULL], ctx)["fields"]
    figures = [piece.get("figure") for row in ("results", "costs", "staff") for piece in found[row]]
    assert figures == [
        "214 out of 260 quarrels settled (against 90 without the practice)",
        "40% of those asked (out of 50)",
        "120,000.5 EUR in all over 24 months",
        "2.5 people work on it",
    ]
    assert [piece["label"] for piece in found["results"]] == ["Independently evaluated", "Reported"]
    assert [piece["label"] for piece in found["steps"]] == ["1", "2"]
    assert found["costs"][0]["details"] == ["2019", "about 60,000 EUR a year", "paid by City of Bologna"]
    assert found["materials"] == [
        {
            "text": "Regolamento dei mediatori",
            "lang": "it",
            "label": "Contract or agreement",
            "details": ["in Italian"],
            "url": "https://bologna.example/regolamento",
        }
    ]
    assert [piece.get("page", piece.get("url")) for piece in found["sources"]] == [
        "documents/metropolis-newcomers-report/", "https://bologna.example/mediatori",
    ]  # fmt: skip


def test_a_file_leaves_out_what_the_record_does_not_say_but_the_want_of_a_result() -> None:
    ctx = samples.site_pages(samples.catalogue(*samples.examples().values())).context(1)
    found = comparison.of_practice(samples.examples()[samples.SMALLEST], ctx)["fields"]
    assert tuple(found) == (
        "summary", "where", "kind", "status", "described_as_of", "verified", "leads", "themes", "approach", "results",
        "sources",
    )  # fmt: skip
    assert found["results"] == [{"text": ctx.t("practice.results_none")}]
    assert all(piece for pieces in found.values() for piece in pieces)


def test_a_text_in_another_language_is_marked_so(site: Built) -> None:
    assert data(site, "english-only")["name"] == {"text": "A welcome desk described in one language"}
    assert data(site, "english-only", "fr")["name"] == {
        "text": "A welcome desk described in one language",
        "lang": "en",
    }


def test_texts_that_the_browser_reads_keep_their_no_break_spaces() -> None:
    text = {"en": "Where?\n\n\u2028Here.", "fr": "Où\u202f?\n\n«\u00a0Ici\u00a0»\u00a0:  là."}
    practice = samples.practice("spaced", approach=text, summary={"en": "x", "fr": "«\u00a0Oui\u00a0»\u202f!"})
    ctx = samples.site_pages(samples.catalogue(practice), "fr").context(1)
    fields = comparison.of_practice(practice, ctx)["fields"]
    assert [piece["text"] for piece in fields["approach"]] == ["Où\u202f?", "«\u00a0Ici\u00a0»\u00a0: là."]
    assert explore_data.card(ctx, practice)[2] == ["«\u00a0Oui\u00a0»\u202f!"]
    assert search_index.texts(ctx, practice)["approach"] == ["Où\u202f? «\u00a0Ici\u00a0»\u00a0: là."]


# Choosing -------------------------------------------------------------------------------------------------------------


def test_what_is_chosen_on_cards_is_kept_on_the_next_page(page: Page, served: str, alerts: list[str]) -> None:
    page.goto(served + "practices/")
    assert page.locator(".compare-bar").is_hidden()
    page.locator(f"[data-practice-id={CARD}] .compare-button").click()
    assert page.locator(".compare-live").inner_text().startswith("Added: TCC")
    page.locator(f"[data-practice-id={CENTRES}] .compare-button").click()
    assert page.url == served + "practices/"  # the button is above the link that covers the card
    first = chosen(page)
    page.goto(served + f"practices/{HEALTH}/")
    assert chosen(page) == first
    page.locator(".page-head > .compare-button").click()
    page.get_by_role("link", name="Compare (3)").click()
    assert page.url == served + f"compare/?ids={CARD},{CENTRES},{HEALTH}"
    page.locator(".compare-table").wait_for()
    assert names(page)[:2] == first


def test_related_practices_can_be_chosen_and_taken_back(page: Page, served: str) -> None:
    page.goto(served + f"practices/{PILOT}/")
    button = page.locator(".related-list .compare-button").first
    button.click()
    assert button.inner_text() == "Remove from comparison"
    assert len(chosen(page)) == 1
    button.click()
    assert button.inner_text() == "Add to comparison"
    assert page.locator(".compare-bar").is_hidden()


def test_a_fifth_is_refused_with_a_reason(page: Page, served: str) -> None:
    page.goto(served + "practices/")
    for button in page.locator(".card .compare-button").all()[:5]:
        button.click()
    assert len(chosen(page)) == 4
    assert "4 practices at most" in page.locator(".compare-count").inner_text()
    assert "4 practices at most" in page.locator(".compare-live").inner_text()
    page.get_by_role("button", name="Remove all").click()
    assert page.locator(".compare-bar").is_hidden()


def test_the_choice_is_named_in_the_language_of_the_page(page: Page, served: str) -> None:
    page.goto(served + f"practices/{CARD}/")
    page.locator(".page-head > .compare-button").click()
    page.goto(served + "fr/themes/")
    page.get_by_text("TCC, la carte d’identité de la Ville d’essai").wait_for()
    assert page.get_by_role("region", name="Comparaison").is_visible()


def test_back_shows_the_choice_as_it_is_now(page: Page, served: str) -> None:
    page.goto(served + "practices/")
    page.locator(f"[data-practice-id={CARD}] .compare-button").click()
    page.goto(served + "themes/")
    page.get_by_role("button", name="Remove all").click()
    page.go_back()
    assert page.locator(f"[data-practice-id={CARD}] .compare-button").inner_text() == "Add to comparison"


def stored(page: Page) -> list[dict[str, Any]]:
    """What the browser remembers of the choice."""
    kept: list[dict[str, Any]] = page.evaluate("JSON.parse(sessionStorage.getItem('atlas.compare /') ?? '[]')")
    return kept


@pytest.mark.parametrize("path", ["fr/practices/", "fr/practices/english-only/", "fr/explore/?q=welcome"])
def test_a_name_in_the_other_language_is_remembered_and_marked_as_such(page: Page, served: str, path: str) -> None:
    page.goto(served + path)
    page.locator(
        "[data-practice-id=english-only] > .compare-button, [data-practice-id=english-only] .card-foot button"
    ).click()
    name = "A welcome desk described in one language"
    assert stored(page) == [{"id": "english-only", "names": {"en": name}}]
    link = page.locator(".compare-bar li a")
    assert (link.inner_text(), link.get_attribute("lang")) == (name, "en")
    page.goto(served + "themes/")
    assert (link.inner_text(), link.get_attribute("lang")) == (name, None)


def test_a_name_that_cannot_be_had_does_not_keep_the_others_in_the_wrong_language(page: Page, served: str) -> None:
    page.goto(served + "practices/")
    for practice in (CENTRES, CARD):
        page.locator(f"[data-practice-id={practice}] .compare-button").click()
    page.route(f"**/{CENTRES}.json*", lambda route: route.abort())
    page.goto(served + "fr/themes/")
    page.get_by_text("TCC, la carte d’identité de la Ville d’essai").wait_for()
    assert page.locator(".compare-bar li a").evaluate_all("all => all.map((link) => link.lang)") == ["en", ""]


@pytest.mark.parametrize("from_storage", [False, True])
def test_never_more_than_four_are_chosen(page: Page, served: str, from_storage: bool) -> None:
    page.goto(served + "themes/")
    five = [{"id": f"p{n}", "names": {"en": f"Practice {n}"}} for n in range(5)]
    if from_storage:
        page.evaluate("five => sessionStorage.setItem('atlas.compare /', JSON.stringify(five))", five)
        page.reload()
    else:
        page.evaluate("async (five) => (await own('compare/choice.js')).choose(five)", five)
        assert stored(page) == five[:4]
    assert chosen(page) == [f"Practice {n}" for n in range(4)]
    assert "ids=p0,p1,p2,p3" in (page.locator(".compare-actions a").get_attribute("href") or "")


@pytest.mark.parametrize(
    "kept",
    [
        "{",
        "null",
        "[1,2]",
        '[{"id":"../../x","names":{"en":"x"}}]',
        '[{"id":"a","names":{"en":"<img src=x onerror=alert(1)>"}}]',
    ],
)
def test_a_damaged_memory_breaks_nothing(page: Page, served: str, alerts: list[str], kept: str) -> None:
    page.goto(served + "themes/health/")
    page.evaluate("text => sessionStorage.setItem('atlas.compare /', text)", kept)
    page.reload()
    assert page.locator(".compare-button").first.is_visible()
    assert page.locator(".compare-bar img").count() == 0


def test_cards_that_a_script_adds_get_buttons(page: Page, served: str) -> None:
    page.goto(served + "compare/")
    page.goto(served + "themes/")
    page.evaluate(
        """() => {
            const card = document.createElement("div");
            card.dataset.practiceId = "test-city-card";
            card.dataset.practiceName = "TCC";
            document.querySelector("main").append(card);
            card.dispatchEvent(new CustomEvent("atlas:cards", {bubbles: true}));
            card.parentElement.dispatchEvent(new CustomEvent("atlas:cards", {bubbles: true}));
        }"""
    )
    assert page.get_by_role("button", name="Add to comparison: TCC").count() == 1


def test_results_of_a_search_can_be_chosen(page: Page, served: str) -> None:
    page.goto(served + "explore/?themes=health")
    button = page.locator(".card .compare-button").first
    button.click()
    assert button.inner_text() == "Remove from comparison"
    name = page.locator(".card .card-name a").first.inner_text()
    assert chosen(page) == [name]


# Comparing ------------------------------------------------------------------------------------------------------------


def test_an_address_shows_its_practices_with_every_field_and_source(page: Page, served: str, site: Built) -> None:
    ready(page, served + f"compare/?ids={POLICY},{CARD}")
    assert names(page)[0].startswith("Refugee policy")
    assert names(page)[1].startswith("TCC")
    said = page.locator(".compare-table").inner_text()
    for practice in (POLICY, CARD):
        for pieces in data(site, practice)["fields"].values():  # type: ignore[attr-defined]
            for piece in pieces:
                assert all(line in said for line in piece["text"].split("\n"))
    assert page.title().startswith("Refugee policy")
    note = page.locator(".compare-results sup.cite a").first
    target = note.get_attribute("href") or ""
    note.click()
    assert page.url.endswith(target)
    assert page.locator(target).is_visible()
    assert page.locator(".compare-sources a[href^='http']").count() > 2


def test_an_address_round_trip_keeps_the_view(page: Page, served: str, browser: Browser) -> None:
    ready(page, served + f"compare/?ids={CARD},{POLICY}")
    page.get_by_role("button", name="Differences first").click()
    assert page.url == served + f"compare/?ids={CARD},{POLICY}&order=differences"
    shown = page.locator(".compare-table").inner_text()
    other = browser.new_page()
    ready(other, page.url)
    assert other.locator(".compare-table").inner_text() == shown
    other.close()


def test_differences_come_first_and_nothing_is_lost(page: Page, served: str) -> None:
    ready(page, served + f"compare/?ids={CARD},{POLICY}")
    before = fields(page)
    order = page.get_by_role("button", name="Differences first")
    assert order.get_attribute("aria-pressed") == "false"
    order.click()
    assert order.get_attribute("aria-pressed") == "true"
    assert order.evaluate("element => element === document.activeElement")
    bodies = page.locator("tbody").all()
    assert [body.locator(".compare-group").inner_text() for body in bodies] == ["Where they differ", "Where they agree"]
    assert sorted(fields(page)) == sorted(before)
    for body, agree in zip(bodies, (False, True), strict=True):
        for row in body.locator("tr:not(.compare-group)").all():
            if row.get_attribute("class") in ("compare-sources", "compare-approach"):
                continue
            cells = row.locator("td").evaluate_all(
                "cells => cells.map(c => [...c.children].slice(1).map(e => e.innerText))"
            )
            assert (cells[0] == cells[1]) is agree
    order.click()
    assert fields(page) == before


def test_removing_changes_the_address_and_back_restores_it(page: Page, served: str) -> None:
    address = served + f"compare/?ids={CARD},{POLICY},{CENTRES}"
    ready(page, address)
    page.locator(".compare-head .compare-remove").nth(1).click()
    page.wait_for_function("document.querySelectorAll('.compare-head').length === 2")
    assert page.url == served + f"compare/?ids={CARD},{CENTRES}"
    assert page.evaluate("document.activeElement.className") == "compare-remove"
    page.go_back()
    page.wait_for_function("document.querySelectorAll('.compare-head').length === 3")
    assert page.url == address


def test_without_ids_the_page_shows_what_was_chosen_before(page: Page, served: str) -> None:
    ready(page, served + "compare/")
    assert "No practice is chosen yet" in page.locator("#compare").inner_text()
    page.goto(served + f"practices/{CARD}/")
    page.locator(".page-head > .compare-button").click()
    ready(page, served + "compare/")
    assert page.url == served + f"compare/?ids={CARD}"
    assert "Choose at least one more" in page.locator("#compare").inner_text()
    assert len(names(page)) == 1


def test_the_language_switch_keeps_the_comparison(page: Page, served: str) -> None:
    ready(page, served + f"compare/?ids={CARD},{POLICY}")
    page.get_by_role("link", name="Français").click()
    assert page.url == served + f"fr/compare/?ids={CARD},{POLICY}"
    page.locator(".compare-table").wait_for()
    assert names(page)[0].startswith("TCC, la carte")


def test_somebody_elses_comparison_does_not_replace_ones_own(page: Page, served: str) -> None:
    page.goto(served + f"practices/{HEALTH}/")
    page.locator(".page-head > .compare-button").click()
    own = stored(page)
    theirs = served + f"compare/?ids={POLICY},{CARD}"
    ready(page, theirs)
    assert len(names(page)) == 2
    kept = page.locator(".compare-kept")
    assert own[0]["names"]["en"] in kept.inner_text()
    page.get_by_role("button", name="Differences first").click()
    page.locator(".compare-head .compare-remove").first.click()
    page.wait_for_function("document.querySelectorAll('.compare-head').length === 1")
    page.go_back()
    page.wait_for_function("document.querySelectorAll('.compare-head').length === 2")
    page.reload()
    kept.wait_for()
    page.get_by_role("link", name="Français").click()
    kept.wait_for()
    assert stored(page) == own
    page.get_by_role("link", name="Revoir mon choix").click()
    page.locator(".compare-table").wait_for()
    assert page.url == served + f"fr/compare/?ids={HEALTH}"
    assert kept.count() == 0
    ready(page, theirs)
    page.get_by_role("button", name="Choose these instead").click()
    page.wait_for_function("document.querySelector('.compare-kept') === null")
    assert [entry["id"] for entry in stored(page)] == [POLICY, CARD]
    page.locator(".compare-head .compare-remove").first.click()
    page.wait_for_function("document.querySelectorAll('.compare-head').length === 1")
    assert [entry["id"] for entry in stored(page)] == [CARD]
    page.go_back()
    page.wait_for_function("document.querySelectorAll('.compare-head').length === 2")
    assert kept.count() == 0


def test_who_had_chosen_nothing_takes_a_comparison_over(page: Page, served: str) -> None:
    ready(page, served + f"compare/?ids={POLICY},{CARD}")
    assert page.locator(".compare-kept").count() == 0
    page.goto(served + "themes/")
    assert len(chosen(page)) == 2


# Bad input ------------------------------------------------------------------------------------------------------------


def test_unknown_ids_are_named_and_the_rest_is_shown(page: Page, served: str) -> None:
    ready(page, served + f"compare/?ids=no-such-thing,{CARD},{POLICY}&ids={CENTRES}")
    assert "Not in the catalogue: no-such-thing." in page.locator(".notice").first.inner_text()
    assert len(names(page)) == 3


def test_of_fifty_ids_the_first_four_are_shown_and_the_rest_named(page: Page, served: str) -> None:
    requested: list[str] = []
    page.on("request", lambda request: requested.append(request.url) if ".json?" in request.url else None)
    real = [CARD, POLICY, CENTRES, HEALTH, PILOT]
    ready(page, served + "compare/?ids=" + ",".join(real + [f"x{n}" for n in range(45)]))
    assert len(names(page)) == 4
    said = page.locator("#compare").inner_text()
    assert f"Left out, because 4 practices at most fit side by side: {PILOT}, x0" in said
    assert "and 36 more" in said
    assert len(requested) == 4
    ready(page, served + "compare/?ids=" + ",".join(f"x{n}" for n in range(50)))
    assert len(requested) <= 4 + 12
    assert "Not in the catalogue" in page.locator("#compare").inner_text()


@pytest.mark.parametrize(
    "query",
    [
        "ids=" + quote("<img src=x onerror=alert(1)>"),
        "ids=" + quote("../../data/practices,javascript:alert(1),__proto__,constructor"),
        "ids=" + "y" * 10_000,
        "ids=%E0%A4%A,%FF%00&order=%27%22%3E&ids[]=1",
        "ids=,,,&ids=&order=differences",
        "q=" + quote('"><script>alert(1)</script>'),
    ],
    ids=["markup", "paths", "long", "broken", "empty", "other"],
)
def test_hostile_addresses_run_nothing_and_leave_no_blank_page(
    page: Page, served: str, alerts: list[str], query: str
) -> None:
    ready(page, served + f"compare/?{query}" + (f",{CARD}" if query.startswith("ids=") else f"&ids={CARD}"))
    assert page.locator("#compare .notice").count() > 0
    assert page.locator("#compare img, #compare script").count() == 0
    assert len(page.locator("#compare").inner_text()) < 20_000
    assert len(names(page)) <= 1


def test_a_hostile_record_is_shown_as_text(page: Page, served: str, alerts: list[str]) -> None:
    ready(page, served + f"compare/?ids=hostile-record,{CARD}")
    assert page.locator("#compare img, #compare script").count() == 0
    assert "<script>alert(1)</script>" in page.locator(".compare-summary").inner_text()
    page.goto(served + "practices/hostile-record/")
    assert page.get_by_role("button", name='Quotes "&" $(id)').first.is_visible()


def test_a_failed_download_is_named_and_the_rest_is_shown(page: Page, served: str) -> None:
    def fail(route: Route) -> None:
        route.abort()

    page.route(f"**/{POLICY}.json*", fail)
    ready(page, served + f"compare/?ids={CARD},{POLICY}")
    assert f"Could not be loaded: {POLICY}" in page.locator(".notice").first.inner_text()
    assert len(names(page)) == 1


def test_what_fails_to_load_stays_chosen(page: Page, served: str) -> None:
    page.goto(served + "practices/")
    for practice in (CARD, POLICY):
        page.locator(f"[data-practice-id={practice}] .compare-button").click()
    page.route(f"**/{POLICY}.json*", lambda route: route.abort())
    ready(page, served + "compare/")
    assert len(names(page)) == 1
    page.goto(served + "themes/")
    assert len(chosen(page)) == 2


# Everybody ------------------------------------------------------------------------------------------------------------


def test_choosing_and_comparing_work_by_keyboard_alone(page: Page, served: str) -> None:
    page.goto(served + "themes/information-services/")
    count = page.locator(".compare-button").count()
    assert count > 1
    for key in ("Enter", "Space"):
        while not page.evaluate("document.activeElement.matches('.compare-button:not(.chosen)')"):
            page.keyboard.press("Tab")
        page.keyboard.press(key)
    while not page.evaluate("document.activeElement.matches('.compare-bar a.button')"):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator(".compare-table").wait_for()
    for target in (".compare-order", ".compare-remove"):
        while not page.evaluate(f"document.activeElement.matches('{target}')"):
            page.keyboard.press("Tab")
        page.keyboard.press("Enter")
    page.wait_for_function("document.querySelectorAll('.compare-head').length === 1")


def test_what_has_the_focus_is_not_hidden_behind_the_bar(page: Page, served: str) -> None:
    page.goto(served + "practices/")
    page.locator(".compare-button").first.click()
    top = page.locator(".compare-bar").bounding_box()["y"]  # type: ignore[index]
    for _ in range(12):
        page.keyboard.press("Tab")
        box = page.evaluate(
            "(() => { const e = document.activeElement, b = e.getBoundingClientRect();"
            "return {y: b.y, inBar: e.closest('.compare-bar') !== null}; })()"
        )
        assert box["inBar"] or box["y"] < top


def axe(page: Page) -> list[str]:
    page.evaluate(AXE.read_text(encoding="utf-8"))
    rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    result = page.evaluate("tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", rules)
    return [f"{v['id']}: {n['target']}: {n['failureSummary']}" for v in result["violations"] for n in v["nodes"]]


# Every language meets every scheme and every width, without all eight combinations.
@pytest.mark.parametrize(
    ("folder", "scheme", "width"),
    [("", "light", 360), ("", "dark", 1440), ("fr/", "dark", 360), ("fr/", "light", 1440)],
)
def test_axe_finds_nothing_in_any_view(browser: Browser, served: str, folder: str, scheme: str, width: int) -> None:
    assert AXE.is_file(), "axe-core is missing: run 'npm ci', or 'make test', which does"
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    found = []

    def check(view: str) -> None:
        found.extend(f"{view}: {problem}" for problem in axe(page))
        over = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert over <= 0, (view, over)

    page.goto(served + folder + "themes/health/")
    for button in page.locator(".compare-button").all()[:2]:
        button.click()
    check("bar")
    ready(page, served + folder + f"compare/?ids={CARD},nothing,english-only&order=differences")
    check("compare")
    page.goto(served + folder + "matrix/level-stage/")
    check("matrix")
    context.close()
    assert found == []


@pytest.mark.parametrize("width", [320, 768])
def test_no_view_is_wider_than_the_screen(browser: Browser, served: str, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    wide = []
    four = ",".join((CARD, POLICY, CENTRES, HEALTH))
    for view in (f"fr/compare/?ids={four}", "compare/?ids=" + "y" * 500, "fr/matrix/", "matrix/goal-region/"):
        ready(page, served + view)
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            wide.append(view)
    page.close()
    assert wide == []


def test_headings_and_cells_keep_their_roles_on_a_narrow_screen(page: Page, served: str) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    ready(page, served + f"compare/?ids={CARD},{POLICY}")
    assert page.get_by_role("table").count() == 1
    assert page.get_by_role("rowheader", name="Themes").is_visible()
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name="Themes"))
    assert row.get_by_role("cell").count() == 2
    # Each cell says whose it is, where columns stand one below the other.
    assert row.locator(".compare-who").first.is_visible()


def test_without_javascript_nothing_is_promised_and_the_way_is_shown(browser: Browser, served: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(served + "practices/")
    assert page.get_by_text("Add to comparison").count() == 0
    for folder, said in (("", "by JavaScript"), ("fr/", "par JavaScript")):
        page.goto(served + f"{folder}compare/?ids={CARD}")
        assert said in page.locator("#compare").inner_text()
        page.locator("#compare a.button").first.click()
        assert page.url == served + f"{folder}practices/"
    context.close()


def test_a_matrix_works_without_javascript_and_scrolls_by_keyboard(browser: Browser, served: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 700})
    page = context.new_page()
    page.goto(served + "matrix/")
    frame = page.get_by_role("region", name="Themes in rows")
    frame.focus()
    head = page.locator("tbody th").first
    left = head.bounding_box()["x"]  # type: ignore[index]
    page.locator("tbody td a").nth(12).focus()
    assert frame.evaluate("element => element.scrollLeft") > 0
    assert head.bounding_box()["x"] == left  # type: ignore[index]
    context.close()


@pytest.fixture
def forgetful(browser: Browser) -> Iterator[BrowserContext]:
    """A browser whose storage is switched off."""
    context = browser.new_context()
    context.add_init_script(NO_STORAGE)
    yield context
    context.close()


def test_without_storage_the_address_holds_the_choice(forgetful: BrowserContext, served: str) -> None:
    page = forgetful.new_page()
    page.goto(served + "practices/")
    for practice in (CARD, CENTRES):
        page.locator(f"[data-practice-id={practice}] .compare-button").click()
    assert "keeps nothing here" in page.locator(".compare-count").inner_text()
    page.get_by_role("link", name="Compare (2)").click()
    page.locator(".compare-table").wait_for()
    assert len(names(page)) == 2
    page.goto(served + "practices/")
    assert page.locator(".compare-bar").is_hidden()


def test_every_row_of_the_comparison_can_be_seen(page: Page, served: str) -> None:
    ready(page, served + f"compare/?ids={CARD},{POLICY}")
    for media in ("screen", "print"):
        page.emulate_media(media=media)  # type: ignore[arg-type]
        heights = page.locator(".compare-table tr").evaluate_all("rows => rows.map((row) => row.offsetHeight)")
        assert min(heights) > 15
    assert page.locator(".compare-printed").is_visible()
    assert served in page.locator(".compare-printed").inner_text()
    page.emulate_media(media="screen")
    assert not page.locator(".compare-printed").is_visible()
    assert page.get_by_role("rowheader", name="Status").is_visible()


def test_of_two_answers_the_later_wish_counts(page: Page, served: str) -> None:
    ready(page, served + f"compare/?ids={CARD},{POLICY},{CENTRES}")
    page.evaluate(
        """() => {
            const [first, second] = document.querySelectorAll(".compare-head .compare-remove");
            first.click();
            second.click();
        }"""
    )
    page.wait_for_function("document.querySelectorAll('.compare-head').length === 1")
    assert page.url.endswith(f"?ids={CENTRES}")


def test_a_printed_comparison_has_all_columns_and_addresses_and_no_buttons(page: Page, served: str) -> None:
    ready(page, served + f"compare/?ids={CARD},{POLICY},{CENTRES},{HEALTH}")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 700, "height": 1000})
    for hidden in (".compare-remove", ".compare-tools", ".atlas-header"):
        assert not page.locator(hidden).first.is_visible()
    heads = [box["y"] for head in page.locator(".compare-head").all() if (box := head.bounding_box())]
    assert len(heads) == 4
    assert len(set(heads)) == 1
    link = page.locator(".compare-sources a[href^='http']").first
    shown = link.evaluate("element => getComputedStyle(element, '::after').content")
    assert (link.get_attribute("href") or "?") in shown
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.parametrize("path", ["compare/?ids=test-city-card,welcome-centre-network", "matrix/"])
def test_no_empty_page_is_printed_before_a_wide_table(page: Page, served: str, path: str) -> None:
    # A page of another format within the body would leave what stands before it alone on the first sheet.
    page.goto(served + path)
    page.wait_for_selector("table")
    page.emulate_media(media="print")
    named = page.evaluate(
        "[...document.querySelectorAll('*')].filter((e) => getComputedStyle(e).page !== 'auto').map((e) => e.tagName)"
    )
    assert named == ["BODY"]


def test_who_reads_in_dark_colours_prints_dark_on_white(browser: Browser, served: str) -> None:
    page = browser.new_page(color_scheme="dark")
    for view, part in ((f"compare/?ids={CARD}", ".compare-head a"), ("matrix/", ".matrix td a")):
        ready(page, served + view)
        page.emulate_media(media="print", color_scheme="dark")
        expect(page.locator(part).first).to_have_css("color", "rgb(0, 0, 0)")
        page.emulate_media(media="screen", color_scheme="dark")
    page.close()


def test_the_pages_ask_nothing_of_another_host_and_are_quiet(page: Page, served: str, alerts: list[str]) -> None:
    requested: list[str] = []
    messages: list[str] = []
    page.on("request", lambda request: requested.append(request.url))
    page.on("console", lambda message: messages.append(message.text))
    ready(page, served + f"compare/?ids={CARD},{POLICY}")
    ready(page, served + "fr/matrix/goal-region/")
    assert {urlsplit(url).netloc for url in requested} == {urlsplit(served).netloc}
    assert messages == []
