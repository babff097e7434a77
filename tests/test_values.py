"""What a field says in words: figures, dates, money, people and sources, in both languages."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from tests.samples import FULL, SMALLEST, catalogue, examples, practice, site_pages, strings, vocabularies

from catalogue.model import LANGUAGES
from catalogue.presenting.context import PageContext
from catalogue.presenting.values import (
    Figure,
    Piece,
    detail_words,
    pieces,
    source_notes,
    source_reference,
    source_title,
    span,
)

NB = "\u00a0"
NNB = "\u202f"

CLAIM = {"en": "It works.", "fr": "Cela marche."}


@cache
def context(language: str = "en") -> PageContext:
    return site_pages(catalogue(*examples().values()), language).context(1)


def of(row: str, language: str = "en", **fields: Any) -> list[Piece]:
    """The pieces of a row of a practice with some fields."""
    return pieces(context(language), practice("some-practice", **fields), row)


def one(row: str, language: str = "en", **fields: Any) -> Piece:
    (found,) = of(row, language, **fields)
    return found


def texts(found: list[Piece], language: str = "en") -> list[str]:
    return [context(language).plain(piece.text) for piece in found]


def details(piece: Piece, language: str = "en") -> list[str]:
    return [detail_words(context(language), item) for item in piece.details]


def result(language: str = "en", **fields: Any) -> Piece:
    return one("results", language, results=[{"claim": CLAIM, "type": "change", **fields}])


def cost(language: str = "en", **fields: Any) -> Piece:
    return one("costs", language, costs=[fields])


# Dates.


@pytest.mark.parametrize(
    ("period", "english", "french"),
    [
        ({"start": 2015, "end": 2021}, "2015–2021", "2015–2021"),
        ({"start": "2015-03", "end": "2016-11"}, "March 2015–November 2016", "mars 2015–novembre 2016"),
        ({"start": "2015-03", "end": 2021}, "March 2015–2021", "mars 2015–2021"),
        ({"start": 2015}, "since 2015", "depuis 2015"),
        ({"start": "2015-08"}, "since August 2015", "depuis août 2015"),
        ({"end": 2021}, "until 2021", "jusqu’en 2021"),
        ({"end": "2021-02"}, "until February 2021", "jusqu’en février 2021"),
    ],
)
def test_a_period_says_from_when_until_when(period: dict[str, Any], english: str, french: str) -> None:
    for language, words in (("en", english), ("fr", french)):
        found = one("period", language, period={**period, "sources": ["page"]})
        assert found == Piece({language: words}, sources=("page",))


def test_a_period_that_nobody_knows_says_nothing() -> None:
    assert of("period") == []
    assert of("period", period={"sources": ["page"]}) == []
    assert span(context(), None, None) == ""


@pytest.mark.parametrize(
    ("language", "names", "dates"),
    [
        ("en", ["trial", "for all"], [["January 2019–2020"], ["since 2021"]]),
        ("fr", ["essai", "pour tous"], [["janvier 2019–2020"], ["depuis 2021"]]),
    ],
)
def test_phases_stand_in_their_order_with_their_dates(language: str, names: list[str], dates: list[list[str]]) -> None:
    phases = [
        {"name": {"en": "trial", "fr": "essai"}, "start": "2019-01", "end": 2020, "sources": ["page"]},
        {"name": {"en": "for all", "fr": "pour tous"}, "start": 2021},
    ]
    found = of("phases", language, phases=phases)
    assert texts(found, language) == names
    assert [details(piece, language) for piece in found] == dates
    assert [piece.sources for piece in found] == [("page",), ()]


@pytest.mark.parametrize(
    ("language", "never", "checked"),
    [
        ("en", "Not checked since it was described", "2 March 2026 (Public source)"),
        ("fr", "Pas de vérification depuis la description", "2 mars 2026 (Source publique)"),
    ],
)
def test_a_check_is_told_with_its_day_and_way(language: str, never: str, checked: str) -> None:
    assert texts(of("verified", language), language) == [never]
    verified = {"day": "2026-03-02", "how": "public-source"}
    assert texts(of("verified", language, verified=verified), language) == [checked]


def test_an_update_is_labelled_with_its_year() -> None:
    found = one("updates", updates=[{"year": 2023, "text": CLAIM}])
    assert (found.label, found.text, found.sources) == ("2023", CLAIM, ("page",))


# Where and status.


def test_where_is_countries_and_places_or_else_the_region() -> None:
    place = {
        "name": {"en": "Lisbon", "fr": "Lisbonne"},
        "country": "PT",
        "lat": 38.7,
        "lon": -9.1,
        "population": 545000,
    }
    found = of("where", places=[place, {**place, "population": 1}, {**place, "population": None}])
    assert texts(found) == ["Portugal", "Lisbon", "Lisbon", "Lisbon"]
    assert found[0].link == ("countries", "PT")
    assert [details(piece) for piece in found[1:]] == [["545,000 inhabitants"], ["1 inhabitant"], []]
    assert [piece.kind for piece in found] == ["", "place", "place", "place"]
    french = of("where", "fr", places=[place])
    assert (texts(french, "fr"), details(french[1], "fr")) == (["Portugal", "Lisbonne"], [f"545{NNB}000 habitants"])


def test_a_region_stands_beside_countries_or_in_their_place() -> None:
    assert texts(of("region", region="southern-europe")) == ["Southern Europe"]
    assert of("region") == []
    alone = {"countries": [], "region": "southern-europe"}
    assert of("region", **alone) == []
    assert one("where", **alone) == Piece({"en": "Southern Europe"}, link=("regions", "southern-europe"))
    assert of("where", countries=["PT"], region="southern-europe")[0].link == ("countries", "PT")


def test_a_status_has_its_note_with_its_sources() -> None:
    term, note = of("status", status="ended", status_note={"text": CLAIM, "sources": ["page"]})
    assert (term.link, term.sources) == (("status", "ended"), ())
    assert (note.text, note.sources, note.kind) == (CLAIM, ("page",), "note")
    assert len(of("status")) == 1


# Organisations.


@pytest.mark.parametrize(
    ("language", "leads", "partners"),
    [
        (
            "en",
            [("City of Bologna", ["Lead and funder", "Local authority"]), ("A club", ["Civil society"])],
            [("International Organization for Migration", ["Partner and evaluator", "International organisation"])],
        ),
        (
            "fr",
            [("Ville de Bologne", ["Porteur et financeur", "Autorité locale"]), ("Un club", ["Société civile"])],
            [
                (
                    "Organisation internationale pour les migrations",
                    ["Partenaire et évaluateur", "Organisation internationale"],
                )
            ],
        ),
    ],
)
def test_an_organisation_stands_once_with_all_its_roles(language: str, leads: Any, partners: Any) -> None:
    organisations = [
        {"org": "city-of-bologna", "roles": ["lead", "funder"], "sources": ["page"]},
        {"org": "iom", "roles": ["partner", "evaluator"]},
        {"name": {"en": "A club", "fr": "Un club"}, "type": "civil-society", "roles": ["lead"]},
    ]
    for row, expected in (("leads", leads), ("partners", partners)):
        found = of(row, language, organisations=organisations)
        assert [(context(language).plain(p.text), details(p, language)) for p in found] == expected
    first, second = of("leads", language, organisations=organisations)
    assert (first.link, first.sources) == (("organisations", "city-of-bologna"), ("page",))
    assert (second.link, second.text) == (None, {"en": "A club", "fr": "Un club"})
    # The type of actor has a page.
    assert [piece.details[-1] for piece in (first, second)] == [
        ("actors", "local-authority"),
        ("actors", "civil-society"),
    ]


def test_engagement_says_how_far_and_who() -> None:
    found = one("engagement", engagement=[{"level": "collaborate", "of": "migrants"}])
    assert (texts([found]), details(found)) == (["Collaborate"], ["Migrants themselves"])
    assert found.link == ("engagement", "collaborate")


# What to do and what it takes.


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", [("1", ["month 3", "Done here"]), ("2", ["General advice"])]),
        ("fr", [("1", ["mois 3", "Fait ici"]), ("2", ["Conseil général"])]),
    ],
)
def test_steps_are_numbered_and_say_when_and_on_what_they_rest(language: str, expected: Any) -> None:
    steps = [
        {"text": CLAIM, "when": {"en": "month 3", "fr": "mois 3"}, "basis": "done"},
        {"text": CLAIM, "basis": "advised"},
    ]
    found = of("steps", language, steps=steps)
    assert [(piece.label, details(piece, language)) for piece in found] == expected
    assert [(piece.kind, piece.sources) for piece in found] == [("done", ("page",)), ("advised", ("page",))]


@pytest.mark.parametrize(
    ("row", "item", "term", "english", "french"),
    [
        ("needs", {"need": "trust"}, ("needs", "trust"), "Trust", "Confiance"),
        ("lessons", {"kind": "success-factor"}, ("lesson-kinds", "success-factor"), "Success factor",
         "Facteur de réussite"),
    ],
)  # fmt: skip
def test_a_text_of_a_sort_is_labelled_and_leads_to_it(
    row: str, item: dict[str, str], term: tuple[str, str], english: str, french: str
) -> None:
    for language, label in (("en", english), ("fr", french)):
        found = one(row, language, **{row: [{"text": CLAIM, **item}]})
        assert found == Piece(CLAIM, label=label, term=term, kind=term[1], sources=("page",))


@pytest.mark.parametrize(
    ("fields", "english", "french"),
    [
        ({"amount": 1200, "per": "year"}, "1,200 EUR a year", f"1{NNB}200 EUR par an"),
        ({"amount": 12.5, "per": "participant"}, "12.5 EUR a participant", "12,5 EUR par participant"),
        ({"amount": 0, "per": "unit"}, "0 EUR a unit", "0 EUR par unité"),
        ({"amount": 1200, "per": "total"}, "1,200 EUR in all", f"1{NNB}200 EUR en tout"),
        ({"amount": 1200, "per": "total", "months": 1}, "1,200 EUR in all over 1 month",
         f"1{NNB}200 EUR en tout sur 1 mois"),
        ({"amount": 1200, "per": "total", "months": 24}, "1,200 EUR in all over 24 months",
         f"1{NNB}200 EUR en tout sur 24 mois"),
    ],
)  # fmt: skip
def test_a_cost_always_says_what_it_is_for(fields: dict[str, Any], english: str, french: str) -> None:
    for language, words in (("en", english), ("fr", french)):
        found = cost(language, currency="EUR", **fields)
        assert found.figure == Figure(words)
        assert (found.kind, found.text, found.sources) == (fields["per"], {}, ("page",))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_unit_of_cost_has_its_words(language: str) -> None:
    words = strings(language).lookup("values.per")
    assert set(words) == set(vocabularies()["cost-units"].usable())
    assert all("{amount}" in text for text in words.values())


@pytest.mark.parametrize(
    ("amount", "months", "english", "french"),
    [
        (120000.5, 24, "about 60,000 EUR a year", f"environ 60{NNB}000 EUR par an"),
        (1_000_000, 36, "about 333,000 EUR a year", f"environ 333{NNB}000 EUR par an"),
        (900, 6, "about 1,800 EUR a year", f"environ 1{NNB}800 EUR par an"),
        (10, 60, "about 2 EUR a year", "environ 2 EUR par an"),
    ],
)
def test_an_amount_in_all_with_a_span_gives_the_cost_a_year(
    amount: float, months: int, english: str, french: str
) -> None:
    for language, words in (("en", english), ("fr", french)):
        assert details(cost(language, amount=amount, currency="EUR", per="total", months=months)) == [words]


@pytest.mark.parametrize("fields", [{"per": "total"}, {"per": "year", "months": 24}, {"per": "place", "months": 6}])
def test_a_cost_a_year_is_computed_of_nothing_else(fields: dict[str, Any]) -> None:
    assert details(cost(amount=1200, currency="EUR", **fields)) == []


@pytest.mark.parametrize(
    ("language", "registered", "named"),
    [
        ("en", ["2019", "paid by City of Bologna"], ["paid by A fund"]),
        ("fr", ["2019", f"financé par{NB}: Ville de Bologne"], [f"financé par{NB}: Un fonds"]),
    ],
)
def test_a_cost_says_its_year_and_who_pays(language: str, registered: list[str], named: list[str]) -> None:
    paid = {"amount": 5, "currency": "EUR", "per": "year"}
    assert details(cost(language, **paid, year=2019, by="city-of-bologna"), language) == registered
    assert details(cost(language, **paid, by={"en": "A fund", "fr": "Un fonds"}), language) == named


def test_a_cost_may_be_words_alone() -> None:
    found = cost(text=CLAIM)
    assert (found.figure, found.text, found.details, found.kind) == (None, CLAIM, (), "")


@pytest.mark.parametrize(
    ("count", "english", "french"),
    [
        (1, "1 person works on it", "1 personne y travaille"),
        (2.5, "2.5 people work on it", "2,5 personnes y travaillent"),
        (1.5, "1.5 people work on it", "1,5 personne y travaille"),
        (0, "0 people work on it", "0 personne y travaille"),
    ],
)
def test_staff_is_counted_in_the_grammar_of_the_language(count: float, english: str, french: str) -> None:
    assert one("staff", staff={"count": count}).figure == Figure(english)
    assert one("staff", "fr", staff={"count": count}).figure == Figure(french)


def test_staff_may_be_words_alone_or_unknown() -> None:
    assert one("staff", staff={"text": CLAIM}) == Piece(CLAIM, sources=("page",))
    assert of("staff") == []


# Results.


@pytest.mark.parametrize(
    ("fields", "english", "french"),
    [
        ({"value": 1214}, Figure("1,214"), Figure(f"1{NNB}214")),
        ({"value": 0}, Figure("0"), Figure("0")),
        ({"value": 214, "base": 2600}, Figure("214", "out of 2,600"), Figure("214", f"sur 2{NNB}600")),
        (
            {"value": 214.5, "compared_with": 90},
            Figure("214.5", compared="against 90 without the practice"),
            Figure("214,5", compared="contre 90 sans la pratique"),
        ),
        (
            {"value": 3, "compared_with": 6.7, "method": "before-after"},
            Figure("3", compared="against 6.7 before"),
            Figure("3", compared="contre 6,7 auparavant"),
        ),
        ({"share": 40, "of": CLAIM}, Figure("40%", unit=CLAIM), Figure(f"40{NB}%", unit=CLAIM)),
        (
            {"share": 40.5, "of": CLAIM, "base": 50},
            Figure("40.5%", unit=CLAIM, compared="out of 50"),
            Figure(f"40,5{NB}%", unit=CLAIM, compared="sur 50"),
        ),
        (
            {"share": 0, "of": CLAIM, "base": 50, "compared_with": 12},
            Figure("0%", unit=CLAIM, compared="out of 50, against 12% without the practice"),
            Figure(f"0{NB}%", unit=CLAIM, compared=f"sur 50, contre 12{NB}% sans la pratique"),
        ),
    ],
)
def test_a_result_has_a_number_or_a_percentage(fields: dict[str, Any], english: Figure, french: Figure) -> None:
    assert result(**fields).figure == english
    assert result("fr", **fields).figure == french


def test_a_result_has_its_unit_in_every_language_of_the_record() -> None:
    unit = {"en": "quarrels settled", "fr": "querelles réglées"}
    assert result(value=3, unit=unit).figure == Figure("3", unit=unit)


def test_a_result_without_a_figure_has_none() -> None:
    found = result(base=50, n=20, compared_with=3)
    assert found.figure is None
    assert details(found) == ["Change", "20 people or cases studied"]


@pytest.mark.parametrize(
    ("fields", "english", "french"),
    [
        ({}, [], []),
        ({"direction": "worse"}, ["Worse"], ["Dégradation"]),
        (
            {"confidence": {"low": 1, "high": 2.5, "level": 95}},
            ["95% confidence interval from 1 to 2.5"],
            [f"intervalle de confiance à 95{NB}%{NB}: de 1 à 2,5"],
        ),
        ({"confidence": {"low": 1, "high": 2}}, ["interval from 1 to 2"], ["intervalle de 1 à 2"]),
        ({"range": {"low": 1000, "high": 2000}}, ["from 1,000 to 2,000"], [f"de 1{NNB}000 à 2{NNB}000"]),
        (
            {"breakdown": [{"label": {"en": "women", "fr": "femmes"}, "value": 0.5},
                           {"label": {"en": "men", "fr": "hommes"}, "value": 3}]},
            ["women: 0.5", "men: 3"],
            [f"femmes{NB}: 0,5", f"hommes{NB}: 3"],
        ),
        ({"method": "statement"}, [], []),
        ({"method": "survey"}, ["Survey"], ["Enquête"]),
        ({"n": 1}, ["1 person or case studied"], ["1 personne ou dossier étudié"]),
        ({"n": 1200}, ["1,200 people or cases studied"], [f"1{NNB}200 personnes ou dossiers étudiés"]),
        ({"by": "funder"}, ["by: funder"], [f"auteur{NB}: financeur"]),
        ({"by": "unknown"}, [], []),
        ({"as_of": "2020"}, ["as of 2020"], [f"date{NB}: 2020"]),
        ({"as_of": "2020-05"}, ["as of May 2020"], [f"date{NB}: mai 2020"]),
        ({"as_of": "2020-12-31"}, ["as of 31 December 2020"], [f"date{NB}: 31 décembre 2020"]),
        ({"outcome": ["bridges", "safety"]}, ["Bridges between groups", "Safety"], ["Liens entre groupes", "Sécurité"]),
        ({"covers": CLAIM}, ["It works."], ["Cela marche."]),
    ],
)  # fmt: skip
def test_a_result_says_how_it_is_known(fields: dict[str, Any], english: list[str], french: list[str]) -> None:
    assert details(result(**fields)) == ["Change", *english]
    assert details(result("fr", **fields), "fr") == ["Changement", *french]


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", ["Independently evaluated", "Monitored", "Reported", "Monitored"]),
        ("fr", ["Évalué de façon indépendante", "Suivi", "Déclaré", "Suivi"]),
    ],
)
def test_results_stand_by_evidence_and_targets_last(language: str, expected: list[str]) -> None:
    counted = {"method": "count", "by": "operator", "as_of": "2020"}
    results = [
        {"claim": {"en": "aimed at"}, "type": "target", **counted},
        {"claim": {"en": "stated"}, "type": "reach"},
        {"claim": {"en": "counted"}, "type": "reach", **counted},
        {"claim": {"en": "compared"}, "type": "change", "method": "comparison", "by": "independent"},
    ]
    found = of("results", language, results=results)
    assert [piece.text["en"] for piece in found] == ["compared", "counted", "stated", "aimed at"]
    assert [piece.label for piece in found] == expected
    assert [piece.term for piece in found] == [("evidence", piece.kind) for piece in found]
    assert details(found[-1], language)[0] == {"en": "Target", "fr": "Objectif annoncé"}[language]
    assert all(piece.sources == ("page",) for piece in found)


# Copies, materials and links.


@pytest.mark.parametrize(
    ("language", "place", "countries"),
    [("en", "Two towns", ["Morocco", "Spain"]), ("fr", "Deux villes", ["Maroc", "Espagne"])],
)
def test_a_copy_says_where_and_when_and_leads_to_its_record(language: str, place: str, countries: list[str]) -> None:
    copy = {"place": {"en": "Two towns", "fr": "Deux villes"}, "text": CLAIM}
    more = {"countries": ["MA", "ES"], "year": 2018, "practice": SMALLEST}
    found = one("adaptations", language, adaptations=[{**copy, **more}])
    assert (found.label, found.text, found.sources) == (place, CLAIM, ("page",))
    assert details(found, language) == [*countries, "2018"]
    assert found.link == ("practices", SMALLEST)
    bare = one("adaptations", language, adaptations=[copy])
    assert (bare.label, bare.details, bare.link) == (place, (), None)


@pytest.mark.parametrize(
    ("language", "label", "words"),
    [("en", "Contract or agreement", "in Italian"), ("fr", "Contrat ou convention", "en italien")],
)
def test_a_material_keeps_its_own_language(language: str, label: str, words: str) -> None:
    material = {"title": "Regolamento", "url": "https://a.example/r", "language": "it", "what": "contract"}
    assert one("materials", language, materials=[material]) == Piece(
        {"it": "Regolamento"},
        label=label,
        term=("material-kinds", "contract"),
        kind="contract",
        details=(words,),
        url="https://a.example/r",
    )


@pytest.mark.parametrize(
    ("language", "stated", "inferred"),
    [
        ("en", "stated by a source", "inferred by the editors"),
        ("fr", "indiqué par une source", "déduit par la rédaction"),
    ],
)
def test_a_link_to_a_goal_says_who_drew_it(language: str, stated: str, inferred: str) -> None:
    targets = [{"target": "10.7", "basis": "stated"}, {"target": "11.3", "basis": "inferred"}]
    found = of("sdg_targets", language, sdg_targets=targets)
    assert [(piece.link, piece.details) for piece in found] == [
        (("sdgs", "10.7"), (stated,)), (("sdgs", "11.3"), (inferred,)),
    ]  # fmt: skip
    assert texts(found, language)[0].startswith("10.7 ")
    objective = one("gcm_objectives", language, gcm_objectives=[{"objective": 16, "basis": "inferred"}])
    assert (objective.link, objective.details) == (("gcm", "16"), (inferred,))


def test_addresses_lead_where_they_say() -> None:
    url = "https://a.example/x"
    assert one("website", website=url) == Piece({"en": url}, url=url, kind="address")
    assert [piece.url for piece in of("same_as", same_as=[url, url + "y"])] == [url, url + "y"]
    assert of("website") == []


# Fields that need no words of their own.


@pytest.mark.parametrize("row", ["summary", "context", "approach", "transferability", "unknown"])
def test_a_text_is_shown_as_it_stands_with_its_sources(row: str) -> None:
    found = of(row, **{row: CLAIM})
    sources = () if row in ("summary", "unknown") else ("page",)
    assert found == [Piece(CLAIM, sources=sources)]


def test_each_paragraph_names_its_own_sources() -> None:
    sources = {key: {"title": key, "language": "en"} for key in ("a", "b")}
    context_ = [{"text": CLAIM, "sources": ["b", "a"]}, {"text": {"en": "More."}, "sources": ["a"]}]
    found = of("context", sources=sources, approach=[{"text": CLAIM, "sources": ["a"]}], context=context_)
    assert found == [Piece(CLAIM, sources=("b", "a")), Piece({"en": "More."}, sources=("a",))]


def test_terms_lead_to_their_pages_and_values_are_plain() -> None:
    assert one("kind", kind="service") == Piece({"en": "Service"}, link=("kinds", "service"))
    assert [piece.link for piece in of("themes", themes=["health", "gender"])] == [
        ("themes", "health"), ("themes", "gender"),
    ]  # fmt: skip
    assert texts(of("origins", "fr", origins=["MA"]), "fr") == ["Maroc"]
    assert one("described_as_of", described_as_of=2019) == Piece({"en": "2019"})
    assert of("access") == of("levels") == of("unknown") == []


# Sources.


PARTLY_READ = {
    "title": "Mediatori",
    "publisher": "Comune",
    "year": 2023,
    "language": "it",
    "url": "https://a.example/m",
    "accessed": "2026-03-02",
    "locator": {"en": "table 2", "fr": "tableau 2"},
    "pages": "12-15",
    "read": "part",
    "copy": True,
}


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "en",
            ["Comune", "2023", "in Italian", "pages 12-15", "table 2", "only a part was read",
             "read on a copying host", "Read on 2 March 2026"],
        ),
        (
            "fr",
            ["Comune", "2023", "en italien", "pages 12-15", "tableau 2", "lu en partie seulement",
             "lu sur un site qui en héberge une copie", "Lu le 2 mars 2026"],
        ),
    ],
)  # fmt: skip
def test_a_source_says_how_much_of_it_was_read_and_where(language: str, expected: list[str]) -> None:
    found = one("sources", language, sources={"page": PARTLY_READ})
    assert found.text == {"it": "Mediatori"}
    assert found.url == "https://a.example/m"
    assert details(found, language) == expected


def test_a_source_read_whole_at_its_own_address_says_nothing_of_it() -> None:
    plain = {key: value for key, value in PARTLY_READ.items() if key not in ("read", "copy")}
    (source,) = practice("a", sources={"page": plain}).sources.values()
    assert source_reference(context(), source) == ["Comune", "2023", "in Italian"]
    locator = {"en": "table 2", "fr": "tableau 2"}
    assert source_notes(context(), source) == ["pages 12-15", locator, "Read on 2 March 2026"]
    bare = one("sources")
    assert (bare.text, bare.details, bare.url, bare.link) == (
        {"pt": "Balcão de acolhimento"},
        ("in Portuguese",),
        "",
        None,
    )


def test_a_source_document_has_the_title_of_its_page() -> None:
    source = examples()[FULL].sources["report"]
    assert source_title(context(), source) == {
        "en": "Newcomers in five cities", "fr": "Les nouveaux arrivants dans cinq villes",
    }  # fmt: skip
    document, page = pieces(context(), examples()[FULL], "sources")
    assert (document.link, document.url) == (("documents", "metropolis-newcomers-report"), "")
    assert details(document) == ["pages 31-38", "section 4, table 2"]
    assert (page.link, page.url) == (None, "https://bologna.example/mediatori")


# Both languages.


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("record", [FULL, SMALLEST, "oslo-job-mentors", "nantes-permanence-juridique"])
def test_the_page_speaks_its_language_and_leaves_the_texts_of_the_record_in_theirs(record: str, language: str) -> None:
    """A piece of the page's own words has no other language: what is not in it would be marked as untranslated."""
    own = context(language)
    for row in ("where", "status", "verified", "kind", "levels", "stages", "themes", "sdg_targets", "period"):
        for piece in pieces(own, examples()[record], row):
            if piece.kind not in ("place", "note"):
                assert set(piece.text) == {language}, row
