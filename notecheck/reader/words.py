"""What each word weighs by itself, summed once and kept, since notes repeat their words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from threading import Lock
from typing import Any

import numpy as np
import numpy.typing as npt

from notecheck.reader.features import place_beside, place_of_word, places_in_word

_FIRST_ROOM = 2_048  # words; doubled when full
# Words that are kept, before a table is made anew: 4 MB. The words of real notes are some 25,000,
# but the rare ones are cheaper to sum again than to keep.
MOST = 8 * _FIRST_ROOM
Sums = npt.NDArray[np.int32]


class WordTable:
    """The sums of a word's weights: its own, its letters', and as a neighbour's word.

    Words are only ever added, so that threads may share a table.
    """

    def __init__(self, weights: npt.NDArray[np.int8]) -> None:
        self._weights = weights
        self._numbers: dict[str, int] = {}
        self._adding = Lock()
        shape = (_FIRST_ROOM, weights.shape[1])
        self._own, self._beside = (np.zeros(shape, weights.dtype) for _ in range(2))
        self._letters = np.zeros(shape, np.int32)
        self._spelt = np.zeros(_FIRST_ROOM, np.int32)  # how many runs of letters a word has

    def __len__(self) -> int:
        return len(self._numbers)

    def learn(self, words: Iterable[str]) -> None:
        """Add the words that the table does not know yet, all at once."""
        with self._adding:
            new = [word for word in set(words) if word not in self._numbers]
            if new:
                self._add(new)

    def numbers(self, words: Iterable[str]) -> list[int]:
        """The number of each word, all of which the table has learnt."""
        return list(map(self._numbers.__getitem__, words))

    def own(self, rows: Sequence[Sequence[int]]) -> Sums:
        """The sums of each row of words' numbers."""
        return summed(self._own, rows)

    def letters(self, rows: Sequence[Sequence[int]]) -> tuple[Sums, Sums]:
        """The same of the words' runs of letters, and how many these are."""
        return summed(self._letters, rows), summed(self._spelt[:, None], rows)[:, 0]

    def beside(self, rows: Sequence[Sequence[int]]) -> Sums:
        """The same of the words as a neighbour's."""
        return summed(self._beside, rows)

    def weights_of(self, numbers: Sequence[int], columns: Sequence[int]) -> npt.NDArray[np.float64]:
        """What each word weighs for each of these values, by itself and by its letters."""
        lines = np.array(numbers)[:, None]
        letters = self._letters[lines, columns] / np.sqrt(self._spelt[lines])
        return np.asarray(self._own[lines, columns] + letters)

    def _add(self, words: Sequence[str]) -> None:
        first, last = len(self._numbers), len(self._numbers) + len(words)
        while last > len(self._spelt):
            self._grow()
        letters = list(map(places_in_word, words))
        self._own[first:last] = self._weights[list(map(place_of_word, words))]
        self._letters[first:last] = summed(self._weights, letters)
        self._beside[first:last] = self._weights[list(map(place_beside, words))]
        self._spelt[first:last] = list(map(len, letters))
        # Last: from here on other threads look them up.
        self._numbers.update(zip(words, range(first, last), strict=True))

    def _grow(self) -> None:
        for name in ("_own", "_letters", "_beside", "_spelt"):
            array = getattr(self, name)
            setattr(self, name, np.concatenate([array, np.zeros_like(array)]))


def summed(array: npt.NDArray[Any], rows: Sequence[Sequence[int]]) -> Sums:
    """The sum of the array's lines that each row names; of an empty row, nothing."""
    total = np.zeros((len(rows), array.shape[1]), dtype=np.int32)
    sizes = np.array(list(map(len, rows)), dtype=np.intp)
    filled = sizes > 0
    if filled.any():
        starts = (np.cumsum(sizes) - sizes)[filled]
        named = np.fromiter(chain.from_iterable(rows), np.intp, int(sizes.sum()))
        lines = array.take(named, axis=0)  # a quarter faster than by a list in brackets
        total[filled] = np.add.reduceat(lines, starts, axis=0, dtype=np.int32)
    return total
