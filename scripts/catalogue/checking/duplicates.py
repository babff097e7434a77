"""Records that are perhaps one practice, and ids that lead to one: importing this registers its rules."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import combinations
from urllib.parse import urlsplit

from catalogue.checking.rules import Known, RecordFile, catalogue_rule
from catalogue.problems import Severity, shown
from catalogue.reading.parsed import Path
from catalogue.text import RESERVED_ID, fold, name_key

MAX_SHARING = 3
"""An address that more records name than this is that of a programme or a collection, and says nothing of one."""

MAX_COMMON = 12
"""A word in the names of more records than this brings no two of them together."""

ALIKE = 0.6
ALIKE_IN_ONE_COUNTRY = 0.45
ALIKE_IN_ONE_PLACE = 0.35
ALIKE_WITH_ONE_SOURCE = 0.25
"""How alike two names have to be, from 0 to 1, for their practices to be called likely twins.

Rare words count more than usual ones. What else the two have in common lowers the measure.
"""

_SMALL_WORDS = frozenset(
    {"the", "and", "for", "from", "with", "les", "des", "pour", "aux", "une", "sur", "par", "dans"}
)  # fmt: skip

CatalogueFinding = tuple[RecordFile, Path, str]


@dataclass(frozen=True)
class _Practice:
    """What two records of one practice would have in common."""

    record: RecordFile
    names: Mapping[tuple[Path, str], str]
    countries: frozenset[str]
    places: frozenset[str]
    addresses: Mapping[str, Path]
    own: frozenset[str]
    related: frozenset[str]
    added: str


@catalogue_rule(Severity.WARNING)
def likely_twin(records: list[RecordFile], known: Known) -> Iterator[CatalogueFinding]:
    """No two records describe one practice: they differ in name and addresses, or name each other in `related`."""
    practices = _with_telling_addresses([_practice(record) for record in records])
    words = {practice.record.stem: _words_of_names(practice) for practice in practices}
    counts = Counter(word for named in words.values() for word in set().union(*named))
    weights = {word: math.log(1 + len(practices) / count) for word, count in counts.items()}
    for one, other in _candidates(practices, words, counts):
        if one.record.stem in other.related or other.record.stem in one.related:
            continue
        likeness = _likeness(words[one.record.stem], words[other.record.stem], weights)
        newer, older = sorted((one, other), key=lambda practice: (practice.added, practice.record.path), reverse=True)
        found = _reason(newer, older, likeness)
        if found:
            at, reason = found
            yield (
                newer.record,
                at,
                (
                    f"this is perhaps the practice of {older.record.path}: {reason}; make one record of the two, "
                    "or name the other one in 'related'"
                ),
            )


def _with_telling_addresses(practices: list[_Practice]) -> list[_Practice]:
    """The practices without addresses that many share."""
    counts = Counter(address for practice in practices for address in practice.addresses)
    return [
        replace(practice, addresses={a: at for a, at in practice.addresses.items() if counts[a] <= MAX_SHARING})
        for practice in practices
    ]


def _practice(record: RecordFile) -> _Practice:
    addresses: dict[str, Path] = {}
    own = set()
    for at, url in record.addresses:
        address = specific_address(url)
        if address:
            addresses.setdefault(address, at)
            if at[0] in ("website", "same_as"):
                own.add(address)
    others = {
        *(entry.get("id") for _, entry in record.entries("related")),
        *(entry.get("practice") for _, entry in record.entries("adaptations")),
    }
    added = record.data.get("added")
    return _Practice(
        record,
        names=dict(_names(record)),
        countries=frozenset(code for _, code in record.strings("countries")),
        places=frozenset(_places(record)),
        addresses=addresses,
        own=frozenset(own),
        related=frozenset(other for other in others if isinstance(other, str)),
        added=added if isinstance(added, str) else "",
    )


def _names(record: RecordFile) -> Iterator[tuple[tuple[Path, str], str]]:
    """Every name under which somebody may look for the practice, with its place and language where it has one."""
    for field in ("name", "local_names"):
        for language, name in record.mapping(field).items():
            if isinstance(name, str):
                yield ((field, language), language), name
    for at, name in record.strings("also_known_as"):
        yield (at, ""), name


def _places(record: RecordFile) -> Iterator[str]:
    for _, place in record.entries("places"):
        names = place.get("name")
        yield from (
            name_key(name) for name in (names if isinstance(names, dict) else {}).values() if isinstance(name, str)
        )


def specific_address(url: str) -> str | None:
    """An address without what does not tell pages apart, or None for a site's front page, which many may name."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return None
    path = parts.path.rstrip("/")
    if path in ("", "/en", "/fr", "/index.html", "/home") and not parts.query:
        return None
    query = "&".join(part for part in parts.query.split("&") if part and not part.startswith(("utm_", "fbclid")))
    return host.removeprefix("www.") + path + (f"?{query}" if query else "")


def _words_of_names(practice: _Practice) -> list[frozenset[str]]:
    names = (
        frozenset(word.rstrip("s") for word in re.findall(r"[^\W_]{3,}", fold(name)) if word not in _SMALL_WORDS)
        for name in practice.names.values()
    )
    return [words for words in names if words]


def _candidates(
    practices: Iterable[_Practice], words: Mapping[str, list[frozenset[str]]], counts: Mapping[str, int]
) -> list[tuple[_Practice, _Practice]]:
    """The pairs that share a specific address, a rare word of their names, or a whole name."""
    by_sign: dict[tuple[str, str], list[_Practice]] = defaultdict(list)
    for practice in practices:
        for address in practice.addresses:
            by_sign["address", address].append(practice)
        for name in {name_key(name) for name in practice.names.values()}:
            by_sign["name", name].append(practice)
        for word in frozenset().union(*words[practice.record.stem]):
            if counts[word] <= MAX_COMMON:
                by_sign["word", word].append(practice)
    most = {"address": MAX_SHARING, "name": MAX_COMMON, "word": MAX_COMMON}
    pairs = {
        (one.record.path, other.record.path): (one, other)
        for (kind, _), sharing in by_sign.items()
        if len(sharing) <= most[kind]
        for one, other in combinations(sharing, 2)
    }
    return [pairs[paths] for paths in sorted(pairs)]


def _likeness(one: list[frozenset[str]], other: list[frozenset[str]], weights: Mapping[str, float]) -> float:
    """How alike the two names are that are most alike: the share of what both have, by weight."""

    def weight(words: frozenset[str]) -> float:
        return sum(weights[word] for word in words)

    return max((weight(a & b) / weight(a | b) for a in one for b in other if a & b), default=0.0)


def _reason(newer: _Practice, older: _Practice, likeness: float) -> tuple[Path, str] | None:
    """Where in the newer record, and why, two records are likely twins; None where they are not."""
    shared = sorted(newer.addresses.keys() & older.addresses.keys())
    for address in shared:
        if address in newer.own or address in older.own:
            return newer.addresses[address], f"both have the address {shown(address)}"
    together = bool(newer.countries & older.countries)
    apart = bool(newer.countries and older.countries) and not together
    if not apart and (at := _same_name(newer, older)):
        return at, f"it goes by the name {shown(_name_at(newer, at))} there"
    if shared and not apart and likeness >= ALIKE_WITH_ONE_SOURCE:
        return newer.addresses[shared[0]], f"both have the source {shown(shared[0])} and names that are alike"
    needed = ALIKE_IN_ONE_PLACE if newer.places & older.places else ALIKE_IN_ONE_COUNTRY if together else ALIKE
    if likeness >= needed and not apart:
        return ("name",), "their names are alike"
    return None


def _same_name(newer: _Practice, older: _Practice) -> Path | None:
    """Where the newer record has a name of the older one, in another language or as another name.

    Two names in one language that are the same are the matter of another rule.
    """
    names = defaultdict(set)
    for (at, language), name in older.names.items():
        names[name_key(name)].add((at[0] == "name", language))
    for (at, language), name in newer.names.items():
        others = names.get(name_key(name), set())
        if others and not (at[0] == "name" and (True, language) in others):
            return at
    return None


def _name_at(practice: _Practice, at: Path) -> str:
    return next(name for (place, _), name in practice.names.items() if place == at)


@catalogue_rule()
def free_alias(records: list[RecordFile], known: Known) -> Iterator[CatalogueFinding]:
    """An earlier id of a record is no other record's id or earlier id, nor its own, and no address of a list's page."""
    ids = {record.stem for record in records}
    first: dict[str, RecordFile] = {}
    for record in records:
        for at, alias in record.strings("aliases"):
            other = first.setdefault(alias, record)
            if alias in (record.stem, record.data.get("id")):
                yield record, at, f"{shown(alias)} is the id of this record: only earlier ids stand here"
            elif alias in ids or alias in known.practices:
                yield record, at, f"{shown(alias)} is the id of another record: its address leads there"
            elif other is not record:
                yield record, at, f"{shown(alias)} is already an earlier id of {other.path}"
            elif RESERVED_ID.fullmatch(alias):
                yield record, at, f"{shown(alias)} is the address of a page of the list"
