"""Splits a sentence into clauses: one subject with all that is said of it.

Full stops are no help in dictation, so a clause ends where a new subject meets its verb ("... with
Vicryl the skin was stapled"), and where a list goes on to a new item with its own thread or place
("fascia 0 PDS, skin staples"). Verbs that share a subject stay together.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from notecheck.rules.word_lists import (
    ABBREVIATION,
    AUXILIARY,
    CONJUNCTION,
    DENY_THING,
    DENY_VERB,
    DETERMINER,
    IN,
    LIKEWISE,
    LINKS,
    OF,
    OTHER_ACT,
    OVER,
    PRONOUN,
    TO,
    WITH,
)
from notecheck.statements.clause_words import clause_words
from notecheck.statements.terms import Hit
from notecheck.statements.words import Word

_SUBJECT_WITHIN = 9  # words from the beginning of a clause to its verb
_ARROWS = frozenset({"->", "-->", ">"})  # between two steps of a list
_OF_A_LAYER = frozenset({DETERMINER, CONJUNCTION, WITH, LIKEWISE, OVER, PRONOUN})
_ENDS = frozenset(";.")
_SIGNS = _ENDS | {":"}
# The lists that are asked for at every word, as sets, because making them takes the time.
_CONJUNCTION, _DETERMINER, _WITH = map(frozenset, ((CONJUNCTION,), (DETERMINER,), (WITH,)))
_JOINS = _CONJUNCTION | _DETERMINER
_HELPS = frozenset({AUXILIARY, DENY_VERB})
_ABBREVIATION = frozenset({ABBREVIATION})  # "by Dr. Smith" goes on
_NONE = frozenset({DENY_THING})
_NEAR = 5  # words from "no" to the thing that there is none of
_BINDS = LINKS | _JOINS | {AUXILIARY, DENY_VERB}
_LEADS_ON = LINKS - {OF, IN}
_PLACES = LINKS - {OF}


@dataclass(slots=True)
class Clause:
    """Words `first` to `last` of a sentence, and what is known in them."""

    words: Sequence[Word]
    first: int
    last: int
    hits: list[Hit] = field(default_factory=list)

    @property
    def span(self) -> tuple[int, int]:
        """Its offsets in the text."""
        return self.words[self.first].start, self.words[self.last].end

    def begins(self, hit: Hit, words: frozenset[str]) -> bool:
        """Whether the first word of a hit is one of these."""
        return self.words[hit.first].text in words


class ClauseFinder:
    """Splits sentences by the grammar words of the lists; `kinds` tells what each list holds."""

    def __init__(self, kinds: Mapping[str, str]) -> None:
        self._things = frozenset(name for name, kind in kinds.items() if kind == "noun")
        self._materials = frozenset(name for name, kind in kinds.items() if kind == "material")

    def clauses(self, words: Sequence[Word], hits: Sequence[Hit]) -> list[Clause]:
        """The clauses of a sentence, in order; every word is in one."""
        at: dict[int, Hit] = {}
        for hit in hits:
            for place in range(hit.first, hit.last + 1):
                at[place] = hit
        sentence = _Sentence(words, at, self._things, self._materials)
        starts = [0]
        has_verb = False
        # A clause begins at a word of the lists, after one, or after a sign: nowhere else.
        signs = [place + 1 for place, word in enumerate(words) if word.text in _SIGNS]
        for place in sorted({*at, *(place + 1 for place in at), *signs}):
            if place == len(words):
                break
            if place > starts[-1] and sentence.begins_at(place, starts[-1], has_verb):
                starts.append(place)
                has_verb = False
            has_verb = has_verb or sentence.is_verb(place)
        ends = [*(start - 1 for start in starts[1:]), len(words) - 1]
        found = []
        for first, last in zip(starts, ends, strict=True):
            clause = Clause(words, first, last)
            clause.hits = [hit for hit in hits if first <= hit.first and hit.last <= last]
            found.append(clause)
        return found


class _Sentence:
    """The words of a sentence with the lists that hold them, `at` each place.

    The last word of a kind before a place is looked up, not looked for: a "sentence" may be a page.
    """

    def __init__(
        self,
        words: Sequence[Word],
        at: dict[int, Hit],
        things: frozenset[str],
        materials: frozenset[str],
    ) -> None:
        self.words = words
        self.at = at
        self.things = things
        self.materials = materials
        self._grammar = clause_words()
        self._done = [place for place, hit in at.items() if hit.form == "done"]
        self._of_kind: dict[frozenset[str], list[int]] = {}

    def _any_of(self, names: frozenset[str], start: int, place: int) -> bool:
        """Whether a word of these lists stands between two places."""
        if names not in self._of_kind:
            self._of_kind[names] = [
                at for at, hit in self.at.items() if not hit.classes.isdisjoint(names)
            ]
        return _any_within(self._of_kind[names], start, place)

    def is_a(self, place: int, names: frozenset[str]) -> bool:
        """Whether a word is of one of these lists."""
        hit = self.at.get(place)
        return hit is not None and not hit.classes.isdisjoint(names)

    def is_verb(self, place: int) -> bool:
        """Whether a word is a verb that says something, and no participle before a noun."""
        hit = self.at.get(place)
        if hit is not None and AUXILIARY in hit.classes:
            return True
        if hit is not None and DENY_VERB in hit.classes and hit.last > hit.first:
            return DENY_THING not in hit.classes  # "was not", but no "instead of"
        if hit is None or hit.form not in ("done", "s"):
            return False
        return not is_attributive(hit, self.at, self.things)

    def begins_at(self, place: int, start: int, has_verb: bool) -> bool:
        """Whether a clause begins at this word, one being open since `start`."""
        before = self.words[place - 1].text
        hit = self.at.get(place)
        if hit is not None and hit.first < place:
            return False
        if before in _ENDS or (before == ":" and has_verb):
            return not self.is_a(place - 1, _ABBREVIATION)
        if hit is None and place - 1 not in self.at:
            return False  # most words: of no list, after one of no list
        if self._only_joins(place):
            return False
        if self.is_a(place - 1, _CONJUNCTION) and not self.is_a(place, _CONJUNCTION):
            if has_verb and self._subject_and_verb(place):
                return True
            listed = before == "," or self.words[place - 2].text == ","
            following = listed or before in self._grammar.next
            if not self._tells(start, place, threaded=not following):
                return False
            return (
                self._new_item(place, listed=listed)
                or (following and self._layers_only(place))
                or (listed and self._verbless_item(start, place, has_verb))
            )
        relative = self.words[place].text in self._grammar.relative
        if relative and self.is_a(place - 1, self.things | _CONJUNCTION):
            verb_follows = place + 1 < len(self.words) and self.is_verb(place + 1)
            return has_verb and verb_follows and not self._of_none(place, start)
        if self.is_a(place - 1, _WITH) and has_verb and self._thing_first(place):
            return self._subject_and_verb(place)
        if before in _ARROWS and self.is_a(place, self.things):
            return self._threaded(start, place) or (has_verb and not self.is_verb(place - 2))
        if has_verb and self.is_a(place, self.things) and self.is_a(place - 1, self.materials):
            return not self.is_a(place, self.materials) and self._subject_and_verb(place)
        if self.is_a(place, _DETERMINER) and (has_verb or self._threaded(start, place)):
            free = not self.is_a(place - 1, _BINDS) and not self._is_object(place)
            return free and self._subject_and_verb(place)
        return False

    def _is_object(self, place: int) -> bool:
        """Whether a person's verb stands right before a phrase: "I cut the femur and the ...".

        With what helps or denies the verb: "I did not do a myodesis the muscle was thin".
        """
        verb = self.at.get(place - 1)
        if verb is None or verb.form is None:
            return False
        doer = verb.first - 1
        while self.is_a(doer, _HELPS) and not self.is_a(doer, _CONJUNCTION):
            doer = self.at[doer].first - 1
        if doer > 0 and self.words[doer].text in self._grammar.before_verb - self._grammar.persons:
            doer -= 1  # "I then cut"
        return doer >= 0 and self.words[doer].text in self._grammar.persons

    def _of_none(self, place: int, start: int) -> bool:
        """Whether a relative clause is about what there is none of: "no skin that could be"."""
        near = range(max(start, place - _NEAR), place)
        return any(self.is_a(p, _NONE) for p in near)

    def _only_joins(self, place: int) -> bool:
        """Whether two links or things are joined here: "on and in bone", "no skin or muscle"."""
        joint, grammar = self.words[place - 1].text, self._grammar
        chosen = joint in grammar.choice
        if (chosen or joint in grammar.joins) and self.is_a(place, LINKS):
            return self.is_a(place - 2, LINKS)
        return chosen and self.is_a(place, self.things) and self.is_a(place - 2, self.things)

    def _threaded(self, start: int, place: int) -> bool:
        """Whether a thread was named since `start`."""
        return self._any_of(self.materials, start, place)

    def _thing_first(self, place: int) -> bool:
        """Whether a phrase begins with a thing that is no thread: "with the muscle sewn to ..."."""
        while self.is_a(place, _DETERMINER):
            place += 1
        return self.is_a(place, self.things - self.materials)

    def _subject_and_verb(self, place: int) -> bool:
        """Whether words with no link lead from here to a verb."""
        subject = False
        for here in range(place, min(place + _SUBJECT_WITHIN, len(self.words))):
            if self.is_verb(here):  # "(filled) the end and had entered": what was told of before
                joined = here - 1 > place and self.words[here - 1].text in self._grammar.joins
                return subject and not joined
            if self.is_a(here, _LEADS_ON) or self.words[here].text in ",;:.":
                return False
            if not self.is_a(here, _JOINS):
                subject = True
        return False

    def _layers_only(self, place: int) -> bool:
        """Whether nothing but things follows, to the end or the next item: "then the fascia"."""
        thing = False
        for here in range(place, len(self.words)):
            hit = self.at.get(here)
            text = self.words[here].text
            if text in ";.:" or text in self._grammar.next:
                break
            if hit is None:
                if text.isalpha():
                    return False
            elif not hit.classes.isdisjoint(self.things):
                thing = True
            elif hit.classes.isdisjoint(self.materials | _OF_A_LAYER):
                return False
        return thing

    def _verbless_item(self, start: int, place: int, has_verb: bool) -> bool:
        """Whether a thing with a place and no verb ends here, and the next has a verb of its own.

        "Adductors through drill holes, fascia and skin closed"; not "with a saw, bone was cut".
        """
        return not has_verb and self._thing_first(start) and self._subject_and_verb(place)

    def _tells(self, start: int, place: int, *, threaded: bool) -> bool:
        """Whether the item of a list that ends here said more than the name of a thing.

        Before a bare "and" it must be `threaded`: "muscle with PDS and fascia with Vicryl".
        """
        if threaded:
            return self._any_of(self.materials, start, place)
        return _any_within(self._done, start, place) or (
            self._any_of(self.things, start, place)
            and self._any_of(self.materials | _PLACES, start, place)
        )

    def _new_item(self, place: int, *, listed: bool) -> bool:
        """Whether a thing begins here that has a thread, or in a list a place, of its own."""
        own = self.materials | _PLACES if listed else self.materials
        thing = False
        for here in range(place, min(place + 2 * _SUBJECT_WITHIN, len(self.words))):
            hit = self.at.get(here)
            if hit is None or not hit.classes.isdisjoint(_DETERMINER):
                if not thing and here - place > 2:
                    return False
                continue
            if CONJUNCTION in hit.classes or self.words[here].text in ",;:":
                if self.words[here].text == "," or not thing:
                    return False
            elif not thing:
                if hit.classes.isdisjoint(self.things | {PRONOUN}):
                    return False
                thing = True
            elif not hit.classes.isdisjoint(own):
                return True
        return False


def _any_within(places: Sequence[int], start: int, place: int) -> bool:
    """Whether one of these places, in order, is from `start` to before `place`."""
    first = bisect_left(places, start)
    return first < len(places) and places[first] < place


def is_attributive(hit: Hit, at: Mapping[int, Hit], nouns: frozenset[str]) -> bool:
    """Whether a verb's form is no verb: "the cut end", "in layers", "over the divided femur"."""
    before, following = at.get(hit.first - 1), at.get(hit.last + 1)
    if hit.classes == {OTHER_ACT} and following is not None and following.classes & nouns:
        return before is None or not before.classes & (nouns | {AUXILIARY})
    if before is None or hit.form == "ing":
        return False
    if DETERMINER in before.classes and PRONOUN not in before.classes:
        return True
    if before.classes & LINKS:
        if hit.form == "done":
            described = following or at.get(hit.last + 2)  # "with curved Mayo scissors"
            return described is not None and bool(described.classes & nouns)
        return hit.form == "s" or TO not in before.classes
    return False
