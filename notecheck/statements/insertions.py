"""Takes out of a sentence what stands between a subject and its verb, or the parts of the verb.

In "was, with the limb held up, sewn to the bone" and "the femur, which had been cleared, was cut",
what the commas hold is a clause of its own, and the verb's clause goes on behind it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from notecheck.rules.word_lists import AUXILIARY, CONJUNCTION, DETERMINER, LINKS
from notecheck.statements.clause_words import clause_words
from notecheck.statements.terms import Hit
from notecheck.statements.words import Word

_LONGEST = 24  # words
_PARTS = frozenset(";:")

Part = tuple[Sequence[Word], Sequence[Hit]]


def parted(words: Sequence[Word], hits: Sequence[Hit], things: frozenset[str]) -> list[Part]:
    """The sentence without what is inserted, and that by itself; mostly the sentence alone.

    `things` are the lists of things. The hits of each part are by its own words. What is inserted
    behind a thing, and begins with a relative pronoun, has the thing before it.
    """
    commas = [place for place, word in enumerate(words) if word.text == ","]
    between = _Beside(words, hits, things).insertion(commas) if len(commas) > 1 else None
    if between is None:
        return [(words, hits)]
    first, last = between
    outer = [hit for hit in hits if hit.last < first]
    outer += [_moved(hit, last - first + 1) for hit in hits if hit.first > last]
    whole = [*words[:first], *words[last + 1 :]]
    begin = first + 1
    if words[begin].text in clause_words().relative:
        begin = next((h.first for h in hits if h.last == first - 1 and h.classes & things), begin)
    inner = [_moved(hit, begin) for hit in hits if begin <= hit.first and hit.last < last]
    return [*parted(whole, outer, things), (words[begin:last], inner)]


class _Beside:
    """The places of a sentence's words by what they can be beside a comma."""

    def __init__(self, words: Sequence[Word], hits: Sequence[Hit], things: frozenset[str]) -> None:
        helping = [hit for hit in hits if AUXILIARY in hit.classes]
        joins = {hit.first for hit in hits if hit.classes & {CONJUNCTION, DETERMINER}}
        self._words = words
        self._helping = {hit.last for hit in helping}
        self._finite = {hit.first for hit in helping}
        self._done = {hit.first for hit in hits if hit.form == "done" and not hit.attributive}
        self._told = {hit.first for hit in hits} - joins
        self._things = {hit.first for hit in hits if hit.classes & things}
        self._links = {hit.first for hit in hits if hit.classes & LINKS}
        self._lists = joins | self._things  # "skin, muscle, and fascia, were" inserts nothing

    def insertion(self, commas: Sequence[int]) -> tuple[int, int] | None:
        """The two commas of the first insertion."""
        for comma in commas:
            goes_on = self._goes_on_behind(comma)
            for end in commas if goes_on else ():
                if 1 < end - comma <= _LONGEST and end + 1 in goes_on:
                    return comma, end
        return None

    def _goes_on_behind(self, comma: int) -> set[int]:
        """The places where a clause may go on that this comma interrupts."""
        opening = self._words[comma + 1].text if comma + 1 < len(self._words) else ""
        relative = clause_words().relative
        if comma - 1 in self._helping:  # "was, as planned, cut"; "was, to my surprise, dead"
            return self._told - self._finite
        if comma > 0 and self._words[comma - 1].text in relative:  # "which, once cleared, was cut"
            return self._finite | self._done
        if self._awaits_verb(comma) and (opening in relative or comma + 1 not in self._lists):
            return self._finite  # "the femur, which was long, was cut"
        if comma - 1 in self._done and comma + 1 in self._links:
            return self._links  # "fixed, by sutures, to the bone"
        return set()

    def _awaits_verb(self, comma: int) -> bool:
        """Whether a thing without a verb stands before a comma, behind the last joint before it."""
        joining = clause_words().joins | _PARTS
        joints = (place for place in range(comma) if self._words[place].text in joining)
        before = range(max(joints, default=-1) + 1, comma)
        verb = any(place in before for place in self._finite | self._done)
        return not verb and any(place in before for place in self._things)


def _moved(hit: Hit, by: int) -> Hit:
    return replace(hit, first=hit.first - by, last=hit.last - by)
