"""What is installed: the locks name all that the project needs, each file by its hash, and nothing else gets in."""

from __future__ import annotations

import json
import re
import tomllib
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parents[1]
LOCKS = sorted(ROOT.glob("requirements*.lock"))
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def entries(lock: Path) -> list[str]:
    """The entries of a lock, each in one line: the requirement and the hashes of its files."""
    return lock.read_text(encoding="utf-8").replace("\\\n", " ").splitlines()


def locked(lock: Path) -> list[Requirement]:
    """The requirements of a lock that hold for this Python, without their hashes."""
    found = [Requirement(entry.partition(" --hash=")[0]) for entry in entries(lock)]
    return [requirement for requirement in found if requirement.marker is None or requirement.marker.evaluate()]


def by_name(lock: Path) -> dict[str, Requirement]:
    return {canonicalize_name(requirement.name): requirement for requirement in locked(lock)}


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_a_lock_holds_nothing_but_pinned_packages_with_their_hashes(lock: Path) -> None:
    """No index, no address, no option: where packages come from is for the machine to say."""
    pinned = r"[a-z0-9-]+(\[[a-z0-9,-]+\])?==[a-z0-9.]+( ; [^#@]+?)?(\s+--hash=sha256:[0-9a-f]{64})+\s*"
    assert [entry for entry in entries(lock) if not re.fullmatch(pinned, entry)] == []


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_a_lock_pins_a_package_once(lock: Path) -> None:
    assert len(locked(lock)) == len(by_name(lock)) > 0


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_all_that_a_locked_package_needs_is_locked_with_its_extras(lock: str) -> None:
    """Some releases of pip take an extra that is not pinned for another package, and ask the index for its newest."""
    pins = by_name(ROOT / lock)
    missing = []
    for name, pin in pins.items():
        for text in metadata.requires(name) or ():
            need = Requirement(text)
            extras = pin.extras or {""}
            if need.marker is not None and not any(need.marker.evaluate({"extra": extra}) for extra in extras):
                continue
            found = pins.get(canonicalize_name(need.name))
            if found is None or not need.extras <= found.extras:
                missing.append(f"{name} needs {need}")
    assert missing == []


@pytest.mark.parametrize(
    ("lock", "wanted"),
    [
        ("requirements.lock", PROJECT["project"]["dependencies"]),
        ("requirements-dev.lock", PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["dev"]),
    ],
)
def test_a_lock_follows_what_the_project_says_it_needs(lock: str, wanted: list[str]) -> None:
    pins = by_name(ROOT / lock)
    for text in wanted:
        need = Requirement(text)
        pin = pins[canonicalize_name(need.name)]
        assert need.specifier.contains(str(pin.specifier).removeprefix("=="))


def test_both_locks_pin_the_same_releases() -> None:
    """The environment of the tests is that of the site, and more."""
    dev = by_name(ROOT / "requirements-dev.lock")
    for name, pin in by_name(ROOT / "requirements.lock").items():
        assert pin.specifier == dev[name].specifier


def test_the_checkers_of_the_browser_code_are_locked() -> None:
    package = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    assert lock["packages"][""]["devDependencies"] == package["devDependencies"]
    for name, version in package["devDependencies"].items():
        assert Version(version)
        assert lock["packages"][f"node_modules/{name}"]["version"] == version
    for name, entry in lock["packages"].items():
        assert not name or entry["integrity"].startswith("sha512-")
        assert "resolved" not in entry, "the lock names no index"


INSTRUCTIONS = [ROOT / "Makefile", ROOT / "README.md", *sorted((ROOT / ".github" / "workflows").glob("*.yml"))]


@pytest.mark.parametrize("file", INSTRUCTIONS, ids=lambda file: file.name)
def test_packages_are_installed_as_they_are_locked_and_no_others(file: Path) -> None:
    """`--no-deps` keeps every pip from looking for more than the lock names, however old or new it is."""
    lines = [line for line in file.read_text(encoding="utf-8").splitlines() if re.search(r"\bpip\S* install\b", line)]
    # What makes the locks cannot be locked by them: it stands in an environment of its own.
    lines = [line for line in lines if ".venv-lock/" not in line]
    for line in lines:
        assert "--require-hashes --no-deps" in line
        assert re.search(r"requirements[a-z-]*\.lock", line)
    text = "\n".join(lines)
    assert file.name not in ("Makefile", "README.md", "check.yml", "links.yml") or text
