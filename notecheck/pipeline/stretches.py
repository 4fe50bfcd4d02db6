"""Stretches of a text, asked which of them a place meets: in time that does not grow with all."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Any, Generic, TypeVar

S = TypeVar("S", bound=tuple[Any, ...])


class Stretches(Generic[S]):
    """Tuples that begin with (start, end), offsets into one text, in any order."""

    def __init__(self, given: Iterable[S]) -> None:
        self._placed = sorted(enumerate(given), key=lambda placed: placed[1][0])
        self._starts = [stretch[0] for _, stretch in self._placed]
        self._reach = list(accumulate((stretch[1] for _, stretch in self._placed), max))

    def meeting(self, start: int, end: int) -> Sequence[S]:
        """Those that share a character with `start:end`, in the order given."""
        if not self._starts:  # most: a note has no such stretches
            return []
        found = []
        place = bisect_left(self._starts, end) - 1
        while place >= 0 and self._reach[place] > start:
            if self._placed[place][1][1] > start:
                found.append(self._placed[place])
            place -= 1
        return [stretch for _, stretch in sorted(found, key=lambda placed: placed[0])]

    def at(self, offset: int) -> Sequence[S]:
        """Those that hold the character at `offset`, in the order given."""
        return self.meeting(offset, offset + 1)
