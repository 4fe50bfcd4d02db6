"""Finds what the frames of phrases say, sentence by sentence."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

from notecheck.rules.model import FrameRecord, TermRecord
from notecheck.rules.pattern import Pattern
from notecheck.rules.word_index import bits
from notecheck.statements.needed_words import NeededWords
from notecheck.statements.phrase_index import PhraseIndex
from notecheck.statements.phrase_items import Ready, literals, ready
from notecheck.statements.phrase_text import End, Text
from notecheck.statements.statement import S, Statement
from notecheck.statements.words import Wording

_MOST_KNOWN = 1_000  # ways in which the entities of a sentence come together
_ENDS_BEFORE = frozenset(".")
_ENDS_AFTER = frozenset(";.,")
_LONGEST_BEFORE = 10  # words of what may not stand right before a frame's own


@dataclass(frozen=True, slots=True)
class _Phrase:
    frame: int
    items: tuple[Ready, ...]
    beginning: frozenset[str] | None  # the words with which it begins, where that is known
    lists: tuple[int, ...]  # the phrases, as bits, of each list without which it stands nowhere
    entities: int  # the entities, as bits, without which it does not


@dataclass(slots=True)
class _Found:
    """A frame's words, `first` to `last` of a sentence."""

    first: int
    end: End
    record: FrameRecord


class PhraseFinder:
    """The frames that are told by phrases.

    A sentence's words tell which phrases it may hold: each is known by a bit, and a word's answer
    is one number. Of a frame's phrases that overlap one is taken, see `_apart`.
    """

    def __init__(
        self,
        terms: Iterable[TermRecord],
        irregular: Mapping[str, tuple[str, ...]],
        frames: Iterable[FrameRecord],
        entities: Mapping[str, Pattern],
    ) -> None:
        self._index = PhraseIndex(terms, irregular, entities)
        openings = self._index.openings
        self._frames = list(frames)
        self._phrases: list[_Phrase] = []
        needs: list[list[frozenset[str]]] = []
        for place, frame in enumerate(self._frames):
            stops = openings.words(frame.not_between)
            details = {name: detail for detail, name in frame.details.items()}
            for phrase in frame.phrases:
                items = self._index.opened(ready(phrase, stops, details))
                names = self._index.asked(items)
                lists = tuple(filter(None, map(self._index.phrases_of, names)))
                asked = self._index.entities_of(names)
                self._phrases.append(_Phrase(place, items, openings.opens(items), lists, asked))
                needs.append(openings.needs(items))
        self._needed = NeededWords(needs)
        # The phrases, as bits, that ask for an entity: without it none of them stands.
        self._asking: dict[int, int] = {}
        for place, made in enumerate(self._phrases):
            for entity in bits(made.entities):
                self._asking[1 << entity] = self._asking.get(1 << entity, 0) | 1 << place
        self._with_entities: dict[int, int] = {}
        self._in_category: dict[str, int] = {}
        self._telling: dict[str, int] = {}

    @property
    def vocabulary(self) -> frozenset[str]:
        """Every word of the phrases and of the lists that they name, in every form."""
        said = {word for phrase in self._phrases for word in literals(phrase.items)}
        return self._index.vocabulary | said

    def find(
        self, lines: Sequence[Wording], sentences: Sequence[S], *, opens: bool
    ) -> Iterator[Statement[S]]:
        """The statements of sentences, the first of which `opens` its document or does not.

        `lines` are the sentences by themselves.
        """
        for nth, (line, sentence) in enumerate(zip(lines, sentences, strict=True)):
            text = Text(line, opens and nth == 0)
            possible = self._needed.possible(text.texts) & self._reading(
                sentence.category or "none"
            )
            if possible:
                for one in self._found(possible, text):
                    yield self._statement(one, text, sentence)

    def tell(self, fact: str, told: str) -> bool:
        """Whether the frames of a fact find anything in the beginning of a document."""
        text = Text(Wording(told), opening=True)
        return bool(self._found(self._needed.possible(text.texts) & self._of_fact(fact), text))

    def _of_fact(self, fact: str) -> int:
        """The phrases, as bits, of the frames of a fact."""
        if fact not in self._telling:
            self._telling[fact] = sum(
                1 << place
                for place, phrase in enumerate(self._phrases)
                if self._frames[phrase.frame].fact == fact
            )
        return self._telling[fact]

    def _reading(self, category: str) -> int:
        """The phrases, as bits, whose frames read sections of this category."""
        if category not in self._in_category:
            self._in_category[category] = sum(
                1 << place
                for place, phrase in enumerate(self._phrases)
                if _reads(self._frames[phrase.frame], category)
            )
        return self._in_category[category]

    def _found(self, possible: int, text: Text) -> list[_Found]:
        index = self._index
        lists = index.may_stand(text)
        possible &= self._standing_with(index.entities_that_may_stand(text))
        by_id: dict[str, list[_Found]] = {}
        for place in bits(possible):
            phrase = self._phrases[place]
            if not all(map(lists.__and__, phrase.lists)):
                continue
            record = self._frames[phrase.frame]
            for at in index.starts(phrase.items, phrase.beginning, text):
                ends = index.ends(phrase.items, text, at)
                if ends and not self._forbidden(record, text, at, ends[0]):
                    by_id.setdefault(record.id, []).append(_Found(at, ends[0], record))
        kept: list[_Found] = []
        for found in by_id.values():
            if not self._nowhere(found[0].record, text):
                kept += _apart(found)
        return kept

    def _standing_with(self, entities: int) -> int:
        """The phrases, as bits, that ask for none but these entities."""
        if entities not in self._with_entities:
            if len(self._with_entities) >= _MOST_KNOWN:
                self._with_entities.clear()
            missing = (asking for entity, asking in self._asking.items() if not entity & entities)
            self._with_entities[entities] = ~reduce(or_, missing, 0)
        return self._with_entities[entities]

    def _forbidden(self, record: FrameRecord, text: Text, at: int, end: End) -> bool:
        """Whether a word right before or after, or the owner of a detail, makes it another."""
        of_list = self._index.of_list
        if record.not_before and any(of_list(name, text, end.at) for name in record.not_before):
            return True
        if (
            record.only_before
            and end.at < len(text.texts)
            and not any(of_list(name, text, end.at) for name in record.only_before)
        ):
            return True
        if record.not_after and any(
            last.at == at
            for name in record.not_after
            for first in range(max(0, at - _LONGEST_BEFORE), at)
            for last in of_list(name, text, first)
        ):
            return True
        return bool(record.not_shared) and any(
            self._index.shares(name, text, end.details) for name in record.not_shared
        )

    def _nowhere(self, record: FrameRecord, text: Text) -> bool:
        """Whether a word that forbids the frame stands anywhere in the sentence."""
        return any(self._index.stands(name, text) for name in record.nowhere)

    def _reach(self, found: _Found, text: Text) -> tuple[int, int]:
        """The first and the last word of what a frame's phrase tells, with what it takes in."""
        record, first, last = found.record, found.first, found.end.at - 1
        if record.before:
            places = range(first - 1, -1, -1)
            first -= _over(text.texts, places, record.before, _ENDS_BEFORE)
        if record.after:
            stops = _ENDS_AFTER | self._index.openings.words(record.until)
            last += _over(text.texts, range(last + 1, len(text.texts)), record.after, stops)
        return first, last

    def _statement(self, found: _Found, text: Text, sentence: S) -> Statement[S]:
        record, words, start = found.record, text.wording.words, sentence.start
        first, last = self._reach(found, text)
        parts = [(f"phrases {name}", " ".join(text.texts[a : b + 1]))
                 for name, a, b in found.end.details]  # fmt: skip
        return Statement(
            record.id,
            record.fact,
            record.value,
            start + words[first].start,
            start + words[last].end,
            sentence,
            None,
            None,
            None,
            tuple(parts),
            record.tells,
            {n: (start + words[a].start, start + words[b].end) for n, a, b in found.end.details},
        )


def _over(texts: Sequence[str], places: Iterable[int], most: int, stops: Container[str]) -> int:
    """How many of these places a statement goes on over: up to so many words, and to no stop."""
    passed = words = 0
    for place in places:
        text = texts[place]
        words += text[0].isalnum()
        if text in stops or words > most:
            break
        passed += 1
    return passed


def _reads(record: FrameRecord, category: str) -> bool:
    return category not in record.not_sections and (
        not record.sections or category in record.sections
    )


def _apart(found: Sequence[_Found]) -> list[_Found]:
    """Of those that overlap the first: of several values the one with the fewest words in gaps.

    Of one value the longest is taken.
    """
    if len(found) == 1:
        return list(found)
    by_first: dict[int, list[_Found]] = {}
    for one in found:
        by_first.setdefault(one.first, []).append(one)
    kept: list[_Found] = []
    for start, here in sorted(by_first.items()):
        if kept and start < kept[-1].end.at:
            continue
        value = min(here, key=lambda one: (one.end.skipped, -one.end.at)).record.value
        kept.append(max((f for f in here if f.record.value == value), key=lambda f: f.end.at))
    return kept
