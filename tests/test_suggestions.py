"""What was meant by a word that is not allowed: the nearest term or country, and nothing from far away."""

from __future__ import annotations

import json
import time
from functools import cache
from typing import Any

import pytest
from babel import Locale
from tests.samples import ROOT

from catalogue.checking.suggestions import suggested_country, suggested_term
from catalogue.model import LANGUAGES
from catalogue.reading.countries import OTHER_NAMES, code_of, country_names
from catalogue.reading.vocabularies import LABELS_APART


@cache
def enumerations() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((ROOT / "schema" / "vocabularies.schema.json").read_text(encoding="utf-8"))[
        "$defs"
    ]
    return found


def term(vocabulary: str, word: str) -> str | None:
    found = enumerations()[vocabulary]
    labels = {
        id_: text.split(LABELS_APART)
        for id_, text in zip(found["enum"], found["markdownEnumDescriptions"], strict=True)
    }
    return suggested_term(word, found["enum"], labels)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Logement", "housing"),
        ("logements", "housing"),
        ("Housing", "housing"),
        ("Santé", "health"),
        ("sante", "health"),
        ("SANTE", "health"),
        ("Développement", "development"),
        ("migration et développement", "development"),
        ("Hébergement et logement", "housing"),
        ("emploi", "work-enterprise"),
        ("anti-racism", "equality"),
        ("heatlh", "health"),
        ("cohésion", "cohesion"),
        ("travail", None),
        ("weather", None),
        ("de", None),
        ("", None),
        ("—", None),
    ],
)
def test_a_theme_is_found_by_its_labels_then_by_its_spelling(word: str, expected: str | None) -> None:
    assert term("themes", word) == expected


@pytest.mark.parametrize(
    "vocabulary", [name for name, found in enumerations().items() if "markdownEnumDescriptions" in found]
)
def test_every_term_is_found_by_each_of_its_labels_unless_two_share_it(vocabulary: str) -> None:
    found = enumerations()[vocabulary]
    labels = [text.split(LABELS_APART) for text in found["markdownEnumDescriptions"]]
    every = [label.casefold() for pair in labels for label in set(pair)]
    for id_, pair in zip(found["enum"], labels, strict=True):
        for label in pair:
            if every.count(label.casefold()) == 1:
                assert term(vocabulary, label.upper()) == id_


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("UK", "GB"), ("EL", "GR"), ("Turkey", "TR"), ("turquie", "TR"), ("Türkiye", "TR"), ("Ivory Coast", "CI"),
        ("Côte d'Ivoire", "CI"), ("Holland", "NL"), ("Pays-Bas", "NL"), ("Burma", "MM"), ("Birmanie", "MM"),
        ("Czech Republic", "CZ"), ("Tchéquie", "CZ"), ("Allemagne", "DE"), ("ETATS UNIS", "US"), ("USA", "US"),
        ("pt", "PT"), ("PRT", "PT"), ("620", "PT"), ("Viet Nam", "VN"), ("South Korea", "KR"), ("Congo", "CG"),
        ("RDC", "CD"), ("Palestine", "PS"), ("Kosovo", "XK"), ("XX", None), ("001", None), ("SU", None),
        ("Europe", None), ("ZZ", None), ("Antarctica", None), ("", None),
    ],
)  # fmt: skip
def test_a_country_is_found_by_its_names_and_codes(word: str, expected: str | None) -> None:
    assert suggested_country(word, enumerations()["countries"]["enum"]) == expected


def test_every_country_is_found_by_the_names_that_the_site_gives_it() -> None:
    codes = enumerations()["countries"]["enum"]
    assert [
        code for code in codes for name in country_names(code).values() if suggested_country(name, codes) != code
    ] == []


def test_every_other_name_of_a_country_is_that_of_one_and_not_known_without() -> None:
    names = [name for others in OTHER_NAMES.values() for name in others]
    assert len(set(names)) == len(names)
    known = {
        str(name).casefold(): code
        for lang in LANGUAGES
        for code, name in Locale(lang).territories.items()
        if len(code) == 2
    }
    for code, others in OTHER_NAMES.items():
        assert code in enumerations()["countries"]["enum"]
        assert [name for name in others if code_of(name) != code] == []
        assert [name for name in others if known.get(name.casefold()) == code] == []


def test_a_whole_text_in_place_of_a_term_is_answered_in_a_moment() -> None:
    start = time.process_time()
    assert term("sdgs", "x" * 6000) is None
    assert time.process_time() - start < 0.1
