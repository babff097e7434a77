"""Problems as values, their order, their suggestions and their three renderings."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.problems import (
    RENDERERS,
    Problem,
    Severity,
    as_github,
    as_json,
    as_text,
    closest,
    did_you_mean,
    printable,
    shown,
)

ERROR = Problem("practices/a.yml", 3, 5, "unknown-term", "'heatlh' is not a theme; did you mean 'health'?")
WARNING = Problem("practices/a.yml", 1, 1, "editor-line", "begin the file with …", Severity.WARNING)


def test_problems_stand_in_the_order_of_file_line_and_column() -> None:
    later = Problem("practices/b.yml", 1, 1, "tab", "x")
    tenth = Problem("practices/a.yml", 10, 1, "tab", "x")
    assert sorted([later, tenth, ERROR, WARNING]) == [WARNING, ERROR, tenth, later]


def test_only_an_error_stops_the_build() -> None:
    assert ERROR.is_error()
    assert not WARNING.is_error()


def test_as_text_each_problem_has_its_place_and_the_first_of_each_rule_its_explanation() -> None:
    first, second = (
        "practices/a.yml:3:5: error[unknown-term] 'heatlh' is not a theme; did you mean 'health'?",
        "practices/a.yml:1:1: warning[editor-line] begin the file with …",
    )
    assert as_text([ERROR, WARNING]) == f"{first}\n{second}"
    explained = as_text(
        [ERROR, WARNING, ERROR], {"unknown-term": "Terms are known.\nhttps://atlas.example/", "tab": "x"}
    )
    assert explained == f"{first}\n    Terms are known.\n    https://atlas.example/\n{second}\n{first}"


def test_as_github_each_problem_is_one_workflow_command() -> None:
    assert as_github([ERROR, WARNING]) == (
        "::error file=practices/a.yml,line=3,col=5,title=unknown-term::"
        "'heatlh' is not a theme; did you mean 'health'?\n"
        "::warning file=practices/a.yml,line=1,col=1,title=editor-line::begin the file with …"
    )


def test_as_github_nothing_in_a_record_starts_a_command_or_a_property_of_its_own() -> None:
    hostile = Problem("a,line=9::x\r\n::stop.yml", 1, 2, "r:u,l%e", "100 %\r\n::set-output name=x::y, %0A")
    assert as_github([hostile]) == (
        "::error file=a%2Cline=9%3A%3Ax%0D%0A%3A%3Astop.yml,line=1,col=2,title=r%3Au%2Cl%25e::"
        "100 %25%0D%0A::set-output name=x::y, %250A"
    )


@given(st.text(), st.text())
def test_as_github_a_problem_stays_on_one_line_whatever_it_says(path: str, message: str) -> None:
    rendered = as_github([Problem(path, 1, 1, "tab", message)])
    assert "\n" not in rendered
    assert "\r" not in rendered
    head, _, told = rendered.removeprefix("::").partition("::")
    assert head.startswith("error file=")
    assert head.count(",") == 3
    assert told.replace("%0A", "\n").replace("%0D", "\r").replace("%25", "%") == message


def test_as_json_problems_are_objects_with_all_that_is_known() -> None:
    assert json.loads(as_json([ERROR, WARNING])) == [
        {
            "path": "practices/a.yml",
            "line": 3,
            "column": 5,
            "rule": "unknown-term",
            "message": "'heatlh' is not a theme; did you mean 'health'?",
            "severity": "error",
        },
        {
            "path": "practices/a.yml",
            "line": 1,
            "column": 1,
            "rule": "editor-line",
            "message": "begin the file with …",
            "severity": "warning",
        },
    ]


@pytest.mark.parametrize(("name", "nothing"), [("text", ""), ("github", ""), ("json", "[]")])
def test_no_problems_make_no_lines(name: str, nothing: str) -> None:
    assert RENDERERS[name]([]) == nothing


def test_the_check_command_offers_these_formats() -> None:
    assert sorted(RENDERERS) == ["github", "json", "text"]


@pytest.mark.parametrize(
    ("word", "choices", "expected"),
    [
        ("labour-rigths", ["labour-rights", "health"], "labour-rights"),
        ("HEALTH", ["labour-rights", "health"], "health"),
        ("pt", ["ES", "PT"], "PT"),
        ("weather", ["labour-rights", "health"], None),
        ("logement", ["development"], None),
        ("northtown-idcard", ["northtown-action-card"], None),
        ("oslo-job-mentor", ["oslo-job-mentors", "northtown-card"], "oslo-job-mentors"),
        ("x" * 10_000, ["x" * 9_999], None),
        ("", ["health"], None),
        ("health", [], None),
    ],
)
def test_a_misspelt_word_finds_the_one_that_was_meant(word: str, choices: list[str], expected: str | None) -> None:
    assert closest(word, choices) == expected
    assert did_you_mean(word, choices) == (f"; did you mean '{expected}'?" if expected else "")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("a\nb\tc", "'a\\u000ab\\u0009c'"),
        ("\u202eabc\x1b[2J", "'\\u202eabc\\u001b[2J'"),
        ("« L’été » 12\u202f%\u00a0!", "'« L’été » 12\u202f%\u00a0!'"),
        (12, "'12'"),
        ("x" * 60, f"'{'x' * 60}'"),
        ("x" * 61, f"'{'x' * 59}…'"),
    ],
)
def test_a_value_is_shown_on_one_line_and_shortened(value: object, expected: str) -> None:
    assert shown(value) == expected


@given(st.text())
def test_what_is_printed_has_no_control_and_stays_on_one_line(text: str) -> None:
    assert all(c.isprintable() or c in "\u00a0\u202f" for c in printable(text))
    assert "\n" not in as_text([Problem(text, 1, 1, "tab", "x")])
