"""What the JSON Schema finds, told in a contributor's words."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from jsonschema.exceptions import ValidationError

from catalogue.checking.suggestions import suggested_country, suggested_term
from catalogue.languages import CODES, LANGUAGES
from catalogue.problems import Problem, closest, shown, suggestion
from catalogue.reading.parsed import Mark, Parsed, Path
from catalogue.reading.vocabularies import COUNTRY_CODE, LABELS_APART

MAX_CHOICES = 20
"""How many allowed values are listed in a message."""

_QUOTATION_MARKS = "“”„‟«»‘’‚\u00a0 "

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
    "boolean": "true or false, without quotes",
}

_TEXT_IN_LANGUAGES = "a text for each language, as in " + " and, on the next line, ".join(f"'{c}: …'" for c in CODES)

# A number as people write it: groups of three with what stands between them, decimals, a sign after it.
_GROUPED = re.compile(r"([-+]?[0-9]{1,3}(?:[ \u00a0\u202f.,'’_][0-9]{3})+)([.,][0-9]+)?")
_DECIMAL_COMMA = re.compile(r"[-+]?[0-9]+,[0-9]+")


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


def problems_of(
    found: ValidationError, parsed: Parsed, path: str, homes: Mapping[str, str] | None = None
) -> Iterator[Problem]:
    """What a validation error means for a contributor; `homes` names the field inside which each other one stands."""
    error = _Error(found.instance, str(found.validator), found.validator_value, found.schema, found.message)
    at = tuple(found.absolute_path)
    if error.validator == "additionalProperties":
        told = _format_unknown_field(error, parsed, at, homes or {})
    else:
        told = _FORMATTERS.get(error.validator, _format_other)(error, parsed, at)
    for mark, rule, message in told:
        yield Problem(path, *mark, rule, message)


def meant_fields(instance: Mapping[str, Any], schema: Mapping[str, Any]) -> dict[str, str | None]:
    """The keys that are no field of the schema, each with the field that was probably meant."""
    known = schema.get("properties", {})
    free = [field for field in known if field not in instance]
    meant = {}
    for key in instance:
        if key not in known:
            bare = key.strip(_QUOTATION_MARKS)
            meant[key] = bare if bare in free else closest(bare, free) or closest(bare, known)
    return meant


def follows_from(found: ValidationError, misspelt: Collection[str | None]) -> bool:
    """Whether an error only says that a field is missing which stands there under a misspelt name."""
    if found.validator == "required":
        return _missing(str(found.message)) in misspelt
    if found.validator in ("anyOf", "oneOf"):
        return any(name in misspelt for option in _value(found) for name in option.get("required", ()))
    if found.validator == "dependentRequired":
        return any(name in misspelt for names in _value(found).values() for name in names)
    return False


def _value(found: ValidationError) -> Any:
    return found.validator_value


def _missing(message: str) -> str:
    """The name of a required field, with which the library's message begins."""
    return message.split("'")[1]


def _format_unknown_field(error: _Error, parsed: Parsed, at: Path, homes: Mapping[str, str]) -> Iterator[Finding]:
    for key, meant in meant_fields(error.instance, error.schema).items():
        where = f" in {_field(at)}" if at else ""
        if meant and meant == key.strip(_QUOTATION_MARKS):
            hint = f"; write {meant} without quotation marks"
        elif meant:
            hint = suggestion(meant)
        elif key in homes:
            hint = f"; it belongs under '{homes[key]}': is the line indented as those there?"
        else:
            hint = ""
        yield parsed.key_mark((*at, key)), "unknown-field", f"there is no field {shown(key)}{where}{hint}"


def _format_required(error: _Error, parsed: Parsed, at: Path) -> Iterator[Finding]:
    # One error for each missing field.
    message = f"{_field(at)} needs the field '{_missing(error.message)}'"
    yield parsed.key_mark(at), "missing-field", message


def _format_choice(error: _Error, parsed: Parsed, at: Path) -> Iterator[Finding]:
    options = [option["required"] for option in error.validator_value]
    present = [option for option in options if all(name in error.instance for name in option)]
    listed = " or ".join(" and ".join(f"'{name}'" for name in option) for option in options)
    rule = "missing-field"
    if _is_choice_of_languages(error.validator_value):
        named = " or ".join(f"in {language.english_name} ('{language.code}')" for language in LANGUAGES)
        rule, message = "missing-language", f"{_field(at)} needs a text {named}"
    elif len(present) > 1:
        rule, message = "one-of-two", f"{_field(at)} must have {listed}, not both"
    else:
        message = f"{_field(at)} needs {listed}"
    yield parsed.key_mark(at), rule, message


def _is_choice_of_languages(options: Collection[Mapping[str, Any]]) -> bool:
    """Whether a text is asked for in one of the site's languages, as in `common.schema.json`."""
    return list(options) == [{"required": [code]} for code in CODES]


def _format_enum(error: _Error, parsed: Parsed, at: Path) -> Iterator[Finding]:
    noun = error.schema.get("title", "value that is allowed here")
    choices = [str(choice) for choice in error.validator_value]
    word = str(error.instance)
    if noun == COUNTRY_CODE:
        hint = suggestion(suggested_country(word, choices))
    else:
        labels = error.schema.get("markdownEnumDescriptions", ())
        hint = suggestion(suggested_term(word, choices, dict(zip(choices, map(_labels, labels), strict=False))))
    if not hint and len(choices) <= MAX_CHOICES:
        hint = "; choose from " + ", ".join(choices)
    yield parsed.mark(at), "unknown-term", f"{shown(error.instance)} is not {_article(noun)}{hint}"


def _labels(description: str) -> list[str]:
    """The labels of a term in each language, as the enumerations give them."""
    return description.split(LABELS_APART)


def _format_type(error: _Error, parsed: Parsed, at: Path) -> Iterator[Finding]:
    types = [error.validator_value] if isinstance(error.validator_value, str) else error.validator_value
    if error.instance == "":
        message = f"{_field(at)} is empty: fill it in, or delete the line"
        yield parsed.key_mark(at), "empty-field", message
        return
    found = next((name for kind, name in _FOUND if isinstance(error.instance, kind)), shown(error.instance))
    in_languages = _is_choice_of_languages(error.schema.get("anyOf", ()))
    wanted = [
        _TEXT_IN_LANGUAGES if kind == "object" and in_languages else _TYPES[kind] for kind in types if kind != "null"
    ]
    message = f"{_field(at)} holds {found}; it must hold {', or '.join(wanted)}"
    yield parsed.mark(at), "wrong-type", message + _number_hint(error.instance, types)


_FOUND = ((dict, "fields"), (list, "a list"))


def _number_hint(value: object, types: Collection[str]) -> str:
    """How a number is written that people write otherwise."""
    if not isinstance(value, str) or not {"integer", "number"} & set(types):
        return ""
    text = value.strip().removesuffix("%").rstrip("\u00a0\u202f ")
    grouped = _GROUPED.fullmatch(text)
    if grouped:
        whole = re.sub(r"[^0-9+-]", "", grouped.group(1)).lstrip("+")
        groups = len(re.findall(r"[^0-9+-]", grouped.group(1)))
        if grouped.group(2):
            return f": write {whole}.{grouped.group(2)[1:]}" if "number" in types else f": write {whole}"
        if groups == 1 and re.search(r"[.,]", text):  # as decimals they would be three
            decimal = float(text.replace(",", "."))
            return f": write {whole} for thousands" + (f", or {decimal:g}" if "number" in types else "")
        return f": write {whole}"
    if _DECIMAL_COMMA.fullmatch(text):
        text = text.replace(",", ".")
    return f": write {text}" if text != value or "," in value else ""


def _place(error: _Error, parsed: Parsed, at: Path) -> tuple[Path, Mark]:
    """The path and position of a text; a key that the schema refuses comes with the path of its mapping."""
    key = (*at, error.instance)
    return (key, parsed.key_mark(key)) if key in parsed.keys else (at, parsed.mark(at))


def _format_length(error: _Error, parsed: Parsed, at: Path) -> Iterator[Finding]:
    where, mark = _place(error, parsed, at)
    message = f"{_field(where)} has {len(error.instance)} characters; at most {error.validator_value} are allowed"
    yield mark, "too-long", message


def _format_empty(error: _Error, parsed: Parsed, at: Path) -> Iterator[Finding]:
    yield parsed.key_mark(at), "empty-field", f"{_field(at)} is empty: fill it in, or delete it"


def _format_few(error: _Error, parsed: Parsed, at: Path) -> Iterator[Finding]:
    if not error.instance:
        yield from _format_empty(error, parsed, at)
    else:
        message = f"{_field(at)} needs at least {error.validator_value} fields"
        yield parsed.key_mark(at), "missing-field", message


def _format_many(error: _Error, parsed: Parsed, at: Path) -> Iterator[Finding]:
    message = f"{_field(at)} has {len(error.instance)} entries; at most {error.validator_value} are allowed"
    yield parsed.key_mark(at), "too-many", message


def _format_pattern(error: _Error, parsed: Parsed, at: Path) -> Iterator[Finding]:
    rule = {"^https?://[^\\s<>\"'`\\\\]+$": "unsafe-address", "^[^<>]*$": "markup-in-name"}.get(
        error.validator_value, "wrong-form"
    )
    _, mark = _place(error, parsed, at)
    yield mark, rule, f"{shown(error.instance)} cannot stand here: {PATTERNS[error.validator_value]}"


def _format_format(error: _Error, parsed: Parsed, at: Path) -> Iterator[Finding]:
    if error.validator_value == "uri":
        yield parsed.mark(at), "unsafe-address", f"{shown(error.instance)} cannot stand here: it names no site"
        return
    yield parsed.mark(at), "no-such-date", f"{shown(error.instance)} is not a day of the calendar"


def _format_repeated(error: _Error, parsed: Parsed, at: Path) -> Iterator[Finding]:
    items = error.instance
    for index, item in enumerate(items):
        if item in items[:index]:
            value = shown(item) if isinstance(item, str) else "the same entry"
            yield parsed.mark((*at, index)), "repeated-item", f"{value} stands in {_field(at)} a second time"


def _format_range(error: _Error, parsed: Parsed, at: Path) -> Iterator[Finding]:
    word = "at least" if error.validator == "minimum" else "at most"
    message = f"{_field(at)} is {error.instance}; it must be {word} {error.validator_value}"
    yield parsed.mark(at), "out-of-range", message


def _format_dependent(error: _Error, parsed: Parsed, at: Path) -> Iterator[Finding]:
    for name, needed in error.validator_value.items():
        for other in needed:
            if name in error.instance and other not in error.instance:
                yield parsed.key_mark((*at, name)), "missing-field", f"'{name}' needs '{other}' beside it"


def _format_other(error: _Error, parsed: Parsed, at: Path) -> Iterator[Finding]:
    yield parsed.mark(at), "wrong-form", f"{_field(at)}: {error.message[:200]}"


_FORMATTERS: Mapping[str, Callable[[_Error, Parsed, Path], Iterator[Finding]]] = {
    "required": _format_required,
    "anyOf": _format_choice,
    "oneOf": _format_choice,
    "enum": _format_enum,
    "type": _format_type,
    "maxLength": _format_length,
    "minLength": _format_empty,
    "minItems": _format_few,
    "minProperties": _format_few,
    "maxItems": _format_many,
    "maxProperties": _format_many,
    "pattern": _format_pattern,
    "format": _format_format,
    "uniqueItems": _format_repeated,
    "minimum": _format_range,
    "maximum": _format_range,
    "dependentRequired": _format_dependent,
}
