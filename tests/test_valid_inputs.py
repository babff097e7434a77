"""Whatever passes the check can be built: generated registers and records go from their files to all pages."""

from __future__ import annotations

import json
import os
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.samples import ROOT, SMALLEST, VALID, Project, read
from tests.schema_data import Generator, places_of

from catalogue.checking.schema import Schema
from catalogue.languages import CODES
from catalogue.loader import Reading
from catalogue.presenting.context import Addresses, SiteIndex
from commands.generate import data_files, generated

EXAMPLES = int(os.environ.get("ATLAS_VALID_INPUTS", "6"))
"""How many catalogues are built; each takes a second or two. More are tried by setting the variable."""

MAX_REPAIRS = 12
"""How often what the rules refuse is taken out of a catalogue."""

SIMPLE = {
    field: int(value) if field == "described_as_of" else value
    for field, value in read(VALID / f"{SMALLEST}.yml").items()
}

Catalogue = dict[str, Any]
"""Registers by their names, and records by their ids under `practices`."""

IDS = st.lists(st.from_regex(r"[a-z0-9]{1,6}(-[a-z0-9]{1,4})?", fullmatch=True), min_size=2, max_size=4, unique=True)


@cache
def schema(name: str) -> Schema:
    return Schema(ROOT / "schema", f"{name}.schema.json")


@cache
def boxes() -> dict[str, list[float]]:
    found: dict[str, list[float]] = json.loads((ROOT / "schema" / "bounds.json").read_text(encoding="utf-8"))
    return found


@st.composite
def catalogues(draw: st.DrawFn) -> Catalogue:
    """Registers and records that have the shape of their schemas and refer to what is there."""
    known = {"document": draw(IDS), "org": draw(IDS), "practice": draw(IDS)}
    found: Catalogue = {}
    for name, reference in (("documents", "document"), ("organisations", "org"), ("leads", ""), ("questions", "")):
        node = schema(name).root["properties"][name]["items"]
        generator = Generator(schema(name), known, {})
        ids = known[reference] if reference else draw(IDS)
        if name == "questions" and len(known["practice"]) < 3:
            ids = []  # a question has three picks at least
        found[name] = [{**generator.value(draw, node), "id": id_} for id_ in ids]
    found["practices"] = {id_: draw(records(id_, known)) for id_ in known["practice"]}
    return found


@st.composite
def records(draw: st.DrawFn, id_: str, known: dict[str, list[str]]) -> dict[str, Any]:
    """A record that refers to what is known."""
    keys = draw(st.lists(st.sampled_from(["report", "page", "a1"]), min_size=1, unique=True))
    others = [other for other in known["practice"] if other != id_]
    fixed = {"currency": ["EUR", "XOF", "JPY"], "id": others}
    generator = Generator(schema("practice"), {**known, "practice": others, "source": keys}, fixed)
    record: dict[str, Any] = generator.value(draw, schema("practice").root)
    sources = schema("practice").resolve(schema("practice").root["properties"]["sources"])
    record |= {"id": id_, "sources": {key: generator.value(draw, sources["additionalProperties"]) for key in keys}}
    if isinstance(record["approach"], list):
        record["approach"][0]["sources"] = keys  # each is used
    if "aliases" in record:
        record["aliases"] = [f"{id_}-before"]
    for place in record.get("places", ()):
        west, south, east, north = boxes().get(place["country"], [0, 0, 0, 0])
        place["lat"] = round((south + north) / 2, 2)
        place["lon"] = round((west + east) / 2, 2) if west < east else 180
    return record


def written(project: Project, found: Catalogue) -> dict[str, str]:
    """Write a catalogue to a project; the text of each file by its path."""
    data = {f"schema/{name}.yml": {name: entries} for name, entries in found.items() if name != "practices"}
    data |= {f"practices/{id_}.yml": record for id_, record in found["practices"].items()}
    files = {path: json.dumps(content, ensure_ascii=False) for path, content in data.items()}
    for file in (project.root / "practices").iterdir():
        file.unlink()
    for path, text in files.items():
        project.write(path, text)
    return files


def repair(found: Catalogue, files: dict[str, str], reading: Reading) -> None:
    """Take out of a catalogue what the rules refuse: the entry, the item, the field, or the whole record."""
    for problem in reading.problems:
        if not problem.is_error():
            continue
        folder, _, name = problem.path.removesuffix(".yml").rpartition("/")
        where = (problem.line, problem.column)
        path = next(path for *place, path in places_of(files[problem.path]) if tuple(place) == where)
        if folder == "schema":
            found[name] = [entry for number, entry in enumerate(found[name]) if number != path[1]]
            continue
        record = found["practices"][name]
        field = path[0] if path else "sources"
        if field not in record:
            continue  # what else was wrong there has been taken out
        if field in ("id", "sources", "approach") or record[field] == SIMPLE.get(field):
            found["practices"][name] = {**SIMPLE, "id": name, "name": record["name"]}
        elif field in SIMPLE:
            record[field] = SIMPLE[field]
        elif len(path) > 1 and isinstance(record[field], list) and len(record[field]) > 1:
            record[field] = [item for number, item in enumerate(record[field]) if number != path[1]]
        else:
            del record[field]


def build(project: Project, found: Catalogue) -> int:
    """Write a catalogue, take out what is refused, and render everything; returns the number of files."""
    for _ in range(MAX_REPAIRS):
        files = written(project, found)
        reading = project.load()
        if reading.catalogue is not None:
            break
        repair(found, files, reading)
    assert reading.catalogue is not None, [problem for problem in reading.problems if problem.is_error()]
    atlas = SiteIndex.of(reading.catalogue)
    addresses = Addresses("https://atlas.example/", "https://code.example/atlas/")
    count = 0
    for language in CODES:
        for path, text in generated(atlas, language, addresses, ROOT):
            assert Path(path).suffix
            assert text.encode()
            count += 1
    return count + sum(bool(text.encode()) for _, text in data_files(reading.catalogue))


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return Project.create(tmp_path_factory.mktemp("valid"))


@settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
@given(catalogues())
def test_whatever_passes_the_check_is_built(project: Project, found: Catalogue) -> None:
    assert build(project, found) > 1000


@settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
@given(catalogues())
def test_most_of_what_is_generated_is_not_refused(project: Project, found: Catalogue) -> None:
    """So that the test above tries records as rich as the schema lets them be."""
    before = sum(len(record) for record in found["practices"].values())
    for _ in range(MAX_REPAIRS):
        files = written(project, found)
        reading = project.load()
        if reading.catalogue is not None:
            break
        repair(found, files, reading)
    assert sum(len(record) for record in found["practices"].values()) > before / 2


def test_every_field_of_a_record_is_generated() -> None:
    seen: set[str] = set()

    @settings(max_examples=60, database=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
    @given(records("a", {"document": ["d"], "org": ["o"], "practice": ["a", "b"]}))
    def generate(record: dict[str, Any]) -> None:
        seen.update(record)

    generate()
    assert seen == schema("practice").root["properties"].keys()
