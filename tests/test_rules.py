"""Meaning: what each rule lets pass, which its invalid example cannot show, and how far it looks."""

from __future__ import annotations

import inspect
import re

import pytest
from tests.samples import FULL, ROOT, SMALLEST, VALID, Project, changed

from catalogue.checking import claim_rules, editorial_rules, record_rules
from catalogue.checking.editorial_rules import numbers
from catalogue.checking.rules import RULES, Known, RecordFile, check
from catalogue.checking.schema import Schema
from catalogue.languages import Language
from catalogue.problems import Severity
from catalogue.reading.strict_yaml import parse

SCHEMA = Schema(ROOT / "schema", "practice.schema.json")
KNOWN = Known(
    documents={"metropolis-newcomers-report"},
    organisations={
        "iom": {"en": "International Organization for Migration"},
        "city-of-bologna": {"en": "City of Bologna", "fr": "Ville de Bologne"},
        "aurora-foundation": {"en": "Aurora Foundation"},
    },
    practices={FULL, SMALLEST},
    bounds={"IT": (5.6, 35.7, 19.5, 48.1), "PT": (-32.3, 31.6, -5.2, 43.1), "FJ": (172.0, -21.9, -173.0, -11.3)},
)  # fmt: skip


def record(text: str, stem: str = FULL) -> RecordFile:
    path = f"practices/{stem}.yml"
    parsed, problems = parse(text.encode(), path)
    assert problems == []
    assert parsed is not None
    data, _ = SCHEMA.check(parsed, path)
    return RecordFile(path, stem, text, parsed, data)


def broken(old: str, new: str, stem: str = FULL) -> set[str]:
    """The rules that an example breaks after a change."""
    return {problem.rule for problem in check([record(changed(old, new, stem), stem)], KNOWN)}


def test_the_full_example_breaks_no_rule() -> None:
    assert check([record((VALID / f"{FULL}.yml").read_text(encoding="utf-8"))], KNOWN) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("{start: 2015-03, end: 2021,", "{start: 2021, end: 2021,"),
        ("{start: 2015-03, end: 2021,", "{start: 2021-12, end: 2021,"),
        ("{start: 2015-03, end: 2021,", "{end: 2010,"),
        ("base: 260", "base: 214"),
        ("sources: [report, page]\napproach", "sources: [report]\napproach"),
        ("months: 24\n    by: city-of-bologna", "months: 24\n    by: {en: a bank, fr: une banque}"),
        ("confidence: {low: 200, high: 228, level: 95}", "confidence: {low: 214, high: 214}"),
        ("currency: EUR", "currency: XOF"),
        ("    base: 50\n", ""),
        ("    direction: better\n", "    direction: no-difference\n"),
        ("lat: 44.49, lon: 11.34", "lat: 35.7, lon: 19.5"),
        ("country: IT, lat: 44.49, lon: 11.34", "country: FJ, lat: -17.7, lon: 178.4"),
        ("country: IT, lat: 44.49, lon: 11.34", "country: FJ, lat: -17.7, lon: -179.9"),
        ("website: https://bologna.example/mediatori", "website: https://http.example/"),
        ("Residents of twelve blocks", "Residents of “excellent” blocks"),
        ("Les habitants de douze immeubles", "Les habitants d’immeubles «\u00a0exceptionnels\u00a0»"),
        ("en: Training and fees for two years., fr: Formation et honoraires de deux années.",
         "en: 1\u202f250.5 hours, fr: \"1\u202f250,5 heures\""),
        ("section 4, table 2", "table 2, section 4"),
        ("{en: University of the Via Emilia", "{en: Dramatic Arts University"),
        ("partie 4, tableau 2", "partie 4: tableau 2"),
        ("fr: Médiateurs de quartier de Bologne}", "fr: Médiateurs de quartier de Bologne, pt: \"O'Neill: x; y?\"}"),
    ],
)  # fmt: skip
def test_a_rule_lets_pass_what_is_right(old: str, new: str) -> None:
    assert broken(old, new) == set()


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("{start: 2015-03, end: 2021,", "{start: 2022, end: 2021,", "ends-after-start"),
        ("start: 2015-03, end: 2016,", "start: 2016-03, end: 2016-02,", "ends-after-start"),
        ("base: 260", "base: 213.5", "base-not-smaller"),
        ("lat: 44.49, lon: 11.34", "lat: 35.69, lon: 19.5", "place-in-country"),
        ("country: IT, lat: 44.49, lon: 11.34", "country: FJ, lat: -17.7, lon: 0", "place-in-country"),
        ("same_as: [https://practices.example/7]", "same_as: [http://practices.example/7]", "plain-http"),
        ("    url: https://bologna.example/mediatori", "    url: http://bologna.example/mediatori", "plain-http"),
        ("sources: [report, page]\nsteps", "sources: [report, study]\nsteps", "known-source"),
        ("    basis: done\n    sources: [report]", "    basis: done\n    sources: [study]", "known-source"),
        ("    basis: done\n    sources: [report]\n", "    basis: done\n", "sources-named"),
        ("coordinatrice.}\n  sources: [report]\n", "coordinatrice.}\n", "sources-named"),
        ("by: city-of-bologna", "by: city-of-boulogne", "known-organisation"),
        ("practice: lisbon-welcome-desk", "practice: lisboa-welcome-desk", "known-practice"),
        ("practice: lisbon-welcome-desk", "practice: bologna-neighbourhood-mediators", "related-to-itself"),
        ("  - document: metropolis-newcomers-report", "  - document: metropolis-newcomer-report", "known-document"),
        ("    value: 214\n", "    share: 82\n    value: 214\n    of: {en: of all, fr: du total}\n", "value-or-share"),
        ("confidence: {low: 200,", "confidence: {low: 215,", "interval-in-order"),
        ("range: {low: 12, high: 40}", "range: {low: 41, high: 40}", "interval-in-order"),
        ("    direction: better\n", "", "change-with-direction"),
        ("currency: EUR", "currency: CFA", "known-currency"),
        ("archived: https://archive.example/mediatori", "archived: http://archive.example/mediatori", "plain-http"),
        ("url: \"https://bologna.example/regolamento\"", "url: http://bologna.example/regolamento", "plain-http"),
        ("{en: University of the Via Emilia", "{en: AURORA  Foundation", "registered-organisation"),
        ("fr: Université de la Via Emilia}", "fr: VILLE  de Bologne}", "registered-organisation"),
        ("Residents of twelve blocks", "Residents of 12 blocks", "same-numbers"),
        ("Residents of twelve blocks", "Outstanding residents of twelve blocks", "praise"),
        ("Les habitants de douze immeubles", "Les remarquables habitants de douze immeubles", "praise"),
        ("the police is called.", "Dr. Rossi is called.", "no-individuals"),
        ("sans la police.", "sans Mme Rossi.", "no-individuals"),
        ("fr: Médiateurs de quartier de Bologne}", "fr: \"Médiateurs: quartier\", pt: x}", "french-typography"),
        ("{en: Bologna, fr: Bologne}", "{fr: Bologne, pt: Bolonha}", "translation"),
    ],
)  # fmt: skip
def test_a_rule_finds_what_is_wrong_wherever_it_stands(old: str, new: str, rule: str) -> None:
    assert {problem.rule for problem in check([record(changed(old, new, FULL))], KNOWN)} == {rule}


def test_a_source_counts_as_used_wherever_it_is_cited() -> None:
    """Every list of sources of the full example can be the only place that names a source."""
    text = (VALID / f"{FULL}.yml").read_text(encoding="utf-8")
    text = text.replace("website:", "  study:\n    title: A study\n    language: en\nwebsite:", 1)
    places = [found.start() for found in re.finditer(r"sources: \[", text)]
    assert len(places) > 15
    for place in places:
        cited = text[:place] + re.sub(r"\[[a-z, ]+\]", "[study]", text[place:], count=1)
        found = {problem.rule for problem in check([record(cited)], KNOWN)}
        assert not found & {"unused-source", "known-source"}, cited[place : place + 60]


def test_the_only_source_needs_no_citation_but_two_do() -> None:
    assert broken("kind: service", "kind: service", SMALLEST) == set()
    second = "  study: {title: A study, language: en}\n"
    text = (VALID / f"{SMALLEST}.yml").read_text(encoding="utf-8") + second
    problems = check([record(text, SMALLEST)], KNOWN)
    assert sorted((p.rule, p.line) for p in problems) == [
        ("sources-named", 18),
        ("unused-source", 22),
        ("unused-source", 24),
    ]


def test_a_record_is_told_of_each_rule_at_each_place() -> None:
    text = changed("same_as: [https://practices.example/7]", "same_as: [http://a.example/, http://b.example/]", FULL)
    assert [(p.rule, p.column) for p in check([record(text)], KNOWN)] == [("plain-http", 11), ("plain-http", 30)]


@pytest.mark.parametrize(
    ("english", "french"),
    [
        ("1,250 people", "1\u202f250 personnes"),
        ("1,250 people", "1 250 personnes"),
        ("12.5%", "12,5\u00a0%"),
        ("between 2015 and 2018", "entre 2018 et 2015"),
        ("1,000,000 in 2,000", "2\u00a0000, soit 1\u00a0000\u00a0000"),
        ("10.7 and 10.7", "10.7 et 10.7"),
        ("no number", "aucun nombre"),
    ],
)
def test_numbers_are_compared_whatever_the_separators_of_the_language(english: str, french: str) -> None:
    if "10.7" in english:  # a target is written with a point in both
        assert numbers(french, "fr") == ["10.7", "10.7"]
    assert numbers(english, "en") == numbers(french, "fr")


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("ar", "٢٬٥٠٠ شخص و٣٫٥ في المائة", ["2500", "3.5"]),
        ("ar", "2,500 شخص و3.5", ["2500", "3.5"]),
        ("es", "1.250 personas y 3,5", ["1250", "3.5"]),
    ],
)
def test_numbers_of_further_languages_are_read(
    language: str, text: str, found: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    territories = {"ar": "EG", "es": "ES"}
    further = {code: Language(code, code, code, territory) for code, territory in territories.items()}
    monkeypatch.setattr(editorial_rules, "BY_CODE", further)
    assert numbers(text, language) == found


def test_every_rule_has_a_name_a_sentence_and_one_scope() -> None:
    assert all((record_rules, claim_rules, editorial_rules))
    for name, rule in RULES.items():
        found = rule.record_check or rule.catalogue_check
        assert found is not None
        assert (rule.record_check is None) != (rule.catalogue_check is None)
        assert name == rule.name == found.__name__.replace("_", "-")
        assert rule.sentence == inspect.getdoc(found)
        assert rule.severity in tuple(Severity)


def test_rules_look_at_records_that_are_wrong_in_shape(project: Project) -> None:
    project.write(f"practices/{SMALLEST}.yml", "id: [a]\nsources: x\nplaces: {a: b}\nrelated: [x]\nresults: y\n")
    rules = {problem.rule for problem in project.load().problems}
    assert {"wrong-type", "missing-field", "editor-line"} <= rules
