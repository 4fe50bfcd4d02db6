"""Columns on a terminal; `rich` counts them independently."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from notecheck.report.columns import columns, shorten_middle, wrap

_TEXT = st.text("abc  \u9aa8\uff21\u0301\u00e9\U0001f9b4", max_size=200)


def test_wide_and_combining_characters() -> None:
    assert columns("a\u9aa8e\u0301") == 4


@given(_TEXT, st.integers(3, 60))
def test_shortened_text_fits_and_keeps_both_ends(text: str, limit: int) -> None:
    short = shorten_middle(text, limit)
    assert cell_len(short) <= limit
    if short != text:
        head, tail = short.split("...")
        assert text.startswith(head)
        assert text.endswith(tail)
        assert not tail.startswith("\u0301")


def test_text_that_fits_is_left_alone() -> None:
    assert shorten_middle("femur", 5) == "femur"
    assert shorten_middle("the femur was divided", 11) == "the...ided"


@given(_TEXT, st.integers(10, 40))
def test_wrapped_text_fits_and_loses_nothing(text: str, width: int) -> None:
    lines = wrap(text, width, first="- ", rest="    ")
    assert max(map(cell_len, lines)) <= width
    assert "".join(lines).replace(" ", "") == "-" + text.replace(" ", "")


def test_wrap_breaks_at_blanks_and_hangs() -> None:
    assert wrap("one two three", 9, first="> ", rest="  ") == ["> one two", "  three"]
    assert wrap("abcdefgh i", 6, rest="  ") == ["abcd", "  efgh", "  i"]
