"""Looks up by the words of a text which of many things it can hold.

The things ask for parts of words, as `notecheck.rules.literals` tells them. All are looked up at
once: a word's answer is one integer, with a bit for each thing that it speaks for, and the answers
of a text's words are joined by "or". Things are known by their bits, in the order given.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from notecheck.rules.literals import Way

WORD = re.compile(r"[a-z0-9]+|[^\sa-z0-9]")
_MOST = 4  # requirements of one way that are looked up; the others rule out little more
_MOST_KNOWN = 10_000  # words; a long run meets ever new ones
_LONGEST = 40  # letters; of a longer word not every part is looked up


class WordIndex:
    """Which things a text can hold: those of which it meets one way."""

    def __init__(self, wanted: Sequence[Sequence[Way]]) -> None:
        ways = [(1 << thing, way) for thing, ways in enumerate(wanted) for way in ways]
        self._things = [thing for thing, _ in ways]
        self._size = len(ways)
        self._all = (1 << self._size) - 1
        self._unasked, by_part = asked_for([way for _, way in ways], _MOST)
        self._met = _Known(by_part)

    def possible(self, words: Iterable[str]) -> int:
        """The things that a text of these words can hold."""
        known, size = self._met, self._size
        met = self._unasked
        for word in words:
            met |= known[word]
        met = met & met >> size & met >> 2 * size & met >> 3 * size & self._all
        things = 0
        for way in bits(met):
            things |= self._things[way]
        return things


def asked_for(wants: Sequence[Sequence[Iterable[str]]], most: int) -> tuple[int, dict[str, int]]:
    """The bits that are always met, and by its word or part those that it meets.

    Each thing wants one of each of its sets, of which the first `most` are asked for: the nth has a
    bit of its own, as many places further as there are things. Where it wants fewer they are met.
    """
    size = len(wants)
    unasked, by_part = list[int](), dict[str, list[int]]()
    for place, sets in enumerate(wants):
        for nth in range(most):
            bit = place + nth * size
            if nth >= len(sets):
                unasked.append(bit)
                continue
            for part in sets[nth]:
                by_part.setdefault(part, []).append(bit)
    most_bits = size * most
    return _number(unasked, most_bits), {p: _number(b, most_bits) for p, b in by_part.items()}


def _number(places: Iterable[int], size: int) -> int:
    """The number with these bits of `size`; to add them one by one copies it for each."""
    told = bytearray(size // 8 + 1)
    for place in places:
        told[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(told, "little")


class _Known(dict[str, int]):
    """The bits of words, each worked out on first sight; alike ones share one large number."""

    def __init__(self, by_part: dict[str, int]) -> None:
        self._by_part = by_part
        # How long the parts are that begin with the same two characters: few places need a look.
        lengths: dict[str, set[int]] = {}
        self._signs = frozenset(part for part in by_part if len(part) == 1)
        for part in by_part.keys() - self._signs:
            lengths.setdefault(part[:2], set()).add(len(part))
        self._lengths = {beginning: sorted(sizes) for beginning, sizes in lengths.items()}
        self._shared: dict[int, int] = {}

    def __missing__(self, word: str) -> int:
        if len(self) >= _MOST_KNOWN:
            self.clear()
            self._shared.clear()
        found = self._look_up(f" {word} ")
        self[word] = found = self._shared.setdefault(found, found)
        return found

    def _look_up(self, padded: str) -> int:
        found = 0
        by_part, lengths = self._by_part, self._lengths
        if len(padded) > _LONGEST:
            for part, things in by_part.items():
                if part in padded:
                    found |= things
            return found
        if not self._signs.isdisjoint(padded):
            for sign in self._signs.intersection(padded):
                found |= by_part[sign]
        for start in range(len(padded) - 1):
            sizes = lengths.get(padded[start : start + 2])
            if sizes:
                for size in sizes:
                    found |= by_part.get(padded[start : start + size], 0)
        return found


def bits(number: int) -> Iterator[int]:
    """The places of the bits that are set, from the lowest."""
    while number:
        lowest = number & -number
        yield lowest.bit_length() - 1
        number ^= lowest
