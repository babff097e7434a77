"""What the build writes for the explore page and the search box: codes, cards, names and words."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from tests import finding_plain
from tests.explore_files import explore_files, rows_with
from tests.samples import ROOT, catalogue, examples, practice, site_catalogue, site_pages

from catalogue.fields import FIELDS
from catalogue.finding import explore_data, search_index
from catalogue.languages import DEFAULT
from catalogue.model import LANGUAGES
from catalogue.presenting.world_map import WorldMap
from catalogue.text import fold

SCRIPTS = ROOT / "docs" / "theme" / "atlas"

WITHOUT_FILTER = {
    "directions", "methods", "counted-by", "lesson-kinds", "needs", "step-bases", "cost-units", "material-kinds",
    "roles", "engaged-parties", "bases", "relations", "selection", "verification", "lead-reasons",
}  # fmt: skip
"""The small vocabularies: their terms have pages, but nobody looks for practices by them."""


@cache
def written(language: str) -> dict[str, Any]:
    """Every file for the records of the test site, read back."""
    return explore_files(site_catalogue(), language)


def small(language: str = "en", **fields: Any) -> dict[str, Any]:
    """Every file for the examples and one practice with some fields."""
    found = catalogue(*examples().values(), practice("zagreb-desk", **fields))
    return explore_files(found, language)


def following(facet: dict[str, Any], facets: list[dict[str, Any]]) -> list[set[str]]:
    """For every row the choices of a filter that follow from those of another one."""
    rows = facet["rows"].split(",")
    if "of" not in facet:
        return [set() for _ in rows]
    (other,) = (found for found in facets if found["key"] == facet["of"])
    sources = [{int(code, 36) for code in codes.split(".") if code} for codes in other["rows"].split(",")]
    choices = [choice for choice, _ in facet["choices"]]
    return [{choice for choice, of in zip(choices, facet["from"], strict=True) if set(of) & row} for row in sources]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_codes_say_of_every_record_what_it_falls_under(language: str) -> None:
    found, files = site_catalogue(), written(language)
    ids = files["explore/ids.json"]
    assert sorted(ids) == sorted(found.practices)
    for facet in files["explore/facets.json"]["facets"]:
        choices = [choice for choice, _ in facet["choices"]]
        assert len(choices) == len(set(choices))
        follows = following(facet, files["explore/facets.json"]["facets"])
        for row, (practice_id, codes) in enumerate(zip(ids, facet["rows"].split(","), strict=True)):
            of = finding_plain.choices(found.practices[practice_id], found)[facet["key"]]
            own = {choices[int(code, 36)] for code in codes.split(".") if code}
            assert own | follows[row] == of, (facet["key"], practice_id)
            assert not own & follows[row], "what follows is not written again"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_filter_is_there_with_labels(language: str) -> None:
    facets = written(language)["explore/facets.json"]["facets"]
    assert tuple(facet["key"] for facet in facets) == explore_data.FILTERS
    assert explore_data.FILTERS[: len(explore_data.ORDER)] == explore_data.ORDER
    assert all(label.strip() for facet in facets for _, label in facet["choices"])
    assert all(re.fullmatch(r"[a-z0-9-]+", choice) for facet in facets for choice, _ in facet["choices"])


def test_practices_in_a_place_come_before_global_machinery_and_the_best_documented_first() -> None:
    found = site_catalogue()
    rows = [found.practices[id_] for id_ in written("en")["explore/ids.json"]]
    local = [bool({"local", "province", "national"} & set(row.levels)) for row in rows]
    assert local == sorted(local, reverse=True)
    ranks = [
        explore_data.completeness.documentation_rank(row) for row in rows if {"local", "national"} & set(row.levels)
    ]
    assert ranks == sorted(ranks)


def test_the_same_records_give_the_same_files() -> None:
    found = site_catalogue()
    first, second = (
        dict(explore_data.files(site_pages(found, "fr").context(1), WorldMap.read(ROOT))) for _ in range(2)
    )
    assert first == second


def test_another_text_gives_another_version() -> None:
    before, after = small(), small(context={"en": "Nobody answered.", "fr": "Personne ne répondait."})
    assert before["explore/facets.json"]["version"] != after["explore/facets.json"]["version"]


@pytest.mark.parametrize("changed", ["map", "word", "name", "passage"])
def test_every_file_has_a_part_in_the_version(monkeypatch: pytest.MonkeyPatch, changed: str) -> None:
    """Each of these changes one kind of file and leaves the others as they are."""
    place = {"name": {"en": "Zagreb", "fr": "Zagreb"}, "country": "HR", "lat": 45.81, "lon": 15.98}
    before = small(places=[place])
    if changed == "map":
        after = small(places=[{**place, "lat": 44.81}])
    elif changed == "name":
        after = small(places=[place], also_known_as=["Desk Zagreb"])
    elif changed == "word":
        monkeypatch.setattr(search_index, "WEIGHTS", dict.fromkeys(search_index.WEIGHTS, 1))
        after = small(places=[place])
    else:
        texts = search_index.texts
        monkeypatch.setattr(search_index, "texts", lambda *given: [*texts(*given)][:1])
        after = small(places=[place])
    different = {path.split("/")[1] for path in before | after if before.get(path) != after.get(path)}
    assert different > {"facets.json"}
    assert before["explore/facets.json"].pop("version") != after["explore/facets.json"].pop("version")
    assert changed == "name" or before["explore/facets.json"] == after["explore/facets.json"]


def test_words_are_found_without_accents_elisions_and_ligatures() -> None:
    files = small("fr", approach={"en": "x", "fr": "L’emploi d’aujourd'hui, l'œuvre d’Éva : éducations et cœurs."})
    for word in ("emploi", "oeuvre", "eva", "aujourd", "hui", "educations", "coeurs"):
        assert "zagreb-desk" in rows_with(files, word), word
    assert not rows_with(files, "lemploi")


def test_words_of_one_stem_lead_to_the_same_practices() -> None:
    files = small("en", approach={"en": "Schools and cities counselled refugees.", "fr": "x"})
    other = small("en", approach={"en": "A school in a city counsels one refugee.", "fr": "x"})
    for word in ("schools", "cities", "refugees", "counselled"):
        assert "zagreb-desk" in rows_with(files, word)
    for word in ("school", "city", "refugee", "counsels"):
        assert "zagreb-desk" in rows_with(other, word)
    assert ["s", ""] in files["explore/words/index.json"]["endings"]


def test_words_of_one_stem_but_another_meaning_are_kept_apart() -> None:
    files = small("en", summary={"en": "A house of women.", "fr": "x"}, approach={"en": "Houses.", "fr": "x"})
    assert "zagreb-desk" in rows_with(files, "house")
    assert "zagreb-desk" not in rows_with(files, "housing")
    files = small("fr", summary={"en": "x", "fr": "Donner des données."}, approach={"en": "x", "fr": "Un visa."})
    assert rows_with(files, "donnees") == rows_with(files, "donner") == {"zagreb-desk"}
    files = small("fr", summary={"en": "x", "fr": "Donner du temps."})
    assert rows_with(files, "donner") == {"zagreb-desk"}
    assert not rows_with(files, "donnees")
    files = small("fr", summary={"en": "x", "fr": "Les communes, une commune."})
    assert rows_with(files, "commune") == rows_with(files, "communes") == {"zagreb-desk"}


def test_a_practice_is_found_by_the_region_of_its_countries() -> None:
    files = small("en", countries=["SN"])
    for word in ("senegal", "western", "west", "africa"):
        assert "zagreb-desk" in rows_with(files, word), word
    assert "zagreb-desk" not in rows_with(files, "world")


def test_results_lessons_and_updates_are_searched_with_little_weight() -> None:
    files = small(
        "en",
        results=[{"claim": {"en": "Resultwort."}, "type": "reach"}],
        lessons=[{"text": {"en": "Lessonwort."}, "kind": "obstacle"}],
        updates=[{"year": 2020, "text": {"en": "Updatewort."}}],
    )
    for word in ("resultwort", "lessonwort", "updatewort"):
        assert rows_with(files, word) == {"zagreb-desk"}
    texts = files["explore/texts/zagreb-desk.json"]
    assert [texts[part][0] for part in ("results", "lessons", "updates")] == [
        "Resultwort.", "Lessonwort.", "Updatewort."
    ]  # fmt: skip


def test_a_theme_counts_more_than_a_mention() -> None:
    weights = search_index.weighed({"terms": ["housing"], "summary": ["school"], "approach": ["school"]})
    assert weights["housing"] > weights["school"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_questions_carry_the_words_by_which_they_are_found(language: str) -> None:
    files = written(language)
    asked = site_catalogue().questions
    assert [path for path, *_ in files["explore/questions.json"]] == [f"questions/{id_}/" for id_ in asked]
    for (_, text, own, more), question in zip(files["explore/questions.json"], asked.values(), strict=True):
        assert text == question.question[language]
        assert set(own.split()) & set(more.split()) == set()
        said = search_index.looked_for(site_pages(site_catalogue(), language).context(1), question.unknown[language])
        assert said <= {*own.split(), *more.split()}
    named = [name for name in files["explore/names.json"]["names"] if name[0] == "questions"]
    assert len(named) == len(asked)
    assert files["explore/names.json"]["kinds"]["questions"]


def test_a_name_counts_more_than_a_mention() -> None:
    weights = search_index.weighed({"name": ["desk"], "approach": ["bus"], "context": ["bus"]})
    assert weights["desk"] > weights["bus"]
    assert max(search_index.weighed({"name": ["a"] * 50, "summary": ["a"] * 50}).values()) == 15


def test_every_part_that_tells_a_practice_is_searched() -> None:
    files = small(
        "en",
        name={"en": "Namewort", "fr": "Nommot"},
        acronym="ACROWORT",
        also_known_as=["Aliaswort"],
        local_names={"hr": "Lokalwort", "bn": "নগর"},
        summary={"en": "Summarywort", "fr": "x"},
        context={"en": "Contextwort", "fr": "x"},
        approach={"en": "Approachwort", "fr": "x"},
        organisations=[{"name": {"en": "Orgwort"}, "type": "research", "roles": ["lead"]}],
        places=[{"name": {"en": "Placewort"}, "country": "PT", "lat": 38.7, "lon": -9.1}],
        countries=["PT"],
        steps=[{"text": {"en": "Stepwort"}, "basis": "done"}],
        needs=[{"need": "trust", "text": {"en": "Needwort"}}],
        costs=[{"text": {"en": "Costwort"}}],
        staff={"text": {"en": "Staffwort"}},
        results=[{"claim": {"en": "Resultwort"}, "type": "reach"}],
        lessons=[{"text": {"en": "Lessonwort"}, "kind": "obstacle"}],
        adaptations=[{"place": {"en": "Copywort"}, "text": {"en": "Changewort"}}],
        materials=[{"title": "Materialwort", "url": "https://a.example/", "language": "de", "what": "contract"}],
        transferability={"en": "Elsewort"},
        updates=[{"year": 2020, "text": {"en": "Updatewort"}}],
    )  # fmt: skip
    for part in ["name", "acro", "alias", "lokal", "summary", "context", "approach", "org", "place", "step", "need",
                 "cost", "staff", "result", "lesson", "copy", "change", "material", "else", "update"]:  # fmt: skip
        assert rows_with(files, f"{part}wort") == {"zagreb-desk"}, part
    assert "zagreb-desk" in rows_with(files, "nommot")
    assert "zagreb-desk" in rows_with(files, "portugal")
    assert "zagreb-desk" in rows_with(files, fold("নগর"))


def test_every_field_that_is_searched_has_a_weight_and_a_place_among_the_passages() -> None:
    searched = {field.search_part: field.search for field in FIELDS if field.search}
    assert searched == search_index.WEIGHTS
    for field in FIELDS:
        assert field.search in (0, searched.get(field.search_part)), f"{field.name}: two weights for one part"
    assert set(search_index.PARTS) == searched.keys() - search_index.SHOWN_ANYWAY
    for language in LANGUAGES:
        ctx = site_pages(catalogue(), language).context(1)
        parts = json.loads(explore_data.settings(ctx))["parts"]
        assert [part for part, _ in parts] == list(search_index.PARTS)
        assert all(title for _, title in parts)


def test_a_period_with_a_month_starts_in_its_year() -> None:
    files = small("en", period={"start": "2019-11"})
    (start,) = (facet for facet in files["explore/facets.json"]["facets"] if facet["key"] == "start")
    codes = start["rows"].split(",")[files["explore/ids.json"].index("zagreb-desk")]
    assert [start["choices"][int(code, 36)][0] for code in codes.split(".")] == ["2015"]


def test_too_common_words_are_left_out() -> None:
    for language, word in (("en", "the"), ("fr", "les")):
        files = written(language)
        assert word in files["explore/words/index.json"]["common"]
        assert not rows_with(files, word)


def test_the_search_box_knows_names_acronyms_terms_and_countries() -> None:
    files = written("fr")["explore/names.json"]
    names = {path: (kind, name, others) for kind, name, path, *others in files["names"]}
    assert names["countries/pt/"] == ("countries", "Portugal", [])
    assert names["themes/health/"] == ("themes", "Santé", [])
    card = site_catalogue().practices["test-city-card"]
    assert names["practices/test-city-card/"] == (
        "practices",
        card.name["fr"],
        ["TCC", *card.also_known_as, *card.local_names.values(), card.name["en"]],
    )
    in_english = site_catalogue().practices["english-only"].name["en"]
    assert names["practices/english-only/"] == ("practices", [in_english, "en"], [in_english])
    assert {name[0] for name in files["names"]} <= set(files["kinds"])


def test_a_hostile_record_stays_data() -> None:
    text = {"en": "</script><script>alert(1)</script>", "fr": "<img src=x onerror=alert(1)>"}
    files = small("en", approach=text)
    assert files["explore/texts/zagreb-desk.json"]["approach"] == [text["en"]]
    settings = explore_data.settings(site_pages(catalogue(*examples().values())).context(1))
    assert "<" not in settings
    assert json.loads(settings)["language"] == "en"


def test_a_text_in_another_language_is_marked() -> None:
    files = small("fr", summary={"en": "Only in English."}, approach={"en": "English too."})
    cards = [card for path, shard in files.items() if path.startswith("explore/cards/") for card in shard]
    card = next(card for card in cards if card[0] == "zagreb-desk")
    assert card[2] == ["Only in English.", "en"]
    assert card[5] == 1
    assert files["explore/texts/zagreb-desk.json"]["approach"] == ["English too.", "en"]


def test_every_kind_of_term_knows_its_filter() -> None:
    pages = site_pages(catalogue(*examples().values()))
    for name, index in pages.atlas.indexes.items():
        entry = next(iter(index.entries.values()))
        key = explore_data.link_key(entry)
        assert (key in explore_data.FILTERS) is (name not in WITHOUT_FILTER), name
        assert (key is None) is (name in WITHOUT_FILTER), name
    assert pages.atlas.indexes.keys() >= WITHOUT_FILTER
    sdgs = pages.atlas.indexes["sdgs"].entries
    assert explore_data.link_key(sdgs["10"]) == "goal"
    assert explore_data.link_key(sdgs["10.7"]) == "target"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_scripts_ask_only_for_words_that_there_are(language: str) -> None:
    strings = json.loads(explore_data.settings(site_pages(catalogue(*examples().values()), language).context(1)))[
        "words"
    ]
    code = "".join(file.read_text(encoding="utf-8") for file in (SCRIPTS / "explore").glob("*.js"))
    asked = set(re.findall(r'\bt\("(\w+)"', code))
    assert asked <= set(strings)
    assert len(asked) > 40


def test_the_scripts_never_make_markup_of_data() -> None:
    files = sorted(SCRIPTS.rglob("*.js"))
    assert len(files) > 20
    for file in files:
        code = file.read_text(encoding="utf-8")
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function", code), (
            file.name
        )


def test_words_of_a_language_without_a_stemmer_are_looked_for_as_they_are_written(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert search_index.stem_of("languages", "en") == "languag"
    search_index.stem_of.cache_clear()
    search_index._stemmer.cache_clear()
    monkeypatch.setattr(search_index, "BY_CODE", {"en": replace(DEFAULT, stemmer="")})
    assert search_index.stem_of("Langues", "en") == "langues"
    search_index.stem_of.cache_clear()
    search_index._stemmer.cache_clear()
