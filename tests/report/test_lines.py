"""Line numbers for offsets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notecheck.report.lines import LineIndex


@given(st.text("a\n\r"))
def test_every_offset_has_the_line_that_a_reader_counts_to(text: str) -> None:
    index = LineIndex(text)
    lines = (text + "|").splitlines(keepends=True)  # the bar stands at the end of the text
    expected = [number for number, line in enumerate(lines, start=1) for _ in line]
    assert [index.line(offset) for offset in range(len(text) + 1)] == expected


def test_mixed_line_ends() -> None:
    assert LineIndex("a\nb\r\nc\rd").starts == (0, 2, 5, 7)


def test_only_line_ends_end_a_line() -> None:
    text = "a\x0bb\x0cc\x85d\u2028e"
    assert LineIndex(text).line(len(text)) == 1


@pytest.mark.parametrize("offset", [-1, 4])
def test_an_offset_outside_the_text_is_refused(offset: int) -> None:
    with pytest.raises(IndexError):
        LineIndex("abc").line(offset)
