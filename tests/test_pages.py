"""The generated pages: which there are, what stands on them, and that typed text stays text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any
from xml.etree import ElementTree

import msgspec
import pytest
import yaml
from tests.samples import (
    FULL,
    SMALLEST,
    body,
    catalogue,
    examples,
    markdown,
    practice,
    shown,
    site_pages,
    strings,
    tree,
)

from catalogue.fields import FIELDS, Place
from catalogue.finding import comparison
from catalogue.model import LANGUAGES, Catalogue, Pick, Practice, Question
from catalogue.pages.all_pages import SitePages
from catalogue.presenting.context import Addresses
from catalogue.presenting.page import PER_PAGE, Page, Paging, paged
from catalogue.presenting.site import shortened

OSLO, NANTES = "oslo-job-mentors", "nantes-permanence-juridique"


class Site:
    """The pages of a catalogue in a language, rendered when they are asked for."""

    def __init__(
        self, found: Catalogue, language: str = "en", addresses: Addresses | None = None, today: str = ""
    ) -> None:
        self.pages: SitePages = site_pages(found, language, addresses, today)
        listed = list(self.pages.pages())
        self.by_path: Mapping[str, Page] = {page.path: page for page in listed}
        assert len(self.by_path) == len(listed), "two pages have one address"

    @cache  # noqa: B019 - the sites live as long as the tests
    def text(self, path: str) -> str:
        return self.pages.render(self.by_path[path])

    @cache  # noqa: B019
    def tree(self, path: str) -> ElementTree.Element:
        return tree(self.text(path))

    def shown(self, path: str) -> str:
        return shown(self.tree(path))


@cache
def site(language: str = "en") -> Site:
    """The site of the valid examples."""
    return Site(catalogue(*examples().values()), language)


@cache
def empty(language: str = "en") -> Site:
    return Site(catalogue(), language)


def with_class(root: ElementTree.Element, name: str) -> list[ElementTree.Element]:
    return [element for element in root.iter() if name in element.get("class", "").split()]


def front_matter_of(text: str) -> Any:
    return yaml.safe_load(text.split("---\n")[1])


# Which pages there are.


def test_both_languages_have_the_same_addresses() -> None:
    assert site("en").by_path.keys() == site("fr").by_path.keys()


def test_every_page_lies_in_a_folder_of_its_own() -> None:
    for path, page in site().by_path.items():
        assert path == "" or path.endswith("/")
        assert page.file == f"{path}index.md"
        assert page.depth == path.count("/")


def test_there_is_a_page_for_every_practice_index_and_entry() -> None:
    paths = site().by_path.keys()
    assert {f"practices/{name}/" for name in examples()} <= paths
    for name, index in site().pages.atlas.indexes.items():
        assert f"{name}/" in paths
        assert {entry.path for entry in index.entries.values()} <= paths


def test_an_empty_catalogue_lacks_nothing_but_the_pages_of_practices() -> None:
    addresses = {id_ for found in examples().values() for id_ in (found.id, *found.aliases)}
    assert site().by_path.keys() - empty().by_path.keys() == {f"practices/{id_}/" for id_ in addresses}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "path", ["", "practices/", "themes/", "themes/health/", "countries/", "countries/xk/", "regions/", "sdgs/",
             "leads/", "evidence/none/", "organisations/iom/", "documents/metropolis-housing-note/",
             "contribute/fields/"],
)  # fmt: skip
def test_a_page_of_an_empty_catalogue_can_be_written(language: str, path: str) -> None:
    assert shown(empty(language).tree(path))


# Lists in several pages.


@pytest.mark.parametrize(
    ("count", "sizes"), [(0, [0]), (1, [1]), (200, [200]), (201, [200, 1]), (400, [200, 200]), (401, [200, 200, 1])]
)
def test_a_list_is_cut_into_pages_of_two_hundred(count: int, sizes: list[int]) -> None:
    found = list(paged("themes/health/", range(count)))
    assert PER_PAGE == 200
    assert [len(items) for _, _, items in found] == sizes
    assert [item for _, _, items in found for item in items] == list(range(count))
    assert [address for address, _, _ in found] == [
        "themes/health/", "themes/health/page-2/", "themes/health/page-3/",
    ][: len(sizes)]  # fmt: skip


def test_a_page_of_a_list_knows_those_beside_it() -> None:
    paths = ("a/", "a/page-2/", "a/page-3/")
    assert [(Paging(n, 3, paths).previous, Paging(n, 3, paths).next) for n in (1, 2, 3)] == [
        (None, "a/page-2/"), ("a/", "a/page-3/"), ("a/page-2/", None),
    ]  # fmt: skip


@cache
def large() -> Site:
    """A site of 201 practices under one theme."""
    return Site(catalogue(*(practice(f"desk-{number:03}", themes=["health"]) for number in range(201))))


@pytest.mark.parametrize("path", ["practices/", "themes/health/", "countries/pt/"])
def test_the_201st_practice_stands_on_a_second_page(path: str) -> None:
    first, second = large().tree(path), large().tree(f"{path}page-2/")
    assert len(with_class(first, "card")) == 200
    assert len(with_class(second, "card")) == 1
    links = [link for link in second.iter("a") if link.get("rel") == "prev"]
    assert len(links) == 1
    assert f"{path}page-3/" not in large().by_path
    (forward,) = [link for link in first.iter("a") if link.get("rel") == "next"]
    assert forward.get("href", "").endswith(f"{path}page-2/")
    assert "201 practices" in shown(first)


def test_further_pages_of_a_list_say_so_in_the_title() -> None:
    titles = [large().by_path[path].title for path in ("practices/", "practices/page-2/")]
    assert titles == ["Practices", "Practices (Page 2)"]
    assert "(Page 2)" in large().by_path["themes/health/page-2/"].title


def test_every_practice_stands_once_in_the_list_of_all_in_the_order_of_names() -> None:
    trees = [large().tree(path) for path in ("practices/", "practices/page-2/")]
    cards = [card for page in trees for card in with_class(page, "card-name")]
    assert [shown(card) for card in cards] == [f"desk {number:03}" for number in range(201)]


# What stands on a page.


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", ["4 practices", "5 countries", "26 themes", "3 results with their sources"]),
        ("fr", ["4 pratiques", "5 pays", "26 thèmes", "3 résultats et leurs sources"]),
    ],
)
def test_the_home_page_counts_practices_countries_themes_and_results(language: str, expected: list[str]) -> None:
    (totals,) = with_class(site(language).tree(""), "totals")
    assert [shown(item) for item in totals] == expected


def test_the_home_page_of_an_empty_catalogue_counts_nothing() -> None:
    (totals,) = with_class(empty().tree(""), "totals")
    assert [shown(item) for item in totals] == [
        "0 practices", "0 countries", "26 themes", "0 results with their sources",
    ]  # fmt: skip


def test_the_home_page_shows_the_newest_and_the_best_documented_first() -> None:
    context = site().by_path[""].context
    assert [p.id for p in context["newest"]] == [FULL, OSLO, NANTES, SMALLEST]
    assert [p.id for p in context["best"]][:2] == [FULL, OSLO]


def test_the_map_has_a_link_for_each_country_and_place() -> None:
    (world,) = with_class(site().tree(""), "world")
    labels = [link.get("aria-label", "") for link in world.iter() if link.tag.endswith("a") and link.get("href")]
    assert labels == [
        "France: 1 practice", "Italy: 1 practice", "Norway: 1 practice", "Portugal: 1 practice",
        "San Marino: 1 practice", "Bologna: Neighbourhood mediators of Bologna",
    ]  # fmt: skip


@pytest.mark.parametrize("path", ["themes/health/", "countries/br/", "sdgs/1-1/", "regions/world/"])
def test_an_empty_term_says_that_nothing_is_known_and_invites(path: str) -> None:
    for language, text in (("en", "Nothing is known yet"), ("fr", "Rien n’est encore connu")):
        found = site(language).shown(path)
        assert strings(language).text("term.empty_text") in found
        assert strings(language).text("term.empty") in found
        assert text.split()[0] in found
        assert with_class(site(language).tree(path), "card") == []


def test_a_term_with_practices_lists_them_with_what_it_often_meets() -> None:
    two = Site(catalogue(practice("a", themes=["health", "gender"]), practice("b", themes=["health", "gender"])))
    page = two.tree("themes/health/")
    assert [shown(card) for card in with_class(page, "card-name")] == ["a", "b"]
    (meets,) = with_class(page, "meets")
    assert "Gender" in shown(meets)
    assert strings("en").text("term.empty_text") not in shown(page)
    assert with_class(site().tree("themes/cohesion/"), "has-meets")
    assert not with_class(site().tree("themes/rights-justice/"), "meets")  # one practice often meets nothing


@pytest.mark.parametrize(
    ("path", "section", "trail"),
    [
        ("", "", []),
        ("practices/", "practices", []),
        (f"practices/{FULL}/", "practices", ["practices/"]),
        ("themes/", "themes", []),
        ("themes/health/", "themes", ["themes/"]),
        ("sdgs/10-7/", "sdgs", ["sdgs/", "sdgs/10/"]),
        ("regions/southern-europe/", "indexes", ["regions/", "regions/europe/"]),
        ("regions/europe/", "indexes", ["regions/"]),
        ("regions/world/", "indexes", ["regions/"]),
        ("countries/it/", "countries", ["countries/"]),
        ("groups/migrants/", "indexes", ["groups/", "groups/people/"]),
        ("organisations/iom/", "indexes", ["organisations/"]),
        ("leads/", "indexes", []),
        ("contribute/rules/", "contribute", ["contribute/"]),
    ],
)
def test_a_page_knows_its_section_and_what_lies_above_it(path: str, section: str, trail: list[str]) -> None:
    page = site().by_path[path]
    assert page.section == section
    assert [above for above, _ in page.trail] == trail
    assert front_matter_of(site().text(path))["section"] == section
    links = [link.get("href") for nav in with_class(site().tree(path), "trail") for link in nav.iter("a")]
    up = "../" * page.depth
    assert links == ([up or "./", *(up + above for above in trail)] if path else [])


def test_a_practice_page_shows_everything_that_the_record_says() -> None:
    text = site().shown(f"practices/{FULL}/")
    for expected in (
        "Neighbourhood mediators of Bologna", "MQB", "Bologna block mediators", "Mediatori di quartiere (Italian)",
        "Posrednici u kvartu (Serbian)", "Residents of twelve blocks", "Italy", "San Marino", "Morocco", "Bangladesh",
        "Southern Europe", "European Union", "Bologna (390,000 inhabitants)", "City of Bologna", "Lead and funder",
        "University of the Via Emilia", "Evaluator", "Aurora Foundation", "The money ran out", "March 2015–2021",
        "trial in three blocks", "March 2015–2016", "Collaborate", "Migrants themselves", "All residents", "11.3",
        "stated by a source", "16 ", "inferred by the editors", "120,000.5 EUR in all over 24 months",
        "about 60,000 EUR a year", "paid by City of Bologna", "Training and fees", "2.5 people work on it",
        "Trainers and a coordinator", "Noise, rubbish", "settled nothing", "Two mediators for each staircase",
        "Ask each staircase", "before the summer", "Done here", "Train them on Saturdays", "General advice",
        "Trust Neighbours who greet", "214 out of 260 quarrels settled against 90 without the practice",
        "Independently evaluated", "95% confidence interval from 200 to 228", "from 12 to 40", "in the first year: 60",
        "Comparison group", "260 people or cases studied", "by: independent authors", "as of 31 December 2020",
        "Bridges between groups", "The blocks of San Marino are counted too", "40% of those asked out of 50",
        "Paying for each case", "The desk took over the training", "2018", "Contract or agreement",
        "Regolamento dei mediatori", "It needs staircases", "Whether quarrels come back", "Two blocks elected", "2023",
        "Newcomers in five cities", "pages 31-38", "section 4, table 2", "Mediatori di quartiere", "Comune di Bologna",
        "in Italian", "only a part was read", "read on a copying host", "Read on 1 March 2026", "Archived copy",
        "Found in: Newcomers in five cities (section 4)", "https://bologna.example/mediatori",
        "https://practices.example/7", "Adapted from", "Lisbon welcome desk", "2 March 2026 (Public source)",
        "2 March 2026: The number of quarrels was corrected", "17 of 17",
    ):  # fmt: skip
        assert expected in text, expected
    links = {link.get("href") for link in site().tree(f"practices/{FULL}/").iter("a")}
    assert {
        "https://archive.example/mediatori", "https://bologna.example/regolamento", f"../../practices/{SMALLEST}/",
        "../../organisations/aurora-foundation/", "../../documents/metropolis-newcomers-report/",
    } <= links  # fmt: skip


def test_the_sections_of_a_practice_page_stand_in_the_order_of_the_table_and_of_the_contents() -> None:
    page = site().tree(f"practices/{FULL}/")
    (contents,) = with_class(page, "on-this-page")
    named = [(link.get("href") or "")[1:] for link in contents.iter("a")]
    headings = [heading.get("id") for heading in page.iter("h2")]
    expected = [row for field in FIELDS if field.place is Place.SECTION for row in field.shown_rows]
    assert named == [*expected, "sources", "related", "cite"]
    assert headings == ["facts", *named, "improve"]


def test_a_practice_page_leaves_out_what_the_record_does_not_say() -> None:
    page = site().tree(f"practices/{SMALLEST}/")
    ids = {element.get("id") for element in page.iter()}
    assert {"approach", "results", "sources", "cite", "improve"} <= ids
    sections = {row for field in FIELDS if field.place is Place.SECTION for row in field.shown_rows}
    assert ids & sections == {"approach", "results"}
    (facts,) = with_class(page, "facts")
    rows = ("where", "kind", "status", "described_as_of", "verified", "leads", "dimensions")
    assert [shown(name) for name in facts.iter("dt")] == [strings("en").text(f"fields.{row}.title") for row in rows]
    assert strings("en").text("practice.results_none") in shown(page)
    assert strings("en").text("values.verified_never") in shown(page)


def test_the_way_back_of_a_relation_is_named_by_its_inverse() -> None:
    (related,) = with_class(site().tree(f"practices/{SMALLEST}/"), "related-list")
    assert "Neighbourhood mediators of Bologna" in shown(related)
    assert "Adapted as." in shown(related)


# Missing translations.


@pytest.mark.parametrize(("record", "language", "other"), [(OSLO, "fr", "en"), (NANTES, "en", "fr")])
def test_a_text_in_another_language_is_shown_and_marked_as_such(record: str, language: str, other: str) -> None:
    found = examples()[record]
    page = site(language).tree(f"practices/{record}/")
    (heading,) = page.iter("h1")
    assert (heading.get("lang"), shown(heading)) == (other, found.name[other])
    for text in (found.summary, found.approach[0].text):
        (paragraph,) = [p for p in page.iter("p") if shown(p) == text[other]]
        assert paragraph.get("lang") == other
    assert [shown(notice) for notice in with_class(page, "notice")] == [
        strings(language).text("practice.missing_language")
    ]
    marks = {shown(mark) for mark in with_class(page, "untranslated")}
    assert marks == {strings(language).text("practice.missing_mark")}


@pytest.mark.parametrize(("record", "language"), [(OSLO, "en"), (NANTES, "fr"), (SMALLEST, "en"), (SMALLEST, "fr")])
def test_a_text_in_the_language_of_the_page_is_not_marked(record: str, language: str) -> None:
    page = site(language).tree(f"practices/{record}/")
    (heading,) = page.iter("h1")
    assert heading.get("lang") is None
    (body_part,) = with_class(page, "body")
    (related,) = with_class(body_part, "related")
    own = [mark for mark in with_class(page, "untranslated") if mark not in list(related.iter())]
    assert own == []
    assert with_class(page, "notice") == []


def test_a_card_in_another_language_is_marked_too() -> None:
    (card,) = [card for card in with_class(site("fr").tree("practices/"), "card") if "Oslo" in shown(card)]
    assert [link.get("lang") for link in card.iter("a")] == ["en"]
    assert with_class(card, "untranslated")


# Typed text stays text.

MARKUP = (
    "<script>alert(1)</script></title><script src=//x></script> **b** [a](javascript:c) {{ 1 }} {: #d } &lt; \" ' ]]>"
)


def planted(record: str) -> Practice:
    """The full example with markup in every text, and with quotes in every name."""

    def plant(node: Any, key: str = "") -> Any:
        if isinstance(node, dict) and node.keys() & set(LANGUAGES) and all(isinstance(v, str) for v in node.values()):
            text = MARKUP.replace("<", "‹").replace(">", "›") if key in ("name", "unit", "local_names") else MARKUP
            return dict.fromkeys(node, text)
        if isinstance(node, dict):
            return {name: plant(value, name) for name, value in node.items()}
        if isinstance(node, list | tuple):
            return [plant(item, key) for item in node]
        return '" onclick="alert(1)" \' ` **b**' if key in ("title", "publisher", "acronym", "also_known_as") else node

    return msgspec.convert(plant(msgspec.to_builtins(examples()[record])), type=Practice)


@cache
def hostile(language: str) -> Site:
    return Site(catalogue(planted(FULL), examples()[SMALLEST]), language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "path", [f"practices/{FULL}/", f"practices/{SMALLEST}/", "", "practices/", "themes/cohesion/", "countries/it/",
             "documents/metropolis-newcomers-report/", "organisations/iom/", "evidence/independent/"],
)  # fmt: skip
def test_markup_in_a_record_is_shown_as_it_was_typed(language: str, path: str) -> None:
    text = hostile(language).text(path)
    assert markdown().convert(body(text)).strip() == body(text).strip()  # Markdown changes nothing
    page = tree(text)
    assert {script.get("type") for script in page.iter("script")} <= {"application/ld+json"}
    attributes = {name for element in page.iter() for name in element.attrib}
    assert not {name for name in attributes if name.startswith("on") or name in ("style", "srcdoc")}
    links = {link.get(name, "") for link in page.iter() for name in ("href", "src") if link.get(name)}
    assert not {link for link in links if ":" in link and not link.startswith("https://")}
    assert not set(str(front_matter_of(text))) & set("<>")
    assert "alert(1)" in shown(page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_of_a_record_reads_as_it_was_typed(language: str) -> None:
    page = hostile(language).tree(f"practices/{FULL}/")
    fields = ["summary", "status_note.text", "context.text", "context.text", "approach.text", "steps.text",
              "steps.when", "steps.text", "needs.text", "costs.text", "staff.text", "results.claim",
              "results.breakdown.label", "results.covers", "results.claim", "results.of", "lessons.text",
              "adaptations.place", "adaptations.text", "transferability.text", "unknown", "updates.text",
              "sources.locator", "found_in.locator", "changes.note"]  # fmt: skip
    assert shown(page).count(MARKUP) == len(fields)


# Markdown and front matter.


@pytest.mark.parametrize("language", LANGUAGES)
def test_markdown_leaves_every_kind_of_page_as_it_is(language: str) -> None:
    kinds = {page.template: page for page in site(language).by_path.values()}
    assert len(kinds) >= 9
    for template, page in kinds.items():
        found = body(site(language).pages.render(page))
        assert found.startswith("<"), template
        assert markdown().convert(found).strip() == found.strip(), template


def test_front_matter_has_title_description_and_section_of_every_kind_of_page() -> None:
    for page in {page.template: page for page in site().by_path.values()}.values():
        found = front_matter_of(site().pages.render(page))
        assert {"title", "description", "section"} <= found.keys()
        assert found["title"]
        assert 0 < len(found["description"]) <= 500


def test_no_id_stands_twice_on_a_page() -> None:
    kinds = {page.template: page.path for page in site().by_path.values()}
    for path in [*kinds.values(), f"practices/{FULL}/"]:
        ids = Counter(element.get("id") for element in site().tree(path).iter() if element.get("id"))
        assert [name for name, count in ids.items() if count > 1] == [], path


def test_what_a_page_points_to_within_itself_is_there() -> None:
    kinds = {page.template: page.path for page in site().by_path.values()}
    for path in [*kinds.values(), f"practices/{FULL}/"]:
        elements = list(site().tree(path).iter())
        ids = {element.get("id") for element in elements}
        named = {element.get("aria-labelledby") for element in elements} - {None}
        anchors = {(element.get("href") or "")[1:] for element in elements if (element.get("href") or "")[:1] == "#"}
        assert (named | anchors) - ids == set(), path


# Small things.


@pytest.mark.parametrize(
    ("text", "expected"),
    [("x" * 300, "x" * 300), ("word " * 60 + "x", ("word " * 59).strip() + "…"), ("short", "short"), ("", "")],
)
def test_a_long_description_is_cut_at_a_word(text: str, expected: str) -> None:
    assert shortened(text) == expected
    assert len(shortened(text)) <= 300


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"countries": ["PT", "IT"]}, "Portugal · Italy"),
        ({"countries": ["PT", "IT", "FR", "DE", "NO"]}, "5 countries"),
        ({"countries": [], "region": "world"}, "Worldwide"),
        ({"countries": [], "region": "southern-europe"}, "Southern Europe"),
    ],
)
def test_where_a_practice_operates_is_said_in_a_few_words(fields: dict[str, Any], expected: str) -> None:
    found = practice("a", **fields)
    assert site_pages(catalogue(found)).context(0).where(found) == expected


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, Addresses()),
        ({"SITE_URL": " ", "REPO_URL": ""}, Addresses()),
        ({"SITE_URL": "https://a.example"}, Addresses("https://a.example/")),
        ({"SITE_URL": "https://a.example/b/", "REPO_URL": "http://c"}, Addresses("https://a.example/b/", "http://c/")),
    ],
)
def test_the_addresses_of_site_and_project_end_in_a_slash(environment: dict[str, str], expected: Addresses) -> None:
    assert Addresses.of(environment) == expected


@pytest.mark.parametrize(
    "url", ["a.example", "javascript:x", "ftp://a.example", "https:///x", 'https://a"b', "https://a b"]
)
@pytest.mark.parametrize("name", ["SITE_URL", "REPO_URL"])
def test_an_address_of_the_site_that_is_none_is_refused(name: str, url: str) -> None:
    with pytest.raises(ValueError, match=f"{name} is '.*'; it must be an address that begins with https://"):
        Addresses.of({name: url})


@pytest.mark.parametrize("name", ["SITE_URL", "REPO_URL"])
@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("https://a.example/?a=1", "it must end with a path"),
        ("https://a.example/atlas?", "it must end with a path"),
        ("https://a.example/#top", "it must end with a path"),
        ("https://[::1", "it must be an address"),
        ("https://[a.example]/", "it must be an address"),
        ("https://a.example:port/", "it must be an address"),
        ("https://a.example:99999/", "it must be an address"),
        ("https://:443/", "it must be an address"),
        ("https://a.example\\atlas/", "it must be an address"),
        ("https://anna:secret@a.example/", "has a user or a password in it"),
        ("https://anna@a.example/", "has a user or a password in it"),
    ],
)
def test_an_address_that_no_path_can_be_put_behind_is_refused_by_name(name: str, url: str, told: str) -> None:
    with pytest.raises(ValueError, match=rf"^{name} .*{told}") as refused:
        Addresses.of({name: url})
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize("url", ["https://[::1]:8000/atlas", "http://localhost:8000", "https://bücher.example/é/"])
def test_an_address_of_any_host_is_taken(url: str) -> None:
    assert Addresses.of({"SITE_URL": url}).site == url.rstrip("/") + "/"


@pytest.mark.parametrize("branch", ["a b", "-x", "../x", "a..b", '"', "a?b", "/"])
def test_a_branch_that_is_none_is_refused_by_name(branch: str) -> None:
    with pytest.raises(ValueError, match=r"^REPO_BRANCH is .*it must be the name of a branch"):
        Addresses.of({"REPO_BRANCH": branch})


def test_a_practice_is_edited_on_the_branch_that_the_build_is_told() -> None:
    addresses = Addresses.of({"REPO_URL": "https://code.example/atlas", "REPO_BRANCH": "release/2"})
    known = Site(catalogue(examples()[SMALLEST]), "en", addresses)
    links = {link.get("href") for link in known.tree(f"practices/{SMALLEST}/").iter("a")}
    assert f"https://code.example/atlas/edit/release/2/practices/{SMALLEST}.yml" in links


def test_a_practice_can_be_edited_where_the_project_lives() -> None:
    known = Site(catalogue(examples()[SMALLEST]), "en", Addresses("", "https://code.example/atlas/"))
    links = {link.get("href") for link in known.tree(f"practices/{SMALLEST}/").iter("a")}
    assert f"https://code.example/atlas/edit/main/practices/{SMALLEST}.yml" in links
    unknown = {link.get("href") for link in site().tree(f"practices/{SMALLEST}/").iter("a")}
    assert "../../contribute/" in unknown
    assert not {link for link in unknown if link and "edit/main" in link}


NAMED = {"name": {"en": "x", "fr": "x"}, "country": "XK", "lat": 42.7, "lon": 21.2}
COPIED = {"place": {"en": "x", "fr": "x"}, "countries": ["XK"], "year": 2020, "text": {"en": "x", "fr": "x"}}


@pytest.mark.parametrize(
    ("fields", "bears"),
    [
        ({"countries": ["PT", "XK"]}, True),
        ({"origins": ["XK"]}, True),
        ({"places": [NAMED]}, True),
        ({"adaptations": [COPIED]}, True),
        ({"countries": ["RS", "AL"], "origins": ["BR"]}, False),
    ],
)
def test_a_reference_to_kosovo_bears_its_note_wherever_a_record_makes_it(fields: Any, bears: bool) -> None:
    note, record = strings("en").text("practice.kosovo"), practice("a", **fields)
    known = Site(catalogue(record))
    assert (note in known.shown("practices/a/")) is bears
    assert comparison.of_practice(record, known.pages.context(1))["kosovo"] is bears
    assert note in known.shown("countries/xk/")
    assert note not in known.shown("countries/rs/")


def test_a_check_that_is_old_is_told() -> None:
    old = replace(examples()[FULL], id="old", aliases=(), verified=replace(examples()[FULL].verified, day="2020-01-01"))  # type: ignore[type-var]
    note = strings("en").text("practice.stale")
    known = Site(catalogue(old, examples()[FULL], examples()[SMALLEST]), today="2026-03-02")
    assert note in known.shown("practices/old/")
    assert note not in known.shown(f"practices/{FULL}/")


def test_an_abandoned_catalogue_looks_old() -> None:
    """No record is newer than the check of this one; what counts is the day of the build."""
    note = strings("en").text("practice.stale")
    only = catalogue(examples()[FULL], examples()[SMALLEST])
    assert note not in Site(only, today="2027-01-01").shown(f"practices/{FULL}/")
    assert note in Site(only, today="2036-01-01").shown(f"practices/{FULL}/")


def test_leads_stand_on_their_page_and_on_those_of_their_terms() -> None:
    page = site().tree("leads/")
    assert {element.get("id") for element in with_class(page, "lead")} == {"porto-mentoring", "charter-of-cities"}
    for path in ("themes/language-education/", "countries/pt/", "documents/metropolis-newcomers-report/"):
        assert "Mentoring in Porto" in site().shown(path), path
    assert "Mentoring in Porto" not in site().shown("themes/health/")


def test_a_question_leads_to_its_picks_and_they_lead_back() -> None:
    picks = (Pick(SMALLEST, {"en": "One desk for all.", "fr": "x"}), Pick(OSLO, {"en": "Mentors.", "fr": "y"}))
    asked = {"en": "What helps in the first month?", "fr": "z"}
    question = Question("first-month", asked, {"en": "A desk.", "fr": "z"}, picks, {"en": "If it lasts.", "fr": "z"})
    known = Site(replace(catalogue(*examples().values()), questions={"first-month": question}))
    page = known.tree("questions/first-month/")
    for expected in (asked["en"], "A desk.", "One desk for all.", "Lisbon welcome desk", "Mentors.", "If it lasts."):
        assert expected in shown(page)
    assert asked["en"] in known.shown("questions/")
    assert asked["en"] in known.shown(f"practices/{SMALLEST}/")
    assert asked["en"] not in known.shown(f"practices/{FULL}/")


def test_a_register_tells_what_it_knows_of_an_entry() -> None:
    document = site().shown("documents/metropolis-newcomers-report/")
    for expected in ("Metropolis Forum", "2022", "French", "84", "MF/2022/7", "metropolis.example/newcomers.pdf"):
        assert expected in document
    assert "https://www.iom.int" in site().shown("organisations/iom/")
    assert "Italy" in site().shown("organisations/city-of-bologna/")


# Earlier addresses.


@pytest.mark.parametrize(
    ("language", "words"), [("en", "This record has a new address:"), ("fr", "a une nouvelle adresse")]
)
def test_an_earlier_address_of_a_practice_leads_on_to_it(language: str, words: str) -> None:
    found = site_pages(catalogue(practice("new-desk", aliases=["old-desk"])), language)
    (page,) = [page for page in found.pages() if page.path == "practices/old-desk/"]
    text = found.render(page)
    assert 'redirect: "../../practices/new-desk/"' in text
    assert 'robots: "noindex"' in text
    assert words in shown(tree(text))
    (link,) = tree(text).iter("a")
    assert (link.get("href"), link.text) == ("../../practices/new-desk/", "new desk")
