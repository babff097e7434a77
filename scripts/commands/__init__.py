"""The commands: arguments, printing and exit statuses over the library; `scripts/atlas.py` runs them."""
