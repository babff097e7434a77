"""Registers: documents, organisations, leads and questions by id, and what their entries refer to."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from catalogue.problems import Problem, did_you_mean, shown
from catalogue.reading.parsed import Parsed, Path

T = TypeVar("T")


class Unsure(dict[str, T]):
    """What is known by id where not everything could be read: whatever is looked for may be there, and counts as so."""

    def __contains__(self, key: object) -> bool:
        """Yes: nothing is called missing that may only have been read wrongly."""
        return True


@dataclass(frozen=True)
class Reference:
    """What the entries of a register refer to: a list field, the key in its items, what is known, and where."""

    field: str
    key: str
    known: Collection[str]
    place: str
    rule: str


def entries(data: Any, name: str) -> list[Any]:
    """The entries of a register, which may be of any shape; none where there is no list of them."""
    found = data.get(name) if isinstance(data, dict) else None
    return found if isinstance(found, list) else []


def by_id(data: Any, name: str) -> dict[str, Mapping[str, Any]]:
    """The entries by id, whatever else is wrong with them. `Unsure` where the id of one cannot be read."""
    listed = data.get(name) if isinstance(data, dict) else None
    found = {entry["id"]: entry for entry in entries(data, name) if _has_id(entry)}
    whole = isinstance(listed, list) and all(map(_has_id, listed))
    return found if whole else Unsure(found)


def _has_id(entry: Any) -> bool:
    return isinstance(entry, dict) and isinstance(entry.get("id"), str)


def check(data: Any, parsed: Parsed, name: str, path: str, reference: Reference | None) -> Iterator[Problem]:
    """What the schema cannot say of a register: ids stand once, and what entries refer to is there."""

    def problem(at: Path, rule: str, message: str) -> Problem:
        return Problem(path, *parsed.mark((name, *at)), rule, message)

    seen: set[str] = set()
    for index, entry in enumerate(entries(data, name)):
        if not isinstance(entry, dict):
            continue
        id_ = entry.get("id")
        if isinstance(id_, str):
            if id_ in seen:
                yield problem((index, "id"), "duplicate-term", f"the id {shown(id_)} stands here a second time")
            seen.add(id_)
        if reference is None or not isinstance(entry.get(reference.field), list):
            continue
        for place, item in enumerate(entry[reference.field]):
            target = item.get(reference.key) if isinstance(item, dict) else None
            if isinstance(target, str) and target not in reference.known:
                message = f"{shown(target)} is not in {reference.place}{did_you_mean(target, reference.known)}"
                yield problem((index, reference.field, place, reference.key), reference.rule, message)
