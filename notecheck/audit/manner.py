"""How an audit checks each encounter."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Manner:
    """`limit` is in seconds for each stage of an encounter; `code` is a code or "auto".

    `keep_waiting` says that what may not be released by itself is handed over with its report,
    `redact` that reports hold no words of the notes.
    """

    limit: float
    code: str
    keep_waiting: bool = False
    redact: bool = False
