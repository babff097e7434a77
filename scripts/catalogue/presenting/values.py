"""What a field says, in pieces: the one place where figures, periods, costs and organisations are put into words.

The practice page, the comparison, the search and the exports all read the same pieces, so that they cannot differ.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from catalogue.fields import BY_NAME, Field, Kind, items
from catalogue.model import (
    Cost,
    Participant,
    Period,
    Phase,
    Place,
    Practice,
    Result,
    Source,
    Staff,
    Text,
    YearOrMonth,
)  # fmt: skip
from catalogue.presenting.context import PageContext
from catalogue.relating.evidence import best_first, evidence_of


@dataclass(frozen=True)
class Figure:
    """A number in the words of the page.

    A count stands before what it is out of and its unit ("214 out of 260 quarrels settled"). The base of a percentage
    stands behind the words that follow the sign ("40% of those asked, out of 50"), in `compared`, where the figure
    without the practice stands too.
    """

    value: str
    base: str = ""
    unit: Text | None = None
    compared: str = ""


Detail = str | Text | tuple[str, str]
"""Words of the page, a text of the record, or the index and id of a page to lead to."""


@dataclass(frozen=True)
class Piece:
    """A part of what a field says.

    `text` is the text itself, empty where a figure says all. `label` says what sort of thing it is, and `term` is the
    index and id of that sort, where it has a page. `kind` is the id of the sort, for the look. `link` is the index and
    id of the page that the text names; `url` an address elsewhere. `details` stand behind the text: words of the page,
    texts of the record, or an index and id to lead to. `sources` are keys of the record's sources.
    """

    text: Text
    label: str = ""
    term: tuple[str, str] | None = None
    kind: str = ""
    figure: Figure | None = None
    details: tuple[Detail, ...] = ()
    sources: tuple[str, ...] = ()
    link: tuple[str, str] | None = None
    url: str = ""


Formatter = Callable[[PageContext, Practice], list[Piece]]
"""Makes the pieces of a row."""


def pieces(ctx: PageContext, practice: Practice, row: str) -> list[Piece]:
    """What a row of the facts, sections or comparison says of a practice; empty where nothing is known."""
    if row in _ROWS:
        return _ROWS[row](ctx, practice)
    return _of_field(ctx, practice, BY_NAME[row])


def _of_field(ctx: PageContext, practice: Practice, field: Field) -> list[Piece]:
    """The pieces of a field that needs no words of its own."""
    value = getattr(practice, field.name)
    if field.kind is Kind.TEXT:
        return [Piece(value)] if value else []
    if field.kind is Kind.PARAGRAPHS:
        return [Piece(paragraph.text, sources=paragraph.sources) for paragraph in value]
    if field.kind is Kind.TERMS:
        return [_term(ctx, field.terms[""], term) for term in items(value)]
    assert field.kind is Kind.VALUE, f"{field.name} needs a function here"
    return [_plain(ctx, str(item)) for item in items(value)]


def _plain(ctx: PageContext, text: str, **more: Any) -> Piece:
    """A piece of words that are the page's own, in its language."""
    return Piece({ctx.language: text}, **more)


def _term(ctx: PageContext, index: str, term: object, **more: Any) -> Piece:
    """A piece that names a term, country, organisation or document and leads to its page."""
    return _plain(ctx, ctx.label(index, term), link=(index, str(term)), **more)


def _where(ctx: PageContext, practice: Practice) -> list[Piece]:
    found = [_term(ctx, "countries", code) for code in practice.countries]
    if not found and practice.region:
        found = [_term(ctx, "regions", practice.region)]
    return found + [_place(ctx, place) for place in practice.places]


def _place(ctx: PageContext, place: Place) -> Piece:
    inhabitants = (ctx.t("values.inhabitants", n=place.population),) if place.population else ()
    return Piece(place.name, details=inhabitants, kind="place")


def _region(ctx: PageContext, practice: Practice) -> list[Piece]:
    """The region, where it stands beside countries; alone it is where the practice works."""
    return [_term(ctx, "regions", practice.region)] if practice.countries and practice.region else []


def _origins(ctx: PageContext, practice: Practice) -> list[Piece]:
    return [_term(ctx, "countries", code) for code in practice.origins]


def _status(ctx: PageContext, practice: Practice) -> list[Piece]:
    found = [_term(ctx, "status", practice.status)]
    if note := practice.status_note:
        found.append(Piece(note.text, sources=note.sources, kind="note"))
    return found


def span(ctx: PageContext, start: YearOrMonth | None, end: YearOrMonth | None) -> str:
    """When something started and ended, in words; empty where neither is known."""
    first, last = (ctx.local.day(str(value)) if value is not None else "" for value in (start, end))
    if first and last:
        return ctx.t("values.from_to", start=first, end=last)
    if first:
        return ctx.t("values.since", start=first)
    return ctx.t("values.until", end=last) if last else ""


def _period(ctx: PageContext, practice: Practice) -> list[Piece]:
    period: Period = practice.period
    words = span(ctx, period.start, period.end)
    return [_plain(ctx, words, sources=period.sources)] if words else []


def _phases(ctx: PageContext, practice: Practice) -> list[Piece]:
    def piece(phase: Phase) -> Piece:
        return Piece(phase.name, details=(span(ctx, phase.start, phase.end),), sources=phase.sources)

    return [piece(phase) for phase in practice.phases]


def _verified(ctx: PageContext, practice: Practice) -> list[Piece]:
    verified = practice.verified
    if not verified:
        return [_plain(ctx, ctx.t("values.verified_never"))]
    how = ctx.label("verification", verified.how)
    return [_plain(ctx, ctx.t("values.verified_on", day=ctx.local.day(verified.day), how=how))]


def _organisations(ctx: PageContext, participants: Iterable[Participant], *, with_roles: bool) -> list[Piece]:
    found = []
    for participant in participants:
        details: list[Detail] = [("actors", ctx.atlas.catalogue.actor_type(participant))]
        if with_roles:
            first, *others = (ctx.label("roles", role) for role in participant.roles)
            details.insert(0, ctx.local.listed([first, *map(inside, others)]))
        if participant.org:
            piece = _term(ctx, "organisations", participant.org, details=tuple(details), sources=participant.sources)
        else:
            piece = Piece(participant.name or {}, details=tuple(details), sources=participant.sources)
        found.append(piece)
    return found


def _leads(ctx: PageContext, practice: Practice) -> list[Piece]:
    """Those who lead; what else they do stands behind their names."""
    found: list[Piece] = []
    for participant in practice.organisations:
        if "lead" in participant.roles:
            found += _organisations(ctx, [participant], with_roles=len(participant.roles) > 1)
    return found


def _partners(ctx: PageContext, practice: Practice) -> list[Piece]:
    others = (p for p in practice.organisations if "lead" not in p.roles)
    return _organisations(ctx, others, with_roles=True)


def _engagement(ctx: PageContext, practice: Practice) -> list[Piece]:
    return [
        _term(ctx, "engagement", e.level, details=(ctx.label("engaged-parties", e.of),)) for e in practice.engagement
    ]


def _steps(ctx: PageContext, practice: Practice) -> list[Piece]:
    def piece(number: int, step: Any) -> Piece:
        details = [step.when] if step.when else []
        details.append(ctx.label("step-bases", step.basis))
        return Piece(step.text, label=str(number), details=tuple(details), sources=step.sources, kind=step.basis)

    return [piece(number, step) for number, step in enumerate(practice.steps, start=1)]


def _labelled(field: str, attribute: str, vocabulary: str) -> Formatter:
    """A formatter for items that have a text, a sort and sources."""

    def formatter(ctx: PageContext, practice: Practice) -> list[Piece]:
        found = []
        for item in getattr(practice, field):
            sort = getattr(item, attribute)
            label, term = ctx.label(vocabulary, sort), (vocabulary, sort)
            found.append(Piece(item.text, label=label, term=term, kind=sort, sources=item.sources))
        return found

    return formatter


def money(ctx: PageContext, amount: float, currency: str) -> str:
    """An amount of money: the number and the code of its currency."""
    return ctx.t("values.amount", amount=ctx.local.number(amount), currency=currency)


def cost_figure(ctx: PageContext, cost: Cost) -> str:
    """A cost in words, always with what it is for; empty where there is no amount."""
    if cost.amount is None or cost.currency is None or cost.per is None:
        return ""
    words = ctx.t(f"values.per.{cost.per}", amount=money(ctx, cost.amount, cost.currency))
    if cost.months:
        words = ctx.t("values.over_months", amount=words, n=cost.months)
    return words


def _costs(ctx: PageContext, practice: Practice) -> list[Piece]:
    found = []
    for cost in practice.costs:
        details: list[Detail] = [str(cost.year)] if cost.year else []
        a_year = cost.a_year()
        if a_year is not None and cost.currency:
            amount = money(ctx, float(f"{a_year:.3g}"), cost.currency)
            details.append(ctx.t("values.about_a_year", amount=amount))
        if cost.by:
            payer = ctx.label("organisations", cost.by) if isinstance(cost.by, str) else ctx.plain(cost.by)
            details.append(ctx.t("values.paid_by", who=payer))
        words = cost_figure(ctx, cost)
        found.append(
            Piece(
                cost.text or {},
                figure=Figure(words) if words else None,
                details=tuple(details),
                sources=cost.sources,
                kind=cost.per or "",
            )
        )
    return found


def _staff(ctx: PageContext, practice: Practice) -> list[Piece]:
    staff: Staff | None = practice.staff
    if staff is None:
        return []
    figure = Figure(ctx.t("values.staff", n=staff.count)) if staff.count is not None else None
    return [Piece(staff.text or {}, figure=figure, sources=staff.sources)]


def inside(label: str) -> str:
    """A label as it stands inside a sentence: without its capital, unless it is an acronym."""
    return label[:1].lower() + label[1:] if label[1:2].islower() else label


def detail_words(ctx: PageContext, detail: Detail) -> str:
    """A detail in the words of the page, where nothing can be linked."""
    if isinstance(detail, str):
        return detail
    return ctx.label(*detail) if isinstance(detail, tuple) else ctx.plain(detail)


def result_figure(ctx: PageContext, result: Result) -> Figure | None:
    """The figure of a result; None where it has none."""
    number = ctx.local.number
    if result.share is not None:
        value, unit = ctx.t("values.per_cent", n=result.share), result.of
    elif result.value is not None:
        value, unit = number(result.value), result.unit
    else:
        return None
    as_share = result.share is not None
    compared = ""
    if result.compared_with is not None:
        other = ctx.t("values.per_cent", n=result.compared_with) if as_share else number(result.compared_with)
        before = result.method == "before-after"
        compared = ctx.t("values.compared_before" if before else "values.compared_with", figure=other)
    base = ctx.t("values.out_of", base=number(result.base)) if result.base is not None else ""
    if as_share:
        return Figure(value, "", unit, ", ".join(part for part in (base, compared) if part))
    return Figure(value, base, unit, compared)


def _result(ctx: PageContext, result: Result) -> Piece:
    level, number = evidence_of(result), ctx.local.number
    details: list[Detail] = [ctx.label("result-types", result.type)]
    if result.direction:
        details.append(ctx.label("directions", result.direction))
    if result.confidence:
        interval = result.confidence
        words = {"low": number(interval.low), "high": number(interval.high)}
        if interval.level is None:
            details.append(ctx.t("values.interval", **words))
        else:
            details.append(ctx.t("values.confidence", level=number(interval.level), **words))
    if result.range:
        details.append(ctx.t("values.range", low=number(result.range.low), high=number(result.range.high)))
    details += [f"{ctx.plain(g.label)}{ctx.t('colon')} {number(g.value)}" for g in result.breakdown]
    if result.method != "statement":
        details.append(ctx.label("methods", result.method))
    if result.n is not None:
        details.append(ctx.t("values.studied", n=result.n))
    if result.by != "unknown":
        details.append(ctx.t("values.counted_by", who=inside(ctx.label("counted-by", result.by))))
    if result.as_of:
        details.append(ctx.t("values.as_of", day=ctx.local.day(result.as_of)))
    details += [ctx.label("outcomes", outcome) for outcome in result.outcome]
    if result.covers:
        details.append(result.covers)
    return Piece(
        result.claim,
        label=ctx.label("evidence", level),
        term=("evidence", level),
        kind=level,
        figure=result_figure(ctx, result),
        details=tuple(details),
        sources=result.sources,
    )


def _results(ctx: PageContext, practice: Practice) -> list[Piece]:
    return [_result(ctx, result) for result in best_first(practice.results)]


def _adaptations(ctx: PageContext, practice: Practice) -> list[Piece]:
    found = []
    for copy in practice.adaptations:
        details: list[Detail] = [ctx.label("countries", code) for code in copy.countries]
        if copy.year:
            details.append(str(copy.year))
        link = ("practices", copy.practice) if copy.practice else None
        found.append(
            Piece(copy.text, label=ctx.plain(copy.place), details=tuple(details), sources=copy.sources, link=link)
        )
    return found


def _materials(ctx: PageContext, practice: Practice) -> list[Piece]:
    found = []
    for material in practice.materials:
        details = (ctx.t("values.in_language", language=ctx.local.language_name(material.language)),)
        label, term = ctx.label("material-kinds", material.what), ("material-kinds", material.what)
        title = {material.language: material.title}
        found.append(Piece(title, label=label, term=term, kind=material.what, details=details, url=material.url))
    return found


def _updates(ctx: PageContext, practice: Practice) -> list[Piece]:
    return [Piece(update.text, label=str(update.year), sources=update.sources) for update in practice.updates]


def _links(index: str, field: str, attribute: str) -> Formatter:
    """A formatter for links that a source states or the editors infer."""

    def formatter(ctx: PageContext, practice: Practice) -> list[Piece]:
        return [
            _term(ctx, index, getattr(link, attribute), details=(ctx.t(f"values.{link.basis}"),))
            for link in getattr(practice, field)
        ]

    return formatter


def _addresses(field: str) -> Formatter:
    def formatter(ctx: PageContext, practice: Practice) -> list[Piece]:
        return [_plain(ctx, url, url=url, kind="address") for url in items(getattr(practice, field))]

    return formatter


def source_title(ctx: PageContext, source: Source) -> Text:
    """The title of a source as printed, under the code of its language; of a source document its title."""
    if source.document:
        return ctx.entry("documents", source.document).label
    assert source.title is not None  # the schema asks for a title where there is no document
    return {source.language or ctx.language: source.title}


def source_reference(ctx: PageContext, source: Source) -> list[str]:
    """What follows the title of a source on the same line: publisher, year and language."""
    found = [str(part) for part in (source.publisher, source.year) if part]
    if source.language:
        found.append(ctx.t("values.in_language", language=ctx.local.language_name(source.language)))
    return found


def source_notes(ctx: PageContext, source: Source) -> list[Detail]:
    """What stands below a source: the place in it, and how and when it was read."""
    found: list[Detail] = []
    if source.pages:
        found.append(ctx.t("values.pages", pages=source.pages))
    if source.locator:
        found.append(source.locator)
    if source.read == "part":
        found.append(ctx.t("values.read_part"))
    if source.copy:
        found.append(ctx.t("values.read_copy"))
    if source.accessed:
        found.append(ctx.t("values.accessed", day=ctx.local.day(source.accessed)))
    return found


def _sources(ctx: PageContext, practice: Practice) -> list[Piece]:
    return [
        Piece(
            source_title(ctx, source),
            details=(*source_reference(ctx, source), *source_notes(ctx, source)),
            link=("documents", source.document) if source.document else None,
            url=source.url or "",
        )
        for source in practice.sources.values()
    ]


_ROWS: Mapping[str, Formatter] = {
    "where": _where,
    "region": _region,
    "origins": _origins,
    "status": _status,
    "period": _period,
    "phases": _phases,
    "verified": _verified,
    "leads": _leads,
    "partners": _partners,
    "engagement": _engagement,
    "steps": _steps,
    "needs": _labelled("needs", "need", "needs"),
    "costs": _costs,
    "staff": _staff,
    "results": _results,
    "lessons": _labelled("lessons", "kind", "lesson-kinds"),
    "adaptations": _adaptations,
    "materials": _materials,
    "updates": _updates,
    "sdg_targets": _links("sdgs", "sdg_targets", "target"),
    "gcm_objectives": _links("gcm", "gcm_objectives", "objective"),
    "website": _addresses("website"),
    "same_as": _addresses("same_as"),
    "sources": _sources,
}
"""The rows that need words of their own; all others follow from the kind of their field."""
