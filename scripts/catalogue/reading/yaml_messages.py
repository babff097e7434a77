"""What stands in the way of reading a file as YAML, in words that somebody can act on who does not know YAML."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from itertools import islice
from typing import Any, NamedTuple

from catalogue.reading.parsed import Mark

MAX_BAD_CHARACTERS = 20
"""How many bad characters of a file are reported: where there are more, the file is something else than text."""

LINE_BREAK = re.compile("\r\n|[\r\n\x85\u2028\u2029]")
"""What ends a line for the reader of YAML, whose positions are those of the problems."""

# C0 and C1 controls but tab, line feed and carriage return; the line and paragraph separators; zero-width space and
# byte order mark; the bidirectional embeddings, overrides and isolates, which can make a text read unlike what it is;
# halves of surrogate pairs, which an escape can bring and no file can hold.
BAD_CHARACTER = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u200b\ufeff\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)

_INDENT = r"(?:^|(?<=[\r\n\x85\u2028\u2029])) *"
_TAB_INDENT = re.compile(_INDENT + r"\t")
# Only where a key or a list item follows: a text may begin with a no-break space, after a dash for instance.
_NO_BREAK_INDENT = re.compile(_INDENT + r"[\u00a0\u2007\u202f][ \u00a0\u2007\u202f]*(?=-\s|[\w-]+:(?:\s|$))")
_CONFLICT = re.compile(r"(?:^|(?<=[\r\n]))(?:<{7}|>{7}|\|{7})(?: |(?=[\r\n]|$))")


class Stop(NamedTuple):
    """Where and why reading cannot go on, and the line before which nothing is touched by it."""

    mark: Mark
    rule: str
    message: str
    sound_until: int


class Lines:
    """The lines of a text, to turn offsets into positions."""

    def __init__(self, text: str) -> None:
        """`text` is a whole file."""
        self.text = text

    @cached_property
    def starts(self) -> list[int]:
        """The offset at which each line begins."""
        return [0, *(found.end() for found in LINE_BREAK.finditer(self.text))]

    def mark(self, offset: int) -> Mark:
        """The position of a character."""
        line = bisect_right(self.starts, offset)
        return Mark(line, offset - self.starts[line - 1] + 1)

    def line(self, number: int) -> str:
        """A line by its number, without what ends it; the empty text where there is no such line."""
        if not 1 <= number <= len(self.starts):
            return ""
        end = self.starts[number] if number < len(self.starts) else len(self.text)
        return self.text[self.starts[number - 1] : end].rstrip("\r\n\x85\u2028\u2029")

    def before(self, number: int) -> str:
        """The text above a line."""
        return self.text[: self.starts[number - 1]] if number <= len(self.starts) else self.text


def obstacles(lines: Lines) -> list[Stop]:
    """What is in a text that YAML does not allow or that a record has no use for, before it is read as YAML."""
    return sorted([*_bad_characters(lines), *_conflicts(lines), *_indentation(lines)])


def _bad_characters(lines: Lines) -> Iterator[Stop]:
    for bad in islice(BAD_CHARACTER.finditer(lines.text), MAX_BAD_CHARACTERS):
        mark = lines.mark(bad.start())
        yield Stop(mark, "bad-character", bad_character_message(bad.group()), mark.line)


def _conflicts(lines: Lines) -> Iterator[Stop]:
    found = _CONFLICT.search(lines.text)
    if found:
        mark = lines.mark(found.start())
        message = (
            "two versions of the file were joined here and differ: between <<<<<<< and >>>>>>> keep what is right, "
            "and delete the lines with <<<<<<<, ======= and >>>>>>>"
        )
        yield Stop(mark, "merge-conflict", message, mark.line)


def _indentation(lines: Lines) -> Iterator[Stop]:
    for pattern, name in ((_TAB_INDENT, "a tab"), (_NO_BREAK_INDENT, "a no-break space")):
        found = pattern.search(lines.text)
        if found:
            indent = re.search(r"[^ ]", found.group())
            assert indent is not None  # both patterns end in something else than a space
            mark = lines.mark(found.start() + indent.start())
            yield Stop(mark, "tab", f"{name} indents this line: use spaces{_json_hint(lines)}", mark.line)


def bad_character_message(character: str) -> str:
    """What to do about a character that no record holds."""
    return (
        f"the invisible or control character U+{ord(character):04X} is not allowed: delete it and type the text again"
    )


# What the two parsers of PyYAML say, and what to do; the first that fits is told.
_HINTS = (
    ("mapping values are not allowed", "a text that contains ': ' needs quotes, or a block that starts with >-"),
    ("could not find expected ':'", "a key needs a colon and a space after it, and a text that goes on over more lines "
     "is indented below its key"),
    ("did not find expected '-' indicator", "the items of a list must start in the same column"),
    ("expected <block end>, but found '-'", "the items of a list must start in the same column"),
    ("did not find expected key", "check the indentation and the quotes here and on the line above"),
    ("expected <block end>", "check the indentation and the quotes here and on the line above"),
    ("did not find expected ',' or", "what is opened with [ or { is not closed before this line"),
    ("expected ',' or", "what is opened with [ or { is not closed before this line"),
    ("did not find expected comment or line break", "a text that starts with > or | needs quotes around it"),
    ("expected a comment or a line break", "a text that starts with > or | needs quotes around it"),
    ("expected chomping or indentation indicators", "a text that starts with > or | needs quotes around it"),
    ("cannot start any token", "a text that starts with this character needs quotes around it"),
    ("alphabetic or numeric character", "a text that starts with * or & needs quotes around it"),
    ("block sequence entries are not allowed", "a list begins on a line of its own below its key"),
)  # fmt: skip

# What the line shows, which says more than the parser can: first of the line itself, then also of the line above.
_SIGNS = (
    (re.compile(r"^\s*(```|~~~)"), "lines that begin with ``` belong to Markdown: delete them"),
    (re.compile(r"[:-]\s+[“”„‟«‘’‚]"), "typographic quotes (“ ” « ») do not hold a text together: use straight ones"),
    (re.compile(r"(^|\s)[“”„‟«‘‚][\w-]+[“”»’]\s*:"), "a key stands without quotes"),
    (re.compile(r"[:-]\s+\[[^\]]*\]\S"), "a text that starts with [ needs quotes around it"),
)
_SIGNS_OF_BOTH = (
    (re.compile(r":\s+'[^']*'\w"), "an apostrophe ends a text that stands between ' and ': write ’"),
    (re.compile(r":\s+\"[^\"]*\"\w"), 'a quotation mark ends a text that stands between " and ": write “ and ”'),
    (re.compile(r"\s#\S"), "' #' starts a comment, which is not read: put the text in quotes"),
    (re.compile(r"^\s*[\w-]+:[^\s/]\S*$"), "a key needs a colon and a space after it"),
)

_JSON = re.compile(r"\s*[\[{]\s*(\n|\r|\")")


def _json_hint(lines: Lines) -> str:
    if _JSON.match(lines.text):
        return "; this looks like JSON, and a record is written with one 'field: value' a line"
    return ""


def syntax_stop(error: Any, lines: Lines) -> Stop:
    """What a `yaml.YAMLError` says, for a contributor: at the place where something is to be done."""
    problem = str(getattr(error, "problem", None) or getattr(error, "reason", None) or "cannot be read")
    where, context = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    if where is None:
        return Stop(Mark(1, 1), "not-yaml", f"this is not YAML: {problem}", 1)
    mark = Mark(where.line + 1, where.column + 1)
    opened = Mark(context.line + 1, context.column + 1) if context else mark
    if "unexpected end of stream" in problem:
        message = "this is not YAML: the quote that opens here is never closed"
        return Stop(opened, "not-yaml", message, opened.line)
    reading = str(getattr(error, "context", None))
    if "simple key" in reading:  # what should have been a key is where something is to be done
        mark = opened
    in_brackets = "flow" in reading
    rest = lines.text[lines.starts[mark.line - 1] + mark.column - 1 :] if mark.line <= len(lines.starts) else ""
    if in_brackets and not rest.strip():
        message = "this is not YAML: the bracket that opens here is never closed"
        return Stop(opened, "not-yaml", message + _json_hint(lines), opened.line)
    here, above = lines.line(mark.line), lines.line(mark.line - 1)
    signs = [sign for pattern, sign in (*_SIGNS, *_SIGNS_OF_BOTH) if pattern.search(here)]
    signs += [sign for pattern, sign in _SIGNS_OF_BOTH if pattern.search(above)]
    hints = signs[:1] or [hint for start, hint in _HINTS if start in problem][:1]
    message = f"this is not YAML: {hints[0] if hints else problem}{_json_hint(lines)}"
    return Stop(mark, "not-yaml", message, opened.line if in_brackets else mark.line)
