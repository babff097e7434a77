"""Wording: what the editorial policy asks of texts, where a machine can tell; importing this registers its rules."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from urllib.parse import urlsplit

from babel import Locale

from catalogue.checking.rules import Finding, Known, RecordFile, record_rule
from catalogue.languages import BY_CODE, CODES, COMPLETE
from catalogue.problems import Severity, shown
from catalogue.reading.strict_yaml import Path

# Where a record quotes others, whose words are not ours to change.
_QUOTED = frozenset({"name", "also_known_as", "local_names", "locator", "unit", "of", "by"})

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


# The digits and separators that are written in Arabic, Persian and other texts.
_DIGITS = {code: str(unicodedata.digit(chr(code))) for code in range(0x80, 0x10000) if chr(code).isdecimal()}
_SEPARATORS = {ord("٬"): ",", ord("٫"): "."}


@cache
def _separators(language: str) -> tuple[str, str]:
    """What a language of the site puts between thousands and before decimals."""
    symbols = Locale.parse(BY_CODE[language].locale).number_symbols["latn"]
    return str(symbols["group"]), str(symbols["decimal"])


def numbers(text: str, language: str) -> list[str]:
    """The numbers of a text in digits, sorted, written alike whatever the language's digits and separators."""
    thousands, decimal = _separators(language)
    joined = _THOUSANDS.sub("", text if text.isascii() else text.translate(_DIGITS | _SEPARATORS))
    found = []
    for number in _NUMBER.findall(joined):
        plain = re.sub(rf"[{thousands}](?=\d{{3}}(?!\d))", "", number)
        found.append(plain.replace(decimal, ".").rstrip("."))
    return sorted(found)


@record_rule(Severity.WARNING)
def translation(record: RecordFile, known: Known) -> Iterator[Finding]:
    """Every text is there in all languages of the site."""
    for language in COMPLETE:
        missing = [at for at, text in record.texts if language not in text]
        if missing:
            more = f" and {len(missing) - 1} more" if len(missing) > 1 else ""
            yield (
                missing[0],
                f"{shown('.'.join(map(str, missing[0])))}{more} not yet in {BY_CODE[language].english_name}",
            )


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
    """A number in digits stands in all languages of a text or in none."""
    for at, text in record.texts:
        first, *others = [language for language in CODES if language in text] or [""]
        for other in others:
            one, two = numbers(text[first], first), numbers(text[other], other)
            if one != two:
                odd = sorted(set(one) ^ set(two)) or ["the same number more often"]
                named = f"{BY_CODE[first].english_name} and {BY_CODE[other].english_name}"
                yield at, f"{named} differ in numbers: {', '.join(odd)}"


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


# The fields whose text speaks of the practice; notes, locators and `unknown` speak of sources.
_BODY = frozenset(
    {
        "summary", "context", "approach", "steps", "needs", "costs", "staff", "results", "lessons", "adaptations",
        "transferability", "updates",
    }
)  # fmt: skip

_DOCUMENT_TALK: Mapping[str, re.Pattern[str]] = {
    "en": re.compile(
        r"\b(?:the|this|that|its)(?: [\w’-]+){0,2} (?:paper|reports?|handbook|dialogue|concept note|speakers?)\b"
        r"(?! (?:of the case|cards?))"
        r"|\b(?:pages?|document|articles?|source|website|text) (?:says?|said|names?|named|gives?|gave|does not|do not|"
        r"speaks?|tells?|told|adds?|mentions?|counts?)\b"
        r"|\baccording to (?:the|its|a|an) (?:[\w’-]+ ){0,3}(?:page|document|article|website|text)\b",
        re.IGNORECASE,
    ),
    "fr": re.compile(
        r"\b(?:le|ce|du|au) (?:[\w’-]+ ){0,1}(?:document|rapport|manuel|dialogue)(?! (?:d’identité|de voyage|social))\b"
        r"|\b(?:la page|l’article|le site|le texte|l’orateur|l’oratrice|l’intervenant) (?:ne |n’)?(?:dit|indique|cite|"
        r"nomme|donne|précise|ajoute|mentionne|compte|parle)\b"
        r"|\b(?:selon|d’après) (?:la|une|le|un|sa|son) (?:page|document|article|site|texte)\b",
        re.IGNORECASE,
    ),
}

_NOT_STATED: Mapping[str, re.Pattern[str]] = {
    "en": re.compile(
        r"\b(?:does|do|did) not (?:say|state|give|name|tell|specify|report)\b"
        r"|\b(?:is|are|was|were) not (?:stated|given|found|known|named|reported|specified)\b"
        r"|\bno (?:amount|figure|date|number|source) (?:is|was) (?:given|found|stated)\b",
        re.IGNORECASE,
    ),
    "fr": re.compile(
        r"\bne (?:dit|donne|précise|indique|nomme|cite)(?:nt)? (?:pas|ni|aucun)|\bn’(?:est|a|ont|sont)(?: pas| pu)? "
        r"(?:pas )?(?:été )?(?:indiqué|précisé|trouvé|connu|nommé)|\bnous n’avons pas (?:pu |trouvé)",
        re.IGNORECASE,
    ),
}

_COPYING_HOSTS = re.compile(
    r"(?:^|\.)(?:scribd\.com|slideplayer\.[a-z]+|slideshare\.net|pdfslide\.[a-z]+|vdocuments?\.[a-z]+|docslib\.org|"
    r"docplayer\.[a-z]+|dokumen\.[a-z]+|yumpu\.com|issuu\.com|studylib\.net|coursehero\.com|rssing\.com|"
    r"muslimparrot\.com|vdocs\.[a-z]+|silo\.tips)$"
)
"""Hosts that show copies of what others published."""

_STAGING_HOST = re.compile(r"(?:^|[.-])(?:sandbox|staging|stage|dev|test|preprod|uat)(?:[.-]|\d|$)|iomdev")
"""Hosts where a site is tried out before it is published."""

_SENTENCE_END = re.compile(r"(?<=[.!?…])[\s\u00a0\u202f]+(?=[«“\"(]?[A-ZÀ-Ý0-9])")

MAX_WORDS_A_SENTENCE = 25
"""How many words a sentence of a text has at most, on average."""


def body_texts(record: RecordFile) -> Iterator[tuple[Path, Mapping[str, str]]]:
    """The texts that speak of the practice, each with its path."""
    for at, text in record.texts:
        if at[0] in _BODY and not _QUOTED & set(at):
            yield at, text


def sentences(text: str) -> list[str]:
    """The sentences of a text, as far as full stops tell; an empty line ends one too."""
    return [found for part in text.split("\n\n") for found in _SENTENCE_END.split(" ".join(part.split())) if found]


def _said(record: RecordFile, patterns: Mapping[str, re.Pattern[str]], advice: str) -> Iterator[Finding]:
    for at, text in body_texts(record):
        for language, pattern in patterns.items():
            if found := pattern.search(_IN_QUOTES.sub("", text.get(language, ""))):
                yield (*at, language), f"{shown(found.group())}: {advice}"


@record_rule(Severity.WARNING)
def document_talk(record: RecordFile, known: Known) -> Iterator[Finding]:
    """Texts speak of the practice, not of the papers and pages that describe it; `sources` names those."""
    yield from _said(record, _DOCUMENT_TALK, "say what is done, and name the source in 'sources'")


@record_rule(Severity.WARNING)
def not_stated(record: RecordFile, known: Known) -> Iterator[Finding]:
    """What is not known stands in `unknown`, and nowhere else."""
    yield from _said(record, _NOT_STATED, "what was not found belongs in 'unknown'")


@record_rule(Severity.WARNING)
def copying_host(record: RecordFile, known: Known) -> Iterator[Finding]:
    """A source is cited at its own address, not on a copying or staging host, unless `copy: true` says so."""
    for key, source in record.mapping("sources").items():
        url = source.get("url") if isinstance(source, dict) else None
        if not isinstance(url, str) or source.get("copy") is True:
            continue
        host = urlsplit(url).hostname or ""
        if _COPYING_HOSTS.search(host) or _STAGING_HOST.search(host):
            advice = "cite the original address, or write 'copy: true' where only the copy was read"
            yield ("sources", key, "url"), f"{shown(host)} shows copies of what others published: {advice}"


@record_rule(Severity.WARNING)
def same_sentence(record: RecordFile, known: Known) -> Iterator[Finding]:
    """No sentence stands twice in a record."""
    seen: dict[tuple[str, str], Path] = {}
    for at, text in body_texts(record):
        for language, words in text.items():
            for sentence in sentences(words):
                if len(sentence.split()) < 5:
                    continue
                first = seen.setdefault((language, sentence.casefold()), at)
                if first != at:
                    place = ".".join(map(str, first))
                    yield (*at, language), f"{shown(sentence)} stands in {shown(place)} already: say it once"


@record_rule(Severity.WARNING)
def long_sentences(record: RecordFile, known: Known) -> Iterator[Finding]:
    """The sentences of a text have 25 words or fewer on average."""
    for at, text in body_texts(record):
        for language, words in text.items():
            found = sentences(words)
            average = len(words.split()) / max(1, len(found))
            if average > MAX_WORDS_A_SENTENCE:
                yield (*at, language), f"{average:.0f} words a sentence on average: cut sentences in two"
