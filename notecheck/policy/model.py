"""The shape of `patterns/policy` and of a site's `policy` folder."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import Field

from notecheck.codes.model import Confidence, Data

Rule = Literal["inpatient_required", "either", "asc_allowed", "unknown"]


class PolicyRow(Data):
    """What one class of payers rules for some codes from one day to another, both within.

    `form` limits the row to one form of claim. `source` may be empty: `policy check` tells of it.
    `confirm_in` are the primary sources that would confirm it, by their ids.
    """

    id: str = Field(min_length=1)
    topic: Literal["setting"]
    codes: frozenset[str] = Field(min_length=1)
    payer: str
    form: Literal["professional", "institutional"] | None = None
    rule: Rule
    status_indicator: str | None = None
    asc_indicator: str | None = None
    effective_from: dt.date
    effective_to: dt.date | None = None
    source: str = ""
    verified_on: dt.date | None = None
    confidence: Confidence
    confirm_in: tuple[str, ...] = ()
    note: str = ""

    def holds(self, date: dt.date) -> bool:
        return self.effective_from <= date and (
            self.effective_to is None or date <= self.effective_to
        )


class Payer(Data):
    """A class of payers, with the names that claims give it, in small letters."""

    id: str
    names: frozenset[str]


class PolicyFile(Data):
    """One file: rows, payers, or how rules are told."""

    row: tuple[PolicyRow, ...] = ()
    payer: tuple[Payer, ...] = ()
    rules: dict[str, str] = {}
    follows: dict[str, str] = {}
    forms: dict[str, str] = {}
    stale_after_days: int | None = Field(None, gt=0)
