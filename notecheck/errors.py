"""What can go wrong with what a user gives us, told in one sentence each.

A message says what is wrong, where, and what to do. It never holds note text.
"""

from __future__ import annotations

import traceback
from pathlib import Path

_PACKAGE = Path(__file__).parent


class NotecheckError(Exception):
    """Anything notecheck refuses, with a stable code that can be searched for."""

    code = "NC000"

    def __init__(self, message: str, *, where: str | None = None) -> None:
        self.message = message
        self.where = where
        super().__init__(f"{where}: {message}" if where else message)


class InputError(NotecheckError):
    """The input cannot be checked: unreadable, malformed, or not what it claims to be."""

    code = "NC100"


class RulesError(NotecheckError):
    """A file in `patterns/` is wrong; `where` is `file:line`."""

    code = "NC200"


class AuditError(NotecheckError):
    """An audit cannot run, or go on, as it was asked for."""

    code = "NC300"


def fault(error: Exception) -> str:
    """Where the fault is, for a bug report; its own message could hold words of a note."""
    if isinstance(error, MemoryError):
        return "could not be checked: it takes more memory than one encounter may have"
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if Path(frame.filename).is_relative_to(_PACKAGE)]
    frame = ours[-1]
    return (
        f"could not be checked: a fault in notecheck ({type(error).__name__} at "
        f"{Path(frame.filename).name} line {frame.lineno}), please report it without the note"
    )
