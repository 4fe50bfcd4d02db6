"""The copy that is matched is as long as the text, character for character."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notecheck.pipeline.normalize import normalize


@given(st.text())
def test_any_text_keeps_its_length(text: str) -> None:
    assert len(normalize(text)) == len(text)


@given(st.text())
def test_each_character_is_taken_for_itself(text: str) -> None:
    alone = "".join(normalize(character) for character in text)
    assert normalize(text) == alone.replace("**", "  ")  # the marks of bold type


@given(st.text())
def test_a_second_time_changes_nothing(text: str) -> None:
    assert normalize(normalize(text)) == normalize(text)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Left AKA", "left aka"),
        ("stump\u00a0of\u2009the\tleft\r\nthigh", "stump of the left  thigh"),
        ("\u201cfish\u2019s mouth\u201d", '"fish\'s mouth"'),
        ("above\u2013knee, 6\u00d74 \u2212", "above-knee, 6x4 -"),
        ("d\u00e9brid\u00e9, F\u00c9MUR", "debride, femur"),
        ("\ufb01xed 2\u00bd cm\u00b2", "fxed 2\u00bd cm2"),
        ("\u2022 \u25cf", "* *"),
        ("above\x96knee, \x93fish\x92s mouth\x94", 'above-knee, "fish\'s mouth"'),
        ("\u0130", "i"),
        ("\u7532", "\u7532"),
        ("\x00\x0b\x0c", "   "),
    ],
)
def test_what_is_folded(text: str, plain: str) -> None:
    assert normalize(text) == plain
