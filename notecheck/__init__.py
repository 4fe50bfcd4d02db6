"""notecheck reads an operative note and says whether it supports the code that is billed.

`check(encounter)` returns a `Report`; see `notecheck.checker.check`. `load()` gives the same
reading as a spaCy pipeline; see `notecheck.language.load`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from notecheck.errors import InputError

if TYPE_CHECKING:
    from notecheck.checker import check
    from notecheck.language import load
    from notecheck.models import Encounter, Report

__all__ = ["Encounter", "InputError", "Report", "check", "load"]

_HOMES = {"check": "checker", "load": "language", "Encounter": "models", "Report": "models"}


def __getattr__(name: str) -> Any:
    """Import on first use: spaCy and medspaCy cost seconds that `--help` need not pay."""
    if name not in _HOMES:
        raise AttributeError(f"module 'notecheck' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"notecheck.{_HOMES[name]}"), name)
