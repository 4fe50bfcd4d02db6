"""How an audit checks each encounter."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Manner:
    """`limit` is in seconds for each stage of an encounter; `code` is a code or "auto"."""

    limit: float
    code: str
