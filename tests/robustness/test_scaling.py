"""No kind of text takes more than its share; `python -m robustness.scaling` is the long form."""

from __future__ import annotations

import pytest

from .generators import GENERATORS
from .scaling import RATIO, growth, seconds

_SIZES = (4_000, 16_000)
_ATTEMPTS = 3


def test_there_are_more_than_a_hundred_generators() -> None:
    assert len(GENERATORS) > 100


@pytest.mark.parametrize("name", GENERATORS)
def test_four_times_the_text_takes_at_most_five_times_as_long(name: str) -> None:
    seconds(GENERATORS[name](1_000))  # expressions are compiled when first used
    # What truly grows too fast does so every time; a busy machine does not.
    assert any(
        growth([seconds(GENERATORS[name](size)) for size in _SIZES]) <= RATIO
        for _ in range(_ATTEMPTS)
    )


# What a line of a whole note, or an amputation told a thousand times over, costs shows only in
# large notes.
@pytest.mark.parametrize("name", ["glued headings", "one honest note"])
def test_the_largest_notes_take_no_more_than_their_share(name: str) -> None:
    assert any(
        growth([seconds(GENERATORS[name](size)) for size in (250_000, 1_000_000)]) <= RATIO
        for _ in range(_ATTEMPTS)
    )


def test_what_grows_with_the_square_is_found() -> None:
    assert growth([0.5, 8.0]) > RATIO
    assert growth([0.5, 2.0]) < RATIO
    assert growth([0.0, 0.1]) < RATIO
