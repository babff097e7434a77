"""The ids of the last release: an address that was published leads somewhere for good."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from catalogue.problems import Problem, did_you_mean, shown

PATH = "schema/released-ids.txt"
"""The file of the ids, sorted, one a line; the release command writes it."""


def ids(text: str) -> list[str]:
    """The ids that a file lists."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def listing(released: Collection[str]) -> str:
    """The text of the file."""
    return "".join(f"{id_}\n" for id_ in sorted(released))


def check(text: str, known: Collection[str]) -> Iterator[Problem]:
    """The released ids that are neither the id of a record nor an earlier one; `known` are all of these."""
    for number, line in enumerate(text.splitlines(), start=1):
        id_ = line.strip()
        if id_ and id_ not in known:
            message = (
                f"the address of {shown(id_)} was published and leads nowhere any more: name it in the 'aliases' of "
                f"the record that took its place{did_you_mean(id_, known)}"
            )
            yield Problem(PATH, number, 1, "released-id", message)
