"""What the tests of the commands share: how a command is run, a terminal, a clock, and a host that answers."""

from __future__ import annotations

import functools
import http.server
import io
import math
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from tests.samples import SMALL
from tests.site_builder import project_copy

import mkdocs_hooks
from catalogue import loader
from catalogue.model import Catalogue
from commands import build, check, derive, fix, generate, links, new, release, serve, terminal, zensical

SCRIPTS = (build, check, terminal, derive, fix, generate, links, mkdocs_hooks, new, release, serve, zensical)

DESK = "practices/welcome-desk.yml"
WRONG_KIND = ("kind: service", "kind: servise")
PLAIN_ADDRESS = ("    language: en\n", '    language: en\n    url: http://desk.example/\n    accessed: "2025-01-02"\n')


@dataclass(frozen=True)
class Outcome:
    """What came of a command: exit status, standard output and standard error."""

    status: object
    out: str
    err: str


@dataclass(frozen=True)
class Runner:
    """Runs the `main` of a script in this process."""

    monkeypatch: pytest.MonkeyPatch
    capsys: pytest.CaptureFixture[str]

    def __call__(self, script: ModuleType, *arguments: str) -> Outcome:
        self.monkeypatch.setattr(sys, "argv", [f"atlas {script.__name__.removeprefix('commands.')}", *arguments])
        try:
            status: object = script.main()
        except SystemExit as end:
            status = end.code
        return Outcome(status, *self.capsys.readouterr())


class Terminal(io.StringIO):
    """Standard input at which somebody types these lines, and then ends the input."""

    def __init__(self, *lines: str) -> None:
        super().__init__("".join(f"{line}\n" for line in lines))

    def isatty(self) -> bool:
        return True


@dataclass
class Clock:
    """A clock that goes when it is told to, in seconds."""

    now: float = 1000.0

    def monotonic(self) -> float:
        return self.now


RECORDS = tuple(sorted(file.stem for file in SMALL.glob("*.yml")))
"""The ids of the records of a small project, in which nothing is wrong."""


def edit(file: Path, old: str, new: str) -> None:
    """Change a text that stands once in a file."""
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file.name}"
    file.write_text(text.replace(old, new), encoding="utf-8")


def files_below(folder: Path) -> dict[str, Path]:
    """Every file below a folder, by its path there, but for the lock that commands hold."""
    found = (file for file in folder.rglob("*") if file.is_file() and file.name != ".lock")
    return {file.relative_to(folder).as_posix(): file for file in found}


def contents(folder: Path) -> dict[str, bytes]:
    """The content of every file below a folder, by its path there."""
    return {path: file.read_bytes() for path, file in files_below(folder).items()}


def times(folder: Path) -> dict[str, int]:
    """When every file below a folder was last written, by its path there."""
    return {path: file.stat().st_mtime_ns for path, file in files_below(folder).items()}


@dataclass
class Host:
    """A host on this machine that answers each path as told, and remembers what it was asked."""

    address: str = ""
    answers: dict[str, int] = field(default_factory=dict)
    redirections: dict[str, str] = field(default_factory=dict)
    silent: set[str] = field(default_factory=set)
    asked: list[str] = field(default_factory=list)
    closing: threading.Event = field(default_factory=threading.Event)


@contextmanager
def answering_host() -> Iterator[Host]:
    """A running host."""
    host = Host()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            host.asked.append(self.path)
            if self.path in host.silent:
                host.closing.wait()
            elif self.path == "/nonsense":
                self.wfile.write(b"nonsense\r\n")
            elif self.path in host.redirections:
                self.send_response(302)
                self.send_header("Location", host.redirections[self.path])
                self.end_headers()
            else:
                self.send_response(host.answers.get(self.path, 404))
                self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name that it overrides
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        host.address = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield host
        host.closing.set()
        server.shutdown()
        thread.join()


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Runner:
    """Runs commands that show no progress, however slow the machine is: what they print is compared."""
    monkeypatch.setattr(terminal, "PATIENCE", math.inf)
    return Runner(monkeypatch, capsys)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, vocabularies_read_once: None) -> Path:
    """A small project, which every command takes for its own."""
    project = project_copy(tmp_path / "project", SMALL)
    for script in SCRIPTS:
        if hasattr(script, "ROOT"):
            monkeypatch.setattr(script, "ROOT", project)
    for script in (build, mkdocs_hooks, serve, zensical):
        monkeypatch.setattr(script, "generate", functools.partial(generate.generate, root=project))
    for name in ("SITE_URL", "REPO_URL", "ATLAS_GENERATED"):
        monkeypatch.delenv(name, raising=False)
    # On a slow machine a command may last long enough to show its progress, which is tested apart.
    monkeypatch.setattr(terminal, "PATIENCE", float("inf"))
    return project


@pytest.fixture
def catalogue(folder: Path) -> Catalogue:
    reading = loader.load(folder)
    assert reading.catalogue is not None
    return reading.catalogue


@pytest.fixture
def few_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Makes do with two pages instead of all."""

    def generated(*_: object) -> Iterator[tuple[str, str]]:
        yield "index.md", "the front page"
        yield "practices/a/index.md", "a practice"

    monkeypatch.setattr(generate, "generated", generated)
