"""Times as notes tell them, and the earlier operations that they date."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notecheck import check
from notecheck.timeline.ages import age_now
from notecheck.timeline.clock import Clock
from notecheck.timeline.dates import find_date, time_after

OPERATION = dt.date(2026, 3, 2)
CLOCK = Clock(OPERATION, OPERATION, age=57)


def told(words: str) -> tuple[str, str] | None:
    span = find_date(words, CLOCK)
    return (span.earliest.isoformat(), span.latest.isoformat()) if span else None


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("on 2025-12-30", "2025-12-30"),
        ("on 12/30/2025", "2025-12-30"),
        ("on 12-30-2025", "2025-12-30"),
        ("on 12/30/25", "2025-12-30"),
        ("on 1/9", "2026-01-09"),
        ("on 11/9", "2025-11-09"),
        ("on 30/12/2025", "2025-12-30"),
        ("on 30.12.2025", "2025-12-30"),
        ("on 9.1.2026", "2026-01-09"),
        ("on december 30, 2025", "2025-12-30"),
        ("on dec 30 2025", "2025-12-30"),
        ("on dec. 30th, 2025", "2025-12-30"),
        ("on dec. 30, '25", "2025-12-30"),
        ("on 30 december '98", "1998-12-30"),
        ("on december 30", "2025-12-30"),
        ("on january 9th", "2026-01-09"),
        ("on 30 december 2025", "2025-12-30"),
        ("on the 30th of december 2025", "2025-12-30"),
        ("on 30 dec", "2025-12-30"),
        ("10 days ago", "2026-02-20"),
        ("five days ago", "2026-02-25"),
        ("three days earlier", "2026-02-27"),
    ],
)
def test_a_day(words: str, day: str) -> None:
    assert told(words) == (day, day)


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("in december 2025", "2025-12-01", "2025-12-31"),
        ("in december of 2025", "2025-12-01", "2025-12-31"),
        ("in feb 2024", "2024-02-01", "2024-02-29"),
        ("in sept. 2025", "2025-09-01", "2025-09-30"),
        ("in december", "2025-12-01", "2025-12-31"),
        ("in january", "2026-01-01", "2026-01-31"),
        ("in december last year", "2025-12-01", "2025-12-31"),
        ("in late december 2025", "2025-12-16", "2025-12-31"),
        ("in early december", "2025-12-01", "2025-12-15"),
        ("in mid february", "2026-02-08", "2026-02-23"),
        ("at the end of february", "2026-02-16", "2026-02-28"),
        ("last spring", "2025-03-01", "2025-05-31"),  # the one that runs is no last one
        ("this spring", "2026-03-01", "2026-05-31"),
        ("12/2025", "2025-12-01", "2025-12-31"),
        ("in 2021", "2021-01-01", "2021-12-31"),
        ("back in '19", "2019-01-01", "2019-12-31"),
        ("in the 1990s", "1990-01-01", "1999-12-31"),
        ("overseas '90s", "1990-01-01", "1999-12-31"),
        ("in the late eighties", "1980-01-01", "1989-12-31"),
        ("in the 2010s", "2010-01-01", "2019-12-31"),
        ("in mid-december 2025", "2025-12-08", "2025-12-23"),
        ("in the late fall of 2025", "2025-10-31", "2025-12-21"),
        ("in early 2025", "2025-01-01", "2025-04-30"),
        ("earlier this year", "2026-01-01", "2026-03-02"),
        ("within the past year", "2025-03-02", "2026-03-02"),
        ("2-4 months ago", "2025-10-16", "2026-01-15"),
        ("either in november or in january", "2025-11-01", "2026-01-31"),
        ("in november or december 2024", "2024-11-01", "2024-12-31"),
        ("between thanksgiving and christmas", "2025-11-22", "2025-12-25"),
        ("the day after christmas 2025", "2025-12-26", "2025-12-26"),
        ("two days after his bypass of 2/14/2026", "2026-02-16", "2026-02-16"),
        ("a week before christmas", "2025-12-15", "2025-12-21"),
        ("approximately 90 days ago", "2025-11-28", "2025-12-06"),
        ("memorial day week of last year", "2025-05-19", "2025-06-06"),
        ("in vietnam", "1955-01-01", "1975-12-31"),
        ("at age 19", "1987-03-02", "1989-03-02"),
        ("when he was twenty two", "1990-03-02", "1992-03-02"),
        ("in his early thirties", "1998-03-02", "2004-03-01"),
        ("since he was a teenager", "1981-03-02", "1989-03-02"),
    ],
)
def test_a_month_or_a_year_spans(words: str, first: str, last: str) -> None:
    assert told(words) == (first, last)


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("six weeks ago", 42),
        ("6 weeks ago", 42),
        ("seventeen weeks ago", 119),
        ("ninety weeks ago", 630),
        ("6 wk ago", 42),
        ("two months ago", 61),
        ("3 months prior", 91),
        ("a year ago", 365),
        ("two years earlier", 730),
        ("a decade ago", 3652),
    ],
)
def test_a_time_ago_is_a_round_number(words: str, days: int) -> None:
    span = find_date(words, CLOCK)
    assert span is not None
    told_day = OPERATION - dt.timedelta(days=days)
    assert span.earliest < told_day < span.latest <= OPERATION


def test_a_time_ago_counts_from_the_document_that_tells_it() -> None:
    span = find_date("10 days ago", Clock(OPERATION, dt.date(2026, 2, 20)))
    assert span is not None
    assert span.earliest == dt.date(2026, 2, 10)


@pytest.mark.parametrize(
    "words",
    ["", "above-knee amputation", "she may need it", "0 vicryl", "12 cm"],
)
def test_what_tells_no_time(words: str) -> None:
    assert told(words) is None


@pytest.mark.parametrize(
    ("words", "before", "first", "last"),
    [
        ("two days after.", "a fasciotomy on february 14, 2026, and", "2026-02-16", "2026-02-16"),
        ("three weeks later he", "an amputation on 1/5/2026. ", "2026-01-23", "2026-01-29"),
        ("the following week", "an amputation on 1/5/2026, ", "2026-01-09", "2026-01-15"),
        ("later that month", "on january 6, 2026", "2026-01-01", "2026-01-31"),
    ],
)
def test_a_time_after_the_one_told_before(words: str, before: str, first: str, last: str) -> None:
    span = time_after(words, before, CLOCK)
    assert span is not None
    assert (span.earliest.isoformat(), span.latest.isoformat()) == (first, last)


def test_what_is_of_the_same_day_by_name_alone_points_to_no_time() -> None:
    assert time_after("same day surgery", "an amputation in 2022. ", CLOCK) is None


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("57 y/o m, right aka at age 19", 57),
        ("this is a 58-year-old gentleman", 58),
        ("hpi. 80f from snf", 80),
        ("age: 71", 71),
        ("right aka at age 19", None),
        ("a 14 f catheter", None),
    ],
)
def test_how_old_the_patient_is(text: str, age: int | None) -> None:
    assert age_now([text]) == age


def test_without_the_operations_date_a_missing_year_is_not_known() -> None:
    assert find_date("on 1/9", Clock(None)) is None
    assert find_date("six weeks ago", Clock(None)) is None
    assert find_date("in 2021", Clock(None)) is not None


@given(st.dates(dt.date(1990, 1, 1), OPERATION))
def test_every_day_reads_back(day: dt.date) -> None:
    forms = (
        day.isoformat(),
        f"{day.month}/{day.day}/{day.year}",
        f"{day:%B} {day.day}, {day.year}".lower(),
        f"{day.day} {day:%b} {day.year}".lower(),
    )
    assert {told(f"on {form} she was seen") for form in forms} == {
        (day.isoformat(), day.isoformat())
    }


@given(st.text(max_size=60))
def test_any_words_are_read_without_failing(words: str) -> None:
    span = find_date(words, CLOCK)
    assert span is None or span.earliest <= span.latest


def global_period(words: str, *modifiers: str) -> str:
    report = check(
        {
            "encounter_id": "E1",
            "documents": [
                {
                    "doc_id": "op",
                    "type": "operative_note",
                    "date": OPERATION.isoformat(),
                    "text": f"INDICATIONS: {words}\nPROCEDURE: Revision of left AKA stump.\n"
                    "DESCRIPTION: The femur was cut 12 cm above the knee.",
                }
            ],
            "claim": {
                "form": "professional",
                "lines": [
                    {
                        "code": "27596",
                        "modifiers": ["LT", *modifiers],
                        "service_date": OPERATION.isoformat(),
                    }
                ],
            },
        }
    )
    return next(r.status for r in report.requirements if r.id == "global-period")


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("Left AKA on 12/02/2025, now dehisced.", "missing"),  # day 90
        ("Left AKA on 12/01/2025, now dehisced.", "not_applicable"),  # day 91
        ("Left AKA on 2025-12-30, now dehisced.", "missing"),
        ("Left AKA on 30 December 2025, now dehisced.", "missing"),
        ("Left AKA on 30.12.2025, now dehisced.", "missing"),
        ("Left AKA 1/9/26, now dehisced.", "missing"),
        ("Status post left AKA in January 2026, infected.", "missing"),
        ("Left AKA in December 2025, infected.", "not_assessed"),  # either side of day 90
        ("Left AKA in November 2025, infected.", "not_applicable"),
        ("Left AKA in 2021, infected.", "not_applicable"),
        ("Left AKA in 2025, infected.", "not_assessed"),
        ("Left AKA six weeks ago, infected.", "missing"),
        ("Left AKA three months ago, infected.", "not_assessed"),
        ("Left AKA two years ago, infected.", "not_applicable"),
        ("Left AKA 10 days ago, infected.", "missing"),
        ("She had a left above-knee amputation last month, infected.", "missing"),
        ("Infected left AKA stump.", "not_assessed"),
        ("Left BKA in 2019, left AKA on 2/1/2026, infected.", "missing"),
        ("Right AKA on 2/1/2026. Left AKA in 2019, infected.", "not_applicable"),
        ("Left AKA in 2019, revised on 2/1/2026, infected again.", "missing"),
    ],
)
def test_an_earlier_operation_is_dated(words: str, status: str) -> None:
    assert global_period(words) == status


def test_a_modifier_meets_the_global_period() -> None:
    assert global_period("Left AKA on 2/1/2026, infected.", "78") == "met"


def test_a_word_after_a_year_is_no_month() -> None:
    words = "He had a left AKA 2016 (septic knee). Injected 3 days ago."
    assert global_period(words) == "not_applicable"


def test_an_amputation_in_childhood_is_long_past() -> None:
    assert (
        global_period("She has been a left transfemoral amputee since childhood.")
        == "not_applicable"
    )


@pytest.mark.parametrize(
    "words", ["longtime", "of more than ten years' standing", "of over 20 years' duration"]
)
def test_a_long_standing_state_began_more_than_a_year_before(words: str) -> None:
    span = find_date(words, CLOCK)
    assert span is not None
    assert span.latest < OPERATION - dt.timedelta(days=365)


@pytest.mark.parametrize(
    ("words", "dated"),
    [("longstanding diabetes and a left AKA", False), ("a longstanding left AKA", True)],
)
def test_a_long_standing_illness_dates_no_stump_named_after_it(words: str, dated: bool) -> None:
    assert (find_date(words, CLOCK) is not None) is dated


def _earlier_days(history: str, *others: str) -> list[str | None]:
    note = "PROCEDURE: Revision of left AKA\nDESCRIPTION: The femur was sawn across at mid-shaft."
    told = [("operative_note", "2026-04-10", note), ("consult", "2026-04-09", history)]
    told += [("progress_note", "2026-04-09", text) for text in others]
    documents = [
        {"doc_id": f"d{n}", "type": kind, "date": day, "text": text}
        for n, (kind, day, text) in enumerate(told)
    ]
    report = check({"encounter_id": "E", "documents": documents}, code="27596")
    return [o.date for o in report.operations if o.status == "earlier"]


@pytest.mark.parametrize(
    ("history", "day"),
    [
        ("Left AKA on 3 March 2026, draining.", "2026-03-03"),
        ("Left AKA on the 3rd of March 2026, draining.", "2026-03-03"),
        ("Left AKA on 3-Mar-2026, draining.", "2026-03-03"),
        ("Left AKA on Tuesday, 3 March 2026, draining.", "2026-03-03"),
        ("Left AKA on 03.02.2026, draining.", "2026-02-03"),
        ("Seen 28/03/2026. Left AKA on 04/03/2026, draining.", "2026-03-04"),
        ("Born 25/11/1951. Left AKA on 03/02/2026, draining.", "2026-02-03"),
    ],
)
def test_a_document_shows_that_it_writes_the_day_first(history: str, day: str) -> None:
    assert _earlier_days(history) == [day]


@pytest.mark.parametrize(
    "history",
    [
        "Left AKA on 03/02/2026, draining.",
        "Left AKA on 03/02/2026, draining. Seen 03/28/2026.",
        "Seen 28/03/2026, born 11/25/1951. Left AKA on 03/02/2026, draining.",
        "Pain 8/10, strength 2/5, BP 118/70. Left AKA on 03/02/2026, draining.",
        "Left AKA on March 2, 2026, draining.",
        "Left AKA on 3/2/26, draining. Cultures 3/28/26.",
    ],
)
def test_without_a_sign_the_month_comes_first(history: str) -> None:
    assert _earlier_days(history) == ["2026-03-02"]


def test_another_document_may_show_the_order_of_the_chart() -> None:
    history = "Left AKA on 04/03/2026, draining."
    assert _earlier_days(history, "Seen 28/03/2026.") == ["2026-03-04"]
    assert _earlier_days(history, "Seen 28/03/2026.", "Seen 03/28/2026.") == ["2026-04-03"]


def test_a_day_in_an_aside_is_that_of_what_the_aside_names() -> None:
    left = "Left AKA 2007, osteomyelitis of the residual femur"
    assert _earlier_days(f"{left} (bx 3/9).") == ["2007"]
    assert _earlier_days("Osteomyelitis of the stump, left AKA (done 3/9).") == ["2026-03-09"]


@pytest.mark.parametrize(
    ("between", "date"),
    [
        ("(leg) stump after guillotine amputation", "2026-02-25"),
        ("(leg) stump, an open one after guillotine surgery", None),  # too far off to be read
    ],
)
def test_a_date_that_stands_at_the_edge_is_read_whole_or_not_at_all(
    between: str, date: str | None
) -> None:
    note = (
        f"DIAGNOSIS: open left below-knee {between} 02/25/2026.\n"
        "PROCEDURE: Secondary closure of left leg stump.\n"
        "DESCRIPTION: No bone was cut. The skin was closed with nylon.\n"
    )
    documents = [{"doc_id": "op", "type": "operative_note", "date": "2026-03-02", "text": note}]
    told = check({"encounter_id": "E", "documents": documents}).operations
    assert [o.date for o in told if o.status == "earlier"] == [date]
