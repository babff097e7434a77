"""Write the files that are derived: the enumerations of the schema, the issue forms, the settings of each language."""

from __future__ import annotations

import sys

from catalogue.contributing import issue_forms
from catalogue.loader import vocabularies_of
from catalogue.presenting.configuration import configurations
from catalogue.presenting.localisation import Localisation
from catalogue.reading import vocabularies
from commands.terminal import ROOT, text_of


def derived() -> dict[str, str]:
    """The derived files: path below the project's folder, and text. Exits where the vocabularies have problems."""
    found, problems = vocabularies_of(ROOT)
    if found is None or any(problem.is_error() for problem in problems):
        print(text_of(problems), file=sys.stderr)
        sys.exit(1)
    strings = Localisation.read_all(ROOT / "scripts" / "strings")
    return {
        "schema/vocabularies.schema.json": vocabularies.enumerations(found),
        **issue_forms.issue_forms(found, strings),
        **configurations(strings),
    }


def main() -> int:
    """Run the command; returns its exit status."""
    for path, text in derived().items():
        file = ROOT / path
        if not file.is_file() or file.read_text(encoding="utf-8") != text:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
            print(f"wrote {path}")
    return 0
