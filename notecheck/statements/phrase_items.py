"""The items of phrases made ready to be looked for in the words of a sentence."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from notecheck.rules.phrase import HYPHEN, SIGNS, Choice, Gap, Item, Listed, parse
from notecheck.statements.clause_words import clause_words
from notecheck.statements.words import split as words_in

if TYPE_CHECKING:
    from notecheck.statements.phrase_text import End, Text

OWNER = "'s"
_ENDS_GAP = frozenset(";")
_TIED = re.compile(r"(?<=\w)-(?=\w)")


class Named(NamedTuple):
    """What a list holds, and the detail that it tells."""

    name: str
    detail: str | None = None


Token = str | Named
# Where a way ends, the likeliest first, if it stands at this word of a text.
Finder = Callable[["Text", int], "Sequence[End]"]


@dataclass(frozen=True, slots=True)
class Ready:
    """An item of a phrase made ready: a gap of up to `gap` words, or one of `ways`."""

    gap: int
    ways: tuple[tuple[Token, ...], ...]
    optional: bool
    stops: frozenset[str] = frozenset()  # words that may not stand in the gap
    only: str | None = None  # the list that its words must be of
    without: str | None = None  # the list that none of its words may begin one of
    opening: frozenset[str] | None = None  # the words with which it begins, where that is known
    words: frozenset[str] | None = None  # all that it may be, where that is always one word
    finders: tuple[Finder, ...] = ()  # of its ways

    def opened(
        self,
        opening: frozenset[str] | None,
        stops: frozenset[str],
        finders: tuple[Finder, ...],
    ) -> Ready:
        """The same, with the words with which it begins, more `stops`, and its ways' finders."""
        one_word = self.ways and not self.optional and all(map(_is_word, self.ways))
        return Ready(
            self.gap,
            self.ways,
            self.optional,
            self.stops | stops,
            self.only,
            self.without,
            opening,
            opening if one_word else None,
            finders,
        )


def _is_word(way: tuple[Token, ...]) -> bool:
    return len(way) == 1 and isinstance(way[0], str) and way[0] not in SIGNS


def ready(
    phrase: str, stops: frozenset[str] = frozenset(), details: Mapping[str, str] | None = None
) -> tuple[Ready, ...]:
    """A phrase made ready to be looked for; none of `stops` may stand in its gaps.

    `details` gives the lists whose words are details of what is told, each with the detail's name.
    """
    return tuple(_ready(item, stops, details or {}) for item in parse(phrase))


def _ready(item: Item, stops: frozenset[str], details: Mapping[str, str]) -> Ready:
    if isinstance(item, Gap):
        return Ready(
            item.most,
            (),
            optional=True,
            stops=stops | clause_words().turns_meaning | _ENDS_GAP,
            only=item.only,
            without=item.without,
        )
    assert isinstance(item, Choice)
    ways = [
        tuple(
            token
            for step in way
            for token in (
                (Named(step.name, details.get(step.name)),)
                if isinstance(step, Listed)
                else _tokens(step.text)
            )
        )
        for way in item.ways
    ]
    return Ready(0, tuple(ways), item.optional)


def _tokens(text: str) -> tuple[str, ...]:
    """The words of a step, and between two that it ties the sign for their hyphen."""
    if text in SIGNS:
        return (text,)
    first, *others = _TIED.split(text)
    return (*bare(words_in(first)), *(t for o in others for t in (HYPHEN, *bare(words_in(o)))))


def bare(words: Iterable[str]) -> tuple[str, ...]:
    """Words without the "'s" of an owner: "the fracture's edge" holds a fracture."""
    return tuple(word.removesuffix(OWNER) if len(word) > 2 else word for word in words)


def literals(items: Iterable[Ready]) -> Iterator[str]:
    """The words that stand for themselves."""
    tokens = (t for item in items for way in item.ways for t in way)
    return (t for t in tokens if isinstance(t, str) and t not in SIGNS)
