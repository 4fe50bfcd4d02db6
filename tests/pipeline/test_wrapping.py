"""Line ends that only wrap a line are blanks; all others stay."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notecheck.pipeline.wrapping import unwrapped

PARAGRAPH = (
    "The old incision was opened and the flaps were raised from the bone. The surgeon had read the "
    "report of the first operation, which told of a cut at the middle of the shaft, and the end of "
    "the bone was found covered by a thin scar only."
)


@pytest.mark.parametrize("width", [50, 72, 100])
def test_a_wrapped_paragraph_reads_as_a_whole_one(width: int) -> None:
    lines = textwrap.wrap(PARAGRAPH, width, break_on_hyphens=False)
    joined = unwrapped("\n".join(lines))
    kept = [i for i, c in enumerate(joined) if c == "\n"]
    assert len(joined) == len(PARAGRAPH)
    assert all(PARAGRAPH[i - 1] in ".:" for i in kept)


@pytest.mark.parametrize(
    "following", ["- second item of it", "2. closure", "ANESTHESIA: spinal", "Closure: by layers"]
)
def test_a_line_of_its_own_stays_one(following: str) -> None:
    wrapped = textwrap.fill(PARAGRAPH, 72)
    assert f"\n{following}" in unwrapped(f"{wrapped[:-1]} and more beside it\n{following}")


def test_a_sentence_that_ends_with_a_full_line_is_joined_to_the_next() -> None:
    lines = textwrap.wrap(PARAGRAPH, 65)
    lines[1] = f"{lines[1][:-1]}."
    assert "\n" not in unwrapped("\n".join(lines))


@pytest.mark.parametrize(
    "beside", ["One line that is no longer than what a machine may wrap " * 2, "w " * 99]
)
@pytest.mark.parametrize("above", [True, False])
def test_a_paragraph_beside_it_says_nothing_of_how_one_is_broken(beside: str, above: bool) -> None:
    lines = textwrap.fill(PARAGRAPH, 60)
    text = f"{beside}\n\n{lines}" if above else f"{lines}\n\n{beside}"
    assert unwrapped(text).count("\n") == 2


@pytest.mark.parametrize(
    ("opening", "elsewhere"),
    [("2. and", "1. first"), ("- and", "- first"), ("bone: the", "skin: closed")],
)
def test_what_opens_an_item_does_so_where_items_are_seen(opening: str, elsewhere: str) -> None:
    first, second, *others = textwrap.wrap(PARAGRAPH, 60)
    text = "\n".join([first, f"{opening} {second}", *others])
    assert f" {opening}" in unwrapped(text)
    assert f"\n{opening}" in unwrapped(f"{elsewhere}\n\n{text}")


def test_short_lines_are_not_joined() -> None:
    text = "AKA stump, right\nrevised\nfemur cut\nclosed"
    assert unwrapped(text) == text


@given(st.text(alphabet=st.sampled_from("ab .:\n-A1>"), max_size=400))
def test_only_line_ends_change_and_only_to_blanks(text: str) -> None:
    joined = unwrapped(text)
    assert len(joined) == len(text)
    assert all(a == b or (a, b) == ("\n", " ") for a, b in zip(text, joined, strict=True))
