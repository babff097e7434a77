"""Shape: what the schema makes of plain words, and the words in which it tells what is wrong."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.samples import FULL, ROOT, VALID, vocabularies

from catalogue.checking.schema import _TELLERS, PATTERNS, SHAPE_RULES, Schema
from catalogue.reading.strict_yaml import parse

SCHEMAS = sorted((ROOT / "schema").glob("*.schema.json"))

SMALL = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$id": "small.schema.json",
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "whole": {"type": "integer", "minimum": 1, "maximum": 9},
        "number": {"type": "number"},
        "flag": {"type": "boolean"},
        "maybe": {"type": ["object", "null"], "properties": {"x": {"type": "integer"}}},
        "word": {"type": "string", "minLength": 1, "maxLength": 5},
        "any": {},
        "words": {"type": "array", "minItems": 2, "maxItems": 3, "uniqueItems": True, "items": {"type": "string"}},
        "entries": {"type": "array", "uniqueItems": True, "items": {"type": "object"}},
        "choice": {"title": "colour", "enum": ["red", "green"]},
        "colour": {"title": "SDG colour", "enum": [f"c{n}" for n in range(30)]},
        "unnamed": {"enum": ["a"]},
        "day": {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
        "url": {"type": "string", "format": "uri", "pattern": "^https?://[^\\s<>\"'`\\\\]+$"},
        "map": {
            "type": "object",
            "minProperties": 2,
            "maxProperties": 3,
            "propertyNames": {"pattern": "^[A-Z]{2}$", "maxLength": 4},
            "additionalProperties": {"type": "string"},
        },
        "pair": {"type": "object", "dependentRequired": {"a": ["b"]}, "required": ["c"]},
        "one": {"type": "object", "oneOf": [{"required": ["a"]}, {"required": ["b", "c"]}]},
        "text": {"type": "object", "anyOf": [{"required": ["en"]}, {"required": ["fr"]}]},
        "odd": {"const": "x"},
    },
}


@pytest.fixture
def small(tmp_path: Path) -> Schema:
    (tmp_path / "small.schema.json").write_text(json.dumps(SMALL), encoding="utf-8")
    return Schema(tmp_path, "small.schema.json")


def check(schema: Schema, text: str) -> tuple[Any, list[tuple[int, int, str, str]]]:
    parsed, problems = parse(text.encode(), "x.yml")
    assert problems == []
    assert parsed is not None
    data, problems = schema.check(parsed, "x.yml")
    assert all(problem.path == "x.yml" and problem.is_error() for problem in problems)
    return data, [(p.line, p.column, p.rule, p.message) for p in problems]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("whole: 7", {"whole": 7}),
        ("number: 7", {"number": 7}),
        ("number: -7.50", {"number": -7.5}),
        ("number: 0.5", {"number": 0.5}),
        ("flag: true", {"flag": True}),
        ("flag: false", {"flag": False}),
        ("maybe: null", {"maybe": None}),
        ("maybe: ~", {"maybe": None}),
        ("maybe:", {"maybe": None}),
        ("maybe: {x: 3}", {"maybe": {"x": 3}}),
        ("word: 12", {"word": "12"}),
        ("word: null", {"word": "null"}),
        ("word: true", {"word": "true"}),
        ("any: 12", {"any": "12"}),
        ("words: [1, 2]", {"words": ["1", "2"]}),
        ("map: {AA: 1, BB: 2}", {"map": {"AA": "1", "BB": "2"}}),
    ],
)
def test_a_plain_word_becomes_what_the_schema_wants_and_nothing_else(
    small: Schema, text: str, expected: dict[str, Any]
) -> None:
    data, problems = check(small, text)
    assert problems == []
    assert data == expected
    assert [type(value) for value in data.values()] == [type(value) for value in expected.values()]


@pytest.mark.parametrize(
    "word", ['"7"', "'7'", "7.0", "07", "+7", "7e0", "0x7", "seven", "1_0", "٧", "NaN", "1" * 16, "true", "null", "- 7"]
)
def test_only_a_number_written_plainly_is_a_whole_number(small: Schema, word: str) -> None:
    _, [(line, column, rule, message)] = check(small, f"whole: {word}" if word != "- 7" else "whole:\n- 7")
    assert rule == "wrong-type"
    assert (line, column) == ((1, 8) if word != "- 7" else (2, 1))
    assert message.startswith("'whole' holds ")
    assert message.endswith("it must hold a whole number, without quotes")


@pytest.mark.parametrize("word", ['"7.5"', "7,5", ".5", "5.", "1e3", ".inf", ".nan", "7.5.1"])
def test_only_a_number_written_plainly_is_a_number(small: Schema, word: str) -> None:
    _, [(_, _, rule, message)] = check(small, f"number: {word}")
    assert rule == "wrong-type"
    assert message.endswith("it must hold a number, without quotes and with a point for decimals")


PATTERN_OF_CODES = PATTERNS["^[A-Z]{2}$"]

MESSAGES = [
    ("additionalProperties", "wrod: x", 1, 1, "unknown-field", "there is no field 'wrod'; did you mean 'word'?"),
    ("required", "pair: {}", 1, 1, "missing-field", "'pair' needs the field 'c'"),
    ("anyOf", "text: {de: x}", 1, 1, "missing-language", "'text' needs a text in English ('en') or in French ('fr')"),
    ("oneOf", "one: {x: y}", 1, 1, "missing-field", "'one' needs 'a' or 'b' and 'c'"),
    ("oneOf", "one: {a: x, b: y, c: z}", 1, 1, "one-of-two", "'one' must have 'a' or 'b' and 'c', not both"),
    ("enum", "choice: gren", 1, 9, "unknown-term", "'gren' is not a colour; did you mean 'green'?"),
    ("enum", "choice: blue", 1, 9, "unknown-term", "'blue' is not a colour; choose from red, green"),
    ("enum", "colour: blue", 1, 9, "unknown-term", "'blue' is not an SDG colour"),
    ("enum", "unnamed: b", 1, 10, "unknown-term", "'b' is not a value that is allowed here; choose from a"),
    ("type", "word: [x]", 1, 7, "wrong-type", "'word' holds a list; it must hold text"),
    ("type", "words: {x: y}", 1, 8, "wrong-type", "'words' holds fields; it must hold a list"),
    ("type", "map: x", 1, 6, "wrong-type", "'map' holds 'x'; it must hold fields under it, indented"),
    ("type", "maybe: x", 1, 8, "wrong-type", "'maybe' holds 'x'; it must hold fields under it, indented"),
    ("type", "a: b\nwords:", 2, 1, "empty-field", "'words' is empty: fill it in, or delete the line"),
    ("maxLength", "word: abcdef", 1, 7, "too-long", "'word' has 6 characters; at most 5 are allowed"),
    ("maxLength", "map: {AA: x, ABCDE: y}", 1, 14, "too-long", "'ABCDE' has 5 characters; at most 4 are allowed"),
    ("minLength", "word: ''", 1, 1, "empty-field", "'word' is empty: fill it in, or delete it"),
    ("minItems", "words: []", 1, 1, "empty-field", "'words' is empty: fill it in, or delete it"),
    ("minItems", "words: [x]", 1, 1, "missing-field", "'words' needs at least 2 fields"),
    ("minProperties", "map: {AA: x}", 1, 1, "missing-field", "'map' needs at least 2 fields"),
    ("maxItems", "words: [a, b, c, d]", 1, 1, "too-many", "'words' has 4 entries; at most 3 are allowed"),
    (
        "maxProperties", "map: {AA: a, BB: b, CC: c, DD: d}", 1, 1, "too-many",
        "'map' has 4 entries; at most 3 are allowed",
    ),
    ("pattern", "map: {AA: x, bb: y}", 1, 14, "wrong-form", f"'bb' cannot stand here: {PATTERN_OF_CODES}"),
    ("format", "day: 2026-02-30", 1, 6, "no-such-date", "'2026-02-30' is not a day of the calendar"),
    ("format", "url: https://[", 1, 6, "unsafe-address", "'https://[' cannot stand here: it names no site"),
    ("uniqueItems", "words: [a, b, a]", 1, 15, "repeated-item", "'a' stands in 'words' a second time"),
    (
        "uniqueItems", "entries: [{a: b}, {a: b}]", 1, 19, "repeated-item",
        "the same entry stands in 'entries' a second time",
    ),
    ("minimum", "whole: 0", 1, 8, "out-of-range", "'whole' is 0; it must be at least 1"),
    ("maximum", "whole: 10", 1, 8, "out-of-range", "'whole' is 10; it must be at most 9"),
    ("dependentRequired", "pair: {c: x, a: y}", 1, 14, "missing-field", "'a' needs 'b' beside it"),
    ("const", "odd: y", 1, 6, "wrong-form", "'odd': 'x' was expected"),
]  # fmt: skip


@pytest.mark.parametrize(("keyword", "text", "line", "column", "rule", "message"), MESSAGES)
def test_what_is_wrong_is_told_in_plain_words_at_its_place(
    small: Schema, keyword: str, text: str, line: int, column: int, rule: str, message: str
) -> None:
    _, problems = check(small, text)
    assert (line, column, rule, message) in problems
    assert len(problems) == (2 if "a: b\n" in text or "ABCDE" in text else 1)
    assert rule in SHAPE_RULES


def test_every_keyword_that_is_told_has_a_message_here() -> None:
    assert {keyword for keyword, *_ in MESSAGES} == _TELLERS.keys() | {"const"}


def keywords(node: Any) -> Iterator[tuple[str, Any]]:
    """Every keyword of a schema with its value."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield key, value
            yield from keywords(value)
    elif isinstance(node, list):
        for value in node:
            yield from keywords(value)


@pytest.mark.parametrize("file", SCHEMAS, ids=lambda file: file.name)
def test_every_pattern_of_a_schema_is_told_in_words(file: Path) -> None:
    schema = json.loads(file.read_text(encoding="utf-8"))
    used = {value for key, value in keywords(schema) if key == "pattern" and isinstance(value, str)}
    assert used - PATTERNS.keys() == set()


def test_every_pattern_in_words_is_one_that_a_schema_uses() -> None:
    schemas = [json.loads(file.read_text(encoding="utf-8")) for file in SCHEMAS]
    used = {value for schema in schemas for key, value in keywords(schema) if key == "pattern"}
    assert PATTERNS.keys() - used == set()


@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_pattern_holds_against_the_whole_text_not_a_line_of_it(pattern: str) -> None:
    good = {
        "^[a-z0-9]+(-[a-z0-9]+)*$": "a-b1",
        "^[a-z0-9]+(-[a-z0-9]+)*$|^[0-9]+\\.[0-9a-z]+$": "10.7",
        "^[A-Z]{2}$": "PT",
        "^[^<>]*$": "Lisbon",
        "^[a-z]{2,3}(-[A-Z][a-z]{3})?$": "sr-Latn",
        "^[A-Z]{3}$": "EUR",
        "^[0-9]{4}-[0-9]{2}-[0-9]{2}$": "2026-11-21",
        "^https?://[^\\s<>\"'`\\\\]+$": "https://a.example/b?c=d",
    }.get(pattern, "2018-03")
    assert re.search(pattern, good)
    assert not re.search(pattern, "<" + good)
    assert not re.search(pattern, good + "<")


@pytest.mark.parametrize(("field", "good"), [("day", "2026-11-21"), ("url", "https://a.example/")])
def test_a_line_break_at_the_end_is_part_of_the_text(small: Schema, field: str, good: str) -> None:
    assert check(small, f'{field}: "{good}"')[1] == []
    _, [(line, _, rule, message)] = check(small, f'{field}: "{good}\\n"')
    assert (line, rule) == (1, "wrong-form" if field == "day" else "unsafe-address")
    assert message.startswith(f"'{good}\\u000a' cannot stand here: ")
    _, [(_, _, rule, message)] = check(small, 'map: {"AA\\n": x, BB: y}')
    assert rule == "wrong-form"


@pytest.mark.parametrize("file", SCHEMAS, ids=lambda file: file.name)
def test_every_keyword_of_a_schema_is_one_that_is_told(file: Path) -> None:
    silent = {"$schema", "$id", "$ref", "$defs", "$comment", "title", "description", "properties", "items",
              "propertyNames", "markdownEnumDescriptions"}  # fmt: skip
    schema = json.loads(file.read_text(encoding="utf-8"))
    names = {
        name for key, value in keywords(schema) if key in ("properties", "$defs", "dependentRequired") for name in value
    }
    assert {key for key, _ in keywords(schema)} - names - silent - _TELLERS.keys() == set()


def test_a_reference_is_followed_and_what_stands_beside_it_wins() -> None:
    schema = Schema(ROOT / "schema", "practice.schema.json")
    acronym = schema.resolve(schema.root["properties"]["acronym"])
    assert (acronym["type"], acronym["maxLength"]) == ("string", 40)
    kind = schema.resolve(schema.root["properties"]["kind"])
    assert kind["enum"] == list(vocabularies()["kinds"].usable())


def test_a_whole_record_keeps_every_value_that_is_no_number() -> None:
    schema = Schema(ROOT / "schema", "practice.schema.json")
    parsed, _ = parse((VALID / f"{FULL}.yml").read_bytes(), "x.yml")
    assert parsed is not None
    data, problems = schema.check(parsed, "x.yml")
    assert problems == []
    assert data["sdg_targets"][0] == {"target": "11.3", "basis": "stated"}
    assert data["gcm_objectives"] == [{"objective": 16, "basis": "inferred"}]
    assert data["costs"][0]["amount"] == 120000.5
    assert data["sources"]["page"]["copy"] is True
    assert (data["period"]["start"], data["period"]["end"]) == ("2015-03", 2021)
    assert data["results"][0]["as_of"] == "2020-12-31"
    assert data["places"][0]["lat"] == 44.49
    assert data.keys() == parsed.data.keys()
