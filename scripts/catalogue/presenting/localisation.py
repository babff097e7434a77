"""The site's own words in one language: strings, plurals, numbers and dates."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal

from catalogue.languages import BY_CODE, CODES, COMPLETE, DEFAULT

PLURAL_FORMS = frozenset({"zero", "one", "two", "few", "many", "other"})
"""The names of all plural forms that languages have."""


class Localisation:
    """The strings of one language, looked up by dotted key; a missing key is a KeyError, never a silent blank."""

    def __init__(self, language: str, strings: Mapping[str, Any]) -> None:
        """`strings` nests mappings; a leaf is a text, or a mapping of plural forms (`one`, `other`)."""
        self.language = language
        self.locale = Locale.parse(BY_CODE[language].locale)
        self._strings = strings
        self._plain: dict[str, str] = {}

    @classmethod
    def read(cls, folder: Path, language: str) -> Localisation:
        """The strings of `folder/<language>.yml`; what an incomplete language lacks is in the default one.

        FileNotFoundError where a complete language has no file.
        """
        own = _strings(folder, language)
        if language not in COMPLETE:
            own = _filled(own, _strings(folder, DEFAULT.code))
        return cls(language, own)

    @classmethod
    def read_all(cls, folder: Path) -> dict[str, Localisation]:
        """The strings of every language of the site, by its code."""
        return {code: cls.read(folder, code) for code in CODES}

    def lookup(self, key: str) -> Any:
        """What stands under a dotted key; KeyError where there is nothing."""
        found: Any = self._strings
        for part in key.split("."):
            found = found[part]
        return found

    def text(self, key: str, **values: object) -> str:
        """The string under a key, with `{name}` replaced; `n` chooses the plural form and is shown as a number."""
        if not values:
            if key not in self._plain:
                self._plain[key] = str(self.lookup(key))
            return self._plain[key]
        found = self.lookup(key)
        number = values.get("n")
        if isinstance(found, dict):
            assert isinstance(number, int | float)
            found = found.get(self.locale.plural_form(number), found["other"])
        if isinstance(number, int | float):
            values["n"] = self.number(number)
        return str(found).format(**values)

    def number(self, value: float) -> str:
        """A number with the language's separators."""
        return _decimal(value, self.locale)

    def day(self, iso: str) -> str:
        """A date (`2018`, `2018-03` or `2018-03-27`) in words."""
        parts = iso.count("-") + 1
        if parts == 1:
            return iso
        day = date.fromisoformat(iso if parts == 3 else f"{iso}-01")
        return str(format_date(day, "long" if parts == 3 else "MMMM y", locale=self.locale))

    def listed(self, items: Iterable[str]) -> str:
        """Items as an enumeration with 'and'."""
        return str(format_list(list(items), locale=self.locale))

    def language_name(self, code: str) -> str:
        """The name of a language in this language, or its code where CLDR has none."""
        return str(self.locale.languages.get(code.split("-")[0], code))


def _strings(folder: Path, language: str) -> dict[str, Any]:
    file = folder / f"{language}.yml"
    if language not in COMPLETE and not file.is_file():
        return {}
    return yaml.safe_load(file.read_text(encoding="utf-8")) or {}


def _filled(own: Mapping[str, Any], others: Mapping[str, Any]) -> dict[str, Any]:
    """Strings with others where there are none; plural forms count as one string."""
    found = {**others, **own}
    for key, value in own.items():
        other = others.get(key)
        if isinstance(value, dict) and isinstance(other, dict) and not value.keys() <= PLURAL_FORMS:
            found[key] = _filled(value, other)
    return found


@functools.lru_cache(maxsize=4096)
def _decimal(value: float, locale: Locale) -> str:
    return str(format_decimal(value, locale=locale))
