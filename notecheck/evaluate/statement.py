"""Single statements with their labels, as a file of them has them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from notecheck.errors import GoldError
from notecheck.read.json_lines import placed_values
from notecheck.wrong_values import sentence


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


def read_statements(path: str) -> Iterator[Statement]:
    """The statements of a file, one a line. Raises InputError naming file and line."""
    for where, value in placed_values(Path(path)):
        try:
            yield Statement.model_validate(value)
        except ValidationError as error:
            raise GoldError(sentence(error), where=where) from None
