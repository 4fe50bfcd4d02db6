"""A sentence in which phrases are looked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from notecheck.rules.phrase import FIRST, HYPHEN, OPENING
from notecheck.statements.clause_words import clause_words
from notecheck.statements.phrase_items import OWNER, Ready, Token, bare
from notecheck.statements.words import Wording

Details = tuple[tuple[str, int, int], ...]  # a name, and the first and the last word of it
_BOX_OPENS, _BOX_CLOSES = frozenset("(["), frozenset(")]")


class End(NamedTuple):
    """Where a phrase may end: `at` the word after its last, with the details told in it."""

    at: int
    details: Details = ()
    skipped: int = 0  # words that stand in gaps

    def then(self, last: End) -> End:
        """Where what begins here ends, with what was told before."""
        if not self.details and not self.skipped:
            return last
        return End(last.at, self.details + last.details, self.skipped + last.skipped)


@dataclass(slots=True)
class Text:
    """The words of a sentence, and what is known of the lists in it."""

    wording: Wording
    opening: bool  # whether it is the first of its document
    texts: tuple[str, ...] = field(init=False)  # without the "'s" of an owner
    possible: int | None = None  # the lists' phrases, as bits, that its words allow
    possible_entities: int | None = None  # the entities, likewise
    known: dict[tuple[str, int], Sequence[End]] = field(default_factory=dict)
    entities: dict[str, dict[int, list[End]]] = field(default_factory=dict)
    stands: dict[str, bool] = field(default_factory=dict)
    _glued: frozenset[int] | None = None
    _beginnings: list[int] | None = None

    def __post_init__(self) -> None:
        texts = self.wording.texts
        self.texts = bare(texts) if OWNER in self.wording.text else texts

    @property
    def glued(self) -> frozenset[int]:
        """The words that a hyphen ties to the one before."""
        if self._glued is None and "-" not in self.wording.text:
            self._glued = frozenset()  # most: where the words stand need not be known
        if self._glued is None:
            told, words = self.wording.text, self.wording.words
            self._glued = frozenset(
                place
                for place, (before, word) in enumerate(pairwise(words), 1)
                if before.end < word.start and not told[before.end : word.start].strip("-")
            )
        return self._glued

    @property
    def beginnings(self) -> list[int]:
        """The words before which a sentence or a part of it begins."""
        if self._beginnings is None:
            words = enumerate(self.texts[:-1], 1)
            self._beginnings = [0, *(place for place, word in words if word in _part_ends())]
        return self._beginnings

    def places(self, beginning: frozenset[str] | None) -> Sequence[int]:
        """The places of these words, in order; of any words, all."""
        if beginning is None:
            return range(len(self.texts))
        return [place for place, word in enumerate(self.texts) if word in beginning]

    def has(self, sign: Token, at: int) -> bool:
        """Whether what a sign stands for is right before this word."""
        if sign == FIRST:
            return self.opening and at == 0
        if sign == OPENING:
            return at == 0 or self.texts[at - 1] in _part_ends()
        if sign == HYPHEN:
            return at in self.glued
        return not any(word[0].isalnum() for word in self.texts[at:])

    def over(self, at: int, gap: Ready) -> list[int]:
        """The places to which the words of a gap lead, signs between them passed over."""
        words, texts, glued = 0, self.texts, self.glued
        places = [at]
        for place in range(at, len(texts)):
            text = texts[place]
            if text in gap.stops or _is_box(texts, place):
                break
            if text[0].isalnum() and place not in glued:
                words += 1
                if words > gap.gap:
                    break
            places.append(place + 1)
        return places


@cache
def _part_ends() -> frozenset[str]:
    """The signs and words after which a new part of a sentence begins."""
    return frozenset(".,;:()") | clause_words().joins


def _is_box(texts: Sequence[str], at: int) -> bool:
    """Whether a check box begins here: what is ticked and what not are two statements."""
    if texts[at] not in _BOX_OPENS:
        return False
    ticked = not clause_words().ticks.isdisjoint(texts[at + 1 : at + 2])
    inside = at + 1 + ticked
    return inside < len(texts) and texts[inside] in _BOX_CLOSES
