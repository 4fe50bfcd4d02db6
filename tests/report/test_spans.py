"""Overlapping spans cut into segments."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from notecheck.report.spans import Segment, Span, segments

_SPANS = st.lists(
    st.tuples(st.integers(0, 19), st.integers(1, 20)).map(
        lambda pair: Span(min(pair[0], pair[1] - 1), max(pair[0] + 1, pair[1]))
    )
)


def test_nested_and_overlapping() -> None:
    outer, inner, crossing = Span(0, 6), Span(2, 4), Span(5, 8)
    assert list(segments(10, [crossing, inner, outer])) == [
        Segment(0, 2, (outer,)),
        Segment(2, 4, (outer, inner)),
        Segment(4, 5, (outer,)),
        Segment(5, 6, (outer, crossing)),
        Segment(6, 8, (crossing,)),
        Segment(8, 10, ()),
    ]


def test_empty_text_has_no_segments() -> None:
    assert list(segments(0, [], [0])) == []


@given(_SPANS, st.lists(st.integers(0, 20)))
def test_every_character_is_covered_once_by_its_spans(spans: list[Span], cuts: list[int]) -> None:
    found = list(segments(20, spans, cuts))
    covered = [(at, piece.spans) for piece in found for at in range(piece.start, piece.end)]
    assert [at for at, _ in covered] == list(range(20))
    for at, covering in covered:
        assert set(covering) == {span for span in spans if span.start <= at < span.end}
    assert set(cuts) <= {edge for piece in found for edge in (piece.start, piece.end)}
