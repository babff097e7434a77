"""What was probably meant by a word that is not allowed: by a label, as a country, or by its spelling."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping

from catalogue.problems import LEAST_LIKENESS, closest
from catalogue.reading.countries import code_of
from catalogue.text import fold

LEAST_WORD = 4
"""The shortest word of a label that says something."""

LIKENESS_OF_LABELS = 0.82
"""How alike a word and one of a label have to be, from 0 to 1: one letter in six may differ."""


def suggested_term(word: str, choices: Iterable[str], labels: Mapping[str, Iterable[str]]) -> str | None:
    """The term that was meant; `labels` are the labels of each term, in any language.

    A word that is a label, or a word of one, is understood before one that is spelt like an id.
    """
    if len(word) > LEAST_LIKENESS[-1][0]:
        return None
    names = {term: [_words(term), *(_words(label) for label in labels.get(term, ()))] for term in choices}
    wanted = _words(word)
    if not wanted:
        return None
    whole = next((term for term, named in names.items() if wanted in named), None)
    return whole or _by_words(wanted, names) or closest(word, names) or _by_likeness(wanted, names)


def suggested_country(word: str, choices: Iterable[str]) -> str | None:
    """The code of the country that was meant."""
    known = frozenset(choices)
    code = code_of(word)
    if code in known:
        return code
    return word.strip().upper() if word.strip().upper() in known else None


def _words(text: str) -> tuple[str, ...]:
    """The words of a text without case, accents and endings of the plural."""
    return tuple(word.rstrip("sx") or word for word in re.findall(r"[^\W_]+", fold(text)))


def _by_words(wanted: tuple[str, ...], names: Mapping[str, list[tuple[str, ...]]]) -> str | None:
    """The only term with a name that has all the words that say something, or the only one whose name begins so."""
    telling = {word for word in wanted if len(word) >= LEAST_WORD}
    if not telling:
        return None
    holding = [term for term, named in names.items() if any(telling <= set(name) for name in named)]
    beginning = [term for term in holding if any(name[: len(wanted)] == wanted for name in names[term])]
    for found in (beginning, holding):
        if len(found) == 1:
            return found[0]
    return None


def _by_likeness(wanted: tuple[str, ...], names: Mapping[str, list[tuple[str, ...]]]) -> str | None:
    """The term of which a label, or a word of one, is spelt much like what was written."""
    written = " ".join(wanted)
    spelt: dict[str, str] = {}
    for term, named in names.items():
        for name in named:
            for part in (" ".join(name), *(word for word in name if len(word) > LEAST_WORD)):
                spelt.setdefault(part, term)
    if written in spelt:
        return None  # it stands in the names of several terms, and nothing says which one was meant
    found = difflib.get_close_matches(written, spelt, n=1, cutoff=LIKENESS_OF_LABELS)
    return spelt[found[0]] if found else None
