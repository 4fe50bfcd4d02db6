"""A word and its slips are found by looking at few words only; no slip is missed by that."""

from __future__ import annotations

import string

from hypothesis import given
from hypothesis import strategies as st

from notecheck.rules.slips import Slips, slips_allowed, slips_between, sound

WORDS = ["femoral", "amputation", "amputated", "fascial", "guillotine", "femur"]
SLIPS = Slips(WORDS)
BY_EAR = Slips([], by_ear=WORDS)


@st.composite
def near_words(draw: st.DrawFn) -> str:
    word = draw(st.sampled_from(WORDS))
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(word) - 1))
        letter = draw(st.sampled_from(["", *string.ascii_lowercase]))
        word = draw(
            st.sampled_from([word[:at] + letter + word[at:], word[:at] + letter + word[at + 1 :]])
        )
    return word or "a"


@given(near_words())
def test_it_finds_what_a_look_at_every_word_finds(word: str) -> None:
    slips = {w: slips_between(word, w) for w in WORDS if w[0] == word[0]}
    told = [w for w, number in slips.items() if 0 < slips_allowed(w) >= number]
    fewest = min((slips[w] for w in told), default=0)
    assert SLIPS.near(word) == sorted(w for w in told if slips[w] == fewest)


@given(near_words())
def test_by_ear_it_finds_what_a_look_at_every_word_finds(word: str) -> None:
    told = [
        w
        for w in WORDS
        if slips_allowed(w)
        and sound(w) == sound(word)
        and slips_between(word, w) <= max(1, slips_allowed(w))
    ]
    assert BY_EAR.near(word) == sorted(told)


def test_a_short_word_has_no_slips() -> None:
    assert SLIPS.near("femur") == [] and SLIPS.near("fascail") == ["fascial"]
