"""What every store of the audit log raises when it fails."""

from __future__ import annotations

from notecheck.errors import NotecheckError


class LogError(NotecheckError):
    """The audit log cannot be read or written; nothing was decided that is not in it."""

    code = "NC400"
