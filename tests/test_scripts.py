"""The browser's scripts, each by itself in a real browser: how they rank, what they emphasise, what they number."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from tests.site_fixtures import OWN

Run = Callable[..., Any]


@pytest.fixture(scope="module")
def run(browser: Browser, served: str) -> Iterator[Run]:
    """Runs a function of JavaScript, given the exports of a module of the site and an argument."""
    context = browser.new_context()
    context.add_init_script(OWN)
    page = context.new_page()
    page.goto(served + "about/")

    def runs(module: str, function: str, argument: object = None) -> Any:
        return page.evaluate(f"async (argument) => ({function})(await own('{module}.js'), argument)", argument)

    yield runs
    context.close()


# Words ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "limit", "expected"),
    [
        ("integration", "integration", 2, 0),
        ("integratoin", "integration", 2, 1),  # two neighbours in the wrong order are one mistake
        ("ab", "ba", 2, 1),
        ("abcd", "badc", 2, 2),
        ("hoUSing".lower(), "hosing", 2, 1),
        ("kitten", "sitting", 3, 3),
        ("kitten", "sitting", 2, 3),  # farther than asked for
        ("health", "health care", 2, 3),
        ("ca", "abc", 3, 3),  # transposed letters are not edited once more
    ],
)
def test_the_distance_of_two_words_counts_single_mistakes(
    run: Run, one: str, other: str, limit: int, expected: int
) -> None:
    asked = [[one, other, limit], [other, one, limit]]
    found = run("explore/words", "({distance}, asked) => asked.map((words) => distance(...words))", asked)
    assert found == [expected, expected]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("helth", "health"),
        ("heatlh", "health"),
        ("hous", "house"),  # of two words equally far the one in more practices
        ("xyz", None),  # too short
        ("jealth", None),  # a first letter is rarely mistaken
        ("helthh", None),  # two mistakes in a short word
        ("integrtaoin", "integration"),  # two in a long one
    ],
)
def test_the_word_that_was_meant_is_the_nearest_and_then_the_commonest(
    run: Run, typed: str, expected: str | None
) -> None:
    known = [["health", 9], ["hour", 3], ["house", 7, "House"], ["houx", 7], ["integration", 40]]
    found = run("explore/words", "({closest}, [typed, known]) => closest(typed, known)?.word ?? null", [typed, known])
    assert found == expected


SEARCH = """async ({Words}, {files, count, query, how}) => {
    const words = new Words(async (path) => files[path], count);
    const {scores, mask, notes, groups, said} = await words.search(query, how ?? {});
    const rows = [...Array(count).keys()].filter((row) => mask[row >>> 5] & (1 << (row & 31)));
    rows.sort((a, b) => scores[b] - scores[a] || a - b);
    return {rows, notes, groups, said};
}"""


def index_of(postings: dict[str, dict[int, int]]) -> dict[str, Any]:
    """The files of words of which each is its own stem, with the weight of each row."""
    shards: dict[str, dict[str, Any]] = {}
    for word, rows in sorted(postings.items()):
        shard = shards.setdefault(word[:2], {"words": {}, "stems": []})
        shard["words"][word] = len(shard["stems"])
        before, codes = 0, []
        for row, weight in sorted(rows.items()):
            codes.append((row - before) * 16 + weight)
            before = row
        shard["stems"].append([word, *codes])
    files: dict[str, Any] = {f"words/{name}.json": shard for name, shard in shards.items()}
    files["words/index.json"] = {"endings": [], "common": ["the"], "shards": sorted(shards)}
    files["words/all.json"] = [[word, len(rows)] for word, rows in postings.items()]
    return files


def searched(run: Run, postings: dict[str, dict[int, int]], query: str, **how: bool) -> dict[str, Any]:
    argument = {"files": index_of(postings), "count": 40, "query": query, "how": how}
    found: dict[str, Any] = run("explore/words", SEARCH, argument)
    return found


def test_a_rare_word_counts_more_than_a_common_one(run: Run) -> None:
    common = dict.fromkeys(range(30), 5)
    found = searched(run, {"school": common, "nurse": {35: 4}}, "school nurse")
    assert found["rows"][0] == 35
    assert found["rows"][1:] == list(range(30))
    assert [note["kind"] for note in found["notes"]] == ["some_words"]


def test_a_word_counts_by_where_it_stands(run: Run) -> None:
    assert searched(run, {"school": {0: 1, 1: 15, 2: 7}}, "school")["rows"] == [1, 2, 0]


def test_practices_with_all_words_come_before_those_with_some(run: Run) -> None:
    postings = {"school": {0: 1, 1: 15, 2: 15}, "nurse": {0: 1, 3: 15}}
    assert searched(run, postings, "the school nurse")["rows"] == [0]
    assert searched(run, postings, "the school nurse", some=True)["rows"][0] == 0
    assert sorted(searched(run, postings, "the school nurse", some=True)["rows"]) == [0, 1, 2, 3]


def test_a_long_misspelt_word_is_replaced_and_a_short_one_only_offered(run: Run) -> None:
    found = searched(run, {"integration": {4: 3}, "work": {5: 3}}, "integratoin")
    assert (found["rows"], found["said"]) == ([4], "integration")
    assert found["notes"] == [{"kind": "corrected", "word": "integratoin", "instead": "integration"}]
    found = searched(run, {"integration": {4: 3}, "work": {5: 3}}, "wrok")
    assert (found["rows"], found["said"]) == ([], "wrok")
    assert [note["kind"] for note in found["notes"]] == ["unknown_word", "did_you_mean"]


# Passages -------------------------------------------------------------------------------------------------------------

PASSAGE = """async ({addPassage}, {parts, texts, words}) => {
    const item = document.createElement("li");
    item.innerHTML = "<p class=card-summary></p>";
    const site = {settings: {parts}, translator: {colon: ": "}, load: async () => texts};
    await addPassage(site, ["id", ["A name"], ["A summary with school"]], item, new Set(words));
    const line = item.querySelector(".card-passage");
    return line && [line.querySelector("strong").textContent, line.querySelector("span").lang,
        [...line.querySelectorAll("mark")].map((mark) => mark.textContent)];
}"""

PARTS = [["names", "Also"], ["context", "Problem"], ["results", "Results"]]


@pytest.mark.parametrize(
    ("parts", "texts", "expected"),
    [
        (PARTS, {"context": ["A nurse."], "names": ["Nurses, nurse"]}, ["Also: ", "", ["nurse"]]),
        (PARTS[::-1], {"context": ["A nurse."], "names": ["Nurses, nurse"]}, ["Problem: ", "", ["nurse"]]),
        (PARTS, {"names": ["nurse"], "results": ["a nurse, a visit", "fr"]}, ["Results: ", "fr", ["nurse", "visit"]]),
        (PARTS, {"names": ["nurse nurse nurse"], "context": ["nurse"]}, ["Also: ", "", ["nurse"] * 3]),
        (PARTS, {"names": ["nobody"]}, None),
        (PARTS, {"unknown-part": ["nurse"]}, None),
        (PARTS, {"names": ["a school"]}, None),  # the summary shows the word already
    ],
)
def test_a_passage_is_taken_from_the_first_part_with_most_of_the_words(
    run: Run, parts: list[list[str]], texts: dict[str, list[str]], expected: list[Any] | None
) -> None:
    argument = {"parts": parts, "texts": texts, "words": ["nurse", "visit", "school"]}
    assert run("explore/passages", PASSAGE, argument) == expected


def test_a_passage_is_cut_where_most_of_the_words_are(run: Run) -> None:
    text = f"nurse {'and so on ' * 60}nurse visit school {'and so on ' * 60}visit"
    found = run("explore/passages", "({passage}, text) => passage(text, new Set(['nurse', 'visit']), 80)", text)
    assert found["words"] == 2
    assert "nurse visit school" in found["text"]
    assert found["text"].startswith("… ")
    assert found["text"].endswith(" …")
    assert len(found["text"]) < 100


# Questions, suggestions -----------------------------------------------------------------------------------------------


def test_questions_that_have_the_words_in_their_own_text_come_first(run: Run) -> None:
    questions = [
        ["questions/a/", "A", "school", "nurse"],
        ["questions/b/", "B", "nurse school", ""],
        ["questions/c/", "C", "school", "visit"],
        ["questions/d/", "D", "nurses school", "visit"],
    ]
    answer = "({answering}, [all, groups]) => answering(all, groups).map(([path]) => path)"
    groups = [["nurse", "nurses"], ["school"]]
    assert run("explore/notices", answer, [questions, groups]) == ["questions/b/", "questions/d/"]
    assert run("explore/notices", answer, [questions[:1], groups]) == ["questions/a/"]
    assert run("explore/notices", answer, [questions, []]) == []


def suggested(run: Run, names: list[list[Any]], typed: str) -> list[str]:
    """The paths that are suggested, in order."""
    code = """({suggestionOf, suggestions}, [names, typed]) =>
        suggestions(names.map(suggestionOf), typed).map(({path}) => path)"""
    found: list[str] = run("search/suggestions", code, [names, typed])
    return found


def test_of_two_names_that_fit_equally_well_the_shorter_comes_first(run: Run) -> None:
    names = [["themes", "Health of all", "a"], ["themes", "Health", "c"], ["themes", "Health", "b"]]
    assert suggested(run, names, "health") == ["b", "c", "a"]
    assert suggested(run, names[::-1], "health") == ["b", "c", "a"]


def test_suggestions_come_in_the_order_of_how_well_they_fit(run: Run) -> None:
    names = [
        ["practices", "A school for health", "word"],
        ["practices", "Unhealthy places", "inside"],
        ["practices", "Health windows of a long name", "start"],
        ["themes", "Health", "theme"],
        ["practices", "Clinic", "alias", "Health clinic"],
        ["practices", "Something else", "none"],
    ]
    assert suggested(run, names, "health") == ["theme", "start", "alias", "word", "inside"]
    assert suggested(run, names, "  HÉALTH ") == ["theme", "start", "alias", "word", "inside"]
    assert suggested(run, names, "…") == []


def test_no_more_than_five_practices_and_eight_names_are_suggested(run: Run) -> None:
    names = [["practices", f"Health {n}", f"p{n}"] for n in range(9)]
    names += [["countries", f"Health land {n}", f"c{n}"] for n in range(9)]
    found = suggested(run, names, "health")
    assert found == [f"c{n}" for n in range(8)]
    found = suggested(run, names[:11], "health")
    assert found == ["c0", "c1", *(f"p{n}" for n in range(5))]


def test_a_code_is_found_with_and_without_what_it_is_of(run: Run) -> None:
    names = [["sdgs", "10.7 Safe migration", "sdgs/10-7/"], ["sdgs", "1.7 Another", "sdgs/1-7/"]]
    assert suggested(run, names, "SDG 10.7") == suggested(run, names, "ODD10.7") == ["sdgs/10-7/"]


# Pages of results -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("page", "pages", "expected"),
    [
        (5, 9, ["←", "1", "3", "4", "5", "6", "7", "9", "→"]),
        (1, 9, ["1", "2", "3", "9", "→"]),
        (9, 9, ["←", "1", "7", "8", "9"]),
        (2, 2, ["←", "1", "2"]),
    ],
)
def test_the_pager_leads_to_neighbours_and_ends(run: Run, page: int, pages: int, expected: list[str]) -> None:
    found = run(
        "explore/frame",
        """async ({pager}, at) => {
            const {Translator} = await own("dom/translator.js");
            const translator = new Translator("en", {previous: "", next: "", page: "Page {n}", pages: "Pages"});
            const made = pager(translator, at, (page) => `?page=${page}`, () => {});
            const links = [...made.querySelectorAll("a")];
            return {
                shown: [...made.querySelectorAll("nav > a, li")].map((item) => item.textContent.trim()),
                here: made.querySelector("[aria-current=page]").textContent,
                wrong: links.filter((a) => a.ariaLabel && a.ariaLabel !== `Page ${a.search.slice(6)}`).length,
                ways: links.filter((link) => link.rel).map((link) => [link.rel, link.getAttribute("href")]),
            };
        }""",
        {"page": page, "pages": pages},
    )
    assert found["shown"] == expected
    assert found["here"] == str(page)
    assert found["wrong"] == 0
    ways = [["prev", f"?page={page - 1}"], ["next", f"?page={page + 1}"]]
    assert found["ways"] == [way for way, there in zip(ways, (page > 1, page < pages), strict=True) if there]


# The dossier ----------------------------------------------------------------------------------------------------------

PRACTICE_PAGE = """<main><div class="practice">
<header class="page-head" aria-labelledby="top hint"><h1 id="top">A name</h1><p id="hint">Hint</p></header>
<aside class="facts" aria-labelledby="facts"><h2 id="facts">Facts</h2></aside>
<div class="body"><section aria-labelledby="sources" aria-describedby="hint"><h2 id="sources">Sources</h2>
<label for="box">Box</label><input id="box"><a href="#sources">down</a><a href="#gone">gone</a><a href="../x/">x</a>
</section></div></div></main>"""


def test_every_reference_of_a_dossier_stays_within_its_chapter(run: Run) -> None:
    found = run(
        "explore/dossier",
        """({chapter}, html) => {
            const page = new DOMParser().parseFromString(html, "text/html");
            const chapters = [1, 2].map((number) => chapter(page, "https://a.example/practices/p/", number).article);
            document.querySelector("main").append(...chapters);
            const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
            const names = ["aria-labelledby", "aria-describedby", "for"];
            const idsIn = (element, name) => (element.getAttribute(name) ?? "").split(" ").filter(Boolean);
            const referring = (article, name) => [article, ...article.querySelectorAll(`[${name}]`)];
            const references = chapters.map((article) => names.flatMap((name) =>
                referring(article, name).flatMap((element) => idsIn(element, name)
                    .map((id) => [name, id, article.contains(document.getElementById(id))]))));
            const links = chapters.map((article) =>
                [...article.querySelectorAll("a")].map((link) => link.getAttribute("href")));
            const headings = [...chapters[0].querySelectorAll("h1, h2, h3")].map((heading) => heading.tagName);
            chapters.forEach((article) => article.remove());
            return {twice: ids.filter((id, at) => ids.indexOf(id) !== at), references, links, headings};
        }""",
        PRACTICE_PAGE,
    )
    assert found["twice"] == []
    for number, references in enumerate(found["references"], start=1):
        assert len(references) == 7  # with the name of the chapter itself
        assert all(id_.startswith(f"p{number}-") for _, id_, _ in references)
        assert all(inside for _, _, inside in references), references
    address = "https://a.example/practices/p/"
    assert found["links"][1] == [address, "#p2-sources", address, "https://a.example/practices/x/"]
    assert found["headings"] == ["H2", "H3", "H3"]


# The comparison -------------------------------------------------------------------------------------------------------

COMPARE = """async ({table}, practices) => {
    const {Translator} = await own("dom/translator.js");
    const translator = new Translator("en", {differing: "differ", same: "agree", colon: ":"});
    const fields = [["results", "Results"]];
    const made = table(practices, {translator, fields, byDifference: true, remove: () => {}});
    return made.querySelector(".compare-group").textContent;
}"""

PIECE = {"text": "Said.", "lang": "fr", "label": "Evaluated", "figure": "12 of 20", "details": ["reach", "2020"]}


def compared(run: Run, *values: list[dict[str, Any]]) -> str:
    """Whether practices with these values are said to differ or to agree."""
    practices = [
        {"id": f"p{n}", "name": {"text": f"P{n}"}, "kosovo": False, "fields": {"results": pieces} if pieces else {}}
        for n, pieces in enumerate(values)
    ]
    return str(run("compare/table", COMPARE, practices))


@pytest.mark.parametrize("key", list(PIECE))
def test_practices_agree_only_where_everything_that_they_say_is_the_same(run: Run, key: str) -> None:
    other = {**PIECE, key: ["else"] if key == "details" else "else"}
    assert compared(run, [PIECE], [other]) == "differ"
    assert compared(run, [PIECE], [PIECE]) == "agree"
    without = {name: value for name, value in PIECE.items() if name != key} | ({"text": ""} if key == "text" else {})
    assert compared(run, [PIECE], [without]) == "differ"


def test_neither_the_order_nor_the_numbers_of_sources_make_a_difference(run: Run) -> None:
    second = {"text": "And more."}
    assert compared(run, [PIECE, second], [second, PIECE]) == "agree"
    assert compared(run, [{**PIECE, "notes": [1]}], [{**PIECE, "notes": [4]}]) == "agree"
    assert compared(run, [PIECE], [PIECE, second]) == "differ"
    assert compared(run, [PIECE], []) == "differ"
    assert compared(run, [PIECE], [PIECE], [second]) == "differ"


def test_the_note_on_kosovo_is_shown_where_a_practice_needs_it(page: Page, served: str) -> None:
    text = "Security Council resolution 1244"
    page.goto(served + "compare/?ids=kosovo-return-desk,test-city-card")
    page.locator(".compare-table").wait_for()
    assert text in page.locator("#compare > .note").all_inner_texts()[-3]
    page.goto(served + "compare/?ids=health-windows,test-city-card")
    page.locator(".compare-table").wait_for()
    assert text not in page.locator("#compare").inner_text()
