"""Names of countries in both languages: CLDR's, by the Babel library, but for a few."""

from __future__ import annotations

from functools import cache

from babel import Locale

from catalogue.model import LANGUAGES, Text

OVERRIDES: dict[str, Text] = {
    "CD": {"en": "DR Congo", "fr": "RD Congo"},
    "CV": {"en": "Cabo Verde", "fr": "Cabo Verde"},
    "HK": {"en": "Hong Kong", "fr": "Hong Kong"},
    "MM": {"en": "Myanmar", "fr": "Myanmar"},
    "MO": {"en": "Macao", "fr": "Macao"},
    "PS": {"en": "State of Palestine", "fr": "État de Palestine"},
    "TR": {"en": "Türkiye", "fr": "Türkiye"},
}
"""Where the names that the United Nations uses differ from CLDR's."""


@cache
def country_names(code: str) -> Text:
    """The name of a country (ISO 3166-1 alpha-2) in each language of the site; KeyError for an unknown code."""
    if code in OVERRIDES:
        return OVERRIDES[code]
    return {language: str(Locale(language).territories[code]) for language in LANGUAGES}
