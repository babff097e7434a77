"""Reading the folders: what takes more than one file, or none, and what no input may do."""

from __future__ import annotations

import os
import re
import shutil
import time
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.samples import FULL, ROOT, SMALLEST, VALID, Project, changed, leaves, read, told

from catalogue.checking import rules
from catalogue.checking.schema import Schema
from catalogue.loader import load, vocabularies_of
from catalogue.reading import strict_yaml, vocabularies

RECORD = f"practices/{SMALLEST}.yml"


def test_an_empty_catalogue_is_read_without_problems(project: Project) -> None:
    reading = project.load()
    assert reading.problems == []
    assert reading.catalogue is not None
    assert dict(reading.catalogue.practices) == {}
    assert len(reading.catalogue.leads) == 2


def test_a_warning_does_not_stop_the_build_but_an_error_does(project: Project) -> None:
    project.write(RECORD, changed("sources:", "website: http://desk.example/\nsources:"))
    assert project.load().catalogue is not None
    project.write(RECORD, changed("kind: service", "kind: servise"))
    assert project.load().catalogue is None


def test_all_problems_of_all_files_are_told_at_once_causes_first(project: Project) -> None:
    project.write("practices/a.yml", changed("id: lisbon-welcome-desk", "id: c").replace("active", "activ"))
    project.write("practices/b.yml", "- not a record\n")
    project.replace("schema/leads.yml", "id: porto-mentoring", "id: Porto")
    errors = [p for p in project.load().problems if p.is_error()]
    assert [(p.path, p.line, p.rule) for p in errors] == [
        ("schema/leads.yml", 2, "wrong-form"),
        ("practices/b.yml", 1, "not-a-mapping"),
        ("practices/a.yml", 3, "id-matches-file"),
        ("practices/a.yml", 9, "unknown-term"),
    ]


# Nothing is told that only follows from something else.

BREAKS = {
    "not YAML": lambda text: text.replace("\n", "\n\t", 1),
    "unclosed": lambda text: text.replace("  - id: ", "  - id: '", 1),
    "empty": lambda text: "",
    "a list": lambda text: "- x\n",
    "another name": lambda text: text.replace(":", "x:", 1),
    "no id": lambda text: text.replace("- id:", "- idd:", 1),
    "no text id": lambda text: text.replace("- id: ", "- id: [x] #", 1),
}
"""Ways to break a register."""


@pytest.fixture
def related(project: Project) -> Project:
    """A project with records that refer to each other and to the registers."""
    project.add(SMALLEST, FULL, "oslo-job-mentors", "nantes-permanence-juridique")
    project.write("schema/questions.yml", QUESTION.replace("job-mentor,", "job-mentors,"))
    assert [problem for problem in project.load().problems if problem.is_error()] == []
    return project


@pytest.mark.parametrize("how", BREAKS)
def test_a_broken_register_or_vocabulary_is_told_alone(related: Project, how: str) -> None:
    registers = ("documents", "organisations", "leads", "questions")
    paths = [f"schema/{name}.yml" for name in registers]
    names = vocabularies.NAMES if how == "no id" else ("themes", "regions", "dimensions")
    paths += [f"schema/vocabularies/{name}.yml" for name in names]
    for path in paths:
        text = (related.root / path).read_text(encoding="utf-8")
        assert BREAKS[how](text) != text
        related.write(path, BREAKS[how](text))
        errors = [p for p in related.load().problems if p.is_error()]
        assert {p.path for p in errors} == {path}
        assert len(errors) <= 2, path  # an unknown field, and the one that is missing instead
        related.write(path, text)


@pytest.mark.parametrize("how", ["not YAML", "empty", "a list"])
def test_an_unreadable_record_is_told_alone_and_is_there_for_others(related: Project, how: str) -> None:
    for path in (f"practices/{FULL}.yml", RECORD, "practices/oslo-job-mentors.yml"):
        text = (related.root / path).read_text(encoding="utf-8")
        related.write(path, BREAKS[how](text))
        assert [p.path for p in related.load().problems if p.is_error()] == [path]
        related.write(path, text)


def test_broken_exceptions_are_told_alone(related: Project) -> None:
    related.replace("practices/oslo-job-mentors.yml", "sources:\n", "website: http://mentors.example/\nsources:\n")
    for content in (
        "exceptions: [",
        "exceptions:\n  - rule: plain-http\n    practise: x\n    reason: Not yet known.\n",
    ):
        related.write("schema/exceptions.yml", content)
        assert {p.path for p in related.load().problems if p.is_error()} == {"schema/exceptions.yml"}


def test_an_entry_with_an_error_is_known_by_its_id(related: Project) -> None:
    related.replace("schema/organisations.yml", "url: https://www.iom.int", "url: www.iom.int")
    related.replace("schema/documents.yml", "year: 2022", "year: about 2022")
    related.replace(f"practices/{FULL}.yml", "org: iom", "org: ion")
    related.write(
        "schema/leads.yml", (related.root / "schema" / "leads.yml").read_text().replace("-report", "-raport", 1)
    )
    errors = [(p.path, p.rule) for p in related.load().problems if p.is_error()]
    assert errors == [
        ("schema/documents.yml", "wrong-type"),
        ("schema/leads.yml", "known-document"),
        ("schema/organisations.yml", "unsafe-address"),
        (f"practices/{FULL}.yml", "known-organisation"),
    ]


def test_a_term_with_an_error_is_known_by_its_id_and_the_others_are_held_against_the_rest(related: Project) -> None:
    path = "schema/vocabularies/kinds.yml"
    text = (related.root / path).read_text(encoding="utf-8")
    related.write(path, re.sub(r"(- id: service\n)", r"\1    code: [x]\n", text))
    related.replace("practices/oslo-job-mentors.yml", "kind: programme", "kind: programe")
    assert [(p.path, p.rule) for p in related.load().problems if p.is_error()] == [
        (path, "wrong-type"),
        ("practices/oslo-job-mentors.yml", "unknown-term"),
    ]


def test_records_are_held_against_the_vocabularies_and_not_against_what_is_derived_from_them(project: Project) -> None:
    project.write(RECORD, changed("status: active", "status: foreseen"))
    project.replace("schema/vocabularies/status.yml", "- id: planned", "- id: foreseen")
    assert [p.rule for p in project.load().problems] == ["stale-file"]
    (project.root / "schema" / "vocabularies.schema.json").unlink()
    assert [p.rule for p in project.load().problems] == ["missing-file"]


@pytest.mark.parametrize("path", sorted(file.name for file in (ROOT / "schema").glob("*.json") if file.stem != "world"))
@pytest.mark.parametrize("content", [None, "{", "[]", '{"$id": "x", "properties": {"a": {"$ref": "#/$defs/b"}}}'])
def test_a_damaged_schema_is_told_alone(related: Project, path: str, content: str | None) -> None:
    if content is None:
        (related.root / "schema" / path).unlink()
    else:
        related.write(f"schema/{path}", content)
    reading = related.load()
    assert reading.catalogue is None
    assert [p.path for p in reading.problems if p.is_error()] == [f"schema/{path}"]


def test_a_damaged_schema_is_told_as_no_json(project: Project) -> None:
    project.write("schema/practice.schema.json", '{\n  "a": b\n}')
    assert project.told() == ["schema/practice.schema.json:2:8: error[not-json] this is not JSON: Expecting value"]


@pytest.mark.parametrize("record", [FULL, "oslo-job-mentors"])
@pytest.mark.parametrize("broken", ["x: y: z\n", "@\n", "<<<<<<< HEAD\n", "'\n", "\t- x\n", "]\n"])
def test_a_record_without_problems_that_breaks_off_is_told_that_and_nothing_else(
    project: Project, record: str, broken: str
) -> None:
    """Whatever the line at which it breaks off."""
    lines = (VALID / f"{record}.yml").read_text(encoding="utf-8").splitlines(keepends=True)
    project.add(SMALLEST)
    for line in range(2, len(lines), 3 if record == FULL else 1):
        project.write(f"practices/{record}.yml", "".join([*lines[:line], broken, *lines[line:]]))
        found = {p.rule for p in project.load().problems} - {"translation", "yaml-1-1"}
        assert found <= {"not-yaml", "merge-conflict", "tab"}, line
        assert len(found) == 1, line


def test_what_is_wrong_above_a_syntax_error_is_told_beside_it(project: Project) -> None:
    text = changed("kind: service", "kind: servise").replace("summary:\n", "summary:\n  de: Ein Schalter.\n")
    text = text.replace("fr: Un seul", "fr: M. Silva ouvre un").replace("themes: [inf", "themes: [inf: [")
    project.write(RECORD, text.replace("status: active", "stats: active"))
    assert [(p.line, p.rule) for p in project.load().problems] == [
        (8, "no-individuals"), (9, "unknown-term"), (10, "unknown-field"), (18, "not-yaml"),
    ]  # fmt: skip


def test_a_misspelt_list_of_sources_is_the_only_problem(project: Project) -> None:
    project.add(SMALLEST)
    text = (VALID / f"{FULL}.yml").read_text(encoding="utf-8")
    project.write(f"practices/{FULL}.yml", text.replace("\nsources:", "\nsourcs:"))
    assert [line.split(": ", 1)[1] for line in project.told() if "yaml-1-1" not in line] == [
        "error[unknown-field] there is no field 'sourcs'; did you mean 'sources'?"
    ]


def test_a_reading_says_which_files_it_looked_at_and_which_of_them_left_it_without_ground(related: Project) -> None:
    reading = related.load()
    assert reading.broken == frozenset()
    assert {RECORD, "schema/leads.yml", "schema/vocabularies/themes.yml", "schema/exceptions.yml"} <= reading.files
    assert "schema/world.json" not in reading.files
    related.write("schema/vocabularies/themes.yml", "\tx")
    related.write("schema/leads.yml", "\tx")
    related.replace("practices/oslo-job-mentors.yml", "kind: programme", "kind: programe")
    reading = related.load()
    assert reading.broken == {"schema/vocabularies/themes.yml"}
    assert [p.path for p in reading.problems_of([RECORD])] == ["schema/vocabularies/themes.yml"]


# Rules that take more than one record, or bytes that are no text.


def test_two_records_with_one_id_are_told(project: Project) -> None:
    project.add(SMALLEST)
    shutil.copy(VALID / f"{SMALLEST}.yml", project.root / "practices" / "porto-desk.yml")
    found = project.told()
    assert f"practices/porto-desk.yml:3:5: error[unique-id] the id '{SMALLEST}' is already that of {RECORD}" in found
    assert any("[id-matches-file]" in line for line in found)


def test_two_records_with_one_name_are_told_whatever_the_accents_and_the_apostrophe(project: Project) -> None:
    project.add(SMALLEST)
    other = changed("fr: Guichet d’accueil de Lisbonne", "fr: GUICHET  d'accuéil de Lisbonne")
    project.write("practices/porto-desk.yml", other.replace(f"id: {SMALLEST}", "id: porto-desk"))
    assert [line for line in project.told() if "[unique-name]" in line] == [
        f"practices/porto-desk.yml:4:12: warning[unique-name] 'Lisbon welcome desk' is also the name of {RECORD}",
        "practices/porto-desk.yml:4:37: warning[unique-name] 'GUICHET  d'accuéil de Lisbonne' is also the name of "
        f"{RECORD}",
    ]


def test_an_organisation_that_one_record_names_twice_is_not_shared(project: Project) -> None:
    twice = "    roles: [lead]\n  - name: {en: City of Lisbon, fr: Ville de Lisbonne}\n    type: local-authority\n"
    project.write(RECORD, changed("    roles: [lead]\n", twice + "    roles: [funder]\n"))
    assert project.told() == []
    other = changed("id: lisbon-welcome-desk", "id: porto-desk").replace("Lisbon welcome", "Porto welcome")
    project.write("practices/porto-desk.yml", other.replace("accueil de Lisbonne", "accueil de Porto"))
    lines = project.told()
    assert len(lines) == 3
    assert all("[shared-organisation] 'City of Lisbon' is named by 2 records" in line for line in lines)


def test_bytes_that_are_not_utf_8_are_told_at_their_place(project: Project) -> None:
    text = (VALID / f"{SMALLEST}.yml").read_bytes()
    project.write(RECORD, text.replace("Balcão".encode(), "Balcão".encode("latin-1")))
    assert project.told() == [f"{RECORD}:22:16: error[not-utf-8] byte 0xE3 is not UTF-8 text: save the file as UTF-8"]


def test_ten_megabytes_are_refused_at_once(project: Project) -> None:
    project.write(RECORD, b"id: x\n" + b"# " + b"x" * 10_000_000)
    start = time.perf_counter()
    parsed, problems = strict_yaml.parse((project.root / RECORD).read_bytes(), RECORD)
    assert time.perf_counter() - start < 0.1
    assert parsed is None
    assert told(problems) == project.told()
    assert project.told() == [
        f"{RECORD}:1:1: error[too-large] the file is too large: 10,000,008 bytes; at most 200,000"
    ]


# What stands in the folders.


@pytest.mark.parametrize("name", ["notes.txt", "record.yaml", "RECORD.YML", "folder.yml/", "link.yml"])
def test_only_plain_files_that_end_in_yml_are_records(project: Project, name: str) -> None:
    project.add(SMALLEST)
    file = project.root / "practices" / name
    if name.endswith("/"):
        file.mkdir()
    elif name == "link.yml":
        file.symlink_to(project.root / RECORD)
    else:
        shutil.copy(project.root / RECORD, file)
    line = "1:1: error[not-a-record] only records belong here: plain files whose names end in .yml"
    assert project.told() == [f"practices/{name.rstrip('/')}:{line}"]


def test_hidden_files_are_passed_over(project: Project) -> None:
    project.write("practices/.DS_Store", b"\x00\x01")
    assert project.told() == []


@pytest.mark.skipif(os.name == "nt", reason="the name is not possible there")
def test_a_file_name_cannot_start_a_line_of_its_own(project: Project) -> None:
    project.write("practices/a\n::error::stop.txt", "")
    assert project.told() == [
        "practices/a\\u000a::error::stop.txt:1:1: error[not-a-record] only records belong here: "
        "plain files whose names end in .yml"
    ]


@pytest.mark.parametrize(
    "path",
    [
        "schema/documents.yml",
        "schema/organisations.yml",
        "schema/leads.yml",
        "schema/exceptions.yml",
        "schema/vocabularies/themes.yml",
        "schema/vocabularies.schema.json",
    ],
)
def test_a_missing_file_is_told(project: Project, path: str) -> None:
    project.add(SMALLEST)
    (project.root / path).unlink()
    reading = project.load()
    assert reading.catalogue is None
    assert [line for line in told(reading.problems) if line.startswith(f"{path}:1:1: error[missing-file] ")]


def test_a_missing_folder_of_records_is_told(project: Project) -> None:
    (project.root / "practices").rmdir()
    assert project.told() == ["practices:1:1: error[missing-file] the folder of the records is missing"]


def test_a_vocabulary_that_changed_makes_the_enumerations_stale(project: Project) -> None:
    project.replace("schema/vocabularies/status.yml", "- id: planned", "- id: foreseen")
    assert [line for line in project.told() if "[stale-file]" in line] == [
        "schema/vocabularies.schema.json:1:1: error[stale-file] the vocabularies have changed since this file was "
        "made: run 'make derive'"
    ]


def test_a_term_that_stands_twice_is_told(project: Project) -> None:
    project.replace("schema/vocabularies/status.yml", "- id: planned", "- id: active")
    lines = [line for line in project.told() if "[duplicate-term]" in line]
    assert lines == [
        "schema/vocabularies/status.yml:27:9: error[duplicate-term] the term 'active' stands here a second time"
    ]


@pytest.mark.parametrize(
    ("register", "old", "new"),
    [
        ("documents", "id: metropolis-housing-note", "id: metropolis-newcomers-report"),
        ("organisations", "id: aurora-foundation", "id: iom"),
        ("leads", "id: charter-of-cities", "id: porto-mentoring"),
    ],
)
def test_an_entry_that_stands_twice_in_a_register_is_told(project: Project, register: str, old: str, new: str) -> None:
    project.replace(f"schema/{register}.yml", old, new)
    (line,) = project.told()
    assert line.startswith(f"schema/{register}.yml:")
    assert f"error[duplicate-term] the id '{new.removeprefix('id: ')}' stands here a second time" in line


def test_a_lead_that_names_an_unknown_document_is_told(project: Project) -> None:
    file = project.root / "schema" / "leads.yml"
    text = file.read_text(encoding="utf-8").replace("metropolis-newcomers-report", "metropolis-newcomers-raport", 1)
    file.write_text(text, encoding="utf-8")
    assert project.told() == [
        "schema/leads.yml:10:19: error[known-document] 'metropolis-newcomers-raport' is not in schema/documents.yml; "
        "did you mean 'metropolis-newcomers-report'?"
    ]


QUESTION = """questions:
  - id: first-month
    question: {en: What helps in the first month?, fr: Qu’est-ce qui aide le premier mois ?}
    answer: {en: A desk., fr: Un guichet.}
    picks:
      - {practice: lisbon-welcome-desk, why: {en: One desk., fr: Un guichet.}}
      - {practice: oslo-job-mentor, why: {en: Mentors., fr: Des mentors.}}
      - {practice: nantes-permanence-juridique, why: {en: Law., fr: Le droit.}}
    unknown: {en: Whether it lasts., fr: Si cela dure.}
"""


def test_a_question_that_picks_an_unknown_practice_is_told(project: Project) -> None:
    project.add(SMALLEST, "oslo-job-mentors", "nantes-permanence-juridique")
    project.write("schema/questions.yml", QUESTION)
    assert [line for line in project.told() if "[translation]" not in line] == [
        "schema/questions.yml:7:20: error[known-practice] 'oslo-job-mentor' is not in practices/; "
        "did you mean 'oslo-job-mentors'?"
    ]
    project.write("schema/questions.yml", QUESTION.replace("mentor,", "mentors,"))
    reading = project.load()
    assert reading.catalogue is not None
    assert [pick.practice for pick in reading.catalogue.questions["first-month"].picks] == [
        SMALLEST, "oslo-job-mentors", "nantes-permanence-juridique",
    ]  # fmt: skip


@pytest.mark.parametrize("content", ["", "{", "[]", '{"$defs": 1}', "<<<<<<< HEAD\n{}"])
def test_enumerations_damaged_by_a_merge_are_told_as_stale(project: Project, content: str) -> None:
    project.write("schema/vocabularies.schema.json", content)
    assert project.told() == [
        "schema/vocabularies.schema.json:1:1: error[stale-file] the vocabularies have changed since this file was "
        "made: run 'make derive'"
    ]


def test_a_register_that_is_no_yaml_is_told(project: Project) -> None:
    project.write("schema/leads.yml", "leads: [")
    assert [line for line in project.told() if line.startswith("schema/leads.yml:") and "error[not-yaml]" in line]


def test_whoever_waits_is_told_how_far_reading_has_come(project: Project) -> None:
    project.add(SMALLEST, "oslo-job-mentors")
    steps: list[tuple[str, int, int]] = []
    load(project.root, lambda *step: steps.append(step))
    assert steps == [("check", 0, 2), ("check", 1, 2), ("check", 2, 2)]


@pytest.mark.parametrize("parent", ["settlement", "transit"])
def test_a_term_cannot_stand_under_itself_or_under_one_that_comes_later(project: Project, parent: str) -> None:
    project.replace("schema/vocabularies/stages.yml", "- id: transit\n", f"- id: transit\n    parent: {parent}\n")
    found, problems = vocabularies_of(project.root)
    assert found is not None
    assert [(p.rule, p.message) for p in problems if p.rule == "unknown-term"] == [
        ("unknown-term", f"the parent '{parent}' is not a term above this one")
    ]


def test_a_theme_of_an_unknown_dimension_is_told(project: Project) -> None:
    project.replace("schema/vocabularies/themes.yml", "dimensions: [health-care]", "dimensions: [healthcare]")
    (line,) = [line for line in project.told() if "[unknown-term]" in line]
    assert line.endswith("error[unknown-term] 'healthcare' is not a dimension; did you mean 'health-care'?")


def test_an_exception_can_only_be_made_to_a_rule_of_judgement(project: Project) -> None:
    summary = "Un seul guichet à la mairie, où les nouveaux arrivants règlent cours, soins et école en une visite."
    project.write(RECORD, changed(summary, "é" * 301))
    for rule, hint in (("too-long", ""), ("known-source", ""), ("plain-htp", "; did you mean 'plain-http'?")):
        project.write("schema/exceptions.yml", EXCEPTION.format(rule=rule))
        assert project.told() == [
            f"schema/exceptions.yml:2:11: error[exceptable-rule] '{rule}' is no rule that can have an exception{hint}",
            f"{RECORD}:7:7: error[too-long] 'fr' has 301 characters; at most 300 are allowed",
        ]


def test_an_exception_of_a_record_that_is_not_there_is_told(project: Project) -> None:
    project.write("schema/exceptions.yml", EXCEPTION.format(rule="plain-http"))
    assert project.told() == [
        "schema/exceptions.yml:3:15: error[known-practice] there is no practice 'lisbon-welcome-desk'"
    ]


def test_an_exception_is_not_called_needless_while_its_record_cannot_be_checked(project: Project) -> None:
    project.write("schema/exceptions.yml", EXCEPTION.format(rule="plain-http"))
    for text in ("id: x: y", changed("kind: service", "knd: service")):
        project.write(RECORD, text)
        assert "unneeded-exception" not in {p.rule for p in project.load().problems}


def test_a_vocabulary_of_the_wrong_shape_stops_the_reading(project: Project) -> None:
    project.replace("schema/vocabularies/access.yml", "terms:", "words:")
    reading = project.load()
    assert reading.catalogue is None
    assert {p.rule for p in reading.problems} == {"unknown-field", "missing-field"}


# Exceptions.

EXCEPTION = (
    "exceptions:\n  - rule: {rule}\n    practice: lisbon-welcome-desk\n    reason: The site has no encryption.\n"
)


def test_an_exception_takes_a_problem_away(project: Project) -> None:
    project.write(RECORD, changed("sources:", "website: http://desk.example/\nsources:"))
    assert ["[plain-http]" in line for line in project.told()] == [True]
    project.write("schema/exceptions.yml", EXCEPTION.format(rule="plain-http"))
    assert project.told() == []


def test_an_exception_that_is_not_needed_any_more_is_told(project: Project) -> None:
    project.add(SMALLEST)
    project.write("schema/exceptions.yml", EXCEPTION.format(rule="plain-http"))
    assert project.told() == [
        "schema/exceptions.yml:2:5: error[unneeded-exception] nothing is wrong any more with 'plain-http' in "
        f"{RECORD}: delete the exception"
    ]


# Bad input that a single example cannot show.


@pytest.mark.parametrize(
    "bad", ["../x", "a/../../b", "/etc/passwd", "a\\b", "Lisbon-Desk", "lisbon desk", "-a", "a--b"]
)
def test_path_tricks_and_capitals_in_an_id_are_refused(project: Project, bad: str) -> None:
    project.write(RECORD, changed("id: lisbon-welcome-desk", f"id: '{bad}'"))
    assert [line for line in project.told() if f"3:5: error[wrong-form] '{bad}' cannot stand here" in line]


@pytest.mark.parametrize(("bad", "meant"), [("XX", ""), ("UK", "GB"), ("pt", "PT"), ("001", ""), ("Turkey", "TR")])
def test_a_country_that_is_not_in_iso_3166_is_refused(project: Project, bad: str, meant: str) -> None:
    project.write(RECORD, changed("countries: [PT]", f"countries: [{bad}]"))
    (line,) = project.told()
    assert line.startswith(f"{RECORD}:11:13: error[unknown-term] '{bad}' is not a country code")
    assert line.endswith(f"; did you mean '{meant}'?" if meant else "is not a country code")


def test_norway_stays_norway(project: Project) -> None:
    project.add("oslo-job-mentors")
    reading = project.load()
    assert reading.catalogue is not None
    assert reading.catalogue.practices["oslo-job-mentors"].countries == ("NO",)


@pytest.mark.parametrize("record", ["oslo-job-mentors", "nantes-permanence-juridique"])
def test_one_language_is_enough(project: Project, record: str) -> None:
    project.add(record)
    reading = project.load()
    assert {(problem.rule, problem.is_error()) for problem in reading.problems} == {("translation", False)}
    assert reading.catalogue is not None


@pytest.mark.parametrize(("count", "problems"), [(300, 0), (301, 1)])
def test_a_summary_has_300_characters_at_most_whatever_their_bytes(project: Project, count: int, problems: int) -> None:
    summary = "Un seul guichet à la mairie, où les nouveaux arrivants règlent cours, soins et école en une visite."
    project.write(RECORD, changed(summary, "é" * count))
    assert [line.split(" ", 1)[1] for line in project.told()] == [
        "error[too-long] 'fr' has 301 characters; at most 300 are allowed"
    ] * problems


@pytest.mark.parametrize(
    "place", ["lat: 38.7, lon: -180.5", "lat: -90.01, lon: 0", "lat: 1e1, lon: 0", 'lat: "38.7", lon: 0']
)
def test_coordinates_out_of_range_and_not_written_as_numbers_are_refused(project: Project, place: str) -> None:
    project.write(RECORD, changed("sources:", f"places: [{{name: {{en: Lisbon}}, country: PT, {place}}}]\nsources:"))
    assert {line.split("[")[1].split("]")[0] for line in project.told()} & {"out-of-range", "wrong-type"}


def test_a_box_across_the_antimeridian_holds_both_sides(project: Project) -> None:
    fiji = "places:\n  - {{name: {{en: Fiji}}, country: FJ, lat: -17.7, lon: {lon}}}\n"
    found = {}
    for lon in ("178.4", "-179.9", "0"):
        project.write(RECORD, changed("sources:", fiji.format(lon=lon) + "sources:"))
        found[lon] = [line for line in project.told() if "[place-in-country]" in line] != []
    assert found == {"178.4": False, "-179.9": False, "0": True}


@pytest.mark.parametrize("day", ["2018-02-30", "0000-05", "2019-02-29"])
def test_a_month_or_day_that_is_not_in_the_calendar_is_refused_before_it_is_shown(project: Project, day: str) -> None:
    project.write("practices/oslo-job-mentors.yml", changed('"2024-05"', f'"{day}"', "oslo-job-mentors"))
    assert [line for line in project.told() if "error[" in line] == [
        f"practices/oslo-job-mentors.yml:26:12: error[no-such-date] '{day}' is not a day of the calendar"
    ]


@pytest.mark.parametrize("address", ["https://[", "https:///x", "http://?x", "https://[::zz]/"])
def test_an_address_that_no_page_could_link_to_is_refused_before_it_is_shown(project: Project, address: str) -> None:
    project.write(RECORD, changed("sources:", f"website: {address}\nsources:"))
    assert [line for line in project.told() if "error[unsafe-address]" in line]


def test_an_address_that_no_page_could_link_to_is_refused_in_a_register_too(project: Project) -> None:
    project.replace("schema/organisations.yml", "url: https://www.iom.int", "url: https://[")
    assert project.told() == [
        "schema/organisations.yml:6:10: error[unsafe-address] 'https://[' cannot stand here: it names no site"
    ]


def text_fields(kinds: set[str]) -> Iterator[tuple[str | int, ...]]:
    """The paths of the full example's scalars whose field the schema declares as one of some definitions."""
    schema = Schema(ROOT / "schema", "practice.schema.json")
    for path, _ in leaves(read(VALID / f"{FULL}.yml")):
        node: Any = schema.root
        names = set()
        for part in path:
            names.add(str(node.get("$ref", "")).rpartition("/")[2])
            node = schema.resolve(node)
            node = (
                node["items"]
                if isinstance(part, int)
                else node.get("properties", {}).get(part, node.get("additionalProperties"))
            )
        if (names | {str(node.get("$ref", "")).rpartition("/")[2]}) & kinds:
            yield path


@pytest.mark.parametrize("markup", ["<script>alert(1)</script>", "</title><script>alert(1)</script>"])
def test_markup_in_a_text_is_accepted_as_text_and_refused_in_a_name(project: Project, markup: str) -> None:
    texts, names = list(text_fields({"text", "summary"})), list(text_fields({"name", "label", "labels"}))
    assert len(texts) > 20
    assert len(names) > 12
    path = f"practices/{FULL}.yml"
    schema = Schema(ROOT / "schema", "practice.schema.json")
    for places, expected in ((texts, set()), (names, {"markup-in-name"})):
        for place in places:
            parsed, _ = strict_yaml.parse((VALID / f"{FULL}.yml").read_bytes(), path)
            assert parsed is not None
            node = parsed.data
            for part in place[:-1]:
                node = node[part]
            node[place[-1]] = markup
            _, problems = schema.check(parsed, path)
            assert {problem.rule for problem in problems} == expected, place
            assert all(problem.line == parsed.mark(place).line for problem in problems)


# No record makes the check fail, take long, or say anything but problems.

SCRAPS = st.sampled_from(
    ["", "x", "NO", "1.10", "-1", "2018-02-30", "page-2", "../x", "<b>", "https://[", "page", "work", "PT", "null", "٣"]
)
TREES = st.recursive(
    SCRAPS.map(strict_yaml.Plain) | SCRAPS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(SCRAPS, inner, max_size=3),
    max_leaves=6,
)
FULL_DATA = read(VALID / f"{FULL}.yml")
PLACES = sorted({path[:length] for path, _ in leaves(FULL_DATA) for length in range(1, len(path) + 1)}, key=str)
SCHEMA = Schema(ROOT / "schema", "practice.schema.json")
KNOWN = rules.Known({"a"}, {"iom": {"en": "IOM"}}, {FULL}, {"IT": (5.6, 35.7, 19.5, 48.1)})


@settings(max_examples=120)
@given(st.lists(st.tuples(st.sampled_from(PLACES), TREES), min_size=1, max_size=3))
@example([(("places", 0, "country"), ["IT"])])
@example([(("sources",), [])])
@example([(("period",), "x"), (("related", 0), "x")])
def test_whatever_stands_in_a_field_the_schema_and_the_rules_answer_with_problems(
    changes: list[tuple[tuple[str | int, ...], Any]],
) -> None:
    parsed, _ = strict_yaml.parse((VALID / f"{FULL}.yml").read_bytes(), "x.yml")
    assert parsed is not None
    for path, value in changes:
        node = parsed.data
        try:
            for part in path[:-1]:
                node = node[part]
            node[path[-1]] = value
        except (KeyError, IndexError, TypeError):
            continue  # an earlier change took the place away
    data, problems = SCHEMA.check(parsed, "x.yml")
    problems += rules.check([rules.RecordFile("x.yml", FULL, "", parsed, data)], KNOWN)
    for problem in problems:
        assert problem.line >= 1
        assert problem.column >= 1
        assert problem.message
        assert "\n" not in problem.message
    told(problems)
