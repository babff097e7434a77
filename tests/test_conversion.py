"""From checked data to the model: every field of a schema has its place there, and nothing is dropped in silence."""

from __future__ import annotations

import types
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, is_dataclass
from typing import Any, Union, get_args, get_origin

import msgspec
import pytest
from tests.samples import ROOT

from catalogue.checking.schema import Schema
from catalogue.model import Document, Lead, Organisation, Practice, Question, Vocabulary
from catalogue.reading.conversion import convert, hints, unknown_fields

PAIRS: Mapping[str, tuple[str | None, type]] = {
    "practice": (None, Practice),
    "documents": ("documents", Document),
    "organisations": ("organisations", Organisation),
    "leads": ("leads", Lead),
    "questions": ("questions", Question),
    "vocabulary": (None, Vocabulary),
}
"""Each schema with the field that lists its entries, where there is one, and the model of an entry."""

NOT_WRITTEN = {"vocabulary: name": "the name of a vocabulary is that of its file"}
"""Fields of the model that no schema has, each with the reason."""


def differences(schema: Schema, node: Any, kind: Any, at: str) -> Iterator[str]:
    """The fields that stand in a node of a schema or in its model, but not in the other one."""
    node = schema.resolve(node)
    if get_origin(kind) in (Union, types.UnionType):
        for option in get_args(kind):
            yield from differences(schema, node, option, at)
    elif is_dataclass(kind) and isinstance(kind, type):
        # What a short form stands for is described as the items of the long one.
        properties = node.get("properties", {})
        fields = hints(kind)
        yield from (f"{at}: {name}" for name in sorted(properties.keys() ^ fields.keys()))
        for name in properties.keys() & fields.keys():
            yield from differences(schema, properties[name], fields[name], f"{at}.{name}")
    elif get_origin(kind) is tuple:
        yield from differences(schema, node.get("items", {}), get_args(kind)[0], at)
    elif get_args(kind):
        yield from differences(schema, node.get("additionalProperties") or {}, get_args(kind)[-1], at)


@pytest.mark.parametrize("name", PAIRS)
def test_a_schema_and_its_model_have_the_same_fields(name: str) -> None:
    listed, kind = PAIRS[name]
    schema = Schema(ROOT / "schema", f"{name}.schema.json")
    node: Any = schema.root
    if listed:
        node = schema.resolve(schema.resolve(node["properties"][listed])["items"])
    found = [place.removeprefix(f"{name}.") for place in differences(schema, node, kind, name)]
    assert [place for place in found if place not in NOT_WRITTEN] == []


@dataclass(frozen=True)
class Inner:
    a: int
    b: str | None = None


@dataclass(frozen=True)
class Outer:
    one: Inner
    many: tuple[Inner, ...] = ()
    named: Mapping[str, Inner] | None = None
    free: Mapping[str, str] | None = None


@pytest.mark.parametrize(
    ("data", "lost"),
    [
        ({"one": {"a": 1}, "many": [{"a": 1, "b": "x"}], "named": {"x": {"a": 1}}, "free": {"y": "z"}}, []),
        ({"one": {"a": 1, "c": 2}}, ["one.c"]),
        ({"one": {"a": 1}, "two": 3}, ["two"]),
        ({"one": {"a": 1}, "many": [{"a": 1}, {"a": 1, "c": 2, "d": 3}]}, ["many.c", "many.d"]),
        ({"one": {"a": 1}, "named": {"x": {"a": 1, "c": 2}}}, ["named.c"]),
    ],
)
def test_a_field_without_a_place_in_the_model_is_found_and_refused(data: Any, lost: list[str]) -> None:
    assert list(unknown_fields(data, Outer)) == lost
    if lost:
        with pytest.raises(TypeError, match=f"the field {lost[0]}, which Outer of the model has no place for"):
            convert(data, Outer)
    else:
        assert convert(data, Outer) == msgspec.convert(data, type=Outer)
