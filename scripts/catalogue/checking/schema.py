"""Shape: the JSON Schemas of `schema/`, and what they find, told in a contributor's words."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property
from pathlib import Path as FilePath
from typing import Any
from urllib.parse import urlsplit

from jsonschema import Draft202012Validator, FormatChecker, validators
from jsonschema.exceptions import ValidationError
from referencing import Registry, Resource
from referencing.exceptions import Unresolvable
from referencing.jsonschema import DRAFT202012

from catalogue.checking.shape_messages import PARTIAL_DATE, follows_from, meant_fields, problems_of
from catalogue.problems import Problem, shown
from catalogue.reading.parsed import Mark, Parsed, Path, Plain
from catalogue.reading.vocabularies import ENUMERATIONS
from catalogue.reading.yaml_words import is_nothing, quoted, read_as

_WHOLE = re.compile(r"-?(0|[1-9][0-9]*)")
_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?")
_NULL = frozenset({"", "null", "~"})

# Thousands in many countries, and a number with three decimals in others; with 0 in front it can only be the latter.
_ONE_POINT = re.compile(r"-?[1-9][0-9]{0,2}\.[0-9]{3}")

_FORMATS = FormatChecker(())


@_FORMATS.checks("date", ValueError)
@_FORMATS.checks("partial-date", ValueError)
def _is_in_the_calendar(value: object) -> bool:
    """Whether a year, a month or a day is in the calendar; what is not written as one is for the pattern to refuse."""
    if isinstance(value, str) and re.fullmatch(PARTIAL_DATE, value):
        date.fromisoformat(value + "-01" * (2 - value.count("-")))
    return True


@_FORMATS.checks("uri", ValueError)
def _names_a_host(value: object) -> bool:
    """Whether an address can be linked to; how it begins is for the pattern to say."""
    return not isinstance(value, str) or not re.match("https?://", value) or bool(urlsplit(value).hostname)


def _pattern(_validator: Any, pattern: str, value: object, _schema: Any) -> Iterator[ValidationError]:
    # In a schema $ is the end of the text; in Python it is also what stands before a last line break.
    if isinstance(value, str) and not re.search(pattern.replace("$", r"\Z"), value):
        yield ValidationError(f"{value!r} does not match {pattern!r}")


_Validator = validators.extend(Draft202012Validator, {"pattern": _pattern})  # type: ignore[no-untyped-call]

_FOR_READERS = frozenset({"$defs", "$comment", "description"})
"""Keywords that check nothing themselves, or nothing any more once references are followed."""

_OF_THE_WHOLE = frozenset(
    {"required", "anyOf", "oneOf", "minItems", "minProperties", "dependentRequired", "contains", "minContains"}
)
"""Keywords that more of a list or mapping can satisfy: nothing is told by them of one that was not read to its end."""


class DamagedSchemaError(Exception):
    """A schema file that is missing or cannot be read: its name, the position, and what is wrong."""

    def __init__(self, name: str, mark: Mark, rule: str, message: str) -> None:
        """`rule` is the one that a problem of this sort goes by."""
        super().__init__(message)
        self.name, self.mark, self.rule, self.message = name, mark, rule, message


class Schema:
    """One JSON Schema with all that it refers to, ready to check many documents."""

    def __init__(self, folder: FilePath, name: str, enumerations: Mapping[str, Any] | None = None) -> None:
        """`folder` holds the `*.schema.json` files, `name` is the one to check against.

        `enumerations` stands for the file of enumerations that is derived from the vocabularies, where that may be
        old. `DamagedSchemaError` where a file cannot be used.
        """

        @cache
        def read(uri: str) -> Resource[Any]:
            if uri == ENUMERATIONS and enumerations is not None:
                return DRAFT202012.create_resource(enumerations)
            return DRAFT202012.create_resource(_json(folder, uri))

        # Only what is referred to is read: a damaged file of enumerations must not stop the command that repairs it.
        registry: Registry[Any] = Registry(retrieve=read)  # type: ignore[call-arg]
        self._name = name
        self.root: Mapping[str, Any] = read(name).contents
        self._resolver = registry.resolver(base_uri=name)
        self._resolved: dict[str, Mapping[str, Any]] = {}
        # Following a reference anew for each value takes most of the time of a check: all are put in place once.
        try:
            self._whole = self._inlined(self.root)
        except (Unresolvable, KeyError, AttributeError, TypeError) as error:
            cause: BaseException | None = error
            while cause is not None and not isinstance(cause, DamagedSchemaError):
                cause = cause.__cause__
            if cause is not None:
                raise cause from error
            message = f"this is not the JSON Schema of a record or register ({error})"
            raise DamagedSchemaError(name, Mark(1, 1), "not-json", message) from error
        self._validator = _Validator(self._whole, format_checker=_FORMATS)

    def resolve(self, node: Mapping[str, Any]) -> Mapping[str, Any]:
        """A schema node with its `$ref` followed; the node's own keywords win."""
        while "$ref" in node:
            reference = node["$ref"]
            if reference not in self._resolved:
                uri = reference if not reference.startswith("#") else self._name + reference
                self._resolved[reference] = self._resolver.lookup(uri).contents
            rest = {key: value for key, value in node.items() if key != "$ref"}
            node = {**self._resolved[reference], **rest}
        return node

    def _inlined(self, node: Any) -> Any:
        """A schema node with every reference in it replaced by what it refers to; no schema here contains itself."""
        if isinstance(node, list):
            return [self._inlined(item) for item in node]
        if not isinstance(node, Mapping):
            return node
        return {key: self._inlined(value) for key, value in self.resolve(node).items() if key not in _FOR_READERS}

    def check(self, parsed: Parsed, path: str) -> tuple[Any, list[Problem]]:
        """Turn the document's scalars into what the schema wants, and check its shape.

        Returns the data (numbers and nulls in place, everything else as it was) and the problems.
        """
        odd = _Oddities(parsed, path)
        data = self._converted(parsed.data, self._whole, (), odd)
        errors = [
            error
            for error in self._validator.iter_errors(data)
            if not (error.validator in _OF_THE_WHOLE and parsed.is_unfinished(tuple(error.absolute_path)))
        ]
        misspelt = {
            tuple(error.absolute_path): set(meant_fields(error.instance, error.schema).values())
            for error in errors
            if error.validator == "additionalProperties"
        }
        problems: list[Problem] = []
        for error in errors:
            odd.found.pop(tuple(error.absolute_path), None)  # one thing at a time
            if not follows_from(error, misspelt.get(tuple(error.absolute_path), ())):
                problems += problems_of(error, parsed, path, self._homes)
        return data, [*odd.found.values(), *problems]

    def unquoted_texts(self, parsed: Parsed) -> list[Path]:
        """The paths of texts without quotes that other programs take for something else."""
        odd = _Oddities(parsed, "")
        self._converted(parsed.data, self._whole, (), odd)
        return [path for path, problem in odd.found.items() if problem.rule == "yaml-1-1"]

    def described_mappings(self, parsed: Parsed) -> Iterator[tuple[Path, Mapping[str, Any]]]:
        """The mappings of a document whose fields the schema names, each with these in their order."""
        yield from _described(parsed.data, self._whole, ())

    @cached_property
    def _homes(self) -> Mapping[str, str]:
        """Where each field belongs that stands inside another one: the name of the field around it."""
        found: dict[str, str] = {}
        _find_homes(self._whole, "", found)
        return found

    def _converted(self, value: Any, node: Any, at: Path, odd: _Oddities) -> Any:
        if not isinstance(node, Mapping):
            return value
        if isinstance(value, dict):
            fields, others = node.get("properties", {}), node.get("additionalProperties")
            return {key: self._converted(item, fields.get(key, others), (*at, key), odd) for key, item in value.items()}
        if isinstance(value, list):
            return [self._converted(item, node.get("items"), (*at, n), odd) for n, item in enumerate(value)]
        found = _scalar(value, node.get("type", ()))
        if isinstance(found, str) and found and not found.strip() and "type" in node:
            odd.blank(at)
        if isinstance(value, Plain):
            if isinstance(found, str) and "type" in node:
                odd.unquoted(at, value)
            elif isinstance(found, float):
                odd.thousands(at, value, node)
        return found


def _json(folder: FilePath, name: str) -> Any:
    """The contents of a JSON file. `DamagedSchemaError` where it cannot be read."""
    try:
        found = json.loads((folder / name).read_text(encoding="utf-8"))
    except json.JSONDecodeError as error:
        message = f"this is not JSON: {error.msg}"
        raise DamagedSchemaError(name, Mark(error.lineno, error.colno), "not-json", message) from error
    except UnicodeDecodeError as error:
        raise DamagedSchemaError(name, Mark(1, 1), "not-utf-8", "this is not UTF-8 text") from error
    except OSError as error:
        raise DamagedSchemaError(name, Mark(1, 1), "missing-file", "the file is missing") from error
    if not isinstance(found, dict):
        raise DamagedSchemaError(name, Mark(1, 1), "not-json", "this is not a JSON Schema")
    return found


def _described(value: Any, node: Any, at: Path) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    if not isinstance(node, Mapping):
        return
    if isinstance(value, dict):
        fields = node.get("properties", {})
        if fields and value:
            yield at, fields
        for key, item in value.items():
            yield from _described(item, fields.get(key, node.get("additionalProperties")), (*at, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _described(item, node.get("items"), (*at, index))


def _find_homes(node: Any, name: str, found: dict[str, str]) -> None:
    if isinstance(node, Mapping):
        for field, inner in node.get("properties", {}).items():
            if name:
                found.setdefault(field, name)
            _find_homes(inner, field, found)
        for keyword in ("items", "additionalProperties"):
            _find_homes(node.get(keyword), name, found)


@dataclass
class _Oddities:
    """What is odd about the way in which scalars are written, by the path of each."""

    parsed: Parsed
    path: str
    found: dict[Path, Problem] = field(default_factory=dict)

    def _tell(self, at: Path, rule: str, message: str) -> None:
        self.found[at] = Problem(self.path, *self.parsed.mark(at), rule, message)

    def blank(self, at: Path) -> None:
        """A text of nothing but spaces, which would leave a gap on the page."""
        self._tell(at, "empty-field", f"{shown(at[-1])} holds nothing but spaces: fill it in, or delete it")

    def unquoted(self, at: Path, value: str) -> None:
        """A text without quotes that other readers take for something else."""
        kind = read_as(value)
        if kind is None:
            return
        advice = f"write {quoted(value)}"
        if is_nothing(value):
            advice = f"delete the line, or {advice} if it is a text"
        self._tell(at, "yaml-1-1", f"other programs take {shown(value)} for {kind}: {advice}")

    def thousands(self, at: Path, value: str, node: Mapping[str, Any]) -> None:
        """A number in which the point may stand between thousands, unless only one reading is within its bounds."""
        whole = value.replace(".", "")
        within = node.get("minimum", int(whole)) <= int(whole) <= node.get("maximum", int(whole))
        if _ONE_POINT.fullmatch(value) and within:
            decimal = value.rstrip("0").rstrip(".")
            decimal = value + "0" if "." in decimal and decimal == value else decimal
            message = f"{shown(value)} can be read in two ways: write {whole} for thousands, or {decimal}"
            self._tell(at, "ambiguous-number", message)


def _scalar(value: Any, wanted: str | list[str] | tuple[str, ...]) -> Any:
    if not isinstance(value, Plain):
        return value
    types = (wanted,) if isinstance(wanted, str) else wanted
    if "null" in types and value in _NULL:
        return None
    if "boolean" in types and value in ("true", "false"):
        return value == "true"
    if "integer" in types and _WHOLE.fullmatch(value) and len(value) <= 15:
        return int(value)
    if "number" in types and _NUMBER.fullmatch(value) and len(value) <= 15:
        return float(value) if "." in value else int(value)
    return str(value)


SHAPE_RULES: Mapping[str, str] = {
    "not-yaml": "The file is YAML that can be read.",
    "not-json": "The files of schema/ whose names end in .json are JSON that can be read.",
    "not-utf-8": "The file is saved as UTF-8 text.",
    "empty-file": "The file is not empty.",
    "not-a-mapping": "The file holds fields with values, not a list or a bare text.",
    "one-document": "The file holds one record.",
    "tab": "Lines are indented with spaces, not with tabs or no-break spaces.",
    "merge-conflict": "Where two versions of a file were joined, one of them is chosen and the marks are gone.",
    "duplicate-key": "No field stands twice in the same place.",
    "anchor": "Anchors (&) and aliases (*) are not used; a text needed twice is written twice.",
    "tag": "Tags (!) are not used.",
    "yaml-1-1": "A key or text that other programs take for yes, no, a number, a date or nothing stands in quotes.",
    "cut-text": "A text that holds ' #', or a comma inside { }, stands in quotes, so that all of it is read.",
    "too-large": "A record has at most 200,000 bytes.",
    "too-deep": "Fields are nested at most 12 levels deep.",
    "bad-character": "There are no invisible control characters and none that reverse the direction of the text.",
    "unknown-field": "Every field is one that the schema has.",
    "missing-field": "Every required field is there.",
    "missing-language": "Every text is there in one of the languages of the site, better in all of them.",
    "one-of-two": "Of two fields that exclude each other only one is there.",
    "unknown-term": "Every term stands in its vocabulary, every country code in ISO 3166-1.",
    "empty-field": "A field that is there has a value.",
    "wrong-type": "Every field holds the kind of value that it is for.",
    "ambiguous-number": "Numbers have a point for decimals and nothing between thousands, to be read in one way only.",
    "too-long": "No text is longer than its field allows: 300 characters for a summary.",
    "too-many": "No list is longer than its field allows.",
    "wrong-form": "Ids, codes and dates are written in their form.",
    "markup-in-name": "Names hold no < and no >.",
    "unsafe-address": "Addresses begin with https:// or http://.",
    "no-such-date": "Dates are days of the calendar.",
    "repeated-item": "No item stands twice in a list.",
    "out-of-range": "Numbers lie within their range: latitudes between -90 and 90, longitudes between -180 and 180.",
}
"""What the reader of YAML and the schema hold, by the name that problems carry."""
