"""How many slips of the pen lie between two words."""

from __future__ import annotations

import re
from collections.abc import Iterable

_TWO_SLIPS_FROM = 10  # letters
_ENDINGS = ("al", "le", "el")  # of one sound: "proximle"
_SOFT_C = re.compile("c(?=[eiy])")
_AS_HEARD = str.maketrans("czq", "ksk", "aeiouyhw")  # letters of one sound, and those of none
_DOUBLED = re.compile(r"(.)\1+")
_TWO_SLIPS = 2
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


def sound(word: str) -> str:
    """What two spellings of a word have in common: its first letter and its consonants, as heard.

    "devided" and "divided", "interupted" and "interrupted" sound alike.
    """
    plain = word.replace("ph", "f").replace("ck", "k")
    if "c" in plain:
        plain = _SOFT_C.sub("s", plain)
    return _DOUBLED.sub(r"\1", word[0] + plain[1:].translate(_AS_HEARD))


class Slips:
    """Tells of which words another is a slip.

    Of `words` it may be any slip; of the words `by_ear`, which are many, only one that sounds the
    same, since every slip of any word would make one real word of another.
    """

    def __init__(self, words: Iterable[str], by_ear: Iterable[str] = ()) -> None:
        self._by_ear: dict[str, list[str]] = {}
        # First letter and length of what may be a slip of one of them: most words are refused here.
        self._may_be_heard: set[tuple[str, int]] = set()
        for word in sorted(set(by_ear)):
            if word.isalpha() and len(word) >= _SHORTEST:
                self._by_ear.setdefault(sound(word), []).append(word)
                self._may_be_heard.update((word[0], size) for size in _sizes(word, _most(word)))
        # By first letter, which no slip changes, and length.
        self._meant: dict[tuple[str, int], list[tuple[str, int, frozenset[str]]]] = {}
        for word in sorted(set(words)):
            most = slips_allowed(word)
            for length in _sizes(word, most) if most else ():
                meant = self._meant.setdefault((word[0], length), [])
                meant.append((word, most, frozenset(word)))

    def near(self, word: str) -> list[str]:
        """The words of which `word`, in lower case, is a slip of the fewest letters, or itself."""
        if len(word) < _SHORTEST - 1:
            return []
        near = {
            meant: number
            for meant, most, letters in self._meant.get((word[0], len(word)), ())
            # A slip takes away one kind of letter at most, which is quickly seen.
            if len(letters.difference(word)) <= most
            and (number := slips_between(word, meant)) <= most
        }
        least = min(near.values(), default=0)
        return [m for m, number in near.items() if number == least] or self._sounding_alike(word)

    def put_together(self, word: str) -> list[str]:
        """The words that `word`, put together of parts of it, is meant for.

        Whoever writes "isk emia" wrote what was heard: one slip more than in one piece is let pass.
        """
        if (word[0], len(word)) not in self._may_be_heard:
            return []
        alike = self._by_ear.get(sound(word), ())
        return [m for m in alike if slips_between(word, m) <= _TWO_SLIPS]

    def _sounding_alike(self, word: str) -> list[str]:
        """The words of one slip more or less that sound as `word` does."""
        if (word[0], len(word)) not in self._may_be_heard:
            return []
        alike = self._by_ear.get(sound(word), ())
        return [m for m in alike if slips_between(_ended_as(m, word), m) <= _most(m)]


def _ended_as(meant: str, word: str) -> str:
    """The word with the ending of what may be meant, where both endings sound the same."""
    alike = meant.endswith(_ENDINGS) and word.endswith(_ENDINGS)
    return word[:-2] + meant[-2:] if alike else word


def _sizes(word: str, most: int) -> range:
    """How many letters a word may have that is `most` slips away from `word`."""
    return range(len(word) - most, len(word) + most + 1)


def _most(meant: str) -> int:
    """How many slips a word that sounds as `meant` does may be away from it."""
    return max(1, slips_allowed(meant))
