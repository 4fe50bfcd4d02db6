"""Which words a text must contain for a regular expression to match it at all.

Looking for plain words is some hundred times cheaper than running an expression, so most
expressions never run on most sentences.

A requirement is a set of parts of words, of which a match contains at least one. Where a part can
only begin or end a word, a blank in the part says so: " cut " is the word, " cut" what begins one,
"cut" what may stand anywhere in one. Words are runs of a to z and 0 to 9; any other character but a
blank is a word of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import product
from math import prod
from re import _constants as op  # type: ignore[attr-defined]  # typeshed leaves it out
from string import ascii_lowercase, digits

from notecheck.rules.regex_tree import (
    Item,
    alternatives,
    characters,
    may_be_absent,
    takes_no_text,
)

Requirement = frozenset[str]
# All of which one way of matching meets.
Way = tuple[Requirement, ...]

WORD_CHARACTERS = frozenset(ascii_lowercase + digits)
_MOST_WAYS = 128
_SHORTEST = 2
_RARER = 4  # a figure or a sign is met about as seldom as a part so much longer
_MOST_CHANCE = 1.0  # what almost any text meets is no requirement
# Words of every note, whatever it is about.
_EVERYDAY = frozenset(
    "a above after all an and any are as at back be been before below by did do for from had has "
    "have he her his in into is it its last left no not of off on one or out over right she taken "
    "that the then there this through time to today under up was we were which with year".split()
)
_SINGLE = (op.LITERAL, op.NOT_LITERAL, op.ANY, op.IN)
_REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)


def required_words(items: Sequence[Item]) -> tuple[Way, ...]:
    """The ways in which a parsed expression can match, with their requirements, the best first.

    Every match goes one of the ways and meets all its requirements. An expression that may match
    without any word has a way without requirements.
    """
    return tuple(_of_sequence(items, begins=False, ends=False))


def _chance(requirement: Requirement) -> float:
    """A rough measure of how often a text meets it by chance."""
    return sum(_part_chance(part) for part in requirement)


def _part_chance(part: str) -> float:
    word = part.strip()
    if word in _EVERYDAY:
        return _MOST_CHANCE / 2
    return 0.5 ** (len(part) + _RARER * (not word.isalpha()))


def _of_sequence(items: Sequence[Item], *, begins: bool, ends: bool) -> list[Way]:
    """The ways through items in a row.

    `begins` and `ends` tell whether a word can only begin before them and end after them.
    """
    found: list[list[Way]] = []  # of each item
    place = 0
    while place < len(items):
        stop = place
        while stop < len(items) and _is_letter(items[stop]):
            stop += 1
        before = _is_edge(items[:place][::-1], begins, last=True)
        if stop < len(items) and items[stop][0] is op.BRANCH:
            # The parser has taken out the letters that all branches begin with.
            branches = [[*items[place:stop], *branch] for branch in items[stop][1][1]]
            after = _is_edge(items[stop + 1 :], ends, last=False)
            found.append(_of_branches(branches, begins=before, ends=after))
            place = stop + 1
        elif stop > place:
            after = _is_edge(items[stop:], ends, last=False)
            run = "".join(chr(argument) for _, argument in items[place:stop])
            if len(run) >= _SHORTEST or run.isdigit() or (before and after):
                found.append([(frozenset([" " * before + run + " " * after]),)])
            place = stop
        else:
            after = _is_edge(items[place + 1 :], ends, last=False)
            found.append(_of_item(items[place], begins=before, ends=after))
            place += 1
    return _joined(found)


def _of_item(item: Item, *, begins: bool, ends: bool) -> list[Way]:
    code, argument = item
    if code is op.SUBPATTERN:
        return _of_sequence(list(argument[3]), begins=begins, ends=ends)
    if code in _REPEATS and argument[0] >= 1:
        once = argument[1] == 1
        return _of_sequence(list(argument[2]), begins=begins and once, ends=ends and once)
    possible = _few(item) or set()
    parts = frozenset(
        " " * begins + c + " " * ends if c in WORD_CHARACTERS else c for c in possible
    )
    return [(parts,)] if parts and _chance(parts) <= _MOST_CHANCE else [()]


def _of_branches(branches: Sequence[Sequence[Item]], *, begins: bool, ends: bool) -> list[Way]:
    """The ways through the branches, as few as say the same."""
    found = [way for b in branches for way in _of_sequence(b, begins=begins, ends=ends)]
    ways = _merged(found)
    return ways if len(ways) <= _MOST_WAYS else _fewer(ways)


def _merged(ways: Sequence[Way]) -> list[Way]:
    """The ways with those made one that differ in a single requirement."""
    if not all(ways):
        return [()]  # one that asks for nothing stands for all
    merged = list(ways)
    for place in (0, -1):
        alike: dict[frozenset[Requirement], set[str]] = {}
        for way in merged:
            alike.setdefault(frozenset(way) - {way[place]}, set()).update(way[place])
        merged = [
            tuple(sorted({*rest, frozenset(parts)}, key=_rank)) for rest, parts in alike.items()
        ]
    return merged


@lru_cache(maxsize=20_000)  # the terms of the lexicon ask for the same in many rules
def _rank(requirement: Requirement) -> tuple[float, list[str]]:
    return _chance(requirement), sorted(requirement)


def _fewer(ways: Sequence[Way]) -> list[Way]:
    """Ways that ask for less and are fewer: what is hardest to meet is asked for still."""
    for most in range(max(map(len, ways)) - 1, 0, -1):
        fewer = _merged([way[:most] for way in ways])
        if len(fewer) <= len(ways) / 2 or most == 1:
            return fewer
    return [()]


def _joined(found: list[list[Way]]) -> list[Way]:
    """The ways through several things in a row, each of which has its own ways.

    Where they would be too many, what is met most easily gives way first.
    """
    while prod(map(len, found)) > _MOST_WAYS:
        several = [place for place, ways in enumerate(found) if len(ways) > 1]
        easiest = max(several, key=lambda place: sum(map(_way_chance, found[place])))
        found[easiest] = _fewer(found[easiest])
    return [tuple(sorted({r for way in ways for r in way}, key=_rank)) for ways in product(*found)]


def _way_chance(way: Way) -> float:
    return prod(min(1.0, _chance(requirement)) for requirement in way)


def _is_letter(item: Item) -> bool:
    return item[0] is op.LITERAL and chr(item[1]) in WORD_CHARACTERS


def _is_edge(items: Sequence[Item], beyond: bool, *, last: bool) -> bool:
    """Whether no word can go on from here into `items`, of which the nearest is the first.

    `last` says that the items stand before this place, so that their last character touches it;
    `beyond` is the answer where there are no items.
    """
    for item in items:
        if takes_no_text(item):
            if _shuts_out_words(item, last=last):
                return True
            continue
        ways = alternatives(item)
        if not ways:
            return not _may_be_letter(item)
        if not all(
            _is_edge(list(way)[::-1] if last else list(way), False, last=last) for way in ways
        ):
            return False
        if not may_be_absent(item):
            return True
    return beyond


def _shuts_out_words(item: Item, *, last: bool) -> bool:
    """Whether the item is a word boundary, or forbids a letter on its other side."""
    code, argument = item
    if code is op.AT:
        return argument in (op.AT_BOUNDARY, op.AT_UNI_BOUNDARY)
    if code is not op.ASSERT_NOT or (argument[0] < 0) is not last:
        return False
    inside = list(argument[1])
    return len(inside) == 1 and inside[0][0] is op.IN and _covers_words(inside[0][1])


def _covers_words(members: Sequence[Item]) -> bool:
    """Whether a character class holds every letter and figure."""
    covered: set[str] = set()
    for code, argument in members:
        if code is op.NEGATE:
            return False
        if code is op.RANGE:
            covered.update(c for c in WORD_CHARACTERS if argument[0] <= ord(c) <= argument[1])
    return covered >= WORD_CHARACTERS


def _may_be_letter(item: Item) -> bool:
    """Whether a single character, or class of them, can be part of a word."""
    return item[0] not in _SINGLE or bool(characters(item) & WORD_CHARACTERS)


def _few(item: Item) -> set[str] | None:
    """The characters that a single one can be, none of them a blank; None when they are many."""
    code, argument = item
    if code is op.LITERAL and not chr(argument).isspace():
        return {chr(argument)}
    if argument == [(op.CATEGORY, op.CATEGORY_DIGIT)]:
        return set(digits)
    if code is not op.IN or any(kind not in (op.LITERAL, op.RANGE) for kind, _ in argument):
        return None
    possible: set[str] = set()
    for kind, bounds in argument:
        low, high = bounds if kind is op.RANGE else (bounds, bounds)
        if high - low >= len(WORD_CHARACTERS):
            return None
        possible |= set(map(chr, range(low, high + 1)))
    return None if any(map(str.isspace, possible)) else possible
