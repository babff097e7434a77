"""The table of fields: the same as the schema and the model, with the words that facts, sections and notes need."""

from __future__ import annotations

import json
import types
from collections.abc import Iterator, Mapping
from dataclasses import fields as fields_of
from dataclasses import is_dataclass
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

import pytest
from tests.samples import FULL, ROOT, SMALLEST, catalogue, examples, site_pages, strings, vocabularies

from catalogue.fields import BY_NAME, FIELDS, RECOMMENDED, TRANSLATION, Kind, Place, terms_of, values_at
from catalogue.model import LANGUAGES, Paragraph, Practice, Source, Text
from catalogue.presenting import values
from catalogue.presenting.values import pieces

SCHEMA = json.loads((ROOT / "schema" / "practice.schema.json").read_text(encoding="utf-8"))
VOCABULARY = "vocabularies.schema.json#/$defs/"

NOT_INDEXED = {
    ("origins", ""): "countries",  # the index of countries tells where a practice operates
    ("places", "country"): "countries",  # the country of the practice says the same
    ("adaptations", "countries"): "countries",  # the copy is not this practice
    ("organisations", "type"): "actors",  # the register may hold the type; `Catalogue.actor_type` knows both
}
"""References of the schema to a vocabulary that are no terms of the practice, and why."""

ROWS = [row for found in FIELDS for row in found.shown_rows]

ONE_PIECE = {"status", "period", "staff"}
"""Rows of which one piece at most names sources, so that it needs no number."""


def resolved(node: Mapping[str, Any]) -> Mapping[str, Any]:
    """A part of the schema with what it refers to in the same file."""
    reference = node.get("$ref", "")
    if not reference.startswith("#/$defs/"):
        return node
    return {**SCHEMA["$defs"][reference.removeprefix("#/$defs/")], **node}


def held(node: Mapping[str, Any]) -> Mapping[str, Any]:
    """What a field holds: the items of a list, the entries of a mapping, or itself."""
    full = resolved(node)
    if "items" in full:
        return resolved(full["items"])
    if "propertyNames" in full and isinstance(full.get("additionalProperties"), Mapping):
        return resolved(full["additionalProperties"])
    return full


def model_class(hint: Any) -> Any:
    """The dataclass in a type such as `tuple[Step, ...]` or `Note | None`; None where there is none."""
    if is_dataclass(hint):
        return hint
    if get_origin(hint) in (Union, types.UnionType, tuple) or hint != Text:
        return next((found for inner in get_args(hint) if (found := model_class(inner))), None)
    return None


@cache
def held_classes() -> Mapping[str, Any]:
    """For each field of a practice the dataclass that it holds, where it holds one."""
    found = {name: model_class(hint) for name, hint in get_type_hints(Practice).items()}
    return {name: kind for name, kind in found.items() if kind}


def names(kind: Any) -> set[str]:
    return {found.name for found in fields_of(kind)}


def fields_with_sources() -> set[str]:
    """The fields whose values name the sources that they rest on."""
    return {name for name, kind in held_classes().items() if "sources" in names(kind)}


# Schema, model and table.


def test_schema_model_and_table_have_the_same_fields() -> None:
    table = [found.name for found in FIELDS]
    assert len(set(table)) == len(table)
    assert set(table) == set(SCHEMA["properties"]) == names(Practice)
    assert list(BY_NAME) == table


def test_what_a_field_holds_is_the_same_in_schema_and_model() -> None:
    def compare(path: str, node: Mapping[str, Any], kind: Any) -> Iterator[str]:
        properties = held(node).get("properties", {})
        assert set(properties) == names(kind), path
        yield path
        for name, hint in get_type_hints(kind).items():
            if inner := model_class(hint):
                yield from compare(f"{path}.{name}", properties[name], inner)

    compared = {
        path for name, kind in held_classes().items() for path in compare(name, SCHEMA["properties"][name], kind)
    }
    assert {"results.confidence", "results.range", "results.breakdown", "sources", "context", "verified"} <= compared
    records = {name for name, node in SCHEMA["properties"].items() if "properties" in held(node)}
    assert records == set(held_classes())
    assert held_classes()["sources"] is Source


def test_the_kind_of_a_field_is_what_the_model_says_that_it_holds() -> None:
    hints = get_type_hints(Practice)
    for found in FIELDS:
        holds = held_classes().get(found.name)
        if found.kind is Kind.PARAGRAPHS:
            assert hints[found.name] == tuple[Paragraph, ...], found.name
        elif found.kind is Kind.RECORD:
            assert holds, found.name
        else:
            assert not holds, found.name
            assert (hints[found.name] in (Text, Text | None)) is (
                found.kind is Kind.TEXT or found.name == "local_names"
            )
        if found.kind is Kind.TERMS and found.name != "origins":
            assert "" in found.terms, found.name


def test_the_terms_of_the_table_are_those_that_the_schema_takes_from_vocabularies() -> None:
    def references(node: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, str]]:
        of = held(node)
        if of.get("$ref", "").startswith(VOCABULARY):
            yield path, of["$ref"].removeprefix(VOCABULARY)
        for name, inner in of.get("properties", {}).items():
            yield from references(inner, f"{path}.{name}" if path else name)

    schema = {
        (field, path): vocabulary
        for field, node in SCHEMA["properties"].items()
        for path, vocabulary in references(node)
    }
    # The objectives of the Global Compact are numbers in the schema, and terms all the same.
    objective = SCHEMA["properties"]["gcm_objectives"]["items"]["properties"]["objective"]
    assert [str(n) for n in range(objective["minimum"], objective["maximum"] + 1)] == list(
        vocabularies()["gcm"].usable()
    )
    schema["gcm_objectives", "objective"] = "gcm"
    table = {(found.name, path): vocabulary for found in FIELDS for path, vocabulary in found.terms.items()}
    assert {key: vocabulary for key, vocabulary in schema.items() if key not in table} == NOT_INDEXED
    assert table == {key: vocabulary for key, vocabulary in schema.items() if key not in NOT_INDEXED}
    assert set(table.values()) - {"countries"} <= vocabularies().keys()


def test_the_terms_of_a_practice_are_found_wherever_they_stand() -> None:
    found = list(terms_of(examples()[FULL]))
    for vocabulary, term in (
        ("themes", "cohesion"), ("kinds", "programme"), ("countries", "SM"), ("roles", "funder"), ("gcm", 16),
        ("step-bases", "advised"), ("needs", "trust"), ("cost-units", "total"), ("outcomes", "safety"),
        ("methods", "comparison"), ("material-kinds", "contract"), ("verification", "public-source"),
        ("relations", "adapted-from"), ("engaged-parties", "migrants"),
    ):  # fmt: skip
        assert (vocabulary, term) in found
    assert ("countries", "MA") not in found
    assert list(values_at(examples()[FULL], "results.outcome")) == ["bridges", "safety"]
    assert list(values_at(examples()[SMALLEST], "verified.how")) == []


def test_the_full_example_has_every_field() -> None:
    assert [found.name for found in FIELDS if not getattr(examples()[FULL], found.name)] == []


# Rows and their words.


def test_rows_are_named_once_and_only_where_they_are_shown() -> None:
    assert len(set(ROWS)) == len(ROWS)
    for found in FIELDS:
        if found.place is Place.NOWHERE:
            assert found.shown_rows == (), found.name
        if found.place is Place.SECTION:
            assert found.shown_rows == (found.name,), found.name


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_row_says_something_of_a_full_record(language: str) -> None:
    ctx = site_pages(catalogue(*examples().values()), language).context(1)
    for row in ROWS:
        assert pieces(ctx, examples()[FULL], row), row
        assert isinstance(pieces(ctx, examples()[SMALLEST], row), list), row
    assert set(values._ROWS) <= set(ROWS), "a function for a row that no field has"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_row_has_a_title_and_no_title_is_left_over(language: str) -> None:
    words = strings(language).lookup("fields")
    assert {row for row, of_row in words.items() if "title" in of_row} == {*ROWS, "dimensions"}
    assert set(words) == {*ROWS, "dimensions", TRANSLATION}
    assert all(of_row["title"].strip() for of_row in words.values() if "title" in of_row)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_row_whose_pieces_may_name_sources_says_what_one_piece_is_called(language: str) -> None:
    sourced = fields_with_sources()
    assert {"period", "phases", "organisations", "steps", "results", "updates", "context"} <= sourced
    rows = {row for name in sourced for row in BY_NAME[name].shown_rows}
    # What stands around the title has no row of its own: the note to the status stands in its row.
    assert {name for name in sourced if not BY_NAME[name].shown_rows} == {"status_note"}
    rows.add("status")
    words = strings(language).lookup("fields")
    assert {row for row, of_row in words.items() if "one" in of_row} == rows
    for row in rows:
        assert ("{n}" in words[row]["one"]) is (row not in ONE_PIECE), row
        assert strings(language).text(f"fields.{row}.one", n=3).strip()
    ctx = site_pages(catalogue(*examples().values()), language).context(1)
    named = {row for row in ROWS if any(piece.sources for piece in pieces(ctx, examples()[FULL], row))}
    assert named <= rows
    assert rows - named == {"partners"}  # nothing but a source of its own tells them from those who lead


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_recommended_part_says_how_it_is_called_where_it_is_missing(language: str) -> None:
    words = strings(language).lookup("fields")
    parts = {name for name, of_row in words.items() if "missing" in of_row}
    assert parts == set(RECOMMENDED)
    assert len(set(RECOMMENDED)) == len(RECOMMENDED)
    assert all(words[name]["missing"].strip() for name in RECOMMENDED)


def test_what_every_record_must_have_is_not_recommended() -> None:
    assert not set(RECOMMENDED) & set(SCHEMA["required"])
    assert set(RECOMMENDED) - {TRANSLATION} <= BY_NAME.keys()
