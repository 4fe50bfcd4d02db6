"""How many days the global period of a code has, where it is known to differ from the usual."""

from __future__ import annotations

import datetime as dt
from functools import cache

from pydantic import Field

from notecheck.codes.model import Data, Sourced, Statement
from notecheck.rules.files import pattern_file
from notecheck.rules.toml_file import load_toml
from notecheck.schedules.book import schedule_book


class GlobalDays(Sourced):
    """The days of some codes from one day on."""

    codes: frozenset[str] = Field(min_length=1)
    days: int = Field(ge=0)
    effective_from: dt.date
    effective_to: dt.date | None = None


class GlobalFile(Data):
    """`usual` is of every code that no period is held for."""

    usual: Statement
    period: tuple[GlobalDays, ...]


@cache
def global_file() -> GlobalFile:
    """The file `patterns/claims/global.toml`, read once. Raises RulesError."""
    return load_toml(pattern_file("claims/global.toml"), GlobalFile)


def told_periods(code: str) -> tuple[Statement, ...]:
    """What is held of a code's global days, for its card: the usual, then its own from a day on."""
    return (
        global_file().usual,
        *(
            Statement(
                name=f"from {row.effective_from.isoformat()}",
                text=f"{row.days} days, for this code.",
                source=row.source,
                verified_on=row.verified_on,
                confidence=row.confidence,
                confirm_in=row.confirm_in,
            )
            for row in global_file().period
            if code in row.codes
        ),
    )


def global_days(code: str, day: dt.date) -> int | None:
    """By the fee schedule that a site has loaded, else by our own rows; None for the usual."""
    fee = schedule_book().fee(code, day)
    if fee and fee["global_days"].isdigit():
        return int(fee["global_days"])
    for row in global_file().period:
        if code in row.codes and row.effective_from <= day <= (row.effective_to or day):
            return row.days
    return None
