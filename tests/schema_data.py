"""Valid data of every shape that a JSON Schema allows: what is generated follows the schema by itself.

Nothing here names a field of a record but those that refer to something else, which a schema cannot say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from hypothesis import strategies as st

from catalogue.checking.schema import Schema
from catalogue.reading.strict_yaml import parse

Draw = st.DrawFn

_LETTERS = st.characters(
    codec="utf-8",
    exclude_categories=["Cc", "Cs", "Cn", "Co", "Zl", "Zp"],
    exclude_characters="\u200b\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
)
"""All characters that the reader lets pass."""

_TELLING = (
    "A desk", "L’été : «\u00a0oui\u00a0»", "مركز الهجرة (Tunis) 2018", "日本語", "1", "-", "- a\n- b",
    "&amp; <b>x</b> {{ y }} </script>", "a\n\nb\n\n\nc", "*a* _b_ `c` [d](e)", '"\'\\', "  x  ", "ẞ", "x" * 60,
    "\u0301", "\U0001f469\u200d\U0001f467", "=1+1", "null", "on",
)  # fmt: skip
"""Texts that have broken pages somewhere."""

_EXAMPLES: Mapping[str, tuple[str, ...]] = {
    "date": ("2024-02-29", "1999-12-31", "2026-11-28"),
    "partial-date": ("2018", "2018-03", "2018-03-27"),
    "uri": ("https://a.example/", "http://b.example:8080/c?d=e&f#g", "https://c.example/%C3%A9", "https://[::1]/x"),
}

REFERENCES = ("document", "org", "practice")
"""The fields that name something that stands elsewhere; so do the keys of sources, which the schema defines."""


class Generator:
    """Draws values for the nodes of a schema; `known` are the ids that each sort of reference can name."""

    def __init__(self, schema: Schema, known: Mapping[str, list[str]], fixed: Mapping[str, list[Any]]) -> None:
        """`fixed` are the values of fields that mean something beyond the schema, by their names."""
        self.schema, self.known, self.fixed = schema, known, fixed

    @property
    def has_several_sources(self) -> bool:
        return len(self.known.get("source", ())) > 1

    def value(self, draw: Draw, raw: Mapping[str, Any], name: str = "") -> Any:
        """A value for a node that stands under a field."""
        reference = self._reference(raw, name)
        if reference is not None:
            return draw(st.sampled_from(self.known[reference]))
        if self.fixed.get(name):
            return draw(st.sampled_from(self.fixed[name]))
        node = self.schema.resolve(raw)
        if "enum" in node:
            return draw(st.sampled_from(node["enum"]))
        types = [node["type"]] if isinstance(node["type"], str) else list(node["type"])
        if {"array", "object"} <= set(types) and self.has_several_sources:
            types.remove("object")  # the short form is for records with one source
        return getattr(self, f"_{draw(st.sampled_from(types))}")(draw, node, name)

    def _reference(self, raw: Mapping[str, Any], name: str) -> str | None:
        if raw.get("$ref") == "#/$defs/source_key":
            return "source"
        return name if name in REFERENCES and self.known.get(name) else None

    def _null(self, draw: Draw, node: Mapping[str, Any], name: str) -> None:
        return None

    def _boolean(self, draw: Draw, node: Mapping[str, Any], name: str) -> bool:
        return draw(st.booleans())

    def _integer(self, draw: Draw, node: Mapping[str, Any], name: str) -> int:
        return draw(st.integers(node.get("minimum", -(10**6)), node.get("maximum", 10**9)))

    def _number(self, draw: Draw, node: Mapping[str, Any], name: str) -> float:
        low, high = node.get("minimum", -(10**6)), node.get("maximum", 10**9)
        return draw(st.integers(low, high) | st.integers(low * 100, high * 100).map(lambda n: n / 100))

    def _string(self, draw: Draw, node: Mapping[str, Any], name: str) -> str:
        if node.get("format") in _EXAMPLES:
            return draw(st.sampled_from(_EXAMPLES[node["format"]]))
        least, most = node.get("minLength", 0), node.get("maxLength", 80)
        pattern = node.get("pattern")
        if pattern in (None, "^[^<>]*$"):
            text = draw(st.sampled_from(_TELLING) | st.text(_LETTERS, min_size=least, max_size=12))
            if pattern:
                text = re.sub("[<>]", "", text)
            return text[:most] if len(text) >= least else "x" * least
        whole = re.compile(pattern.replace("$", r"\Z"))
        found = draw(st.from_regex(whole, fullmatch=True).filter(lambda text: len(text) <= most))
        assert isinstance(found, str)
        return found

    def _array(self, draw: Draw, node: Mapping[str, Any], name: str) -> list[Any]:
        least = node.get("minItems", 0)
        size = draw(st.integers(least, min(node.get("maxItems", 99), least + 2)))
        items: list[Any] = []
        for _ in range(size * 3):
            item = self.value(draw, node["items"], name.rstrip("s")) if len(items) < size else None
            if item is not None and item not in items:
                items.append(item)
        return items

    def _object(self, draw: Draw, node: Mapping[str, Any], name: str) -> dict[str, Any]:
        fields = node.get("properties", {})
        if not fields:
            return self._map(draw, node)
        needed = set(node.get("required", ()))
        for options in (node.get("oneOf"), node.get("anyOf")):
            if options:
                needed |= set(draw(st.sampled_from(options))["required"])
        needed |= {"sources"} & fields.keys() if self.has_several_sources else set()
        others = [field for field in fields if field not in needed]
        some = st.lists(st.sampled_from(others), unique=True) if others else st.just([])
        chosen = needed | set(draw(st.just(others) | some))
        if node.get("oneOf"):  # one of them only
            chosen -= {field for option in node["oneOf"] for field in option["required"]} - needed
        dependent = node.get("dependentRequired", {})
        while missing := {other for field in chosen for other in dependent.get(field, ())} - chosen:
            chosen |= missing
        chosen |= set(others[: max(0, node.get("minProperties", 0) - len(chosen))])
        return {field: self.value(draw, fields[field], field) for field in fields if field in chosen}

    def _map(self, draw: Draw, node: Mapping[str, Any]) -> dict[str, Any]:
        """A mapping with keys of choice: languages, or keys of sources."""
        inner = node.get("additionalProperties")
        assert isinstance(inner, Mapping)
        keys = [option["required"][0] for option in node.get("anyOf", ())]
        chosen = draw(st.lists(st.sampled_from(keys), min_size=1, unique=True)) if keys else []
        pattern = self.schema.resolve(node.get("propertyNames", {}))
        for _ in range(draw(st.integers(0 if keys else max(1, node.get("minProperties", 1)), 2))):
            chosen.append(self._string(draw, pattern, ""))
        return {key: self.value(draw, inner) for key in dict.fromkeys(chosen)}


def places_of(text: str) -> Iterator[tuple[int, int, tuple[str | int, ...]]]:
    """Every place of a text with the path of what begins there."""
    parsed, _ = parse(text.encode(), "x.yml", max_bytes=2_000_000)
    assert parsed is not None
    for marks in (parsed.keys, parsed.values):
        for path, mark in marks.items():
            yield mark.line, mark.column, path
