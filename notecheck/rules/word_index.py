"""Looks up by the words of a text which of many things it can hold.

Each thing asks for parts of words in one way or several, as `notecheck.rules.literals` tells them.
All are looked up at once: a word's answer is one integer, with a bit for each requirement that the
word meets, and the answers of a text's words are joined by "or".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from notecheck.rules.literals import Way

find_words = re.compile(r"[a-z0-9]+").findall
_MOST = 4  # requirements of one way that are looked up; the others rule out little more
_MOST_KNOWN = 50_000  # words; a long run meets ever new ones
_LONGEST = 40  # letters; of a longer word not every part is looked up


class WordIndex:
    """The things are known by their places in `wanted`."""

    def __init__(self, wanted: Sequence[Sequence[Way]]) -> None:
        ways = [(thing, way) for thing, ways in enumerate(wanted) for way in ways]
        self._things = [thing for thing, _ in ways]
        self._size = len(ways)
        self._all = (1 << self._size) - 1
        self._by_part: dict[str, int] = {}
        self._unasked = 0  # the requirements that there are not: always met
        for place, (_, way) in enumerate(ways):
            for nth in range(_MOST):
                bit = 1 << (place + nth * self._size)
                if nth >= len(way):
                    self._unasked |= bit
                    continue
                for part in way[nth]:
                    self._by_part[part] = self._by_part.get(part, 0) | bit
        self._longest = max(map(len, self._by_part), default=0)
        self._known: dict[str, int] = {}

    def possible(self, words: Iterable[str]) -> set[int]:
        """The things that a text of these words can hold."""
        known = self._known
        met = self._unasked
        for word in words:
            met |= known[word] if word in known else self._learn(word)
        size = self._size
        met = met & met >> size & met >> 2 * size & met >> 3 * size & self._all
        return {self._things[place] for place in _places(met)}

    def _learn(self, word: str) -> int:
        if len(self._known) >= _MOST_KNOWN:
            self._known.clear()
        self._known[word] = met = self._look_up(f" {word} ")
        return met

    def _look_up(self, padded: str) -> int:
        met = 0
        if len(padded) > _LONGEST:
            for part, bits in self._by_part.items():
                if part in padded:
                    met |= bits
            return met
        by_part, longest = self._by_part, self._longest
        for start in range(len(padded)):
            for end in range(start + 1, min(start + longest, len(padded)) + 1):
                met |= by_part.get(padded[start:end], 0)
        return met


def _places(bits: int) -> Iterator[int]:
    """The places of the bits that are set."""
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest
