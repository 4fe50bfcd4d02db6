"""Which frames can tell something in a sentence, asked of its words alone.

Most sentences hold nothing that any frame asks for: they are never cut into clauses. What is found
possible here is decided by the frames; nothing that they could find is missed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from notecheck.rules.word_index import bits
from notecheck.rules.word_lists import PRONOUN
from notecheck.statements.frames import Frame
from notecheck.statements.terms import Entry, Match, TermIndex

_PRONOUN = frozenset({PRONOUN})


class PossibleFrames:
    """The frames of all facts, each known by a bit, in the order given.

    `read_with` are the lists with which each fact is read, in the order of their `frames`.
    """

    def __init__(
        self,
        frames: Sequence[Sequence[Frame]],
        read_with: Sequence[frozenset[str]],
        index: TermIndex,
    ) -> None:
        self._frames = [frame for of_fact in frames for frame in of_fact]
        self._needs = [frame.needs for frame in self._frames]
        self._size = len(self._frames)
        self._most = max(map(len, self._needs), default=0)
        self._unasked = 0  # the needs that there are not: always met
        self._meeting: list[dict[str, int]] = []
        self._read_with = read_with
        self._reading: dict[str, int] = {}
        self.of_fact: list[int] = []  # the frames of each fact, as bits
        place = 0
        for of_fact in frames:
            meeting: dict[str, int] = {}
            self.of_fact.append(((1 << len(of_fact)) - 1) << place)
            for _ in of_fact:
                self._ask(place, meeting, index)
                place += 1
            self._meeting.append(meeting)

    def _ask(self, place: int, meeting: dict[str, int], index: TermIndex) -> None:
        needs = self._needs[place]
        for nth in range(self._most):
            bit = 1 << (place + nth * self._size)
            if nth >= len(needs):
                self._unasked |= bit
                continue
            lists = index.made_of(needs[nth].lists)
            for name in lists | _PRONOUN if needs[nth].pronoun else lists:
                meeting[name] = meeting.get(name, 0) | bit

    def among(self, matches: Iterable[Match]) -> int:
        """The frames, as bits, that can tell something of a sentence with these matches."""
        met = self._unasked
        for _, _, entry in matches:
            met |= self._met_by(entry) if entry.bits is None else entry.bits
        possible = (1 << self._size) - 1
        for _ in range(self._most):
            possible &= met
            met >>= self._size
        return possible

    def about(self, fact: int) -> frozenset[str]:
        """The lists of which a word stands in every clause that a fact's frames read."""
        own = (self._frames[place] for place in bits(self.of_fact[fact]))
        return frozenset().union(*(frame.about for frame in own))

    def reading(self, category: str) -> int:
        """The frames, as bits, that read sections of this category."""
        if category not in self._reading:
            self._reading[category] = sum(
                1 << place for place, frame in enumerate(self._frames) if frame.reads(category)
            )
        return self._reading[category]

    def meant(self, possible: int, classes: frozenset[str], before: frozenset[str]) -> list[Frame]:
        """Those of the `possible` frames that can tell something of words of these lists.

        `before` are the lists of what a pronoun of the sentence may stand for.
        """
        known = classes | before
        return [
            self._frames[place]
            for place in bits(possible)
            if all(
                not need.lists.isdisjoint(known if need.pronoun else classes)
                for need in self._needs[place]
            )
            and self._frames[place].may_tell(classes, before)
        ]

    def _met_by(self, entry: Entry) -> int:
        met = 0
        for lists, meeting in zip(self._read_with, self._meeting, strict=True):
            for name in entry.lists:
                if name in lists:
                    met |= meeting.get(name, 0)
        entry.bits = met
        return met
