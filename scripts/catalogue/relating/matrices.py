"""Two indexes against each other: how many practices stand under a term of one and a term of the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import product
from math import ceil, sqrt

from catalogue.relating.indexes import WORLD, Index, IndexEntry, Membership

STEPS = 4
"""How many shades a cell with practices may have."""


@dataclass(frozen=True)
class Axes:
    """Which two indexes a matrix sets against each other, and its address below the root of the language."""

    rows: str
    columns: str
    path: str

    @property
    def name(self) -> str:
        """The key of the matrix in the site's strings."""
        return f"{self.rows}_{self.columns}"


CHOICES = (
    Axes("themes", "actors", "matrix/"),
    Axes("themes", "regions", "matrix/theme-region/"),
    Axes("sdgs", "regions", "matrix/goal-region/"),
    Axes("levels", "stages", "matrix/level-stage/"),
)
"""The matrices of the site; the first one is shown where none is chosen."""


@dataclass(frozen=True)
class Matrix:
    """Counts of practices: `cells` by row and column id, 0 left out; every other count is of distinct practices.

    `row_totals` and `column_totals` are of all practices under a term, also those that the other axis does not hold;
    `total` is of all practices under any row or column, `outside` of those among them that stand in no cell.
    """

    axes: Axes
    rows: tuple[IndexEntry, ...]
    columns: tuple[IndexEntry, ...]
    cells: Mapping[tuple[str, str], int]
    row_totals: Mapping[str, int]
    column_totals: Mapping[str, int]
    total: int
    outside: int

    def count(self, row: IndexEntry, column: IndexEntry) -> int:
        """The practices that stand under both."""
        return self.cells.get((row.id, column.id), 0)

    def step(self, row: IndexEntry, column: IndexEntry) -> int:
        """The shade of a cell, from 1 to `STEPS`; 0 where it is empty.

        The shades follow the square root of the count: a few full cells would leave all others alike.
        """
        count = self.count(row, column)
        return ceil(STEPS * sqrt(count / max(self.cells.values()))) if count else 0


def axis(index: Index) -> tuple[IndexEntry, ...]:
    """The terms of an index that make an axis: those under nothing; of the regions those under the world, and it."""
    if index.name == "regions":
        return (*index.children(WORLD), index.entries[WORLD])
    return tuple(index.children(None))


def matrix(axes: Axes, indexes: Mapping[str, Index], members: Mapping[str, Membership]) -> Matrix:
    """The counts of two axes."""
    rows, columns = axis(indexes[axes.rows]), axis(indexes[axes.columns])
    row_ids, column_ids = ({entry.id for entry in entries} for entries in (rows, columns))
    cells: Counter[tuple[str, str]] = Counter()
    row_totals: Counter[str] = Counter()
    column_totals: Counter[str] = Counter()
    total = outside = 0
    for membership in members.values():
        in_rows = [term for term in membership[axes.rows] if term in row_ids]
        in_columns = [term for term in membership[axes.columns] if term in column_ids]
        row_totals.update(in_rows)
        column_totals.update(in_columns)
        cells.update(product(in_rows, in_columns))
        total += bool(in_rows or in_columns)
        outside += bool(in_rows) != bool(in_columns)
    return Matrix(axes, rows, columns, cells, _whole(row_totals, rows), _whole(column_totals, columns), total, outside)


def _whole(counts: Mapping[str, int], entries: Iterable[IndexEntry]) -> dict[str, int]:
    return {entry.id: counts.get(entry.id, 0) for entry in entries}
