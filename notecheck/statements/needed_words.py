"""Which of many phrases a sentence's words allow."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce
from operator import or_

from notecheck.rules.word_index import asked_for

_MOST_ASKED = 3  # words of a phrase that are looked up; the others rule out little more


class NeededWords:
    """Phrases, each known by a bit, in the order given; a word's answer is one number.

    `needs` are for each phrase sets of words, of each of which it holds one.
    """

    def __init__(self, needs: Sequence[Iterable[frozenset[str]]]) -> None:
        self._size = len(needs)
        self._all = (1 << self._size) - 1
        fewest = [sorted(every, key=len) for every in needs]
        self._unasked, self._by_word = asked_for(fewest, _MOST_ASKED)

    def possible(self, words: Iterable[str]) -> int:
        """The phrases, as bits, whose needs these words meet."""
        met = reduce(or_, filter(None, map(self._by_word.get, words)), self._unasked)
        possible = self._all
        for _ in range(_MOST_ASKED):
            possible &= met
            met >>= self._size
        return possible
