"""The indexes by which practices are found: for each practice its terms, for each term its practices."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain

from catalogue.fields import terms_of
from catalogue.languages import shown_text
from catalogue.model import Catalogue, Practice, Reference, Text, Vocabulary
from catalogue.reading.countries import country_names
from catalogue.reading.vocabularies import NAMES, country_codes
from catalogue.relating.evidence import evidence_levels
from catalogue.text import id_in_address, sort_key

WORLD = "world"

Membership = Mapping[str, tuple[str, ...]]
"""The entries that a practice stands under, by the name of the index."""


@dataclass(frozen=True)
class IndexEntry:
    """One page of an index: a term, a country, an organisation or a document, with its practices (ids, sorted)."""

    index: str
    id: str
    label: Text
    definition: Text | None = None
    parent: str | None = None
    heading: bool = False
    practices: tuple[str, ...] = ()

    @property
    def slug(self) -> str:
        """The last part of the address."""
        return id_in_address(self.id)

    @property
    def path(self) -> str:
        """The address below the root of the language, with a slash at the end."""
        return f"{self.index}/{self.slug}/"


@dataclass(frozen=True)
class Index:
    """An index with its entries in the order of display; titles are None where the site's strings have them."""

    name: str
    entries: Mapping[str, IndexEntry]
    title: Text | None = None
    singular: Text | None = None
    intro: Text | None = None
    source: Reference | None = None

    def children(self, parent: str | None) -> list[IndexEntry]:
        """The entries directly under a parent, or those under none."""
        return [entry for entry in self.entries.values() if entry.parent == parent]


def _unique(items: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(items))


class Ancestry:
    """Which terms a term stands under, in one vocabulary; the world is above everything and counts for nothing."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        """Looks parents up once."""
        self._parents = {term.id: term.parent for term in vocabulary.terms}

    def line(self, term: str) -> Iterator[str]:
        """The term itself and all that is above it."""
        current: str | None = term
        while current is not None and (current != WORLD or term == WORLD):
            yield current
            current = self._parents[current]


class Indexer:
    """Tells under which entries a practice stands."""

    def __init__(self, catalogue: Catalogue) -> None:
        """Prepares the look-ups that all practices share."""
        self._catalogue = catalogue
        vocabularies = catalogue.vocabularies
        self._dimensions = {term.id: term.dimensions for term in vocabularies["themes"].terms}
        self._ancestry = {name: Ancestry(vocabularies[name]) for name in ("sdgs", "regions", "groups")}
        self._region_of = {code: term.id for term in vocabularies["regions"].terms for code in term.countries}

    def _with_ancestors(self, name: str, terms: Iterable[str]) -> tuple[str, ...]:
        return _unique(above for term in terms for above in self._ancestry[name].line(term))

    def membership(self, practice: Practice) -> Membership:
        """The entries of a practice, by index: those that its fields name, and those that follow from them."""
        named: dict[str, list[str]] = {name: [] for name in NAMES}
        named |= {"countries": [], "organisations": [], "documents": []}
        for name, term in terms_of(practice):
            named[name].append(str(term))
        for participant in practice.organisations:
            named["actors"].append(self._catalogue.actor_type(participant))
            if participant.org:
                named["organisations"].append(participant.org)
        named["organisations"] += [cost.by for cost in practice.costs if isinstance(cost.by, str)]
        named["documents"] += [found.document for found in practice.found_in]
        named["documents"] += [source.document for source in practice.sources.values() if source.document]
        named["regions"] = [self._region_of[code] for code in practice.countries] + named["regions"]
        named["dimensions"] = [d for theme in practice.themes for d in self._dimensions[theme]]
        named["evidence"] = list(evidence_levels(practice))
        return {
            name: self._with_ancestors(name, terms) if name in self._ancestry else _unique(terms)
            for name, terms in named.items()
        }


def memberships(catalogue: Catalogue) -> dict[str, Membership]:
    """The membership of every practice, by id."""
    indexer = Indexer(catalogue)
    return {practice.id: indexer.membership(practice) for practice in catalogue.practices.values()}


def build(catalogue: Catalogue, members: Mapping[str, Membership]) -> dict[str, Index]:
    """All indexes by name, each entry with its practices; an entry without any stays."""
    found: dict[tuple[str, str], list[str]] = {}
    for practice, membership in members.items():
        for name, entries in membership.items():
            for entry in entries:
                found.setdefault((name, entry), []).append(practice)
    indexes = {name: _of_vocabulary(catalogue.vocabularies[name]) for name in NAMES}
    indexes["countries"] = _countries(catalogue)
    indexes["organisations"] = _organisations(catalogue)
    indexes["documents"] = _documents(catalogue)
    return {name: _with_practices(index, found) for name, index in indexes.items()}


def _with_practices(index: Index, found: Mapping[tuple[str, str], list[str]]) -> Index:
    entries = {
        entry.id: replace(entry, practices=tuple(sorted(found.get((index.name, entry.id), ()))))
        for entry in index.entries.values()
    }
    return replace(index, entries=entries)


def _of_vocabulary(vocabulary: Vocabulary) -> Index:
    entries = {
        term.id: IndexEntry(vocabulary.name, term.id, term.label, term.definition, term.parent, term.heading)
        for term in vocabulary.terms
    }
    name, title, singular = vocabulary.name, vocabulary.title, vocabulary.singular
    return Index(name, entries, title, singular, vocabulary.intro, vocabulary.source)


def _countries(catalogue: Catalogue) -> Index:
    regions = catalogue.vocabularies["regions"]
    region_of = {code: term.id for term in regions.terms for code in term.countries}
    entries = {
        code: IndexEntry("countries", code, country_names(code), parent=region_of[code])
        for code in country_codes(regions)
    }
    return Index("countries", entries)


def _organisations(catalogue: Catalogue) -> Index:
    ordered = sorted(catalogue.organisations.values(), key=lambda org: sort_key(shown_text(org.name)))
    return Index("organisations", {org.id: IndexEntry("organisations", org.id, org.name) for org in ordered})


def _documents(catalogue: Catalogue) -> Index:
    entries = {d.id: IndexEntry("documents", d.id, d.title, d.note) for d in catalogue.documents.values()}
    return Index("documents", entries)


def co_occurring(
    entry: IndexEntry, members: Mapping[str, Membership], name: str, limit: int = 8, without: Iterable[str] = ()
) -> list[tuple[str, int]]:
    """The entries of the index `name` that the practices of `entry` stand under most often, with their counts.

    `without` are entries that say nothing beside the others: headings, which come with every term below them.
    """
    counts = Counter(chain.from_iterable(members[practice][name] for practice in entry.practices))
    for left_out in (*without, *((entry.id,) if entry.index == name else ())):
        del counts[left_out]
    # Equal counts stand in the order of ids, so that the page is the same at every build.
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:limit]
