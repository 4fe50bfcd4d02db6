"""What a parsed regular expression can match: its characters, and a text for each part of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from re import _constants as op  # type: ignore[attr-defined]  # typeshed leaves it out
from re import _parser as parser  # type: ignore[attr-defined]  # typeshed leaves it out
from typing import Any

Item = tuple[Any, Any]
# Normalised text: ASCII in lower case, and what has no ASCII form.
_ALPHABET = frozenset("\n !\"#$%&'()*+,-./0123456789:;<=>?@[\\]^_`{|}~\u00bd").union(
    "abcdefghijklmnopqrstuvwxyz"
)
_ORDINARY = "ae1 -"
_CATEGORIES: dict[Any, Callable[[str], bool]] = {
    op.CATEGORY_DIGIT: str.isdigit,
    op.CATEGORY_NOT_DIGIT: lambda c: not c.isdigit(),
    op.CATEGORY_SPACE: str.isspace,
    op.CATEGORY_NOT_SPACE: lambda c: not c.isspace(),
    op.CATEGORY_WORD: lambda c: c.isalnum() or c == "_",
    op.CATEGORY_NOT_WORD: lambda c: not (c.isalnum() or c == "_"),
}
_REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT)
_MANY = 6  # times: of a repeat with a limit, so many can be tried in many ways
_ALL_REPEATS = (*_REPEATS, op.POSSESSIVE_REPEAT)


def items_of(expression: str) -> list[Item]:
    """The parsed items of `expression`. Raises re.error."""
    return list(_parsed(expression))


def narrowest(expression: str) -> int:
    """The fewest characters that `expression` matches. Raises re.error."""
    return int(_parsed(expression).getwidth()[0])


@lru_cache(maxsize=1)  # one expression after another is asked about several times
def _parsed(expression: str) -> Any:
    return parser.parse(expression)


def is_unbounded(item: Item) -> bool:
    """Whether the item is a repeat without an upper limit, of which backtracking can try many."""
    code, argument = item
    return code in _REPEATS and argument[1] is op.MAXREPEAT


def alternatives(item: Item) -> list[Sequence[Item]]:
    """The sequences within an item, one of which a match runs through; none for a character."""
    code, argument = item
    if code is op.LITERAL or code is op.IN:
        return []
    if code is op.SUBPATTERN:
        return [argument[3]]
    if code is op.BRANCH:
        return list(argument[1])
    if code in _ALL_REPEATS:
        return [argument[2]]
    if code in (op.ASSERT, op.ASSERT_NOT):
        return [argument[1]]
    return [argument] if code is op.ATOMIC_GROUP else []


def takes_no_text(item: Item) -> bool:
    """Whether the item only looks: an anchor, a look-ahead or a look-behind."""
    return item[0] in (op.AT, op.ASSERT, op.ASSERT_NOT)


def may_be_absent(item: Item) -> bool:
    """Whether the item is a repeat of possibly none."""
    return item[0] in (*_REPEATS, op.POSSESSIVE_REPEAT) and item[1][0] == 0


def characters(item: Item) -> frozenset[str]:
    """The characters of normalised text that can be in a match of the item."""
    code, argument = item
    if takes_no_text(item):
        return frozenset()
    if code is op.LITERAL:
        return frozenset(chr(argument))
    if code is op.NOT_LITERAL:
        return _ALPHABET - {chr(argument)}
    if code is op.ANY:
        return _ALPHABET - {"\n"}
    if code is op.IN:
        return _of_class(argument)
    return frozenset().union(*(characters(i) for way in alternatives(item) for i in way))


def _of_class(members: Sequence[Item]) -> frozenset[str]:
    found: set[str] = set()
    for code, argument in members:
        if code is op.LITERAL:
            found.add(chr(argument))
        elif code is op.RANGE:
            found.update(c for c in _ALPHABET if argument[0] <= ord(c) <= argument[1])
        elif code is op.CATEGORY:
            found.update(filter(_CATEGORIES[argument], _ALPHABET))
    negated = members[0][0] is op.NEGATE
    return _ALPHABET - found if negated else frozenset(found)


def words_of(items: Sequence[Item]) -> Iterator[str]:
    """The runs of letters that stand in the expression, in order."""
    run = ""
    for item in items:
        if item[0] is op.LITERAL and chr(item[1]).isalnum():
            run += chr(item[1])
            continue
        if run:
            yield run
        run = ""
        for way in alternatives(item):
            yield from words_of(way)
    if run:
        yield run


def sample(items: Sequence[Item]) -> str:
    """A short text that the items match, looks round them aside."""
    return "".join(map(_sample, items))


def _sample(item: Item) -> str:
    if takes_no_text(item) or (may_be_absent(item) and not is_unbounded(item)):
        return ""
    ways = alternatives(item)
    if ways:
        least = item[1][0] if item[0] in (*_REPEATS, op.POSSESSIVE_REPEAT) else 1
        return sample(ways[0]) * max(least, 1)
    possible = characters(item)
    ordinary = [c for c in _ORDINARY if c in possible]
    return (ordinary or sorted(possible) or [""])[0]


def pumps(items: Sequence[Item], before: str = "") -> Iterator[tuple[str, str]]:
    """For each repeat of many, a text that leads to it and one it repeats."""
    for item in items:
        if item[0] in _REPEATS and item[1][1] >= _MANY:
            yield before, sample(item[1][2])
        if not takes_no_text(item):
            for way in alternatives(item):
                yield from pumps(way, before)
        before += _sample(item)
