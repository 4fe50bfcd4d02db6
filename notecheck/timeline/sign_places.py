"""Where signs stand in a text, found once: a long sentence is asked at each of its statements."""

from __future__ import annotations

from bisect import bisect_left

from notecheck.pipeline.occurrences import occurrences


class SignPlaces:
    """The places of signs or words of a text, each looked up when it is first asked for."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._places: dict[str, list[int]] = {}

    def count(self, sign: str, start: int, end: int) -> int:
        """How often a sign stands whole in `text[start:end]`."""
        places = self._of(sign)
        last = bisect_left(places, end - len(sign) + 1)
        return max(0, last - bisect_left(places, start))

    def last(self, sign: str, start: int, end: int) -> int:
        """Where it stands last in `text[start:end]`; -1 for nowhere."""
        places = self._of(sign)
        place = bisect_left(places, end - len(sign) + 1) - 1
        return places[place] if place >= 0 and places[place] >= start else -1

    def first(self, sign: str, start: int, end: int) -> int:
        """Where it stands first in `text[start:end]`; -1 for nowhere."""
        places = self._of(sign)
        place = bisect_left(places, start)
        return places[place] if place < len(places) and places[place] + len(sign) <= end else -1

    def _of(self, sign: str) -> list[int]:
        if sign not in self._places:
            self._places[sign] = list(occurrences(sign, self._text))
        return self._places[sign]
