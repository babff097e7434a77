"""The reference for contributors, derived: every field from the schema, every rule from the code."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from catalogue.checking.rules import FOLDER_RULES, RULES
from catalogue.checking.schema import SHAPE_RULES, Schema
from catalogue.languages import COMPLETE, DEFAULT
from catalogue.presenting.localisation import Localisation
from catalogue.presenting.page import Page
from catalogue.presenting.site import Site


@dataclass(frozen=True)
class Field:
    """A field of a record: dotted name, what it means and holds, and the vocabulary to choose from."""

    name: str
    anchor: str
    depth: int
    required: bool
    description: str
    holds: str
    limits: str
    vocabulary: str | None


@dataclass(frozen=True)
class RuleEntry:
    """A rule as the reference tells it."""

    name: str
    sentence: str
    severity: str
    scope: str


class Reference:
    """Field and rule texts in one language: the English from schema and code, others from `reference.<code>.yml`."""

    def __init__(self, local: Localisation, root: Path, titles: Mapping[str, str]) -> None:
        """`root` is the project's folder, `titles` those of the vocabularies by name."""
        self._local = local
        self._titles = titles
        self._schema = Schema(root / "schema", "practice.schema.json")
        self._translations: Mapping[str, Mapping[str, str]] = {}
        if local.language != DEFAULT.code:
            file = root / "scripts" / "strings" / f"reference.{local.language}.yml"
            self._translations = yaml.safe_load(file.read_text(encoding="utf-8"))

    def _translated(self, kind: str, name: str, english: str) -> str:
        """A text in the language; KeyError where a complete language lacks it."""
        if self._local.language == DEFAULT.code:
            return english
        found = self._translations.get(kind, {})
        return found[name] if self._local.language in COMPLETE else found.get(name, english)

    def fields(self) -> Iterator[Field]:
        """Every field, each followed by the fields inside it."""
        yield from self._fields(self._schema.root, "", 0)

    def _fields(self, node: Mapping[str, Any], prefix: str, depth: int) -> Iterator[Field]:
        for name, raw in node.get("properties", {}).items():
            inner = self._schema.resolve(raw)
            path = f"{prefix}{name}"
            item = self._schema.resolve(inner.get("items", {}))
            yield Field(
                name=path,
                anchor=path.replace(".", "-"),
                depth=depth,
                required=name in node.get("required", ()),
                description=self._translated("fields", path, inner["description"]),
                holds=self._holds(raw, inner),
                limits=self._limits(inner),
                vocabulary=_vocabulary(raw) or _vocabulary(inner.get("items", {})),
            )
            nested = inner if "properties" in inner else item if "properties" in item else None
            if nested is None and path == "sources":
                nested = self._schema.resolve(inner["additionalProperties"])
            if nested is not None:
                yield from self._fields(nested, f"{path}.", depth + 1)

    def _holds(self, raw: Mapping[str, Any], inner: Mapping[str, Any]) -> str:
        text = self._local.text
        if _vocabulary(raw) == "countries":
            return text("fields_page.country")
        if vocabulary := _vocabulary(raw):
            return text("fields_page.terms_of", title=self._title(vocabulary))
        kind = inner.get("type")
        if kind == "array":
            items = inner.get("items", {})
            return text("fields_page.list_of", what=self._holds(items, self._schema.resolve(items)))
        if isinstance(kind, list):
            return text(f"fields_page.{_UNIONS[tuple(kind)]}")
        if kind == "object" and "properties" not in inner:
            # A text asks for one of the site's languages; names in local languages ask for none.
            return text("fields_page.text" if "anyOf" in inner else "fields_page.mapping")
        return text(f"fields_page.{kind}")

    def _title(self, vocabulary: str) -> str:
        return self._titles[vocabulary]

    def _limits(self, inner: Mapping[str, Any]) -> str:
        text, number = self._local.text, self._local.number
        parts = []
        value = (
            self._schema.resolve(inner.get("additionalProperties") or {}) if inner.get("type") == "object" else inner
        )
        if "maxLength" in value:
            parts.append(text("fields_page.max_length", n=value["maxLength"]))
        if "maxItems" in inner:
            parts.append(text("fields_page.max_items", n=inner["maxItems"]))
        if "minimum" in inner and "maximum" in inner:
            low, high = inner["minimum"], inner["maximum"]
            years = (low, high) == (1850, 2100)
            shown = [str(v) if years else number(v) for v in (low, high)]
            parts.append(text("fields_page.range", low=shown[0], high=shown[1]))
        return ", ".join(parts)

    def shape_rules(self) -> list[RuleEntry]:
        """What the reader of YAML, the schema and the folders hold."""
        return [
            self._rule(name, sentence, "error", "record") for name, sentence in {**SHAPE_RULES, **FOLDER_RULES}.items()
        ]

    def meaning_rules(self) -> list[RuleEntry]:
        """The rules of `rules.py`."""
        return [
            self._rule(rule.name, rule.sentence, rule.severity, "record" if rule.record_check else "catalogue")
            for rule in RULES.values()
        ]

    def _rule(self, name: str, sentence: str, severity: str, scope: str) -> RuleEntry:
        return RuleEntry(name, self._translated("rules", name, sentence), severity, scope)


_UNIONS: Mapping[tuple[str, ...], str] = {
    ("object", "null"): "object_or_null",
    ("integer", "string"): "year_or_month",
    ("string", "object"): "id_or_name",
    ("array", "object"): "paragraphs",
}
"""The strings for what a field holds that may be of two sorts."""


def _vocabulary(node: Mapping[str, Any]) -> str | None:
    reference = str(node.get("$ref", ""))
    return reference.rpartition("/")[2] if reference.startswith("vocabularies.schema.json") else None


def pages(site: Site) -> Iterator[Page]:
    """The two reference pages."""
    vocabularies = site.atlas.catalogue.vocabularies
    titles = {name: site.context(0).plain(vocabulary.title) for name, vocabulary in vocabularies.items()}
    reference, text = Reference(site.local, site.root, titles), site.local.text
    trail = (("contribute/", text("reference.contribute")),)
    fields = {"fields": list(reference.fields())}
    rules = {"shape": reference.shape_rules(), "meaning": reference.meaning_rules()}
    for path, key, context in (("fields", "fields_page", fields), ("rules", "rules_page", rules)):
        title, description = text(f"{key}.title"), text(f"{key}.description")
        yield Page(f"contribute/{path}/", f"{path}.md.j2", title, description, "contribute", trail, context)
