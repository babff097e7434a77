"""The home page."""

from __future__ import annotations

from collections.abc import Iterator

from catalogue.presenting.page import Page
from catalogue.presenting.site import Site
from catalogue.presenting.world_map import WorldMap
from catalogue.relating import completeness
from catalogue.relating.evidence import results_of
from catalogue.text import sort_key


def pages(site: Site) -> Iterator[Page]:
    """The home page."""
    catalogue = site.atlas.catalogue
    practices = list(catalogue.practices.values())
    newest = sorted(practices, key=lambda p: (p.added or "", p.id), reverse=True)[:6]
    if len({practice.added for practice in practices}) < 2:
        newest = []  # all are equally new
    context = {
        "newest": newest,
        "best": sorted(practices, key=completeness.documentation_rank)[:6],
        "countries": sorted(site.atlas.used_countries, key=lambda e: sort_key(site.context(0).plain(e.label))),
        "beyond": [e for e in site.atlas.indexes["regions"].entries.values() if site.context(0).naming(e)],
        "claims": sum(len(results_of(practice)) for practice in practices),
        "map": WorldMap.read(site.root),
    }
    text = site.local.text
    yield Page("", "home.md.j2", text("site.name"), text("site.description"), "", (), context)
