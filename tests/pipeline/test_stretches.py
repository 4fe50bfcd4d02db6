"""Stretches that a place meets, against looking at each of them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from notecheck.pipeline.stretches import Stretches

OFFSET = st.integers(0, 30)
STRETCHES = st.lists(st.tuples(OFFSET, OFFSET, st.integers()), max_size=12)


@given(STRETCHES, OFFSET, st.integers(1, 10))
def test_those_that_share_a_character_in_the_order_given(
    given_stretches: list[tuple[int, int, int]], start: int, length: int
) -> None:
    end = start + length
    expected = [s for s in given_stretches if s[0] < end and start < s[1]]
    assert Stretches(given_stretches).meeting(start, end) == expected


@given(STRETCHES, OFFSET)
def test_those_that_hold_a_character(
    given_stretches: list[tuple[int, int, int]], offset: int
) -> None:
    expected = [s for s in given_stretches if s[0] <= offset < s[1]]
    assert Stretches(given_stretches).at(offset) == expected
