"""Takes out of a sentence what stands between the parts of its verb.

In "was, with the limb held up, sewn to the bone" and "which, after it had been cleared, was cut",
what the commas hold is a clause of its own, and the verb's clause goes on behind it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from notecheck.rules.word_lists import AUXILIARY
from notecheck.statements.clause_words import clause_words
from notecheck.statements.terms import Hit
from notecheck.statements.words import Word

_LONGEST = 16  # words

Part = tuple[Sequence[Word], Sequence[Hit]]


def parted(words: Sequence[Word], hits: Sequence[Hit]) -> list[Part]:
    """The sentence without what is inserted, and that by itself; mostly the sentence alone.

    The hits of each part are by its own words.
    """
    commas = [place for place, word in enumerate(words) if word.text == ","]
    between = _insertion(words, hits, commas) if len(commas) > 1 else None
    if between is None:
        return [(words, hits)]
    first, last = between
    outer = [hit for hit in hits if hit.last < first]
    outer += [_moved(hit, last - first + 1) for hit in hits if hit.first > last]
    inner = [_moved(hit, first + 1) for hit in hits if first < hit.first and hit.last < last]
    whole = [*words[:first], *words[last + 1 :]]
    return [*parted(whole, outer), (words[first + 1 : last], inner)]


def _insertion(
    words: Sequence[Word], hits: Sequence[Hit], commas: Sequence[int]
) -> tuple[int, int] | None:
    """The two commas of the first insertion."""
    helping = {hit.last for hit in hits if AUXILIARY in hit.classes}
    verbs = {hit.first for hit in hits if hit.form == "done" and not hit.attributive}
    predicates = verbs | {hit.first for hit in hits if AUXILIARY in hit.classes}
    for comma in commas:
        relative = comma > 0 and words[comma - 1].text in clause_words().relative
        goes_on = predicates if relative else verbs if comma - 1 in helping else frozenset()
        for end in commas if goes_on else ():
            if 1 < end - comma <= _LONGEST and end + 1 in goes_on:
                return comma, end
    return None


def _moved(hit: Hit, by: int) -> Hit:
    return replace(hit, first=hit.first - by, last=hit.last - by)
