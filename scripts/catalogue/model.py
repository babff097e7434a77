"""The values that everything else speaks of: practices, terms, documents, organisations and leads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from catalogue.languages import CODES

Text = Mapping[str, str]
"""A text in one or more languages: language code to plain text."""

LANGUAGES = CODES
"""The languages of the site; a record may hold more."""


@dataclass(frozen=True)
class Period:
    """The years in which a practice started and ended, as far as known."""

    start: int | None = None
    end: int | None = None


@dataclass(frozen=True)
class Place:
    """A town or province: latitude and longitude in degrees (north and east positive), inhabitants."""

    name: Text
    country: str
    lat: float
    lon: float
    population: int | None = None


@dataclass(frozen=True)
class Participant:
    """An organisation's part in a practice: an id of the register, or a name and actor type in place."""

    role: str
    org: str | None = None
    name: Text | None = None
    type: str | None = None


@dataclass(frozen=True)
class Engagement:
    """How far (`level`) civil society or migrants (`of`) have a part, after the IAP2 spectrum."""

    level: str
    of: str


@dataclass(frozen=True)
class TargetLink:
    """A link to a target of the Sustainable Development Goals, stated by a source or inferred."""

    target: str
    basis: str


@dataclass(frozen=True)
class ObjectiveLink:
    """A link to an objective (1 to 23) of the Global Compact for Migration, stated or inferred."""

    objective: int
    basis: str


@dataclass(frozen=True)
class Resources:
    """What a practice takes: an amount in a currency (ISO 4217), staff as a number of people."""

    source: str
    amount: int | float | None = None
    currency: str | None = None
    year: int | None = None
    staff: int | float | None = None
    note: Text | None = None


@dataclass(frozen=True)
class Result:
    """A claim about what came of a practice; `value` is out of `base` and counts `unit`."""

    claim: Text
    type: str
    evidence: str
    source: str
    value: int | float | None = None
    base: int | float | None = None
    unit: Text | None = None
    as_of: str | None = None


@dataclass(frozen=True)
class Lesson:
    """What helped, what stood in the way, or what critics say."""

    text: Text
    kind: str
    source: str


@dataclass(frozen=True)
class Update:
    """What a later source says."""

    year: int
    text: Text
    source: str


@dataclass(frozen=True)
class Source:
    """Where a claim comes from: a source document (`document`) or a reference given in the record."""

    document: str | None = None
    title: str | None = None
    publisher: str | None = None
    year: int | None = None
    language: str | None = None
    url: str | None = None
    accessed: str | None = None
    locator: Text | None = None


@dataclass(frozen=True)
class RelationLink:
    """A relation that a record states: this practice `relation` the practice `id`."""

    id: str
    relation: str


@dataclass(frozen=True)
class Verification:
    """When (ISO date) and how somebody last checked that the description holds."""

    on: str
    how: str


@dataclass(frozen=True)
class Practice:
    """One record of `practices/`; the fields are those of `schema/practice.schema.json`."""

    id: str
    name: Text
    summary: Text
    kind: str
    status: str
    described_as_of: int
    organisations: tuple[Participant, ...]
    themes: tuple[str, ...]
    approach: Text
    sources: Mapping[str, Source]
    acronym: str | None = None
    also_known_as: tuple[str, ...] = ()
    local_names: Text = field(default_factory=dict)
    status_note: Text | None = None
    period: Period = Period()
    levels: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    region: str | None = None
    groupings: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    stages: tuple[str, ...] = ()
    target_groups: tuple[str, ...] = ()
    access: str | None = None
    engagement: tuple[Engagement, ...] = ()
    sdg_targets: tuple[TargetLink, ...] = ()
    gcm_objectives: tuple[ObjectiveLink, ...] = ()
    selection_basis: str | None = None
    context: Text | None = None
    described_in: tuple[str, ...] = ()
    resources: Resources | None = None
    results: tuple[Result, ...] = ()
    lessons: tuple[Lesson, ...] = ()
    transferability: Text | None = None
    updates: tuple[Update, ...] = ()
    website: str | None = None
    same_as: tuple[str, ...] = ()
    related: tuple[RelationLink, ...] = ()
    added: str | None = None
    verified: Verification | None = None

    def description_sources(self) -> tuple[str, ...]:
        """The keys of the sources that summary, context and approach rest on."""
        return self.described_in or tuple(self.sources)[:1]


@dataclass(frozen=True)
class Term:
    """A word of a vocabulary, defined once; a `heading` groups others and stands in no record."""

    id: str
    label: Text
    definition: Text
    parent: str | None = None
    heading: bool = False
    code: str | None = None
    acronym: Text | None = None
    inverse: Text | None = None
    dimensions: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reference:
    """A publication that a vocabulary follows."""

    title: str
    url: str | None = None


@dataclass(frozen=True)
class Vocabulary:
    """An ordered list of terms; `name` is its file name and its address."""

    name: str
    title: Text
    singular: Text
    intro: Text
    terms: tuple[Term, ...]
    source: Reference | None = None

    def __getitem__(self, term_id: str) -> Term:
        """The term of that id; KeyError where there is none."""
        for term in self.terms:
            if term.id == term_id:
                return term
        raise KeyError(term_id)

    def usable(self) -> tuple[str, ...]:
        """The ids that a record may use, in order."""
        return tuple(term.id for term in self.terms if not term.heading)


@dataclass(frozen=True)
class Document:
    """A source document, as it describes itself."""

    id: str
    title: Text
    publisher: Text
    language: str
    note: Text
    year: int | None = None
    pages: int | None = None
    url: str | None = None
    symbol: str | None = None
    title_note: Text | None = None


@dataclass(frozen=True)
class Organisation:
    """An organisation that more than one record may name."""

    id: str
    name: Text
    type: str
    acronym: Text | None = None
    country: str | None = None
    url: str | None = None


@dataclass(frozen=True)
class Mention:
    """Where a document names something."""

    document: str
    locator: Text


@dataclass(frozen=True)
class Lead:
    """Something that a document names without enough to make a record of it."""

    id: str
    name: Text
    what: Text
    reason: str
    named_in: tuple[Mention, ...]
    countries: tuple[str, ...] = ()
    region: str | None = None
    themes: tuple[str, ...] = ()
    reason_note: Text | None = None


@dataclass(frozen=True)
class Pick:
    """A practice that answers a question, with a line why."""

    practice: str
    why: Text


@dataclass(frozen=True)
class Question:
    """A need in the words of those who have it, what the records show, and what is not known."""

    id: str
    question: Text
    answer: Text
    picks: tuple[Pick, ...]
    unknown: Text
    themes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Catalogue:
    """Everything that was read: each mapping goes from id to value, in the order of display."""

    practices: Mapping[str, Practice]
    vocabularies: Mapping[str, Vocabulary]
    documents: Mapping[str, Document]
    organisations: Mapping[str, Organisation]
    leads: Mapping[str, Lead]
    questions: Mapping[str, Question] = field(default_factory=dict)

    def actor_type(self, participant: Participant) -> str:
        """The actor type of a participant, from the register or from the record."""
        if participant.org is not None:
            return self.organisations[participant.org].type
        assert participant.type is not None  # the schema asks for a type beside a name
        return participant.type
