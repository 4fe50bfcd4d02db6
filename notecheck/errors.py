"""What can go wrong with what a user gives us, told in one sentence each.

A message says what is wrong, where, and what to do. It never holds note text.
"""

from __future__ import annotations


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
