"""The site's own words: the same in all languages, with plurals, numbers and dates."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.samples import ROOT, leaves, strings

from catalogue.languages import CODES, COMPLETE, DEFAULT
from catalogue.presenting import localisation
from catalogue.presenting.localisation import Localisation

FOLDER = ROOT / "scripts" / "strings"

PLURAL_FORM = r"\.(zero|one|two|few|many|other)$"


def words(language: str) -> dict[str, str]:
    """Every string of a language by its dotted key."""
    data = yaml.safe_load((FOLDER / f"{language}.yml").read_text(encoding="utf-8"))
    return {".".join(map(str, path)): value for path, value in leaves(data)}


def placeholders(text: str) -> list[str]:
    return sorted(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


@pytest.mark.parametrize("language", COMPLETE)
def test_a_language_has_every_string_and_no_other(language: str) -> None:
    english, own = ({re.sub(PLURAL_FORM, "", key) for key in words(code)} for code in (DEFAULT.code, language))
    assert english - own == set()
    assert own - english == set()


def test_no_string_is_empty_or_anything_but_text() -> None:
    for language in CODES:
        for key, text in words(language).items():
            assert isinstance(text, str), key
            assert text.strip(), key


@pytest.mark.parametrize("language", COMPLETE)
def test_a_string_has_the_same_placeholders_in_every_language(language: str) -> None:
    english = words(DEFAULT.code)
    for key, text in words(language).items():
        like = key if key in english else re.sub(PLURAL_FORM, ".other", key)
        assert placeholders(text) == placeholders(english[like]), key


@pytest.mark.parametrize("language", CODES)
def test_every_string_with_plural_forms_has_those_of_its_language(language: str) -> None:
    def plurals(node: Any, key: str = "") -> Iterator[tuple[str, dict[str, str]]]:
        if isinstance(node, dict):
            if "other" in node and isinstance(node["other"], str) and "{n}" in node["other"]:
                yield key, node
            else:
                for name, inner in node.items():
                    yield from plurals(inner, f"{key}.{name}")

    found = dict(plurals(yaml.safe_load((FOLDER / f"{language}.yml").read_text(encoding="utf-8"))))
    assert ".count.practices" in found
    plural_form = strings(language).locale.plural_form
    asked = {"other", *map(plural_form, range(2000))}  # French and Spanish have one more, for millions
    for key, own in found.items():
        if key != ".frame.finding":  # strings beside each other, two of which are for one and for other numbers
            assert asked <= own.keys() <= {"other", *plural_form.tags}, key


@pytest.mark.parametrize("file", ["fr.yml", "reference.fr.yml"])
def test_the_french_follows_french_typography(file: str) -> None:
    data = yaml.safe_load((FOLDER / file).read_text(encoding="utf-8"))
    for path, text in leaves(data):
        key = ".".join(map(str, path))
        shown = re.sub(r"\{[a-zé :]+\}", "x", text)
        assert "'" not in shown, key
        assert re.search(r"[^\u00a0\u202f][;!?](\s|$)|[^\u00a0\u202f0-9]:(\s|$)", shown) is None, key
        assert re.search(r"«[^\u00a0\u202f]|[^\u00a0\u202f]»", shown) is None, key
        assert "..." not in shown, key


def test_the_english_has_typographic_apostrophes() -> None:
    assert [key for key, text in words("en").items() if "'" in text or "..." in text] == []


@pytest.mark.parametrize(
    ("language", "n", "expected"),
    [
        ("en", 0, "0 practices"),
        ("en", 1, "1 practice"),
        ("en", 2, "2 practices"),
        ("en", 1234, "1,234 practices"),
        ("fr", 0, "0 pratique"),
        ("fr", 1, "1 pratique"),
        ("fr", 2, "2 pratiques"),
        ("fr", 1234, "1\u202f234 pratiques"),
        ("fr", 1_000_000, "1\u202f000\u202f000 pratiques"),
    ],
)
def test_a_number_chooses_the_plural_form_of_its_language(language: str, n: int, expected: str) -> None:
    assert strings(language).text("count.practices", n=n) == expected


@pytest.mark.parametrize(
    ("language", "n", "expected"),
    [
        ("en", 1, "1 person works on it"),
        ("en", 2.5, "2.5 people work on it"),
        ("fr", 1.5, "1,5 personne y travaille"),
        ("fr", 2.5, "2,5 personnes y travaillent"),
    ],
)
def test_half_a_post_is_not_rounded_away(language: str, n: float, expected: str) -> None:
    assert strings(language).text("values.staff", n=n) == expected


def test_a_placeholder_is_replaced_and_what_replaces_it_is_taken_as_it_is() -> None:
    english = Localisation("en", {"a": {"b": "{x} and {y}"}, "c": "{braces} stay"})
    assert english.text("a.b", x="{y}", y="{x}") == "{y} and {x}"
    assert english.text("c") == "{braces} stay"


def test_a_string_that_is_not_there_is_an_error_and_never_a_blank() -> None:
    english = Localisation("en", {"a": {"b": "x"}})
    with pytest.raises(KeyError):
        english.text("a.c")
    with pytest.raises(KeyError):
        english.text("z")
    with pytest.raises(KeyError):
        Localisation("en", {"a": "{x}"}).text("a", y="1")


@pytest.mark.parametrize(
    ("language", "value", "expected"),
    [
        ("en", 1234.5, "1,234.5"),
        ("fr", 1234.5, "1\u202f234,5"),
        ("en", 12, "12"),
        ("en", 98000, "98,000"),
        ("en", -3, "-3"),
        ("fr", 0.25, "0,25"),
    ],
)
def test_a_number_is_written_as_the_language_does(language: str, value: float, expected: str) -> None:
    assert strings(language).number(value) == expected


@pytest.mark.parametrize(
    ("iso", "english", "french"),
    [
        ("2018", "2018", "2018"),
        ("2018-03", "March 2018", "mars 2018"),
        ("2018-03-27", "27 March 2018", "27 mars 2018"),
        ("2026-08-01", "1 August 2026", "1 août 2026"),
    ],
)
def test_a_date_is_written_as_far_as_it_is_known(iso: str, english: str, french: str) -> None:
    assert strings("en").day(iso) == english
    assert strings("fr").day(iso).replace("1er", "1") == french


def test_items_are_listed_with_and() -> None:
    assert strings("en").listed(["a", "b", "c"]) in ("a, b and c", "a, b, and c")
    assert strings("fr").listed(iter(["a", "b", "c"])) == "a, b et c"
    assert strings("en").listed([]) == ""


@pytest.mark.parametrize(
    ("code", "english", "french"),
    [("pt", "Portuguese", "portugais"), ("sr-Latn", "Serbian", "serbe"), ("qqq", "qqq", "qqq")],
)
def test_a_language_is_named_in_the_language_of_the_page(code: str, english: str, french: str) -> None:
    assert strings("en").language_name(code) == english
    assert strings("fr").language_name(code) == french


def test_what_an_incomplete_language_lacks_is_in_the_default_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    english = {"a": {"b": "x", "c": "y"}, "n": {"one": "{n} day", "other": "{n} days"}, "z": "last"}
    french = {"a": {"b": "X"}, "n": {"one": "{n} jour", "other": "{n} jours"}}
    for code, data in (("en", english), ("fr", french)):
        (tmp_path / f"{code}.yml").write_text(yaml.safe_dump(data), encoding="utf-8")
    with pytest.raises(KeyError):
        Localisation.read(tmp_path, "fr").text("z")
    monkeypatch.setattr(localisation, "COMPLETE", ("en",))
    found = Localisation.read(tmp_path, "fr")
    assert [found.text(key) for key in ("a.b", "a.c", "z")] == ["X", "y", "last"]
    assert found.text("n", n=2) == "2 jours"
    (tmp_path / "fr.yml").unlink()
    assert Localisation.read(tmp_path, "fr").text("a.b") == "x"
