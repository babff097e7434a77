"""Checking what was read: the schema, the rules about meaning, the rules about wording."""
