"""The strict reader of YAML: nothing but mappings, lists and strings, each with its position."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from catalogue.problems import Problem
from catalogue.reading import strict_yaml
from catalogue.reading.strict_yaml import MAX_BYTES, MAX_DEPTH, Mark, Plain, parse, read

PARSERS = [yaml.SafeLoader, pytest.param(getattr(yaml, "CSafeLoader", None), marks=pytest.mark.skipif(
    not hasattr(yaml, "CSafeLoader"), reason="PyYAML is there without libyaml"
))]  # fmt: skip


@pytest.fixture(params=PARSERS, ids=["plain", "libyaml"])
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each of the two parsers of which one is used, whichever PyYAML was built with."""
    monkeypatch.setattr(strict_yaml, "_PARSER", request.param)


def data(text: str) -> Any:
    """The data of a text without problems."""
    parsed, problems = parse(text.encode(), "x.yml")
    assert problems == []
    assert parsed is not None
    return parsed.data


def refused(source: str | bytes) -> tuple[int, int, str]:
    """Line, column and rule of the one problem of a text that cannot be used."""
    parsed, problems = parse(source.encode() if isinstance(source, str) else source, "x.yml")
    assert parsed is None
    (problem,) = problems
    assert problem.is_error()
    return problem.line, problem.column, problem.rule


@pytest.mark.parametrize(
    "word", ["NO", "no", "yes", "on", "true", "null", "~", "1.10", "010", "0x1F", "1_000", "12e3", "2026-02-30", ".inf"]
)
@pytest.mark.usefixtures("parser")
def test_a_plain_word_stays_as_it_was_typed(word: str) -> None:
    found = data(f"a: {word}")["a"]
    assert found == word
    assert isinstance(found, Plain)


@pytest.mark.parametrize("quoted", ['"12"', "'12'", "|-\n  12", ">-\n  12"])
@pytest.mark.usefixtures("parser")
def test_a_quoted_word_is_text_for_good(quoted: str) -> None:
    found = data(f"a: {quoted}")["a"]
    assert found == "12"
    assert type(found) is str


def test_every_value_and_key_knows_its_line_and_column() -> None:
    parsed, _ = parse(b"# note\nid: x\nnames:\n  - {en: one}\n  - two\n", "x.yml")
    assert parsed is not None
    assert parsed.values == {
        (): Mark(2, 1),
        ("id",): Mark(2, 5),
        ("names",): Mark(4, 3),
        ("names", 0): Mark(4, 5),
        ("names", 0, "en"): Mark(4, 10),
        ("names", 1): Mark(5, 5),
    }
    assert parsed.keys == {("id",): Mark(2, 1), ("names",): Mark(3, 1), ("names", 0, "en"): Mark(4, 6)}


def test_what_is_not_there_has_the_position_of_what_is_around_it() -> None:
    parsed, _ = parse(b"a:\n  b: c\n", "x.yml")
    assert parsed is not None
    assert parsed.mark(("a", "missing", 3)) == Mark(2, 3)
    assert parsed.mark(("missing",)) == Mark(1, 1)
    assert parsed.key_mark(("a", "b")) == Mark(2, 3)
    assert parsed.key_mark(("a", "missing")) == Mark(2, 3)


def test_a_byte_order_mark_at_the_start_is_no_part_of_the_text() -> None:
    parsed, problems = parse(b"\xef\xbb\xbfid: x", "x.yml")
    assert problems == []
    assert parsed is not None
    assert (parsed.data, parsed.values["id",]) == ({"id": "x"}, Mark(1, 5))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", (1, 1, "empty-file")),
        (" \n\n", (1, 1, "empty-file")),
        ("# only a note", (1, 1, "empty-file")),
        ("---\n", (1, 1, "empty-file")),
        ("''", (1, 1, "empty-file")),
        ("- id: x", (1, 1, "not-a-mapping")),
        ("\njust words", (2, 1, "not-a-mapping")),
        ("a: b\n---\na: c", (2, 1, "one-document")),
        ("a:\n\t- b", (2, 1, "tab")),
        ("a:\n  b:\n  \tc", (3, 3, "tab")),
        ("a: &x b", (1, 4, "anchor")),
        ("&x a: b", (1, 1, "anchor")),
        ("a: *x", (1, 4, "anchor")),
        ("*x : a", (1, 1, "anchor")),
        ("a: !!python/object:os.system b", (1, 4, "tag")),
        ("a: !!str b", (1, 4, "tag")),
        ("!!str a: b", (1, 1, "tag")),
        ("a: ! 12", (1, 4, "tag")),
        ("a: !own {b: c}", (1, 4, "tag")),
        ("? [a]\n: b", (1, 3, "not-yaml")),
        ("a: b: c", (1, 5, "not-yaml")),
        ("a: @b", (1, 4, "not-yaml")),
    ],
)
@pytest.mark.usefixtures("parser")
def test_what_a_record_has_no_use_for_is_refused_at_its_place(text: str, expected: tuple[int, int, str]) -> None:
    assert refused(text) == expected


@pytest.mark.parametrize(
    "text", ["a: [b", "a: {b", 'a: "b', "a:\n- b\nc", "a", "%YAML 9.9\n---\na: b", "]", "a: |\n  b\n c", ": b"]
)
@pytest.mark.usefixtures("parser")
def test_broken_yaml_is_refused_with_a_line(text: str) -> None:
    line, _, rule = refused(text)
    assert line <= text.count("\n") + 2
    assert rule in ("not-yaml", "not-a-mapping")


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("a: b: c", "a text that contains ': ' needs quotes"),
        ("a: @b", "a text that starts with this character needs quotes around it"),
        ("a: 'b", "the quote that opens here is never closed"),
        ("a: [b", "the bracket that opens here is never closed"),
        ("a: {b: c\nd: e", "what is opened with [ or { is not closed before this line"),
        ("a: b\nc\n", "a key needs a colon and a space after it"),
        ("a:b\nc: d", "a key needs a colon and a space after it"),
        ("a: 'l'été'\nb: c", "an apostrophe ends a text that stands between ' and '"),
        ('a: "the "b""\nc: d', 'a quotation mark ends a text that stands between " and "'),
        ("a: “b: c”", "typographic quotes (“ ” « ») do not hold a text together: use straight ones"),
        ("“a”: b\nc: d: e", "a text that contains ': ' needs quotes"),
        ("a: {b: the #1, c: d}\ne: f", "' #' starts a comment, which is not read: put the text in quotes"),
        ("a: > b", "a text that starts with > or | needs quotes around it"),
        ("a: **b** c", "a text that starts with * or & needs quotes around it"),
        ("a: *b", "put a text that starts with * in quotes"),
        ("a: [b](c)", "a text that starts with [ needs quotes around it"),
        ("a:\n  - b\n c: d", "check the indentation"),
        ("```yaml\na: b\n```", "lines that begin with ``` belong to Markdown: delete them"),
        ('{\n  "a": [1,\n', "this looks like JSON, and a record is written with one 'field: value' a line"),
        ('{\n\t"a": 1\n}', "this looks like JSON, and a record is written with one 'field: value' a line"),
        ("---\na: b\n---\n\n# A title\n\nText.", "this looks like a Markdown page, and a record holds fields only"),
        ("a:\n\u00a0\u00a0b: c", "a no-break space indents this line: use spaces"),
        ("a:\n  \u202f- c", "a no-break space indents this line: use spaces"),
        ("a: b\n<<<<<<< HEAD\nc: d\n=======\nc: e\n>>>>>>> x", "keep what is right, and delete the lines with <<<<<<<"),
        ("a: b\nc: d\n>>>>>>> 1f2e3d4", "keep what is right, and delete the lines with <<<<<<<"),
    ],
)
@pytest.mark.usefixtures("parser")
def test_the_usual_mistakes_come_with_a_hint(text: str, hint: str) -> None:
    parsed, problems = parse(text.encode(), "x.yml")
    assert parsed is None
    assert hint in problems[0].message


def test_what_opens_and_is_never_closed_is_told_where_it_opens() -> None:
    assert refused("a: b\nc: 'd\ne: f\n")[:2] == (2, 4)
    assert refused("a: b\nc:\n  - [d,\n   e\n\n")[:2] == (3, 5)


def test_a_line_of_signs_in_a_text_is_no_sign_of_two_versions() -> None:
    assert data("a: >-\n  =======\n  <<<<<<< b\n") == {"a": "======= <<<<<<< b"}


@pytest.mark.parametrize(
    ("text", "expected", "line", "column", "message"),
    [
        ("a: The Law #16478 of 2016", {"a": "The Law"}, 1, 4, 'write a: "The Law #16478 of 2016"'),
        ("a:\n  - Campaign  #Welcome \n", {"a": ["Campaign"]}, 2, 5, 'write - "Campaign #Welcome"'),
        ("a: #16478", {"a": ""}, 1, 3, 'write a: "#16478"'),
        ("- a: b #c\n", None, 1, 6, 'write - a: "b #c"'),
        ('{a: x, b: say "y" #2\n}', {"a": "x", "b": 'say "y"'}, 1, 11, 'write {a: x, b: "say \\"y\\" #2"'),
        ("a: {b: Health, Labour and Welfare, c: d}", {"a": {"b": "Health, Labour and Welfare", "c": "d"}}, 1, 8,
         'the comma ends the text here: write b: "Health, Labour and Welfare"'),
        ("a: {b: Health, Labour, Welfare}", {"a": {"b": "Health, Labour, Welfare"}}, 1, 8,
         'write b: "Health, Labour, Welfare"'),
        ("{a: 1,200, b: c}", {"a": "1200", "b": "c"}, 1, 5, "the comma ends the number here: write a: 1200"),
        ("{a: 38,7}", {"a": "38.7"}, 1, 5, "the comma ends the number here: write a: 38.7"),
    ],
)  # fmt: skip
@pytest.mark.usefixtures("parser")
def test_a_text_that_was_cut_is_told_with_the_line_as_it_should_be(
    text: str, expected: Any, line: int, column: int, message: str
) -> None:
    parsed, problems = parse(text.encode(), "x.yml")
    found = [problem for problem in problems if problem.rule == "cut-text"]
    assert [(p.line, p.column) for p in found][-1:] == [(line, column)]
    assert message in found[-1].message
    assert (parsed.data if parsed else None) == expected


@pytest.mark.parametrize(
    "text",
    [
        "a: b # c", "a: b  # c", "a: b #", "a: b ## c", "a: b#c", 'a: "b #c"', "a: >-\n  b #c\n", "# d\na: b\n#c\n",
        "a: #\n  b", "{a: b, c: d}", "{a: , b: c}", '{"a", b: c}', '{a: "b", c}', "{a: [b], c}", "{a}", "a: [b, c]",
        "{a: b, }",
    ],
)  # fmt: skip
@pytest.mark.usefixtures("parser")
def test_a_comment_a_list_and_a_key_without_value_are_no_text_that_was_cut(text: str) -> None:
    assert [p for p in parse(text.encode(), "x.yml")[1] if p.rule == "cut-text"] == []


@pytest.mark.parametrize(
    "key", ["no", "NO", "yes", "off", "on", "true", "null", "~", "2026-11-21", "1_0", "12:30", "1e3"]
)
@pytest.mark.usefixtures("parser")
def test_a_key_that_other_programs_read_otherwise_is_told_unless_it_is_quoted(key: str) -> None:
    _, problems = parse(f"a: b\n{key}: c\n".encode(), "x.yml")
    assert [(p.line, p.column, p.rule, p.is_error()) for p in problems] == [(2, 1, "yaml-1-1", True)]
    assert f'write "{key}"' in problems[0].message
    assert data(f'a: b\n"{key}": c\n') == {"a": "b", key: "c"}


@pytest.mark.parametrize("key", ["nor", "one", "2018", "10.7", "fr", "not", "_", "A1", "n", "y"])
def test_a_key_that_all_programs_give_back_is_none_of_these(key: str) -> None:
    assert data(f"{key}: c") == {key: "c"}


BREAKS = {"LF": "\n", "CRLF": "\r\n", "CR": "\r"}


@pytest.mark.parametrize("end", BREAKS.values(), ids=BREAKS)
@pytest.mark.usefixtures("parser")
def test_positions_are_right_whatever_ends_the_lines(end: str) -> None:
    assert refused(f"a: b{end}{end}c: d{end}e: f\x07")[:2] == (4, 5)
    assert refused(f"a: b{end}  {end}c:{end}  - d{end}\te: f") == (5, 1, "tab")
    assert refused(f"a: b{end}c: d: e{end}")[:2] == (2, 5)
    assert refused(f"a: b{end}c: é".encode("latin-1")) == (2, 4, "not-utf-8")
    parsed, _ = parse(f"a: b{end}{end}c:{end}  - d{end}".encode(), "x.yml")
    assert parsed is not None
    assert parsed.values["c", 0] == Mark(4, 5)


@pytest.mark.parametrize("end", ["\x85", "\u2028", "\u2029"])
@pytest.mark.usefixtures("parser")
def test_odd_line_ends_are_refused_and_counted_as_the_parser_counts_them(end: str) -> None:
    _, problems = parse(f"a: b{end}c: d{end}e\x01".encode(), "x.yml")
    assert [(p.line, p.column) for p in problems] == [(1, 5), (2, 5), (3, 2)]


# What could be read before something stood in the way.


@pytest.mark.parametrize(
    "broken", ["e: f: g", "e: 'f", "e: [f", "\te: f", "e: &f g", "<<<<<<< e", "e: \x07", "e: @f", "f\ng: h"]
)
@pytest.mark.usefixtures("parser")
def test_what_stands_above_an_error_is_read(broken: str) -> None:
    text = f"a: b\nc:\n  - {{d: e, no: 1}}\n  - {{d: e, d: f}}\n  - g\nlast: x\n{broken}\nh: i\n"
    parsed, problems = read(text.encode(), "x.yml")
    assert parsed is not None
    assert parsed.data.items() >= {"a": "b", "c": [{"d": "e", "no": "1"}, {"d": "e"}, "g"]}.items()
    assert parsed.is_unfinished(())
    assert not parsed.is_unfinished(("c",))
    assert "h" not in parsed.data
    assert [p.rule for p in problems[1:]] == ["yaml-1-1", "duplicate-key"]
    assert problems[0].line >= 7
    assert parse(text.encode(), "x.yml") == (None, problems)


def test_a_list_in_which_reading_broke_off_is_unfinished_and_its_last_entry_left_out() -> None:
    parsed, _ = read(b"a: b\nc:\n  - d: e\n  - d: f\n    g: h\n    i: 'j\n", "x.yml")
    assert parsed is not None
    assert parsed.data == {"a": "b", "c": [{"d": "e"}, {"d": "f"}]}
    assert [parsed.is_unfinished(path) for path in [(), ("c",), ("c", 1), ("c", 0), ("a",)]] == [True] * 3 + [False] * 2


@pytest.mark.parametrize(
    "source", [b"", b"'", b"\t", b"\xff", b"- a\n- 'b", b"a", b"{a: b\nc: d", b"x" * (MAX_BYTES + 1)]
)
def test_where_nothing_can_be_read_there_is_nothing(source: bytes) -> None:
    parsed, problems = read(source, "x.yml")
    assert parsed is None
    assert problems


@pytest.mark.usefixtures("parser")
def test_a_key_that_stands_twice_is_told_and_the_first_value_kept() -> None:
    parsed, problems = parse(b"a: 1\nb: {c: 2, c: 3}\na: 4\na: 5\n", "x.yml")
    assert parsed is not None
    assert parsed.data == {"a": "1", "b": {"c": "2"}}
    assert parsed.values["a",] == Mark(1, 4)
    assert [(p.line, p.column, p.rule) for p in problems] == [
        (2, 11, "duplicate-key"), (3, 1, "duplicate-key"), (4, 1, "duplicate-key"),
    ]  # fmt: skip
    assert problems[0].message == "the key 'c' stands here a second time; it was first on line 2"


@pytest.mark.usefixtures("parser")
def test_billions_of_laughs_are_refused_in_a_moment() -> None:
    lines = ["a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
    start = time.process_time()
    assert refused("\n".join(lines)) == (1, 5, "anchor")
    assert time.process_time() - start < 0.05


@pytest.mark.parametrize("text", ["[" * 1000 + "]" * 1000, "[\n" * 1000, "{a:\n" * 1000, "- " * 1000 + "b"])
@pytest.mark.usefixtures("parser")
def test_a_thousand_levels_are_refused_in_a_moment(text: str) -> None:
    start = time.process_time()
    assert refused("a:\n " + text.replace("\n", "\n "))[2] == "too-deep"
    assert time.process_time() - start < 2


@pytest.mark.usefixtures("parser")
def test_the_deepest_level_that_is_allowed_is_read() -> None:
    inside = MAX_DEPTH - 1
    assert data("a: " + "[" * inside + "b" + "]" * inside)["a"]
    assert refused("a: " + "[" * (inside + 1) + "b" + "]" * (inside + 1))[2] == "too-deep"


def test_a_file_may_have_as_many_bytes_as_the_limit_and_not_one_more() -> None:
    text = b"a: b # ".ljust(MAX_BYTES, b"x")
    assert parse(text, "x.yml")[1] == []
    assert refused(text + b"x") == (1, 1, "too-large")
    assert parse(text + b"x", "x.yml", max_bytes=MAX_BYTES + 1)[1] == []


@pytest.mark.parametrize("text", ["a: [{}]", "{}"])
def test_a_list_or_mapping_may_have_a_thousand_entries_and_not_one_more(text: str) -> None:
    def entries(count: int) -> str:
        return text.replace("{}", ", ".join(f"k{n}: v" if text == "{}" else f"k{n}" for n in range(count)), 1)

    open_, close = ("{", "}") if text == "{}" else ("", "")
    assert data(open_ + entries(1000) + close)
    assert refused(open_ + entries(1001) + close)[2] == "too-many"


@pytest.mark.parametrize(
    "code", [0x00, 0x07, 0x0B, 0x1B, 0x7F, 0x85, 0x9F, 0x200B, 0x2028, 0x202A, 0x202E, 0x2066, 0x2069, 0xFEFF, 0xFFFE]
)
@pytest.mark.usefixtures("parser")
def test_a_control_or_direction_character_is_refused_raw_and_as_an_escape(code: int) -> None:
    assert refused(f"a: b\nc: d{chr(code)}e") == (2, 5, "bad-character")
    _, problems = parse(f'a: b\nc: "d\\u{code:04x}e"'.encode(), "x.yml")
    assert [(p.line, p.column, p.rule) for p in problems] == [(2, 4, "bad-character")]
    assert f"U+{code:04X}" in problems[0].message
    _, problems = parse(f'"d\\u{code:04x}e": f'.encode(), "x.yml")
    assert [(p.line, p.column, p.rule) for p in problems] == [(1, 1, "bad-character")]


@pytest.mark.parametrize("escape", ["\\ud800", "\\udfff", "\\U00110000", "\\UFFFFFFFF"])
@pytest.mark.usefixtures("parser")
def test_an_escape_that_names_no_character_is_refused(escape: str) -> None:
    _, problems = parse(f'a: "{escape}"'.encode(), "x.yml")
    assert [p.rule for p in problems] in (["not-yaml"], ["bad-character"])


@pytest.mark.parametrize(
    "text", ["l’été\u00a0: «\u00a012\u202f%\u00a0»", "العربية", "עברית", "日本語", "👩‍👩‍👧", "e\u0301", "\u200e"]
)
@pytest.mark.usefixtures("parser")
def test_the_letters_of_the_world_are_read(text: str) -> None:
    assert data(f"a: >-\n  {text}") == {"a": text}


def test_bytes_that_are_not_utf_8_are_told_at_their_line_and_column() -> None:
    assert refused("a: b\nc: é".encode("latin-1")) == (2, 4, "not-utf-8")
    assert refused(b"\xff\xfea\x00:\x00") == (1, 1, "not-utf-8")


def test_a_file_of_nothing_but_controls_is_refused_in_a_moment_with_a_few_problems() -> None:
    start = time.process_time()
    parsed, problems = parse(b"\x00" * MAX_BYTES, "x.yml")
    assert time.process_time() - start < 0.2
    assert parsed is None
    assert len(problems) == 20


SCRAPS = ["[", "{", "? ", "- ", ": ", '"', "'", "#", "\n", "a:\n", "&a ", "!a ", "a,", " ", "\t\n", "\r", "a "]


@pytest.mark.parametrize("scrap", SCRAPS)
@pytest.mark.parametrize("start", ["", "a: [", "{", 'a: "', "a: |\n "])
def test_the_largest_file_of_one_scrap_is_answered_within_two_seconds(start: str, scrap: str) -> None:
    source = (start + scrap * MAX_BYTES)[:MAX_BYTES].encode()
    before = time.process_time()
    parse(source, "x.yml")
    assert time.process_time() - before < 2


def places(problems: list[Problem]) -> Iterator[tuple[int, int]]:
    for problem in problems:
        yield problem.line, problem.column


YAML_LIKE = st.lists(
    st.sampled_from([*"[]{},:-?&*!|>'\"%@`#~\n\t \\", "a", "id: ", "- ", "\n  ", "\n- ", '"\\u202e"', "é", "\x00"]),
    max_size=40,
).map(lambda parts: "".join(parts).encode())


@given(st.binary(max_size=300) | YAML_LIKE)
@example(b'"\\UFFFFFFFF"')
@example(b"\xef\xbb\xbf")
@example(b"a: b\n...\n")
def test_whatever_the_bytes_reading_answers_with_data_or_problems_in_a_moment(source: bytes) -> None:
    for loader in (yaml.SafeLoader, getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(strict_yaml, "_PARSER", loader)
            start = time.process_time()
            parsed, problems = parse(source, "x.yml")
            assert time.process_time() - start < 0.5
        assert parsed is not None or problems
        assert all(line >= 1 and column >= 1 for line, column in places(problems))


TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Co", "Zl", "Zp"],
                  exclude_characters="\u200b\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
    | st.just("\n"),
    max_size=30,
)  # fmt: skip
DOCUMENTS = st.dictionaries(
    TEXTS,
    st.recursive(
        TEXTS,
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
        max_leaves=12,
    ),
    min_size=1,
    max_size=6,
)


def scalars(node: Any, path: strict_yaml.Path = ()) -> Iterator[tuple[strict_yaml.Path, Any]]:
    yield path, node
    inside = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in inside:
        yield from scalars(value, (*path, key))


@settings(max_examples=80)
@given(DOCUMENTS, st.sampled_from(['"', "'", "|"]))
def test_what_was_written_quoted_is_read_back_as_text_with_a_position_for_everything(
    document: dict[str, Any], style: str
) -> None:
    text = yaml.safe_dump(document, allow_unicode=True, default_style=style, width=60)
    parsed, problems = parse(text.encode(), "x.yml")
    assert problems == []
    assert parsed is not None
    assert parsed.data == document
    lines = text.split("\n")
    for path, value in scalars(document):
        assert isinstance(value, dict | list) or type(_at(parsed.data, path)) is str
        mark = parsed.values[path]
        assert 1 <= mark.line <= len(lines)
        assert 1 <= mark.column <= len(lines[mark.line - 1]) + 1
    assert parsed.values.keys() == dict(scalars(document)).keys()
    assert parsed.keys.keys() == {path for path, _ in scalars(document) if path and isinstance(path[-1], str)}


def _at(node: Any, path: strict_yaml.Path) -> Any:
    for part in path:
        node = node[part]
    return node
