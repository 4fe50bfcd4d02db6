"""`global-period`: the days since the latest earlier operation, and the modifier."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notecheck.facts.case import CaseFacts, EarlierOperation, PriorSigns
from notecheck.models import Claim, RequirementResult
from notecheck.requirements.assess import assess

from .builders import OPERATION, case, claim, earlier, result, texts

PLAIN = claim(("27596", ["LT"]))
STAGED = claim(("27596", ["LT", "58"]))


def days_before(days: int) -> dt.date:
    return OPERATION - dt.timedelta(days=days)


def after(*operations: EarlierOperation, operation_date: dt.date | None = OPERATION) -> CaseFacts:
    return case(prior=PriorSigns(operations=operations), operation_date=operation_date)


def judged(told: CaseFacts, bill: Claim | None = PLAIN) -> RequirementResult:
    return result("global-period", told, bill)


DAY_30 = after(earlier(days_before(30)))

CASES: list[tuple[str, CaseFacts, Claim | None, str]] = [
    ("within, 58", DAY_30, STAGED, "met"),
    ("within, 78", DAY_30, claim(("27596", ["78"])), "met"),
    ("within, 79", DAY_30, claim(("27596", ["79"])), "met"),
    ("within, no modifier", DAY_30, PLAIN, "missing"),
    ("within, a modifier that does not tell", DAY_30, claim(("27596", ["24", "59"])), "missing"),
    ("within, modifier on the debridement's line", DAY_30,
     claim(("27596", []), ("11043", ["78"])), "missing"),
    ("within, line of another code of the list", DAY_30, claim(("27590", ["58"])), "met"),
    ("day 90", after(earlier(days_before(90))), PLAIN, "missing"),
    ("day 91", after(earlier(days_before(91))), PLAIN, "not_applicable"),
    ("day 91 with modifier", after(earlier(days_before(91))), STAGED, "not_applicable"),
    ("same day", after(earlier(OPERATION)), STAGED, "met"),
    ("no claim", DAY_30, None, "not_assessed"),
    ("no claim, long ago", after(earlier(days_before(900))), None, "not_assessed"),
    ("facility", DAY_30, claim(("27596", ["LT"]), form="institutional"), "not_applicable"),
    ("facility without a line", DAY_30, claim(form="institutional"), "not_applicable"),
    ("no such line", DAY_30, claim(("11043", ["58"])), "not_assessed"),
    ("no earlier operation", after(), STAGED, "not_assessed"),
    ("only a later one", after(earlier(OPERATION + dt.timedelta(days=1))), STAGED,
     "not_assessed"),
    ("no date in the note, the line's counts", after(earlier(days_before(91)), operation_date=None),
     PLAIN, "not_applicable"),
    ("the note's date goes before the line's",
     after(earlier(days_before(30))), claim(("27596", []), service_date="2026-12-01"), "missing"),
    ("no date of the operation", after(earlier(days_before(30)), operation_date=None),
     claim(("27596", []), service_date=None), "not_assessed"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("told", "bill", "status"), [pytest.param(t, b, s, id=name) for name, t, b, s in CASES]
)
def test_status(told: CaseFacts, bill: Claim | None, status: str) -> None:
    assert judged(told, bill).status == status


def test_a_modifier_to_come_is_said_before_there_is_a_claim() -> None:
    found = judged(DAY_30, None)
    assert "30 days after" in found.message and "expect 58, 78 or 79" in found.message
    assert texts(found)
    for told in (after(earlier(days_before(91))), after(span(95, 60)), after()):
        found = judged(told, None)
        assert "expect" not in found.message and not found.evidence


def span(most: int, fewest: int, text: str = "rough") -> EarlierOperation:
    return earlier(days_before(most), days_before(fewest), text)


@pytest.mark.parametrize(
    ("operations", "status", "evidence"),
    [
        pytest.param((span(60, 30),), "missing", ["rough"], id="all readings within"),
        pytest.param((span(90, 60),), "missing", ["rough"], id="day 90 the farthest"),
        pytest.param((span(91, 60),), "not_assessed", ["rough"], id="one reading beyond"),
        pytest.param((span(120, 91),), "not_applicable", ["rough"], id="all beyond"),
        pytest.param(
            (span(900, 900, "first"), span(30, 30, "last")), "missing", ["last"], id="latest counts"
        ),
        pytest.param(
            (span(30, 30, "last"), span(900, 900, "first")), "missing", ["last"], id="in any order"
        ),
        pytest.param(
            (span(200, 20, "rough"), span(80, 80, "day")),
            "missing",
            ["rough", "day"],
            id="a known day within outweighs a rough one",
        ),
        pytest.param(
            (span(200, 20, "rough"), span(150, 150, "day")),
            "not_assessed",
            ["rough", "day"],
            id="a known day beyond leaves a rough one open",
        ),
        pytest.param(
            (span(400, 100, "a"), span(300, 95, "b")),
            "not_applicable",
            ["a", "b"],
            id="overlapping spans, both beyond",
        ),
        pytest.param(
            (span(100, 80, "a"), span(88, 60, "b")),
            "missing",
            ["a", "b"],
            id="overlapping spans, the later wholly within",
        ),
        pytest.param((span(20, -20),), "missing", ["rough"], id="the month of the operation"),
    ],
)
def test_rough_dates(
    operations: tuple[EarlierOperation, ...], status: str, evidence: list[str]
) -> None:
    found = judged(after(*operations))
    assert found.status == status
    assert texts(found) == evidence


def test_message_tells_days_and_line() -> None:
    message = judged(DAY_30).message
    assert "30 days after" in message
    assert "27596" in message
    assert "60 to 120 days before" in judged(after(span(120, 60))).message


DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2100, 1, 1))


@given(DAYS, st.integers(0, 400))
def test_day_90_is_within_and_day_91_is_not(earlier_day: dt.date, days: int) -> None:
    told = after(earlier(earlier_day), operation_date=earlier_day + dt.timedelta(days=days))
    assert judged(told).status == ("missing" if days <= 90 else "not_applicable")


@pytest.mark.parametrize("year", [2023, 2024, 2025, 2000, 2100])
def test_the_last_day_in_calendar_terms(year: int) -> None:
    """Sixty days after 1 January is 1 March in a leap year and 2 March in others."""
    leap = (dt.date(year, 3, 1) - dt.date(year, 2, 28)).days == 2
    first = earlier(dt.date(year, 1, 15))
    last_day = dt.date(year, 4, 14) if leap else dt.date(year, 4, 15)
    assert judged(after(first, operation_date=last_day)).status == "missing"
    next_day = last_day + dt.timedelta(days=1)
    assert judged(after(first, operation_date=next_day)).status == "not_applicable"


@given(
    st.lists(
        st.tuples(st.integers(0, 200), st.integers(0, 200)).map(
            lambda pair: (max(pair), min(pair))
        ),
        min_size=1,
        max_size=3,
    )
)
def test_rough_dates_count_only_where_every_reading_agrees(spans: list[tuple[int, int]]) -> None:
    """Compared with trying the extreme and middle readings of every span one by one."""
    readings: list[list[int]] = [[]]
    for most, fewest in spans:
        options = {most, fewest, min(max(90, fewest), most), min(max(91, fewest), most)}
        readings = [chosen + [day] for chosen in readings for day in sorted(options)]
    within = {min(chosen) <= 90 for chosen in readings}
    expected = (
        {True: "missing", False: "not_applicable"}[within.pop()]
        if len(within) == 1
        else ("not_assessed")
    )
    assert judged(after(*(span(most, fewest) for most, fewest in spans))).status == expected


@pytest.mark.parametrize(
    ("code", "day", "status"),
    [
        ("28820", days_before(30), "not_applicable"),
        ("28820", dt.date(2020, 12, 1), "missing"),  # before the code had no days
        ("28810", days_before(30), "missing"),
    ],
)
def test_a_claim_of_the_earlier_operation_tells_how_long_its_period_is(
    code: str, day: dt.date, status: str
) -> None:
    operated = day + dt.timedelta(days=30)
    told = after(earlier(day), operation_date=operated)
    other = claim((code, ["T6"]), service_date=day.isoformat())
    found = assess(told, PLAIN, others=(other,)).requirements
    assert {r.id: r.status for r in found}["global-period"] == status
