"""What can be taken away: JSON, CSV and the site map."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree

import msgspec
import pytest
from tests.samples import FULL, ROOT, SMALLEST, catalogue, examples, practice

from catalogue.loader import load
from catalogue.model import Practice
from catalogue.publishing.exports import as_csv, as_json, last_changes, results_csv, sitemap

NAMESPACES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


def rows(*practices: Practice) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(as_csv(catalogue(*practices)), newline="")))


def test_the_json_holds_every_record_as_it_was_read() -> None:
    data = json.loads(as_json(catalogue(*examples().values())))
    assert data["licence"] == "https://creativecommons.org/licenses/by/4.0/"
    assert data["attribution"] == "Integration Atlas contributors"
    assert [msgspec.convert(found, type=Practice) for found in data["practices"]] == list(examples().values())


def test_the_json_leaves_empty_fields_out() -> None:
    def values(node: Any) -> list[Any]:
        inside = node.values() if isinstance(node, dict) else node if isinstance(node, list) else []
        return [node, *(found for inner in inside for found in values(inner))]

    data = json.loads(as_json(catalogue(*examples().values())))
    assert [found for found in values(data) if found in (None, "", [], {})] == []
    smallest = next(found for found in data["practices"] if found["id"] == SMALLEST)
    assert smallest.keys() == {
        "id", "name", "summary", "kind", "status", "described_as_of", "organisations", "themes", "approach", "sources",
        "countries",
    }  # fmt: skip


def test_the_json_keeps_zero_and_whole_numbers_as_they_were_written() -> None:
    result = {"claim": {"en": "x"}, "type": "reach", "evidence": "reported", "source": "page"}
    text = as_json(catalogue(practice("a", results=[{**result, "value": 0, "base": 62}, {**result, "value": 0.5}])))
    assert '"value": 0,' in text
    assert '"base": 62\n' in text
    assert '"value": 0.5\n' in text


def test_the_json_is_readable_text_not_escapes() -> None:
    assert "Guichet d’accueil" in as_json(catalogue(*examples().values()))


def test_the_table_has_a_row_for_each_record() -> None:
    found = rows(*examples().values())
    assert [row["id"] for row in found] == sorted(examples())
    full = found[0]
    assert full == {
        "id": FULL,
        "name_en": "Neighbourhood mediators of Bologna",
        "name_fr": "Médiateurs de quartier de Bologne",
        "summary_en": examples()[FULL].summary["en"],
        "summary_fr": examples()[FULL].summary["fr"],
        "kind": "programme",
        "status": "ended",
        "start": "2015",
        "end": "2021",
        "described_as_of": "2022",
        "levels": "local | corridor",
        "countries": "IT | SM",
        "region": "southern-europe",
        "places": "Bologna",
        "lead_organisations": "City of Bologna",
        "actor_types": "foundation-funder | international-organisation | local-authority | research",
        "themes": "cohesion | participation",
        "stages": "settlement | long-term-inclusion",
        "target_groups": "receiving-communities | migrants",
        "sdg_targets": "11.3 | 10.2",
        "gcm_objectives": "16",
        "best_evidence": "independent",
        "results": "2",
        "sources": "2",
        "completeness": "14/14",
        "missing_languages": "",
        "verified_on": "2026-03-02",
        "website": "https://bologna.example/mediatori",
    }


def test_the_table_says_which_language_is_missing() -> None:
    found = {row["id"]: row for row in rows(*examples().values())}
    assert found["oslo-job-mentors"]["missing_languages"] == "fr"
    assert (found["oslo-job-mentors"]["name_fr"], found["oslo-job-mentors"]["lead_organisations"]) == (
        "", "Mentors of Oslo",
    )  # fmt: skip
    assert found["nantes-permanence-juridique"]["lead_organisations"] == "Barreau de Nantes"


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1+1", "\r\n=1+1", " =1+1", "=cmd|' /C calc'!A0", "\u2028=1"]
)
def test_no_cell_of_the_table_is_a_formula(text: str) -> None:
    hostile = replace(
        examples()[FULL],
        name={"en": text, "fr": text},
        summary={"en": text},
        places=(replace(examples()[FULL].places[0], name={"en": text}),),
        organisations=(replace(examples()[SMALLEST].organisations[0], name={"fr": text}),),
    )
    (row,) = rows(hostile)
    for cell in row.values():
        assert cell[:1] not in {"=", "+", "-", "@", "\t", "\r", "\n"}
    assert row["name_en"] == "'" + text.strip()
    assert row["lead_organisations"] == "'" + text.strip()


def test_a_cell_stays_one_cell_whatever_stands_in_it() -> None:
    text = 'a, "b"; c\n\nd | e\te'
    (row,) = rows(replace(examples()[SMALLEST], summary={"en": text}))
    assert row["summary_en"] == 'a, "b"; c d | e e'
    assert row["kind"] == "service"
    assert as_csv(catalogue(examples()[SMALLEST])).count("\r\n") == 2


def test_an_empty_catalogue_exports_nothing_but_is_exported() -> None:
    assert json.loads(as_json(catalogue()))["practices"] == []
    assert as_csv(catalogue()).strip() == ""
    assert last_changes(catalogue()) == {}


def test_the_last_change_is_the_later_day_of_entry_and_check() -> None:
    checked = practice("c", added="2026-05-01", verified={"on": "2026-04-01", "how": "operator"})
    assert last_changes(catalogue(*examples().values(), checked)) == {
        f"practices/{FULL}/": "2026-03-02",
        "practices/oslo-job-mentors/": "2026-02-10",
        "practices/c/": "2026-05-01",
    }


def test_the_site_map_names_every_page_in_both_languages_with_the_way_to_the_other() -> None:
    text = sitemap("https://atlas.example/x/", ["themes/", "", "practices/a/"], {"practices/a/": "2026-03-02"})
    root = ElementTree.fromstring(text)
    assert text.startswith('<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/')
    found = [
        (
            url.findtext("s:loc", namespaces=NAMESPACES),
            url.findtext("s:lastmod", namespaces=NAMESPACES),
            {link.get("hreflang"): link.get("href") for link in url.findall("x:link", NAMESPACES)},
        )
        for url in root
    ]
    base = "https://atlas.example/x/"
    both = {path: {"en": base + path, "fr": f"{base}fr/{path}"} for path in ("", "practices/a/", "themes/")}
    assert found == [
        (both[""]["en"], None, both[""]),
        (both[""]["fr"], None, both[""]),
        (both["practices/a/"]["en"], "2026-03-02", both["practices/a/"]),
        (both["practices/a/"]["fr"], "2026-03-02", both["practices/a/"]),
        (both["themes/"]["en"], None, both["themes/"]),
        (both["themes/"]["fr"], None, both["themes/"]),
    ]


def test_the_site_map_is_well_formed_whatever_the_address() -> None:
    root = ElementTree.fromstring(sitemap("https://atlas.example/?a=1&b=<2>/", [""], {}))
    assert root[0].findtext("s:loc", namespaces=NAMESPACES) == "https://atlas.example/?a=1&b=<2>/"


def test_the_exports_are_the_same_whatever_the_order_of_reading() -> None:
    practices = list(examples().values())
    assert as_json(catalogue(*practices)) == as_json(catalogue(*reversed(practices)))
    assert as_csv(catalogue(*practices)) == as_csv(catalogue(*reversed(practices)))
    paths = {"b/", "a/", "c/"}
    assert sitemap("https://a.example/", paths, {}) == sitemap("https://a.example/", sorted(paths), {})


def test_every_result_is_a_row_with_its_source() -> None:
    found = load(ROOT).catalogue
    assert found is not None
    rows = list(csv.DictReader(io.StringIO(results_csv(found), newline="")))
    results = [(record, result) for record in found.practices.values() for result in record.results]
    assert len(rows) == len(results) > 100
    for row, (record, result) in zip(rows, results, strict=True):
        assert (row["id"], row["evidence"], row["type"]) == (record.id, result.evidence, result.type)
        assert row["claim_en"] == re.sub(r"[ \n]+", " ", result.claim["en"]).strip()
        assert row["value"] == ("" if result.value is None else str(result.value))
        assert row["source_title"], record.id
        source = record.sources[result.source]
        if source.document:
            assert row["source_url"] == (found.documents[source.document].url or "")
        else:
            assert (row["source_title"], row["source_url"]) == (source.title, source.url or "")


def test_a_formula_in_a_result_stays_text() -> None:
    result = {"claim": {"en": "=1+1", "fr": "@x"}, "type": "reach", "evidence": "reported", "source": "page"}
    sources = {"page": {"title": "+t", "language": "en", "publisher": "-p"}}
    found = practice("zagreb-desk", results=[result], sources=sources)
    [row] = csv.DictReader(io.StringIO(results_csv(catalogue(found)), newline=""))
    assert [row[name] for name in ("claim_en", "claim_fr", "source_title", "source_publisher_fr")] == [
        "'=1+1", "'@x", "'+t", "'-p"
    ]  # fmt: skip
    assert results_csv(catalogue()).strip() == ""
