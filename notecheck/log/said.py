"""What an entry of each kind says, checked: a fitting hash does not make an entry notecheck's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError


class _Said(BaseModel):
    """What every entry says, and more."""

    model_config = ConfigDict(extra="allow", strict=True)

    decision: str
    by: str
    way: str


class _Rules(BaseModel):
    version: str
    sha256: str


class _Decided(_Said):
    encounter_id: str
    claim_id: str | None
    input_sha256: str
    input_kept: bool = False
    report_sha256: str
    rules: _Rules
    score: float
    requirements: dict[str, str]


class _Overridden(_Said):
    person: str
    reason: str


_SAYS: Mapping[str, type[_Said]] = {"decision": _Decided, "override": _Overridden}


def said(kind: str, body: str) -> dict[str, Any] | None:
    """The values of the JSON `body`, or None where an entry of this kind says more or other."""
    try:
        return _SAYS[kind].model_validate_json(body).model_dump()
    except (KeyError, ValidationError):
        return None
