"""Shape: the JSON Schemas of `schema/`, and what they find, told in a contributor's words."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path as FilePath
from typing import Any
from urllib.parse import urlsplit

from jsonschema import Draft202012Validator, FormatChecker, validators
from jsonschema.exceptions import ValidationError
from referencing import Registry, Resource

from catalogue.problems import Problem, did_you_mean, shown
from catalogue.reading.strict_yaml import Mark, Parsed, Path, Plain

_WHOLE = re.compile(r"-?(0|[1-9][0-9]*)")
_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?")
_NULL = frozenset({"", "null", "~"})

PARTIAL_DATE = "^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"

# What each pattern of the schema asks for, in words; a test holds that every pattern of the schema stands here.
PATTERNS: Mapping[str, str] = {
    "^[a-z0-9]+(-[a-z0-9]+)*$": "use lower-case letters a to z, digits and single dashes, as in 'new-york-idnyc'",
    "^[a-z0-9]+(-[a-z0-9]+)*$|^[0-9]+\\.[0-9a-z]+$": "use lower-case letters, digits and single dashes, or a target "
    "code such as 10.7",
    "^[A-Z]{2}$": "use the two capital letters of the ISO 3166-1 code, as in PT",
    "^[^<>]*$": "the characters < and > are not allowed in names",
    "^[a-z]{2,3}(-[A-Z][a-z]{3})?$": "use a language code such as en, fr, pt or sr-Latn",
    "^[A-Z]{3}$": "use the three capital letters of the ISO 4217 code, as in EUR",
    "^[0-9]{4}-[0-9]{2}-[0-9]{2}$": "write a date as year-month-day, as in 2026-11-21",
    PARTIAL_DATE: "write a year, year-month or full date, as in 2018, 2018-03 or 2018-03-27",
    "^(18[5-9][0-9]|19[0-9]{2}|20[0-9]{2}|2100)-(0[1-9]|1[0-2])$": "write a year in four digits (2014), or a year and "
    "a month (2014-11)",
    "^https?://[^\\s<>\"'`\\\\]+$": "an address begins with https:// (or http:// where there is no other) and holds no "
    "spaces, quotes or angle brackets",
}

_TYPES = {
    "object": "fields under it, indented",
    "array": "a list",
    "string": "text",
    "integer": "a whole number, without quotes",
    "number": "a number, without quotes and with a point for decimals",
}


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

_FOUND = ((dict, "fields"), (list, "a list"))


_FOR_READERS = frozenset({"$defs", "$comment", "description", "markdownEnumDescriptions"})
"""Keywords that check nothing themselves, or nothing any more once references are followed."""


class Schema:
    """One JSON Schema with all that it refers to, ready to check many documents."""

    def __init__(self, folder: FilePath, name: str) -> None:
        """`folder` holds the `*.schema.json` files, `name` is the one to check against. OSError if missing."""

        @cache
        def read(uri: str) -> Resource[Any]:
            return Resource.from_contents(json.loads((folder / uri).read_text(encoding="utf-8")))

        # Only what is referred to is read: a damaged file of enumerations must not stop the command that repairs it.
        registry: Registry[Any] = Registry(retrieve=read)  # type: ignore[call-arg]
        self.root: Mapping[str, Any] = read(name).contents
        self._resolver = registry.resolver(base_uri=name)
        self._resolved: dict[str, Mapping[str, Any]] = {}
        # Following a reference anew for each value takes most of the time of a check: all are put in place once.
        self._whole = self._inlined(self.root)
        self._validator = _Validator(self._whole, format_checker=_FORMATS)

    def resolve(self, node: Mapping[str, Any]) -> Mapping[str, Any]:
        """A schema node with its `$ref` followed; the node's own keywords win."""
        while "$ref" in node:
            reference = node["$ref"]
            if reference not in self._resolved:
                uri = reference if not reference.startswith("#") else self.root["$id"] + reference
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
        data = self._converted(parsed.data, self._whole)
        problems = [
            problem for error in self._validator.iter_errors(data) for problem in _problems(error, parsed, path)
        ]
        return data, problems

    def _converted(self, value: Any, node: Any) -> Any:
        if not isinstance(node, Mapping):
            return value
        if isinstance(value, dict):
            fields, others = node.get("properties", {}), node.get("additionalProperties")
            return {key: self._converted(item, fields.get(key, others)) for key, item in value.items()}
        if isinstance(value, list):
            return [self._converted(item, node.get("items")) for item in value]
        return _scalar(value, node.get("type", ()))


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


def _field(path: Path) -> str:
    names = [part for part in path if isinstance(part, str)]
    return shown(names[-1]) if names else "the file"


def _article(noun: str) -> str:
    return f"an {noun}" if noun[0].lower() in "aeio" or noun.startswith("SDG") else f"a {noun}"


Finding = tuple[Mark, str, str]
"""Position, rule and message."""


@dataclass(frozen=True)
class _Error:
    """What a validation error says, as far as it is used here; the library's own types leave open what is there."""

    instance: Any
    validator: str
    validator_value: Any
    schema: Any
    message: str


def _problems(found: ValidationError, parsed: Parsed, path: str) -> Iterator[Problem]:
    error = _Error(found.instance, str(found.validator), found.validator_value, found.schema, found.message)
    tell = _TELLERS.get(error.validator, _tell_other)
    for mark, rule, message in tell(error, parsed, tuple(found.absolute_path)):
        yield Problem(path, *mark, rule, message)


def _tell_unknown_field(error: _Error, parsed: Parsed, at: Path) -> Iterator[Finding]:
    known = list(error.schema.get("properties", {}))
    for key in error.instance:
        if key not in known:
            where = f" in {_field(at)}" if at else ""
            message = f"there is no field {shown(key)}{where}{did_you_mean(key, known)}"
            yield parsed.key_mark((*at, key)), "unknown-field", message


def _tell_required(error: _Error, parsed: Parsed, at: Path) -> Iterator[Finding]:
    # One error for each missing field; its message begins with the quoted name.
    name = error.message.split("'")[1]
    yield parsed.key_mark(at), "missing-field", f"{_field(at)} needs the field '{name}'"


def _tell_choice(error: _Error, parsed: Parsed, at: Path) -> Iterator[Finding]:
    options = [option["required"] for option in error.validator_value]
    present = [option for option in options if all(name in error.instance for name in option)]
    listed = " or ".join(" and ".join(f"'{name}'" for name in option) for option in options)
    rule = "missing-field"
    if {"en"} in [set(option) for option in options]:
        rule, message = "missing-language", f"{_field(at)} needs a text in English ('en') or in French ('fr')"
    elif len(present) > 1:
        rule, message = "one-of-two", f"{_field(at)} must have {listed}, not both"
    else:
        message = f"{_field(at)} needs {listed}"
    yield parsed.key_mark(at), rule, message


def _tell_enum(error: _Error, parsed: Parsed, at: Path) -> Iterator[Finding]:
    noun = error.schema.get("title", "value that is allowed here")
    choices = [str(choice) for choice in error.validator_value]
    hint = did_you_mean(str(error.instance), choices)
    if not hint and len(choices) <= 20:
        hint = "; choose from " + ", ".join(choices)
    yield parsed.mark(at), "unknown-term", f"{shown(error.instance)} is not {_article(noun)}{hint}"


def _tell_type(error: _Error, parsed: Parsed, at: Path) -> Iterator[Finding]:
    wanted = error.validator_value if isinstance(error.validator_value, str) else error.validator_value[0]
    if error.instance == "":
        message = f"{_field(at)} is empty: fill it in, or delete the line"
        yield parsed.key_mark(at), "empty-field", message
        return
    found = next((name for kind, name in _FOUND if isinstance(error.instance, kind)), shown(error.instance))
    yield parsed.mark(at), "wrong-type", f"{_field(at)} holds {found}; it must hold {_TYPES[wanted]}"


def _place(error: _Error, parsed: Parsed, at: Path) -> tuple[Path, Mark]:
    """The path and position of a text; a key that the schema refuses comes with the path of its mapping."""
    key = (*at, error.instance)
    return (key, parsed.key_mark(key)) if key in parsed.keys else (at, parsed.mark(at))


def _tell_length(error: _Error, parsed: Parsed, at: Path) -> Iterator[Finding]:
    where, mark = _place(error, parsed, at)
    message = f"{_field(where)} has {len(error.instance)} characters; at most {error.validator_value} are allowed"
    yield mark, "too-long", message


def _tell_empty(error: _Error, parsed: Parsed, at: Path) -> Iterator[Finding]:
    yield parsed.key_mark(at), "empty-field", f"{_field(at)} is empty: fill it in, or delete it"


def _tell_few(error: _Error, parsed: Parsed, at: Path) -> Iterator[Finding]:
    if not error.instance:
        yield from _tell_empty(error, parsed, at)
    else:
        message = f"{_field(at)} needs at least {error.validator_value} fields"
        yield parsed.key_mark(at), "missing-field", message


def _tell_many(error: _Error, parsed: Parsed, at: Path) -> Iterator[Finding]:
    message = f"{_field(at)} has {len(error.instance)} entries; at most {error.validator_value} are allowed"
    yield parsed.key_mark(at), "too-many", message


def _tell_pattern(error: _Error, parsed: Parsed, at: Path) -> Iterator[Finding]:
    rule = {"^https?://[^\\s<>\"'`\\\\]+$": "unsafe-address", "^[^<>]*$": "markup-in-name"}.get(
        error.validator_value, "wrong-form"
    )
    _, mark = _place(error, parsed, at)
    yield mark, rule, f"{shown(error.instance)} cannot stand here: {PATTERNS[error.validator_value]}"


def _tell_format(error: _Error, parsed: Parsed, at: Path) -> Iterator[Finding]:
    if error.validator_value == "uri":
        yield parsed.mark(at), "unsafe-address", f"{shown(error.instance)} cannot stand here: it names no site"
        return
    yield parsed.mark(at), "no-such-date", f"{shown(error.instance)} is not a day of the calendar"


def _tell_repeated(error: _Error, parsed: Parsed, at: Path) -> Iterator[Finding]:
    items = error.instance
    for index, item in enumerate(items):
        if item in items[:index]:
            value = shown(item) if isinstance(item, str) else "the same entry"
            yield parsed.mark((*at, index)), "repeated-item", f"{value} stands in {_field(at)} a second time"


def _tell_range(error: _Error, parsed: Parsed, at: Path) -> Iterator[Finding]:
    word = "at least" if error.validator == "minimum" else "at most"
    message = f"{_field(at)} is {error.instance}; it must be {word} {error.validator_value}"
    yield parsed.mark(at), "out-of-range", message


def _tell_dependent(error: _Error, parsed: Parsed, at: Path) -> Iterator[Finding]:
    for name, needed in error.validator_value.items():
        for other in needed:
            if name in error.instance and other not in error.instance:
                yield parsed.key_mark((*at, name)), "missing-field", f"'{name}' needs '{other}' beside it"


def _tell_other(error: _Error, parsed: Parsed, at: Path) -> Iterator[Finding]:
    yield parsed.mark(at), "wrong-form", f"{_field(at)}: {error.message[:200]}"


_TELLERS: Mapping[str, Callable[[_Error, Parsed, Path], Iterator[Finding]]] = {
    "additionalProperties": _tell_unknown_field,
    "required": _tell_required,
    "anyOf": _tell_choice,
    "oneOf": _tell_choice,
    "enum": _tell_enum,
    "type": _tell_type,
    "maxLength": _tell_length,
    "minLength": _tell_empty,
    "minItems": _tell_few,
    "minProperties": _tell_few,
    "maxItems": _tell_many,
    "maxProperties": _tell_many,
    "pattern": _tell_pattern,
    "format": _tell_format,
    "uniqueItems": _tell_repeated,
    "minimum": _tell_range,
    "maximum": _tell_range,
    "dependentRequired": _tell_dependent,
}

SHAPE_RULES: Mapping[str, str] = {
    "not-yaml": "The file is YAML that can be read.",
    "not-utf-8": "The file is saved as UTF-8 text.",
    "empty-file": "The file is not empty.",
    "not-a-mapping": "The file holds fields with values, not a list or a bare text.",
    "one-document": "The file holds one record.",
    "tab": "Lines are indented with spaces, not tabs.",
    "duplicate-key": "No field stands twice in the same place.",
    "anchor": "Anchors (&) and aliases (*) are not used; a text needed twice is written twice.",
    "tag": "Tags (!) are not used.",
    "too-large": "A record has at most 200,000 bytes.",
    "too-deep": "Fields are nested at most 12 levels deep.",
    "bad-character": "There are no invisible control characters and none that reverse the direction of the text.",
    "unknown-field": "Every field is one that the schema has.",
    "missing-field": "Every required field is there.",
    "missing-language": "Every text is there in English or in French, better in both.",
    "one-of-two": "Of two fields that exclude each other only one is there.",
    "unknown-term": "Every term stands in its vocabulary, every country code in ISO 3166-1.",
    "empty-field": "A field that is there has a value.",
    "wrong-type": "Every field holds the kind of value that it is for.",
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
