"""Reading files: strict YAML with positions, vocabularies, names of countries."""
