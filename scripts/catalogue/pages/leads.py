"""The leads: what sources name and no record describes yet."""

from __future__ import annotations

from collections.abc import Iterator

from catalogue.presenting.page import Page
from catalogue.presenting.site import Site
from catalogue.text import sort_key


def pages(site: Site) -> Iterator[Page]:
    """The page of all leads, by the reason for being one."""
    ctx = site.context(1)
    leads = site.atlas.catalogue.leads.values()
    reasons = site.atlas.catalogue.vocabularies["lead-reasons"].terms
    say = ctx.plain
    groups = [
        (reason, sorted((x for x in leads if x.reason == reason.id), key=lambda x: sort_key(say(x.name))))
        for reason in reasons
    ]
    context = {"groups": [(reason, found) for reason, found in groups if found], "total": len(leads)}
    title, intro = ctx.t("indexes.leads.title"), ctx.t("indexes.leads.intro")
    yield Page("leads/", "leads.md.j2", title, intro, "indexes", (), context)
