"""The word lists that phrases name: where a word of a list stands in a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import NamedTuple

from notecheck.rules.model import TermRecord
from notecheck.rules.pattern_text import AGAIN, translate
from notecheck.rules.phrase import FIRST, HYPHEN, OPENING, SIGNS, Choice, Gap, Item, Listed, parse
from notecheck.statements.terms import phrases_of
from notecheck.statements.words import Wording
from notecheck.statements.words import split as words_in

_TIED = re.compile(r"(?<=\w)-(?=\w)")
Details = tuple[tuple[str, int, int], ...]  # a name, and the first and the last word of it
_MOST_KNOWN = 10_000  # words of a list that are kept with what begins with them
_TURNS_MEANING = frozenset({
    "not", "never", "without", "nor", "no", "none", "if", "unless", "would", "should", "could",
    "may", "might", "but", "cannot", "neither", ";",
})  # fmt: skip

_PARTS = frozenset(".,;:()") | {"and"}  # after these a new part of a sentence begins
_BOX_OPENS, _BOX_CLOSES = frozenset("(["), frozenset(")]")


class Named(NamedTuple):
    """What a list holds, and the detail that it tells."""

    name: str
    detail: str | None = None


Token = str | Named


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
    known: dict[tuple[str, int], tuple[End, ...]] = field(default_factory=dict)
    entities: dict[str, dict[int, list[End]]] = field(default_factory=dict)
    stands: dict[str, bool] = field(default_factory=dict)
    _at: dict[str, list[int]] = field(default_factory=dict)
    _glued: frozenset[int] | None = None

    def __post_init__(self) -> None:
        self.texts = bare(self.wording.texts)

    @property
    def glued(self) -> frozenset[int]:
        """The words that a hyphen ties to the one before."""
        if self._glued is None:
            told, words = self.wording.text, self.wording.words
            self._glued = frozenset(
                place
                for place, (before, word) in enumerate(pairwise(words), 1)
                if before.end < word.start and not told[before.end : word.start].strip("-")
            )
        return self._glued

    def places(self, beginning: frozenset[str] | None) -> Sequence[int]:
        """The places of these words, in order; of any words, all."""
        if beginning is None:
            return range(len(self.texts))
        if not self._at:
            for place, word in enumerate(self.texts):
                self._at.setdefault(word, []).append(place)
        told = self._at.keys() & beginning
        return sorted(place for word in told for place in self._at[word])


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


class PhraseIndex:
    """The lists that phrases name, by id; an entity is found by its expression."""

    def __init__(
        self,
        terms: Iterable[TermRecord],
        irregular: Mapping[str, tuple[str, ...]],
        lexicon: Mapping[str, str],
    ) -> None:
        self._plain: dict[str, dict[str, list[tuple[str, ...]]]] = {}
        self._phrases: dict[str, list[tuple[Ready, ...]]] = {}
        self._entities: dict[str, re.Pattern[str]] = {}
        self._begins: dict[str, frozenset[str] | None] = {}
        self._opening: dict[str, frozenset[str] | None] = {}
        self._beginning: dict[tuple[str, str], list[tuple[Ready, ...]]] = {}
        for term in terms:
            if term.kind == "phrase":
                self._phrases[term.id] = [ready(phrase) for phrase in term.words]
            elif term.kind == "entity":
                self._entities[term.id] = re.compile(translate("|".join(term.words), lexicon))
            else:
                begins: dict[str, list[tuple[str, ...]]] = {}
                for phrase in {bare(phrase): None for phrase, _ in phrases_of(term, irregular)}:
                    begins.setdefault(phrase[0], []).append(phrase)
                for longest in begins.values():
                    longest.sort(key=len, reverse=True)
                self._plain[term.id] = begins
        self._phrases = {
            name: [self.opened(phrase) for phrase in phrases]
            for name, phrases in self._phrases.items()
        }

    @property
    def vocabulary(self) -> frozenset[str]:
        """Every word of the lists, in every form."""
        plain = (word for begins in self._plain.values() for row in begins.values()
                 for phrase in row for word in phrase)  # fmt: skip
        said = (word for phrases in self._phrases.values() for p in phrases for word in literals(p))
        return frozenset(plain) | frozenset(said)

    def words(self, names: Iterable[str]) -> frozenset[str]:
        """The words with which what these lists hold begins."""
        return frozenset(word for name in names for word in self._plain[name])

    def opened(self, items: Sequence[Ready]) -> tuple[Ready, ...]:
        """The items, each with the words with which it begins: most are refused by the first.

        A gap has the words that may not stand in it.
        """
        return tuple(
            replace(
                item,
                opening=self._opening_of(item),
                stops=item.stops | self.words([item.without] if item.without else []),
            )
            for item in items
        )

    def _opening_of(self, item: Ready) -> frozenset[str] | None:
        """The words with which an item begins; None of a gap, and if that may be any word."""
        told = [self._opening_words(way[0]) for way in item.ways]
        known = [words for words in told if words is not None]
        return frozenset().union(*known) if known and len(known) == len(told) else None

    def begins(self, items: Sequence[Ready]) -> list[frozenset[str] | None]:
        """For each item that must be there, the words of which one must be; None if any may."""
        return [self._first_of(item) for item in items if item.ways and not item.optional]

    def opens(self, items: Sequence[Ready]) -> frozenset[str] | None:
        """The words with which a phrase may begin; None if that may be any word."""
        found: set[str] = set()
        for item in items:
            words = self._opening_of(item)
            if words is None:
                return None
            found |= words
            if not item.optional:
                return frozenset(found)
        return None

    def _opening_words(self, token: Token) -> frozenset[str] | None:
        """The words with which a token may begin; None if that may be any word."""
        if isinstance(token, str) or token.name in self._plain:
            return self._words_of(token)
        if token.name in self._entities:
            return None
        if token.name not in self._opening:
            self._opening[token.name] = None  # a list that holds itself
            told = [self.opens(phrase) for phrase in self._phrases[token.name]]
            known = [words for words in told if words is not None]
            every = len(known) == len(told)
            self._opening[token.name] = frozenset().union(*known) if every else None
        return self._opening[token.name]

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
            found: set[str] = set()
            for phrase in self._phrases[name]:
                asked = [words for words in self.begins(phrase) if words is not None]
                if not asked:
                    self._begins[name] = None
                    return None
                found |= min(asked, key=len)
            self._begins[name] = frozenset(found)
        return self._begins[name]

    def ends(self, items: Sequence[Ready], text: Text, at: int, nth: int = 0) -> Iterator[End]:
        """Where a phrase that begins at a word may end, the likeliest first."""
        if nth == len(items):
            yield End(at)
            return
        item = items[nth]
        if not item.ways:
            over = self._over_listed(text, at, item) if item.only else _over(text, at, item)
            for place in over:
                for last in self.ends(items, text, place, nth + 1):
                    yield End(place, (), place - at).then(last)
            return
        here = text.texts[at] if at < len(text.texts) else ""
        ways = item.ways if item.opening is None or here in item.opening else ()
        for way in ways:
            if len(way) == 1 and way[0] == here:  # a word: most are
                yield from self.ends(items, text, at + 1, nth + 1)
                continue
            for end in self._way(way, text, at):
                for last in self.ends(items, text, end.at, nth + 1):
                    yield end.then(last)
        if item.optional:
            yield from self.ends(items, text, at, nth + 1)

    def _over_listed(self, text: Text, at: int, gap: Ready) -> Iterator[int]:
        """The places to which the words of a gap's own list lead."""
        assert gap.only is not None
        yield at
        for _ in range(gap.gap):
            ends = self.of_list(gap.only, text, at)
            if not ends:
                return
            at = ends[0].at
            yield at

    def _way(self, way: tuple[Token, ...], text: Text, at: int, nth: int = 0) -> Iterator[End]:
        if nth == len(way):
            yield End(at)
            return
        token = way[nth]
        if token in SIGNS:
            if _is_there(token, text, at):
                yield from self._way(way, text, at, nth + 1)
            return
        if isinstance(token, str):
            if at < len(text.texts) and text.texts[at] == token:
                yield from self._way(way, text, at + 1, nth + 1)
            return
        for end in self.of_list(token.name, text, at):
            if token.detail:
                end = End(end.at, (*end.details, (token.detail, at, end.at - 1)), end.skipped)
            for last in self._way(way, text, end.at, nth + 1):
                yield end.then(last)

    def asked(self, items: Sequence[Ready]) -> tuple[str, ...]:
        """The lists without which a phrase stands nowhere."""
        must = (item.ways[0] for item in items if len(item.ways) == 1 and not item.optional)
        return tuple(token.name for way in must for token in way if isinstance(token, Named))

    def stands(self, name: str, text: Text) -> bool:
        """Whether what a list holds stands anywhere in a sentence."""
        if name not in text.stands:
            places = text.places(self._opening_words(Named(name)))
            text.stands[name] = any(self.of_list(name, text, at) for at in places)
        return text.stands[name]

    def shares(self, name: str, text: Text, details: Details) -> bool:
        """Whether a phrase of a list tells one of these details."""
        return any(
            detail in details
            for at in text.places(self._opening_words(Named(name)))
            for end in self.of_list(name, text, at)
            for detail in end.details
        )

    def of_list(self, name: str, text: Text, at: int) -> tuple[End, ...]:
        """Where what a list holds ends, if it stands at this word, the longest first."""
        if at >= len(text.texts):
            return ()
        if name in self._plain:
            rows = self._plain[name].get(text.texts[at])
            if not rows:
                return ()
            return tuple(
                End(at + len(row)) for row in rows if text.texts[at : at + len(row)] == row
            )
        if name in self._entities:
            return tuple(self._entity(name, text).get(at, ()))
        phrases = self._beginning_with(name, text.texts[at])
        if not phrases:
            return ()
        key = name, at
        if key not in text.known:
            text.known[key] = ()  # a list that holds itself holds nothing there
            ends = {e.at: e for p in reversed(phrases) for e in self.ends(p, text, at)}
            text.known[key] = tuple(sorted(ends.values(), key=lambda end: -end.at))
        return text.known[key]

    def _beginning_with(self, name: str, word: str) -> list[tuple[Ready, ...]]:
        """The phrases of a list that may begin with a word."""
        key = name, word
        if key not in self._beginning:
            if len(self._beginning) >= _MOST_KNOWN:
                self._beginning.clear()
            told = [(phrase, self.opens(phrase)) for phrase in self._phrases[name]]
            self._beginning[key] = [p for p, opens in told if opens is None or word in opens]
        return self._beginning[key]

    def starts(
        self, items: Sequence[Ready], opens: frozenset[str] | None, text: Text
    ) -> Iterable[int]:
        """The places where a phrase that `opens` with these words may begin."""
        first = items[0]
        if opens is None and len(first.ways) == 1 and not first.optional:
            token = first.ways[0][0]
            if isinstance(token, Named) and token.name in self._entities:
                return sorted(self._entity(token.name, text))
        return text.places(opens)

    def _entity(self, name: str, text: Text) -> dict[int, list[End]]:
        if name not in text.entities:
            text.entities[name] = self._found(name, text)
        return text.entities[name]

    def _found(self, name: str, text: Text) -> dict[int, list[End]]:
        """Where an entity stands in a sentence, with its details."""
        found: dict[int, list[End]] = {}
        matches = list(self._entities[name].finditer(text.wording.text))
        if not matches:
            return found  # most: where the words stand need not be known
        first = {word.start: place for place, word in enumerate(text.wording.words)}
        last = {word.end: place for place, word in enumerate(text.wording.words)}
        for match in matches:
            if match.start() in first and match.end() in last:
                details = tuple(
                    (group.partition(AGAIN)[0], first[match.start(group)], last[match.end(group)])
                    for group, told in match.groupdict().items()
                    if told and match.start(group) in first and match.end(group) in last
                )
                end = End(last[match.end()] + 1, details)
                found.setdefault(first[match.start()], []).append(end)
        return found


def bare(words: Iterable[str]) -> tuple[str, ...]:
    """Words without the "'s" of an owner: "the fracture's edge" holds a fracture."""
    return tuple(word.removesuffix("'s") if len(word) > 2 else word for word in words)


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
            item.most, (), optional=True, stops=stops, only=item.only, without=item.without
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


def _is_there(sign: Token, text: Text, at: int) -> bool:
    """Whether what a sign stands for is right before this word."""
    if sign == FIRST:
        return text.opening and at == 0
    if sign == OPENING:
        return at == 0 or text.texts[at - 1] in _PARTS
    if sign == HYPHEN:
        return at in text.glued
    return not any(word[0].isalnum() for word in text.texts[at:])


def literals(items: Iterable[Ready]) -> Iterator[str]:
    """The words that stand for themselves."""
    tokens = (t for item in items for way in item.ways for t in way)
    return (t for t in tokens if isinstance(t, str) and t not in SIGNS)


def _over(sentence: Text, at: int, gap: Ready) -> Iterator[int]:
    """The places to which the words of a gap lead, signs between them passed over."""
    words, most, texts = 0, gap.gap, sentence.texts
    yield at
    while at < len(texts) and words <= most:
        text = texts[at]
        if text in _TURNS_MEANING or text in gap.stops or _is_box(texts, at):
            return
        if text[0].isalnum() and at not in sentence.glued:
            words += 1
            if words > most:
                return
        at += 1
        yield at


def _is_box(texts: Sequence[str], at: int) -> bool:
    """Whether a check box begins here: what is ticked and what not are two statements."""
    if texts[at] not in _BOX_OPENS:
        return False
    inside = at + 1 + (texts[at + 1 : at + 2] == ("x",))
    return inside < len(texts) and texts[inside] in _BOX_CLOSES
