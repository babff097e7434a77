"""Start a new record: asked field by field, or all from arguments. Exit status: 0 written, 1 not written, 2 usage."""

from __future__ import annotations

import argparse
import re
import sys
import unicodedata
from collections.abc import Callable
from datetime import date
from typing import Any

import yaml

from catalogue.model import Vocabulary
from catalogue.problems import as_text, did_you_mean
from catalogue.store import load, vocabularies_of
from catalogue.vocabularies import country_codes
from command import ROOT

MODELINE = "# yaml-language-server: $schema=../schema/practice.schema.json\n"

MORE = """
# What makes the record fuller, when you know it (every field is explained under /contribute/fields/):
# period: {start: 2015}
# levels: [local]
# target_groups: [newcomers]
# context:
#   en: The problem that it answers.
# results:
#   - claim: {en: What came of it, worded as the claim of the source.}
#     type: reach
#     value: 120
#     unit: {en: people advised}
#     as_of: "2025"
#     evidence: reported
#     source: page
"""


def slug(name: str) -> str:
    """A name as an id: lower-case ASCII letters, digits and dashes, at most 80 characters."""
    decomposed = unicodedata.normalize("NFKD", name.casefold().replace("œ", "oe").replace("ß", "ss"))
    ascii_only = "".join(c for c in decomposed if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")[:80].rstrip("-")


class Questions:
    """Asks for what the arguments do not give; without a terminal a missing answer is an error."""

    def __init__(self, given: dict[str, Any], error: Callable[[str], Any]) -> None:
        """`given` are the arguments by name, `error` reports wrong use and does not return."""
        self._given, self._error = given, error

    def text(self, name: str, question: str, *, required: bool = True, default: str = "") -> str:
        """A text; an empty answer takes the default."""
        if self._given.get(name) is not None:
            return str(self._given[name]).strip()
        if not sys.stdin.isatty():
            if required and not default:
                self._error(f"--{name.replace('_', '-')} is needed")
            return default
        while True:
            hint = f" [{default}]" if default else ""
            answer = input(f"{question}{hint}: ").strip() or default
            if answer or not required:
                return answer
            print("  This one is needed.")

    def term(self, name: str, question: str, vocabulary: Vocabulary, default: str = "") -> str:
        """A term of a vocabulary; the choices are listed first."""
        return self.terms(name, question, vocabulary, default, at_most=1)[0]

    def terms(self, name: str, question: str, vocabulary: Vocabulary, default: str = "", at_most: int = 5) -> list[str]:
        """Terms of a vocabulary, parted by commas."""
        if self._given.get(name) is None and sys.stdin.isatty():
            for term in vocabulary.terms:
                if not term.heading:
                    print(f"  {term.id:32} {term.label['en']} / {term.label['fr']}")
        return self.choices(name, question, list(vocabulary.usable()), default, at_most)

    def choices(self, name: str, question: str, allowed: list[str], default: str = "", at_most: int = 50) -> list[str]:
        """Some of the allowed words, parted by commas."""
        while True:
            words = [word.strip() for word in self.text(name, question, default=default).split(",") if word.strip()]
            wrong = [word for word in words if word not in allowed]
            if not wrong and 0 < len(words) <= at_most:
                return words
            message = f"'{wrong[0]}' is not one of them{did_you_mean(wrong[0], allowed)}" if wrong else "too many"
            if self._given.get(name) is not None or not sys.stdin.isatty():
                self._error(f"--{name.replace('_', '-')}: {message}")
            print(f"  {message}")


def ask(questions: Questions, vocabularies: dict[str, Vocabulary]) -> dict[str, Any]:
    """The smallest record that passes, from answers."""
    text, today = questions.text, date.today()
    name = {
        language: text(f"name_{language}", f"Name in {_LANGUAGES[language]}", required=False)
        for language in ["en", "fr"]
    }
    if not any(name.values()):
        name["en"] = text("name_en", "A name is needed, in English")
    id_ = text("id", "Id (file name)", default=slug(name["en"] or name["fr"]))
    written = [language for language, value in name.items() if value]
    summary, approach = (dict.fromkeys(written, "") for _ in range(2))
    for language in written:
        told = _LANGUAGES[language]
        summary[language] = text(f"summary_{language}", f"Summary in {told}, at most 300 characters")
        approach[language] = text(f"approach_{language}", f"What is done, by whom and how, in {told}")
    record: dict[str, Any] = {
        "id": id_,
        "name": {language: name[language] for language in written},
        "summary": summary,
        "kind": questions.term("kind", "Form", vocabularies["kinds"]),
        "status": questions.term("status", "Status", vocabularies["status"], default="unknown"),
        "described_as_of": int(text("described_as_of", "Year of the description", default=str(today.year))),
    }
    codes = country_codes(vocabularies["regions"])
    where = text("countries", "Country codes, as PT or CA, MX (empty for a region)", required=False)
    if where:
        record["countries"] = Questions({"countries": where}, questions._error).choices("countries", "Countries", codes)
    else:
        record["region"] = questions.term("region", "Region", vocabularies["regions"])
    record["organisations"] = [
        {
            "name": {written[0]: text("organisation", "Organisation that leads")},
            "type": questions.term("organisation_type", "What it is", vocabularies["actors"]),
            "role": "lead",
        }
    ]
    record["themes"] = questions.terms(
        "themes", "Themes, at most five, the most important first", vocabularies["themes"]
    )
    record["approach"] = approach
    source = {
        "title": text("source_title", "Source: title"),
        "language": text("source_language", "Source: language", default=written[0]),
    }
    if url := text("source_url", "Source: address (may be empty)", required=False):
        source |= {"url": url, "accessed": today.isoformat()}
    record["sources"] = {"page": source}
    record["added"] = today.isoformat()
    record["verified"] = None
    return record


_LANGUAGES = {"en": "English", "fr": "French"}


def main() -> int:
    """Run the command; returns its exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    names = (
        "id name-en name-fr summary-en summary-fr approach-en approach-fr kind status described-as-of countries region "
        "organisation organisation-type themes source-title source-language source-url"
    )
    for name in names.split():
        parser.add_argument(f"--{name}")
    given = vars(parser.parse_args())
    vocabularies, problems = vocabularies_of(ROOT)
    if vocabularies is None:
        print(as_text(problems), file=sys.stderr)
        return 1
    try:
        record = ask(Questions(given, parser.error), vocabularies)
    except ValueError as error:
        parser.error(str(error))
    except (EOFError, KeyboardInterrupt):
        print("\nnothing was written", file=sys.stderr)
        return 1
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", record["id"]):
        parser.error(f"--id: '{record['id']}' may hold lower-case letters a to z, digits and single dashes only")
    file = ROOT / "practices" / f"{record['id']}.yml"
    text = yaml.safe_dump(record, allow_unicode=True, sort_keys=False, width=110)
    try:
        with file.open("x", encoding="utf-8") as out:
            out.write(MODELINE + text + MORE)
    except FileExistsError:
        print(f"practices/{file.name} exists already; nothing was written", file=sys.stderr)
        return 1
    print(f"wrote practices/{file.name}")
    found = [problem for problem in load(ROOT).problems if problem.path == f"practices/{file.name}"]
    if found:
        print(as_text(found))
    else:
        print("It passes all checks. Preview it with 'make serve'.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
