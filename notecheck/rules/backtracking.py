"""Regular expressions that can run away: found by their shape, and by the clock.

Both ways are needed. A repeat within a repeat is wrong at any length of text; a long row of repeats
is slow only on texts that nearly match it, and only the clock tells how slow.
"""

from __future__ import annotations

import multiprocessing
import re
import time
from collections.abc import Iterator, Mapping, Sequence
from itertools import cycle, islice
from multiprocessing.connection import Connection
from typing import TypeVar

from notecheck.rules.regex_tree import (
    Item,
    alternatives,
    characters,
    is_unbounded,
    items_of,
    may_be_absent,
    pumps,
    takes_no_text,
    words_of,
)

Name = TypeVar("Name")
SLOW = 0.25  # seconds for one text of _LENGTH characters
_LENGTH = 1_000
_GIVEN_UP = 8.0  # seconds, for all texts of an expression, on a machine that is busy
_MOST_WORDS = 4
_MOST_PUMPS = 12
_FILLERS = ("a ", "a-", "- ", "-", " ", "1 ", "1-", ", ", "a/-", "05/06/2026 ", "05-06-2026 - ")
# What leads up to the words of an expression, and what stands between two of them.
_LEADS = ("05/04/2026 ", "in 2019 ", "left ")
_RULED = "-" * 24


def repeats_run_away(expression: str) -> bool:
    """Whether a repeat without limit holds another that can match the same text in its place.

    Such an expression takes time that doubles with each character of a text that nearly matches.
    Raises re.error.
    """
    return any(_runs_away(item) for item in items_of(expression))


def _runs_away(item: Item) -> bool:
    ways = alternatives(item)
    if is_unbounded(item) and any(
        _only_through(way, inner, characters(inner)) for way in ways for inner in _unbounded(way)
    ):
        return True
    return any(_runs_away(inner) for way in ways for inner in way)


def _unbounded(items: Sequence[Item]) -> Iterator[Item]:
    for item in items:
        if is_unbounded(item):
            yield item
        for way in alternatives(item):
            yield from _unbounded(way)


def _only(items: Sequence[Item], allowed: frozenset[str]) -> bool:
    """Whether the items can match a text of `allowed` characters alone, or nothing."""
    return all(
        takes_no_text(item)
        or may_be_absent(item)
        or any(_only(way, allowed) for way in alternatives(item))
        or (not alternatives(item) and bool(characters(item) & allowed))
        for item in items
    )


def _only_through(items: Sequence[Item], through: Item, allowed: frozenset[str]) -> bool:
    """The same for a match in which `through`, somewhere within the items, takes part."""
    for index, item in enumerate(items):
        here = item is through or any(
            _only_through(way, through, allowed) for way in alternatives(item)
        )
        if here and _only([*items[:index], *items[index + 1 :]], allowed):
            return True
    return False


def slow_expressions(expressions: Mapping[Name, str]) -> dict[Name, float]:
    """The names of `expressions` that take more than SLOW seconds, with the seconds.

    Each is tried, in a process that can be ended, on texts made from its own words. One that is
    given up takes at least the seconds told. All of them must compile.
    """
    waiting = dict(expressions)
    slow: dict[Name, float] = {}
    while waiting:
        waiting = _measured(waiting, slow)
    return slow


def _measured(expressions: dict[Name, str], slow: dict[Name, float]) -> dict[Name, str]:
    """Measure until one is given up; the expressions that are left."""
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_measure, args=(sender, tuple(expressions.values())))
    process.start()
    sender.close()
    left = dict(expressions)
    receiver.poll(60)  # the process starts: it says so
    receiver.recv()
    for name in expressions:
        answered = receiver.poll(_GIVEN_UP)
        seconds = receiver.recv() if answered else _GIVEN_UP
        del left[name]
        if seconds > SLOW:
            slow[name] = seconds
        if not answered:
            process.kill()
            break
    process.join()
    return left


def _measure(sender: Connection, expressions: Sequence[str]) -> None:
    sender.send(0.0)
    for expression in expressions:
        compiled = re.compile(expression)
        worst = max(_seconds(compiled, text) for text in hostile_texts(expression))
        sender.send(worst)


def _seconds(expression: re.Pattern[str], text: str) -> float:
    """The faster of two runs where the first is slow: another program may have been in the way."""
    runs = []
    for _ in range(2):
        start = time.process_time()
        for _match in expression.finditer(text):
            pass
        runs.append(time.process_time() - start)
        if runs[0] <= SLOW:
            break
    return min(runs)


def hostile_texts(expression: str) -> list[str]:
    """Texts that nearly match `expression`: its words over and over, its repeats pumped up.

    Repeats with a limit are pumped too: up to it they are tried in as many ways. So are the runs
    of separators that a blank matches, though the checker itself never meets a long one.
    """
    items = items_of(expression)
    words = list(dict.fromkeys(words_of(items))) or ["a"]
    texts = [" ".join(islice(cycle(words), _LENGTH))]
    texts += [f"{word} " * _LENGTH for word in words[:_MOST_WORDS]]
    texts += [f"{words[0]} " + filler * _LENGTH for filler in _FILLERS]
    # Short, for what goes up with every sign more: a ruled line before, between and after words.
    few = words[:_MOST_WORDS]
    texts += [f"{lead}{_RULED} 05/06/2026 {' '.join(few)}" for lead in _LEADS]
    texts += [f" {_RULED} ".join(few), f"{' '.join(few)} {_RULED} 05/06/2026"]
    pumped = dict.fromkeys(before + repeated * _LENGTH for before, repeated in pumps(items))
    texts += list(pumped)[:_MOST_PUMPS]
    return [text[:_LENGTH] + "!" for text in texts]
