"""The sides that one sentence names, asked by place: a long sentence names many."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property

from notecheck.pipeline.mentions import Mention
from notecheck.pipeline.stretches import Stretches


class NamedSides:
    """Mentions of sides, at least one, in text order. All offsets are into their document's text.

    `many` says how many of them, from the first on, are asked.
    """

    def __init__(self, sides: Sequence[Mention]) -> None:
        self.all = sides
        self._starts = [side.start for side in sides]
        others = (place for place, side in enumerate(sides) if side.value != sides[0].value)
        self._alike = next(others, len(sides))

    @cached_property
    def _ends(self) -> list[tuple[int, int]]:
        """Where they end, in order, each with its place among all."""
        return sorted((side.end, place) for place, side in enumerate(self.all))

    @cached_property
    def _stretches(self) -> Stretches[tuple[int, int, int]]:
        return Stretches((side.start, side.end, place) for place, side in enumerate(self.all))

    def beginning_before(self, offset: int) -> int:
        """How many begin before it."""
        return bisect_left(self._starts, offset)

    def any_between(self, start: int, end: int) -> bool:
        """Whether one begins behind `start` and before `end`."""
        return self.beginning_before(start + 1) < self.beginning_before(end)

    def only(self, many: int) -> Mention | None:
        """The first, where so many name the same side as it."""
        return self.all[0] if many <= self._alike else None

    def around(self, start: int, end: int, many: int) -> list[Mention]:
        """Those that share a character with `start:end`, and the nearest on either side of it.

        In text order; of several that are as near the first.
        """
        places = {place for _, _, place in self._stretches.meeting(start, end)}
        places.add(self.beginning_before(end))
        places.add(self._last_ending_by(start, many))
        return [self.all[place] for place in sorted(places) if 0 <= place < many]

    def _last_ending_by(self, offset: int, many: int) -> int:
        """The place of the one that ends last, at the offset or before it; -1 for none."""
        ends = self._ends
        last = bisect_left(ends, (offset + 1, 0)) - 1
        while last >= 0 and ends[last][1] >= many:
            last -= 1
        return ends[bisect_left(ends, (ends[last][0], 0))][1] if last >= 0 else -1
