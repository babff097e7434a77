"""The words of the search: which files they stand in, how they are written, and the endings that stems change."""

from __future__ import annotations

from collections import Counter
from itertools import takewhile
from typing import Any

import pytest
from tests.explore_files import explore_files, rows_with
from tests.samples import catalogue, practice, site_catalogue, strings

from catalogue.finding import search_index


def words(*texts: str, language: str = "en", **fields: Any) -> dict[str, Any]:
    """The files of practices with these texts, one each."""
    practices = [
        practice(f"p-{number}", approach={"en": text, "fr": text}, **fields) for number, text in enumerate(texts)
    ]
    return explore_files(catalogue(*practices), language)


@pytest.mark.parametrize(
    ("word", "shard"),
    [("housing", "ho"), ("oeuvre", "oe"), ("x1", "x1"), ("7", "7"), ("2030", "20"), ("নগর", "_"), ("łódź", "_")],
)
def test_a_word_stands_in_the_file_of_its_first_two_letters(word: str, shard: str) -> None:
    assert search_index.shard_of(word) == shard


def test_every_file_of_words_is_that_of_its_words() -> None:
    files = explore_files(site_catalogue(), "en")
    for path, data in files.items():
        name = path.removeprefix("explore/words/").removesuffix(".json")
        if path.startswith("explore/words/") and name not in ("all", "index"):
            assert {search_index.shard_of(word) for word in data["words"]} == {name}
            assert name in files["explore/words/index.json"]["shards"]


@pytest.mark.parametrize(("word", "looked_for"), [("7", True), ("৭", True), ("a", False), ("ab", True), ("½", False)])
def test_a_single_letter_is_no_word_and_a_single_digit_is_one(word: str, looked_for: bool) -> None:
    assert search_index.is_word(word) is looked_for


def test_a_word_is_shown_as_it_is_written_most_often() -> None:
    found = words("Élan, élan, elan.", "Elan again: élan.", "Tôt, tot.")["explore/words/all.json"]
    by_word = {word: rest for word, *rest in found}
    assert by_word["elan"] == [2, "élan"]
    assert by_word["tot"] == [1]  # of two that are equally common always the same
    assert by_word["again"] == [1]


def test_a_practice_is_found_by_every_region_above_its_countries() -> None:
    files = words("x", countries=["BR"])
    for word in ("south", "latin", "caribbean", "americas"):
        assert rows_with(files, word) == {"p-0"}, word


def test_a_synonym_counts_the_practices_of_the_commonest_of_its_words() -> None:
    files = explore_files(site_catalogue(), "en")
    counts = {word: count for word, count, *_ in files["explore/words/all.json"]}
    index = {word: rows_with(files, word) for word in counts}
    lines = _synonyms()
    seen = 0
    for readers, records in lines:
        known = [word for word in records if word in counts]
        for word in readers:
            if known and word in counts:
                seen += 1
                assert counts[word] >= max(counts[other] for other in known), word
                assert index[word] >= set().union(*(index[other] for other in known)), word
    assert seen > 5


def _synonyms() -> list[tuple[list[str], list[str]]]:
    lines = strings("en").lookup("explore.synonyms").splitlines()
    return [(readers.split(), records.split()) for readers, records in (line.split(" = ") for line in lines)]


def test_endings_are_what_stems_changed_after_three_letters_the_commonest_first() -> None:
    files = explore_files(site_catalogue(), "en")
    counts: Counter[tuple[str, str]] = Counter()
    for path, shard in files.items():
        if path.startswith("explore/words/") and "stems" in shard:
            for word, found in shard["words"].items():
                for number in found if isinstance(found, list) else [found]:
                    stem = shard["stems"][number][0]
                    same = len(list(takewhile(lambda pair: pair[0] == pair[1], zip(word, stem, strict=False))))
                    if same >= 3:
                        counts[word[same:], stem[same:]] += 1
    listed = [tuple(ending) for ending in files["explore/words/index.json"]["endings"]]
    assert listed == [ending for ending, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))]
    assert listed[0] == ("", "")
    assert ("s", "") in listed


def test_an_ending_after_two_letters_says_nothing_of_others() -> None:
    endings = words("Skies above schools.")["explore/words/index.json"]["endings"]
    assert ["s", ""] in endings
    assert ["ies", "y"] not in endings  # from `skies` to `sky`
