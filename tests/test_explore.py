"""The explore page and the search box in a real browser, on the records of the test site."""

from __future__ import annotations

import csv
import io
import json
import random
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, Route
from tests import finding_plain
from tests.samples import ROOT, site_catalogue, site_pages
from tests.site_fixtures import OWN
from tests.test_browser import AXE

from catalogue.finding import explore_data, search_index
from catalogue.model import LANGUAGES, Catalogue
from catalogue.publishing import exports
from catalogue.relating import completeness
from catalogue.relating.evidence import evidence_of
from catalogue.text import fold

# What `fold` makes of a text; tests/test_text.py holds Python's against the same.
FOLD_CASES: Mapping[str, str] = json.loads((ROOT / "tests" / "fold_cases.json").read_text(encoding="utf-8"))

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def records() -> Catalogue:
    return site_catalogue()


@pytest.fixture(scope="module")
def plain(records: Catalogue) -> Mapping[str, finding_plain.Choices]:
    """What every record falls under, computed without the page."""
    return {id_: finding_plain.choices(practice, records) for id_, practice in records.practices.items()}


@pytest.fixture(scope="module")
def explored(served: str) -> str:
    """The address of the built site."""
    return served


@pytest.fixture(scope="module")
def shared(browser: Browser) -> Iterator[Page]:
    """One page for the tests that leave nothing behind."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.add_init_script(OWN)
    yield context.new_page()
    context.close()


def shown(page: Page) -> Page:
    """The page, once the explore page has nothing left to draw."""
    page.wait_for_selector("#explore[aria-busy=false]", state="attached")
    return page


def visit(page: Page, address: str) -> Page:
    page.goto(address)
    return shown(page)


def total(page: Page) -> int:
    """How many practices the page says that there are."""
    return int(re.sub(r"\D", "", page.locator(".explore-total").inner_text().split(" ")[0]))


def ids(page: Page) -> list[str]:
    """The practices that the page shows."""
    return page.locator(".explore-results [data-practice-id]").evaluate_all("all => all.map(e => e.dataset.practiceId)")  # type: ignore[no-any-return]


def notes(page: Page) -> str:
    return page.locator(".explore-notes").inner_text()


def asked(page: Page) -> str:
    """The query string of the page."""
    return str(page.evaluate("location.search"))


def test_counts_are_those_of_a_plain_computation_for_200_random_selections(
    shared: Page, explored: str, plain: Mapping[str, finding_plain.Choices]
) -> None:
    shared.goto(f"{explored}explore/")
    chosen = finding_plain.selections(plain, 200)
    found = shared.evaluate(
        """async (all) => {
            const {Facets} = await own("explore/facets.js");
            const facets = await Facets.read(await (await fetch("facets.json")).json());
            return all.map((chosen) => {
                const sets = Object.entries(chosen).map(([key, ids]) => [key, new Set(ids)]);
                const {total, counts} = facets.counted(new Map(sets), null);
                const named = facets.list.map(({key, choices}) =>
                    [key, Object.fromEntries(choices.map(([id], at) => [id, counts.get(key)[at]]))]);
                return {total, counts: Object.fromEntries(named)};
            });
        }""",
        chosen,
    )
    for selection, result in zip(chosen, found, strict=True):
        assert result["total"] == sum(finding_plain.fits(of, selection) for of in plain.values())
        expected = finding_plain.counts(plain, selection)
        for key, of_key in result["counts"].items():
            for id_, count in of_key.items():
                assert count == expected.get(key, {}).get(id_, 0), (selection, key, id_)


def test_every_filter_by_click_and_by_address(
    shared: Page, explored: str, plain: Mapping[str, finding_plain.Choices]
) -> None:
    visit(shared, f"{explored}explore/")
    for key in explore_data.ORDER:
        group = shared.locator(f"details[data-filter={key}]")
        if group.get_attribute("open") is None:
            group.locator("summary").click()
        box = group.locator("input[type=checkbox]:enabled").first
        id_ = box.get_attribute("value") or ""
        expected = {practice for practice, of in plain.items() if id_ in of[key]}
        said = group.locator(f"li:has(input[value='{id_}']) .count").inner_text()
        assert said == str(len(expected)), key
        box.click()
        shown(shared)
        assert asked(shared) == f"?{key}={id_}"
        assert total(shared) == len(expected), key
        assert set(ids(shared)) <= expected
        shared.locator(".explore-chip").click()
        shown(shared)
    for selection in finding_plain.selections(plain, 12, seed=7):
        query = "&".join(f"{key}={','.join(found)}" for key, found in selection.items())
        visit(shared, f"{explored}fr/explore/?{query}")
        assert total(shared) == sum(finding_plain.fits(of, selection) for of in plain.values())


def test_choices_without_any_practice_are_disabled_not_hidden(shared: Page, explored: str) -> None:
    visit(shared, f"{explored}explore/?theme=health&kind=law")
    group = shared.locator("details[data-filter=theme]")
    lines = group.locator("li")
    assert lines.count() > 20
    for line in lines.all():
        box = line.locator("input")
        empty = line.locator(".count").inner_text() == "0" and not box.is_checked()
        assert box.is_disabled() == empty


def test_pages_of_results_hold_every_practice_once(shared: Page, explored: str, records: Catalogue) -> None:
    visit(shared, f"{explored}explore/?sort=name")
    found = ids(shared)
    while shared.locator(".pager a[rel=next]").count():
        shared.locator(".pager a[rel=next]").click()
        shown(shared)
        assert f"page={len(found) // 20 + 1}" in asked(shared)
        found += ids(shared)
    pages = site_pages(records)
    names = [p.id for p in pages.by_name(tuple(records.practices))]
    assert found == names


def test_a_page_after_the_last_one_leads_to_the_last_one(page: Page, explored: str, records: Catalogue) -> None:
    last = -(-len(records.practices) // 20)
    page.goto(f"{explored}themes/")
    visit(page, f"{explored}explore/?page=99")
    assert asked(page) == f"?page={last}"
    assert page.locator(".pager [aria-current=page]").inner_text() == str(last)
    assert ids(page)
    page.go_back()
    assert page.url == f"{explored}themes/"
    visit(page, f"{explored}explore/?theme=health&page=7")
    assert asked(page) == "?theme=health"


@pytest.mark.parametrize("how", ["Control", "Shift", "middle"])
def test_a_page_of_results_can_be_opened_beside_this_one(page: Page, explored: str, how: Any) -> None:
    visit(page, f"{explored}explore/")
    link = page.get_by_role("link", name="Page 2", exact=True)
    with page.context.expect_page() as other:
        if how == "middle":
            link.click(button="middle")
        else:
            link.click(modifiers=[how])
    other.value.wait_for_url("**/explore/?page=2")
    assert asked(page) == ""
    # Command is the key of a Mac, whose browser opens the tab; here the script must leave the click alone.
    prevented = link.evaluate(
        """(link) => {
            let prevented;
            const onClick = (event) => { prevented = event.defaultPrevented; event.preventDefault(); };
            addEventListener("click", onClick, {once: true});
            link.dispatchEvent(new MouseEvent("click", {bubbles: true, cancelable: true, metaKey: true}));
            return prevented;
        }"""
    )
    assert prevented is False
    link.click()
    shown(page)
    assert asked(page) == "?page=2"


def test_the_way_back_from_a_dossier_can_be_opened_beside_it(page: Page, explored: str) -> None:
    visit(page, f"{explored}explore/?organisation=example-city&view=dossier")
    with page.context.expect_page() as other:
        page.get_by_role("link", name="Back to the selection").click(modifiers=["Control"])
    other.value.wait_for_url("**/explore/?organisation=example-city")
    assert "view=dossier" in asked(page)


def test_the_orders(shared: Page, explored: str, records: Catalogue) -> None:
    visit(shared, f"{explored}explore/?sort=documented")
    best = sorted(records.practices.values(), key=completeness.documentation_rank)
    ranks = [completeness.documentation_rank(records.practices[id_])[:2] for id_ in ids(shared)]
    assert ranks == [completeness.documentation_rank(practice)[:2] for practice in best[:20]]
    visit(shared, f"{explored}explore/?sort=newest")
    days = [records.practices[id_].added or "" for id_ in ids(shared)]
    assert days == sorted(days, reverse=True)


def test_cards_table_and_map_show_the_same_selection(
    shared: Page, explored: str, plain: Mapping[str, finding_plain.Choices]
) -> None:
    expected = {id_ for id_, of in plain.items() if "health" in of["theme"]}
    assert 5 < len(expected) <= 20
    visit(shared, f"{explored}explore/?theme=health")
    assert set(ids(shared)) == expected
    shared.get_by_role("button", name="Table", exact=True).click()
    shown(shared)
    assert set(ids(shared)) == expected
    assert asked(shared) == "?theme=health&view=table"
    shared.get_by_role("button", name="Map", exact=True).click()
    shown(shared)
    countries: dict[str, int] = {}
    for id_ in expected:
        for code in plain[id_]["country"]:
            countries[code] = countries.get(code, 0) + 1
    links = shared.locator("svg.world a:not(.marker)")
    drawn = links.evaluate_all(
        "all => all.map(a => [new URLSearchParams(a.getAttribute('href').split('?')[1]).get('country'),"
        " Number(a.getAttribute('aria-label').match(/(\\d+) practice/)[1])])"
    )
    assert dict(drawn) == countries
    links.first.focus()
    shared.keyboard.press("Enter")
    shown(shared)
    assert "country=" in asked(shared)
    assert "theme=health" in asked(shared)


def test_back_and_forward_restore_words_filters_order_and_view(page: Page, explored: str) -> None:
    visit(page, f"{explored}explore/")
    steps = [""]
    page.get_by_label("Health", exact=False).first.check()
    shown(page)
    steps.append("?theme=health")
    page.get_by_label("Words to look for").fill("children")
    page.get_by_role("button", name="Search", exact=True).last.click()
    shown(page)
    steps.append("?q=children&theme=health")
    page.locator(".explore-sort select").select_option("name")
    shown(page)
    steps.append("?q=children&theme=health&sort=name")
    page.get_by_role("button", name="Table", exact=True).click()
    shown(page)
    steps.append("?q=children&theme=health&sort=name&view=table")
    assert asked(page) == steps[-1]
    numbers = []
    for step in reversed(steps):
        assert asked(page) == step
        numbers.append(total(page))
        assert page.get_by_label("Words to look for").input_value() == ("children" if "q=" in step else "")
        assert page.get_by_label("Health", exact=False).first.is_checked() == ("theme" in step)
        if step:
            page.go_back()
            shown(page)
    for step, number in zip(steps, reversed(numbers), strict=True):
        assert asked(page) == step
        assert total(page) == number
        if step != steps[-1]:
            page.go_forward()
            shown(page)


def test_addresses_survive_a_round_trip(
    shared: Page, explored: str, plain: Mapping[str, finding_plain.Choices]
) -> None:
    pick = random.Random(3)
    cases = []
    for chosen in finding_plain.selections(plain, 60, seed=3):
        words = pick.choice(["", "école à l’œuvre", "100 % & more = ?#+", "نص", "a,b", "👩🏽"])
        state = {
            "q": words,
            "chosen": chosen,
            "sort": pick.choice(["relevance", "name"]),
            "view": pick.choice(["cards", "map"]),
            "page": pick.randint(1, 3),
            "some": bool(words) and pick.random() < 0.5,
        }
        cases.append(state)
    shared.goto(f"{explored}explore/")
    found = shared.evaluate(
        """async (cases) => {
            const {parse, write} = await own("explore/state.js");
            const {Facets} = await own("explore/facets.js");
            const known = (await Facets.read(await (await fetch("facets.json")).json())).known();
            return cases.map((c) => {
                const chosen = new Map(Object.entries(c.chosen).map(([k, v]) => [k, new Set(v)]));
                const address = write({...c, exact: false, chosen});
                const {state, notes} = parse(address, known, 200);
                const back = Object.fromEntries([...state.chosen].map(([k, v]) => [k, [...v]]));
                return {...state, exact: undefined, chosen: back, notes, again: write(state) === address};
            });
        }""",
        cases,
    )
    for case, back in zip(cases, found, strict=True):
        assert back.pop("again")
        back.pop("exact")
        assert back.pop("notes") == []
        back["chosen"] = {key: sorted(found) for key, found in back["chosen"].items()}
        assert {**case, "chosen": {key: sorted(found) for key, found in case["chosen"].items()}} == back  # type: ignore[attr-defined]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_browser_splits_and_folds_words_as_the_build_does(
    shared: Page, explored: str, records: Catalogue, language: str
) -> None:
    ctx = site_pages(records, language).context(1)
    texts = [
        text
        for practice in records.practices.values()
        for part in search_index.parts(ctx, practice).values()
        for said in part
        for text in said.values()
    ]
    texts += FOLD_CASES
    shared.goto(f"{explored}explore/")
    found = shared.evaluate(
        """async (texts) => {
            const {wordsOf} = await own("explore/words.js");
            return texts.map((text) => wordsOf(text).map(({word}) => word));
        }""",
        texts,
    )
    for text, words in zip(texts, found, strict=True):
        assert words == words_of(text), text


def test_the_browser_folds_as_the_build_does(shared: Page, explored: str) -> None:
    shared.goto(f"{explored}explore/")
    found = shared.evaluate(
        """async (texts) => {
            const {fold} = await own("dom/fold.js");
            return texts.map((text) => fold(text));
        }""",
        list(FOLD_CASES),
    )
    assert dict(zip(FOLD_CASES, found, strict=True)) == FOLD_CASES


def words_of(text: str) -> list[str]:
    """The folded words of a text that can be looked for, as the build sees them."""
    folds = map(fold, search_index.surface_words(text))
    return [fold for fold in folds if search_index.is_word(fold)]


def with_word(records: Catalogue, language: str, pattern: str) -> set[str]:
    """The practices in whose searched texts a pattern stands."""
    ctx = site_pages(records, language).context(1)
    return {
        practice.id
        for practice in records.practices.values()
        if any(
            re.search(pattern, ctx.plain(text).replace("’", "'"), re.IGNORECASE)
            for part in search_index.parts(ctx, practice).values()
            for text in part
        )
    }


def found_for(page: Page, explored: str, words: str, prefix: str = "fr/") -> set[str]:
    """All practices that words find."""
    visit(page, f"{explored}{prefix}explore/?q={quote(words)}")
    found = ids(page)
    while page.locator(".pager a[rel=next]").count():
        page.locator(".pager a[rel=next]").click()
        shown(page)
        found += ids(page)
    assert len(found) == total(page)
    return set(found)


def test_french_words(shared: Page, explored: str, records: Catalogue) -> None:
    education = found_for(shared, explored, "éducation")
    assert education >= with_word(records, "fr", r"\béducation\b") != set()
    assert found_for(shared, explored, "education") == education
    assert found_for(shared, explored, "EDUCATIONS") == education
    assert notes(shared) == ""
    elided = with_word(records, "fr", r"\bl'emploi\b")
    assert found_for(shared, explored, "emploi") >= elided != set()
    assert found_for(shared, explored, "l’emploi") == found_for(shared, explored, "l'emploi") >= elided
    works = with_word(records, "fr", r"\bœuvre\b")
    assert found_for(shared, explored, "oeuvre") == found_for(shared, explored, "œuvre") >= works != set()
    assert found_for(shared, explored, "réfugié") == found_for(shared, explored, "réfugiés")


def test_english_words(shared: Page, explored: str, records: Catalogue) -> None:
    cities = found_for(shared, explored, "cities", "")
    assert cities == found_for(shared, explored, "CITY", "")
    assert cities >= with_word(records, "en", r"\b(city|cities)\b")
    assert found_for(shared, explored, "refugee", "") == found_for(shared, explored, "refugees", "")
    assert "test-city-card" in found_for(shared, explored, "tcc", "")
    both = found_for(shared, explored, "health card", "")
    assert both <= found_for(shared, explored, "health", "") & found_for(shared, explored, "card", "")
    assert found_for(shared, explored, "the health of a card", "") == both


def test_a_misspelt_word_is_corrected_visibly_and_can_be_kept(page: Page, explored: str) -> None:
    right = found_for(page, explored, "integration", "")
    for wrong in ("integratoin", "integraton", "inntegration"):
        assert found_for(page, explored, wrong, "") == right, wrong
        assert "“integration”" in notes(page)
    page.get_by_role("button", name="Search only for “inntegration”").click()
    shown(page)
    assert asked(page) == "?q=inntegration&exact=1"
    assert total(page) == 0
    assert "In no practice: “inntegration”" in notes(page)
    page.get_by_role("button", name="Did you mean “integration”?").click()
    shown(page)
    assert total(page) == len(right)
    page.go_back()
    shown(page)
    assert total(page) == 0
    visit(page, f"{explored}fr/explore/?q=logemnt")
    assert "« logement »" in notes(page).replace("\u00a0", " ")


def test_words_of_the_other_language_lead_to_it(page: Page, explored: str) -> None:
    visit(page, f"{explored}explore/?q=langue&theme=language-education")
    assert total(page) == 0
    page.get_by_role("link", name="Search the French pages").click()
    shown(page)
    assert page.url.startswith(f"{explored}fr/explore/?q=langue&exact=1")
    assert "theme=language-education" in asked(page)
    assert total(page) > 0
    for query in ("housing", "xylophone"):  # known here, known nowhere
        visit(page, f"{explored}explore/?q={query}")
        page.wait_for_load_state("networkidle")
        assert page.get_by_role("link", name="Search the French pages").count() == 0
    assert page.get_by_role("link", name="Or propose a practice.").get_attribute("href") == "../contribute/"


def test_practices_with_some_of_the_words_are_shown_when_asked_for(page: Page, explored: str) -> None:
    visit(page, f"{explored}explore/?q=recognition+qualifications")
    with_all = ids(page)
    assert "These have all the words." in notes(page)
    page.get_by_role("button", name="Show those with some of them too").click()
    shown(page)
    assert asked(page) == "?q=recognition+qualifications&words=some"
    assert total(page) > len(with_all)
    assert ids(page)[: len(with_all)] == with_all
    page.reload()
    shown(page)
    page.get_by_role("button", name="Only those with all the words").click()
    shown(page)
    assert ids(page) == with_all
    visit(page, f"{explored}explore/?q=health&words=some")
    assert notes(page) == ""


def test_a_question_that_has_the_words_is_named(page: Page, explored: str, records: Catalogue) -> None:
    asked_for = {"explore/?q=nurses": "a-job-that-uses-the-diploma", "fr/explore/?q=logement": "somewhere-to-live"}
    for path, question in asked_for.items():
        visit(page, explored + path)
        link = page.locator(".answers a").first
        link.wait_for()
        language = "fr" if path.startswith("fr/") else "en"
        assert link.inner_text() == records.questions[question].question[language]
        assert (link.get_attribute("href") or "").endswith(f"questions/{question}/")
    visit(page, f"{explored}explore/?theme=health")
    assert page.locator(".answers a").count() == 0


def test_a_short_word_is_not_replaced_and_a_first_letter_is_not_mistaken(page: Page, explored: str) -> None:
    visit(page, f"{explored}explore/?q=seasonal")
    assert total(page) == 0
    assert "Shown instead" not in notes(page)
    visit(page, f"{explored}explore/?q=citys+helth")
    page.get_by_role("button", name="Did you mean “health”?").click()
    shown(page)
    assert page.locator("#explore-q").input_value() == "citys health"


def test_words_are_shown_in_their_context(page: Page, explored: str) -> None:
    visit(page, f"{explored}explore/?q=interpreters")
    page.wait_for_selector(".card mark")
    for card in page.locator(".card").all()[:5]:
        card.locator("mark").first.wait_for()
        assert card.locator("mark").first.inner_text().lower().startswith("interpret")


def test_words_are_found_as_one_types_with_one_step_back(page: Page, explored: str) -> None:
    visit(page, f"{explored}explore/")
    everything = total(page)
    page.get_by_label("Words to look for").press_sequentially("housi", delay=15)
    page.wait_for_function("location.search === '?q=housi'")
    shown(page)
    assert 0 < total(page) < everything
    page.keyboard.type("ng")
    page.wait_for_function("location.search === '?q=housing'")
    page.go_back()
    shown(page)
    assert asked(page) == ""
    assert total(page) == everything


def test_chips_take_single_choices_away_and_clear_takes_all(page: Page, explored: str) -> None:
    visit(page, f"{explored}explore/?q=school&theme=health,housing&country=us")
    chips = page.locator(".explore-chip")
    assert chips.count() == 4
    page.get_by_role("button", name="Remove “Country: United States”").click()
    shown(page)
    assert asked(page) == "?q=school&theme=health,housing"
    page.get_by_role("button", name="Clear all").click()
    shown(page)
    assert asked(page) == ""
    assert page.get_by_label("Words to look for").input_value() == ""
    assert "explore-total" in page.evaluate("document.activeElement.className")


HOSTILE: Mapping[str, tuple[str, ...]] = {
    "?theme=nonsense&country=zz": ("theme=nonsense", "country=zz"),
    "?nonsense=1&utm_x=2": ("nonsense", "utm_x"),
    "?q=%3Cimg%20src%3Dx%20onload%3Dalert(1)%3E": ("onload",),
    "?theme=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E": ("<img src=x onerror=alert(1)>",),
    "?%3Cscript%3Ealert(1)%3C/script%3E=1": ("<script>alert(1)</script>",),
    "?q=health&q=work&theme=health&theme=housing&theme=health": ("q=work",),
    "?q=%E0%A4%A&theme=%FF%FE": ("theme=",),
    "?sort=best&view=globe&page=-1&exact=maybe": ("sort=best", "view=globe", "page=-1", "exact=maybe"),
    "?__proto__=1&constructor=x&theme=__proto__,constructor": ("__proto__", "constructor"),
    "?q=constructor+hasOwnProperty+__proto__": (),
    "?q=the+of": ("too common",),
    "?q=%00%01%F0%9F%98%80": (),
    "?q=" + "x%20" * 3300: ("200",),
    "?q=" + "a" * 10_000: ("200",),
    "?" + "&".join(f"f{n}=1" for n in range(500)): ("f0", "495"),
    "?theme=" + ",".join(f"t{n}" for n in range(500)): ("theme=t0",),
}


def test_no_address_breaks_the_page_or_runs_anything(page: Page, explored: str) -> None:
    troubles: list[str] = []
    page.on("dialog", lambda dialog: (troubles.append(dialog.message), dialog.dismiss()))
    page.on("pageerror", lambda error: troubles.append(str(error)))
    for query, named in HOSTILE.items():
        visit(page, f"{explored}explore/{query}")
        assert page.locator(".explore-total").is_visible()
        assert page.locator("details.filter").count() == len(explore_data.ORDER)
        text = notes(page)
        for what in named:
            assert what in text, (query[:80], text[:300])
        assert page.locator("#explore img, #explore script").count() == 0
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    visit(page, f"{explored}explore/?q=health&theme=HEALTH,Housing&target=10.7&country=US")
    assert notes(page) == ""
    assert page.locator(".explore-chip").count() == 5
    assert troubles == []


def test_without_the_word_index_filters_work_and_the_page_says_so(page: Page, explored: str, plain: Any) -> None:
    page.route("**/explore/words/**", lambda route: route.abort())
    visit(page, f"{explored}explore/?q=school&theme=health")
    assert "Word search is unavailable" in notes(page)
    assert total(page) == sum("health" in of["theme"] for of in plain.values())
    page.unroute("**/explore/words/**")
    page.get_by_label("Words to look for").fill("schools")
    page.get_by_role("button", name="Search", exact=True).last.click()
    shown(page)
    assert notes(page) == ""


def test_without_the_data_the_page_leads_to_the_indexes(page: Page, explored: str) -> None:
    def broken(route: Route) -> None:
        route.fulfill(status=200, content_type="application/json", body="{")

    page.route("**/explore/facets.json", broken)
    page.goto(f"{explored}explore/")
    page.get_by_text("could not be loaded").wait_for()
    assert page.locator("#explore-fallback a").first.is_visible()
    page.unroute("**/explore/facets.json")
    page.route("**/explore/map.json*", lambda route: route.abort())
    visit(page, f"{explored}explore/?view=map")
    assert page.get_by_text("The map could not be loaded").is_visible()
    page.route("**/explore/texts/**", lambda route: route.abort())
    visit(page, f"{explored}explore/?q=health")
    assert ids(page)


def test_without_storage_everything_works(browser: Browser, explored: str) -> None:
    context = browser.new_context()
    context.add_init_script(
        "for (const name of ['localStorage', 'sessionStorage']) "
        "Object.defineProperty(window, name, {get() { throw new DOMException('no', 'SecurityError'); }});"
    )
    page = context.new_page()
    visit(page, f"{explored}explore/?q=health&theme=health")
    assert ids(page)
    context.close()


def test_without_javascript_the_page_leads_to_the_indexes(browser: Browser, explored: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    for prefix, words in (("", "need JavaScript"), ("fr/", "besoin de JavaScript")):
        page.goto(f"{explored}{prefix}explore/?theme=health")
        assert words in page.locator("main").inner_text()
        links = page.locator("#explore-fallback a")
        assert links.count() > 15
        links.first.click()
        assert page.url == f"{explored}{prefix}practices/"
    page.goto(f"{explored}themes/")
    page.get_by_role("searchbox").fill("health")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{explored}explore/?q=health")
    context.close()


def download(page: Page, kind: str) -> tuple[str, bytes]:
    with page.expect_download() as waiting:
        page.locator(f"[data-take={kind}]").click()
    return waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes()


@pytest.mark.parametrize("prefix", ["", "fr/"])
def test_downloads_hold_the_selection_and_say_so_in_their_names(
    page: Page, explored: str, records: Catalogue, plain: Mapping[str, finding_plain.Choices], prefix: str
) -> None:
    expected = {
        id_
        for id_, of in plain.items()
        if finding_plain.fits(of, {"theme": ["health"], "kind": ["service", "programme"]})
    }
    assert expected
    visit(page, f"{explored}{prefix}explore/?theme=health&kind=service,programme")
    name, data = download(page, "csv")
    assert re.fullmatch(r"(integration-atlas-health|atlas-integration-sante)-[a-z-]+\.csv", name)
    assert data.startswith("\ufeff".encode())
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    whole = {row["id"]: row for row in csv.DictReader(io.StringIO(exports.as_csv(records), newline=""))}
    assert {row["id"] for row in rows} == expected
    assert all(row == whole[row["id"]] for row in rows)
    name, data = download(page, "json")
    assert name.endswith(".json")
    found = json.loads(data)
    all_records = json.loads(exports.as_json(records))
    assert found["practices"] == [p for p in all_records["practices"] if p["id"] in expected]
    assert found["licence"] == all_records["licence"]
    assert (
        found["selection"].endswith("explore/?kind=programme,service&theme=health")
        or "theme=health" in found["selection"]
    )


def test_the_results_of_the_selection_can_be_taken_away(page: Page, explored: str, records: Catalogue) -> None:
    visit(page, f"{explored}explore/?evidence=evaluated")
    name, data = download(page, "results")
    assert name == "integration-atlas-results-evaluated.csv"
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    wanted = {
        id_: len(practice.results)
        for id_, practice in records.practices.items()
        if any(evidence_of(result) == "evaluated" for result in practice.results)
    }
    assert {row["id"] for row in rows} == wanted.keys()
    assert len(rows) == sum(wanted.values())


def test_a_download_waits_for_what_its_name_says(page: Page, explored: str) -> None:
    visit(page, f"{explored}explore/?theme=housing")

    def late(route: Route) -> None:
        page.wait_for_timeout(700)
        route.continue_()

    page.route("**/words/sc.json*", late)
    page.locator("#explore-q").fill("school")
    page.keyboard.press("Enter")
    name, data = download(page, "json")
    found = json.loads(data)
    assert "school" in name
    assert "q=school" in found["selection"]
    assert {practice["id"] for practice in found["practices"]} == set(ids(page)) != set()


def test_files_are_named_after_the_words_that_were_looked_for(page: Page, explored: str) -> None:
    visit(page, f"{explored}explore/?q=helath")
    visit(page, f"{explored}explore/?q=helthcare+integratoin&words=some")
    name, _ = download(page, "csv")
    assert "integration.csv" in name
    assert "integratoin" not in name
    page.route("**/words/**", lambda route: route.abort())
    visit(page, f"{explored}explore/?q=school&theme=housing")
    name, data = download(page, "json")
    assert "school" not in name
    assert len(json.loads(data)["practices"]) == total(page)


def test_links_within_a_dossier_leave_it_as_it_is(page: Page, explored: str) -> None:
    visit(page, f"{explored}explore/?organisation=example-city")
    page.get_by_role("button", name="Dossier to print").click()
    page.wait_for_selector(".dossier[data-ready]")
    assert "dossier-title" in page.evaluate("document.activeElement.className")
    page.locator(".dossier").evaluate("e => (e.dataset.seen = 'yes')")
    page.locator(".dossier-contents a").first.click()
    page.wait_for_timeout(300)
    assert page.url.endswith("#p1-top")
    assert page.locator(".dossier[data-seen=yes] article").count() > 0


def test_a_dossier_says_when_chapters_are_missing(page: Page, explored: str) -> None:
    page.route("**/practices/*/", lambda route: route.abort())
    visit(page, f"{explored}explore/?organisation=example-city&view=dossier")
    page.wait_for_selector(".dossier[data-ready]")
    assert "could not be loaded" in page.locator(".dossier-status").inner_text()
    assert page.get_by_role("button", name="Print or save as PDF").is_disabled()


def test_the_focus_stays_near_what_was_changed(page: Page, explored: str) -> None:
    visit(page, f"{explored}explore/?q=school&theme=health,children-youth")
    page.locator(".explore-chip").nth(1).focus()
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelectorAll('.explore-chip').length === 2")
    shown(page)
    page.wait_for_function("document.activeElement.classList.contains('explore-chip')")
    visit(page, f"{explored}explore/?q=integratoin")
    page.get_by_role("button", name="Search only for “integratoin”").focus()
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.classList.contains('explore-total')")
    visit(page, f"{explored}explore/?theme=health&country=dk")
    box = page.locator("details[data-filter=theme] input[value=health]")
    box.focus()
    page.keyboard.press("Space")
    shown(page)
    assert box.evaluate("e => e === document.activeElement && !e.disabled")


def test_pages_of_results_are_announced_and_headed(page: Page, explored: str, records: Catalogue) -> None:
    visit(page, f"{explored}explore/")
    n = len(records.practices)
    assert page.get_by_role("heading", name=f"{n} practices").count() == 1
    live = page.locator(".explore-main > [role=status].visually-hidden")
    assert f"1 to 20 of {n}" in live.inner_text()
    page.get_by_role("link", name="Next").click()
    shown(page)
    assert f"21 to {n} of {n}" in live.inner_text()


def test_a_download_that_fails_says_so(page: Page, explored: str) -> None:
    page.route("**/data/practices.*", lambda route: route.abort())
    visit(page, f"{explored}explore/?theme=health")
    page.locator("[data-take=csv]").click()
    page.get_by_text("nothing was downloaded").wait_for()


def test_the_dossier_holds_every_practice_with_sources_and_contents(page: Page, explored: str) -> None:
    visit(page, f"{explored}explore/?organisation=example-city")
    page.get_by_role("button", name="Dossier to print").click()
    page.wait_for_selector(".dossier[data-ready]")
    assert "view=dossier" in asked(page)
    article = page.locator("article.dossier-practice").first
    assert article.locator("h2").inner_text().startswith("TCC")
    assert article.locator("ol.sources li").count() > 1
    assert article.locator(".lede").is_visible()
    assert page.locator(".dossier-contents a").first.get_attribute("href") == "#p1-top"
    doubles = page.evaluate(
        "() => { const ids = [...document.querySelectorAll('[id]')].map(e => e.id);"
        " return ids.filter((id, at) => ids.indexOf(id) !== at); }"
    )
    assert doubles == []
    broken = page.evaluate(
        "() => [...document.querySelectorAll('.dossier a[href^=\"#\"]')].map(a => a.getAttribute('href').slice(1))"
        ".filter(id => !document.getElementById(id))"
    )
    assert broken == []
    page.emulate_media(media="print")
    assert not page.locator(".explore-words").is_visible()
    assert not page.locator(".dossier-tools").is_visible()
    assert not page.locator("#top").is_visible()
    for kept in ("h2", ".lede", ".facts", "ol.sources"):
        assert article.locator(kept).first.is_visible(), kept
    assert article.evaluate("e => getComputedStyle(e).breakBefore") == "page"
    page.emulate_media(media="screen")
    page.get_by_role("link", name="Back to the selection").click()
    shown(page)
    assert asked(page) == "?organisation=example-city"
    page.go_back()
    page.wait_for_selector(".dossier[data-ready]")


def test_a_dossier_of_many_practices_is_asked_for(page: Page, explored: str, records: Catalogue) -> None:
    def with_a_lower_limit(route: Route) -> None:
        code = route.fetch().text()
        lower = re.sub(r"^((?:export )?const \w+ = )60;", r"\g<1>20;", code, flags=re.MULTILINE)
        assert lower != code
        route.fulfill(body=lower, content_type="text/javascript")

    assert 20 < len(records.practices) <= 60
    page.route("**/explore/dossier.js", with_a_lower_limit)
    page.goto(f"{explored}explore/?view=dossier")
    page.get_by_role("button", name="Prepare it all the same").wait_for()


def test_a_dossier_names_what_is_missing(page: Page, explored: str) -> None:
    page.route("**/fr/practices/small-welcome-desk/", lambda route: route.abort())
    visit(page, f"{explored}fr/explore/?view=dossier&country=pt")
    page.wait_for_selector(".dossier[data-ready]")
    said = page.locator(".dossier-chapters").inner_text()
    assert "n’a pas pu être chargée\u00a0: small-welcome-desk" in said
    assert page.locator("article.dossier-practice").count() == 1


def test_a_choice_of_an_address_is_in_sight_in_its_list(page: Page, explored: str) -> None:
    visit(page, f"{explored}explore/?theme=narratives&country=us")
    for key, id_ in (("theme", "narratives"), ("country", "us")):
        box = page.locator(f"details[data-filter={key}] input[value={id_}]")
        assert box.is_checked()
        assert box.evaluate(
            """(box) => {
                const [inner, outer] = [box, box.closest("ul")].map((element) => element.getBoundingClientRect());
                return inner.top >= outer.top && inner.bottom <= outer.bottom;
            }"""
        )
    assert page.evaluate("scrollY") == 0


def test_on_a_phone_the_filters_end_in_the_way_to_the_results(browser: Browser, explored: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 800})
    page = visit(context.new_page(), f"{explored}explore/?theme=health")
    to_results = page.locator(".explore-done")
    assert not to_results.is_visible()
    page.get_by_role("button", name="Show the filters").click()
    assert to_results.inner_text() == f"Show the {total(page)} practices"
    page.locator("details[data-filter=theme] input[value=health]").click()
    shown(page)
    assert to_results.inner_text() == f"Show the {total(page)} practices"
    to_results.click()
    assert not page.locator(".explore-aside").is_visible()
    assert "explore-total" in page.evaluate("document.activeElement.className")
    assert page.locator(".explore-total").bounding_box()["y"] < 400  # type: ignore[index]
    context.close()


def test_by_keyboard_alone(page: Page, explored: str) -> None:
    visit(page, f"{explored}explore/")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "explore-q"
    page.keyboard.type("health")
    page.keyboard.press("Enter")
    shown(page)
    assert asked(page) == "?q=health"
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    skip = page.locator(".explore-skip")
    assert skip.evaluate("e => e === document.activeElement && e.getBoundingClientRect().width > 40")
    page.keyboard.press("Enter")
    assert "explore-total" in page.evaluate("document.activeElement.className")
    skip.focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.type") == "checkbox"
    page.keyboard.press("Space")
    shown(page)
    assert "theme=" in asked(page)
    assert page.evaluate("document.activeElement.type") == "checkbox"
    reached = set()
    for _ in range(160):
        page.keyboard.press("Tab")
        reached.add(
            page.evaluate("(({dataset, tagName}) => dataset.view ?? dataset.take ?? tagName)(document.activeElement)")
        )
    assert {"cards", "table", "map", "SELECT", "csv", "json", "dossier", "A"} <= reached


@pytest.mark.parametrize(("prefix", "region", "group"), [("", "Filters", "Theme"), ("fr/", "Filtres", "Thème")])
def test_names_for_screen_readers(page: Page, explored: str, prefix: str, region: str, group: str) -> None:
    visit(
        page,
        f"{explored}{prefix}explore/?theme=health&q=health"
        if not prefix
        else f"{explored}fr/explore/?theme=health&q=santé",
    )
    tree = page.locator("main").aria_snapshot()
    assert f'complementary "{region}"' in tree
    assert f'group "{group}"' in tree
    assert re.search(r'checkbox "(Health|Santé) \d+" \[checked\]', tree)
    assert 'region "' in tree
    assert re.search(r'button "(Cards|Fiches)" \[pressed\]', tree)
    assert re.search(r"status: (\d+ practices? of|\d+ pratiques? sur)", tree)
    for element in page.locator("main :is(button, input, select, a)").all():
        if element.is_visible():
            name = element.evaluate("e => e.getAttribute('aria-label') || e.labels?.[0]?.textContent || e.textContent")
            assert name.strip()


# Each language, scheme and width with each of the others, without running all eight.
COMBINATIONS = [("", "light", 1440), ("fr/", "dark", 1440), ("", "dark", 360), ("fr/", "light", 360)]


@pytest.mark.parametrize(("prefix", "scheme", "width"), COMBINATIONS)
def test_axe_finds_nothing_in_any_view(browser: Browser, explored: str, prefix: str, scheme: Any, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    script = AXE.read_text(encoding="utf-8")
    found = []
    # Few results, as more of the same kind say nothing new.
    queries = (
        "?q=health&theme=housing",
        "?view=table&theme=housing&kind=service",
        "?view=map&theme=housing",
        "?q=integratoin&theme=housing&nonsense=1",
    )
    for query in (*queries, "?view=dossier&organisation=example-city"):
        visit(page, f"{explored}{prefix}explore/{query}")
        if "dossier" in query:
            page.wait_for_selector(".dossier[data-ready]")
        elif width < 900:
            page.locator(".explore-toggle").click()
        page.locator("details").evaluate_all("all => all.slice(0, 3).forEach(e => e.open = true)")
        page.wait_for_timeout(50)
        over = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        if over > 0:
            found.append(f"{prefix}{query}: {over} too wide")
        page.evaluate(script)
        result = page.evaluate("tags => axe.run('main', {runOnly: {type: 'tag', values: tags}})", RULES)
        for violation in result["violations"]:
            where = f"{prefix}{query}: {violation['id']}"
            found += [f"{where}: {node['target']}: {node['failureSummary']}" for node in violation["nodes"][:3]]
    context.close()
    assert found == []


def test_the_search_box_suggests_practices_terms_and_countries(page: Page, explored: str) -> None:
    page.goto(f"{explored}themes/")
    page.keyboard.press("Control+k")
    field = page.get_by_role("combobox")
    assert field.evaluate("e => e === document.activeElement")
    field.press_sequentially("portu")
    options = page.get_by_role("option")
    options.first.wait_for()
    texts = options.all_inner_texts()
    assert any(text.split("\n")[0].strip().startswith("Portugal") and "Country" in text for text in texts)
    assert any("Practice" in text for text in texts)
    assert len(texts) <= 9
    assert texts[-1].strip() == "Search all texts for “portu”"
    field.fill("heal")
    page.get_by_role("option", name="Health").first.wait_for()
    page.keyboard.press("ArrowDown")
    chosen = page.locator("[role=option][aria-selected=true]")
    assert chosen.count() == 1
    assert field.get_attribute("aria-activedescendant") == chosen.get_attribute("id")
    page.keyboard.press("ArrowUp")
    assert field.get_attribute("aria-activedescendant") is None
    page.keyboard.press("Escape")
    assert options.count() == 0
    field.fill("test card")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{explored}practices/test-city-card/")


def test_the_search_box_offers_questions_plurals_codes_and_all_texts(page: Page, explored: str) -> None:
    page.goto(f"{explored}fr/about/")
    field = page.get_by_role("combobox")
    field.fill("rumeurs")
    page.get_by_role("option", name=re.compile("^Une rumeur court en ville")).wait_for()
    page.goto(f"{explored}about/")
    field.fill("SDG 10.7")
    page.get_by_role("option", name=re.compile("^10.7 ")).wait_for()
    field.fill("recognition of $& qualifications")
    option = page.get_by_role("option")
    option.wait_for()
    assert option.inner_text().strip() == "Search all texts for “recognition of $& qualifications”"
    option.click()
    page.wait_for_url(re.compile(r"/explore/\?q=recognition"))
    shown(page)
    assert page.locator("#explore-q").input_value() == "recognition of $& qualifications"


def test_enter_in_the_search_box_opens_explore_with_the_words(page: Page, explored: str) -> None:
    for prefix, words in (("", "city & health"), ("fr/", "l’école")):
        page.goto(f"{explored}{prefix}about/")
        page.keyboard.press("/")
        page.keyboard.type(words)
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile(rf"{re.escape(explored)}{prefix}explore/\?q="))
        shown(page)
        assert page.locator("#explore-q").input_value() == words
    page.goto(f"{explored}about/")
    page.get_by_role("combobox").press_sequentially("a/b")
    assert page.get_by_role("combobox").input_value() == "a/b"


def test_the_search_box_does_without_its_index(page: Page, explored: str) -> None:
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.route("**/explore/names.json*", lambda route: route.abort())
    page.goto(f"{explored}fr/themes/")
    page.get_by_role("combobox").press_sequentially("santé")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{explored}fr/explore/?q=sant%C3%A9")
    assert errors == []


def test_the_search_box_tries_again_after_a_failure(page: Page, explored: str) -> None:
    answers = [503, 503, 200]

    def answer(route: Route) -> None:
        status = answers.pop(0)
        route.continue_() if status == 200 else route.fulfill(status=status, body="")

    page.route("**/explore/names.json*", answer)
    page.goto(f"{explored}themes/")
    field = page.get_by_role("combobox")
    field.focus()
    for letters in ("por", "tu"):
        field.press_sequentially(letters, delay=20)
        page.get_by_role("option", name=re.compile("^Search all texts")).wait_for()
    page.get_by_role("option", name=re.compile("^Portugal")).first.wait_for()
    assert answers == []


def test_the_slash_leads_to_the_search_box_from_wherever_no_letter_is_typed(page: Page, explored: str) -> None:
    visit(page, f"{explored}explore/")
    box = page.locator("details[data-filter=theme] input[type=checkbox]:enabled").first
    box.focus()
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "explore-q"
    page.keyboard.press("/")
    assert page.locator("#explore-q").input_value() == "/"
    narrow = page.locator("details[data-filter=theme] .narrow")
    narrow.focus()
    page.keyboard.press("/")
    assert narrow.input_value() == "/"


WITHOUT_TIMEOUT = "delete AbortSignal.timeout"


def test_an_older_browser_shows_everything(page: Page, explored: str) -> None:
    page.add_init_script(WITHOUT_TIMEOUT)
    visit(page, f"{explored}explore/?q=school&theme=health")
    assert page.evaluate("AbortSignal.timeout") is None
    assert ids(page)
    page.get_by_role("button", name="Dossier to print").click()
    page.wait_for_selector(".dossier[data-ready]")
    page.get_by_role("combobox").press_sequentially("portu")
    page.get_by_role("option", name=re.compile("^Portugal")).first.wait_for()
    page.goto(f"{explored}compare/?ids=test-city-card,welcome-centre-network")
    page.locator(".compare-table").wait_for()


def test_every_request_has_a_time_limit(page: Page, explored: str) -> None:
    page.add_init_script(WITHOUT_TIMEOUT)  # the clock of the test moves the timers of scripts only
    page.clock.install()
    page.route("**/explore/names.json*", lambda route: None)
    page.goto(f"{explored}about/")
    found = page.evaluate(
        """async () => {
            const {load} = await own("dom/load.js");
            window.asked = load("/explore/names.json").then(() => "answered", (error) => error.name);
        }"""
    )
    page.clock.fast_forward(29_000)
    assert page.evaluate("Promise.race([window.asked, 'waiting'])") == "waiting"
    page.clock.fast_forward(2_000)
    found = page.evaluate("window.asked")
    assert found == "TimeoutError"


def test_term_pages_lead_to_their_selection(page: Page, explored: str) -> None:
    cases = {"themes/health/": "theme=health", "sdgs/16-9/": "target=16-9", "fr/countries/us/": "country=us"}
    for path, query in cases.items():
        page.goto(explored + path)
        link = page.locator(".further a")
        assert (link.get_attribute("href") or "").endswith(f"explore/?{query}")
        link.click()
        shown(page)
        assert page.locator(".explore-chip").count() == 1
        assert notes(page) == ""


def test_the_language_switch_keeps_the_selection(page: Page, explored: str) -> None:
    visit(page, f"{explored}explore/?theme=health&view=table")
    before = total(page)
    page.get_by_role("link", name="Français").click()
    shown(page)
    assert page.url == f"{explored}fr/explore/?theme=health&view=table"
    assert total(page) == before


def test_a_card_shows_the_best_evidence_of_its_practice(page: Page, explored: str, records: Catalogue) -> None:
    several = {id_ for id_, p in records.practices.items() if len({evidence_of(result) for result in p.results}) > 1}
    assert several
    seen = set()
    visit(page, f"{explored}explore/?sort=name")
    while True:
        marks = page.locator(".card").evaluate_all(
            "all => all.map((card) => [card.dataset.practiceId, card.querySelector('.evidence').className])"
        )
        for id_, classes in marks:
            seen.add(id_)
            assert classes == f"evidence evidence-{completeness.best_evidence(records.practices[id_])}", id_
        if not page.locator(".pager a[rel=next]").count():
            break
        page.locator(".pager a[rel=next]").click()
        shown(page)
    assert seen == records.practices.keys()


@pytest.mark.parametrize("path", ["", "explore/?view=map"])
def test_the_more_practices_a_country_has_the_stronger_its_shade(page: Page, explored: str, path: str) -> None:
    if path:
        visit(page, explored + path)
    else:
        page.goto(explored)
    countries = page.locator("svg.world a:not(.marker)").evaluate_all(
        """all => all.map((a) => {
            const [name, n] = a.getAttribute("aria-label").match(/(.*): (\\d+) /).slice(1);
            const [shape] = a.querySelectorAll("path, circle");
            return [name, Number(n), a.getAttribute("class"), getComputedStyle(shape).fill];
        })"""
    )
    assert {min(n, 5) for _, n, _, _ in countries} >= {1, 2}
    assert [name for name, n, shade, _ in countries if shade != f"n{min(n, 5)}"] == []
    fills = page.evaluate(
        """() => [1, 2, 3, 4, 5].map((n) => {
            const a = document.querySelector("svg.world a:not(.marker)");
            a.setAttribute("class", `n${n}`);
            return getComputedStyle(a.querySelector("path, circle")).fill;
        })"""
    )
    assert fills[0] != fills[1] != fills[3]
    assert fills[0] != fills[3]
    assert (fills[1], fills[3]) == (fills[2], fills[4])
