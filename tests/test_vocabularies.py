"""The real vocabularies: complete, in both languages, well set, and the same as the enumerations of the schema."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator

import pytest
from babel import Locale
from tests.samples import ROOT, vocabularies

from catalogue.model import Term, Text, Vocabulary
from catalogue.reading.countries import OVERRIDES, country_names
from catalogue.reading.vocabularies import NAMES, country_codes, enumerations


def terms(name: str) -> list[Term]:
    return [vocabularies()[name][term] for term in vocabularies()[name].usable()]


def texts(vocabulary: Vocabulary) -> Iterator[tuple[str, Text]]:
    """Every text in languages of a vocabulary, with where it stands."""
    yield "title", vocabulary.title
    yield "singular", vocabulary.singular
    yield "intro", vocabulary.intro
    for term in vocabulary.terms:
        for name in ("label", "definition", "acronym", "inverse"):
            text = getattr(term, name)
            if text is not None:
                yield f"{term.id} {name}", text


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("themes", 26),
        ("actors", 17),
        ("gcm", 23),
        ("dimensions", 11),
        ("engagement", 5),
        ("evidence", 4),
        ("stages", 6),
    ],
)
def test_a_vocabulary_has_all_its_terms(name: str, count: int) -> None:
    assert len(vocabularies()[name].usable()) == count


def test_there_are_seventeen_goals_and_169_targets() -> None:
    sdgs = vocabularies()["sdgs"]
    goals = [term.id for term in sdgs.terms if term.heading]
    assert goals == [str(number) for number in range(1, 18)]
    assert len(sdgs.usable()) == 169
    assert {term.parent for term in sdgs.terms} == {None, *goals}
    assert all(term.id.partition(".")[0] == term.parent for term in terms("sdgs"))
    counts = Counter(term.parent for term in terms("sdgs"))
    published = [7, 8, 13, 10, 9, 8, 5, 12, 8, 10, 10, 11, 5, 10, 12, 12, 19]
    assert [counts[goal] for goal in goals] == published


def test_the_objectives_of_the_global_compact_are_numbered() -> None:
    assert vocabularies()["gcm"].usable() == tuple(str(number) for number in range(1, 24))


@pytest.mark.parametrize("name", NAMES)
def test_no_term_stands_twice_and_no_two_terms_share_an_address(name: str) -> None:
    vocabulary = vocabularies()[name]
    ids = [term.id for term in vocabulary.terms]
    assert len(set(ids)) == len(ids)
    assert len({term.lower().replace(".", "-") for term in ids}) == len(ids)
    assert [term for term in ids if re.fullmatch(r"page-[0-9]+", term)] == []


@pytest.mark.parametrize("name", NAMES)
def test_every_text_is_there_in_both_languages(name: str) -> None:
    for where, text in texts(vocabularies()[name]):
        assert text.keys() == {"en", "fr"}, where
        assert all(part.strip() == part and part for part in text.values()), where


@pytest.mark.parametrize("name", NAMES)
def test_no_two_terms_of_a_vocabulary_have_one_label(name: str) -> None:
    for language in ("en", "fr"):
        labels = Counter(term.label[language].casefold() for term in vocabularies()[name].terms)
        assert [label for label, count in labels.items() if count > 1] == []


@pytest.mark.parametrize("name", NAMES)
def test_the_french_follows_french_typography(name: str) -> None:
    for where, text in texts(vocabularies()[name]):
        french = text["fr"]
        assert "'" not in french, where
        assert '"' not in french, where
        assert re.search(r"[^\u00a0\u202f][;!?](\s|$)|[^\u00a0\u202f0-9]:(\s|$)", french) is None, where
        assert re.search(r"«[^\u00a0\u202f]|[^\u00a0\u202f]»", french) is None, where


@pytest.mark.parametrize("name", NAMES)
def test_the_english_has_typographic_apostrophes_and_quotation_marks(name: str) -> None:
    for where, text in texts(vocabularies()[name]):
        assert not set(text["en"]) & {"'", '"'}, where


@pytest.mark.parametrize("name", NAMES)
def test_a_parent_is_a_term_above_and_headings_have_children_or_are_computed(name: str) -> None:
    vocabulary = vocabularies()[name]
    for index, term in enumerate(vocabulary.terms):
        assert term.parent is None or term.parent in [above.id for above in vocabulary.terms[:index]]
    parents = {term.parent for term in vocabulary.terms}
    childless = [term.id for term in vocabulary.terms if term.heading and term.id not in parents]
    assert childless == (["none"] if name == "evidence" else [])


def test_every_theme_serves_dimensions_that_are_there_and_every_dimension_is_served() -> None:
    dimensions = vocabularies()["dimensions"].usable()
    served = {dimension for theme in terms("themes") for dimension in theme.dimensions}
    assert served == set(dimensions)


def test_every_country_lies_in_one_region_and_has_a_name_in_both_languages() -> None:
    codes = country_codes(vocabularies()["regions"])
    assert len(set(codes)) == len(codes) == 249
    assert {"PT", "NO", "XK", "PS"} <= set(codes)
    assert "AQ" not in codes
    for code in codes:
        names = country_names(code)
        assert names.keys() == {"en", "fr"}, code
        assert all(names.values()), code


def test_the_names_of_countries_are_those_of_cldr_but_for_a_few() -> None:
    assert country_names("DE") == {"en": "Germany", "fr": "Allemagne"}
    assert country_names("TR") == {"en": "Türkiye", "fr": "Türkiye"}
    with pytest.raises(KeyError):
        country_names("ZQ")
    for code, names in OVERRIDES.items():
        cldr = {language: Locale(language).territories[code] for language in names}
        assert cldr != names, f"{code} need not be listed any more"


def test_the_enumerations_of_the_schema_are_fresh() -> None:
    committed = (ROOT / "schema" / "vocabularies.schema.json").read_text(encoding="utf-8")
    assert committed == enumerations(vocabularies()), "run 'make derive'"


def test_an_enumeration_holds_the_terms_that_a_record_may_use_with_both_labels() -> None:
    found = json.loads(enumerations(vocabularies()))["$defs"]
    assert found.keys() == {*NAMES, "countries"}
    assert found["evidence"]["enum"] == ["reported", "monitored", "evaluated", "independent"]
    assert found["evidence"]["markdownEnumDescriptions"][0] == "Reported · Déclaré"
    assert found["countries"]["enum"] == country_codes(vocabularies()["regions"])
    for name in NAMES:
        assert len(found[name]["enum"]) == len(found[name]["markdownEnumDescriptions"]), name


@pytest.mark.parametrize(
    ("name", "noun"),
    [("themes", "theme"), ("sdgs", "SDG or target"), ("regions", "world region")],
)
def test_a_vocabulary_is_named_in_a_message_as_inside_a_sentence(name: str, noun: str) -> None:
    assert json.loads(enumerations(vocabularies()))["$defs"][name]["title"] == noun


def test_every_file_of_the_folder_is_a_vocabulary_and_is_named_once() -> None:
    files = {file.stem for file in (ROOT / "schema" / "vocabularies").iterdir()}
    assert files == set(NAMES)
    assert len(NAMES) == len(set(NAMES))


def test_a_term_is_looked_up_by_id() -> None:
    themes = vocabularies()["themes"]
    assert themes["health"].label["en"] == "Health"
    with pytest.raises(KeyError):
        themes["weather"]


def test_relations_have_an_inverse() -> None:
    assert all(term.inverse for term in vocabularies()["relations"].terms)
