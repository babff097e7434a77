"""Shape: what the schema makes of plain words, and the words in which it tells what is wrong."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.samples import FULL, ROOT, VALID, vocabularies

from catalogue.checking.schema import SHAPE_RULES, DamagedSchemaError, Schema
from catalogue.checking.shape_messages import _FORMATTERS, _TYPES, PATTERNS
from catalogue.reading.strict_yaml import Parsed, Plain, parse

SCHEMAS = sorted((ROOT / "schema").glob("*.schema.json"))

SMALL = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$id": "small.schema.json",
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "whole": {"type": "integer", "minimum": 1, "maximum": 9},
        "number": {"type": "number"},
        "degrees": {"type": "number", "minimum": -180, "maximum": 180},
        "year": {"type": ["integer", "string"], "minimum": 1850, "pattern": "^[A-Z]{2}$"},
        "name": {
            "type": "object",
            "anyOf": [{"required": ["en"]}, {"required": ["fr"]}],
            "additionalProperties": {"type": "string"},
        },
        "flag": {"type": "boolean"},
        "maybe": {"type": ["object", "null"], "properties": {"x": {"type": "integer"}}},
        "word": {"type": "string", "minLength": 1, "maxLength": 5},
        "any": {},
        "words": {"type": "array", "minItems": 2, "maxItems": 3, "uniqueItems": True, "items": {"type": "string"}},
        "entries": {"type": "array", "uniqueItems": True, "items": {"type": "object"}},
        "choice": {"title": "colour", "enum": ["red", "green"]},
        "colour": {"title": "SDG colour", "enum": [f"c{n}" for n in range(30)]},
        "unnamed": {"enum": ["a"]},
        "place": {"title": "country code", "enum": ["PT", "GB", "NL"]},
        "theme": {
            "title": "theme",
            "enum": ["development", "housing"],
            "markdownEnumDescriptions": [
                "Development · Développement",
                "Reception and housing · Hébergement et logement",
            ],
        },
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
        "plain": {"type": "string"},
        "strict": {
            "type": "object",
            "additionalProperties": False,
            "required": ["word"],
            "properties": {"word": {"type": "string"}, "a": {"type": "string"}, "b": {"type": "string"}},
            "anyOf": [{"required": ["a"]}, {"required": ["b"]}],
        },
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
        ('word: "null"', {"word": "null"}),
        ('word: "true"', {"word": "true"}),
        ("number: 0.125", {"number": 0.125}),
        ("number: 1.2500", {"number": 1.25}),
        ("degrees: 35.503", {"degrees": 35.503}),
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
    assert "it must hold a whole number, without quotes" in message


@pytest.mark.parametrize("word", ['"7.5"', "7,5", ".5", "5.", "1e3", ".inf", ".nan", "7.5.1"])
def test_only_a_number_written_plainly_is_a_number(small: Schema, word: str) -> None:
    _, [(_, _, rule, message)] = check(small, f"number: {word}")
    assert rule == "wrong-type"
    assert "it must hold a number, without quotes and with a point for decimals" in message


PATTERN_OF_CODES = PATTERNS["^[A-Z]{2}$"]

MESSAGES = [
    ("additionalProperties", "wrod: x", 1, 1, "unknown-field", "there is no field 'wrod'; did you mean 'word'?"),
    ("additionalProperties", "“word”: x", 1, 1, "unknown-field",
     "there is no field '“word”'; write word without quotation marks"),
    ("additionalProperties", "x: 3", 1, 1, "unknown-field",
     "there is no field 'x'; it belongs under 'maybe': is the line indented as those there?"),
    ("required", "pair: {}", 1, 1, "missing-field", "'pair' needs the field 'c'"),
    ("anyOf", "text: {de: x}", 1, 1, "missing-language", "'text' needs a text in English ('en') or in French ('fr')"),
    ("oneOf", "one: {x: y}", 1, 1, "missing-field", "'one' needs 'a' or 'b' and 'c'"),
    ("oneOf", "one: {a: x, b: y, c: z}", 1, 1, "one-of-two", "'one' must have 'a' or 'b' and 'c', not both"),
    ("enum", "choice: gren", 1, 9, "unknown-term", "'gren' is not a colour; did you mean 'green'?"),
    ("enum", "choice: blue", 1, 9, "unknown-term", "'blue' is not a colour; choose from red, green"),
    ("enum", "place: Holland", 1, 8, "unknown-term", "'Holland' is not a country code; did you mean 'NL'?"),
    ("enum", "place: UK", 1, 8, "unknown-term", "'UK' is not a country code; did you mean 'GB'?"),
    ("enum", "theme: Logement", 1, 8, "unknown-term", "'Logement' is not a theme; did you mean 'housing'?"),
    ("enum", "colour: blue", 1, 9, "unknown-term", "'blue' is not an SDG colour"),
    ("enum", "unnamed: b", 1, 10, "unknown-term", "'b' is not a value that is allowed here; choose from a"),
    ("type", "word: [x]", 1, 7, "wrong-type", "'word' holds a list; it must hold text"),
    ("type", "words: {x: y}", 1, 8, "wrong-type", "'words' holds fields; it must hold a list"),
    ("type", "map: x", 1, 6, "wrong-type", "'map' holds 'x'; it must hold fields under it, indented"),
    ("type", "maybe: x", 1, 8, "wrong-type", "'maybe' holds 'x'; it must hold fields under it, indented"),
    ("type", "flag: yes", 1, 7, "wrong-type", "'flag' holds 'yes'; it must hold true or false, without quotes"),
    (
        "type", "year: [x]", 1, 7, "wrong-type",
        "'year' holds a list; it must hold a whole number, without quotes, or text",
    ),
    (
        "type", "name: A desk", 1, 7, "wrong-type",
        "'name' holds 'A desk'; it must hold a text for each language, as in 'en: …' and, on the next line, 'fr: …'",
    ),
    ("type", "a: b\nwords:", 2, 1, "empty-field", "'words' is empty: fill it in, or delete the line"),
    ("maxLength", "word: abcdef", 1, 7, "too-long", "'word' has 6 characters; at most 5 are allowed"),
    ("maxLength", "map: {AA: x, ABCDE: z}", 1, 14, "too-long", "'ABCDE' has 5 characters; at most 4 are allowed"),
    ("minLength", "word: ''", 1, 1, "empty-field", "'word' is empty: fill it in, or delete it"),
    ("minItems", "words: []", 1, 1, "empty-field", "'words' is empty: fill it in, or delete it"),
    ("minItems", "words: [x]", 1, 1, "missing-field", "'words' needs at least 2 fields"),
    ("minProperties", "map: {AA: x}", 1, 1, "missing-field", "'map' needs at least 2 fields"),
    ("maxItems", "words: [a, b, c, d]", 1, 1, "too-many", "'words' has 4 entries; at most 3 are allowed"),
    (
        "maxProperties", "map: {AA: a, BB: b, CC: c, DD: d}", 1, 1, "too-many",
        "'map' has 4 entries; at most 3 are allowed",
    ),
    ("pattern", "map: {AA: x, bb: z}", 1, 14, "wrong-form", f"'bb' cannot stand here: {PATTERN_OF_CODES}"),
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
    assert {keyword for keyword, *_ in MESSAGES} == _FORMATTERS.keys() | {"const", "additionalProperties"}


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("number: 7,5", ": write 7.5"),
        ("number: 45%", ": write 45"),
        ("number: 45,5 %", ": write 45.5"),
        ("number: 1,200", ": write 1200 for thousands, or 1.2"),
        ("number: 1 200", ": write 1200"),
        ("number: 1.200.000", ": write 1200000"),
        ("number: 1.200,50", ": write 1200.50"),
        ("number: 1’200", ": write 1200"),
        ("number: -3,14", ": write -3.14"),
        ("number: many", "decimals"),
        ("whole: 7.500", ": write 7500 for thousands"),
        ("whole: 1,200.5", ": write 1200"),
        ("whole: 7.5", "without quotes"),
    ],
)
def test_a_number_written_as_people_write_it_comes_with_the_way_to_write_it(
    small: Schema, text: str, hint: str
) -> None:
    _, [(_, _, rule, message)] = check(small, text)
    assert rule == "wrong-type"
    assert message.endswith(hint)


@pytest.mark.parametrize(
    ("word", "hint"),
    [("360.000", "write 360000 for thousands, or 360"), ("1.250", "write 1250 for thousands, or 1.25"),
     ("-12.345", "write -12345 for thousands, or -12.3450")],
)  # fmt: skip
def test_a_number_that_can_be_read_in_two_ways_is_refused_with_both(small: Schema, word: str, hint: str) -> None:
    _, [(line, column, rule, message)] = check(small, f"number: {word}")
    assert (line, column, rule) == (1, 9, "ambiguous-number")
    assert message == f"'{word}' can be read in two ways: {hint}"
    for reading in hint.removeprefix("write ").replace(" for thousands", "").split(", or "):
        assert check(small, f"number: {reading}")[1] == []


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("NO", "a yes or no"), ("yes", "a yes or no"), ("Off", "a yes or no"), ("y", "a yes or no"),
        ("true", "a yes or no"),
        ("0123", "a number"), ("1_000", "a number"), ("12:30", "a number"), (".5e3", "a number"), ("1e3", "a number"),
        ("1.10", "a number"), ("0x1F", "a number"), ("2026-11-21", "a date"), ("=", "an instruction"),
    ],
)  # fmt: skip
def test_a_text_that_other_programs_read_otherwise_is_told_with_quotes(small: Schema, word: str, kind: str) -> None:
    for text, line, column in ((f"plain: {word}", 1, 8), (f"words:\n  - x\n  - {word}", 3, 5)):
        data, problems = check(small, text)
        assert problems == [(line, column, "yaml-1-1", f"other programs take '{word}' for {kind}: write \"{word}\"")]
        assert word in str(data)
        assert check(small, text.replace(f" {word}", f' "{word}"'))[1] == []


@pytest.mark.parametrize("blank", [" ", "\\n \\n", "\u00a0", "\u3000 "])
def test_a_text_of_nothing_but_spaces_is_empty(small: Schema, blank: str) -> None:
    message = "'plain' holds nothing but spaces: fill it in, or delete it"
    assert check(small, f'plain: "{blank}"')[1] == [(1, 8, "empty-field", message)]
    assert check(small, f'plain: "{blank}x"')[1] == []


@pytest.mark.parametrize("word", ["null", "~", "Null"])
def test_nothing_where_a_text_is_expected_is_no_text(small: Schema, word: str) -> None:
    message = f"other programs take '{word}' for nothing at all: delete the line, or write \"{word}\" if it is a text"
    assert check(small, f"plain: {word}")[1] == [(1, 8, "yaml-1-1", message)]
    assert check(small, "maybe: null")[1] == []


@pytest.mark.parametrize("word", ["2018", "10.7", "-1.5", "PT", "12-15", "2018-03", "Non", "one", "1.2.3", "nothing"])
def test_a_text_that_all_programs_give_back_needs_no_quotes(small: Schema, word: str) -> None:
    assert check(small, f"plain: {word}")[1] == []


def test_a_misspelt_field_is_told_once_and_not_as_missing_too(small: Schema) -> None:
    assert [rule for *_, rule, _ in check(small, "pair: {cc: x}\npairs: {}\n")[1]] == [
        "unknown-field", "missing-field",
    ]  # fmt: skip
    assert {message for *_, message in check(small, "strict: {wrod: x, a: z}")[1]} == {
        "there is no field 'wrod' in 'strict'; did you mean 'word'?"
    }
    assert {message for *_, message in check(small, "strict: {other: x}")[1]} == {
        "there is no field 'other' in 'strict'", "'strict' needs the field 'word'", "'strict' needs 'a' or 'b'",
    }  # fmt: skip


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
    _, [(_, _, rule, message)] = check(small, 'map: {"AA\\n": x, BB: z}')
    assert rule == "wrong-form"


@pytest.mark.parametrize("file", SCHEMAS, ids=lambda file: file.name)
def test_every_keyword_of_a_schema_is_one_that_is_told(file: Path) -> None:
    silent = {"$schema", "$id", "$ref", "$defs", "$comment", "title", "description", "properties", "items",
              "propertyNames", "markdownEnumDescriptions"}  # fmt: skip
    schema = json.loads(file.read_text(encoding="utf-8"))
    names = {
        name for key, value in keywords(schema) if key in ("properties", "$defs", "dependentRequired") for name in value
    }
    assert {key for key, _ in keywords(schema)} - names - silent - _FORMATTERS.keys() - {
        "additionalProperties"
    } == set()


WRONG: tuple[Any, ...] = (
    Plain("yes"),
    Plain("-1"),
    Plain("99999.5"),
    "<x>",
    "x" * 9000,
    "",
    [],
    ["x", "x"],
    ["x"] * 99,
    {},
)
"""Values that are wrong in one way or another wherever they stand."""


@pytest.mark.parametrize("file", SCHEMAS, ids=lambda file: file.name)
def test_whatever_is_wrong_anywhere_is_told_in_words(file: Path) -> None:
    """Each field of each schema is given each wrong value, alone in what it belongs to."""
    schema = Schema(file.parent, file.name)
    told: set[str] = set()
    for path in places(schema, schema.root, ()):
        for value in WRONG:
            data: Any = value
            for part in reversed(path):
                data = [data] if isinstance(part, int) else {part: data}
            _, problems = schema.check(Parsed(data), "x.yml")
            told |= {problem.rule for problem in problems}
            assert all(problem.message and "\n" not in problem.message for problem in problems)
    assert told <= SHAPE_RULES.keys()
    assert (
        told >= {"wrong-type", "missing-field"} or "$defs" not in schema.root or file.name == "vocabularies.schema.json"
    )


def places(schema: Schema, node: Any, path: tuple[str | int, ...]) -> Iterator[tuple[str | int, ...]]:
    """The path of everything that a schema describes."""
    node = schema.resolve(node)
    if path:
        yield path
    for name, inner in node.get("properties", {}).items():
        yield from places(schema, inner, (*path, name))
    if isinstance(node.get("additionalProperties"), dict):
        yield from places(schema, node["additionalProperties"], (*path, "en"))
    if "items" in node:
        yield from places(schema, node["items"], (*path, 0))


@pytest.mark.parametrize("file", SCHEMAS, ids=lambda file: file.name)
def test_every_type_of_a_schema_is_told_in_words(file: Path) -> None:
    schema = json.loads(file.read_text(encoding="utf-8"))
    types = [value for key, value in keywords(schema) if key == "type" and not isinstance(value, dict)]
    used = {kind for value in types for kind in ([value] if isinstance(value, str) else value)}
    assert used - _TYPES.keys() - {"null"} == set()


def test_what_more_of_a_document_could_hold_is_not_called_missing(small: Schema) -> None:
    text = "pair: {x: y}\nwords: [a]\none: {x: y}\nmap: {AA: x}\n"
    parsed, _ = parse(text.encode(), "x.yml")
    assert parsed is not None
    for last in [("pair", "x"), ("words", 0), ("one", "x"), ("map", "AA")]:
        parsed.unfinished = last
        told = {problem.message.split("'")[1] for problem in small.check(parsed, "x.yml")[1]}
        assert told == {"pair", "words", "one", "map"} - {last[0]}


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("small", None, ("small.schema.json", 1, "missing-file")),
        ("small", "{\n  nonsense\n}", ("small.schema.json", 2, "not-json")),
        ("small", b"\xff", ("small.schema.json", 1, "not-utf-8")),
        ("small", "[]", ("small.schema.json", 1, "not-json")),
        ("small", '{"properties": {"a": {"$ref": "other.schema.json#/$defs/x"}}}',
         ("other.schema.json", 1, "missing-file")),
        ("small", '{"$id": "small.schema.json", "properties": {"a": {"$ref": "#/$defs/x"}}}',
         ("small.schema.json", 1, "not-json")),
    ],
)  # fmt: skip
def test_a_schema_that_cannot_be_used_says_which_file_is_the_cause(
    tmp_path: Path, name: str, content: str | bytes | None, expected: tuple[str, int, str]
) -> None:
    if content is not None:
        (tmp_path / f"{name}.schema.json").write_bytes(content.encode() if isinstance(content, str) else content)
    with pytest.raises(DamagedSchemaError) as found:
        Schema(tmp_path, f"{name}.schema.json")
    assert (found.value.name, found.value.mark.line, found.value.rule) == expected


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
