"""What can be taken away: the records as JSON and CSV, and the site map for search engines."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Any
from xml.etree import ElementTree

import msgspec

from catalogue.languages import BY_CODE, CODES
from catalogue.model import LANGUAGES, Catalogue, Practice, Result, Text
from catalogue.presenting.rendering import one_line
from catalogue.relating.completeness import best_evidence, completeness, missing_languages

_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XHTML = "http://www.w3.org/1999/xhtml"


def as_json(catalogue: Catalogue) -> str:
    """All practices as one JSON object, with the licence; fields as in the records, empty ones left out."""
    practices = [_without_empty(msgspec.to_builtins(practice)) for practice in catalogue.practices.values()]
    data = {
        "licence": "https://creativecommons.org/licenses/by/4.0/",
        "attribution": "Integration Atlas contributors",
        "practices": practices,
    }
    # The standard library indents in Python, which takes fifty times as long.
    return msgspec.json.format(msgspec.json.encode(data), indent=1).decode() + "\n"


def _without_empty(value: Any) -> Any:
    if isinstance(value, dict):
        full = {key: _without_empty(item) for key, item in value.items()}
        return {key: item for key, item in full.items() if item not in (None, [], {})}
    if isinstance(value, list | tuple):
        return [_without_empty(item) for item in value]
    return value


def as_csv(catalogue: Catalogue) -> str:
    """All practices as a table, a row each; lists are parted by a vertical bar."""
    return _table([_row(practice, catalogue) for practice in catalogue.practices.values()])


def results_csv(catalogue: Catalogue) -> str:
    """All results as a table, a row each, with the source that states it; the id is that of the practice."""
    practices = catalogue.practices.values()
    return _table([_result_row(practice, result, catalogue) for practice in practices for result in practice.results])


def _table(rows: list[dict[str, object]]) -> str:
    """Rows as CSV. A cell that a spreadsheet would take for a formula gets an apostrophe in front."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(rows[0] if rows else [])
    for row in rows:
        writer.writerow([_cell(value) for value in row.values()])
    return out.getvalue()


def _cell(value: object) -> str:
    text = " | ".join(map(str, value)) if isinstance(value, list | tuple) else "" if value is None else str(value)
    text = one_line(text)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@") else text


def _one(text: Text) -> str:
    """A text in English, or in the first language that it has."""
    return text.get("en") or next(iter(text.values()))


def _both(name: str, text: Text | None) -> dict[str, object]:
    return {f"{name}_{language}": (text or {}).get(language) for language in LANGUAGES}


def _result_row(practice: Practice, result: Result, catalogue: Catalogue) -> dict[str, object]:
    source = practice.sources[result.source]
    document = catalogue.documents[source.document] if source.document else None
    publisher = document.publisher if document else dict.fromkeys(LANGUAGES, source.publisher or "")
    return {
        "id": practice.id,
        **_both("name", practice.name),
        "countries": practice.countries,
        "region": practice.region,
        **_both("claim", result.claim),
        "type": result.type,
        "evidence": result.evidence,
        "value": result.value,
        "base": result.base,
        **_both("unit", result.unit),
        "as_of": result.as_of,
        "source_title": _one(document.title) if document else source.title,
        **_both("source_publisher", publisher),
        "source_year": document.year if document else source.year,
        "source_language": document.language if document else source.language,
        "source_url": document.url if document else source.url,
        **_both("source_locator", source.locator),
    }


def _row(practice: Practice, catalogue: Catalogue) -> dict[str, object]:
    leads = [p for p in practice.organisations if p.role == "lead"]
    names = [
        catalogue.organisations[p.org].name["en"] if p.org else next(iter((p.name or {}).values()), "") for p in leads
    ]
    full = completeness(practice)
    return {
        "id": practice.id,
        **_both("name", practice.name),
        **_both("summary", practice.summary),
        "kind": practice.kind,
        "status": practice.status,
        "start": practice.period.start,
        "end": practice.period.end,
        "described_as_of": practice.described_as_of,
        "levels": practice.levels,
        "countries": practice.countries,
        "region": practice.region,
        "places": [_one(place.name) for place in practice.places],
        "lead_organisations": names,
        "actor_types": sorted({catalogue.actor_type(p) for p in practice.organisations}),
        "themes": practice.themes,
        "stages": practice.stages,
        "target_groups": practice.target_groups,
        "sdg_targets": [link.target for link in practice.sdg_targets],
        "gcm_objectives": [link.objective for link in practice.gcm_objectives],
        "best_evidence": best_evidence(practice),
        "results": len(practice.results),
        "sources": len(practice.sources),
        "completeness": f"{full.present}/{full.total}",
        "missing_languages": missing_languages(practice),
        "verified_on": practice.verified.on if practice.verified else None,
        "website": practice.website,
    }


def last_changes(catalogue: Catalogue) -> Mapping[str, str]:
    """For the page of each practice the ISO date of its last change that the records know of."""
    found = {}
    for practice in catalogue.practices.values():
        dates = [practice.added, practice.verified.on if practice.verified else None]
        if known := [day for day in dates if day]:
            found[f"practices/{practice.id}/"] = max(known)
    return found


def sitemap(site: str, paths: Iterable[str], changes: Mapping[str, str]) -> str:
    """The site map of all languages; `site` is the site's address, `paths` lie below the root of each language."""
    ElementTree.register_namespace("", _SITEMAP)
    ElementTree.register_namespace("xhtml", _XHTML)
    root = ElementTree.Element(f"{{{_SITEMAP}}}urlset")
    for path in sorted(paths):
        addresses = {language: f"{site}{BY_CODE[language].folder}{path}" for language in CODES}
        for address in addresses.values():
            url = ElementTree.SubElement(root, f"{{{_SITEMAP}}}url")
            ElementTree.SubElement(url, f"{{{_SITEMAP}}}loc").text = address
            if path in changes:
                ElementTree.SubElement(url, f"{{{_SITEMAP}}}lastmod").text = changes[path]
            for code, other in addresses.items():
                ElementTree.SubElement(url, f"{{{_XHTML}}}link", rel="alternate", hreflang=code, href=other)
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"
