"""The rates and shares in `patterns/rates/`, for a site that has loaded no fee schedule."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Literal

from pydantic import Field

from notecheck.codes.model import Data, Sourced
from notecheck.models import Claim
from notecheck.rules.files import pattern_file
from notecheck.rules.toml_file import load_toml

Form = Literal["professional", "institutional"]


class Rate(Sourced):
    """One rate in dollars, the claims it is for, and the first and last day on which it holds.

    `bills` holds first digits of the bill type, after a leading zero; none means any.
    """

    id: str
    name: str
    amount: float = Field(gt=0)
    forms: frozenset[Form]
    bills: tuple[str, ...] = ()
    effective_from: dt.date
    effective_to: dt.date

    def is_for(self, claim: Claim, day: dt.date) -> bool:
        bill = (claim.type_of_bill or "").removeprefix("0")
        return (
            self.effective_from <= day <= self.effective_to
            and (claim.form or "professional") in self.forms
            and (not self.bills or bill.startswith(self.bills))
        )


class RateTable(Data):
    """The rates of one code, none where they are not known; the first that fits being the one."""

    code: str
    rate: tuple[Rate, ...] = ()

    def of(self, claim: Claim, day: dt.date) -> Rate | None:
        return next((rate for rate in self.rate if rate.is_for(claim, day)), None)


class Share(Sourced):
    """What a line bearing one of `modifiers` is paid, as a share of the code's whole fee.

    Either `share` itself, or the sum of `columns` of a loaded fee schedule, which a site without
    one does not know.
    """

    modifiers: frozenset[str]
    forms: frozenset[Form]
    share: float | None = Field(None, gt=0)
    columns: tuple[str, ...] = ()


class ShareFile(Data):
    """`unpriced` are modifiers whose share is not held at all."""

    share: tuple[Share, ...]
    unpriced: frozenset[str]


@cache
def rate_table(code: str) -> RateTable:
    """The rates of `code`, none without a file of them. Raises RulesError when that is wrong."""
    path = pattern_file(f"rates/{code}.toml")
    return load_toml(path, RateTable) if path.is_file() else RateTable(code=code)


@cache
def shares() -> ShareFile:
    """The file `patterns/rates/modifiers.toml`. Raises RulesError."""
    return load_toml(pattern_file("rates/modifiers.toml"), ShareFile)
