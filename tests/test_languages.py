"""The table of languages: it agrees with what is known of them, and everything else follows from it."""

from __future__ import annotations

import re
from typing import Any

import pytest
import snowballstemmer
import yaml
from babel import Locale
from tests.samples import ROOT, strings

from catalogue.languages import CODES, DEFAULT, LANGUAGES, Language, shown_language, shown_text
from catalogue.presenting.configuration import FRAME, configurations
from catalogue.presenting.localisation import Localisation


@pytest.mark.parametrize("language", LANGUAGES, ids=CODES)
def test_a_language_is_as_others_know_it(language: Language) -> None:
    locale = Locale.parse(language.locale)
    assert locale.text_direction == language.direction
    assert locale.get_language_name("en") == language.english_name
    assert str(locale.get_language_name(language.code)).casefold() == language.name.casefold()
    assert language.stemmer in ("", *snowballstemmer.algorithms())


def test_only_the_pages_of_the_default_language_stand_at_the_root() -> None:
    assert (DEFAULT.folder, DEFAULT.to_root) == ("", "")
    others = LANGUAGES[1:]
    assert [(language.folder, language.to_root) for language in others] == [(f"{o.code}/", "../") for o in others]
    assert len(set(CODES)) == len(LANGUAGES)


@pytest.mark.parametrize(
    ("text", "code", "language"),
    [
        ({"en": "a", "fr": "b"}, "fr", "fr"),
        ({"en": "a", "pt": "b"}, "fr", "en"),
        ({"pt": "b", "fr": "c"}, "en", "fr"),
        ({"pt": "b", "ar": "c"}, "fr", "pt"),
        ({"ar": "c", "en": "a"}, "ar", "ar"),
    ],
)
def test_a_reader_gets_the_own_language_or_the_first_that_there_is(
    text: dict[str, str], code: str, language: str
) -> None:
    assert shown_language(text, code) == language
    assert shown_text(text, code) == text[language]


# The settings of the engine.


def settings(code: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((ROOT / f"mkdocs.{code}.yml").read_text(encoding="utf-8"))
    return found


def test_the_settings_of_every_language_are_fresh_and_no_others_are_left() -> None:
    written = {file.name: file.read_text(encoding="utf-8") for file in ROOT.glob("mkdocs.*.yml")}
    assert configurations(Localisation.read_all(ROOT / "scripts" / "strings")) == written


@pytest.mark.parametrize("code", CODES)
def test_the_frame_of_a_language_speaks_it(code: str) -> None:
    found = settings(code)
    assert (found["docs_dir"], found["site_dir"]) == (f"build/docs/{code}", f"build/site/{code}")
    assert found["site_name"] == strings(code).text("site.name")
    for part in FRAME:
        assert found["extra"][part] == strings(code).lookup(f"frame.{part}")
    assert list(found["extra"]["not_found"]) == list(CODES)
    assert [other["code"] for other in found["extra"]["languages"]] == list(CODES)
    assert found["extra"]["language"]["code"] == code


def test_what_all_languages_share_names_none() -> None:
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    found = re.findall(r"\b(?:docs_dir|site_dir|site_name|language|menu|words)\b:", text)
    assert found == []
