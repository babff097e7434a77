"""What a machine can set right in a French text: apostrophes, guillemets and no-break spaces."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

NO_BREAK_SPACE = "\u00a0"

_NO_BREAK = "\u00a0\u202f"
_DOUBLE = re.compile(r"(?:^|(?<=[\s(\u00a0\u202f’'«-]))\"(?=\S)([^\"\n]+?)(?<=\S)\"(?=$|[\s.,;:!?…)\u00a0\u202f»])")


class Edit(NamedTuple):
    """A change of a text: what stands from `start` to before `end` becomes `text`; `what` says it in words."""

    start: int
    end: int
    text: str
    what: str


def _insert_or_widen(pattern: str, what: str) -> Callable[[str], Iterator[Edit]]:
    """A no-break space before what a pattern finds, in place of an ordinary space where there is one."""
    compiled = re.compile(rf"(?<=[^\s{_NO_BREAK}])(?P<gap> ?)(?={pattern})")

    def edits(text: str) -> Iterator[Edit]:
        for found in compiled.finditer(text):
            yield Edit(found.start(), found.end(), NO_BREAK_SPACE, f"a no-break space {what}")

    return edits


def _apostrophes(text: str) -> Iterator[Edit]:
    for found in re.finditer(r"(?<=\w)'(?=[\w«“\"])", text):
        yield Edit(found.start(), found.end(), "’", "’ in place of '")


def _guillemets(text: str) -> Iterator[Edit]:
    """Straight quotation marks, where it is clear which open and which close."""
    pairs = list(_DOUBLE.finditer(text))
    if 2 * len(pairs) != text.count('"'):
        return
    for found in pairs:
        what = "« and » in place of straight quotation marks"
        yield Edit(found.start(), found.start() + 1, "«" + NO_BREAK_SPACE, what)
        yield Edit(found.end() - 1, found.end(), NO_BREAK_SPACE + "»", what)


def _inside(text: str) -> Iterator[Edit]:
    what = "a no-break space inside « »"
    for found in re.finditer(rf"(?<=«) ?(?=[^\s{_NO_BREAK}])", text):
        yield Edit(found.start(), found.end(), NO_BREAK_SPACE, what)
    for found in re.finditer(rf"(?<=[^\s{_NO_BREAK}«]) ?(?=»)", text):
        yield Edit(found.start(), found.end(), NO_BREAK_SPACE, what)


_SETTERS: tuple[Callable[[str], Iterator[Edit]], ...] = (
    _apostrophes,
    _guillemets,
    _inside,
    # A mark that follows another one (?!, …?) stands close to it; a colon may follow a digit (10:30).
    _insert_or_widen(r"(?<![;:!?…])[;!?][;:!?]*(?=[\s»\"]|$)", "before ; ! or ?"),
    _insert_or_widen(r"(?<![;:!?\d]):[;:!?]*(?=[\s»\"]|$)", "before :"),
    _insert_or_widen(r"(?:(?<=\d)|(?<=\d ))%", "before %"),
)


def edits(text: str) -> list[Edit]:
    """The changes that a French text needs, in order; none of them touches another one."""
    found: list[Edit] = []
    for setter in _SETTERS:
        for edit in setter(text):
            if not any(edit.start < other.end and other.start < edit.end for other in found):
                found.append(edit)
    return sorted(found)


def same_but_for_typography(one: str, other: str) -> bool:
    """Whether two texts say the same, spaces, apostrophes and quotation marks apart."""
    return _bare(one) == _bare(other)


def _bare(text: str) -> str:
    return re.sub(r"[\s\u00a0\u202f]", "", text.replace("’", "'").replace("«", '"').replace("»", '"'))
