"""The values that everything else speaks of: practices, terms, documents, organisations and leads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from catalogue.languages import CODES

Text = Mapping[str, str]
"""A text in one or more languages: language code to plain text."""

Names = Mapping[str, str]
"""Names in the languages of a place: what it is called there, not a text to translate."""

LANGUAGES = CODES
"""The languages of the site; a record may hold more."""


Sources = tuple[str, ...]
"""Keys of the record's sources. After reading, each paragraph and claim of a record with one source names it."""

YearOrMonth = int | str
"""A year (2014) or a year and month ("2014-11")."""


@dataclass(frozen=True)
class Period:
    """When a practice started and ended, as far as known."""

    start: YearOrMonth | None = None
    end: YearOrMonth | None = None
    sources: Sources = ()


@dataclass(frozen=True)
class Phase:
    """A named part of the period: a pilot, a relaunch."""

    name: Text
    start: YearOrMonth
    end: YearOrMonth | None = None
    sources: Sources = ()


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

    roles: tuple[str, ...]
    org: str | None = None
    name: Text | None = None
    type: str | None = None
    sources: Sources = ()


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
class Paragraph:
    """A paragraph with the sources that it rests on."""

    text: Text
    sources: Sources = ()


Note = Paragraph
"""A text with its sources, where it is no paragraph of the description."""


@dataclass(frozen=True)
class Step:
    """What a reader who would do the same does, and when; `basis` is `done` or `advised`."""

    text: Text
    basis: str
    when: Text | None = None
    sources: Sources = ()


@dataclass(frozen=True)
class Need:
    """What must be there before."""

    need: str
    text: Text
    sources: Sources = ()


@dataclass(frozen=True)
class Cost:
    """What it costs: an amount in a currency (ISO 4217) `per` something, or words alone.

    `months` is the span that an amount in all covers; `by` is the id or the name of who pays.
    """

    amount: int | float | None = None
    currency: str | None = None
    year: int | None = None
    per: str | None = None
    months: int | None = None
    by: str | Text | None = None
    text: Text | None = None
    sources: Sources = ()

    def a_year(self) -> float | None:
        """The amount for twelve months, where it is an amount in all with a span."""
        if self.amount is None or self.months is None or self.per != "total":
            return None
        return self.amount * 12 / self.months


@dataclass(frozen=True)
class Staff:
    """The people who work on it, as full posts."""

    count: int | float | None = None
    text: Text | None = None
    sources: Sources = ()


@dataclass(frozen=True)
class Interval:
    """A confidence interval; `level` in per cent."""

    low: int | float
    high: int | float
    level: int | float | None = None


@dataclass(frozen=True)
class Span:
    """The lowest and the highest figure."""

    low: int | float
    high: int | float


@dataclass(frozen=True)
class Group:
    """The figure of a result for one group of people or places."""

    label: Text
    value: int | float


@dataclass(frozen=True)
class Result:
    """A claim about what came of a practice.

    The figure is either `value`, followed by `unit`, or `share` in per cent, followed by `of`. `base` is the whole,
    `n` the number of people or cases studied, `compared_with` the same figure without the practice.
    """

    claim: Text
    type: str
    value: int | float | None = None
    unit: Text | None = None
    share: int | float | None = None
    of: Text | None = None
    base: int | float | None = None
    n: int | None = None
    compared_with: int | float | None = None
    confidence: Interval | None = None
    range: Span | None = None
    breakdown: tuple[Group, ...] = ()
    covers: Text | None = None
    method: str = "statement"
    by: str = "unknown"
    direction: str | None = None
    outcome: tuple[str, ...] = ()
    as_of: str | None = None
    sources: Sources = ()


@dataclass(frozen=True)
class Lesson:
    """What helped, what stood in the way, what did harm, or what critics say."""

    text: Text
    kind: str
    sources: Sources = ()


@dataclass(frozen=True)
class Adaptation:
    """Where a practice was copied; `practice` is the id of the copy's own record."""

    place: Text
    text: Text
    countries: tuple[str, ...] = ()
    year: int | None = None
    practice: str | None = None
    sources: Sources = ()


@dataclass(frozen=True)
class Material:
    """A text that one can copy; `language` is a language code."""

    title: str
    url: str
    language: str
    what: str


@dataclass(frozen=True)
class Update:
    """A change of substance after the description."""

    year: int
    text: Text
    sources: Sources = ()


@dataclass(frozen=True)
class Change:
    """A change of the record, on an ISO date."""

    day: str
    note: Text


@dataclass(frozen=True)
class Finding:
    """A source document in which the practice was found."""

    document: str
    locator: Text | None = None


@dataclass(frozen=True)
class Source:
    """Where a claim comes from: a source document (`document`) or a reference given in the record.

    `archived` is the address of an archived copy; `read` is `part` where only a part was read; `copy` says that it was
    read on a copying host.
    """

    document: str | None = None
    title: str | None = None
    publisher: str | None = None
    year: int | None = None
    language: str | None = None
    url: str | None = None
    accessed: str | None = None
    archived: str | None = None
    locator: Text | None = None
    pages: str | None = None
    read: str | None = None
    copy: bool = False


@dataclass(frozen=True)
class RelationLink:
    """A relation that a record states: this practice `relation` the practice `id`."""

    id: str
    relation: str


@dataclass(frozen=True)
class Verification:
    """When (ISO date) and how somebody last checked that the description holds."""

    day: str
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
    approach: tuple[Paragraph, ...]
    sources: Mapping[str, Source]
    aliases: tuple[str, ...] = ()
    acronym: str | None = None
    also_known_as: tuple[str, ...] = ()
    local_names: Names = field(default_factory=dict)
    status_note: Note | None = None
    period: Period = Period()
    phases: tuple[Phase, ...] = ()
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
    found_in: tuple[Finding, ...] = ()
    context: tuple[Paragraph, ...] = ()
    steps: tuple[Step, ...] = ()
    needs: tuple[Need, ...] = ()
    costs: tuple[Cost, ...] = ()
    staff: Staff | None = None
    results: tuple[Result, ...] = ()
    lessons: tuple[Lesson, ...] = ()
    adaptations: tuple[Adaptation, ...] = ()
    materials: tuple[Material, ...] = ()
    transferability: tuple[Paragraph, ...] = ()
    unknown: Text | None = None
    updates: tuple[Update, ...] = ()
    website: str | None = None
    same_as: tuple[str, ...] = ()
    related: tuple[RelationLink, ...] = ()
    added: str | None = None
    changes: tuple[Change, ...] = ()
    verified: Verification | None = None

    def names_country(self, code: str) -> bool:
        """Whether the record names a country anywhere: where it works, where people come from, where it was copied."""
        places = tuple(place.country for place in self.places)
        copies = tuple(country for copy in self.adaptations for country in copy.countries)
        return code in self.countries + self.origins + places + copies


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
