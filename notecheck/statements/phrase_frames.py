"""Finds what the frames of phrases say, sentence by sentence."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from notecheck.rules.model import FrameRecord, TermRecord
from notecheck.rules.word_index import bits
from notecheck.statements.phrase_index import (
    End,
    PhraseIndex,
    Ready,
    Text,
    literals,
    ready,
)
from notecheck.statements.statement import S, Statement
from notecheck.statements.words import Wording

_ENDS_BEFORE = frozenset(".")
_ENDS_AFTER = frozenset(";.,")
_MOST_ASKED = 3  # words of a phrase that are looked up before it is tried
_MOST_KNOWN = 200  # sentences that are kept: notes repeat theirs


@dataclass(frozen=True, slots=True)
class _Phrase:
    frame: int
    items: tuple[Ready, ...]
    beginning: frozenset[str] | None  # the words with which it begins, where that is known


@dataclass(frozen=True, slots=True)
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
        lexicon: Mapping[str, str],
    ) -> None:
        self._index = PhraseIndex(terms, irregular, lexicon)
        self._frames = list(frames)
        self._phrases: list[_Phrase] = []
        asked: list[list[frozenset[str]]] = []
        asking: dict[str, int] = {}
        for place, frame in enumerate(self._frames):
            stops = self._index.words(frame.not_between)
            details = {name: detail for detail, name in frame.details.items()}
            for phrase in frame.phrases:
                items = self._index.opened(ready(phrase, stops, details))
                known = self._index.begins(items)
                opens = self._index.opens(items)
                for name in self._index.asked(items):
                    asking[name] = asking.get(name, 0) | 1 << len(self._phrases)
                self._phrases.append(_Phrase(place, items, opens))
                words = sorted((w for w in known if w is not None), key=len)
                asked.append(words[:_MOST_ASKED])
        self._size = len(self._phrases)
        self._all = (1 << self._size) - 1
        self._unasked = 0
        self._by_word: dict[str, int] = {}
        for place, needs in enumerate(asked):
            for nth in range(_MOST_ASKED):
                bit = 1 << (place + nth * self._size)
                if nth >= len(needs):
                    self._unasked |= bit
                    continue
                for word in needs[nth]:
                    self._by_word[word] = self._by_word.get(word, 0) | bit
        # The lists without which phrases stand nowhere, that of the most phrases first.
        self._asking = sorted(asking.items(), key=lambda asked: -asked[1].bit_count())
        self._in_category: dict[str, int] = {}
        self._telling: dict[str, int] = {}
        self._known: dict[tuple[str, bool], tuple[Text, dict[int, list[_Found]]]] = {}

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
            text, found = self._read(line, opening=opens and nth == 0)
            possible = self._possible(text) & self._reading(sentence.category or "none")
            if not possible:
                continue
            if possible not in found:
                found[possible] = self._found(possible, text)
            for one in found[possible]:
                yield self._statement(one, text, sentence)

    def tell(self, fact: str, told: str) -> bool:
        """Whether the frames of a fact find anything in the beginning of a document."""
        text, found = self._read(Wording(told), opening=True)
        possible = self._possible(text) & self._of_fact(fact)
        if possible not in found:
            found[possible] = self._found(possible, text)
        return bool(found[possible])

    def _read(self, line: Wording, *, opening: bool) -> tuple[Text, dict[int, list[_Found]]]:
        known = self._known.get((line.text, opening))
        if known is None:
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            known = self._known[line.text, opening] = Text(line, opening), {}
        return known

    def _possible(self, text: Text) -> int:
        met, by_word = self._unasked, self._by_word
        for word in text.texts:
            if word in by_word:
                met |= by_word[word]
        possible = self._all
        for _ in range(_MOST_ASKED):
            possible &= met
            met >>= self._size
        return possible

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
        # A list that does not stand in the sentence rules out at once all that ask for it.
        for name, asking in self._asking:
            if possible & asking and not self._index.stands(name, text):
                possible &= ~asking
        by_id: dict[str, list[_Found]] = {}
        for place in bits(possible):
            phrase = self._phrases[place]
            record = self._frames[phrase.frame]
            for at in self._index.starts(phrase.items, phrase.beginning, text):
                end = next(self._index.ends(phrase.items, text, at), None)
                if end is not None and not self._forbidden(record, text, at, end):
                    by_id.setdefault(record.id, []).append(_Found(at, end, record))
        kept: list[_Found] = []
        for found in by_id.values():
            if not self._nowhere(found[0].record, text):
                kept += _apart(found)
        return kept

    def _forbidden(self, record: FrameRecord, text: Text, at: int, end: End) -> bool:
        """Whether a word right before or after, or the owner of a detail, makes it another."""
        if any(self._index.of_list(name, text, end.at) for name in record.not_before):
            return True
        if (
            record.only_before
            and end.at < len(text.texts)
            and not any(self._index.of_list(name, text, end.at) for name in record.only_before)
        ):
            return True
        return any(
            last.at == at
            for name in record.not_after
            for first in range(max(0, at - 4), at)
            for last in self._index.of_list(name, text, first)
        ) or any(self._index.shares(name, text, end.details) for name in record.not_shared)

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
            stops = _ENDS_AFTER | self._index.words(record.until)
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
    kept: list[_Found] = []
    for start in sorted({one.first for one in found}):
        if kept and start < kept[-1].end.at:
            continue
        here = [one for one in found if one.first == start]
        value = min(here, key=lambda one: (one.end.skipped, -one.end.at)).record.value
        kept.append(max((f for f in here if f.record.value == value), key=lambda f: f.end.at))
    return kept
