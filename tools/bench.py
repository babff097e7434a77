"""Measure checking, page writing and building on synthetic records; not part of the tests.

For each size it prints seconds and MiB for the check, for the pages of each language and for the build of both, per
record, and how they grow from size to size. Trust the ratios of one run, not the seconds: machines differ.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import yaml

from catalogue.loader import load, vocabularies_of
from catalogue.model import LANGUAGES, Vocabulary
from catalogue.reading.vocabularies import country_codes
from commands.terminal import ROOT

SEED = 20261121

WORDS = {
    "en": "city newcomers service council training language housing register school work partners office help "
    "local plan families residents staff public health migrants association rights support meeting advice network year",
    "fr": "ville nouveaux arrivants service conseil formation langue logement école travail partenaires bureau "
    "aide plan familles habitants personnel santé publique migrants association droits soutien réunion réseau année",
}


class Synthetic:
    """Makes records that look like real ones in length and links; the same seed makes the same records."""

    def __init__(
        self,
        vocabularies: Mapping[str, Vocabulary],
        documents: list[str],
        organisations: list[str],
        words: Mapping[str, list[str]] | None = None,
    ) -> None:
        """`documents` and `organisations` are ids that the records may name; `words` what texts are made of."""
        self._words = words or {language: text.split() for language, text in WORDS.items()}
        self._random = random.Random(SEED)  # noqa: S311 - test data, no secret
        self._terms = {name: vocabulary.usable() for name, vocabulary in vocabularies.items()}
        self._countries = country_codes(vocabularies["regions"])
        self._documents, self._organisations = documents, organisations

    def _some(self, name: str, most: int) -> list[str]:
        # Squaring favours the first terms, as real use favours a few.
        terms = self._terms[name]
        count = self._random.randint(1, most)
        return list(dict.fromkeys(terms[int(len(terms) * self._random.random() ** 2)] for _ in range(count)))

    def _text(self, words: int) -> dict[str, str]:
        def sentence(language: str, length: int) -> str:
            return " ".join(self._random.choices(self._words[language], k=length)).capitalize() + "."

        whole, rest = divmod(words, 15)
        return {
            language: " ".join([*(sentence(language, 15) for _ in range(whole)), sentence(language, rest or 5)])
            for language in LANGUAGES
        }

    def record(self, number: int, total: int) -> dict[str, Any]:
        """The record of a number, out of a total."""
        pick = self._random
        id_ = f"synthetic-{number:05d}"
        country = pick.choice(self._countries)
        record: dict[str, Any] = {
            "id": id_,
            "name": {"en": f"Synthetic practice {number}", "fr": f"Pratique synthétique {number}"},
            "summary": self._text(28),
            "kind": self._some("kinds", 1)[0],
            "status": self._some("status", 1)[0],
            "period": {"start": pick.randint(1990, 2025)},
            "described_as_of": pick.randint(2015, 2026),
            "levels": self._some("levels", 2),
            "countries": [country],
            "organisations": [
                {"org": pick.choice(self._organisations), "roles": ["lead"]},
                {
                    "name": {"en": f"Body {number}", "fr": f"Organisme {number}"},
                    "type": self._some("actors", 1)[0],
                    "roles": ["partner"],
                },
            ],
            "themes": self._some("themes", 4),
            "stages": self._some("stages", 2),
            "target_groups": self._some("groups", 3),
            "sdg_targets": [{"target": t, "basis": "inferred"} for t in self._some("sdgs", 3)],
            "gcm_objectives": [{"objective": int(t), "basis": "inferred"} for t in self._some("gcm", 2)],
            "context": self._text(90),
            "approach": self._text(200),
            "results": [
                {
                    "claim": self._text(25),
                    "type": self._some("result-types", 1)[0],
                    "value": pick.randint(1, 90_000),
                    "unit": {"en": "people advised", "fr": "personnes conseillées"},
                    "method": pick.choice(("statement", "count", "survey", "mixed")),
                    "as_of": str(pick.randint(2015, 2026)),
                }
                for _ in range(pick.randint(0, 3))
            ],
            "lessons": [{"text": self._text(20), "kind": "success-factor"}],
            "sources": {
                "document": {
                    "document": pick.choice(self._documents),
                    "locator": {"en": "Section 1", "fr": "Section 1"},
                }
            },
            "added": "2026-11-21",
            "verified": None,
        }
        if not record["results"]:
            del record["results"]
        if number > 0 and pick.random() < 0.3:
            record["related"] = [{"id": f"synthetic-{pick.randrange(min(number, total)):05d}", "relation": "see-also"}]
        return record


def synthetic_project(folder: Path, count: int) -> None:
    """A copy of the project in `folder` whose practices are `count` synthetic ones."""
    for name in ("schema", "docs", "scripts"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("mkdocs.yml", *(f"mkdocs.{language}.yml" for language in LANGUAGES)):
        shutil.copy(ROOT / name, folder / name)
    (folder / "practices").mkdir()
    (folder / "schema" / "questions.yml").write_text("questions: []\n", encoding="utf-8")
    (folder / "schema" / "exceptions.yml").write_text("exceptions: []\n", encoding="utf-8")
    (folder / "schema" / "released-ids.txt").write_text("", encoding="utf-8")
    for language in LANGUAGES:
        (folder / "build" / "docs" / language).mkdir(parents=True)
    vocabularies, _ = vocabularies_of(ROOT)
    assert vocabularies is not None  # the project's own vocabularies
    catalogue = load(folder).catalogue
    assert catalogue is not None  # nothing but registers so far
    maker = Synthetic(vocabularies, list(catalogue.documents), list(catalogue.organisations))
    modeline = "# yaml-language-server: $schema=../schema/practice.schema.json\n"
    for number in range(count):
        record = maker.record(number, count)
        text = yaml.dump(
            record, Dumper=getattr(yaml, "CSafeDumper", yaml.SafeDumper), allow_unicode=True, sort_keys=False
        )
        (folder / "practices" / f"{record['id']}.yml").write_text(modeline + text, encoding="utf-8")


MEASURED = """
import json, resource, sys, time
sys.path.insert(0, "scripts")
from pathlib import Path
step, language = sys.argv[1:3]
from catalogue.loader import load
from commands.generate import generate
start = time.perf_counter()
reading = load(Path("."))
if step == "generate":
    assert reading.catalogue is not None, reading.problems[:3]
    start = time.perf_counter()
    generate(reading.catalogue, language, Path("build/docs") / language, Path("."))
print(json.dumps([time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))
"""


def measured(folder: Path, step: str, language: str = "en") -> tuple[float, float]:
    """Seconds and peak MiB of a step in a process of its own."""
    command = [sys.executable, "-c", MEASURED, step, language]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    seconds, mebibytes = json.loads(done.stdout)
    return seconds, mebibytes


def built(folder: Path) -> tuple[float, float]:
    """Seconds of the whole build of both languages, and the peak MiB of its largest process."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "scripts/atlas.py", "build"], cwd=folder, capture_output=True, text=True, check=False,
        env={**os.environ, "SITE_URL": "https://atlas.example/"},
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    peak = max(before, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
    return time.perf_counter() - start, peak / 1024


def measure(count: int) -> dict[str, tuple[float, float]]:
    """Every step at one size: name to seconds and peak MiB."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "atlas"
        folder.mkdir()
        synthetic_project(folder, count)
        steps: dict[str, Callable[[], tuple[float, float]]] = {"check": lambda: measured(folder, "check")}
        for language in LANGUAGES:
            steps[f"generate {language}"] = lambda language=language: measured(folder, "generate", language)  # type: ignore[misc]
        steps["build both"] = lambda: built(folder)
        results = {}
        for step, run in steps.items():
            results[step] = run()
            seconds, mebibytes = results[step]
            print(
                f"{count:>7} {step:12} {seconds:8.2f} s {1000 * seconds / count:8.2f} ms each {mebibytes:8.0f} MiB",
                flush=True,
            )
        return results


def measure_explore(sizes: list[int]) -> None:
    """Print what the explore page costs at each size."""
    import bench_explore  # it needs a browser, which the rest does not

    vocabularies, _ = vocabularies_of(ROOT)
    catalogue = load(ROOT).catalogue
    assert vocabularies is not None  # the project's own
    assert catalogue is not None
    documents, organisations = list(catalogue.documents), list(catalogue.organisations)
    bench_explore.report(sizes, lambda words: Synthetic(vocabularies, documents, organisations, words))


def main() -> int:
    """Run the command; returns its exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "sizes", type=int, nargs="*", default=[100, 1000], help="numbers of records (default: 100 1000)"
    )
    parser.add_argument("--explore", action="store_true", help="measure the explore page in a browser instead")
    options = parser.parse_args()
    sizes = options.sizes
    if options.explore:
        measure_explore(sizes)
        return 0
    print(f"{'records':>7} {'step':12} {'time':>10} {'per record':>16} {'peak':>13}")
    found = [(size, measure(size)) for size in sizes]
    for (small, before), (large, after) in itertools.pairwise(found):
        for step, (seconds, _) in after.items():
            growth = seconds / before[step][0]
            print(f"{step}: {growth:.1f} times the time for {large / small:.0f} times the records")
    return 0


if __name__ == "__main__":
    sys.exit(main())
