"""Which words a text must contain for a regular expression to match it at all.

Looking for a plain word is some hundred times cheaper than running an expression, so most
expressions never run on most sentences.
"""

from __future__ import annotations

from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

_MOST = 200
_SHORTEST = 2


def required_literals(expression: str) -> frozenset[str]:
    """Words of which every match of `expression` contains at least one.

    Empty when no such set of words of two letters or more is known: the expression may then
    match anything.
    """
    found = _of_sequence(list(parser.parse(expression)))
    return frozenset(found) if found else frozenset()


def _better(a: set[str] | None, b: set[str] | None) -> set[str] | None:
    """The set that rules out more: longer words first, then fewer of them."""
    if not a or not b:
        return a or b
    return max(a, b, key=lambda words: (min(map(len, words)), -len(words)))


def _of_sequence(items: list[Any]) -> set[str] | None:
    best: set[str] | None = None
    run = ""
    for code, argument in [*items, (None, None)]:
        if code is op.LITERAL and chr(argument).isalnum():
            run += chr(argument)
            continue
        if len(run) >= _SHORTEST:
            best = _better(best, {run})
        run = ""
        if code is not None:
            best = _better(best, _of_item(code, argument))
    return best


def _of_item(code: Any, argument: Any) -> set[str] | None:
    if code is op.SUBPATTERN:
        return _of_sequence(list(argument[3]))
    if code in (op.MAX_REPEAT, op.MIN_REPEAT) and argument[0] >= 1:
        return _of_sequence(list(argument[2]))
    if code is op.BRANCH:
        words: set[str] = set()
        for branch in argument[1]:
            of_branch = _of_sequence(list(branch))
            if not of_branch:
                return None
            words |= of_branch
        return words if len(words) <= _MOST else None
    return None
