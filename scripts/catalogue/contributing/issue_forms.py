"""The issue forms of the project: their choices come from the vocabularies, their words from the strings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from catalogue.languages import COMPLETE
from catalogue.model import Text, Vocabulary
from catalogue.presenting.localisation import Localisation

FOLDER = ".github/ISSUE_TEMPLATE"

_NOTICE = "# Derived from schema/vocabularies/ and scripts/strings/ by 'make derive'; do not edit.\n"


@dataclass(frozen=True)
class Input:
    """A field that is filled in freely: its id, and its form as GitHub names it."""

    key: str
    kind: str = "textarea"
    required: bool = True


@dataclass(frozen=True)
class Choice:
    """A field with the terms of a vocabulary to choose from."""

    key: str
    vocabulary: str
    multiple: bool
    required: bool


@dataclass(frozen=True)
class Form:
    """A form: the name of its file, the key of its words in the strings, the label that its issues get, its fields."""

    file: str
    key: str
    label: str
    fields: Sequence[Input | Choice]


FORMS = (
    Form(
        "propose-a-practice", "propose", "practice",
        (
            Input("name", "input"), Input("where", "input"), Input("summary"), Input("approach"),
            Input("organisations"),
            Choice("kind", "kinds", multiple=False, required=True),
            Choice("themes", "themes", multiple=True, required=True),
            Choice("groups", "groups", multiple=True, required=False),
            Choice("status", "status", multiple=False, required=True),
            Input("results", required=False), Input("sources"),
        ),
    ),
    Form(
        "correct-a-practice", "correct", "correction",
        (
            Input("practice", "input"), Choice("status", "status", multiple=False, required=False),
            Input("wrong"), Input("right"), Input("sources"),
        ),
    ),
    Form("site-problem", "problem", "site", (Input("page", "input"), Input("happened"), Input("with", "input", False))),
)  # fmt: skip


class _Words:
    """Texts in all languages at once, as a form has one version for everybody."""

    def __init__(self, strings: Mapping[str, Localisation]) -> None:
        self._strings = strings

    def all(self, key: str) -> list[str]:
        """A string in every language."""
        return [self._strings[code].text(f"forms.{key}") for code in COMPLETE]

    def joined(self, key: str) -> str:
        """A string in every language, on one line."""
        return _joined(self.all(key))

    def text(self, text: Text) -> str:
        """A text of a vocabulary in every language, on one line."""
        return _joined(text[code] for code in COMPLETE)


def _joined(texts: Iterable[str]) -> str:
    return " / ".join(dict.fromkeys(texts))


def issue_forms(vocabularies: Mapping[str, Vocabulary], strings: Mapping[str, Localisation]) -> dict[str, str]:
    """The forms: path below the project's folder, and text. `strings` are those of each language by its code."""
    words = _Words(strings)
    return {f"{FOLDER}/{form.file}.yml": _form(form, vocabularies, words) for form in FORMS}


def _form(form: Form, vocabularies: Mapping[str, Vocabulary], words: _Words) -> str:
    body: list[dict[str, Any]] = []
    if form.key == "propose":
        body.append({"type": "markdown", "attributes": {"value": "\n\n".join(words.all("propose.intro")) + "\n"}})
    for field in form.fields:
        if isinstance(field, Input):
            key = f"{form.key}.fields.{field.key}"
            body.append(_field(field, field.kind, words.joined(f"{key}.label"), words.joined(f"{key}.hint")))
        else:
            body.append(_choice(field, vocabularies[field.vocabulary], words))
    data = {
        "name": words.joined(f"{form.key}.title"),
        "description": words.joined(f"{form.key}.description"),
        "labels": [form.label],
        "body": body,
    }
    return _NOTICE + yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=110)


def _choice(field: Choice, vocabulary: Vocabulary, words: _Words) -> dict[str, Any]:
    options = [f"{words.text(term.label)} ({term.id})" for term in vocabulary.terms if not term.heading]
    label = words.text(vocabulary.title if field.multiple else vocabulary.singular)
    hint = words.joined("several" if field.multiple else "one")
    return _field(field, "dropdown", label, hint, multiple=field.multiple, options=options)


def _field(field: Input | Choice, kind: str, label: str, hint: str, **attributes: Any) -> dict[str, Any]:
    return {
        "type": kind,
        "id": field.key,
        "attributes": {"label": label, "description": hint, **attributes},
        "validations": {"required": field.required},
    }
