"""Words that readers of YAML take for something else than text where no quotes stand around them.

YAML 1.1 (PyYAML, Ruby) and YAML 1.2 (most others) read some words differently: `NO` is false in one and Norway in the
other. Records are read by other programs too, so such words stand in quotes.
"""

from __future__ import annotations

import re

import yaml

_KINDS = {
    "bool": "a yes or no",
    "null": "nothing at all",
    "int": "a number",
    "float": "a number",
    "timestamp": "a date",
    "merge": "an instruction",
    "value": "an instruction",
}

_YES_OR_NO = re.compile(r"[yYnN]")  # in YAML 1.1 itself; PyYAML leaves them alone

# The numbers of YAML 1.2 that are none in PyYAML: an octal number, and a power of ten without a point or a sign.
_LATER_NUMBER = re.compile(r"0o[0-7]+|[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")

# What comes out as it went in, whichever reader takes it for a number: 2018 and 10.7, but not 0123 nor 1.10.
_FAITHFUL_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,14})(\.[0-9]{0,8}[1-9])?")


def read_as(word: str) -> str | None:
    """What other readers may take an unquoted word for, or None where they give back the same text."""
    if not word or _FAITHFUL_NUMBER.fullmatch(word):
        return None
    if _YES_OR_NO.fullmatch(word):
        return _KINDS["bool"]
    for tag, pattern in yaml.SafeLoader.yaml_implicit_resolvers.get(word[0], ()):
        if pattern.match(word):
            return _KINDS[tag.rpartition(":")[2]]
    return _KINDS["float"] if _LATER_NUMBER.fullmatch(word) else None


def is_nothing(word: str) -> bool:
    """Whether readers take an unquoted word for no value: what was meant by it is not sure."""
    return read_as(word) == _KINDS["null"]


def quoted(text: str) -> str:
    """A text in double quotes, as YAML reads them."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
