"""The synthetic records of the benchmark: they pass the check, and are the same at every run."""

from __future__ import annotations

from pathlib import Path

import pytest

import bench
from catalogue.loader import load


def written(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in (folder / "practices").iterdir()}


def test_synthetic_records_pass_the_check_and_are_the_same_every_time(tmp_path: Path) -> None:
    folders = [tmp_path / name for name in ("one", "two")]
    for folder in folders:
        folder.mkdir()
        bench.synthetic_project(folder, 12)
    reading = load(folders[0])
    assert reading.problems == []
    assert reading.catalogue is not None
    assert len(reading.catalogue.practices) == 12
    assert written(folders[0]) == written(folders[1])


def test_a_step_is_measured_in_a_process_of_its_own(tmp_path: Path) -> None:
    bench.synthetic_project(tmp_path, 3)
    for step in ("check", "generate"):
        seconds, mebibytes = bench.measured(tmp_path, step)
        assert seconds > 0
        assert mebibytes > 10
    assert (tmp_path / "build" / "docs" / "en" / "practices" / "synthetic-00000" / "index.md").is_file()


def test_growth_is_told_from_size_to_size(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(bench, "measure", lambda count: {"check": (count / 100, 50.0)})
    monkeypatch.setattr("sys.argv", ["bench.py", "100", "1000"])
    assert bench.main() == 0
    assert "check: 10.0 times the time for 10 times the records" in capsys.readouterr().out
