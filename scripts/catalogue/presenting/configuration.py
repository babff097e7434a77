"""The settings of the engine for each language, derived from the table of languages and from the strings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml

from catalogue.languages import LANGUAGES, Language
from catalogue.presenting.localisation import Localisation

NOTICE = (
    "# Derived from scripts/catalogue/languages.py and scripts/strings/{code}.yml by 'make derive'; do not edit.\n"
    "# What all languages share is in mkdocs.yml.\n"
)

MAX_COMPARED = 4
"""How many practices fit side by side."""

MAX_QUERY = 200
"""How many characters of a query count."""

FRAME = ("menu", "words", "compare", "finding")
"""The strings of the frame of every page; the theme's templates read them under `config.extra`."""


def configurations(strings: Mapping[str, Localisation]) -> dict[str, str]:
    """The file of settings of each language: path below the project's folder, and text."""
    return {language.configuration: _text(language, strings) for language in LANGUAGES}


def _text(language: Language, strings: Mapping[str, Localisation]) -> str:
    own = strings[language.code]
    settings = {
        "INHERIT": "mkdocs.yml",
        "site_name": own.text("site.name"),
        "site_description": own.text("site.description"),
        "docs_dir": f"build/docs/{language.code}",
        "site_dir": f"build/site/{language.code}",
        "extra": {
            "language": _named(language),
            # The way from the root of this language to that of the site.
            "to_root": language.to_root,
            "languages": [_named(other) for other in LANGUAGES],
            "limits": {"compared": MAX_COMPARED, "query": MAX_QUERY},
            **{part: own.lookup(f"frame.{part}") for part in FRAME},
            "not_found": {other.code: strings[other.code].lookup("frame.not_found") for other in LANGUAGES},
        },
    }
    text = yaml.safe_dump(settings, allow_unicode=True, sort_keys=False, width=110)
    return NOTICE.format(code=language.code) + text


def _named(language: Language) -> dict[str, Any]:
    return {
        "code": language.code,
        "name": language.name,
        "locale": language.locale,
        "direction": language.direction,
        "folder": language.folder,
    }
