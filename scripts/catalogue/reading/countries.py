"""Names of countries in both languages: CLDR's, by the Babel library, but for a few."""

from __future__ import annotations

from functools import cache

from babel import Locale
from babel.core import get_global

from catalogue.languages import CODES
from catalogue.model import Text
from catalogue.text import fold

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
    names = {language: str(Locale(language).territories[code]) for language in CODES}
    return {**names, **{language: name for language, name in OVERRIDES.get(code, {}).items() if language in CODES}}


OTHER_NAMES: dict[str, tuple[str, ...]] = {
    "AE": ("UAE", "Emirates", "Émirats"),
    "BA": ("Bosnia", "Bosnie"),
    "BY": ("Byelorussia",),
    "CD": ("DRC", "RDC", "Democratic Republic of the Congo", "République démocratique du Congo", "Zaire", "Zaïre"),
    "CG": ("Congo", "Republic of the Congo", "République du Congo"),
    "CI": ("Ivory Coast",),
    "CZ": ("Czech Republic", "République tchèque"),
    "FM": ("Federated States of Micronesia", "États fédérés de Micronésie"),
    "GB": ("Britain", "Great Britain", "Grande-Bretagne", "England", "Angleterre", "Scotland", "Écosse", "Wales",
           "Pays de Galles", "Northern Ireland", "Irlande du Nord"),
    "GR": ("EL", "Hellas"),
    "HK": ("Hongkong",),
    "IE": ("Republic of Ireland", "République d’Irlande", "Eire"),
    "IR": ("Persia", "Perse"),
    "KR": ("Korea", "Corée", "Republic of Korea", "République de Corée"),
    "KP": ("DPRK", "RPDC"),
    "LK": ("Ceylon", "Ceylan"),
    "MD": ("Republic of Moldova", "République de Moldova"),
    "MK": ("Macedonia", "Macédoine", "FYROM"),
    "MM": ("Burma", "Birmanie"),
    "MO": ("Macau",),
    "NL": ("Holland", "Hollande", "The Netherlands"),
    "PS": ("Palestine",),
    "RU": ("Russian Federation", "Fédération de Russie"),
    "SY": ("Syrian Arab Republic",),
    "SZ": ("Swaziland",),
    "TL": ("East Timor",),
    "TR": ("Turkey",),
    "TW": ("Formosa",),
    "TZ": ("Tanganyika",),
    "US": ("U.S.", "U.S.A.", "America", "Amérique", "United States of America", "États-Unis d’Amérique"),
    "VA": ("Holy See", "Saint-Siège", "Vatican"),
    "XK": ("Kosova",),
    "ZA": ("RSA",),
}  # fmt: skip
"""Other names and abbreviations under which people write a country, beside those that CLDR has."""


def _letters(name: str) -> str:
    """A name without case, accents, spaces and marks, to compare it with others."""
    return "".join(c for c in fold(name) if c.isalnum())


@cache
def _codes_by_name() -> dict[str, str]:
    names: dict[str, str] = {}
    for language in CODES:
        for code, name in Locale(language).territories.items():
            if len(code) == 2 and code.isalpha():
                names.setdefault(_letters(str(name)), code)
    for code, others in (*OTHER_NAMES.items(), *((code, tuple(names.values())) for code, names in OVERRIDES.items())):
        names.update((_letters(name), code) for name in others)
    return names


def code_of(word: str) -> str | None:
    """The code of the country that a word names: by its name, another name, or a code of three letters or digits."""
    code = _codes_by_name().get(_letters(word))
    if code is None:
        replaced = get_global("territory_aliases").get(word.upper(), ())
        code = replaced[0] if len(replaced) == 1 else None
    return code
