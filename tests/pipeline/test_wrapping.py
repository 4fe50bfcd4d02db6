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


def test_short_lines_are_not_joined() -> None:
    text = "AKA stump, right\nrevised\nfemur cut\nclosed"
    assert unwrapped(text) == text


@given(st.text(alphabet=st.sampled_from("ab .:\n-A1>"), max_size=400))
def test_only_line_ends_change_and_only_to_blanks(text: str) -> None:
    joined = unwrapped(text)
    assert len(joined) == len(text)
    assert all(a == b or (a, b) == ("\n", " ") for a, b in zip(text, joined, strict=True))
