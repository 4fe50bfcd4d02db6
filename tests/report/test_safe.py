"""Control characters never get through."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notecheck.report.safe import one_line, page_text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (" two\tblanks \r\n one line ", "two blanks one line"),
        ("\x1b[31mred", r"\x1b[31mred"),
        ("\x07\x9b\x7f", r"\x07\x9b\x7f"),
        ("\u202eabc\ud800", r"\u202eabc\ud800"),
        ("os femoris \u9aa8 5\u00b0", "os femoris \u9aa8 5\u00b0"),
    ],
)
def test_one_line(text: str, shown: str) -> None:
    assert one_line(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("kept\tas\r\nit is", "kept\tas\r\nit is"),
        ("\x00\x1b\x7f", "\u2400\u241b\u2421"),
        ("\x9b\ud800\u202e", "\ufffd" * 3),
    ],
)
def test_page_text(text: str, shown: str) -> None:
    assert page_text(text) == shown


@given(st.text(st.characters(exclude_categories=())))
def test_nothing_but_printable_text_is_left(text: str) -> None:
    assert not {unicodedata.category(c) for c in one_line(text)} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    page = page_text(text)
    assert len(page) == len(text)
    assert not {unicodedata.category(c) for c in page if c not in "\t\r\n"} & {"Cc", "Cs"}
