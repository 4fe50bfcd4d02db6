"""The word lists that phrases name: where a word of a list stands in a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from notecheck.rules.model import TermRecord
from notecheck.rules.pattern import Pattern
from notecheck.rules.pattern_text import AGAIN
from notecheck.rules.phrase import FIRST, OPENING, SIGNS
from notecheck.rules.word_index import WORD, WordIndex
from notecheck.statements.needed_words import NeededWords
from notecheck.statements.phrase_items import Finder, Named, Ready, Token, bare, literals, ready
from notecheck.statements.phrase_openings import PhraseOpenings
from notecheck.statements.phrase_text import Details, End, Text
from notecheck.statements.terms import phrases_of

_MOST_KNOWN = 10_000  # words of a list that are kept with what begins with them


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A phrase of a list; `bit` is its own among all lists' phrases."""

    bit: int
    items: tuple[Ready, ...]
    opens: frozenset[str] | None  # the words with which it may begin; None if that is any


class PhraseIndex:
    """The lists that phrases name, by id; an entity is found by its expression.

    Most lists stand in no sentence, and are refused by its words alone: by those of which each of
    a list's phrases holds one, and those of which an entity's expression does.
    """

    def __init__(
        self,
        terms: Iterable[TermRecord],
        irregular: Mapping[str, tuple[str, ...]],
        entities: Mapping[str, Pattern],
    ) -> None:
        self._plain: dict[str, dict[str, list[tuple[str, ...]]]] = {}
        said: dict[str, list[tuple[Ready, ...]]] = {}
        for term in terms:
            if term.kind == "phrase":
                said[term.id] = [ready(phrase) for phrase in term.words]
            elif term.kind != "entity":
                begins: dict[str, list[tuple[str, ...]]] = {}
                for phrase in {bare(phrase): None for phrase, _ in phrases_of(term, irregular)}:
                    begins.setdefault(phrase[0], []).append(phrase)
                for longest in begins.values():
                    longest.sort(key=len, reverse=True)
                self._plain[term.id] = begins
        self._said = said
        self._entities = entities
        self.openings = PhraseOpenings(self._plain, said, frozenset(entities))
        self._finders: dict[str, Finder] = {
            **{name: partial(_of_rows, rows) for name, rows in self._plain.items()},
            **{name: partial(self._of_entity, name) for name in entities},
            **{name: partial(self._of_phrases, name) for name in said},
        }
        self._entity_bits = {name: 1 << place for place, name in enumerate(entities)}
        self._entity_index = WordIndex([pattern.ways for pattern in entities.values()])
        self._beginning: dict[tuple[str, str], list[_Phrase]] = {}
        self._phrases: dict[str, list[_Phrase]] = {}
        self._any_of: dict[str, int] = {}  # a list's phrases as bits
        needs: list[list[frozenset[str]]] = []
        for name, phrases in said.items():
            self._phrases[name] = []
            for items in map(self.opened, phrases):
                bit = 1 << len(needs)
                self._phrases[name].append(_Phrase(bit, items, self.openings.opens(items)))
                self._any_of[name] = self._any_of.get(name, 0) | bit
                needs.append(self.openings.needs(items))
        self._needed = NeededWords(needs)

    @property
    def vocabulary(self) -> frozenset[str]:
        """Every word of the lists, in every form."""
        plain = (word for begins in self._plain.values() for row in begins.values()
                 for phrase in row for word in phrase)  # fmt: skip
        said = (word for phrases in self._said.values() for p in phrases for word in literals(p))
        return frozenset(plain) | frozenset(said)

    def opened(self, items: Sequence[Ready]) -> tuple[Ready, ...]:
        """The items, each with the words with which it begins: most are refused by the first.

        A gap has the words that may not stand in it.
        """
        return tuple(
            item.opened(
                self.openings.of_item(item),
                self.openings.words([item.without] if item.without else []),
                tuple(map(self._finder, item.ways)),
            )
            for item in items
        )

    def ends(self, items: Sequence[Ready], text: Text, at: int, nth: int = 0) -> Sequence[End]:
        """Where a phrase that begins at a word may end, the likeliest first."""
        texts, last = text.texts, len(items)
        here = texts[at] if at < len(texts) else ""
        while nth < last:  # most are refused here
            item = items[nth]
            if item.words is not None:
                if here not in item.words:
                    return ()
                at += 1
                here = texts[at] if at < len(texts) else ""
            elif item.opening is None or here in item.opening:
                break
            elif not item.optional:
                return ()
            nth += 1
        if nth == last:
            return (End(at),)
        nth += 1
        found: list[End] = []
        if not item.ways:
            following = None if items[nth].optional else items[nth].opening
            over = self._over_listed(text, at, item) if item.only else text.over(at, item)
            for place in over:
                if following is None or (place < len(texts) and texts[place] in following):
                    ends = self.ends(items, text, place, nth)
                    if ends:
                        found += map(End(place, (), place - at).then, ends)
            return found
        for find in item.finders:
            if nth == last:
                found += find(text, at)
                continue
            for end in find(text, at):
                found += map(end.then, self.ends(items, text, end.at, nth))
        if item.optional:
            found += self.ends(items, text, at, nth)
        return found

    def _over_listed(self, text: Text, at: int, gap: Ready) -> Sequence[int]:
        """The places to which the words of a gap's own list lead."""
        assert gap.only is not None
        places = [at]
        for _ in range(gap.gap):
            ends = self.of_list(gap.only, text, at)
            if not ends:
                break
            at = ends[0].at
            places.append(at)
        return places

    def _finder(self, way: tuple[Token, ...]) -> Finder:
        """What tells where these tokens, one after the other, end."""
        words = tuple(token for token in way if isinstance(token, str) and token not in SIGNS)
        if len(words) == len(way):
            return partial(_words, words)
        if len(way) == 1:
            return self._finder_of(way[0])
        return partial(_in_a_row, tuple(map(self._finder_of, way)))

    def _finder_of(self, token: Token) -> Finder:
        if isinstance(token, str):
            return partial(_sign if token in SIGNS else _words, (token,))
        find = self._finders[token.name]
        return partial(_with_detail, find, token.detail) if token.detail else find

    def asked(self, items: Sequence[Ready]) -> tuple[str, ...]:
        """The lists without which a phrase stands nowhere."""
        must = (item.ways[0] for item in items if len(item.ways) == 1 and not item.optional)
        return tuple(token.name for way in must for token in way if isinstance(token, Named))

    def phrases_of(self, name: str) -> int:
        """The phrases of a list, as bits; 0 for a list without any."""
        return self._any_of.get(name, 0)

    def entities_of(self, names: Iterable[str]) -> int:
        """The entities among these lists, as bits."""
        return sum(self._entity_bits.get(name, 0) for name in set(names))

    def stands(self, name: str, text: Text) -> bool:
        """Whether what a list holds stands anywhere in a sentence."""
        if name not in text.stands:
            text.stands[name] = self._stands(name, text)
        return text.stands[name]

    def _stands(self, name: str, text: Text) -> bool:
        if name in self._entities:
            return bool(self._entity(name, text))
        if name in self._phrases and not self.may_stand(text) & self._any_of[name]:
            return False
        for at in text.places(self.openings.of_token(Named(name))):
            if self.of_list(name, text, at):
                return True
        return False

    def shares(self, name: str, text: Text, details: Details) -> bool:
        """Whether a phrase of a list tells one of these details."""
        return self.stands(name, text) and any(
            detail in details
            for at in text.places(self.openings.of_token(Named(name)))
            for end in self.of_list(name, text, at)
            for detail in end.details
        )

    def may_stand(self, text: Text) -> int:
        """The lists' phrases, as bits, that a sentence may hold by its words."""
        if text.possible is None:
            text.possible = self._needed.possible(text.texts)
        return text.possible

    def entities_that_may_stand(self, text: Text) -> int:
        """The entities, as bits, that a sentence may hold by its words."""
        if text.possible_entities is None:
            words = WORD.findall(text.wording.text)
            text.possible_entities = self._entity_index.possible(words)
        return text.possible_entities

    def of_list(self, name: str, text: Text, at: int) -> Sequence[End]:
        """Where what a list holds ends, if it stands at this word, the longest first."""
        return self._finders[name](text, at)

    def _of_phrases(self, name: str, text: Text, at: int) -> Sequence[End]:
        if at >= len(text.texts):
            return ()
        key = name, at
        if key not in text.known:
            text.known[key] = ()  # a list that holds itself holds nothing there
            possible = self.may_stand(text)
            ends: dict[int, End] = {}
            for phrase in self._beginning_with(name, text.texts[at]):
                if phrase.bit & possible:
                    ends.update((end.at, end) for end in self.ends(phrase.items, text, at))
            if ends:
                text.known[key] = sorted(ends.values(), key=lambda end: -end.at)
        return text.known[key]

    def _beginning_with(self, name: str, word: str) -> list[_Phrase]:
        """The phrases of a list that may begin with a word, the last first."""
        key = name, word
        if key not in self._beginning:
            if len(self._beginning) >= _MOST_KNOWN:
                self._beginning.clear()
            phrases = reversed(self._phrases[name])
            self._beginning[key] = [p for p in phrases if p.opens is None or word in p.opens]
        return self._beginning[key]

    def starts(
        self, items: Sequence[Ready], opens: frozenset[str] | None, text: Text
    ) -> Iterable[int]:
        """The places where a phrase that `opens` with these words may begin."""
        first = items[0]
        if opens is None and len(first.ways) == 1 and not first.optional:
            token = first.ways[0][0]
            if token in (FIRST, OPENING):
                return text.beginnings
            if isinstance(token, Named) and token.name in self._entities:
                return sorted(self._entity(token.name, text))
        return text.places(opens)

    def _of_entity(self, name: str, text: Text, at: int) -> Sequence[End]:
        return self._entity(name, text).get(at, ())

    def _entity(self, name: str, text: Text) -> dict[int, list[End]]:
        if not self.entities_that_may_stand(text) & self._entity_bits[name]:
            return {}
        if name not in text.entities:
            text.entities[name] = self._found(name, text)
        return text.entities[name]

    def _found(self, name: str, text: Text) -> dict[int, list[End]]:
        """Where an entity stands in a sentence, with its details."""
        found: dict[int, list[End]] = {}
        told = text.wording.text
        matches = self._entities[name].find(told, 0, len(told))
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


def _of_rows(rows: Mapping[str, Sequence[tuple[str, ...]]], text: Text, at: int) -> Sequence[End]:
    """Where the words of a list end; `rows` are by their first words, the longest first."""
    texts = text.texts
    if at >= len(texts) or texts[at] not in rows:
        return ()
    return [
        End(at + len(row))
        for row in rows[texts[at]]
        if len(row) == 1 or texts[at : at + len(row)] == row
    ]


def _words(words: tuple[str, ...], text: Text, at: int) -> Sequence[End]:
    last = at + len(words)
    return (End(last),) if text.texts[at:last] == words else ()


def _sign(sign: tuple[str], text: Text, at: int) -> Sequence[End]:
    return (End(at),) if text.has(sign[0], at) else ()


def _in_a_row(finders: Sequence[Finder], text: Text, at: int) -> Sequence[End]:
    ends: Sequence[End] = (End(at),)
    for find in finders:
        ends = [e.then(last) for e in ends for last in find(text, e.at)]
        if not ends:
            break
    return ends


def _with_detail(find: Finder, detail: str, text: Text, at: int) -> Sequence[End]:
    return [End(e.at, (*e.details, (detail, at, e.at - 1)), e.skipped) for e in find(text, at)]
