"""What a machine mends in a file: its form, never what it says, and all of it at the first go."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from tests.samples import FULL, ROOT, SMALLEST, VALID

from catalogue.checking.editorial_rules import french_typography
from catalogue.checking.fixes import EDITOR_LINE, Change, Mender
from catalogue.checking.french_typography import edits, same_but_for_typography
from catalogue.checking.key_order import ordered
from catalogue.checking.rules import Known, RecordFile
from catalogue.checking.schema import Schema
from catalogue.reading.source_map import places
from catalogue.reading.strict_yaml import parse

SCHEMA = Schema(ROOT / "schema", "practice.schema.json")
RECORDS = Mender(SCHEMA, of_records=True)

MESS = """# yaml-language-server: $schema=../old.json
# A record that somebody typed in a hurry.
name:
  en: Lisbon welcome desk
  fr: "Guichet d'accueil : \\"Bem-vindo\\""
id: lisbon-welcome-desk   # as the file is called

# Norway too.
countries: [PT, NO]
summary:
  fr: >-
    Un guichet unique; l'école y est!
    Quoi? 10% des familles  (à 10:30) :
    « oui ».
  en: One desk; is it?@@
kind: service
organisations:
  # The city.
  - type: local-authority
    # Its part.
    roles: [lead]
    name: {fr: Ville de l'eau, en: City}
  - {roles: [funder], type: other, name: {en: A, fr: 'L''an "2000"'}}
local_names: {no: "l'x", fr: l'y}
added: 2026-11-21


""".replace("@", " ")

MENDED = f"""{EDITOR_LINE}
# A record that somebody typed in a hurry.
id: lisbon-welcome-desk   # as the file is called

name:
  en: Lisbon welcome desk
  fr: "Guichet d’accueil\u00a0: «\u00a0Bem-vindo\u00a0»"
local_names: {{"no": "l'x", fr: l'y}}
summary:
  fr: >-
    Un guichet unique\u00a0; l’école y est\u00a0!
    Quoi\u00a0? 10\u00a0% des familles  (à 10:30)\u00a0:
    «\u00a0oui\u00a0».
  en: One desk; is it?
kind: service
# Norway too.
countries: [PT, "NO"]
organisations:
  # The city.
  - name: {{fr: Ville de l’eau, en: City}}
    type: local-authority
    # Its part.
    roles: [lead]
  - {{name: {{en: A, fr: 'L’an «\u00a02000\u00a0»'}}, type: other, roles: [funder]}}
added: "2026-11-21"
"""


def mended(text: str | bytes, mender: Mender = RECORDS) -> tuple[str, list[Change]]:
    """A text after mending, which is done: a second go changes nothing."""
    source = text.encode() if isinstance(text, str) else text
    found = mender.mended(source)
    assert found is not None
    assert mender.mended(found[0]) == (found[0], [])
    return found[0].decode(), found[1]


def data(text: str | bytes) -> Any:
    parsed, _ = parse(text.encode() if isinstance(text, str) else text, "x.yml")
    assert parsed is not None
    return SCHEMA.check(parsed, "x.yml")[0]


def test_a_record_typed_in_a_hurry_is_mended_and_its_comments_and_layout_stay() -> None:
    assert mended(MESS)[0] == MENDED


def test_what_was_changed_is_told_with_the_line_as_it_was() -> None:
    told = [(change.line, change.what) for change in mended(MESS)[1]]
    assert told[:5] == [
        (1, "the line that tells editors the schema"),
        (5, "a no-break space before :"),
        (5, "« and » in place of straight quotation marks"),
        (5, "’ in place of '"),
        (6, "id in the order of the fields"),
    ]
    assert (9, "quotes around NO") in told
    assert (15, "no spaces at the end of the line") in told
    assert (24, "quotes around no") in told
    assert (25, "quotes around 2026-11-21") in told
    assert all(1 <= line <= MESS.count("\n") for line, _ in told)


@pytest.mark.parametrize("record", [FULL, SMALLEST, "oslo-job-mentors", "nantes-permanence-juridique"])
def test_a_record_in_which_nothing_is_to_be_mended_stays_as_it_is(record: str) -> None:
    text = (VALID / f"{record}.yml").read_text(encoding="utf-8")
    assert mended(text) == (text, [])


@pytest.mark.parametrize(
    "source",
    [
        b"",
        b"\t- x",
        b"a: b: c",
        b"- a",
        b"a: 'b",
        b"\xff",
        b"a: b\x07",
        b"a: b\na: c\n",
        b"a: &b c",
        b"<<<<<<< a\nb: c\n",
    ],
)
def test_a_file_that_cannot_be_read_is_left_as_it_is(source: bytes) -> None:
    assert RECORDS.mended(source) is None


@pytest.mark.parametrize(
    ("text", "expected", "what"),
    [
        ("id: x\r\nkind: y z\r\n", "id: x\nkind: y z\n", "line ends of one character"),
        ("id: x\rkind: y z\r", "id: x\nkind: y z\n", "line ends of one character"),
        ("\ufeffid: x\n", "id: x\n", "no byte order mark"),
        ("id: x", "id: x\n", "one line end at the end of the file"),
        ("id: x\n\n\n", "id: x\n", "one line end at the end of the file"),
        ("id: x \t\n# y  \n", "id: x\n# y\n", "no spaces at the end of the line"),
        ("status: unknown\nkind: x\n", "kind: x\nstatus: unknown\n", "kind in the order of the fields"),
        (
            "approach:\n  en: |\n    a\n   \n    b\n",
            "approach:\n  en: |\n    a\n\n    b\n",
            "no spaces in the empty line",
        ),
        ("kind: yes\n", 'kind: "yes"\n', "quotes around yes"),
        (
            "also_known_as:\n  - 2018-01-01\n  - 12:30\n",
            'also_known_as:\n  - "2018-01-01"\n  - "12:30"\n',
            "quotes around 12:30",
        ),
    ],
)
def test_each_thing_is_mended_and_named(text: str, expected: str, what: str) -> None:
    found, changes = mended(text)
    assert found == f"{EDITOR_LINE}\n{expected}"
    assert what in {change.what for change in changes}


@pytest.mark.parametrize(
    "text",
    [
        "id: x\napproach:\n  en: |\n    a  \n    b\n",  # spaces that belong to the text
        "id: x\napproach:\n  en: |+\n    a\n\n\n",  # so do these lines
        "id: x\nacronym: null\n",  # was a text meant, or nothing?
        "id: x\nperiod: {start: 2018}\n",
        "id: x\nname: {en: l'eau, fr: L'}\n",  # an apostrophe that may be something else
        'id: x\nname: {en: a, fr: "\\"a b"}\n',  # what does it close?
        "id: x\nname:\n  fr: >-\n    quoi\n    ?\n",  # a line ends there
        "id: x\nn: 3\nunknown_field: {b: 1, a: 2}\n",
        "id: x\nsources:\n  b: {title: x}\n  a: {title: z}\n",  # in the order of those who keep them
    ],
)
def test_what_is_not_sure_is_left_to_people(text: str) -> None:
    text = f"{EDITOR_LINE}\n{text}"
    assert mended(text) == (text, [])


def test_a_comment_stays_with_its_field_and_a_field_that_is_unknown_behind_the_one_before() -> None:
    text = """kind: service # the form
# Where.
# In the city.
places:
  - lat: 38.7
    lon: -9.1
    # Its name.
    name: {en: Lisbon}
      # deeper
    country: PT
  - # odd
    lat: 1
    country: PT
odd: 1
id: x"""
    assert (
        mended(text)[0]
        == f"""{EDITOR_LINE}
id: x
kind: service # the form
# Where.
# In the city.
places:
  - lat: 38.7
    lon: -9.1
    # Its name.
    name: {{en: Lisbon}}
      # deeper
    country: PT
  - # odd
    country: PT
    lat: 1
odd: 1
"""
    )


def test_registers_keep_the_order_of_their_fields_and_have_no_line_for_editors() -> None:
    mender = Mender(Schema(ROOT / "schema", "organisations.schema.json"), 2_000_000)
    text = "organisations:\n  - name: {en: The 'x', fr: L'x}\n    id: on\n"
    assert mended(text, mender)[0] == "organisations:\n  - name: {en: The 'x', fr: L’x}\n    id: \"on\"\n"


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["b", "a"], ["a", "b"]),
        (["x", "b", "a"], ["x", "a", "b"]),
        (["b", "x", "y", "a"], ["a", "b", "x", "y"]),
        (["c", "a", "x", "b"], ["a", "x", "b", "c"]),
        ([], []),
    ],
)
def test_the_order_is_that_of_the_schema(names: list[str], expected: list[str]) -> None:
    assert ordered(names, dict.fromkeys("abc")) == expected
    assert ordered(expected, dict.fromkeys("abc")) == expected


# French.


def set_right(text: str) -> str:
    for edit in reversed(edits(text)):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("l'eau d'\"été\"", "l’eau d’«_été_»"),
        ('"Oui", dit-il; "non"!', "«_Oui_», dit-il_; «_non_»_!"),
        ("«oui» ; « non »: 10% ou 5 %", "«_oui_»_; «_non_»_: 10_% ou 5_%"),
        ("quoi?! non…?", "quoi_?! non…?"),
        ("à 10:30, https://a.example/?b;c!d", "à 10:30, https://a.example/?b;c!d"),
        ("déjà_: bien_!", "déjà_: bien_!"),
        ("10: un", "10: un"),
        ("l' 'x' \"y", "l' 'x' \"y"),
        ('5" de "haut"', '5" de "haut"'),
        ("", ""),
    ],
)
def test_a_french_text_is_set_right(text: str, expected: str) -> None:
    text, expected = text.replace("_", "\u00a0"), expected.replace("_", "\u00a0")
    assert set_right(text) == expected
    assert edits(expected) == []


FRENCH = st.text(st.sampled_from("aé '\"«»:;!?%1…(\u00a0\u202f’\n-."), max_size=25)


@given(FRENCH)
def test_a_french_text_is_set_right_at_once_and_says_the_same(text: str) -> None:
    right = set_right(text)
    assert same_but_for_typography(text, right)
    assert set_right(right) == right
    assert right.count("\n") == text.count("\n")


@given(
    st.lists(
        st.sampled_from(["l'eau", '"mot"', "mot;", "mot ?", "mot!", "«mot»", "50%", "50 %", "mot :", "mot"]), max_size=8
    )
)
def test_the_usual_faults_are_all_set_right(words: list[str]) -> None:
    record = RecordFile("x", "x", "", parse(b"a: b", "x")[0], {"summary": {"fr": set_right(" ".join(words))}})  # type: ignore[arg-type]
    assert list(french_typography(record, Known((), {}, (), {}))) == []


SCALARS = st.text(st.sampled_from("aé '\"\\«:;#-,[{&*!|>%@`\n\t\u00a0\u202f0n~"), max_size=20)


@given(SCALARS, st.sampled_from([None, '"', "'", "|", ">"]), st.integers(5, 40))
@example("x\n\n y  z", ">", 20)
@example("l'été\u00a0: «\u00a0»", '"', 8)
def test_every_character_of_a_scalar_is_found_in_its_file_or_none_is(value: str, style: str | None, width: int) -> None:
    text = yaml.safe_dump({"a": value}, allow_unicode=True, default_style=style, width=width)
    parsed, _ = parse(text.encode(), "x.yml")
    if parsed is None:
        return
    span = parsed.value_spans["a",]
    raw = text[span.start : span.end]
    found = places(raw, span.style, str(parsed.data["a"]))
    if found is None:
        assert span.style in ("|", ">")  # whose indentation is not always told apart from the text's own
        return
    assert len(found) == len(value)
    last = 0
    for place, character in zip(found, value, strict=True):
        if place is not None:
            assert last <= place[0] < place[1] <= len(raw)
            assert raw[place[0] : place[1]] == character or raw[place[0]] in "\\'"
            last = place[1]


# Whatever the mess.

WORDS = st.sampled_from(
    ["l'eau", '"mot"', "mot ;", "no", "NO", "2018-01-01", "12:30", "x: y", "#a", "a #b", "", " a ", "é\n\nb", "- a"]
)
TEXTS = st.lists(WORDS, max_size=5).map(" ".join)


def some_of(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional=fields)


LANGUAGES = some_of(fr=TEXTS, en=TEXTS, no=TEXTS)
FIELDS = st.fixed_dictionaries(
    {},
    optional={
        "summary": LANGUAGES,
        "id": WORDS,
        "kind": WORDS,
        "countries": st.lists(WORDS, max_size=3),
        "local_names": LANGUAGES,
        "places": st.lists(some_of(lon=WORDS, name=LANGUAGES, country=WORDS), max_size=3),
        "sources": st.dictionaries(WORDS, some_of(url=WORDS, title=TEXTS), max_size=3),
        "approach": st.lists(some_of(sources=st.lists(WORDS, max_size=2), text=LANGUAGES), max_size=3),
        "unknown_field": TEXTS,
    },
)  # fmt: skip


@st.composite
def messes(draw: st.DrawFn) -> bytes:
    """A record with its fields in any order, in any style, with comments, spaces and line ends."""
    fields = draw(FIELDS)
    names = draw(st.permutations(list(fields)))
    text = ""
    for name in names:
        text += yaml.safe_dump(
            {name: fields[name]},
            allow_unicode=True,
            sort_keys=draw(st.booleans()),
            default_style=draw(st.sampled_from([None, '"', "'", "|", ">"])),
            default_flow_style=draw(st.booleans()),
            indent=draw(st.integers(2, 4)),
            width=draw(st.sampled_from([10, 30, 200])),
        )
    lines = text.split("\n")
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(lines)))
        lines.insert(at, draw(st.sampled_from(["", "# a comment", "  # a comment", "   ", "# b  "])))
    if lines:
        at = draw(st.integers(0, len(lines) - 1))
        lines[at] += draw(st.sampled_from(["", " ", "\t", "  # c", " # l'eau"]))
    return draw(st.sampled_from(["\n", "\n", "\r\n", "\r"])).join(lines).encode()


@given(messes())
@example(b"# c\nkind: a\nid: b\n# d\n")
@example(b"places:\n- lon: a\n\n  # x\n  country: b\n#y\nid: c")
def test_whatever_the_mess_a_file_says_the_same_after_one_go_and_a_second_changes_nothing(source: bytes) -> None:
    found = RECORDS.mended(source)
    if found is None:
        return
    before, after = data(source), data(found[0])
    assert_same(before, after)
    assert RECORDS.mended(found[0]) == (found[0], [])
    assert found[0] == source or found[1]
    assert found[0].startswith(EDITOR_LINE.encode())
    for comment in ("# a comment", "# b", "# c", "# l'eau"):
        assert found[0].decode().count(comment) == source.decode().count(comment)


def assert_same(before: Any, after: Any, key: object = None) -> None:
    if isinstance(before, dict):
        assert before.keys() == after.keys()
        for name, value in before.items():
            assert_same(value, after[name], name)
    elif isinstance(before, list):
        assert len(before) == len(after)
        for one, other in zip(before, after, strict=True):
            assert_same(one, other, key)
    elif key == "fr" and isinstance(before, str):
        assert same_but_for_typography(before, after)
    else:
        assert (type(before), before) == (type(after), after)
