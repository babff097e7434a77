"""Small, real-looking catalogues for the tests: projects on disk, and catalogues made in place."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import html5lib
import msgspec
import yaml
from markdown import Markdown

from catalogue import loader
from catalogue.checking.schema import Schema
from catalogue.contributing.reference import Reference
from catalogue.model import Catalogue, Document, Lead, Organisation, Practice, Question, Vocabulary
from catalogue.pages.all_pages import SitePages
from catalogue.presenting.context import Addresses, SiteIndex
from catalogue.presenting.localisation import Localisation
from catalogue.presenting.rendering import Renderer
from catalogue.problems import Problem, as_text
from catalogue.reading.records import practice_of

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = ROOT / "tests" / "examples"
VALID = EXAMPLES / "valid"
INVALID = EXAMPLES / "invalid"
SMALL = EXAMPLES / "small"
SITE = EXAMPLES / "site"
"""Made-up records and registers that between them use every part of a page and every index."""

SMALLEST = "lisbon-welcome-desk"
FULL = "bologna-neighbourhood-mediators"

REGISTERS: Mapping[str, type] = {
    "documents": Document,
    "organisations": Organisation,
    "leads": Lead,
    "questions": Question,
}


@dataclass(frozen=True)
class Project:
    """A project folder with the real schema, small registers, and no records until some are added."""

    root: Path

    @classmethod
    def create(cls, root: Path) -> Project:
        """A fresh one in an empty folder."""
        for name in ("strings", "templates"):
            shutil.copytree(ROOT / "scripts" / name, root / "scripts" / name)
        copy_data(root)
        return cls(root)

    @classmethod
    def of_the_site(cls, root: Path) -> Project:
        """A fresh one with the records and registers of the test site."""
        found = cls.create(root)
        copy_records(SITE, root)
        return found

    def write(self, path: str, content: str | bytes) -> None:
        """Write a file below the project's folder."""
        data = content.encode() if isinstance(content, str) else content
        (self.root / path).write_bytes(data)

    def replace(self, path: str, old: str, new: str) -> None:
        """Change a text that stands once in a file."""
        text = (self.root / path).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path}"
        self.write(path, text.replace(old, new))

    def add(self, *records: str) -> None:
        """Add valid examples by id."""
        for record in records:
            shutil.copy(VALID / f"{record}.yml", self.root / "practices")

    def load(self) -> loader.Reading:
        """Read and check the project."""
        return loader.load(self.root)

    def told(self) -> list[str]:
        """What a contributor is told: a line for each problem."""
        return told(self.load().problems)


def copy_data(root: Path) -> None:
    """Give a project's folder the schema, small registers, no exceptions and no records."""
    shutil.copytree(ROOT / "schema", root / "schema")
    shutil.copytree(EXAMPLES / "registers", root / "schema", dirs_exist_ok=True)
    (root / "schema" / "exceptions.yml").write_text("exceptions: []\n", encoding="utf-8")
    (root / "schema" / "released-ids.txt").write_text("", encoding="utf-8")
    (root / "practices").mkdir()


def copy_records(examples: Path, root: Path) -> None:
    """Give a project's folder the records of a folder of examples, and the registers beside them."""
    shutil.copytree(examples / "registers", root / "schema", dirs_exist_ok=True)
    for record in examples.glob("*.yml"):
        shutil.copy(record, root / "practices")


def told(problems: list[Problem]) -> list[str]:
    """The lines of problems, without those that lead to the reference."""
    return [line for line in as_text(problems).splitlines() if not line.startswith("    see ")]


def changed(old: str, new: str, record: str = SMALLEST) -> str:
    """The text of a valid example in which a text that stands there once is replaced."""
    text = (VALID / f"{record}.yml").read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {record}"
    return text.replace(old, new)


def read(file: Path) -> Any:
    """The data of a YAML file, every scalar a string."""
    return yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


@cache
def vocabularies() -> Mapping[str, Vocabulary]:
    """The real vocabularies."""
    found, problems = loader.vocabularies_of(ROOT)
    assert found is not None, problems
    return found


@cache
def example_data() -> Mapping[str, Mapping[str, Any]]:
    """The data of the valid examples by id, as they are written and checked."""
    schema = Schema(ROOT / "schema", "practice.schema.json")
    found = {}
    for file in sorted(VALID.glob("*.yml")):
        parsed, problems = loader.strict_yaml.parse(file.read_bytes(), file.name)
        assert parsed is not None, problems
        data, problems = schema.check(parsed, file.name)
        assert problems == []
        assert data is not None
        found[file.stem] = data
    return found


@cache
def examples() -> Mapping[str, Practice]:
    """The valid examples by id."""
    return {name: practice_of(data) for name, data in example_data().items()}


def practice(practice_id: str, **fields: Any) -> Practice:
    """A practice like the smallest example, with other fields, each written as in a record: short forms will do."""
    name = {"en": practice_id.replace("-", " "), "fr": practice_id.replace("-", " ")}
    return practice_of({**example_data()[SMALLEST], "name": name, "id": practice_id, **fields})


def catalogue(*practices: Practice) -> Catalogue:
    """A catalogue of some practices, with the real vocabularies and the small registers."""
    registers: dict[str, Any] = {}
    for name, kind in REGISTERS.items():
        entries = read(EXAMPLES / "registers" / f"{name}.yml")[name]
        registers[name] = {entry["id"]: msgspec.convert(entry, type=kind, strict=False) for entry in entries}
    by_id = {p.id: p for p in sorted(practices, key=lambda p: p.id)}
    return Catalogue(by_id, vocabularies(), **registers)


@cache
def site_reading() -> loader.Reading:
    """The records and registers of the test site, as the loader reads them."""
    with tempfile.TemporaryDirectory() as folder:
        return Project.of_the_site(Path(folder)).load()


def site_catalogue() -> Catalogue:
    """The catalogue of the test site."""
    found = site_reading().catalogue
    assert found is not None, told(site_reading().problems)
    return found


@cache
def strings(language: str) -> Localisation:
    """The site's own words in a language."""
    return Localisation.read(ROOT / "scripts" / "strings", language)


def site_pages(
    found: Catalogue, language: str = "en", addresses: Addresses | None = None, today: str = ""
) -> SitePages:
    """The pages of a catalogue in a language."""
    pages = SitePages(SiteIndex.of(found, today), strings(language), addresses or Addresses(), ROOT)
    pages._renderer = _renderer(language)
    return pages


@cache
def _renderer(language: str) -> Renderer:
    """The templates of a language; they take longer to compile than most tests take to run."""
    return Renderer(ROOT / "scripts" / "templates", t=strings(language).text)


@cache
def reference(language: str) -> Reference:
    """The texts of fields and rules in a language."""
    titles = {name: vocabulary.title[language] for name, vocabulary in vocabularies().items()}
    return Reference(strings(language), ROOT, titles)


class _AnyTag(yaml.SafeLoader):
    """Reads mkdocs.yml, whose tags only MkDocs knows."""


_AnyTag.add_multi_constructor("!", lambda loader, suffix, node: None)


@cache
def extensions() -> tuple[str, ...]:
    """The Markdown extensions of the site: those of mkdocs.yml, and those that MkDocs always adds."""
    listed = yaml.load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"), Loader=_AnyTag)["markdown_extensions"]
    named = [next(iter(item)) if isinstance(item, dict) else item for item in listed]
    return tuple(dict.fromkeys([*named, "toc", "tables", "fenced_code"]))


@cache
def _markdown() -> Markdown:
    return Markdown(extensions=list(extensions()))


def markdown() -> Markdown:
    """What turns a page's file into its HTML, as if it were new."""
    return _markdown().reset()


def body(text: str) -> str:
    """A page's file without its front matter."""
    _, _, rest = text.removeprefix("---\n").partition("\n---\n")
    return rest


def tree(text: str) -> ElementTree.Element:
    """The HTML of a page's file as a browser understands it."""
    return html5lib.parseFragment(body(text), namespaceHTMLElements=False)


def shown(element: ElementTree.Element) -> str:
    """What a reader sees of an element, white space collapsed."""
    return re.sub("[ \n]+", " ", "".join(element.itertext())).strip(" ")


def leaves(node: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    """Every scalar of nested mappings and lists, with its path."""
    if isinstance(node, Mapping):
        for key, value in node.items():
            yield from leaves(value, (*path, key))
    elif isinstance(node, list | tuple):
        for index, value in enumerate(node):
            yield from leaves(value, (*path, index))
    else:
        yield path, node
