"""From templates to page files. Whatever a contributor typed leaves here as escaped text, or not at all."""

from __future__ import annotations

import functools
import html
import json
import re
import string
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from catalogue.reading.records import split_paragraphs

_SPACES = re.compile(r"[ \t\r\n\f\v\x1c-\x1f\x85\u2028\u2029]+")

_PATH = re.compile(r"[a-z0-9./-]*")

# What may stand in a double-quoted YAML text as an escape only; all but ASCII is better off so, whatever reads it.
_NOT_YAML = re.compile(r"[^ !#-\[\]-~]")

# Every ASCII punctuation mark but four becomes a numeric entity: no HTML is left, nothing that Markdown looks at. The
# four mean nothing to either inside a line, and are so common that their entities would swell every page. The remaining
# controls (Markdown uses two of them as its own marks) are dropped.
_HARMLESS = ",.;?"
_INERT: dict[int, str | None] = {ord(mark): f"&#{ord(mark)};" for mark in string.punctuation if mark not in _HARMLESS}
_INERT |= dict.fromkeys([*range(32), *range(127, 160)])


_ITEM = re.compile(r"[ \t]*[-–•][ \t]+(\S.*)")


def one_line(text: str) -> str:
    """A text on one line; the no-break spaces of French typography stay."""
    return _SPACES.sub(" ", text).strip(" ")


def escape_html(value: object) -> Markup:
    """Any value as text that neither HTML nor Markdown can read as more than text, on one line."""
    if isinstance(value, Markup):
        return value
    text = str(value)
    return _inert_label(text) if len(text) < _LABEL else _inert_text(text)


def _inert_text(text: str) -> Markup:
    return Markup(one_line(text).translate(_INERT))  # noqa: S704 - this is the escaping itself


_LABEL = 80
"""Texts shorter than this are mostly labels, which stand on hundreds of pages: their escaped form is kept."""

_inert_label = functools.lru_cache(maxsize=20_000)(_inert_text)


def safe_address(url: str) -> Markup:
    """An address for an attribute; ValueError unless it is absolute http or https."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise ValueError(f"not an address to link to: {url!r}")
    return escape_html(url)


def path_address(path: str) -> Markup:
    """A path made of ids for an attribute; ValueError where it holds anything that an id cannot."""
    if not _PATH.fullmatch(path):
        raise ValueError(f"not a path of this site: {path!r}")
    return Markup(path)  # noqa: S704 - only letters, digits, dashes, dots and slashes


def blocks(text: str) -> list[str | list[str]]:
    """The blocks of a text: a paragraph is a string, a list its items.

    Empty lines part paragraphs. Lines that begin with a dash and a blank are the items of a list; that is all the
    markup that texts have.
    """
    found: list[str | list[str]] = []
    for part in split_paragraphs(text):
        running: list[str] = []
        for line in part.split("\n"):
            item = _ITEM.fullmatch(line)
            if item is None:
                running.append(line)
                continue
            if running:
                found.append(" ".join(running))
                running = []
            if found and isinstance(found[-1], list):
                found[-1].append(item[1])
            else:
                found.append([item[1]])
        if running:
            found.append(" ".join(running))
    return found


def inline(items: Iterable[object]) -> Markup:
    """Items on one line with commas between them."""
    return Markup('<span class="sep">, </span>').join(escape_html(item) for item in items)


def json_script(data: object) -> Markup:
    """Data as JSON on one line that can stand inside a script element: nothing in it can end the element."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)  # noqa: S704 - the characters that HTML reads are escaped above


def _yaml_escape(found: re.Match[str]) -> str:
    code = ord(found.group())
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def front_matter(values: dict[str, str]) -> str:
    """Front matter as YAML. The theme escapes nothing of it, so every value is HTML-escaped here."""
    lines = []
    for key, value in values.items():
        flat = one_line(value)
        lines.append(f'{key}: "{_NOT_YAML.sub(_yaml_escape, html.escape(flat, quote=True))}"')
    return "---\n" + "\n".join(lines) + "\n---\n"


class Renderer:
    """The templates of a folder, set up so that only what this module marked safe is markup."""

    def __init__(self, folder: Path, **filters: Callable[..., Any]) -> None:
        """`filters` are what every template knows besides `inline`.

        A filter with nothing but constants is worked out once, when the template is compiled; a function would be
        called on every page.
        """
        self._environment = Environment(
            loader=FileSystemLoader(folder),
            autoescape=True,
            undefined=StrictUndefined,
            finalize=escape_html,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=False,
        )
        self._environment.filters.update(filters, inline=inline)

    def __call__(self, template: str, **context: Any) -> str:
        """The text that a template makes of a context."""
        return self._environment.get_template(template).render(**context) + "\n"

    def macro(self, template: str, name: str, **context: Any) -> Any:
        """A macro of a template, to be called from Python."""
        module = self._environment.get_template(template).make_module(context)
        return getattr(module, name)
