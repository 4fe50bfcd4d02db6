"""How many slips of the pen lie between two words."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

_TWO_SLIPS_FROM = 10  # letters
_SHORTEST = 7  # letters; of a shorter word every other one is a neighbour


def slips_allowed(word: str) -> int:
    """How many slips may make another word of `word` that is still taken for it."""
    return 0 if len(word) < _SHORTEST else 2 if len(word) >= _TWO_SLIPS_FROM else 1


def slips_between(a: str, b: str) -> int:
    """Edit distance with neighbouring letters swapped as one slip."""
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        previous, before = before, row
        row = [i]
        for j, y in enumerate(b, 1):
            best = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                best = min(best, previous[j - 2] + 1)
            row.append(best)
    return row[-1]


def with_letters_left_out(word: str, most: int) -> Iterator[str]:
    """`word` without up to `most` of its letters.

    Words so many slips apart have one of these in common, which is how one is looked up.
    """
    for left_out in range(most + 1):
        for places in combinations(range(len(word)), len(word) - left_out):
            yield "".join(word[place] for place in places)
