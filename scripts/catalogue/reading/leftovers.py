"""What editors and file managers leave beside the files that somebody works on."""

from __future__ import annotations

_BEGINNINGS = (".", "#")
"""Of hidden files, Emacs' locks (`.#x.yml`) and its automatic copies (`#x.yml#`), and `.DS_Store`."""

_ENDINGS = ("~", ".swp", ".swo", ".bak", ".orig", ".tmp", "___jb_tmp___", "___jb_old___")
"""Of backups and files that stand for another one while it is written."""

_NAMES = ("Thumbs.db", "desktop.ini", "__pycache__")


def is_leftover(name: str) -> bool:
    """Whether a file or folder of this name is such a thing, and none of the project's."""
    return name.startswith(_BEGINNINGS) or name.endswith(_ENDINGS) or name in _NAMES
