"""The arithmetic of global periods, for any dates and any number of operations."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notecheck.claims.global_periods import Operation, global_periods, period_at

DAYS = 90
DATES = st.dates(dt.date(1999, 1, 1), dt.date(2101, 1, 1))
MODIFIERS = st.sets(st.sampled_from(["58", "78", "79", "LT", "RT"])).map(frozenset)
OPERATIONS = st.lists(st.builds(Operation, DATES, MODIFIERS), max_size=6)


def periods(*operations: Operation):
    return global_periods(operations, days=DAYS, continues={"78"})


def later(date: dt.date, days: int) -> dt.date:
    return date + dt.timedelta(days=days)


@given(DATES)
def test_day_90_is_within_and_day_91_is_not(date: dt.date) -> None:
    own = periods(Operation(date))
    assert period_at(own, later(date, 1)) == own[0]
    assert period_at(own, later(date, 90)) == own[0]
    assert period_at(own, later(date, 91)) is None
    assert period_at(own, date) is None  # the day itself is the operation
    assert own[0].day(later(date, 90)) == 90


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("2026-01-15", "2026-04-15"),
        ("2024-01-15", "2024-04-14"),  # 29 February lies between
        ("2024-02-29", "2024-05-29"),
        ("2023-12-01", "2024-02-29"),
        ("2100-01-15", "2100-04-15"),  # 2100 is no leap year
    ],
)
def test_the_last_day_in_leap_years_and_others(first: str, last: str) -> None:
    (period,) = periods(Operation(dt.date.fromisoformat(first)))
    assert period.last == dt.date.fromisoformat(last)


@given(DATES, st.integers(1, 90), st.sampled_from(["58", "79"]))
def test_staged_and_unrelated_operations_restart_it(date: dt.date, gap: int, modifier: str) -> None:
    second = later(date, gap)
    own = periods(Operation(date), Operation(second, frozenset({modifier})))
    assert [p.operation for p in own] == [date, second]
    within = period_at(own, later(second, 90))
    assert within is not None and within.operation == second


@given(DATES, st.integers(1, 90))
def test_an_unplanned_return_does_not(date: dt.date, gap: int) -> None:
    second = later(date, gap)
    own = periods(Operation(date), Operation(second, frozenset({"78"})))
    assert [p.operation for p in own] == [date]
    assert period_at(own, later(date, 91)) is None


@given(OPERATIONS, DATES)
def test_of_several_operations_the_latest_that_started_a_period_counts(
    operations: list[Operation], date: dt.date
) -> None:
    starts = sorted({o.date for o in operations if "78" not in o.modifiers})
    covering = [start for start in starts if 1 <= (date - start).days <= DAYS]
    found = period_at(periods(*operations), date)
    assert (found.operation if found else None) == (covering[-1] if covering else None)


@given(OPERATIONS, st.randoms())
def test_the_order_in_which_operations_are_told_does_not_matter(operations, random) -> None:
    shuffled = list(operations)
    random.shuffle(shuffled)
    assert periods(*operations) == periods(*shuffled)
