"""Arrows go one way: what each module may know of the others, and what the library must not do."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest
from tests.samples import ROOT

SCRIPTS = ROOT / "scripts"
LIBRARY = SCRIPTS / "catalogue"

# From the bottom up: a module imports only from layers below its own.
LAYERS = (
    {"problems", "model", "projection"},
    {"strict_yaml", "countries"},
    {"schema", "vocabularies", "rules"},
    {"wording"},
    {"store"},
    {"indexes"},
    {"quality", "relations", "matrices"},
    {"localisation", "rendering", "world"},
    {"site"},
    {"citations", "finding_words"},
    {"structured_data", "reference", "comparison", "finding"},
    {"matrix_pages"},
    {"pages", "exports", "forms"},
)

FORBIDDEN = {"mkdocs", "argparse", "sys", "os", "subprocess", "logging", "material"}
"""What the library does not import: the engine, the command line and the machine are the business of the commands."""

MAY_IMPORT_MKDOCS = {"mkdocs_hooks.py", "serve.py"}

MOST_LINES = 320

LONGER: Mapping[str, str] = {
    "catalogue/finding.py": "the files that the explore page reads are one agreement with its script",
    "catalogue/model.py": "one small class for each thing that records speak of",
    "catalogue/rules.py": "one small function for each rule, and they are read as a list",
    "catalogue/schema.py": "one small function for each keyword of the schemas, and the words for each rule",
    "make_map.py": "run by hand when the borders change, and by nothing else",
}
"""The modules that may be longer, each with the reason."""

MODULES = sorted(file for file in LIBRARY.glob("*.py") if file.stem != "__init__")
COMMANDS = sorted(SCRIPTS.glob("*.py"))


@cache
def parsed(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


def imported(file: Path) -> Iterator[str]:
    """The dotted names that a module imports, wherever in it."""
    for node in ast.walk(parsed(file)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file.name}: imports are absolute"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def siblings(file: Path) -> set[str]:
    """The modules of the library that a module imports."""
    return {name.split(".")[1] for name in imported(file) if name.startswith("catalogue.")}


def layer(module: str) -> int:
    return next(number for number, modules in enumerate(LAYERS) if module in modules)


def test_every_module_of_the_library_has_its_layer() -> None:
    named = [module for modules in LAYERS for module in modules]
    assert sorted(named) == [file.stem for file in MODULES]


@pytest.mark.parametrize("file", MODULES, ids=lambda file: file.stem)
def test_a_module_knows_only_those_below_it(file: Path) -> None:
    assert {other for other in siblings(file) if layer(other) >= layer(file.stem)} == set()


def test_only_commands_read_the_folders_and_no_module_imports_one_that_imports_it() -> None:
    """The layers leave no room for a cycle; the reader of the folders stands apart from what is made of them."""
    assert [file.stem for file in MODULES if "store" in siblings(file)] == []
    graph = {file.stem: siblings(file) for file in MODULES}
    while graph:
        free = [module for module, others in graph.items() if not others & graph.keys()]
        assert free, f"a cycle among {sorted(graph)}"
        for module in free:
            del graph[module]


@pytest.mark.parametrize("file", MODULES, ids=lambda file: file.stem)
def test_the_library_knows_no_engine_and_no_command_line(file: Path) -> None:
    assert {name.partition(".")[0] for name in imported(file)} & FORBIDDEN == set()
    commands = {command.stem for command in COMMANDS}
    assert {name.partition(".")[0] for name in imported(file)} & commands == set()


@pytest.mark.parametrize("file", MODULES, ids=lambda file: file.stem)
def test_the_library_does_not_print_ask_or_exit(file: Path) -> None:
    names = {node.id for node in ast.walk(parsed(file)) if isinstance(node, ast.Name)}
    assert names & {"print", "input", "exit", "quit", "breakpoint", "SystemExit"} == set()


@pytest.mark.parametrize("file", [*COMMANDS, *MODULES], ids=lambda file: file.name)
def test_only_the_hook_and_the_preview_import_mkdocs(file: Path) -> None:
    uses_it = any(name.partition(".")[0] == "mkdocs" for name in imported(file))
    assert uses_it == (file.name in MAY_IMPORT_MKDOCS)


def public(node: ast.Module | ast.ClassDef) -> Iterator[ast.FunctionDef | ast.ClassDef]:
    """The public functions and classes of a module, and the public methods of those classes."""
    for inner in node.body:
        if isinstance(inner, ast.FunctionDef | ast.ClassDef) and not inner.name.startswith("_"):
            yield inner
            if isinstance(inner, ast.ClassDef):
                yield from public(inner)


@pytest.mark.parametrize("file", MODULES, ids=lambda file: file.stem)
def test_every_public_function_and_class_says_what_it_is(file: Path) -> None:
    assert ast.get_docstring(parsed(file))
    assert [node.name for node in public(parsed(file)) if not ast.get_docstring(node)] == []


@pytest.mark.parametrize("file", [*COMMANDS, *MODULES], ids=lambda file: file.name)
def test_a_module_is_short_or_has_a_reason_to_be_longer(file: Path) -> None:
    lines = len(file.read_text(encoding="utf-8").splitlines())
    name = file.relative_to(SCRIPTS).as_posix()
    if name in LONGER:
        assert lines > MOST_LINES, "it is short enough now: take it off the list"
    else:
        assert lines <= MOST_LINES, "split it, or give a reason"


def test_every_reason_to_be_longer_is_that_of_a_module() -> None:
    assert [name for name in LONGER if not (SCRIPTS / name).is_file()] == []
