"""The commands for records, run in this process on a small project: check, new, derive; and their progress."""

from __future__ import annotations

import itertools
import json
import re
import sys
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import yaml
from tests.command_fixtures import (
    DESK,
    PLAIN_ADDRESS,
    WRONG_KIND,
    Clock,
    Outcome,
    Runner,
    Terminal,
    contents,
    edit,
    times,
)

from catalogue import loader
from catalogue.problems import Problem, Severity
from commands import check, derive, fix, new, release, terminal

GIVEN = {
    "name-en": "Evening language café",
    "name-fr": "Café des langues du soir",
    "summary-en": "Neighbours and newcomers talk over coffee, one evening a week.",
    "summary-fr": "Voisins et nouveaux arrivants se parlent autour d’un café, un soir par semaine.",
    "approach-en": "The library gives the room, volunteers lead the tables.",
    "approach-fr": "La bibliothèque prête la salle, des bénévoles animent les tables.",
    "kind": "service",
    "status": "active",
    "described-as-of": "2024",
    "countries": "PT, NO",
    "organisation-en": "Town library",
    "organisation-fr": "Bibliothèque municipale",
    "organisation-type": "local-authority",
    "themes": "information-services, cohesion",
    "source-title": "The page of the café",
    "source-url": "https://library.example/cafe?a=1&b=2#c",
}
"""A new record in arguments."""


# check.py


def test_records_without_problems_pass_the_check(folder: Path, run: Runner) -> None:
    assert run(check) == Outcome(0, "", "No problems.\n")


def test_an_error_fails_the_check_and_is_told_with_its_place(folder: Path, run: Runner) -> None:
    edit(folder / DESK, *WRONG_KIND)
    assert run(check) == Outcome(
        1,
        f"{DESK}:9:7: error[unknown-term] 'servise' is not a kind; did you mean 'service'?\n"
        "    Every term stands in its vocabulary, every country code in ISO 3166-1.\n",
        "1 error, 0 warnings.\n",
    )


def test_a_problem_leads_to_the_rules_where_the_site_has_an_address(
    folder: Path, run: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(folder / DESK, *WRONG_KIND)
    for address, line in (
        ("https://atlas.example/under", "    https://atlas.example/under/contribute/rules/#unknown-term"),
        ("nonsense", "    Every term stands in its vocabulary, every country code in ISO 3166-1."),
    ):
        monkeypatch.setenv("SITE_URL", address)
        assert run(check).out.splitlines()[-1] == line


def test_warnings_alone_pass_the_check(folder: Path, run: Runner) -> None:
    edit(folder / DESK, *PLAIN_ADDRESS)
    done = run(check)
    assert (done.status, done.err) == (0, "0 errors, 1 warning.\n")
    assert done.out.startswith(f"{DESK}:25:10: warning[plain-http] 'http://desk.example/' is not encrypted")


def test_github_gets_annotations_and_nothing_else(folder: Path, run: Runner) -> None:
    edit(folder / DESK, *WRONG_KIND)
    assert run(check, "--format", "github") == Outcome(
        1,
        f"::error file={DESK},line=9,col=7,title=unknown-term::'servise' is not a kind; did you mean 'service'?\n",
        "",
    )


def test_programs_get_json(folder: Path, run: Runner) -> None:
    edit(folder / DESK, *WRONG_KIND)
    done = run(check, "--format", "json")
    assert (done.status, done.err) == (1, "")
    assert json.loads(done.out) == [
        {
            "path": DESK,
            "line": 9,
            "column": 7,
            "rule": "unknown-term",
            "message": "'servise' is not a kind; did you mean 'service'?",
            "severity": "error",
        }
    ]


def test_programs_get_an_empty_list_where_nothing_is_wrong(folder: Path, run: Runner) -> None:
    assert run(check, "--format", "json") == Outcome(0, "[]\n", "")


def test_only_the_problems_of_the_files_asked_for_are_told(folder: Path, run: Runner) -> None:
    edit(folder / DESK, *WRONG_KIND)
    other = folder / "practices" / "reading-room.yml"
    edit(other, "status: unknown", "status: unknwon")
    done = run(check, "--format", "github", str(other))
    assert done.status == 1
    assert re.findall(r"file=([^,]+)", done.out) == ["practices/reading-room.yml"]


def test_an_error_in_a_file_not_asked_for_does_not_fail_the_check(folder: Path, run: Runner) -> None:
    edit(folder / DESK, *WRONG_KIND)
    assert run(check, str(folder / "practices" / "reading-room.yml")) == Outcome(0, "", "No problems.\n")


@pytest.mark.parametrize(
    ("place", "path"),
    [(".", DESK), (".", f"./{DESK}"), ("practices", "welcome-desk.yml"), ("docs", f"../{DESK}")],
)
def test_a_file_is_asked_for_as_in_any_command(
    folder: Path, run: Runner, monkeypatch: pytest.MonkeyPatch, place: str, path: str
) -> None:
    edit(folder / DESK, *WRONG_KIND)
    monkeypatch.chdir(folder / place)
    done = run(check, path)
    assert done.status == 1
    assert done.out.startswith(f"{DESK}:9:7: error[unknown-term]")


@pytest.mark.parametrize(
    "path", ["schema/vocabularies/themes.yml", "schema/documents.yml", "schema/practice.schema.json"]
)
def test_a_record_that_could_not_be_checked_wholly_does_not_pass(folder: Path, run: Runner, path: str) -> None:
    (folder / path).write_text("\tx", encoding="utf-8")
    edit(folder / "practices" / "reading-room.yml", "status: unknown", "status: unknwon")
    done = run(check, str(folder / DESK))
    assert done.status == 1
    assert re.match(rf"{path}:1:[12]: error\[", done.out)
    assert "reading-room" not in done.out
    assert done.err == f"1 error, 0 warnings.\nNot everything could be checked: {path} cannot be used.\n"


def test_an_error_in_a_register_that_a_record_does_not_need_is_not_its_own(folder: Path, run: Runner) -> None:
    (folder / "schema" / "leads.yml").write_text("\tx", encoding="utf-8")
    assert run(check, str(folder / DESK)) == Outcome(0, "", "No problems.\n")
    assert run(check, str(folder / "schema" / "leads.yml")).status == 1


@pytest.mark.parametrize("path", ["mkdocs.yml", "schema/world.json", "practices/.hidden.yml"])
def test_a_file_that_is_not_checked_has_not_passed(folder: Path, run: Runner, path: str) -> None:
    (folder / "practices" / ".hidden.yml").touch()
    done = run(check, str(folder / path))
    assert done.status == 2
    assert "is not a file that is checked: neither a record nor a file of schema/" in done.err


@pytest.mark.parametrize("path", ["practices/no-such-record.yml", "practices", "../elsewhere.yml"])
def test_asking_for_what_is_no_file_of_the_project_is_wrong_use(
    folder: Path, run: Runner, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    (folder.parent / "elsewhere.yml").touch()
    monkeypatch.chdir(folder)
    done = run(check, path)
    assert done.status == 2
    assert f"{path} is not a file of the project" in done.err


def test_an_unknown_format_is_wrong_use(folder: Path, run: Runner) -> None:
    done = run(check, "--format", "xml")
    assert done.status == 2
    assert "invalid choice: 'xml'" in done.err


# fix.py

HURRIED = ("countries: [IE]", "countries: [IE, NO]")
MENDED_COUNTRIES = f"{DESK}:12: quotes around NO\n"


def test_what_can_be_mended_is_mended_and_told_by_file_and_line(folder: Path, run: Runner) -> None:
    before = contents(folder)
    edit(folder / DESK, *HURRIED)
    edit(folder / "schema" / "questions.yml", "Il est ouvert à tous.", "L'accueil est ouvert à tous.")
    assert run(fix) == Outcome(0, MENDED_COUNTRIES + "schema/questions.yml:6: ’ in place of '\n", "2 files mended.\n")
    assert run(check).err == "No problems.\n"
    after = contents(folder)
    assert {path for path in after if after[path] != before.get(path)} == {DESK, "schema/questions.yml"}
    assert run(fix) == Outcome(0, "", "Nothing to mend.\n")
    assert contents(folder) == after


def test_only_the_files_asked_for_are_mended(folder: Path, run: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    edit(folder / DESK, *HURRIED)
    edit(folder / "practices" / "reading-room.yml", *HURRIED)
    monkeypatch.chdir(folder / "practices")
    assert run(fix, "welcome-desk.yml") == Outcome(0, MENDED_COUNTRIES, "1 file mended.\n")
    assert "[IE, NO]" in (folder / "practices" / "reading-room.yml").read_text(encoding="utf-8")


def test_what_would_be_mended_can_be_asked_for(folder: Path, run: Runner) -> None:
    assert run(fix, "--check") == Outcome(0, "", "Nothing to mend.\n")
    edit(folder / DESK, *HURRIED)
    before = times(folder)
    assert run(fix, "--check") == Outcome(1, MENDED_COUNTRIES, "1 file to mend.\n")
    assert times(folder) == before


def test_a_file_that_cannot_be_read_is_not_touched_and_the_others_are_mended(folder: Path, run: Runner) -> None:
    edit(folder / DESK, *HURRIED)
    other = folder / "practices" / "reading-room.yml"
    other.write_text("id: 'x\r\n", encoding="utf-8", newline="")
    done = run(fix)
    assert (done.status, done.out) == (1, MENDED_COUNTRIES)
    assert "practices/reading-room.yml: left as it is, for it cannot be read ('make check' says why)" in done.err
    assert other.read_bytes() == b"id: 'x\r\n"


def test_a_damaged_schema_stops_the_mending_of_what_it_describes(folder: Path, run: Runner) -> None:
    edit(folder / DESK, *HURRIED)
    (folder / "schema" / "practice.schema.json").write_text("{", encoding="utf-8")
    fix.mender.cache_clear()
    done = run(fix, str(folder / DESK))
    assert (done.status, done.out) == (1, "")
    assert f"{DESK}: this is not JSON" in done.err


def test_a_file_is_replaced_at_once_or_not_at_all(folder: Path, run: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    file = folder / DESK
    edit(file, *HURRIED)
    file.chmod(0o640)
    before = contents(folder)

    def broken(*_: object) -> None:
        raise OSError("the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", broken)
        with pytest.raises(OSError, match="the disk is full"):
            run(fix)
    assert contents(folder) == before
    run(fix)
    assert file.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("path", ["practices/no-such-record.yml", "mkdocs.yml", "schema/practice.schema.json"])
def test_asking_to_mend_what_is_no_record_is_wrong_use(folder: Path, run: Runner, path: str) -> None:
    done = run(fix, str(folder / path))
    assert done.status == 2
    assert "is no record, register or vocabulary" in done.err


def test_a_new_record_has_nothing_to_mend(folder: Path, run: Runner) -> None:
    run(new, *arguments({**GIVEN, "summary-fr": "L'accueil; c'est ici!", "approach-fr": 'Un "café": 10% du temps.'}))
    found = record(folder, "evening-language-cafe")
    assert found["summary"]["fr"] == "L’accueil\u00a0; c’est ici\u00a0!"
    assert found["approach"]["fr"] == "Un «\u00a0café\u00a0»\u00a0: 10\u00a0% du temps."
    assert run(fix, "--check").status == 0


# release.py

RELEASED = Path("schema") / "released-ids.txt"


def test_a_release_notes_the_ids_of_all_records_and_forgets_none(folder: Path, run: Runner) -> None:
    (folder / RELEASED).write_text("old-desk\nplay-group\n", encoding="utf-8")
    assert run(release) == Outcome(0, "2 ids added to schema/released-ids.txt\n", "")
    assert (folder / RELEASED).read_text(encoding="utf-8") == "old-desk\nplay-group\nreading-room\nwelcome-desk\n"
    before = times(folder)
    assert run(release) == Outcome(0, "0 ids added to schema/released-ids.txt\n", "")
    assert times(folder) == before


def test_a_release_writes_the_list_where_there_is_none(folder: Path, run: Runner) -> None:
    (folder / RELEASED).unlink()
    assert run(release).status == 0
    assert run(check).err == "No problems.\n"
    (folder / "practices" / "play-group.yml").rename(folder / "practices" / "play-circle.yml")
    edit(folder / "practices" / "play-circle.yml", "id: play-group", "id: play-circle")
    assert "schema/released-ids.txt:1:1: error[released-id] the address of 'play-group'" in run(check).out


def test_there_is_no_release_of_records_with_errors(folder: Path, run: Runner) -> None:
    before = (folder / RELEASED).read_bytes()
    edit(folder / DESK, *WRONG_KIND)
    done = run(release)
    assert (done.status, done.out) == (1, "")
    assert done.err.startswith(f"{DESK}:")
    assert (folder / RELEASED).read_bytes() == before


# new.py


def arguments(given: Mapping[str, str]) -> list[str]:
    return [f"--{name}={value}" for name, value in given.items()]


def without(*names: str) -> dict[str, str]:
    return {name: value for name, value in GIVEN.items() if name not in names}


def record(folder: Path, id_: str) -> dict[str, Any]:
    """What a new record says, read as any program would."""
    data: dict[str, Any] = yaml.safe_load((folder / "practices" / f"{id_}.yml").read_text(encoding="utf-8"))
    return data


@pytest.fixture
def nothing_written(folder: Path) -> Iterator[None]:
    """Makes sure that the command leaves every file alone."""
    before = contents(folder.parent)
    yield
    assert contents(folder.parent) == before


def test_a_new_record_can_be_given_in_arguments_and_passes_the_check(folder: Path, run: Runner) -> None:
    done = run(new, *arguments(GIVEN))
    assert done == Outcome(
        0,
        "wrote practices/evening-language-cafe.yml\nIt passes the check. Preview it with 'make serve'.\n",
        "",
    )
    today = date.today().isoformat()
    assert record(folder, "evening-language-cafe") == {
        "id": "evening-language-cafe",
        "name": {"en": "Evening language café", "fr": "Café des langues du soir"},
        "summary": {
            "en": "Neighbours and newcomers talk over coffee, one evening a week.",
            "fr": "Voisins et nouveaux arrivants se parlent autour d’un café, un soir par semaine.",
        },
        "kind": "service",
        "status": "active",
        "described_as_of": 2024,
        "countries": ["PT", "NO"],
        "organisations": [
            {
                "name": {"en": "Town library", "fr": "Bibliothèque municipale"},
                "type": "local-authority",
                "roles": ["lead"],
            }
        ],
        "themes": ["information-services", "cohesion"],
        "approach": {
            "en": "The library gives the room, volunteers lead the tables.",
            "fr": "La bibliothèque prête la salle, des bénévoles animent les tables.",
        },
        "sources": {
            "page": {
                "title": "The page of the café",
                "language": "en",
                "url": "https://library.example/cafe?a=1&b=2#c",
                "accessed": today,
            }
        },
        "added": today,
        "verified": None,
    }


def test_a_new_record_tells_editors_its_schema_and_people_what_could_follow(folder: Path, run: Runner) -> None:
    run(new, *arguments(GIVEN))
    text = (folder / "practices" / "evening-language-cafe.yml").read_text(encoding="utf-8")
    first, second = text.splitlines()[:2]
    assert first == "# yaml-language-server: $schema=../schema/practice.schema.json"
    assert second == "id: evening-language-cafe"
    assert text.endswith(new.MORE)


def test_what_could_follow_passes_the_check_once_it_is_no_comment_any_more(folder: Path, run: Runner) -> None:
    run(new, *arguments(without("name-fr")))
    file = folder / "practices" / "evening-language-cafe.yml"
    offered = "".join(line.removeprefix("# ") for line in new.MORE.splitlines(keepends=True)[2:])
    edit(file, new.MORE, "\n" + offered)
    done = run(check, str(file))
    assert (done.status, set(re.findall(r"\[([a-z-]+)\]", done.out))) == (0, {"translation"})
    assert record(folder, "evening-language-cafe")["results"][0]["claim"] == {
        "en": "What came of it, worded as the claim of the source."
    }


def test_texts_that_yaml_could_take_for_something_else_stay_as_they_are(folder: Path, run: Runner) -> None:
    texts = {
        "name-en": "no",
        "summary-en": "- a dash: “quoted” # not a comment",
        "approach-en": "First.\n\n    {{ jinja }} *star* 'single' \"double\" \\ &anchor\n\nLast: 移民 🙂",
        "organisation-en": "2024-01-01",
        "source-title": "null",
    }
    run(new, *arguments({**without("name-fr"), **texts}), "--id=1e3")
    catalogue = loader.load(folder).catalogue
    assert catalogue is not None
    found = catalogue.practices["1e3"]
    assert found.name == {"en": texts["name-en"]}
    assert found.summary == {"en": texts["summary-en"]}
    assert [paragraph.text["en"] for paragraph in found.approach] == texts["approach-en"].split("\n\n")
    assert found.organisations[0].name == {"en": texts["organisation-en"]}
    assert found.sources["page"].title == texts["source-title"]
    assert found.countries == ("PT", "NO")


def test_a_name_in_french_only_makes_a_record_in_french_only(folder: Path, run: Runner) -> None:
    done = run(new, *arguments({**without("name-en"), "name-fr": "Café des langues à l’œuvre"}))
    assert "warning[translation]" in done.out
    assert done.out.endswith("It passes the check. Preview it with 'make serve'.\n")
    found = record(folder, "cafe-des-langues-a-l-oeuvre")
    assert [set(found[name]) for name in ("name", "summary", "approach")] == [{"fr"}] * 3
    assert set(found["organisations"][0]["name"]) == {"fr"}
    assert found["sources"]["page"]["language"] == "fr"


def test_a_record_without_a_country_has_a_region_and_may_do_without_an_address(folder: Path, run: Runner) -> None:
    done = run(new, *arguments({**without("countries", "source-url", "status"), "region": "world"}))
    assert "It passes the check." in done.out
    found = record(folder, "evening-language-cafe")
    assert found["region"] == "world"
    assert "countries" not in found
    assert found["status"] == "unknown"
    assert set(found["sources"]["page"]) == {"title", "language"}


def test_a_new_record_that_does_not_pass_is_kept_and_its_problems_are_told(folder: Path, run: Runner) -> None:
    done = run(new, *arguments({**GIVEN, "summary-en": "Too long. " * 40}))
    assert done.status == 0
    assert done.out.splitlines()[:2] == [
        "wrote practices/evening-language-cafe.yml",
        "practices/evening-language-cafe.yml:7:7: error[too-long] 'en' has 399 characters; at most 300 are allowed",
    ]
    assert "It passes" not in done.out


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"kind": "servise"}, "--kind: 'servise' is not one of them; did you mean 'service'?"),
        ({"status": "Active"}, "--status: 'Active' is not one of them; did you mean 'active'?"),
        ({"countries": "pt"}, "--countries: 'pt' is not one of them; did you mean 'PT'?"),
        ({"themes": "cohesion, housign"}, "--themes: 'housign' is not one of them; did you mean 'housing'?"),
        ({"kind": "service, network"}, "--kind: too many, at most 1"),
        ({"themes": "cohesion," * 6}, "--themes: too many, at most 5"),
        ({"themes": " , "}, "--themes: this one is needed"),
        ({"themes": ""}, "--themes is needed"),
        ({"described-as-of": "last year"}, "--described-as-of: 'last year' is not a year in four digits"),
        ({"described-as-of": "²⁰²⁴"}, "--described-as-of: '²⁰²⁴' is not a year in four digits"),
        ({"name-en": " ", "name-fr": ""}, "--name-en is needed"),
        ({"summary-en": ""}, "--summary-en is needed"),
    ],
)
def test_a_wrong_argument_is_wrong_use(nothing_written: None, run: Runner, wrong: dict[str, str], told: str) -> None:
    done = run(new, *arguments({**GIVEN, **wrong}))
    assert done.status == 2
    assert done.err.endswith(f"error: {told}\n")


@pytest.mark.parametrize(
    "missing",
    ["summary-en", "summary-fr", "approach-en", "approach-fr", "kind", "organisation-en", "organisation-fr",
     "organisation-type", "themes", "source-title"],
)  # fmt: skip
def test_without_a_terminal_a_missing_argument_is_wrong_use(nothing_written: None, run: Runner, missing: str) -> None:
    done = run(new, *arguments(without(missing)))
    assert done.status == 2
    assert done.err.endswith(f"error: --{missing} is needed\n")


@pytest.mark.parametrize(
    "id_",
    [
        "Language-cafe", "café", "a b", "a_b", "a--b", "-a", "a-", "a.yml", "a\nb", "..", "../escape", "a/b", "a\\b",
        "/tmp/escape", "~", "%2e%2e", "a\0b", "a" * 81, "a" * 300,
    ],
)  # fmt: skip
def test_an_id_that_is_no_plain_name_is_refused(nothing_written: None, run: Runner, id_: str) -> None:
    done = run(new, *arguments({**GIVEN, "id": id_}))
    assert done.status == 2
    assert "may hold lower-case letters a to z, digits and single dashes only, at most 80 of them" in done.err


def test_an_id_is_proposed_that_is_free(folder: Path, run: Runner) -> None:
    for id_ in ("yimin", "yimin-2"):
        done = run(new, *arguments({**GIVEN, "name-en": "移民", "name-fr": ""}))
        assert f"wrote practices/{id_}.yml" in done.out, done.err
        assert record(folder, id_)["name"] == {"en": "移民"}


def test_a_record_that_is_there_is_not_overwritten(nothing_written: None, run: Runner) -> None:
    done = run(new, *arguments({**GIVEN, "id": "welcome-desk"}))
    assert done == Outcome(1, "", f"{DESK} exists already; nothing was written\n")


def test_a_broken_vocabulary_stops_the_command(folder: Path, run: Runner) -> None:
    (folder / "schema" / "vocabularies" / "kinds.yml").write_text("terms: [\n", encoding="utf-8")
    done = run(new, *arguments(GIVEN))
    assert done.status == 1
    assert "schema/vocabularies/kinds.yml:2:1: error[not-yaml]" in done.err
    assert not (folder / "practices" / "evening-language-cafe.yml").exists()


def test_at_a_terminal_the_fields_are_asked_for(folder: Path, run: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    typed = Terminal(
        "Evening language café", "Café des langues",  # names
        "",  # the id offered
        "A café to talk.", "Tables led by volunteers.", "Un café pour parler.", "Des tables animées.",
        "service", "",  # kind, and the status offered
        "",  # the year offered
        "PT", "Town library", "Bibliothèque municipale", "local-authority", "cohesion,housing",
        "Page of the library", "", "",  # the language offered, no address
    )  # fmt: skip
    monkeypatch.setattr(sys, "stdin", typed)
    done = run(new)
    assert done.status == 0
    assert typed.read() == ""
    assert "Name in English: Name in French: Id (file name) [evening-language-cafe]: " in done.out
    assert f"\n  {'service':32} Service / Service\n" in done.out
    assert "Status [unknown]: " in done.out
    assert "It passes the check." in done.out
    found = record(folder, "evening-language-cafe")
    assert found["name"] == {"en": "Evening language café", "fr": "Café des langues"}
    assert found["summary"] == {"en": "A café to talk.", "fr": "Un café pour parler."}
    assert found["approach"] == {"en": "Tables led by volunteers.", "fr": "Des tables animées."}
    assert found["status"] == "unknown"
    assert found["described_as_of"] == date.today().year
    assert found["countries"] == ["PT"]
    assert found["organisations"][0]["name"] == {"en": "Town library", "fr": "Bibliothèque municipale"}
    assert found["themes"] == ["cohesion", "housing"]
    assert found["sources"] == {"page": {"title": "Page of the library", "language": "en"}}


def test_at_a_terminal_a_wrong_answer_is_asked_for_again(
    folder: Path, run: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = ("id", "kind", "described-as-of", "countries", "organisation-en", "themes", "source-title")
    answers = {
        "welcome-desk": "  practices/welcome-desk.yml exists already",
        "Language-cafe": "  'Language-cafe' may hold lower-case letters",
        "language-cafe": None,
        "servise": "  'servise' is not one of them; did you mean 'service'?",
        "service": None,
        "24": "  '24' is not a year in four digits",
        "2024": None,
        "pt": "  'pt' is not one of them; did you mean 'PT'?",
        "PT": None,
        "": "  This one is needed.",
        "Town library": None,
        "housing,housing,housing,housing,housing,cohesion": "  too many, at most 5",
        "cohesion": None,
        " ": "  This one is needed.",
        "Page of the library": None,
    }
    monkeypatch.setattr(sys, "stdin", Terminal(*answers))
    done = run(new, *arguments(without(*asked, "source-url")), "--source-url=", "--source-language=en")
    assert done.status == 0
    said_after, unsaid = 0, []
    for remark in filter(None, answers.values()):
        found_at = done.out.find(remark, said_after)
        unsaid += [remark] if found_at < 0 else []
        said_after = max(said_after, found_at + 1)
    assert unsaid == []
    found = record(folder, "language-cafe")
    assert found["kind"] == "service"
    assert found["described_as_of"] == 2024
    assert found["countries"] == ["PT"]
    assert found["organisations"][0]["name"]["en"] == "Town library"
    assert found["themes"] == ["cohesion"]
    assert found["sources"]["page"]["title"] == "Page of the library"


def test_a_region_may_stand_beside_countries(folder: Path, run: Runner) -> None:
    done = run(new, *arguments({**without("status"), "countries": "PT", "region": "europe"}))
    assert done.status == 0, done.err
    found = record(folder, "evening-language-cafe")
    assert (found["countries"], found["region"]) == (["PT"], "europe")


def test_at_a_terminal_a_region_is_asked_for_where_no_country_is_given(
    folder: Path, run: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal("", "world"))
    done = run(new, *arguments(without("countries")), "--id=language-cafe", "--source-language=en")
    assert "It passes the check." in done.out
    assert record(folder, "language-cafe")["region"] == "world"


def test_at_a_terminal_a_name_is_asked_for_until_there_is_one(
    folder: Path, run: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal("", "", "", "Language café", ""))
    done = run(new, *arguments(without("name-en", "name-fr")), "--source-language=en")
    assert "A name is needed, in English: " in done.out
    assert record(folder, "language-cafe")["name"] == {"en": "Language café"}


def test_ending_the_input_writes_nothing(nothing_written: None, run: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal("Language café"))
    done = run(new)
    assert (done.status, done.err) == (1, "\nnothing was written\n")


def test_an_interruption_writes_nothing(nothing_written: None, run: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(prompt: str) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr(sys, "stdin", Terminal())
    monkeypatch.setattr("builtins.input", interrupted)
    assert run(new) == Outcome(1, "", "\nnothing was written\n")


# derive.py


def test_what_is_stale_is_derived_again(folder: Path, run: Runner) -> None:
    run(derive)
    enumerations = folder / "schema" / "vocabularies.schema.json"
    fresh = enumerations.read_text(encoding="utf-8")
    edit(enumerations, '"service"', '"servise"')
    form = folder / ".github" / "ISSUE_TEMPLATE" / "site-problem.yml"
    form.unlink()
    done = run(derive)
    assert (done.status, done.err) == (0, "")
    assert done.out == "wrote schema/vocabularies.schema.json\nwrote .github/ISSUE_TEMPLATE/site-problem.yml\n"
    assert enumerations.read_text(encoding="utf-8") == fresh
    assert form.is_file()


def test_what_is_fresh_is_left_alone(folder: Path, run: Runner) -> None:
    run(derive)
    before = times(folder)
    assert run(derive) == Outcome(0, "", "")
    assert times(folder) == before


def test_a_new_term_can_be_used_once_the_choices_are_derived(folder: Path, run: Runner) -> None:
    run(derive)
    kinds = folder / "schema" / "vocabularies" / "kinds.yml"
    term = (
        "terms:\n  - id: festival\n    label: {en: Festival, fr: Fête}\n    definition: {en: A feast., fr: Une fête.}\n"
    )
    edit(kinds, "terms:\n", term)
    edit(folder / DESK, "kind: service", "kind: festival")
    assert "error[stale-file]" in run(check).out
    assert run(derive).out == (
        "wrote schema/vocabularies.schema.json\nwrote .github/ISSUE_TEMPLATE/propose-a-practice.yml\n"
    )
    assert run(check).status == 0
    form = folder / ".github" / "ISSUE_TEMPLATE" / "propose-a-practice.yml"
    assert "Festival / Fête (festival)" in form.read_text(encoding="utf-8")


@pytest.mark.parametrize("damaged", ["{}\n", "<<<<<<< HEAD\n{}\n", "[]", '{"$defs": {"kinds": {"enum": []}}}', "\x00"])
def test_damaged_choices_are_told_and_derived_again(folder: Path, run: Runner, damaged: str) -> None:
    with (folder / "schema" / "vocabularies" / "kinds.yml").open("a", encoding="utf-8") as kinds:
        kinds.write(f"# Read anew beside {damaged!r}.\n")
    enumerations = folder / "schema" / "vocabularies.schema.json"
    fresh = enumerations.read_text(encoding="utf-8")
    enumerations.write_text(damaged, encoding="utf-8")
    done = run(check)
    assert (done.status, done.err) == (1, "1 error, 0 warnings.\n")
    assert "error[stale-file] the vocabularies have changed since this file was made: run 'make derive'" in done.out
    run(derive)
    assert enumerations.read_text(encoding="utf-8") == fresh


def test_missing_choices_are_derived(folder: Path, run: Runner) -> None:
    enumerations = folder / "schema" / "vocabularies.schema.json"
    fresh = enumerations.read_text(encoding="utf-8")
    enumerations.unlink()
    assert "error[missing-file] the file is missing: run 'make derive'" in run(check).out
    run(derive)
    assert enumerations.read_text(encoding="utf-8") == fresh


@pytest.mark.parametrize(
    ("broken", "rule"),
    [("terms: [\n", "not-yaml"), (None, "duplicate-term")],
)
def test_a_broken_vocabulary_derives_nothing(folder: Path, run: Runner, broken: str | None, rule: str) -> None:
    kinds = folder / "schema" / "vocabularies" / "kinds.yml"
    text = kinds.read_text(encoding="utf-8")
    again = "  - id: service\n    label: {en: Again, fr: Encore}\n    definition: {en: Again., fr: Encore.}\n"
    kinds.write_text(broken or text.rstrip("\n") + "\n" + again, encoding="utf-8")
    before = contents(folder)
    done = run(derive)
    assert (done.status, done.out) == (1, "")
    assert f"error[{rule}]" in done.err
    assert contents(folder) == before


# command.py


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    found = Clock()
    monkeypatch.setattr(terminal, "time", SimpleNamespace(monotonic=found.monotonic))
    return found


def test_no_progress_is_shown_before_two_seconds(clock: Clock, capsys: pytest.CaptureFixture[str]) -> None:
    with terminal.Progress() as progress:
        clock.now += 1.99
        progress("check", 1, 9)
    assert capsys.readouterr().err == ""


def test_progress_is_shown_after_two_seconds_and_then_every_ten(
    clock: Clock, capsys: pytest.CaptureFixture[str]
) -> None:
    with terminal.Progress() as progress:
        for done, seconds in enumerate((2.0, 9.9, 0.1, 5.0), start=1):
            clock.now += seconds
            progress("check", done, 9)
    assert capsys.readouterr().err == "check: 1 of 9\ncheck: 3 of 9\n"


def test_a_terminal_has_one_line_of_progress_which_is_cleared(
    clock: Clock, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with terminal.Progress() as progress:
        for done, seconds in enumerate((2.0, 0.1, 0.1), start=1):
            clock.now += seconds
            progress("check", done, 9)
    assert capsys.readouterr().err == "\rcheck: 1 of 9\033[K\rcheck: 3 of 9\033[K\r\033[K"


def test_a_terminal_on_which_no_progress_was_shown_is_not_cleared(
    clock: Clock, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with terminal.Progress() as progress:
        progress("check", 1, 9)
    assert capsys.readouterr().err == ""


def test_progress_does_not_hide_an_error(clock: Clock) -> None:
    with pytest.raises(ValueError, match="broken"), terminal.Progress():
        raise ValueError("broken")


@pytest.mark.parametrize(
    ("errors", "warnings", "words"),
    [
        (0, 0, "No problems."),
        (1, 0, "1 error, 0 warnings."),
        (0, 1, "0 errors, 1 warning."),
        (2, 3, "2 errors, 3 warnings."),
    ],
)
def test_problems_are_summed_up_in_words(errors: int, warnings: int, words: str) -> None:
    severities = [Severity.ERROR] * errors + [Severity.WARNING] * warnings
    problems = [Problem("practices/a.yml", line, 1, "rule", "wrong", s) for line, s in enumerate(severities, start=1)]
    assert terminal.summary(problems) == words


def test_what_a_test_of_a_command_sees_does_not_depend_on_the_speed_of_the_machine(
    folder: Path, run: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = itertools.count(step=60)
    monkeypatch.setattr(terminal, "time", SimpleNamespace(monotonic=lambda: next(slow)))
    assert run(check) == Outcome(0, "", "No problems.\n")
