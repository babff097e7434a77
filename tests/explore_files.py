"""What the build writes for the explore page, read back."""

from __future__ import annotations

import json
from typing import Any

from tests.samples import ROOT, site_pages

from catalogue.finding import explore_data, search_index
from catalogue.model import Catalogue
from catalogue.presenting.world_map import WorldMap


def explore_files(catalogue: Catalogue, language: str) -> dict[str, Any]:
    """Every file for a catalogue in a language, by its path."""
    files = explore_data.files(site_pages(catalogue, language).context(1), WorldMap.read(ROOT))
    return {path: json.loads(text) for path, text in files}


def rows_with(files: dict[str, Any], word: str) -> set[str]:
    """The practices that a word of the index leads to."""
    shard = files[f"explore/words/{search_index.shard_of(word)}.json"]
    found = shard["words"].get(word, [])
    ids, rows = files["explore/ids.json"], set()
    for stem in found if isinstance(found, list) else [found]:
        row = 0
        for code in shard["stems"][stem][1:]:
            row += code // 16
            rows.add(ids[row])
    return rows
