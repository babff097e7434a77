"""What runs where the project lives: nothing is published that its checks did not pass, and locks can be renewed."""

from __future__ import annotations

import re
import shutil
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.samples import ROOT

FOLDER = ROOT / ".github" / "workflows"
WORKFLOWS = sorted(FOLDER.glob("*.yml"))
PUBLISHING = ("actions/upload-pages-artifact", "actions/deploy-pages")


def workflow(file: Path) -> dict[str, Any]:
    # The loader that leaves `on` the word that it is.
    found: dict[str, Any] = yaml.load(file.read_text(encoding="utf-8"), yaml.BaseLoader)
    return found


def jobs(file: Path) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = workflow(file)["jobs"]
    return found


def needed(all_jobs: dict[str, dict[str, Any]], name: str) -> set[str]:
    """The jobs that have passed before a job begins."""
    needs = all_jobs[name].get("needs", [])
    direct = {needs} if isinstance(needs, str) else set(needs)
    return direct.union(*(needed(all_jobs, other) for other in direct))


def publishes(job: dict[str, Any]) -> bool:
    return any(step.get("uses", "").startswith(PUBLISHING) for step in job.get("steps", ()))


def test_nothing_is_published_that_the_checks_of_the_same_commit_did_not_pass() -> None:
    checked = []
    for file in WORKFLOWS:
        found = jobs(file)
        gates = {name for name, job in found.items() if job.get("uses") == "./.github/workflows/check.yml"}
        for name in filter(lambda name: publishes(found[name]), found):
            assert needed(found, name) & gates, f"{file.name}: {name} does not wait for the checks"
            for before in (name, *needed(found, name)):
                assert not re.search(r"always\(\)|failure\(\)|cancelled\(\)", found[before].get("if", ""))
                assert "continue-on-error" not in found[before]
            checked.append(f"{file.name}: {name}")
    assert checked == ["deploy.yml: build", "deploy.yml: deploy"]


def test_the_checks_are_records_tests_and_site() -> None:
    check = FOLDER / "check.yml"
    assert {"workflow_call", "pull_request"} <= set(workflow(check)["on"])
    steps = [step for job in jobs(check).values() for step in job["steps"]]
    commands = {step["run"] for step in steps if "run" in step}
    assert commands > {"make test", "make site", "python scripts/atlas.py check --format github"}
    assert not any("continue-on-error" in part for part in (*jobs(check).values(), *steps))


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.name)
def test_a_workflow_uses_actions_by_commit_and_has_no_rights_but_those_it_names(file: Path) -> None:
    assert workflow(file)["permissions"] == {}
    for name, job in jobs(file).items():
        assert job["permissions"], name
        assert "uses" in job or "timeout-minutes" in job, name
    for used in re.findall(r"uses: (\S+)", file.read_text(encoding="utf-8")):
        assert re.fullmatch(r"[\w.-]+/[\w./-]+@[0-9a-f]{40}|\./\.github/workflows/[a-z]+\.yml", used), used


def test_make_lock_renews_every_lock() -> None:
    make = shutil.which("make")
    assert make
    done = subprocess.run([make, "--dry-run", "lock"], cwd=ROOT, text=True, capture_output=True, check=True)
    lines = [line for line in done.stdout.replace("\\\n", " ").splitlines() if " compile " in line]
    written = {re.search(r"--output-file (\S+)", line)[1]: line for line in lines}  # type: ignore[index]
    assert set(written) == {lock.name for lock in ROOT.glob("requirements*.lock")}
    floor = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["requires-python"]
    for line in lines:
        options = ("--upgrade", "--universal", "--generate-hashes", "--no-strip-extras", "--no-header")
        assert all(f" {option} " in f" {line} " for option in options)
        assert f"--python-version {floor.removeprefix('>=')} " in line
    assert "npm install --package-lock-only" in done.stdout


def test_renewed_locks_are_proposed_once_a_week() -> None:
    locks = workflow(FOLDER / "locks.yml")
    assert locks["on"]["schedule"]
    steps = locks["jobs"]["renew"]["steps"]
    assert "make lock" in [step.get("run") for step in steps]
    assert "gh pr create" in steps[-1]["run"]
