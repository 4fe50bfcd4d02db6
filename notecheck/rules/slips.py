"""How many slips of the pen lie between two words."""

from __future__ import annotations

from collections.abc import Iterable

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


class Slips:
    """Tells of which words another is a slip."""

    def __init__(self, words: Iterable[str]) -> None:
        # By first letter, which no slip changes, and length.
        self._meant: dict[tuple[str, int], list[tuple[str, int, frozenset[str]]]] = {}
        for word in sorted(set(words)):
            most = slips_allowed(word)
            for length in range(len(word) - most, len(word) + most + 1) if most else ():
                meant = self._meant.setdefault((word[0], length), [])
                meant.append((word, most, frozenset(word)))

    def near(self, word: str) -> list[str]:
        """The words of which `word`, in lower case, is a slip or which it is itself."""
        return [
            meant
            for meant, most, letters in self._meant.get((word[0], len(word)), ())
            # A slip takes away one kind of letter at most, which is quickly seen.
            if len(letters.difference(word)) <= most and slips_between(word, meant) <= most
        ]
