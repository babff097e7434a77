"""The page that sets practices side by side, and what it fetches: the text of one practice, field by field."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from catalogue.model import Participant, Practice, Result, Source, Text
from catalogue.presenting import citations
from catalogue.presenting.citations import Notes
from catalogue.presenting.context import PageContext, SiteIndex
from catalogue.presenting.rendering import json_script, one_line, paragraphs

FIELDS: Mapping[str, str] = {
    "summary": "compare.summary",
    "where": "practice.where",
    "region": "practice.region",
    "groupings": "practice.groupings",
    "origins": "practice.origins",
    "kind": "practice.kind",
    "levels": "practice.levels",
    "status": "practice.status",
    "period": "practice.period",
    "described": "practice.described",
    "verified": "practice.verified",
    "leads": "compare.leads",
    "partners": "compare.partners",
    "themes": "practice.themes",
    "groups": "practice.target_groups",
    "stages": "practice.stages",
    "access": "practice.access",
    "engagement": "practice.engagement",
    "context": "practice.context",
    "approach": "practice.approach",
    "results": "practice.results",
    "lessons": "practice.lessons",
    "resources": "practice.resources",
    "transferability": "practice.transferability",
    "updates": "practice.updates",
    "sdgs": "practice.sdg_targets",
    "gcm": "practice.gcm_objectives",
    "sources": "practice.sources",
}
"""The fields that are compared, in the order of the page, with the key of the string that names each."""

Piece = dict[str, Any]
"""A part of a value: `text` (a paragraph a line), and where there are any `lang` (of a text that is not in the page's
language), `label`, `figure`, `details` (texts), `notes` (numbers of sources), `url`, `page` (an address of the site).
"""


def pages(atlas: SiteIndex, context_of: Callable[[int], PageContext], page: Callable[..., Any]) -> Iterator[Any]:
    """The page of the comparison, made with the constructor `page`; `context_of` gives the context of a depth."""
    own = context_of(1)
    data = {
        "language": own.language,
        "fields": [[name, own.t(key)] for name, key in FIELDS.items()],
        "words": own.local.lookup("compare.words"),
        "licence": own.t("practice.licence"),
        "kosovo": own.t("practice.kosovo"),
    }
    context = {"data": json_script(data), "total": len(atlas.catalogue.practices)}
    title, description = own.t("compare.title"), own.t("compare.description")
    yield page("compare/", "compare.md.j2", title, description, "compare", (), context)


def files(ctx: PageContext) -> Iterator[tuple[str, str]]:
    """The file of each practice in the language of the page: path below the folder of the language, and text."""
    for practice in ctx.atlas.catalogue.practices.values():
        text = json.dumps(of_practice(practice, ctx), ensure_ascii=False, separators=(",", ":"))
        yield f"compare/{practice.id}.json", text + "\n"


def of_practice(practice: Practice, ctx: PageContext) -> dict[str, Any]:
    """All that the page shows of a practice: `fields` holds pieces by name, in the order of `FIELDS`, none empty."""
    values = _Values(practice, ctx)
    fields = {name: getattr(values, name)() for name in FIELDS}
    return {
        "id": practice.id,
        "name": values.text(practice.name),
        "kosovo": "XK" in practice.countries + practice.origins,
        "fields": {name: pieces for name, pieces in fields.items() if pieces},
    }


def _lines(text: str) -> str:
    return "\n".join(one_line(part) for part in paragraphs(text))


class _Values:
    """The fields of one practice as pieces: a method for each name of `FIELDS`."""

    def __init__(self, practice: Practice, ctx: PageContext) -> None:
        self._practice, self._ctx = practice, ctx
        self._notes: Notes = citations.notes(practice)

    def text(self, text: Text, **more: Any) -> Piece:
        """A text of the record, with its language where that is not the page's."""
        code = self._ctx.language_of(text)
        piece: Piece = {"text": _lines(text[code])}
        if code != self._ctx.language:
            piece["lang"] = code
        return {**piece, **{key: value for key, value in more.items() if value}}

    def _plain(self, text: object, *details: str) -> Piece:
        return {"text": str(text), "details": list(details)} if details else {"text": str(text)}

    def _terms(self, name: str, ids: tuple[Any, ...]) -> list[Piece]:
        return [self._plain(self._ctx.label(name, term)) for term in ids]

    def summary(self) -> list[Piece]:
        return [self.text(self._practice.summary)]

    def where(self) -> list[Piece]:
        pieces = self._terms("countries", self._practice.countries)
        if not pieces:
            pieces = self._terms("regions", (self._practice.region,))
        for place in self._practice.places:
            inhabitants = [self._ctx.t("compare.inhabitants", n=place.population)] if place.population else []
            pieces.append(self.text(place.name, details=inhabitants))
        return pieces

    def region(self) -> list[Piece]:
        practice = self._practice
        return self._terms("regions", (practice.region,)) if practice.countries and practice.region else []

    def groupings(self) -> list[Piece]:
        return self._terms("groupings", self._practice.groupings)

    def origins(self) -> list[Piece]:
        return self._terms("countries", self._practice.origins)

    def kind(self) -> list[Piece]:
        return self._terms("kinds", (self._practice.kind,))

    def levels(self) -> list[Piece]:
        return self._terms("levels", self._practice.levels)

    def status(self) -> list[Piece]:
        note = self._practice.status_note
        return self._terms("status", (self._practice.status,)) + ([self.text(note)] if note else [])

    def period(self) -> list[Piece]:
        say, start, end = self._ctx.t, self._practice.period.start, self._practice.period.end
        if start and end:
            return [self._plain(say("practice.from_to", start=start, end=end))]
        if start:
            return [self._plain(say("practice.since", start=start))]
        return [self._plain(say("practice.until", end=end))] if end else []

    def described(self) -> list[Piece]:
        return [self._plain(self._practice.described_as_of)]

    def verified(self) -> list[Piece]:
        verified, ctx = self._practice.verified, self._ctx
        if not verified:
            return [self._plain(ctx.t("practice.verified_never"))]
        how = ctx.label("verification", verified.how)
        return [self._plain(ctx.t("practice.verified_on", day=ctx.local.day(verified.on), how=how))]

    def leads(self) -> list[Piece]:
        return [self._organisation(p) for p in self._practice.organisations if p.role == "lead"]

    def partners(self) -> list[Piece]:
        return [
            self._organisation(p, self._ctx.label("roles", p.role))
            for p in self._practice.organisations
            if p.role != "lead"
        ]

    def _organisation(self, participant: Participant, *details: str) -> Piece:
        catalogue = self._ctx.atlas.catalogue
        actor = self._ctx.label("actors", catalogue.actor_type(participant))
        if participant.org:
            return self._plain(self._ctx.label("organisations", participant.org), *details, actor)
        assert participant.name is not None  # the schema asks for a name where there is no id
        return self.text(participant.name, details=[*details, actor])

    def themes(self) -> list[Piece]:
        return self._terms("themes", self._practice.themes)

    def groups(self) -> list[Piece]:
        return self._terms("groups", self._practice.target_groups)

    def stages(self) -> list[Piece]:
        return self._terms("stages", self._practice.stages)

    def access(self) -> list[Piece]:
        return self._terms("access", (self._practice.access,)) if self._practice.access else []

    def engagement(self) -> list[Piece]:
        label = self._ctx.label
        return [
            self._plain(label("engagement", e.level), label("engaged-parties", e.of)) for e in self._practice.engagement
        ]

    def context(self) -> list[Piece]:
        return [self.text(self._practice.context)] if self._practice.context else []

    def approach(self) -> list[Piece]:
        keys = self._practice.description_sources()
        return [self.text(self._practice.approach, notes=[self._notes.number(key) for key in keys])]

    def results(self) -> list[Piece]:
        found = [self._result(result) for result in self._practice.results]
        return found or [self._plain(self._ctx.t("practice.results_none"))]

    def _result(self, result: Result) -> Piece:
        ctx = self._ctx
        figure: list[str] = []
        if result.value is not None:
            figure.append(ctx.local.number(result.value))
        if result.base is not None:
            figure.append(ctx.t("practice.out_of", base=ctx.local.number(result.base)))
        if result.unit:
            figure.append(ctx.plain(result.unit))
        details = [ctx.label("result-types", result.type)]
        if result.as_of:
            details.append(ctx.t("practice.as_of", day=ctx.local.day(result.as_of)))
        return self.text(
            result.claim,
            label=ctx.label("evidence", result.evidence),
            figure=" ".join(figure),
            details=details,
            notes=[self._notes.number(result.source)],
        )

    def lessons(self) -> list[Piece]:
        return [
            self.text(
                lesson.text,
                label=self._ctx.label("lesson-kinds", lesson.kind),
                notes=[self._notes.number(lesson.source)],
            )
            for lesson in self._practice.lessons
        ]

    def resources(self) -> list[Piece]:
        resources, ctx = self._practice.resources, self._ctx
        if not resources:
            return []
        figure: list[str] = []
        if resources.amount is not None:
            amount = ctx.local.number(resources.amount)
            figure.append(ctx.t("practice.amount", amount=amount, currency=resources.currency))
        if resources.staff is not None:
            figure.append(ctx.t("practice.staff", n=resources.staff))
        details = [str(resources.year)] if resources.year else []
        more = {"figure": " · ".join(figure), "details": details, "notes": [self._notes.number(resources.source)]}
        if resources.note:
            return [self.text(resources.note, **more)]
        return [{"text": "", **{key: value for key, value in more.items() if value}}]

    def transferability(self) -> list[Piece]:
        text, note = self._practice.transferability, self._ctx.t("practice.transferability_note")
        return [self.text(text, details=[note])] if text else []

    def updates(self) -> list[Piece]:
        return [
            self.text(update.text, label=str(update.year), notes=[self._notes.number(update.source)])
            for update in self._practice.updates
        ]

    def sdgs(self) -> list[Piece]:
        ctx = self._ctx
        return [
            self._plain(ctx.label("sdgs", x.target), ctx.t(f"practice.{x.basis}")) for x in self._practice.sdg_targets
        ]

    def gcm(self) -> list[Piece]:
        ctx = self._ctx
        return [
            self._plain(ctx.label("gcm", x.objective), ctx.t(f"practice.{x.basis}"))
            for x in self._practice.gcm_objectives
        ]

    def sources(self) -> list[Piece]:
        return [self._source(note.source) for note in self._notes.notes]

    def _source(self, source: Source) -> Piece:
        ctx = self._ctx
        details = [str(part) for part in (source.publisher, source.year) if part]
        if source.language:
            details.append(ctx.t("practice.in_language", language=ctx.local.language_name(source.language)))
        if source.locator:
            details.append(ctx.plain(source.locator))
        if source.accessed:
            details.append(ctx.t("practice.accessed", day=ctx.local.day(source.accessed)))
        if source.document:
            entry = ctx.entry("documents", source.document)
            return self.text(entry.label, details=details, page=entry.path)
        assert source.title is not None  # the schema asks for a title where there is no document
        title = {source.language or ctx.language: source.title}
        return self.text(title, details=details, url=source.url)
