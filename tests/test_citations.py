"""The numbered notes of a practice, both ways, and how it is cited."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache

import pytest
from tests.samples import FULL, SMALLEST, catalogue, examples, practice, site_pages, tree

from catalogue.fields import Place
from catalogue.model import Practice
from catalogue.presenting.citations import Citation, Notes, how_to_cite, notes, numbers, page_rows, page_url, rows
from catalogue.presenting.context import Addresses, PageContext
from catalogue.presenting.values import Piece
from catalogue.publishing.structured_data import of_practice

SITE = Addresses("https://atlas.example/", "")


@cache
def context(language: str = "en", addresses: Addresses | None = None) -> PageContext:
    return site_pages(catalogue(*examples().values()), language, addresses).context(2)


def on_page(practice: Practice, language: str = "en") -> dict[str, list[Piece]]:
    """All rows of a practice page that may cite sources."""
    return page_rows(context(language), practice, Place.FACT, Place.SECTION)


def anchors(practice: Practice) -> dict[str, list[str]]:
    """For every source the anchors of the places that cite it."""
    return {note.key: [place.anchor for place in note.cited] for note in notes(practice, on_page(practice)).notes}


def test_sources_are_numbered_in_the_order_of_the_record() -> None:
    found = notes(examples()[FULL], on_page(examples()[FULL]))
    assert [(note.number, note.key) for note in found.notes] == [(1, "report"), (2, "page")]
    assert numbers(examples()[FULL]) == {"report": 1, "page": 2}


def test_a_source_leads_back_to_every_place_that_cites_it() -> None:
    report, page = notes(examples()[FULL], on_page(examples()[FULL])).notes
    assert report.cited == (
        Citation("cite-period-1-report", "period", 1),
        Citation("cite-phases-1-report", "phases", 1),
        Citation("cite-context-1-report", "context", 1),
        Citation("cite-context-2-report", "context", 2),
        Citation("cite-approach-1-report", "approach", 1),
        Citation("cite-steps-1-report", "steps", 1),
        Citation("cite-results-1-report", "results", 1),
        Citation("cite-lessons-1-report", "lessons", 1),
        Citation("cite-needs-1-report", "needs", 1),
        Citation("cite-costs-1-report", "costs", 1),
        Citation("cite-staff-1-report", "staff", 1),
        Citation("cite-transferability-1-report", "transferability", 1),
    )
    assert page.cited == (
        Citation("cite-status-2-page", "status", 2),
        Citation("cite-leads-1-page", "leads", 1),
        Citation("cite-context-2-page", "context", 2),
        Citation("cite-approach-1-page", "approach", 1),
        Citation("cite-steps-2-page", "steps", 2),
        Citation("cite-results-2-page", "results", 2),
        Citation("cite-adaptations-1-page", "adaptations", 1),
        Citation("cite-updates-1-page", "updates", 1),
    )


def test_a_record_with_one_source_cites_it_at_every_claim() -> None:
    claim = {"en": "x", "fr": "x"}
    found = practice(
        "some-practice",
        context={"en": "One.\n\nTwo.", "fr": "Un.\n\nDeux."},
        costs=[{"text": claim}],
        staff={"count": 2},
        results=[{"claim": claim, "type": "reach"}],
    )
    assert anchors(found) == {
        "page": ["cite-context-1-page", "cite-context-2-page", "cite-approach-1-page", "cite-results-1-page",
                 "cite-costs-1-page", "cite-staff-1-page"],
    }  # fmt: skip


def test_a_source_that_nothing_names_is_led_back_to_nowhere() -> None:
    sources = {"b": {"title": "B", "language": "en"}, "a": {"title": "A", "language": "en"}}
    approach = [{"text": {"en": "One.", "fr": "Un."}, "sources": ["a"]}, {"text": {"en": "Two.", "fr": "Deux."}}]
    assert anchors(practice("some-practice", sources=sources, approach=approach)) == {
        "b": [], "a": ["cite-approach-1-a"],
    }  # fmt: skip


def test_results_are_cited_in_the_order_in_which_they_stand_on_the_page() -> None:
    sources = {key: {"title": key, "language": "en"} for key in ("weak", "strong")}
    text = {"en": "x", "fr": "x"}
    results = [
        {"claim": text, "type": "reach", "sources": ["weak"]},
        {"claim": text, "type": "reach", "method": "count", "by": "operator", "as_of": "2020", "sources": ["strong"]},
    ]
    found = practice("some-practice", sources=sources, results=results)
    assert anchors(found) == {"weak": ["cite-results-2-weak"], "strong": ["cite-results-1-strong"]}


def test_what_is_cited_follows_the_order_of_the_page() -> None:
    order = rows(Place.FACT, Place.SECTION)
    assert len(set(order)) == len(order)
    assert set(order) == {*rows(Place.FACT), *rows(Place.SECTION)}
    assert order.index("status") < order.index("leads") < order.index("approach") < order.index("updates")
    shown = on_page(examples()[FULL])
    places = [(order.index(row), n) for row, found in shown.items() for n, _ in enumerate(found, start=1)]
    assert places == sorted(places)
    assert all((row, number - 1) in places for row, number in places if number > 1)


def test_every_anchor_of_a_citation_stands_on_the_page_once_and_is_led_back_to() -> None:
    pages = site_pages(catalogue(*examples().values()))
    (page,) = [page for page in pages.pages() if page.path == f"practices/{FULL}/"]
    elements = list(tree(pages.render(page)).iter())
    ids = [element.get("id", "") for element in elements]
    links = [element.get("href", "") for element in elements]
    expected = sorted(anchor for of_source in anchors(examples()[FULL]).values() for anchor in of_source)
    assert len(set(expected)) == len(expected) == 20
    assert sorted(found for found in ids if found.startswith("cite-")) == expected
    assert sorted(link for link in links if link.startswith("#cite-")) == [f"#{anchor}" for anchor in expected]
    assert [found for found in ids if found.startswith("source-")] == ["source-1", "source-2"]


def test_an_anchor_is_made_of_row_number_and_source() -> None:
    assert Notes.anchor("results", 12, "report") == "cite-results-12-report"


def test_a_record_is_cited_with_its_name_its_id_and_the_day_it_was_added() -> None:
    assert how_to_cite(examples()[FULL], context()) == (
        "Integration Atlas contributors. “Neighbourhood mediators of Bologna.” Integration Atlas, record "
        "“bologna-neighbourhood-mediators”, added 1 March 2026."
    )
    assert "ajoutée le 1 mars 2026" in how_to_cite(examples()[FULL], context("fr")).replace("1er", "1")
    assert "added –." in how_to_cite(examples()[SMALLEST], context())


@pytest.mark.parametrize(("language", "folder"), [("en", ""), ("fr", "fr/")])
def test_a_citation_has_the_address_where_the_build_knows_it(language: str, folder: str) -> None:
    cited = how_to_cite(examples()[SMALLEST], context(language, SITE))
    assert cited.endswith(f" https://atlas.example/{folder}practices/{SMALLEST}/")
    assert "https://" not in how_to_cite(examples()[SMALLEST], context(language))
    assert page_url("themes/", context(language)) == ""
    assert page_url("themes/", context(language, SITE)) == f"https://atlas.example/{folder}themes/"


def test_search_engines_are_told_where_what_and_on_which_sources() -> None:
    data = of_practice(examples()[FULL], context("fr", SITE))
    assert data["@type"] == "Article"
    assert data["headline"] == "Médiateurs de quartier de Bologne"
    assert data["inLanguage"] == "fr"
    assert data["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert data["url"] == data["@id"] == f"https://atlas.example/fr/practices/{FULL}/"
    assert (data["datePublished"], data["dateModified"]) == ("2026-03-01", "2026-03-02")
    assert "sameAs" not in data, "the article is ours"
    assert "mainEntityOfPage" not in data
    thing, *themes = data["about"]
    assert thing == {
        "@type": "Thing",
        "name": "Médiateurs de quartier de Bologne",
        "url": examples()[FULL].website,
        "sameAs": ["https://practices.example/7"],
    }
    assert thing["url"]
    assert {theme["@type"] for theme in themes} == {"DefinedTerm"}
    assert [place["name"] for place in data["spatialCoverage"]] == [
        "Italie", "Saint-Marin", "Europe méridionale", "Bologne",
    ]  # fmt: skip
    assert data["spatialCoverage"][-1]["geo"] == {"@type": "GeoCoordinates", "latitude": 44.49, "longitude": 11.34}
    assert data["citation"] == [
        {
            "@type": "CreativeWork",
            "name": "Les nouveaux arrivants dans cinq villes",
            "inLanguage": "fr",
            "publisher": {"@type": "Organization", "name": "Forum Metropolis"},
            "datePublished": "2022",
            "url": "https://metropolis.example/newcomers.pdf",
        },
        {
            "@type": "CreativeWork",
            "name": "Mediatori di quartiere",
            "inLanguage": "it",
            "publisher": {"@type": "Organization", "name": "Comune di Bologna"},
            "datePublished": "2023",
            "url": "https://bologna.example/mediatori",
        },
    ]
    assert json.loads(json.dumps(data)) == data


def test_search_engines_are_told_the_latest_day_of_check_and_correction() -> None:
    note = {"en": "A figure was corrected.", "fr": "Un chiffre a été corrigé."}
    days = {"changes": [{"day": day, "note": note} for day in ("2026-06-03", "2026-06-02")]}
    checked = {"verified": {"day": "2026-06-04", "how": "operator"}}
    assert of_practice(practice("a", **days), context())["dateModified"] == "2026-06-03"
    assert of_practice(practice("a", **days, **checked), context())["dateModified"] == "2026-06-04"


def test_search_engines_are_told_nothing_that_the_record_does_not_say() -> None:
    data = of_practice(examples()[SMALLEST], context())
    unsaid = {"url", "@id", "datePublished", "dateModified", "mainEntityOfPage", "sameAs"}
    assert not unsaid & data.keys()
    assert data["citation"] == [{"@type": "CreativeWork", "name": "Balcão de acolhimento", "inLanguage": "pt"}]
    assert data["spatialCoverage"] == [{"@type": "Country", "name": "Portugal", "identifier": "PT"}]


def test_a_source_document_in_a_third_language_has_the_title_that_there_is() -> None:
    found = catalogue(*examples().values())
    name, document = next(iter(found.documents.items()))
    documents = {**found.documents, name: replace(document, language="es")}
    one = practice("a", sources={"page": {"document": name}})
    ctx = site_pages(replace(found, documents=documents)).context(2)
    [reference] = of_practice(one, ctx)["citation"]
    assert (reference["name"], reference["inLanguage"]) == (document.title["en"], "es")
