"""Overlapping and nested spans cut into pieces that do not overlap."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple


class Span(NamedTuple):
    """Python string offsets, the end outside."""

    start: int
    end: int


class Segment(NamedTuple):
    """A stretch of text and the spans, in order of start and end, that cover all of it."""

    start: int
    end: int
    spans: tuple[Span, ...]


def segments(length: int, spans: Iterable[Span], cuts: Iterable[int] = ()) -> Iterator[Segment]:
    """The text of `length` characters in order, cut where a span or one of `cuts` stands.

    The spans lie inside the text and are not empty. The segments cover the text once.
    """
    waiting = sorted(set(spans), reverse=True)
    edges = {edge for span in waiting for edge in span} | {*cuts, 0, length}
    active: list[Span] = []
    ordered = sorted(edges)
    for start, end in zip(ordered, ordered[1:], strict=False):
        active = [span for span in active if span.end > start]
        while waiting and waiting[-1].start == start:
            active.append(waiting.pop())
        yield Segment(start, end, tuple(active))
