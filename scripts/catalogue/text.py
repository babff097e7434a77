"""How names and words are compared, sorted, and made into ids: the one place that knows about letters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container
from functools import lru_cache

from anyascii import anyascii

MAX_ID = 80
"""The most characters that an id may have; the schema says the same."""

RESERVED_ID = re.compile(r"page-[0-9]+")
"""Ids that would be the address of a further page of a list."""

FALLBACK_ID = "practice"
"""What is proposed for a name without a letter or digit."""

_LETTERS = {"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ħ": "h"}
"""Latin letters that readers without them on their keyboard write otherwise, and that no decomposition takes apart."""


def fold(text: str) -> str:
    """A text as search compares it: small letters without accents, `oe` for `œ`, `l` for `ł`.

    The browser's `fold` (docs/theme/atlas/dom/fold.js) does exactly the same; tests/fold_cases.json holds both.
    """
    if text.isascii():  # most words are
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text).lower()
    return "".join(_LETTERS.get(c, c) for c in decomposed if not unicodedata.category(c).startswith("M"))


def name_key(name: str) -> str:
    """A name without case, accents, kinds of apostrophe and runs of blanks, to find the same name twice."""
    return " ".join(fold(name.replace("’", "'")).split())


@lru_cache(maxsize=20_000)
def sort_key(text: str) -> tuple[str, str]:
    """A key that sorts names as a reader of a list from A to Z expects; different texts have different keys.

    Case, accents and punctuation do not count. A Latin letter beyond A to Z is sorted as it is transliterated (ł as l,
    ø as o, þ as th, đ as d): the reader of an English or French list looks for Łódź under L. Letters of other scripts
    stay themselves and follow the Latin ones, as in the Unicode order: who looks for a name written in Arabic or
    Greek knows its alphabet, and on the pages of such a language that alphabet is the list's own.
    """
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(_sorted_as(c) for c in decomposed if not unicodedata.combining(c))
    return " ".join(letters.split()), text


def _sorted_as(char: str) -> str:
    """What a small letter without its accents counts as in the order of names; a mark of punctuation counts nothing."""
    if char.isascii():
        return char if char.isalnum() or char == " " else ""
    if unicodedata.name(char, "").startswith("LATIN "):
        return anyascii(char).lower()
    category = unicodedata.category(char)
    if category == "Zs":
        return " "
    # Modifier letters (ʻ of ʻOhana) are punctuation to a reader; vowel signs (Mc, Mn) of Indic scripts are not.
    return char if category[0] in "LNM" and category != "Lm" else ""


def initial(text: str) -> str:
    """The letter under which a name stands in a list from A to Z; # for a digit or nothing."""
    first = sort_key(text)[0][:1]
    # The title case, because the capitals of Georgian are not for headings.
    return first.title() if first.isalpha() else "#"


def id_in_address(entry_id: str) -> str:
    """The id of a term as it stands in addresses: `10.7` as `10-7`, `PT` as `pt`."""
    return entry_id.lower().replace(".", "-")


def proposed_id(name: str, taken: Container[str] = ()) -> str:
    """An id for a name in any script: ASCII letters, digits and single dashes, at most 80 characters.

    Where the id is taken, or is one that no record may have, a number follows: `welcome-desk-2`.
    """
    plain = re.sub(r"[^a-z0-9]+", "-", anyascii(unicodedata.normalize("NFKC", name)).lower()).strip("-")
    proposal = _cut(plain, MAX_ID) or FALLBACK_ID
    if RESERVED_ID.fullmatch(proposal):
        proposal = f"{FALLBACK_ID}-{proposal}"
    found, number = proposal, 1
    while found in taken:
        number += 1
        found = f"{_cut(proposal, MAX_ID - len(f'-{number}'))}-{number}"
    return found


def _cut(plain: str, limit: int) -> str:
    """The beginning of an id, without a dash at its end."""
    return plain[:limit].rstrip("-")
