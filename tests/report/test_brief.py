"""The report for a coder: short, all that is open named, places that an editor opens."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from notecheck import check
from notecheck.models import Document, Encounter, Evidence, Operation, ReadingRemark
from notecheck.report.brief import MOST_LINES, OF_MANY, render_brief
from notecheck.report.columns import columns
from notecheck.report.places import Places
from notecheck.report.wording import decision_reasons

from .cases import Case, cases, held, passing


def test_what_is_open_stands_with_its_words_and_its_cure() -> None:
    text = render_brief(*held(), width=100)
    assert text.startswith("STOP H-1: 27596, score 25.0 of 100, 3 of 3 assessed")
    assert "!! CODE the note supports 27594, not 27596" in text
    assert text.index("CONFLICT laterality-note") < text.index("PARTIAL prior-level")
    assert "Say the level." in text
    assert 'op:1:5  "stump"' in text


def test_what_matters_before_billing_is_said_without_a_claim() -> None:
    before = "PROCEDURE: Revision of left above-knee amputation.\nHISTORY: {} The femur was cut."
    soon = before.format("Left above-knee amputation on 3/2/2026.")
    given = Encounter(
        encounter_id="E", documents=(Document(doc_id="op", date=dt.date(2026, 3, 23), text=soon),)
    )
    for most in (MOST_LINES, OF_MANY):
        told = render_brief(given, check(given), most=most)
        assert "? BEFORE BILLING The operation falls 21 days after" in told
    long_ago = Document(doc_id="op", date=dt.date(2026, 9, 23), text=soon)
    given = Encounter(encounter_id="E", documents=(long_ago,))
    assert "BEFORE BILLING" not in render_brief(given, check(given))


def test_what_is_documented_is_told_too() -> None:
    assert "Documented: prior level transfemoral; new level transfemoral" in render_brief(
        *passing()
    )


def test_a_file_is_named_as_editors_open_it() -> None:
    text = render_brief(*held(), width=100, source="notes/h.txt")
    assert 'notes/h.txt:1:5  "stump"' in text


def test_the_timeline_is_told_by_operation() -> None:
    encounter, report = passing()
    earlier = Operation(
        id="op0", status="earlier", date="2020", side="left", kind="division",
        level="transfemoral", evidence=(),
    )  # fmt: skip
    text = render_brief(encounter, report.model_copy(update={"operations": (earlier,)}))
    assert "Timeline: 2020 left division, transfemoral (earlier)" in text


def test_a_long_timeline_keeps_todays_operation_and_leaves_out_the_oldest() -> None:
    encounter, report = passing()
    operations = [
        Operation(
            id=f"op{year}", status="today" if year == 2025 else "earlier", date=str(year),
            side="left", kind="division", level="transfemoral", evidence=(),
        )
        for year in range(2015, 2026)
    ]  # fmt: skip
    long = report.model_copy(update={"operations": tuple(operations)})
    lines = render_brief(encounter, long, width=60).split("\n")
    timeline = " ".join(lines[lines.index(next(s for s in lines if s.startswith("Timeline"))) :])
    assert timeline.startswith("Timeline: ...; ")
    assert "2025 left division, transfemoral (today)" in timeline and "2015" not in timeline


def test_a_note_that_is_not_ours_takes_one_line() -> None:
    encounter, report = passing()
    other = report.model_copy(
        update={
            "decision": "not_concerned",
            "requirements": (),
            "release": report.release.model_copy(update={"verdict": "release"}),
        }
    )
    assert render_brief(encounter, other) == (
        "RELEASE P-1: not concerned, no operation of the amputation family"
    )
    remark = ReadingRemark(part="attachment 1", kind="unreadable", why="the PDF is damaged")
    cut = other.model_copy(update={"reading": (remark,)})
    assert render_brief(encounter, cut).splitlines() == [
        "RELEASE P-1: not all was read; the rest documents no operation of the amputation",
        "   family",
        " ? NOT READ attachment 1 (unreadable): the PDF is damaged",
    ]
    assert decision_reasons(cut) == [
        "not all was read; the rest documents no operation of the amputation family"
    ]


def test_a_sentence_is_counted_in_dictation_without_line_ends() -> None:
    text = "The patient was seen. " * 30 + "The bone was cut. " + "The wound was closed. " * 9
    start = text.index("The bone")
    encounter = Encounter(encounter_id="D", documents=(Document(doc_id="op", text=text),))
    place = Places(encounter).of(
        Evidence(doc_id="op", start=start, end=start + 8, text=text[start : start + 8])
    )
    assert (place.column, place.sentence) == (start + 1, 31)


@given(cases(), st.integers(40, 120))
def test_it_is_short_narrow_and_names_all_that_is_open(case: Case, width: int) -> None:
    text = render_brief(*case, width=width)
    lines = text.split("\n")
    assert len(lines) <= MOST_LINES
    assert max(map(columns, lines)) <= width
    assert not {unicodedata.category(c) for line in lines for c in line} & {"Cc", "Cf", "Zl", "Zp"}
    coloured = render_brief(*case, width=width, colour=True)
    assert re.sub("\x1b\\[[0-9;]+m", "", coloured) == text


@given(cases(), st.integers(100, 120))
def test_one_of_many_is_shorter_still(case: Case, width: int) -> None:
    assert len(render_brief(*case, width=width, most=OF_MANY).split("\n")) <= OF_MANY


def test_what_is_open_is_named_however_short_it_has_to_be() -> None:
    encounter, report = held()
    text = render_brief(encounter, report, most=OF_MANY)
    for item in report.requirements:
        assert (item.id in text) is (item.status in ("partial", "missing", "conflict"))
