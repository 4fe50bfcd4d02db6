"""Long runs of separators are cut short, and every offset still leads to the text as given."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notecheck import check
from notecheck.models import Report
from notecheck.pipeline.runs import shortened

_PIECES = st.one_of(
    st.sampled_from(["-", "_", " ", "\n", "\n \t", "=-", "- ", ".", "*"]).flatmap(
        lambda sign: st.integers(1, 60).map(lambda times: sign * times)
    ),
    st.sampled_from(["Left AKA revision", "05/06/2026", "femur cut", ":"]),
)


@given(st.lists(_PIECES, max_size=12).map("".join))
def test_what_stays_stands_where_it_was(text: str) -> None:
    short = shortened(text)
    assert len(short.text) <= len(text)
    for place, sign in enumerate(short.text):
        start, _ = short.given(place, place + 1)
        assert text[start] == sign
    words = [run for run in text.split() if run.isalnum()]
    assert [run for run in short.text.split() if run.isalnum()] == words


@pytest.mark.parametrize("run", ["-", "_", " ", "\n", " \n", "- ", "=-=", ".", "\u00a0", "\u2013"])
def test_a_run_of_any_length_is_short_and_evidence_exact(run: str) -> None:
    text = f"PROCEDURE: {run * 500}Revision of left above-knee amputation.{run * 500}\nFemur cut."
    assert len(shortened(text).text) < 200
    evidence = [e for told in _evidence(check(text)) for e in told]
    assert evidence
    assert all(text[e.start : e.end] == e.text for e in evidence)


def _evidence(report: Report) -> list[tuple]:
    return [requirement.evidence for requirement in report.requirements]


def test_a_plain_text_is_left_alone() -> None:
    text = "FINDINGS:  pus\n\nPLAN: ____\n--------\nsecond look\n"
    assert shortened(text).text is text


@pytest.mark.parametrize("count", [24, 400])
def test_dates_on_both_sides_of_a_ruled_line_take_no_time(count: int) -> None:
    begun = time.process_time()
    check(f"05/04/2026 {'-' * count} 05/06/2026 Left AKA revision")
    assert time.process_time() - begun < 5  # it took more than 20 s
