"""The matrices: their counts against a plain count over the records, and their pages as built."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

import html5lib
import pytest
from tests import samples
from tests.site_builder import Built

from catalogue.finding.explore_data import link_key
from catalogue.model import Catalogue, Practice
from catalogue.pages.matrix_pages import selection_address
from catalogue.presenting.context import SiteIndex
from catalogue.relating.matrices import CHOICES, STEPS, Axes, Matrix, axis, matrix

XHTML = "{http://www.w3.org/1999/xhtml}"

TOP_REGIONS = ("africa", "americas", "asia", "europe", "oceania")


@cache
def small() -> SiteIndex:
    """The records of the test site with their indexes."""
    return SiteIndex.of(samples.site_catalogue())


def made(atlas: SiteIndex, axes: Axes) -> Matrix:
    return matrix(axes, atlas.indexes, atlas.members)


def terms_of(practice: Practice, name: str, catalogue: Catalogue) -> set[str]:
    """The terms of a record on an axis, read from the record without the code under test."""
    if name == "actors":
        return {catalogue.organisations[p.org].type if p.org else p.type or "" for p in practice.organisations}
    if name == "sdgs":
        return {link.target.split(".")[0] for link in practice.sdg_targets}
    if name == "regions":
        regions = {term.id: term for term in catalogue.vocabularies["regions"].terms}
        found = {r.id for r in regions.values() if set(r.countries) & set(practice.countries)}
        found |= {practice.region} if practice.region else set()
        top = set()
        for region in found:
            current = region
            while regions[current].parent not in (None, "world"):
                current = str(regions[current].parent)
            top.add(current)
        return top
    return set(getattr(practice, name))


@pytest.mark.parametrize("axes", CHOICES, ids=lambda axes: axes.name)
def test_every_cell_and_total_is_what_a_plain_count_gives(axes: Axes) -> None:
    catalogue = small().catalogue
    counted = made(small(), axes)
    places = {
        practice.id: (terms_of(practice, axes.rows, catalogue), terms_of(practice, axes.columns, catalogue))
        for practice in catalogue.practices.values()
    }
    assert len(places) > 20
    for row in counted.rows:
        assert counted.row_totals[row.id] == sum(row.id in rows for rows, _ in places.values())
        for column in counted.columns:
            expected = sum(row.id in rows and column.id in columns for rows, columns in places.values())
            assert counted.count(row, column) == expected, (row.id, column.id)
    for column in counted.columns:
        assert counted.column_totals[column.id] == sum(column.id in columns for _, columns in places.values())
    assert counted.total == sum(bool(rows or columns) for rows, columns in places.values())
    assert counted.outside == sum(not (rows and columns) for rows, columns in places.values() if rows or columns)


@pytest.mark.parametrize("axes", CHOICES, ids=lambda axes: axes.name)
def test_a_total_is_the_number_on_the_page_of_its_term(axes: Axes) -> None:
    counted = made(small(), axes)
    assert counted.row_totals == {row.id: len(row.practices) for row in counted.rows}
    assert counted.column_totals == {column.id: len(column.practices) for column in counted.columns}


def test_regions_are_the_five_of_m49_and_the_world_last() -> None:
    assert [entry.id for entry in axis(small().indexes["regions"])] == [*TOP_REGIONS, "world"]


def test_goals_stand_for_their_targets() -> None:
    assert [entry.id for entry in axis(small().indexes["sdgs"])] == [str(goal) for goal in range(1, 18)]


def test_a_practice_with_two_terms_on_a_side_counts_once_in_the_total() -> None:
    practice = samples.practice("two-themes", themes=["health", "housing"])
    counted = made(SiteIndex.of(samples.catalogue(practice)), CHOICES[0])
    assert sum(counted.cells.values()) == 2 * len({p.type for p in practice.organisations})
    assert counted.total == 1
    assert counted.row_totals["health"] == counted.row_totals["housing"] == 1


def test_a_practice_that_a_side_does_not_hold_stands_in_no_cell() -> None:
    practice = samples.practice("no-stage", stages=[], levels=["local"])
    counted = made(SiteIndex.of(samples.catalogue(practice)), CHOICES[3])
    assert dict(counted.cells) == {}
    assert (counted.row_totals["local"], counted.total, counted.outside) == (1, 1, 1)


def test_a_catalogue_without_records_has_empty_matrices() -> None:
    atlas = SiteIndex.of(samples.catalogue())
    for axes in CHOICES:
        counted = made(atlas, axes)
        assert counted.total == 0
        assert {counted.step(row, column) for row in counted.rows for column in counted.columns} == {0}


def test_shades_rise_with_the_counts() -> None:
    counted = made(small(), CHOICES[0])
    steps: dict[int, set[int]] = {}
    for row in counted.rows:
        for column in counted.columns:
            steps.setdefault(counted.count(row, column), set()).add(counted.step(row, column))
    assert all(len(found) == 1 for found in steps.values())
    in_order = [steps[count].pop() for count in sorted(steps)]
    assert in_order == sorted(in_order)
    assert (in_order[0], in_order[-1]) == (0, STEPS)


def table(site: Built, path: str) -> ElementTree.Element:
    file = site.root / path / "index.html"
    tree = html5lib.parse(file.read_text(encoding="utf-8"), namespaceHTMLElements=True)
    return next(tree.iter(f"{XHTML}table"))


def text(element: ElementTree.Element) -> str:
    return "".join(element.itertext()).strip()


@pytest.mark.parametrize("axes", CHOICES, ids=lambda axes: axes.name)
@pytest.mark.parametrize("folder", ["", "fr/"])
def test_the_table_of_a_page_holds_the_counts_and_links_to_each_selection(site: Built, axes: Axes, folder: str) -> None:
    counted = made(small(), axes)
    found = table(site, folder + axes.path)
    assert len(list(found.iter(f"{XHTML}caption"))) == 1
    heads = [head for row in found.iter(f"{XHTML}thead") for head in row.iter(f"{XHTML}th")]
    assert [head.get("scope") for head in heads] == ["col"] * (len(counted.columns) + 2)
    bodies = [row for body in found.iter(f"{XHTML}tbody") for row in body.iter(f"{XHTML}tr")]
    assert len(bodies) == len(counted.rows)
    for row, shown in zip(counted.rows, bodies, strict=True):
        head, *cells, total = list(shown)
        assert head.get("scope") == "row"
        assert text(total) == str(counted.row_totals[row.id])
        for column, cell in zip(counted.columns, cells, strict=True):
            count = counted.count(row, column)
            assert text(cell) == str(count)
            link = next(cell.iter(f"{XHTML}a"))
            name = link.get("aria-label") or ""
            assert text(head) in name
            address = urlsplit(link.get("href") or "")
            if count:
                assert address.path.endswith("explore/")
                keys = (link_key(row), link_key(column))
                assert parse_qs(address.query) == {keys[0]: [row.slug], keys[1]: [column.slug]}
                assert cell.get("class") == f"shade-{counted.step(row, column)}"
            else:
                assert address.path.endswith("contribute/")
                assert address.query == ""
                assert cell.get("class") == "gap"
    foot = next(found.iter(f"{XHTML}tfoot"))
    totals = [text(cell) for cell in foot.iter(f"{XHTML}td")]
    assert totals == [*(str(counted.column_totals[c.id]) for c in counted.columns), str(counted.total)]


def test_each_page_links_to_the_other_choices_and_names_itself(site: Built) -> None:
    for axes in CHOICES:
        page = (site.root / axes.path / "index.html").read_text(encoding="utf-8")
        nav = page[page.index('class="matrix-choice"') :].split("</nav>")[0]
        assert nav.count("<a ") == len(CHOICES)
        current = re.findall(r'<a [^>]*href="([^"]*)" aria-current="page"', nav)
        assert [address.replace("../", "") for address in current] == [axes.path]


def test_a_link_to_a_selection_is_made_of_ids_alone() -> None:
    ctx = samples.site_pages(samples.catalogue()).context(1)
    health, identity = ctx.entry("themes", "health"), ctx.entry("sdgs", "16.9")
    assert str(selection_address(ctx, health, identity)) == "../explore/?theme=health&amp;target=16-9"
    with pytest.raises(AssertionError):
        selection_address(ctx, replace(health, id='"><script>'))
