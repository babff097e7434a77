"""Start a new record: asked field by field, or all from arguments. Exit status: 0 written, 1 not written, 2 usage."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from catalogue.languages import BY_CODE, CODES, DEFAULT, LANGUAGES
from catalogue.loader import load, vocabularies_of
from catalogue.model import Vocabulary
from catalogue.problems import did_you_mean, shown
from catalogue.reading.vocabularies import country_codes
from catalogue.reading.yaml_words import read_as
from catalogue.text import proposed_id
from commands import fix
from commands.terminal import ROOT, text_of

MODELINE = "# yaml-language-server: $schema=../schema/practice.schema.json\n"

MORE = """
# What makes the record fuller, when you know it (every field is explained under /contribute/fields/):
# period: {start: 2015}
# levels: [local]
# target_groups: [newcomers]
# context:
#   en: The problem that it answers.
# results:
#   - claim:
#       en: What came of it, worded as the claim of the source.
#     type: reach
#     value: 120
#     unit: {en: people advised}
#     method: count
#     by: operator
#     as_of: "2025"
# costs:
#   - {amount: 60000, currency: EUR, per: year, year: 2025}
# unknown:
#   en: What you looked for and did not find.
"""


class Questions:
    """Asks for what the arguments do not give; without a terminal a missing answer is an error."""

    def __init__(self, given: dict[str, Any], error: Callable[[str], Any]) -> None:
        """`given` are the arguments by name, `error` reports wrong use and does not return."""
        self._given, self._error = given, error

    def is_given(self, name: str) -> bool:
        """Whether an argument answers."""
        return self._given.get(name) is not None

    def _asked(self, name: str) -> bool:
        """Whether a person answers, who can be asked again."""
        return not self.is_given(name) and sys.stdin.isatty()

    def _refuse(self, name: str, message: str) -> None:
        """Say what is wrong with an answer; does not return where nobody can be asked again."""
        if not self._asked(name):
            self._error(f"{_option(name)}: {message}")
        print(f"  {message}")

    def text(self, name: str, question: str, *, required: bool = True, default: str = "") -> str:
        """A text; an empty answer takes the default."""
        if not self._asked(name):
            answer = str(self._given.get(name) or "").strip() or default
            if required and not answer:
                self._error(f"{_option(name)} is needed")
            return answer
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
        if self._asked(name):
            for term in vocabulary.terms:
                if not term.heading:
                    print(f"  {term.id:32} {' / '.join(term.label.values())}")
        return self.choices(name, question, list(vocabulary.usable()), default, at_most)

    def choices(
        self,
        name: str,
        question: str,
        allowed: list[str],
        default: str = "",
        at_most: int = 50,
        *,
        required: bool = True,
    ) -> list[str]:
        """Some of the allowed words, parted by commas; none at all only where they are not required."""
        while True:
            answer = self.text(name, question, default=default, required=required)
            words = [word.strip() for word in answer.split(",") if word.strip()]
            wrong = [word for word in words if word not in allowed]
            if wrong:
                self._refuse(name, f"'{wrong[0]}' is not one of them{did_you_mean(wrong[0], allowed)}")
            elif len(words) > at_most:
                self._refuse(name, f"too many, at most {at_most}")
            elif required and not words:
                self._refuse(name, "this one is needed")
            else:
                return words

    def year(self, name: str, question: str, default: int) -> int:
        """A year in four digits."""
        while True:
            answer = self.text(name, question, default=str(default))
            if re.fullmatch(r"[0-9]{4}", answer):
                return int(answer)
            self._refuse(name, f"'{answer}' is not a year in four digits")

    def id(self, name: str, question: str, default: str) -> str:
        """An id that can be a file name; who is asked hears at once that there is such a record already."""
        while True:
            answer = self.text(name, question, default=default)
            if len(answer) > 80 or not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", answer):
                allowed = "lower-case letters a to z, digits and single dashes only, at most 80 of them"
                self._refuse(name, f"{shown(answer)} may hold {allowed}")
            elif self._asked(name) and record_file(answer).exists():
                self._refuse(name, f"practices/{answer}.yml exists already")
            else:
                return answer


class _Dumper(yaml.SafeDumper):
    """Writes YAML in which words that some program would take for something else than text stand in quotes."""


def _represent_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"' if read_as(text) else None)


_Dumper.add_representer(str, _represent_text)


def _option(name: str) -> str:
    """The argument that gives an answer."""
    return f"--{name.replace('_', '-')}"


def record_file(id_: str) -> Path:
    """The file of the record with an id."""
    return ROOT / "practices" / f"{id_}.yml"


def ask(questions: Questions, vocabularies: dict[str, Vocabulary]) -> dict[str, Any]:
    """The smallest record that passes, from answers."""
    text, today = questions.text, date.today()
    name = {
        language.code: text(f"name_{language.code}", f"Name in {language.english_name}", required=False)
        for language in LANGUAGES
    }
    if not any(name.values()):
        name[DEFAULT.code] = text(f"name_{DEFAULT.code}", f"A name is needed, in {DEFAULT.english_name}")
    taken = {file.stem for file in (ROOT / "practices").glob("*.yml")}
    id_ = questions.id("id", "Id (file name)", default=proposed_id(next(filter(None, name.values())), taken))
    written = [language for language, value in name.items() if value]
    summary, approach, organisation = (dict.fromkeys(written, "") for _ in range(3))
    for language in written:
        told = BY_CODE[language].english_name
        summary[language] = text(f"summary_{language}", f"Summary in {told}, at most 300 characters")
        approach[language] = text(f"approach_{language}", f"What is done, by whom and how, in {told}")
    record: dict[str, Any] = {
        "id": id_,
        "name": {language: name[language] for language in written},
        "summary": summary,
        "kind": questions.term("kind", "Form", vocabularies["kinds"]),
        "status": questions.term("status", "Status", vocabularies["status"], default="unknown"),
        "described_as_of": questions.year("described_as_of", "Year of the description", default=today.year),
    }
    codes = country_codes(vocabularies["regions"])
    where = "Country codes, as PT or CA, MX (empty for a region)"
    if countries := questions.choices("countries", where, codes, required=False):
        record["countries"] = countries
    if not countries or questions.is_given("region"):
        record["region"] = questions.term("region", "Region", vocabularies["regions"])
    for language in written:
        organisation[language] = text(
            f"organisation_{language}", f"Organisation that leads, its name in {BY_CODE[language].english_name}"
        )
    record["organisations"] = [
        {
            "name": organisation,
            "type": questions.term("organisation_type", "What it is", vocabularies["actors"]),
            "roles": ["lead"],
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


def main() -> int:
    """Run the command; returns its exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    texts = [f"{field}-{code}" for field in ("name", "summary", "approach", "organisation") for code in CODES]
    others = (
        "id kind status described-as-of countries region organisation-type themes source-title source-language "
        "source-url"
    )
    for name in (*others.split(), *texts):
        parser.add_argument(f"--{name}")
    given = vars(parser.parse_args())
    vocabularies, problems = vocabularies_of(ROOT)
    if vocabularies is None:
        print(text_of(problems), file=sys.stderr)
        return 1
    try:
        record = ask(Questions(given, parser.error), vocabularies)
    except (EOFError, KeyboardInterrupt):
        print("\nnothing was written", file=sys.stderr)
        return 1
    file = record_file(record["id"])
    text = MODELINE + yaml.dump(record, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110) + MORE
    try:
        with file.open("xb") as out:
            out.write(fix.mended(text.encode()))
    except FileExistsError:
        print(f"practices/{file.name} exists already; nothing was written", file=sys.stderr)
        return 1
    print(f"wrote practices/{file.name}")
    found = [problem for problem in load(ROOT).problems if problem.path == f"practices/{file.name}"]
    if found:
        print(text_of(found))
    if not any(problem.is_error() for problem in found):
        print("It passes the check. Preview it with 'make serve'.")
    return 0
