"""The numbered notes of a practice, both ways, and how it is cited."""

from __future__ import annotations

import json
from functools import cache

import pytest
from tests.samples import FULL, SMALLEST, catalogue, examples, practice, site_pages, tree

from catalogue.presenting.citations import Citation, Notes, how_to_cite, notes, page_url
from catalogue.presenting.context import Addresses, PageContext
from catalogue.publishing.structured_data import of_practice

SITE = Addresses("https://atlas.example/", "")


@cache
def context(language: str = "en", addresses: Addresses | None = None) -> PageContext:
    return site_pages(catalogue(*examples().values()), language, addresses).context(2)


def test_sources_are_numbered_in_the_order_of_the_record() -> None:
    found = notes(examples()[FULL])
    assert [(note.number, note.key) for note in found.notes] == [(1, "report"), (2, "page")]
    assert (found.number("report"), found.number("page")) == (1, 2)
    with pytest.raises(StopIteration):
        found.number("study")


def test_a_source_leads_back_to_every_place_that_cites_it() -> None:
    report, page = notes(examples()[FULL]).notes
    assert report.cited == (
        Citation("cite-description-1", "cited_description", 1),
        Citation("cite-result-1", "cited_result", 1),
        Citation("cite-lesson-1", "cited_lesson", 1),
        Citation("cite-resources-1", "cited_resources", 1),
    )
    assert page.cited == (
        Citation("cite-description-2", "cited_description", 2),
        Citation("cite-result-2", "cited_result", 2),
        Citation("cite-update-1", "cited_update", 1),
    )


def test_the_description_rests_on_the_first_source_where_the_record_names_none() -> None:
    sources = {"b": {"title": "B", "language": "en"}, "a": {"title": "A", "language": "en"}}
    found = notes(practice("some-practice", sources=sources))
    assert [[place.anchor for place in note.cited] for note in found.notes] == [["cite-description-1"], []]


def test_every_anchor_of_a_citation_stands_on_the_page_once_and_is_led_back_to() -> None:
    pages = site_pages(catalogue(*examples().values()))
    (page,) = [page for page in pages.pages() if page.path == f"practices/{FULL}/"]
    elements = list(tree(pages.render(page)).iter())
    ids = [element.get("id", "") for element in elements]
    links = [element.get("href", "") for element in elements]
    anchors = [place.anchor for note in notes(examples()[FULL]).notes for place in note.cited]
    assert sorted(found for found in ids if found.startswith("cite-")) == sorted(anchors)
    assert sorted(link for link in links if link.startswith("#cite-")) == sorted(f"#{anchor}" for anchor in anchors)
    assert [found for found in ids if found.startswith("source-")] == ["source-1", "source-2"]


def test_an_anchor_is_made_of_kind_and_number() -> None:
    assert Notes.anchor("result", 12) == "cite-result-12"


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
    assert data["sameAs"] == ["https://practices.example/7"]
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


def test_search_engines_are_told_nothing_that_the_record_does_not_say() -> None:
    data = of_practice(examples()[SMALLEST], context())
    unsaid = {"url", "@id", "datePublished", "dateModified", "mainEntityOfPage", "sameAs"}
    assert not unsaid & data.keys()
    assert data["citation"] == [{"@type": "CreativeWork", "name": "Balcão de acolhimento", "inLanguage": "pt"}]
    assert data["spatialCoverage"] == [{"@type": "Country", "name": "Portugal", "identifier": "PT"}]
