"""A single statement with its label, as a line of a file has it."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict


class Statement(BaseModel):
    """A statement, where it stands, and what a careful coder reads in it.

    `element` is a fact of the report, or a requirement. Where the statement `holds`, it says
    `value`; where it does not it only looks so (`trap` says how), and the element should say
    `value` instead. Of a set of values `concept` names the member that is told, or is not.
    """

    model_config = ConfigDict(extra="ignore", frozen=True)
    id: str
    concept: str
    element: str
    value: str | bool | float | tuple[str, ...] | None
    holds: bool
    trap: str | None
    document: Literal["operative_note", "history_and_physical"]
    section: str
    style: str
    text: str
