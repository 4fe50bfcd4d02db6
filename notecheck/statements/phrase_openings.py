"""With which words a phrase may begin, and which it must hold: most are refused by these alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set

from notecheck.rules.phrase import FIRST, OPENING, SIGNS
from notecheck.statements.phrase_items import Ready, Token

_BEFORE_A_WORD = (((FIRST,),), ((OPENING,),))  # signs that ask for no word of their own


class PhraseOpenings:
    """Of the lists by id: the `plain` ones by their words, those of phrases as `said`, entities.

    What a list's phrases begin with is worked out once, when it is asked for.
    """

    def __init__(
        self,
        plain: Mapping[str, Iterable[str]],
        said: Mapping[str, Sequence[Sequence[Ready]]],
        entities: Set[str],
    ) -> None:
        self._plain = plain
        self._said = said
        self._entities = entities
        self._begins: dict[str, frozenset[str] | None] = {}
        self._opening: dict[str, frozenset[str] | None] = {}

    def words(self, names: Iterable[str]) -> frozenset[str]:
        """The words with which what these lists hold begins."""
        return frozenset(word for name in names for word in self._plain[name])

    def of_item(self, item: Ready) -> frozenset[str] | None:
        """The words with which an item begins; None of a gap, and if that may be any word."""
        told = [self.of_token(way[0]) for way in item.ways]
        known = [words for words in told if words is not None]
        return frozenset().union(*known) if known and len(known) == len(told) else None

    def needs(self, items: Sequence[Ready]) -> list[frozenset[str]]:
        """Sets of words of each of which a phrase of these items holds one."""
        asked = (self._first_of(item) for item in items if item.ways and not item.optional)
        return [words for words in asked if words is not None]

    def opens(self, items: Sequence[Ready]) -> frozenset[str] | None:
        """The words with which a phrase may begin; None if that may be any word."""
        found: set[str] = set()
        for item in items:
            if item.ways in _BEFORE_A_WORD:
                continue
            words = self.of_item(item)
            if words is None:
                return None
            found |= words
            if not item.optional:
                return frozenset(found)
        return None

    def of_token(self, token: Token) -> frozenset[str] | None:
        """The words with which a token may begin; None if that may be any word."""
        if isinstance(token, str) or token.name in self._plain:
            return self._words_of(token)
        return self._of_list(token.name)

    def _of_list(self, name: str) -> frozenset[str] | None:
        """The words with which what a list of phrases holds begins; None if that may be any."""
        if name in self._entities:
            return None
        if name not in self._opening:
            self._opening[name] = None  # a list that holds itself
            told = [self.opens(phrase) for phrase in self._said[name]]
            known = [words for words in told if words is not None]
            every = len(known) == len(told)
            self._opening[name] = frozenset().union(*known) if every else None
        return self._opening[name]

    def _first_of(self, item: Ready) -> frozenset[str] | None:
        found: set[str] = set()
        for way in item.ways:
            # The one of a way's words that tells most: lists of words, else the longest word.
            told = [w for w in map(self._words_of, way) if w is not None]
            if not told:
                return None
            found |= min(told, key=lambda words: (len(words) > 1, -max(map(len, words))))
        return frozenset(found)

    def _words_of(self, token: Token) -> frozenset[str] | None:
        """Words of which a token holds one; None where that is not known."""
        if token in SIGNS:
            return None
        if isinstance(token, str):
            return frozenset({token})
        name = token.name
        if name in self._plain:
            return frozenset(self._plain[name])
        if name in self._entities:
            return None
        if name not in self._begins:
            self._begins[name] = None  # a list that holds itself
            found: set[str] = set()
            for phrase in self._said[name]:
                asked = self.needs(phrase)
                if not asked:
                    return None
                found |= min(asked, key=len)
            self._begins[name] = frozenset(found)
        return self._begins[name]
