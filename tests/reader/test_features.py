"""Training and reading see the same features, and a place is the same on every machine."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notecheck.reader.features import SIZE, Row, features, word_spans, words_of

ROW = Row(("adductor", "sewn", "to", "#"), ("stump", "closed"), "description", "operative")


def test_numbers_are_one_word_and_spans_fit_the_words() -> None:
    text = "a 12.5 cm flap, then 3 more"
    assert words_of(text, 0, len(text)) == ("a", "#", "cm", "flap", "then", "#", "more")
    assert [text[a:b] for a, b in word_spans(text, 2, 14)] == ["12.5", "cm", "flap"]


def test_a_mirrored_sentence_reads_the_same() -> None:
    told, mirrored = "l stump; right thigh, LLE. Left".lower(), "r stump; left thigh, RLE. Right"
    assert words_of(told, 0, len(told)) == words_of(mirrored.lower(), 0, len(mirrored))


def test_each_block_has_its_length_however_long_the_sentence() -> None:
    def length(words: int) -> float:
        row = Row(("stump",) * words, (), "description", "operative")
        return sum(share**2 for _, share in features(row))

    assert length(3) == pytest.approx(length(100))


def test_places_are_fixed_by_the_text_alone() -> None:
    assert [place for place, _ in features(ROW)][:3] == [51792, 31435, 119492]


@given(st.lists(st.text("abc", min_size=1), max_size=200))
def test_every_place_is_within_the_table(words: list[str]) -> None:
    row = Row(tuple(words), tuple(words), "none", "other")
    assert all(0 <= place < SIZE for place, _ in features(row))
