"""All rules: importing this module registers those of every module that has some."""

from __future__ import annotations

from collections.abc import Mapping

from catalogue.checking import claim_rules, duplicates, editorial_rules, record_rules
from catalogue.checking.rules import FOLDER_RULES, RULES
from catalogue.checking.schema import SHAPE_RULES

MODULES = (record_rules, claim_rules, editorial_rules, duplicates)
"""The modules of rules beside `rules` itself; a new one is entered here."""

SENTENCES: Mapping[str, str] = {**SHAPE_RULES, **FOLDER_RULES, **{name: rule.sentence for name, rule in RULES.items()}}
"""What each rule asks for, by its name."""
