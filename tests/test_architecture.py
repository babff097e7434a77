"""Arrows go one way: what each module may know of the others, and what the library must not do."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest
from tests.samples import ROOT

SCRIPTS = ROOT / "scripts"
LIBRARY = SCRIPTS / "catalogue"

# From the bottom up: a module imports only from floors below its own, or from its own room.
FLOORS = (
    {"text", "languages"},
    {"problems", "model"},
    {"fields"},
    {"reading"},
    {"checking"},
    {"loader"},
    {"relating"},
    {"presenting"},
    {"finding", "publishing", "contributing"},
    {"pages"},
)
"""The rooms (packages) and single modules of the library."""

FORBIDDEN = {"mkdocs", "argparse", "sys", "os", "subprocess", "logging", "material"}
"""What the library does not import: the engine, the command line and the machine are the business of the commands."""

MAY_IMPORT_MKDOCS = {"mkdocs_hooks.py", "commands/serve.py"}

MOST_LINES = 320

LONGER: Mapping[str, str] = {
    "catalogue/finding/explore_data.py": "the files that the explore page reads are one agreement with its script",
    "catalogue/model.py": "one small class for each thing that records speak of",
    "catalogue/presenting/context.py": "what templates may call, read as one list",
    "catalogue/presenting/values.py": "one small function for each field that needs words of its own",
}
"""The modules that may be longer, each with the reason."""

MODULES = sorted(file for file in LIBRARY.rglob("*.py") if file.stem != "__init__")
COMMANDS = sorted([*SCRIPTS.glob("*.py"), *(file for file in (SCRIPTS / "commands").glob("*.py"))])


def name_of(file: Path) -> str:
    """The path of a file below `scripts/`."""
    return file.relative_to(SCRIPTS).as_posix()


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


def room(file: Path) -> str:
    """The room that a module of the library belongs to, or its own name where it stands alone."""
    return file.relative_to(LIBRARY).with_suffix("").parts[0]


def rooms_used(file: Path) -> set[str]:
    """The other rooms of the library that a module imports from."""
    return {name.split(".")[1] for name in imported(file) if name.startswith("catalogue.")} - {room(file)}


def neighbours(file: Path) -> set[str]:
    """The modules of its own room that a module imports."""
    inside = f"catalogue.{room(file)}."
    return {name.removeprefix(inside).split(".")[0] for name in imported(file) if name.startswith(inside)}


def floor(name: str) -> int:
    return next(number for number, rooms in enumerate(FLOORS) if name in rooms)


def test_every_room_of_the_library_has_its_floor() -> None:
    assert sorted(name for rooms in FLOORS for name in rooms) == sorted({room(file) for file in MODULES})


@pytest.mark.parametrize("file", MODULES, ids=name_of)
def test_a_module_knows_only_those_below_it(file: Path) -> None:
    assert {other for other in rooms_used(file) if floor(other) >= floor(room(file))} == set()


def test_only_commands_read_the_folders() -> None:
    """What is computed from a catalogue does not know how it was read."""
    assert [name_of(file) for file in MODULES if "loader" in rooms_used(file)] == []


@pytest.mark.parametrize("name", sorted({room(file) for file in MODULES if file.parent != LIBRARY}))
def test_no_module_of_a_room_imports_one_that_imports_it(name: str) -> None:
    graph = {file.stem: neighbours(file) for file in (LIBRARY / name).glob("*.py") if file.stem != "__init__"}
    while graph:
        free = [module for module, others in graph.items() if not others & graph.keys()]
        assert free, f"a cycle among {sorted(graph)}"
        for module in free:
            del graph[module]


def test_no_module_shadows_a_known_package() -> None:
    """The folder of the commands comes first on the path, so a file there must not have the name of a package."""
    taken = set(sys.stdlib_module_names) | {name.replace("-", "_").lower() for name in locked_packages()}
    own = {file.stem for file in SCRIPTS.glob("*.py")} | {
        folder.name for folder in SCRIPTS.iterdir() if folder.is_dir()
    }
    assert own & (taken | {"build", "setuptools", "pip"}) == set()


def locked_packages() -> set[str]:
    """The packages that the locks name."""
    text = "".join(file.read_text(encoding="utf-8") for file in ROOT.glob("requirements*.lock"))
    return set(re.findall(r"^([A-Za-z0-9_.-]+)(?:\[[^]]*\])?==", text, re.MULTILINE))


@pytest.mark.parametrize("file", MODULES, ids=name_of)
def test_the_library_knows_no_engine_and_no_command_line(file: Path) -> None:
    assert {name.partition(".")[0] for name in imported(file)} & (FORBIDDEN | {"commands", "atlas"}) == set()


@pytest.mark.parametrize("file", MODULES, ids=name_of)
def test_the_library_does_not_print_ask_or_exit(file: Path) -> None:
    names = {node.id for node in ast.walk(parsed(file)) if isinstance(node, ast.Name)}
    assert names & {"print", "input", "exit", "quit", "breakpoint", "SystemExit"} == set()


@pytest.mark.parametrize("file", [*COMMANDS, *MODULES], ids=name_of)
def test_only_the_hook_and_the_preview_import_mkdocs(file: Path) -> None:
    uses_it = any(name.partition(".")[0] == "mkdocs" for name in imported(file))
    assert uses_it == (name_of(file) in MAY_IMPORT_MKDOCS)


def public(node: ast.Module | ast.ClassDef) -> Iterator[ast.FunctionDef | ast.ClassDef]:
    """The public functions and classes of a module, and the public methods of those classes."""
    for inner in node.body:
        if isinstance(inner, ast.FunctionDef | ast.ClassDef) and not inner.name.startswith("_"):
            yield inner
            if isinstance(inner, ast.ClassDef):
                yield from public(inner)


@pytest.mark.parametrize("file", MODULES, ids=name_of)
def test_every_public_function_and_class_says_what_it_is(file: Path) -> None:
    assert ast.get_docstring(parsed(file))
    assert [node.name for node in public(parsed(file)) if not ast.get_docstring(node)] == []


@pytest.mark.parametrize("file", [*COMMANDS, *MODULES], ids=name_of)
def test_a_module_is_short_or_has_a_reason_to_be_longer(file: Path) -> None:
    lines = len(file.read_text(encoding="utf-8").splitlines())
    name = name_of(file)
    if name in LONGER:
        assert lines > MOST_LINES, "it is short enough now: take it off the list"
    else:
        assert lines <= MOST_LINES, "split it, or give a reason"


def test_every_reason_to_be_longer_is_that_of_a_module() -> None:
    assert [name for name in LONGER if not (SCRIPTS / name).is_file()] == []
