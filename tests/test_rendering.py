"""Whatever a contributor typed reaches a page as escaped text, or not at all."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

import html5lib
import jinja2
import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st
from jinja2 import nodes
from markupsafe import Markup
from tests.samples import ROOT, markdown

from catalogue.presenting.rendering import (
    Renderer,
    blocks,
    escape_html,
    front_matter,
    json_script,
    path_address,
    safe_address,
)

TEMPLATES = sorted((ROOT / "scripts" / "templates").glob("*.j2"))

MARKUP = [
    "<script>alert(1)</script>", "</title><script>", "{: onclick=x }", "{: #id .class }", "[a](javascript:b)",
    "![a](b)", "<https://a.example>", "**a** _b_ `c`", "# a", "- a", "1. a", "> a", "a | b\n--|--\nc | d",
    "a\n: b", "```\na\n```", "~~~ a", "[TOC]", "&lt;b&gt;", "&amp;lt;", "\\<b>", "*[a]: b", "[a]: b",
    "\n\n    code", "</div>\n\n<b>", "<!-- a -->", "<?php ?>", "<![CDATA[a]]>", "\x02wzxhzdk:0\x03",
    "\x02amp\x03", "a\x00b", "{{ x }} {% y %} {# z #}", "\u2028a\u2029", "a & b < c > d \" e ' f", "a\u00a0: b",
    "=\n=", "---", "a  \nb", "\u0085", "😀 e\u0301 ﷺ", "&#60;b&#62;", "&#x3c;",
]  # fmt: skip


def normalised(text: str) -> str:
    """What a reader sees of a text: controls gone, white space collapsed."""
    spaced = re.sub("[ \t\r\n\f\v\x1c-\x1f\x85\u2028\u2029]+", " ", text)
    shown = "".join(c for c in spaced if not (ord(c) < 32 or 127 <= ord(c) < 160))
    return re.sub(" +", " ", shown).strip(" ")


def collapsed(text: str) -> str:
    return re.sub("[ \n]+", " ", text).strip(" ")


def parse(text: str) -> ElementTree.Element:
    return html5lib.parseFragment(text, namespaceHTMLElements=False)


def each_example(test: Any) -> Any:
    for text in MARKUP:
        test = example(text)(test)
    return test


@each_example
@given(st.text(max_size=60))
def test_any_text_in_a_paragraph_reads_as_it_was_typed(text: str) -> None:
    source = f"<div>\n<p>{escape_html(text)}</p>\n</div>"
    rendered = markdown().convert(source)
    assert rendered == source  # Markdown has changed nothing
    root = parse(rendered)
    assert [element.tag for element in root.iter()] == ["DOCUMENT_FRAGMENT", "div", "p"]
    assert collapsed(root.findtext("div/p") or "") == normalised(text)


@each_example
@given(st.text(max_size=60))
def test_any_text_in_an_attribute_reads_as_it_was_typed(text: str) -> None:
    source = f'<div>\n<p title="{escape_html(text)}" class="x">a</p>\n</div>'
    rendered = markdown().convert(source)
    assert rendered == source
    (paragraph,) = parse(rendered).iter("p")
    assert paragraph.attrib.keys() == {"title", "class"}
    assert collapsed(paragraph.attrib["title"]) == normalised(text)


@each_example
@given(st.text(max_size=300))
def test_inert_text_is_one_line_without_special_characters(text: str) -> None:
    found = escape_html(text)
    assert isinstance(found, Markup)
    assert not set(re.sub("&#[0-9]+;", "", found)) & set("<>\"'&\n\r\t`*_[]{}()#\\|~:=+-!$%/@^")
    assert escape_html(found) is found  # what is safe stays as it is


@pytest.mark.parametrize(("value", "expected"), [(12, "12"), (1.5, "1.5"), (None, "None"), (True, "True"), ("", "")])
def test_any_value_can_be_made_inert(value: object, expected: str) -> None:
    assert escape_html(value) == expected


def test_a_long_text_and_a_short_one_are_made_inert_alike() -> None:
    for text in MARKUP:
        assert escape_html(text + " " + "x" * 200) == escape_html(text + " x").removesuffix("x") + "x" * 200


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("one", ["one"]),
        ("one\ntwo", ["one two"]),
        ("one:\n- a\n- b\n\nafter", ["one:", ["a", "b"], "after"]),
        ("- a\n  – b\n• c\nafter", [["a", "b", "c"], "after"]),
        ("- a\n\n- b", [["a", "b"]]),
        ("-one\n-- two\n- ", ["-one -- two -"]),
        ("one\n\ntwo\n \t\nthree\n\n\n\nfour\n", ["one", "two", "three", "four"]),
        ("\n\n", []),
        ("", []),
    ],
)
def test_empty_lines_part_paragraphs_and_dashes_make_lists(text: str, expected: list[str | list[str]]) -> None:
    assert blocks(text) == expected


@each_example
@given(st.text(max_size=60))
def test_front_matter_reads_back_as_escaped_text_on_one_line(text: str) -> None:
    block = front_matter({"title": text, "section": "themes"})
    lines = block.split("\n")
    assert [line.partition(":")[0] for line in lines] == ["---", "title", "section", "---", ""]
    assert block.isascii()
    flat = re.sub("[ \t\r\n\f\v\x1c-\x1f\x85\u2028\u2029]+", " ", text).strip(" ")
    for loader in (yaml.SafeLoader, getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
        found = yaml.load("\n".join(lines[1:3]), Loader=loader)
        assert found == {"title": html.escape(flat, quote=True), "section": "themes"}
        assert not set(found["title"]) & set("<>\"'")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20) | st.sampled_from(MARKUP),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9) | st.sampled_from(MARKUP), inner),
    max_leaves=8,
)


@settings(max_examples=60)
@given(JSON)
@example({"a": "one\u2028two\u2029three"})
@example({"a": "</script><script>alert(1)</script>", "b": "<!--", "c": "<script", "d": "]]>"})
def test_data_in_a_script_reads_back_and_cannot_end_the_script(data: Any) -> None:
    found = json_script(data)
    assert not set(found) & set("<>&\n\u2028\u2029")
    assert json.loads(found) == data
    source = f'<div>\n</div>\n\n<script type="application/ld+json">{found}</script>'
    rendered = markdown().convert(source)
    (script,) = parse(rendered).iter("script")
    assert json.loads(script.text or "") == data


@pytest.mark.parametrize("url", ["https://a.example/", "http://a.example/b?c=d&e=f#g", "https://a.example:8080/ü"])
def test_an_address_of_the_web_is_linked_to(url: str) -> None:
    (link,) = parse(f'<a href="{safe_address(url)}">x</a>').iter("a")
    assert link.attrib == {"href": url}


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\nscript:alert(1)", "data:text/html,x", "vbscript:x",
     "//a.example", "/a", "a", "", "mailto:a@b.example", "https:", "https:///a", "https:a", "file:///etc/passwd", "https://[",
     "\x01javascript:alert(1)", "blob:https://a.example/b", "javascript://a.example/%0aalert(1)", "data://a.example/x",
     "vbscript://a.example/x", "file://a.example/etc/passwd", "ftp://a.example/x", "ws://a.example/", "x://a.example/"],
)  # fmt: skip
def test_any_other_address_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match=r"not an address|Invalid IPv6"):
        safe_address(url)


@given(st.text(max_size=40) | st.sampled_from(["https://", "http://", "javascript:"]).flatmap(
    lambda start: st.text(max_size=30).map(lambda rest: start + rest)
))  # fmt: skip
def test_whatever_the_address_it_is_refused_or_stays_inside_its_attribute(url: str) -> None:
    try:
        found = safe_address(url)
    except ValueError:
        return
    (link,) = parse(f'<a href="{found}">x</a>').iter("a")
    assert link.attrib.keys() == {"href"}
    assert urlsplit(link.attrib["href"]).scheme in ("http", "https")


@pytest.mark.parametrize("path", ["", "./", "../../themes/health/", "sdgs/10-7/", "practices/page-2/"])
def test_a_path_made_of_ids_is_linked_to(path: str) -> None:
    assert path_address(path) == path


@pytest.mark.parametrize("path", ["js:a", "A/", "a b/", 'a"b', "a?b", "a#b", "a\n", "é/", "a%2e/", "<", "a\\b", "&"])
def test_any_other_path_is_refused(path: str) -> None:
    with pytest.raises(ValueError, match="not a path of this site"):
        path_address(path)


# The templates.


@pytest.fixture
def render(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Renders the text of a template."""

    def rendered(template: str, **context: Any) -> str:
        folder = tmp_path_factory.mktemp("templates")
        (folder / "x.j2").write_text(template, encoding="utf-8")
        return Renderer(folder, twice=lambda text: text * 2)("x.j2", **context)

    return rendered


def test_a_template_makes_every_value_inert(render: Any) -> None:
    assert render("<p>{{ text }}</p>", text="<b>\n*a*</b>") == "<p>&#60;b&#62; &#42;a&#42;&#60;&#47;b&#62;</p>\n"
    assert render("{{ 1 + 1 }} {{ text|upper|twice }}", text="<") == "2 &#60;&#60;\n"
    # What a template says itself is worked out when it is compiled, and escaped as in any HTML.
    assert render("{{ '&'|twice }}") == "&amp;&amp;\n"


def test_a_template_leaves_what_was_made_safe(render: Any) -> None:
    assert render("{{ text }}", text=Markup("<b>")) == "<b>\n"
    assert render("{% macro m(x) %}<i>{{ x }}</i>{% endmacro %}{{ m(text) }}", text="<") == "<i>&#60;</i>\n"


@pytest.mark.parametrize("template", ["{{ missing }}", "{{ text.missing }}", "{% for x in missing %}{% endfor %}"])
def test_a_name_that_is_not_there_is_an_error(render: Any, template: str) -> None:
    with pytest.raises(jinja2.UndefinedError):
        render(template, text="x")


def parsed(file: Any) -> nodes.Template:
    return jinja2.Environment(autoescape=True).parse(file.read_text(encoding="utf-8"))


def within_texts(tree: nodes.Template) -> Iterator[nodes.Node]:
    """Everything that goes through the filter `t`, the look-up of the site's strings."""
    for found in tree.find_all(nodes.Filter):
        if found.name == "t":
            yield from found.find_all(nodes.Concat)


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: file.name)
def test_no_template_declares_anything_safe(file: Any) -> None:
    tree = parsed(file)
    assert {node.name for node in tree.find_all(nodes.Filter)} & {
        "safe",
        "forceescape",
        "escape",
        "e",
        "xmlattr",
    } == set()
    assert list(tree.find_all((nodes.EvalContextModifier, nodes.MarkSafe, nodes.MarkSafeIfAutoescape))) == []
    assert "autoescape" not in file.read_text(encoding="utf-8")


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: file.name)
def test_a_template_joins_text_only_to_find_a_string_of_the_site(file: Any) -> None:
    tree = parsed(file)
    allowed = list(within_texts(tree))
    for joined in tree.find_all(nodes.Concat):
        assert joined in allowed, f"line {joined.lineno}"
        assert isinstance(joined.nodes[0], nodes.Const), f"line {joined.lineno}"


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: file.name)
def test_every_line_of_a_template_starts_at_the_first_column(file: Any) -> None:
    indented = [line for line in file.read_text(encoding="utf-8").splitlines() if line[:1] in (" ", "\t")]
    assert indented == []


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: file.name)
def test_a_template_puts_values_between_quotes_or_tags_only(file: Any) -> None:
    """An attribute without quotes would end at the first space of a value; no value names a tag or an attribute."""
    text = file.read_text(encoding="utf-8")
    assert re.findall(r"[\s\"][a-zA-Z-]+\s*=\s*\{\{", text) == []
    assert re.findall(r"</?\{\{|<[a-z][^<>\"]*\s\{\{", text) == []
    assert re.findall(r"\son[a-z]+=|style=|<style|javascript:", text, re.IGNORECASE) == []


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: file.name)
def test_a_script_in_a_template_is_data_or_a_file_of_ours(file: Any) -> None:
    data = r'<script type="application/(ld\+)?json"( id="[a-z-]+")?>\{\{ [a-z_]+ \}\}</script>'
    ours = r"<script type=\"module\" src=\"\{\{ v\.href\(v\.addresses\.assets \+ '[a-z/-]+\.js'\) \}\}\"></script>"
    scripts = re.findall(r"<script\b.*?</script>", file.read_text(encoding="utf-8"), re.DOTALL)
    assert [script for script in scripts if not re.fullmatch(f"{data}|{ours}", script)] == []
