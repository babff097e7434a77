"""Wording: what the editorial policy asks of texts, where a machine can tell; importing this registers its rules."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from catalogue.checking.rules import Finding, Known, RecordFile, record_rule
from catalogue.model import LANGUAGES
from catalogue.problems import Severity, shown

# Where a record quotes others, whose words are not ours to change.
_QUOTED = frozenset({"name", "also_known_as", "local_names", "locator", "unit"})

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_THOUSANDS = re.compile(r"(?<=\d)[ \u00a0\u202f](?=\d{3}(?!\d))")

# In French a no-break space stands before these marks and inside guillemets; a colon may follow a digit (10:30) or
# belong to an address.
_FRENCH_FAULTS = (
    (re.compile(r"'"), "a straight apostrophe: write ’"),
    (re.compile(r'"'), "straight quotation marks: write « and »"),
    (re.compile(r"(?<![\u00a0\u202f!?…])[;!?](?=\s|$)"), "no no-break space before ; ! or ?"),
    (re.compile(r"(?<![\u00a0\u202f\d]):(?=\s|$)"), "no no-break space before :"),
    (re.compile(r"«(?![\u00a0\u202f])|(?<![\u00a0\u202f])»"), "no no-break space inside « »"),
    (re.compile(r"\d %"), "an ordinary space before %: make it a no-break space"),
    (re.compile(r"\d%"), "no space before %: put a no-break space"),
)

# What each fault above begins or ends with: most texts have none of these, and are not looked at seven times.
_FRENCH_MARKS = re.compile(r"""['":;!?«»%]""")

_PRAISE: Mapping[str, re.Pattern[str]] = {
    "en": re.compile(
        r"\b(the very best|the best(?! interests?)(?! practices?)|excellent|outstanding|exemplary|remarkable|unique|"
        r"ground-?breaking|world-class|cutting-edge|revolutionary|unprecedented|inspiring|highly successful|"
        r"game-changing)\b",
        re.IGNORECASE,
    ),
    "fr": re.compile(
        r"\b(excellente?s?|remarquables?|unique en son genre|hors du commun|révolutionnaires?|"
        r"sans précédent|inspirante?s?|exceptionnel(?:le)?s?|formidables?)\b",
        re.IGNORECASE,
    ),
}

_HONORIFIC = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Prof|Sir)\.? (?=[A-ZÀ-Ý])|\b(?:M\.|MM\.|Mme|Mlle|Mmes|Pr) (?=[A-ZÀ-Ý])")

_IN_QUOTES = re.compile(r"“[^”]*”|«[^»]*»|‘[^’]*’")


def numbers(text: str, language: str) -> list[str]:
    """The numbers of a text in digits, sorted, written alike whatever the language's separators."""
    joined = _THOUSANDS.sub("", text)
    found = []
    for number in _NUMBER.findall(joined):
        thousands, decimal = (".", ",") if language == "fr" else (",", ".")
        plain = re.sub(rf"\{thousands}(?=\d{{3}}(?!\d))", "", number) if language != "fr" else number
        found.append(plain.replace(decimal, ".").rstrip("."))
    return sorted(found)


@record_rule(Severity.WARNING)
def translation(record: RecordFile, known: Known) -> Iterator[Finding]:
    """Every text is there in both languages of the site."""
    for language in LANGUAGES:
        missing = [at for at, text in record.texts if language not in text]
        if missing:
            name = {"en": "English", "fr": "French"}[language]
            more = f" and {len(missing) - 1} more" if len(missing) > 1 else ""
            yield missing[0], f"{shown('.'.join(map(str, missing[0])))}{more} not yet in {name}"


@record_rule(Severity.WARNING)
def french_typography(record: RecordFile, known: Known) -> Iterator[Finding]:
    """French texts follow French typography: ’ and « », no-break spaces before : ; ! ? and %."""
    for at, text in record.texts:
        if not _FRENCH_MARKS.search(text.get("fr", "")):
            continue
        for pattern, fault in _FRENCH_FAULTS:
            if found := pattern.search(text["fr"]):
                near = text["fr"][max(0, found.start() - 15) : found.end() + 10]
                yield (*at, "fr"), f"{fault} (near {shown(near)})"


@record_rule(Severity.WARNING)
def same_numbers(record: RecordFile, known: Known) -> Iterator[Finding]:
    """A number in digits stands in both languages of a text or in neither."""
    for at, text in record.texts:
        if text.keys() >= set(LANGUAGES):
            english, french = (numbers(text[language], language) for language in LANGUAGES)
            if english != french:
                odd = sorted(set(english) ^ set(french)) or ["the same number more often"]
                yield at, f"the two languages differ in numbers: {', '.join(odd)}"


@record_rule(Severity.WARNING)
def percentage_with_base(record: RecordFile, known: Known) -> Iterator[Finding]:
    """A percentage that is monitored says what it is of: by its definition that level has a base."""
    for at, result in record.entries("results"):
        claim = result.get("claim")
        has_percentage = isinstance(claim, dict) and any("%" in str(text) for text in claim.values())
        if has_percentage and "base" not in result and result.get("evidence") == "monitored":
            yield (*at, "evidence"), "say in 'base' what the percentage is of, or set the evidence to reported"


@record_rule(Severity.WARNING)
def praise(record: RecordFile, known: Known) -> Iterator[Finding]:
    """Texts describe and do not praise; a source's own praise stands in quotation marks."""
    for at, text in record.texts:
        if not _QUOTED & set(at):
            for language, words in _PRAISE.items():
                if found := words.search(_IN_QUOTES.sub("", text.get(language, ""))):
                    advice = "say what is done, or put the source's word in quotation marks"
                    yield (*at, language), f"{shown(found.group())} praises: {advice}"


@record_rule()
def no_individuals(record: RecordFile, known: Known) -> Iterator[Finding]:
    """No individual is named; a speaker is named by the organisation."""
    for at, text in record.texts:
        for language, words in text.items():
            if found := _HONORIFIC.search(words):
                title = shown(found.group().strip())
                yield (*at, language), f"{title} introduces a person's name: name the organisation instead"
