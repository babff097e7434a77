"""What a practice tells search engines, in the vocabulary of schema.org."""

from __future__ import annotations

from typing import Any

from catalogue.languages import shown_text
from catalogue.model import Practice, Source
from catalogue.presenting.citations import page_url
from catalogue.presenting.context import PageContext

LICENCE = "https://creativecommons.org/licenses/by/4.0/"


def of_practice(practice: Practice, ctx: PageContext) -> dict[str, Any]:
    """A practice as an `Article` about it: where it applies, what it is about, and what it cites."""
    url = page_url(f"practices/{practice.id}/", ctx)
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": ctx.plain(practice.name),
        "abstract": ctx.plain(practice.summary),
        "inLanguage": ctx.language,
        "license": LICENCE,
        "isAccessibleForFree": True,
        "isPartOf": {"@type": "WebSite", "name": ctx.t("site.name")},
        "author": {"@type": "Organization", "name": ctx.t("site.name")},
        "about": [_thing(practice, ctx), *_themes(practice, ctx)],
        "spatialCoverage": _places(practice, ctx),
        "citation": [_reference(source, ctx) for source in practice.sources.values()],
    }
    if url:
        data["url"] = data["@id"] = url
    if practice.added:
        data["datePublished"] = practice.added
    changed = [change.day for change in practice.changes] + ([practice.verified.day] if practice.verified else [])
    if changed:
        data["dateModified"] = max(changed)
    return data


def _thing(practice: Practice, ctx: PageContext) -> dict[str, Any]:
    """The practice itself: its website and its other names in the world are its own, not those of our article."""
    found: dict[str, Any] = {"@type": "Thing", "name": ctx.plain(practice.name)}
    if practice.website:
        found["url"] = practice.website
    if practice.same_as:
        found["sameAs"] = list(practice.same_as)
    return found


def _themes(practice: Practice, ctx: PageContext) -> list[dict[str, Any]]:
    return [{"@type": "DefinedTerm", "name": ctx.label("themes", theme)} for theme in practice.themes]


def _places(practice: Practice, ctx: PageContext) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = [
        {"@type": "Country", "name": ctx.label("countries", code), "identifier": code} for code in practice.countries
    ]
    if practice.region:
        found.append({"@type": "Place", "name": ctx.label("regions", practice.region)})
    for place in practice.places:
        geo = {"@type": "GeoCoordinates", "latitude": place.lat, "longitude": place.lon}
        found.append({"@type": "Place", "name": ctx.plain(place.name), "geo": geo})
    return found


def _reference(source: Source, ctx: PageContext) -> dict[str, Any]:
    title, publisher, year, url, language = source.title, source.publisher, source.year, source.url, source.language
    if source.document:
        document = ctx.atlas.catalogue.documents[source.document]
        title, year, url, language = (
            shown_text(document.title, document.language),
            document.year,
            document.url,
            document.language,
        )
        publisher = shown_text(document.publisher, document.language)
    data: dict[str, Any] = {"@type": "CreativeWork", "name": title}
    if language:
        data["inLanguage"] = language
    if publisher:
        data["publisher"] = {"@type": "Organization", "name": publisher}
    if year:
        data["datePublished"] = str(year)
    if url:
        data["url"] = url
    return data
