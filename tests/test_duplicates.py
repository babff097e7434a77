"""Two records of one practice are told, and two practices are not; an id that was published leads somewhere."""

from __future__ import annotations

import shutil
import time

import pytest
from tests.samples import SMALLEST, VALID, Project, changed

from catalogue.checking import released
from catalogue.checking.duplicates import likely_twin, specific_address
from catalogue.checking.rules import Known, RecordFile
from catalogue.reading.parsed import Parsed

RECORD = f"practices/{SMALLEST}.yml"
OTHER = "practices/porto-counter.yml"


def twin(*replacements: tuple[str, str]) -> str:
    """Another record than the smallest one: other names, and what is replaced."""
    text = changed(f"id: {SMALLEST}", "id: porto-counter")
    text = text.replace("en: Lisbon welcome desk", "en: A counter for all").replace(
        "fr: Guichet d’accueil de Lisbonne", "fr: Un comptoir pour tous"
    )
    text = text.replace("City of Lisbon", "City of Porto").replace("Ville de Lisbonne", "Ville de Porto")
    for old, new in replacements:
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
        text = text.replace(old, new)
    return text


SITE = ("sources:", "website: https://www.desk.example/desk/\nsources:")
SOURCE = ("    language: pt\n", '    language: pt\n    url: https://desk.example/desk\n    accessed: "2025-01-02"\n')
NAME = ("en: A counter for all", "en: The welcome desk in Lisbon")
NAME_ALIKE = ("en: A counter for all", "en: A desk for welcome and school work")


@pytest.fixture
def desk(project: Project) -> Project:
    """A project with a record that has a website."""
    project.write(RECORD, changed(*SITE))
    return project


def twins(project: Project, text: str) -> list[str]:
    project.write(OTHER, text)
    return [line for line in project.told() if "[likely-twin]" in line]


END = "; make one record of the two, or name the other one in 'related'"


@pytest.mark.parametrize(
    ("replacements", "line", "column", "reason"),
    [
        ([SITE], 20, 10, "both have the address 'desk.example/desk'"),
        ([("sources:", "same_as: [http://desk.example/desk]\nsources:")], 20, 11,
         "both have the address 'desk.example/desk'"),
        ([SOURCE], 24, 10, "both have the address 'desk.example/desk'"),
        ([NAME], 4, 7, "their names are alike"),
        ([("summary:", "also_known_as: [LISBON welcome desk]\nsummary:")], 5, 17,
         "it goes by the name 'LISBON welcome desk' there"),
        ([("en: A counter for all", "en: Guichet d'accueil de Lisbonne")], 4, 12,
         "it goes by the name 'Guichet d'accueil de Lisbonne' there"),
        ([("summary:", "local_names: {pt: Lisbon welcome desk}\nsummary:")], 5, 19,
         "it goes by the name 'Lisbon welcome desk' there"),
    ],
)  # fmt: skip
def test_a_likely_twin_is_told_at_what_both_have(
    desk: Project, replacements: list[tuple[str, str]], line: int, column: int, reason: str
) -> None:
    assert twins(desk, twin(*replacements)) == [
        f"{OTHER}:{line}:{column}: warning[likely-twin] this is perhaps the practice of {RECORD}: {reason}{END}"
    ]


@pytest.mark.parametrize(
    "replacements",
    [
        [],
        [("en: A counter for all", "en: Oslo welcome desk")],
        [NAME, ("countries: [PT]", "countries: [ES]")],  # the same in another country
        [NAME_ALIKE],
        [("sources:", "website: https://desk.example/\nsources:")],  # a front page
        [("sources:", "website: https://desk.example/other\nsources:")],
        [SITE, ("sources:", "related: [{id: lisbon-welcome-desk, relation: part-of}]\nsources:")],
    ],
)
def test_two_practices_are_no_twins(desk: Project, replacements: list[tuple[str, str]]) -> None:
    assert twins(desk, twin(*replacements)) == []


def test_a_whole_that_names_its_part_says_so_for_both(desk: Project) -> None:
    desk.write(RECORD, changed(SITE[0], f"related: [{{id: porto-counter, relation: see-also}}]\n{SITE[1]}"))
    assert twins(desk, twin(SITE)) == []


def test_a_shared_source_tells_only_where_the_names_are_alike_too(project: Project) -> None:
    project.write(RECORD, changed(*SOURCE))
    assert twins(project, twin(SOURCE)) == []
    (line,) = twins(project, twin(SOURCE, NAME_ALIKE))
    assert "both have the source 'desk.example/desk' and names that are alike" in line
    for number, names in enumerate([("Mentors of Braga", "Des parrains"), ("Law clinic", "Permanence juridique")]):
        other = twin(
            SOURCE, ("en: A counter for all", f"en: {names[0]}"), ("fr: Un comptoir pour tous", f"fr: {names[1]}")
        )
        project.write(f"practices/desk-{number}.yml", other.replace("porto-counter", f"desk-{number}"))
    assert twins(project, twin(SOURCE, NAME_ALIKE)) == []  # an address that many have says nothing


def test_the_record_that_came_later_is_the_one_that_is_told(desk: Project) -> None:
    desk.write(RECORD, changed(SITE[0], 'added: "2026-03-01"\n' + SITE[1]))
    assert twins(desk, twin(SITE, ("summary:", 'added: "2026-02-01"\nsummary:')))[0].startswith(f"{RECORD}:21:10: ")
    assert twins(desk, twin(SITE, ("summary:", 'added: "2026-04-01"\nsummary:')))[0].startswith(f"{OTHER}:21:10: ")


def test_a_name_that_two_records_have_in_one_language_is_told_once(desk: Project) -> None:
    desk.write(OTHER, twin(("en: A counter for all", "en: Lisbon welcome desk")))
    rules = [line.split("[")[1].split("]")[0] for line in desk.told()]
    assert rules.count("unique-name") == 1


def test_one_place_brings_names_nearer_than_one_country_does(project: Project) -> None:
    place = ("sources:", "places: [{name: {en: Lisbon, fr: Lisbonne}, country: PT, lat: 38.7, lon: -9.1}]\nsources:")
    alike = ("en: A counter for all", "en: A welcome and advice desk")
    project.add(SMALLEST)
    assert twins(project, twin(alike)) == []
    project.write(RECORD, changed(*place))
    assert len(twins(project, twin(alike, place))) == 1


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://www.a.example/b/", "a.example/b"),
        ("http://A.example/b?utm_source=x&c=1#d", "a.example/b?c=1"),
        ("https://a.example/?p=3", "a.example?p=3"),
        ("https://a.example/", None),
        ("https://a.example/en/", None),
        ("https://[", None),
    ],
)
def test_an_address_is_compared_without_what_makes_no_difference(url: str, expected: str | None) -> None:
    assert specific_address(url) == expected


def test_a_thousand_records_are_compared_in_a_moment() -> None:
    records = [
        RecordFile(
            f"practices/r{number}.yml", f"r{number}", "", Parsed({}),
            {
                "name": {"en": f"Programme {number % 97} in town {number}", "fr": f"Le programme {number}"},
                "countries": ["PT"],
                "website": f"https://town{number}.example/newcomers",
            },
        )
        for number in range(1000)
    ]  # fmt: skip
    start = time.process_time()
    assert list(likely_twin(records, Known((), {}, (), {}))) == []
    assert time.process_time() - start < 2


# Earlier ids.


@pytest.mark.parametrize(
    ("alias", "message"),
    [
        ("porto-counter", "'porto-counter' is the id of this record: only earlier ids stand here"),
        (SMALLEST, f"'{SMALLEST}' is the id of another record: its address leads there"),
        ("old-desk", f"'old-desk' is already an earlier id of {RECORD}"),
        ("page-3", "'page-3' is the address of a page of the list"),
    ],
)
def test_an_earlier_id_is_free(project: Project, alias: str, message: str) -> None:
    project.write(RECORD, changed("\nname:", "\naliases: [old-desk]\nname:"))
    project.write(OTHER, twin(("\nname:", f"\naliases: [older-counter, {alias}]\nname:")))
    assert project.told() == [f"{OTHER}:4:26: error[free-alias] {message}"]


@pytest.mark.parametrize("alias", ["../x", "a/b", "A", "a--b", "/etc/passwd", "a\\b", "con/../x"])
def test_an_earlier_id_is_no_path(project: Project, alias: str) -> None:
    project.write(RECORD, changed("\nname:", f"\naliases: ['{alias}']\nname:"))
    (line,) = project.told()
    assert f"error[wrong-form] '{alias}' cannot stand here" in line


def test_a_record_that_names_an_earlier_id_is_told_the_one_of_today(project: Project) -> None:
    project.write(RECORD, changed("\nname:", "\naliases: [old-desk]\nname:"))
    project.write(OTHER, twin(("sources:", "related: [{id: old-desk, relation: see-also}]\nsources:")))
    (line,) = project.told()
    assert line.endswith(f"error[known-practice] there is no practice 'old-desk'; did you mean '{SMALLEST}'?")


# Released ids.


def test_an_id_that_was_released_and_leads_nowhere_is_told(project: Project) -> None:
    project.add(SMALLEST)
    project.write("schema/released-ids.txt", f"{SMALLEST}\nold-desk\n")
    assert project.told() == [
        "schema/released-ids.txt:2:1: error[released-id] the address of 'old-desk' was published and leads nowhere any "
        "more: name it in the 'aliases' of the record that took its place"
    ]
    project.write(RECORD, changed("\nname:", "\naliases: [old-desk]\nname:"))
    assert project.told() == []


def test_a_renamed_record_keeps_its_released_address(project: Project) -> None:
    project.write("schema/released-ids.txt", f"{SMALLEST}\n")
    project.write("practices/lisbon-welcome-desks.yml", changed(f"id: {SMALLEST}", "id: lisbon-welcome-desks"))
    (line,) = project.told()
    assert line.endswith("; did you mean 'lisbon-welcome-desks'?")


def test_nothing_is_said_of_released_ids_while_a_record_cannot_be_read(project: Project) -> None:
    project.write("schema/released-ids.txt", f"{SMALLEST}\nold-desk\n")
    for text in (
        "\tx",
        changed("\nname:", "\naliases: old-desk\nname:"),
        changed("\nname:", "\nalias: [old-desk]\nname:"),
    ):
        project.write(RECORD, text)
        assert "[released-id]" not in "".join(project.told())


def test_a_missing_list_of_released_ids_is_told(project: Project) -> None:
    (project.root / "schema" / "released-ids.txt").unlink()
    assert project.told() == [
        "schema/released-ids.txt:1:1: error[missing-file] the file is missing: 'atlas.py release' writes it"
    ]


def test_the_list_is_sorted_and_read_as_it_was_written() -> None:
    assert released.listing(["b", "a", "a-b"]) == "a\na-b\nb\n"
    assert released.ids(released.listing(["b", "a"]) + "\n") == ["a", "b"]


def test_a_copy_of_a_record_under_another_name_is_a_twin(project: Project) -> None:
    project.add(SMALLEST)
    shutil.copy(VALID / f"{SMALLEST}.yml", project.root / "practices" / "porto-desk.yml")
    assert [line for line in project.told() if "[unique-id]" in line]
