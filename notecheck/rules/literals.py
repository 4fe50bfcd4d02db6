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
from itertools import product
from math import prod
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from string import ascii_lowercase, digits

from notecheck.rules.regex_tree import Item, alternatives, characters, may_be_absent, takes_no_text

Requirement = frozenset[str]
# All of which one way of matching meets.
Way = tuple[Requirement, ...]

WORD_CHARACTERS = frozenset(ascii_lowercase + digits)
_MOST_PARTS = 200  # of one requirement
_MOST_WAYS = 48
_SHORTEST = 2
_RARER = 4  # a figure or a sign is met about as seldom as a part so much longer
_MOST_CHANCE = 1.0  # what almost any text meets is no requirement
_SINGLE = (op.LITERAL, op.NOT_LITERAL, op.ANY, op.IN)
_REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)


def required_words(expression: str) -> tuple[Way, ...]:
    """The ways in which `expression` can match, each with its requirements, the best first.

    Every match goes one of the ways and meets all its requirements. An expression that may match
    without any word has a way without requirements. Raises re.error.
    """
    return tuple(_of_sequence(list(parser.parse(expression)), begins=False, ends=False))


def _chance(requirement: Requirement) -> float:
    """A rough measure of how often a text meets it by chance."""
    return sum(0.5 ** (len(part) + _RARER * (not part.strip().isalpha())) for part in requirement)


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
            if len(run) >= _SHORTEST or (before and after):
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
    """The ways through the branches; where each asks for one thing, one way asks for any."""
    found = [_of_sequence(branch, begins=begins, ends=ends) for branch in branches]
    if all(len(way) < 2 for ways in found for way in ways):
        return [_any_of([way for ways in found for way in ways])]
    while sum(map(len, found)) > _MOST_WAYS:
        if len(found) > _MOST_WAYS:
            return [_any_of([way for ways in found for way in ways])]
        most = max(range(len(found)), key=lambda place: len(found[place]))
        found[most] = [_any_of(found[most])]
    return [way for ways in found for way in ways]


def _any_of(ways: Sequence[Way]) -> Way:
    """What all the ways meet: the best requirement of one of them, and the second best."""
    merged = []
    for nth in range(max(map(len, ways)) if all(ways) else 0):
        parts = frozenset[str]().union(*(way[min(nth, len(way) - 1)] for way in ways))
        if len(parts) <= _MOST_PARTS:
            merged.append(parts)
    return tuple(merged)


def _joined(found: list[list[Way]]) -> list[Way]:
    """The ways through several things in a row, each of which has its own ways."""
    while prod(map(len, found)) > _MOST_WAYS:
        most = max(range(len(found)), key=lambda place: len(found[place]))
        found[most] = [_any_of(found[most])]
    return [
        tuple(sorted({r for way in ways for r in way}, key=lambda r: (_chance(r), sorted(r))))
        for ways in product(*found)
    ]


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
        inner = all(
            _is_edge(list(way)[::-1] if last else list(way), False, last=last) for way in ways
        )
        if not inner:
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


def first_words(expression: str) -> Requirement | None:
    """What the word begins with at which a match of `expression` begins; None when not known.

    Raises re.error.
    """
    found = _first_of(list(parser.parse(expression)), ends=False)
    return None if found is None or "" in found else frozenset(f" {part}" for part in found)


def _first_of(items: Sequence[Item], *, ends: bool) -> set[str] | None:
    """The beginnings of what items match, "" where that may be nothing; None for unknown ones.

    `ends` tells whether a word can only end after the items.
    """
    found: set[str] = set()
    for place, item in enumerate(items):
        if takes_no_text(item):
            continue
        if _is_letter(item):
            return found | _first_of_run(items[place:], ends=ends)
        ways = alternatives(item)
        if not ways:
            few = _few(item)
            return None if few is None else found | few
        once = item[0] not in _REPEATS or item[1][1] == 1
        after = _is_edge(items[place + 1 :], ends, last=False) and once
        for way in ways:
            first = _first_of(list(way), ends=after)
            if first is None:
                return None
            found |= first
        if "" not in found and not may_be_absent(item):
            return found
        found.discard("")
    return found | {""}


def _first_of_run(items: Sequence[Item], *, ends: bool) -> set[str]:
    """The beginnings of what items match that begin with letters."""
    stop = next((n for n, item in enumerate(items) if not _is_letter(item)), len(items))
    run = "".join(chr(argument) for _, argument in items[:stop])
    if stop < len(items) and items[stop][0] is op.BRANCH:
        # The parser has taken out the letters that all branches begin with.
        after = _is_edge(items[stop + 1 :], ends, last=False)
        firsts = [
            _first_of_run([*items[:stop], *branch], ends=after) for branch in items[stop][1][1]
        ]
        return set().union(*firsts)
    return {run + " " * _is_edge(items[stop:], ends, last=False)}


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
