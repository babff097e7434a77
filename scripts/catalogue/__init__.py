"""The catalogue: records, vocabularies, relations and pages, with no command line and no mkdocs in it."""
