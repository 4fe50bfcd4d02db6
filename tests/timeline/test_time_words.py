"""The words that tell a time are data; the expressions made of them read as the notes write."""

from __future__ import annotations

import pytest

from notecheck.timeline.time_words import time_expressions


@pytest.mark.parametrize(
    ("words", "dates"),
    [
        ("it was cut in 2019", True),
        ("it was cut two weeks ago", True),
        ("it was cut three months before", True),
        ("it was cut last march", True),
        ("it was cut in the distal 1/3", False),
        ("the last of it was cut", False),
    ],
)
def test_what_dates_a_cut(words: str, dates: bool) -> None:
    assert bool(time_expressions().dates_cut.search(words)) == dates


def test_a_list_is_parted_but_not_before_a_year() -> None:
    told = "one in march, 2019, two; three and four then five"
    parts = ["one in march, 2019", " two", " three", "four", "five"]
    assert time_expressions().parting.split(told) == parts


def test_the_way_from_an_act_to_its_day() -> None:
    way = time_expressions().done.match(" of the left leg was done by me on 3/2")
    assert way is not None and way[0] == " of the left leg was done by me "
    assert time_expressions().done.match(" was done and he went home on 3/2") is None


def test_what_brackets_open() -> None:
    assert time_expressions().aside.match(" (bx 5/9)")
    assert time_expressions().aside.match(" (done 5/9)") is None
