"""Each rule has an invalid example, and the example is told in exactly the words beside it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.samples import FULL, INVALID, SMALLEST, VALID, Project, read, reference, told

from catalogue.checking import editorial_rules
from catalogue.checking.rules import FOLDER_RULES, RULES
from catalogue.checking.schema import SHAPE_RULES

assert editorial_rules  # importing it has registered its rules

EVERY_RULE = {**SHAPE_RULES, **RULES, **FOLDER_RULES}

WITHOUT_EXAMPLE = {
    "not-utf-8": "its bytes are no text",
    "not-json": "it takes a schema",
    "too-large": "the file would be too large to keep",
    "unique-id": "it takes two records",
    "unique-name": "it takes two records",
    "shared-organisation": "it takes two records",
    "likely-twin": "it takes two records",
    "free-alias": "it takes two records",
    "released-id": "it takes the list of released ids",
    "missing-file": "it takes a file that is not there",
    "not-a-record": "it takes a file that is none",
    "duplicate-term": "it takes a vocabulary or a register",
    "stale-file": "it takes a vocabulary",
    "exceptable-rule": "it takes the list of exceptions",
    "unneeded-exception": "it takes the list of exceptions",
}
"""The rules that one record cannot show, each with the reason; test_store.py and test_duplicates.py have them."""

EXAMPLES = sorted(INVALID.glob("*.yml"))


def file_name(rule: str) -> str:
    """The name under which an example is checked: an id that is not that of the file is what one of them is about."""
    return "page-2" if rule == "reserved-id" else SMALLEST


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda file: file.stem)
def test_an_invalid_example_is_told_in_exactly_these_words(example: Path, project: Project) -> None:
    path = f"practices/{file_name(example.stem)}.yml"
    project.write(path, example.read_bytes())
    expected = example.with_suffix(".txt").read_text(encoding="utf-8").splitlines()
    assert [line.removeprefix(f"{path}:") for line in project.told()] == expected


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda file: file.stem)
def test_an_invalid_example_shows_the_rule_that_it_is_named_after(example: Path) -> None:
    told = example.with_suffix(".txt").read_text(encoding="utf-8")
    assert f"[{example.stem}]" in told
    for line in told.splitlines():
        assert re.fullmatch(r"[0-9]+:[0-9]+: (error|warning)\[[a-z0-9-]+\] .+", line)


def test_every_rule_has_an_example_or_a_reason_for_having_none() -> None:
    examples = {example.stem for example in EXAMPLES}
    assert examples | WITHOUT_EXAMPLE.keys() == EVERY_RULE.keys()
    assert not examples & WITHOUT_EXAMPLE.keys()


def test_every_rule_without_an_example_has_a_test_of_its_own() -> None:
    files = ("test_store.py", "test_duplicates.py")
    tests = "".join((Path(__file__).parent / name).read_text(encoding="utf-8") for name in files)
    assert [rule for rule in WITHOUT_EXAMPLE if f"[{rule}]" not in tests] == []


def test_no_rule_goes_by_two_names() -> None:
    assert len(EVERY_RULE) == len(SHAPE_RULES) + len(RULES) + len(FOLDER_RULES)


def test_every_example_has_its_words_and_every_words_an_example() -> None:
    assert {file.stem for file in INVALID.glob("*.txt")} == {example.stem for example in EXAMPLES}
    assert {file.suffix for file in INVALID.iterdir()} == {".txt", ".yml"}


def test_the_valid_examples_have_no_problems_but_the_missing_language_of_two(project: Project) -> None:
    records = sorted(file.stem for file in VALID.glob("*.yml"))
    project.add(*records)
    reading = project.load()
    assert told(reading.problems) == [
        "practices/nantes-permanence-juridique.yml:4:7: warning[translation] 'name' and 3 more not yet in English",
        "practices/oslo-job-mentors.yml:4:7: warning[translation] 'name' and 5 more not yet in French",
    ]
    assert reading.catalogue is not None
    assert list(reading.catalogue.practices) == records


def test_the_smallest_example_is_accepted_alone_and_holds_only_what_is_required(project: Project) -> None:
    project.add(SMALLEST)
    assert project.told() == []
    required = {field.name for field in reference("en").fields() if field.required and field.depth == 0}
    assert read(VALID / f"{SMALLEST}.yml").keys() == required | {"countries"}


def test_the_full_example_uses_every_field() -> None:
    def names(node: object, prefix: str = "") -> set[str]:
        if isinstance(node, list):
            return set().union(*(names(item, prefix) for item in node))
        if not isinstance(node, dict):
            return set()
        parts = [{prefix + key} | names(value, f"{prefix}{key}.") for key, value in node.items()]
        return set().union(*parts)

    full = read(VALID / f"{FULL}.yml")
    full["sources"] = list(full["sources"].values())  # the keys are of the contributor's choice
    fields = {field.name for field in reference("en").fields()}
    assert fields - names(full) == set()
