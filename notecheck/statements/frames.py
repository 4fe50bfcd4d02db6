"""A frame of `patterns/frames` made ready to be held against clauses."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from notecheck.rules.model import FrameRecord
from notecheck.rules.word_lists import (
    AUXILIARY,
    CONJUNCTION,
    DENIALS,
    DENY_THING,
    DETERMINER,
    FOR,
    LINKS,
    OF,
    PRONOUN,
)
from notecheck.statements.clauses import Clause
from notecheck.statements.states import state_of, thing_in_state
from notecheck.statements.terms import Hit

_AS_PART = frozenset({"", FOR})
_NEAR = 4  # words
_NEAR_WITH_OF = 8  # "necrosis of the anterior and posterior flaps"
_AUXILIARY = frozenset({AUXILIARY})
_GRAMMAR = LINKS | {DETERMINER, PRONOUN, CONJUNCTION}


@dataclass(frozen=True, slots=True)
class Told:
    """A clause with what it tells: its verbs, those that it leaves out, and what is beside it."""

    clause: Clause
    classes: frozenset[str]
    named: frozenset[str]  # the same, what its pronouns stand for left out
    acts: list[Hit]
    carried: list[Hit]  # the verbs of the clause before
    sentence: frozenset[str]  # the lists whose words stand in the sentence
    beside: frozenset[str]  # the lists whose words stand in this or a neighbouring sentence


class Need(NamedTuple):
    """Lists of which a word must stand in the sentence, or a pronoun if it may stand for one."""

    lists: frozenset[str]
    pronoun: bool


@dataclass(frozen=True, slots=True)
class _Place:
    """One way to meet `where`: a list, and the link that ties its word if one is asked for."""

    link: str | None
    name: str

    def held_by(self, hit: Hit) -> bool:
        return self.name in hit.classes and (
            PRONOUN not in hit.classes
            if self.link is None
            else self.link in hit.links and not hit.attributive
        )

    def may_stand(self, classes: frozenset[str], before: frozenset[str]) -> bool:
        """Whether a sentence with words of these lists can hold it."""
        if self.link is None:
            return self.name in classes
        tied = self.link in classes or self.link not in LINKS
        return tied and (self.name in classes or self.name in before)


class Frame:
    """A frame record and its tests."""

    def __init__(self, record: FrameRecord) -> None:
        self.record = record
        self.about = frozenset(record.told_by or record.part or record.act)
        self._act = frozenset(record.act)
        self._part = frozenset(record.part)
        self._told_by = frozenset(record.told_by)
        self._also = frozenset(record.also)
        self._then = frozenset(record.then)
        self._being = frozenset(record.being)
        self._within = frozenset(record.within)
        self.beside = frozenset(record.beside)
        self._not_part = frozenset(record.not_part)
        self._not_of = frozenset(record.not_of)
        self._put_off = frozenset(record.put_off)
        self._unless = frozenset(record.unless)
        self._only = frozenset(record.only)
        self._near = frozenset(record.near)
        self._not_near = frozenset(record.not_near)
        self._said_of = frozenset(record.said_of)
        self._not_said_of = frozenset(record.not_said_of)
        self._nowhere = frozenset(record.nowhere)
        self._where = [_place(text) for text in record.where]
        self._not_where = [_place(text) for text in record.not_where]

    @property
    def needs(self) -> list[Need]:
        """What a sentence must hold for the frame to tell anything in it, all of it."""
        asked = [
            Need(self._told_by, False),
            Need(self._act, False),
            Need(self._part, True),
            Need(self._being, True),
            Need(self._said_of, True),
            Need(
                frozenset(place.name for place in self._where),
                any(place.link is not None for place in self._where),
            ),
            Need(self._within, False),
            Need(self._then, True),
            Need(self._also, True),
            Need(self._near, True),
            Need(DENIALS if self.record.denied else frozenset(), False),
        ]
        return [need for need in asked if need.lists]

    def may_tell(self, classes: frozenset[str], before: frozenset[str]) -> bool:
        """Whether it can tell anything of a sentence with words of these lists, its needs met.

        `before` are the lists of what a pronoun of the sentence may stand for.
        """
        if not self._nowhere.isdisjoint(classes):
            return False
        return not self._where or any(place.may_stand(classes, before) for place in self._where)

    def reads(self, category: str) -> bool:
        """Whether the frame reads sections of this category."""
        return category not in self.record.not_sections and (
            not self.record.sections or category in self.record.sections
        )

    def match(self, told: Told) -> list[Hit] | None:
        """The words that say it in this clause; None when nothing does."""
        hits = told.clause.hits
        if self._is_forbidden(told):
            return None
        others: list[Hit] = []
        if self._not_part:
            others = [h for h in hits if h.classes & self._not_part and _is_part(h)]
        if others and not self._told_by:
            return None
        roles: list[Hit] = []
        act: Hit | None = None
        if self._act:
            act = self._act_in(told)
            if act is not None:
                roles.append(act)
            elif not self._carries_on(told):
                return None
        if self._told_by:
            named = self._name_in(told.clause)
            # "Left open, dry dressing": what follows the comma is another thing.
            if named is None or not all(_after_comma(told.clause, named, h) for h in others):
                return None
            roles.append(named)
        if self._being:
            state = state_of(told.clause, self._being, self._part)
            if state is None:
                return None
            roles += state
            if not self._where:
                return roles
            place = self._place_in(hits)
            return [*roles, place] if place else None
        if self._part or self._where:
            pair = self._part_and_place(hits, act)
            if pair is None:
                return None
            if act is not None and self._where:
                roles = [self._last_act(told, act, pair[-1])]
            roles += pair
        return roles

    def _is_forbidden(self, told: Told) -> bool:
        """Whether what must stand beside the words does not, or what may not stand there does."""
        if self._unless & told.named or (self._also and not self._also & told.classes):
            return True
        if self.beside and not self.beside & told.beside:
            return True
        if self._within and not self._within & told.sentence:
            return True
        if self.record.verbless and (told.acts or AUXILIARY in told.classes):
            return True
        if self._only and not self._holds_only(told.clause):
            return True
        if self._nowhere & told.sentence:
            return True
        return any(place.held_by(hit) for place in self._not_where for hit in told.clause.hits)

    def _act_in(self, told: Told) -> Hit | None:
        """The verb that says it, with a word of `then` behind it where one is asked for."""
        if self._then:
            return self._followed(told)
        acts = [h for h in told.acts if h.classes & self._act]
        if self.record.denied:  # "makes it impossible to wear": not "makes"
            denials = [h.first for h in told.clause.hits if h.classes & DENIALS]
            acts = [a for a in acts if denials and denials[0] < a.first] or acts
        return _first(acts)

    def _last_act(self, told: Told, act: Hit, place: Hit) -> Hit:
        """Of its verbs the one next before the place: "was found and did not extend to bone"."""
        acts = [a for a in told.acts if a.classes & self._act and act.first < a.first < place.first]
        return acts[-1] if acts else act

    def _carries_on(self, told: Told) -> bool:
        """Whether a clause without a verb takes that of the one before: "... , skin likewise"."""
        if self._then or told.acts or AUXILIARY in told.classes:
            return False
        return any(h.classes & self._act for h in told.carried)

    def _name_in(self, clause: Clause) -> Hit | None:
        """The first word that names it, by what stands near it and what it is said of."""
        hits = clause.hits
        return _first(
            h
            for at, h in enumerate(hits)
            if h.classes & self._told_by
            and not h.attributive
            and PRONOUN not in h.classes
            and not (self._not_near and _beside(h, hits, self._not_near))
            and (not self._near or _beside(h, hits, self._near))
            and (not self._said_of or thing_in_state(clause, at, self._said_of))
            and not (self._not_said_of and thing_in_state(clause, at, self._not_said_of))
        )

    def denied_beside(self, clause: Clause, roles: Sequence[Hit]) -> bool:
        """Whether there is none of what must stand near its words: "stump closed, no drainage"."""
        if not self._near:
            return False
        named = roles[0]
        near = [
            h
            for h in clause.hits
            if h.classes & self._near and abs(h.first - named.first) <= _NEAR_WITH_OF
        ]
        return bool(near) and all(_there_is_none(clause, named, h) for h in near)

    def _followed(self, told: Told) -> Hit | None:
        """The first act that a word of `then` follows within a few words."""
        return _first(
            act
            for act in told.acts
            if act.classes & self._act
            and any(
                h.classes & self._then and 0 < h.first - act.last <= _NEAR for h in told.clause.hits
            )
        )

    def _of_another(self, hits: Sequence[Hit], place: int) -> bool:
        """Whether a part is told of, or may stand for, a thing that only belongs to it."""
        if not self._not_of:
            return False
        hit = hits[place]
        if PRONOUN in hit.classes:
            return not hit.classes.isdisjoint(self._not_of)
        owner = _owner(hits, place)
        if owner is not None and not owner.classes.isdisjoint(self._not_of):
            return True  # "the shaft of the nerve"
        if OF not in hit.links:
            return False
        for whole in reversed(hits[:place]):
            if _is_verb(whole):
                return False
            if whole.links and not whole.attributive:
                return not whole.classes.isdisjoint(self._not_of)
        return False

    def _after_another_verb(self, hits: Sequence[Hit], act: Hit, part: Hit) -> bool:
        """Whether a second verb has the part: "trimming the skin would leave the bone bare"."""
        return act.form == "ing" and any(
            act.first < h.first < part.first
            and not h.classes.isdisjoint(self._put_off | _AUXILIARY)
            for h in hits
        )

    def _holds_only(self, clause: Clause) -> bool:
        """Whether every word of the clause is of these lists, a number or a grammar word."""
        known = {place for h in clause.hits for place in range(h.first, h.last + 1)}
        return all(h.classes & (self._only | _GRAMMAR) for h in clause.hits) and not any(
            clause.words[place].text.isalpha()
            for place in range(clause.first, clause.last + 1)
            if place not in known
        )

    def parts(self, roles: Sequence[Hit]) -> list[tuple[str, Hit]]:
        """Which of the frame's lists the words that it found are of: ("act fix", the hit)."""
        found = []
        for hit in roles:
            for key in ("told_by", "act", "being", "part"):
                found += [
                    (f"{key} {name}", hit)
                    for name in getattr(self.record, key)
                    if name in hit.classes
                ]
            for text, place in zip(self.record.where, self._where, strict=True):
                if place.held_by(hit):
                    found.append((f"where {text}", hit))
        return found

    def _place_in(self, hits: Sequence[Hit]) -> Hit | None:
        return _first(h for place in self._where for h in hits if place.held_by(h))

    def _part_and_place(self, hits: Sequence[Hit], act: Hit | None) -> list[Hit] | None:
        """What the act is done to, and where; the first pair that fits."""
        parts: list[Hit | None] = [
            hit
            for place, hit in enumerate(hits)
            if hit.classes & self._part
            and _is_part(hit)
            and not self._of_another(hits, place)
            and not (act and self._after_another_verb(hits, act, hit))
        ]
        if not self._where:
            return [part for part in parts[:1] if part] or None
        for part in parts if self._part else [None]:
            for place in self._where:
                for hit in hits:
                    if hit is not part and place.held_by(hit) and not _both_stand_for(part, hit):
                        return [hit] if part is None else [part, hit]
        return None


def _after_comma(clause: Clause, named: Hit, other: Hit) -> bool:
    between = clause.words[named.last + 1 : other.first]
    return any(word.text == "," for word in between)


def _beside(named: Hit, hits: Sequence[Hit], names: frozenset[str]) -> bool:
    """Whether a word of these lists stands beside what the frame is told by."""
    here = bisect_left(hits, named.first, key=_first_word)
    for place in range(here, len(hits)):
        if hits[place].first - named.last > _NEAR:
            break
        if not hits[place].classes.isdisjoint(names) and hits[place].first > named.last:
            return True
    for place in range(here, -1, -1):
        hit = hits[place]
        if named.first - hit.last > _NEAR_WITH_OF:
            break
        if hit.classes.isdisjoint(names) or hit.last > named.first:
            continue
        following = hits[place + 1] if place + 1 < len(hits) else hit
        of = following.first == hit.last + 1 and OF in following.classes
        if named.first - hit.last <= (_NEAR_WITH_OF if of else _NEAR):
            return True
    return False


def _there_is_none(clause: Clause, named: Hit, thing: Hit) -> bool:
    """Whether a "no" reaches the thing, over neither a verb nor what the frame is told by."""
    for hit in clause.hits:
        if DENY_THING in hit.classes and 0 < thing.first - hit.last <= _NEAR_WITH_OF:
            between = (h for h in clause.hits if hit.last < h.first < thing.first)
            if not any(h is named or _is_verb(h) for h in between):
                return True
    return False


def _owner(hits: Sequence[Hit], place: int) -> Hit | None:
    """The thing that a thing is said to be of, right behind it."""
    after = [h for h in hits[place + 1 :] if DETERMINER not in h.classes]
    of = after and after[0].first == hits[place].last + 1 and OF in after[0].classes
    return after[1] if of and len(after) > 1 and after[1].links else None


def _is_verb(hit: Hit) -> bool:
    return AUXILIARY in hit.classes or (hit.form is not None and not hit.attributive)


def _first_word(hit: Hit) -> int:
    return hit.first


def _both_stand_for(part: Hit | None, other: Hit) -> bool:
    return part is not None and PRONOUN in part.classes and PRONOUN in other.classes


def _is_part(hit: Hit) -> bool:
    return not hit.attributive and not _AS_PART.isdisjoint(hit.links)


def _first(hits: Iterable[Hit]) -> Hit | None:
    return next(iter(hits), None)


def _place(text: str) -> _Place:
    link, _, name = text.rpartition(" ")
    return _Place(link or None, name)
