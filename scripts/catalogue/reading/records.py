"""From the checked data of a record to a `Practice`: short forms are written out, so that all else knows one form."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from catalogue.model import Practice
from catalogue.reading.conversion import convert

PARAGRAPH_FIELDS = ("context", "approach", "transferability")
"""The fields that hold paragraphs, or one plain text for all of them."""

SOURCED_FIELDS = (
    *PARAGRAPH_FIELDS, "steps", "needs", "costs", "results", "lessons", "adaptations", "updates",
)  # fmt: skip
"""The list fields whose items all rest on sources; `staff` does too, and is no list."""


def practice_of(data: Mapping[str, Any]) -> Practice:
    """The practice that checked data describe; errors as those of `convert`."""
    return convert(written_out(data), Practice)


def written_out(data: Mapping[str, Any]) -> dict[str, Any]:
    """The data with short forms written out: texts as paragraphs, and the only source of a record at every claim."""
    full = {field: value for field, value in data.items() if value is not None}
    for field in PARAGRAPH_FIELDS:
        if isinstance(full.get(field), Mapping):
            full[field] = [{"text": text} for text in paragraphs_of(full[field])]
    keys = list(full["sources"])
    if len(keys) == 1:
        for field in SOURCED_FIELDS:
            if field in full:
                full[field] = [{"sources": keys, **item} for item in full[field]]
        if "staff" in full:
            full["staff"] = {"sources": keys, **full["staff"]}
    return full


def paragraphs_of(text: Mapping[str, str]) -> list[dict[str, str]]:
    """A text cut at its empty lines, the same in every language; whole where the languages have different numbers."""
    by_language = {code: split_paragraphs(words) for code, words in text.items()}
    count = len(next(iter(by_language.values())))
    if any(len(found) != count for found in by_language.values()):
        return [dict(text)]
    return [{code: found[number] for code, found in by_language.items()} for number in range(count)]


def split_paragraphs(text: str) -> list[str]:
    """The paragraphs of a text: empty lines part them."""
    return [part for part in re.split(r"\n\s*\n", text.strip()) if part]
