"""What can be taken away: the records as JSON and CSV, and the site map for search engines."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from xml.etree import ElementTree

import msgspec

from catalogue.fields import FIELDS, Field, Kind
from catalogue.languages import BY_CODE, CODES, shown_text
from catalogue.model import Catalogue, Practice, Result, Text
from catalogue.presenting.rendering import one_line
from catalogue.relating.completeness import best_evidence, completeness, days_of, missing_languages
from catalogue.relating.evidence import evidence_of, results_of

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
        return {key: item for key, item in full.items() if item is not False and item not in (None, [], {})}
    if isinstance(value, list | tuple):
        return [_without_empty(item) for item in value]
    return value


def as_csv(catalogue: Catalogue) -> str:
    """All practices as a table, a row each; lists are parted by a vertical bar."""
    header = list(_row(_NO_PRACTICE, catalogue))
    return _table(header, [_row(practice, catalogue) for practice in catalogue.practices.values()])


def results_csv(catalogue: Catalogue) -> str:
    """All results as a table, a row each, with the source that states it; the id is that of the practice."""
    practices = catalogue.practices.values()
    header = list(_result_row(_NO_PRACTICE, Result({}, ""), catalogue))
    rows = [_result_row(practice, result, catalogue) for practice in practices for result in practice.results]
    return _table(header, rows)


_NO_PRACTICE = Practice("", {}, {}, "", "", 0, (), (), (), {})
"""An empty one, whose columns are those of every practice: a table has its header without rows too."""


def _table(header: list[str], rows: list[dict[str, object]]) -> str:
    """A header and rows as CSV. A cell that a spreadsheet would take for a formula gets an apostrophe in front."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(header)
    for row in rows:
        assert list(row) == header
        writer.writerow([_cell(value) for value in row.values()])
    return out.getvalue()


def _cell(value: object) -> str:
    if isinstance(value, int | float):
        return str(value)  # a number below nothing is a number, not a formula
    if isinstance(value, list | tuple):
        text = " | ".join("" if item is None else str(item) for item in value)
    else:
        text = "" if value is None else str(value)
    text = one_line(text)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@") else text


def _in_each_language(name: str, text: Text | None) -> dict[str, object]:
    return {f"{name}_{language}": (text or {}).get(language) for language in CODES}


def _result_row(practice: Practice, result: Result, catalogue: Catalogue) -> dict[str, object]:
    sources = [practice.sources[key] for key in result.sources]
    documents = [catalogue.documents[source.document] if source.document else None for source in sources]
    found = list(zip(sources, documents, strict=True))
    confidence, spread = result.confidence, result.range
    return {
        "id": practice.id,
        **_in_each_language("name", practice.name),
        "countries": practice.countries,
        "region": practice.region,
        **_in_each_language("claim", result.claim),
        "type": result.type,
        "evidence": evidence_of(result),
        "method": result.method,
        "by": result.by,
        "direction": result.direction,
        "outcome": result.outcome,
        "value": result.value,
        **_in_each_language("unit", result.unit),
        "share": result.share,
        **_in_each_language("of", result.of),
        "base": result.base,
        "n": result.n,
        "compared_with": result.compared_with,
        "confidence_low": confidence.low if confidence else None,
        "confidence_high": confidence.high if confidence else None,
        "confidence_level": confidence.level if confidence else None,
        "range_low": spread.low if spread else None,
        "range_high": spread.high if spread else None,
        **{
            f"breakdown_{language}": [
                f"{group.label[language]}: {group.value}" for group in result.breakdown if language in group.label
            ]
            for language in CODES
        },
        **_in_each_language("covers", result.covers),
        "as_of": result.as_of,
        "source_title": [shown_text(document.title) if document else source.title for source, document in found],
        **{
            f"source_publisher_{language}": [
                document.publisher.get(language, "") if document else source.publisher or ""
                for source, document in found
            ]
            for language in CODES
        },
        "source_year": [document.year if document else source.year for source, document in found],
        "source_language": [document.language if document else source.language for source, document in found],
        "source_url": [document.url if document else source.url for source, document in found],
        **{
            f"source_locator_{language}": [(source.locator or {}).get(language, "") for source in sources]
            for language in CODES
        },
    }


Columns = dict[str, object]
"""The columns that a field makes, by name, with the cells of one practice."""


def _row(practice: Practice, catalogue: Catalogue) -> Columns:
    """The columns of one practice: those of its fields in the order of the table, and what is computed of them."""
    row: Columns = {}
    for field in FIELDS:
        if field.csv:
            row |= _columns(practice, field, catalogue)
    full = completeness(practice)
    return row | {
        "actor_types": sorted({catalogue.actor_type(p) for p in practice.organisations}),
        "best_evidence": best_evidence(practice),
        "completeness": f"{full.present}/{full.total}",
        "missing_languages": missing_languages(practice),
    }


def _columns(practice: Practice, field: Field, catalogue: Catalogue) -> Columns:
    if field.name in _COLUMNS:
        return _COLUMNS[field.name](practice, catalogue)
    value = getattr(practice, field.name)
    if field.kind is Kind.TEXT:
        return _in_each_language(field.name, value)
    if field.kind is Kind.PARAGRAPHS:
        return _in_each_language(field.name, joined([paragraph.text for paragraph in value]))
    assert field.kind is not Kind.RECORD, f"{field.name} needs a function here"
    return {field.name: value}


def joined(texts: list[Text]) -> Text:
    """Several texts as one, with a blank between them, in every language that all of them have."""
    codes = [code for code in CODES if texts and all(code in text for text in texts)]
    return {code: " ".join(text[code] for text in texts) for code in codes}


def _leads(practice: Practice, catalogue: Catalogue) -> Columns:
    leads = [p for p in practice.organisations if "lead" in p.roles]
    names = [shown_text(catalogue.organisations[p.org].name if p.org else p.name or {"": ""}) for p in leads]
    return {"lead_organisations": names}


def _costs(practice: Practice, catalogue: Catalogue) -> Columns:
    costs = practice.costs
    return {
        "cost_amount": [cost.amount for cost in costs],
        "cost_currency": [cost.currency for cost in costs],
        "cost_per": [cost.per for cost in costs],
        "cost_months": [cost.months for cost in costs],
        "cost_year": [cost.year for cost in costs],
        "cost_text": [shown_text(cost.text) if cost.text else None for cost in costs],
    }


_COLUMNS: Mapping[str, Callable[[Practice, Catalogue], Columns]] = {
    "period": lambda p, _: {"start": p.period.start, "end": p.period.end},
    "places": lambda p, _: {"places": [shown_text(place.name) for place in p.places]},
    "organisations": _leads,
    "sdg_targets": lambda p, _: {"sdg_targets": [link.target for link in p.sdg_targets]},
    "gcm_objectives": lambda p, _: {"gcm_objectives": [link.objective for link in p.gcm_objectives]},
    "results": lambda p, _: {"results": len(results_of(p))},
    "costs": _costs,
    "staff": lambda p, _: {"staff": p.staff.count if p.staff else None},
    "materials": lambda p, _: {"materials": [material.url for material in p.materials]},
    "adaptations": lambda p, _: {"adaptations": [shown_text(copy.place) for copy in p.adaptations]},
    "sources": lambda p, _: {"sources": len(p.sources)},
    "verified": lambda p, _: {"verified_on": p.verified.day if p.verified else None},
}
"""The fields whose columns do not follow from what they hold."""


def last_changes(catalogue: Catalogue) -> Mapping[str, str]:
    """For the page of each practice the ISO date of its last change that the records know of."""
    found = {}
    for practice in catalogue.practices.values():
        if known := days_of(practice):
            found[f"practices/{practice.id}/"] = max(known)
    return found


def redirects(catalogue: Catalogue) -> set[str]:
    """The earlier addresses of practices, which only lead on: they do not belong in the site map."""
    return {f"practices/{alias}/" for practice in catalogue.practices.values() for alias in practice.aliases}


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
