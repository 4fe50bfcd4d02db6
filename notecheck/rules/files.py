"""Where the pattern files are: beside the package in a checkout, inside it in a wheel."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from notecheck.errors import RulesError


@cache
def patterns_root() -> Path:
    """The folder of pattern files.

    Raises RulesError when this installation has none.
    """
    package = Path(__file__).resolve().parent.parent
    for folder in (package / "patterns", package.parent / "patterns"):
        if folder.is_dir():
            return folder
    raise RulesError("the pattern files are missing: install notecheck again")


def pattern_file(name: str) -> Path:
    """The pattern file `name`, a path such as `requirements/27596.toml` below `patterns/`."""
    return patterns_root() / name
