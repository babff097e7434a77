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
from tests.samples import FULL, SMALLEST, catalogue, examples, practice, site_catalogue

from catalogue.model import LANGUAGES, Practice
from catalogue.publishing.exports import as_csv, as_json, last_changes, results_csv, sitemap
from catalogue.relating.evidence import evidence_of

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
    result = {"claim": {"en": "x"}, "type": "reach"}
    results = [{**result, "value": 0, "base": 62}, {**result, "value": 0.5}]
    text = as_json(catalogue(practice("a", results=results, costs=[{"amount": 0, "currency": "EUR", "per": "year"}])))
    assert '"value": 0,\n' in text
    assert '"base": 62,\n' in text
    assert '"value": 0.5,\n' in text
    assert '"amount": 0,\n' in text


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
        "start": "2015-03",
        "end": "2021",
        "described_as_of": "2022",
        "levels": "local | corridor",
        "countries": "IT | SM",
        "region": "southern-europe",
        "places": "Bologna",
        "lead_organisations": "City of Bologna",
        "themes": "cohesion | participation",
        "stages": "settlement | long-term-inclusion",
        "target_groups": "receiving-communities | migrants",
        "sdg_targets": "11.3 | 10.2",
        "gcm_objectives": "16",
        "verified_on": "2026-03-02",
        "results": "2",
        "cost_amount": "120000.5",
        "cost_currency": "EUR",
        "cost_per": "total",
        "cost_months": "24",
        "cost_year": "2019",
        "cost_text": "Training and fees for two years.",
        "staff": "2.5",
        "materials": "https://bologna.example/regolamento",
        "adaptations": "Lisbon",
        "unknown_en": "Whether quarrels come back after a year.",
        "unknown_fr": "Si les querelles reviennent au bout d’un an.",
        "sources": "2",
        "added": "2026-03-01",
        "website": "https://bologna.example/mediatori",
        "actor_types": "foundation-funder | international-organisation | local-authority | research",
        "best_evidence": "independent",
        "completeness": "17/17",
        "missing_languages": "",
    }


def test_the_columns_follow_the_table_of_fields() -> None:
    (row,) = rows(examples()[FULL])
    columns = list(row)
    assert columns[:3] == ["id", "name_en", "name_fr"]
    assert columns.index("status") < columns.index("start") < columns.index("results") < columns.index("sources")
    assert columns[-4:] == ["actor_types", "best_evidence", "completeness", "missing_languages"]
    smallest, full = rows(examples()[SMALLEST], examples()[FULL])[::-1]
    assert list(smallest) == list(full) == columns


def test_targets_are_not_counted_as_results() -> None:
    claim = {"en": "x", "fr": "x"}
    aimed = {"claim": claim, "type": "target", "method": "count", "by": "independent", "as_of": "2020"}
    (row,) = rows(practice("a", results=[aimed]))
    assert (row["results"], row["best_evidence"]) == ("0", "none")
    (row,) = rows(practice("a", results=[aimed, {"claim": claim, "type": "reach"}]))
    assert (row["results"], row["best_evidence"]) == ("1", "reported")


def test_several_costs_stand_side_by_side_with_gaps_kept() -> None:
    costs = [
        {"amount": 900, "currency": "CHF", "per": "participant", "year": 2020},
        {"text": {"en": "Cheaper than before.", "fr": "Moins cher qu’avant."}},
        {"amount": 36000, "currency": "CHF", "per": "total", "months": 18},
    ]
    (row,) = rows(practice("a", costs=costs))
    assert {name: [part.strip() for part in row[name].split("|")] for name in row if name.startswith("cost_")} == {
        "cost_amount": ["900", "", "36000"],
        "cost_currency": ["CHF", "", "CHF"],
        "cost_per": ["participant", "", "total"],
        "cost_months": ["", "", "18"],
        "cost_year": ["2020", "", ""],
        "cost_text": ["", "Cheaper than before.", ""],
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
    for table in (as_csv, results_csv):
        header = table(catalogue(examples()[FULL])).split("\r\n")[0]
        assert header.startswith("id,name_en,name_fr,")
        assert table(catalogue()) == f"{header}\r\n", "a table without rows says what its columns are"
    assert last_changes(catalogue()) == {}


def test_the_last_change_is_the_latest_day_of_entry_check_and_correction() -> None:
    checked = practice("c", added="2026-05-01", verified={"day": "2026-04-01", "how": "operator"})
    note = {"en": "A figure was corrected.", "fr": "Un chiffre a été corrigé."}
    days = [{"day": day, "note": note} for day in ("2026-06-03", "2026-06-02")]
    corrected = practice("d", added="2026-05-01", changes=days)
    assert last_changes(catalogue(*examples().values(), checked, corrected)) == {
        f"practices/{FULL}/": "2026-03-02",
        "practices/oslo-job-mentors/": "2026-02-10",
        "practices/c/": "2026-05-01",
        "practices/d/": "2026-06-03",
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
    found = site_catalogue()
    rows = list(csv.DictReader(io.StringIO(results_csv(found), newline="")))
    results = [(record, result) for record in found.practices.values() for result in record.results]
    assert len(rows) == len(results) > 20
    for row, (record, result) in zip(rows, results, strict=True):
        assert (row["id"], row["evidence"], row["type"]) == (record.id, evidence_of(result), result.type)
        assert (row["method"], row["by"], row["as_of"]) == (result.method, result.by, result.as_of or "")
        for language in LANGUAGES:
            assert row[f"claim_{language}"] == re.sub(r"[ \n]+", " ", result.claim.get(language, "")).strip()
        assert row["value"] == ("" if result.value is None else str(result.value))
        assert row["source_title"], record.id
        addresses, titles = [], []
        for source in (record.sources[key] for key in result.sources):
            document = found.documents[source.document] if source.document else None
            addresses.append((document.url if document else source.url) or "")
            titles.append(document.title["en"] if document else str(source.title))
        assert row["source_url"] == " | ".join(addresses).strip(), record.id
        assert row["source_title"].removeprefix("'") == " | ".join(titles), record.id


def test_the_row_of_a_result_says_all_that_the_record_says_of_it() -> None:
    first, second = list(csv.DictReader(io.StringIO(results_csv(catalogue(*examples().values())), newline="")))[:2]
    assert first == {
        "id": FULL,
        "name_en": "Neighbourhood mediators of Bologna",
        "name_fr": "Médiateurs de quartier de Bologne",
        "countries": "IT | SM",
        "region": "southern-europe",
        "claim_en": "The mediators settled 214 of the 260 quarrels that were brought to them.",
        "claim_fr": "Les médiateurs ont réglé 214 des 260 querelles qu’on leur a soumises.",
        "type": "change",
        "evidence": "independent",
        "method": "comparison",
        "by": "independent",
        "direction": "better",
        "outcome": "bridges | safety",
        "value": "214",
        "unit_en": "quarrels settled",
        "unit_fr": "querelles réglées",
        "share": "",
        "of_en": "",
        "of_fr": "",
        "base": "260",
        "n": "260",
        "compared_with": "90",
        "confidence_low": "200",
        "confidence_high": "228",
        "confidence_level": "95",
        "range_low": "12",
        "range_high": "40",
        "breakdown_en": "in the first year: 60",
        "breakdown_fr": "la première année: 60",
        "covers_en": "The blocks of San Marino are counted too.",
        "covers_fr": "Les immeubles de Saint-Marin sont comptés aussi.",
        "as_of": "2020-12-31",
        "source_title": "Newcomers in five cities",
        "source_publisher_en": "Metropolis Forum",
        "source_publisher_fr": "Forum Metropolis",
        "source_year": "2022",
        "source_language": "fr",
        "source_url": "https://metropolis.example/newcomers.pdf",
        "source_locator_en": "section 4, table 2",
        "source_locator_fr": "partie 4, tableau 2",
    }
    assert (second["share"], second["of_en"], second["of_fr"], second["base"], second["value"]) == (
        "40", "of those asked", "des personnes interrogées", "50", "",
    )  # fmt: skip
    assert (second["evidence"], second["method"], second["by"]) == ("reported", "statement", "unknown")


def test_the_sources_of_a_result_stand_side_by_side() -> None:
    result = {"claim": {"en": "x", "fr": "x"}, "type": "reach", "sources": ["a", "b"]}
    sources = {
        "a": {"title": "A", "language": "en", "publisher": "Town", "year": 2020},
        "b": {"document": "metropolis-newcomers-report", "locator": {"en": "page 3", "fr": "page 3"}},
    }
    found = practice(
        "zagreb-desk", results=[result], sources=sources, approach=[{"text": {"en": "x"}, "sources": ["a"]}]
    )
    [row] = csv.DictReader(io.StringIO(results_csv(catalogue(found)), newline=""))
    assert (row["source_title"], row["source_publisher_fr"], row["source_year"], row["source_language"]) == (
        "A | Newcomers in five cities", "Town | Forum Metropolis", "2020 | 2022", "en | fr",
    )  # fmt: skip
    assert row["source_locator_en"] == "| page 3"


def test_a_formula_in_a_result_stays_text() -> None:
    result = {"claim": {"en": "=1+1", "fr": "@x"}, "type": "reach"}
    sources = {"page": {"title": "+t", "language": "en", "publisher": "-p"}}
    found = practice("zagreb-desk", results=[result], sources=sources)
    [row] = csv.DictReader(io.StringIO(results_csv(catalogue(found)), newline=""))
    assert [row[name] for name in ("claim_en", "claim_fr", "source_title", "source_publisher_fr")] == [
        "'=1+1", "'@x", "'+t", "'-p"
    ]  # fmt: skip
    assert results_csv(catalogue()).startswith("id,name_en,")
    assert results_csv(catalogue()).count("\r\n") == 1
