"""The days after operations in which further ones need a modifier.

An operation's global period runs from its day to the last of the days after it: of 90 days, day 90
is within and day 91 is not. An operation billed as an unplanned return (78) starts none of its own,
any other one does, also a staged (58) or an unrelated one (79). Source: Medicare's summaries of
global surgery, secondary.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Operation:
    """An operation by its day and the modifiers it was billed with.

    `days` is how many its code's period has, where that is known to differ from the usual.
    """

    date: dt.date
    modifiers: frozenset[str] = frozenset()
    days: int | None = None


@dataclass(frozen=True)
class Period:
    """A global period; `last` is its last day."""

    operation: dt.date
    last: dt.date

    def day(self, date: dt.date) -> int:
        """How many days `date` is after the operation."""
        return (date - self.operation).days

    def covers(self, date: dt.date) -> bool:
        """Whether `date` is after the operation's day, and not after the last one."""
        return self.operation < date <= self.last


def global_periods(
    operations: Iterable[Operation], *, days: int, continues: Collection[str]
) -> tuple[Period, ...]:
    """The periods that `operations` start, in order of their days.

    `continues` are the modifiers under which an operation starts none.
    """
    starting: dict[dt.date, int] = {}
    for operation in operations:
        if not operation.modifiers & frozenset(continues):
            own = days if operation.days is None else operation.days
            starting[operation.date] = max(own, starting.get(operation.date, 0))
    return tuple(Period(day, day + dt.timedelta(days=own)) for day, own in sorted(starting.items()))


def period_at(periods: Iterable[Period], date: dt.date) -> Period | None:
    """The period that `date` falls into; of several the one that began last."""
    return max(
        (period for period in periods if period.covers(date)),
        key=lambda period: period.operation,
        default=None,
    )
