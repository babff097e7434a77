"""The words of the search that strings/ lists: each of them has to do with something that a record says."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from tests.explore_files import explore_files, rows_with
from tests.samples import ROOT, strings

from catalogue.finding import search_index
from catalogue.loader import load
from catalogue.model import LANGUAGES
from catalogue.text import fold


@cache
def written(language: str) -> dict[str, Any]:
    """Every file of the explore page for the records of the project, read back."""
    found = load(ROOT).catalogue
    assert found is not None, "the records have errors: run 'make check'"
    return explore_files(found, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_that_is_kept_apart_has_a_reason(language: str) -> None:
    known = {word for word, *_ in written(language)["explore/words/all.json"]}
    for group in strings(language).lookup("explore.kept_apart").splitlines():
        own = {fold(word) for word in group.split()}
        stems = {search_index.stem_of(word, language) for word in group.split()}
        assert known & own, f"{group}: stands in no record"
        assert any(search_index.stem_of(word, language) in stems for word in known - own), (
            f"{group}: is apart without it"
        )


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_readers_say_finds_what_records_say(language: str) -> None:
    files = written(language)
    for line in strings(language).lookup("explore.synonyms").splitlines():
        words, others = ([fold(word) for word in side.split()] for side in line.split(" = "))
        wanted = set().union(*(rows_with(files, other) for other in others))
        assert wanted, f"{line}: the records say nothing of the kind"
        for word in words:
            assert rows_with(files, word) >= wanted, f"{line}: {word}"
            assert len(search_index.surface_words(word)) == 1, f"{line}: {word} is no single word"
