"""Meaning: what each rule lets pass, which its invalid example cannot show, and how far it looks."""

from __future__ import annotations

import inspect

import pytest
from tests.samples import FULL, ROOT, SMALLEST, VALID, Project, changed

from catalogue.checking import editorial_rules
from catalogue.checking.editorial_rules import numbers
from catalogue.checking.rules import RULES, Known, RecordFile, check
from catalogue.checking.schema import Schema
from catalogue.problems import Severity
from catalogue.reading.strict_yaml import parse

SCHEMA = Schema(ROOT / "schema", "practice.schema.json")
KNOWN = Known(
    documents={"metropolis-newcomers-report"},
    organisations={"iom": "International Organization for Migration", "city-of-bologna": "City of Bologna",
                   "aurora-foundation": "Aurora Foundation"},
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
        ("{start: 2015, end: 2021}", "{start: 2021, end: 2021}"),
        ("{start: 2015, end: 2021}", "{end: 2010}"),
        ("base: 260", "base: 214"),
        ("described_in: [report, page]", "described_in: [report]"),
        ("lat: 44.49, lon: 11.34", "lat: 35.7, lon: 19.5"),
        ("country: IT, lat: 44.49, lon: 11.34", "country: FJ, lat: -17.7, lon: 178.4"),
        ("country: IT, lat: 44.49, lon: 11.34", "country: FJ, lat: -17.7, lon: -179.9"),
        ("website: https://bologna.example/mediatori", "website: https://http.example/"),
        ("Residents of twelve blocks", "Residents of “excellent” blocks"),
        ("Les habitants de douze immeubles", "Les habitants d’immeubles «\u00a0exceptionnels\u00a0»"),
        ("en: Training and fees for a year., fr: Formation et honoraires d’une année.",
         "en: 1\u202f250.5 hours, fr: \"1\u202f250,5 heures\""),
        ("section 4, pages 31 to 38", "section 4, pages 38 to 31"),
        ("{en: University of the Via Emilia", "{en: Dramatic Arts University"),
        ("partie 4, pages 31 à 38", "partie 4: pages 31 à 38"),
        ("fr: Médiateurs de quartier de Bologne}", "fr: Médiateurs de quartier de Bologne, pt: \"O'Neill: x; y?\"}"),
    ],
)  # fmt: skip
def test_a_rule_lets_pass_what_is_right(old: str, new: str) -> None:
    assert broken(old, new) == set()


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("{start: 2015, end: 2021}", "{start: 2022, end: 2021}", "ends-after-start"),
        ("base: 260", "base: 213.5", "base-not-smaller"),
        ("lat: 44.49, lon: 11.34", "lat: 35.69, lon: 19.5", "place-in-country"),
        ("country: IT, lat: 44.49, lon: 11.34", "country: FJ, lat: -17.7, lon: 0", "place-in-country"),
        ("same_as: [https://practices.example/7]", "same_as: [http://practices.example/7]", "plain-http"),
        ("    url: https://bologna.example/mediatori", "    url: http://bologna.example/mediatori", "plain-http"),
        ("described_in: [report, page]", "described_in: [report, study]", "known-source"),
        ("  - year: 2023\n", "  - year: 2023\n    source: study\n", "known-source"),
        ("{en: University of the Via Emilia", "{en: AURORA  Foundation", "registered-organisation"),
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
    text = changed(old, new, FULL)
    if "source: study" in text:
        text = text.replace("new mediators., fr: Deux immeubles ont élu de nouveaux médiateurs.}\n    source: page",
                            "new mediators., fr: Deux immeubles ont élu de nouveaux médiateurs.}")  # fmt: skip
    assert {problem.rule for problem in check([record(text)], KNOWN)} == {rule}


def test_a_source_counts_as_used_wherever_it_is_cited() -> None:
    extra = "  {key}:\n    title: A study\n    language: en\nwebsite:"
    for place in ("results", "lessons", "resources", "updates", "described_in"):
        text = changed("website:", extra.format(key="study"), FULL)
        if place == "described_in":
            text = text.replace("[report, page]", "[report, page, study]")
        else:
            start = text.index(f"\n{place}:")
            text = text[:start] + text[start:].replace("source: report", "source: study", 1).replace(
                "source: page", "source: study", 0 if "source: report" in text[start:] else 1
            )
        found = {problem.rule for problem in check([record(text)], KNOWN)}
        assert "unused-source" not in found, place
        assert "known-source" not in found, place


def test_the_only_source_needs_no_citation_but_two_do() -> None:
    assert broken("kind: service", "kind: service", SMALLEST) == set()
    second = "  study: {title: A study, language: en}\n"
    text = (VALID / f"{SMALLEST}.yml").read_text(encoding="utf-8") + second
    problems = check([record(text, SMALLEST)], KNOWN)
    assert [(p.rule, p.line) for p in problems] == [("unused-source", 22), ("unused-source", 24)]


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


def test_every_rule_has_a_name_a_sentence_and_one_scope() -> None:
    assert editorial_rules
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
