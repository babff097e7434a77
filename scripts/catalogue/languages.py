"""The languages of the site: a language is one entry here and its files, and nothing else names it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Language:
    """A language of the site.

    `territory` is the one whose conventions for numbers and dates hold. `stemmer` is the name of the Snowball
    algorithm, or empty where there is none: words are then looked for as they are written. Until a language is
    `complete`, the check counts which vocabularies, registers and strings still lack it instead of asking for them.
    """

    code: str
    name: str
    english_name: str
    territory: str
    stemmer: str = ""
    direction: str = "ltr"
    complete: bool = True

    @property
    def locale(self) -> str:
        """The name of the locale, as `en_GB`: for numbers and dates, and for those who link to the site."""
        return f"{self.code}_{self.territory}"

    @property
    def is_default(self) -> bool:
        """Whether the pages of the language stand at the root of the site."""
        return self == LANGUAGES[0]

    @property
    def folder(self) -> str:
        """The folder of its pages below the root of the site: empty, or a name and a slash."""
        return "" if self.is_default else f"{self.code}/"

    @property
    def to_root(self) -> str:
        """The way from the folder of its pages to the root of the site: empty, or `../`."""
        return "" if self.is_default else "../"

    @property
    def configuration(self) -> str:
        """The file with its settings for MkDocs, which `make derive` writes."""
        return f"mkdocs.{self.code}.yml"


LANGUAGES: tuple[Language, ...] = (
    Language("en", "English", "English", "GB", "english"),
    Language("fr", "Français", "French", "FR", "french"),
)
"""The languages of the site; the pages of the first stand at its root."""

DEFAULT = LANGUAGES[0]

CODES: tuple[str, ...] = tuple(language.code for language in LANGUAGES)

COMPLETE: tuple[str, ...] = tuple(language.code for language in LANGUAGES if language.complete)
"""The codes of those languages in which every word of the site is there."""

BY_CODE: Mapping[str, Language] = {language.code: language for language in LANGUAGES}


def shown_language(text: Mapping[str, str], code: str = DEFAULT.code) -> str:
    """The language in which a reader of `code` gets a text: that one, or else the first that the text has.

    The languages of the site come first, in their order, and then any other.
    """
    return next(found for found in (code, *CODES, *text) if found in text)


def shown_text(text: Mapping[str, str], code: str = DEFAULT.code) -> str:
    """A text as a reader of `code` gets it."""
    return text[shown_language(text, code)]
