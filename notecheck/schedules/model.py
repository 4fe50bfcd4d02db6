"""The shape of a loaded table."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from notecheck.codes.model import Data, Sourced

Kind = Literal["fees", "pairs", "units", "localities", "weights"]
Row = dict[str, str]


class Format(Data):
    """One public file: its columns by patterns of their headings; a row without its `key` is none.

    `dates` are columns written YYYYMMDD; of `of_family` one must hold a code that notecheck knows.
    """

    kind: Kind
    name: str
    key: str
    columns: dict[str, str]
    dates: tuple[str, ...] = ()
    of_family: tuple[str, ...] = ()


class Formats(Data):
    about: Sourced
    format: tuple[Format, ...]


class Table(BaseModel):
    """A loaded file: where it came from, the days on which it holds, both within, and its rows.

    `sha256` is of the file that was given, `rows_sha256` of what was kept of it. `settings` are
    what the site chose on loading: its locality, its hospital's base rate in dollars.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: Kind
    source: str
    version: str
    sha256: str
    rows_sha256: str
    effective_from: dt.date
    effective_to: dt.date | None = None
    loaded_on: dt.date
    settings: dict[str, str] = {}
    rows: tuple[Row, ...] = Field(min_length=1)

    def holds(self, day: dt.date) -> bool:
        return self.effective_from <= day and (
            self.effective_to is None or day <= self.effective_to
        )
