"""The language of phrases: words in their order, as a reader would say them.

    "stump (itself) was|were [left alone|not touched]"
    "{femur} <3> divided"

A word stands for itself. `a|b` is one of several, `[a b|c]` one of several longer ones, `(a|b)` the
same where it may be left out. `{list}` is a word of that list, in any of its forms. `<3>` is up to
three words of any kind, but none that turns the meaning round (not, if, would, ...), `<3 list>`
up to three words of that list, and `<3 not list>` up to three of which none begins one of it. `^`
is the beginning of a document, `^^` that of a sentence or of what a stop, a comma or "and" parts in
it, and `$` the end of a sentence. Two words with a hyphen between them
are found with that hyphen only: "in-patient" is no "in patient with sepsis".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from notecheck.errors import RulesError

_PART = re.compile(
    r"\s*(\(([^()\[\]]*)\)|\[([^()\[\]]*)\]|<(\d+)(?: (not )?([a-z_]+))?>|([^\s()\[\]<]+))"
)
_LIST = re.compile(r"\{([a-z][a-z_]*)\}")


_MOST_WAYS = 10_000
FIRST, OPENING, LAST, HYPHEN = "^", "^^", "$", "-"
SIGNS = frozenset({FIRST, OPENING, LAST, HYPHEN})  # what stands for no word of the text


class Word(NamedTuple):
    """One word as it stands; with signs in it, as "s/p" has, several."""

    text: str


class Listed(NamedTuple):
    """A word, or a phrase, of a list."""

    name: str


class Gap(NamedTuple):
    """Up to so many words of any kind, those of one list `only`, or none of one list `without`."""

    most: int
    only: str | None = None
    without: str | None = None


class Choice(NamedTuple):
    """One of several sequences, the first that fits; with `optional`, or none of them."""

    ways: tuple[tuple[Word | Listed, ...], ...]
    optional: bool


Item = Gap | Choice


@cache
def parse(phrase: str) -> tuple[Item, ...]:
    """The items of a phrase. Raises RulesError for one that cannot be read."""
    items: list[Item] = []
    at = 0
    phrase = " ".join(phrase.split())
    while at < len(phrase):
        part = _PART.match(phrase, at)
        if part is None:
            raise RulesError(f'"{phrase}" cannot be read from "{phrase[at:]}" on')
        _, left_out, longer, gap, turned, name, plain = part.groups()
        if gap is not None:
            items.append(Gap(int(gap), *((None, name) if turned else (name, None))))
        elif left_out is not None:
            items.append(Choice(tuple(_ways(left_out)), optional=True))
        else:
            items.append(Choice(tuple(_ways(longer if longer is not None else plain)), False))
        at = part.end()
    if not any(isinstance(item, Choice) and not item.optional for item in items):
        raise RulesError(f'"{phrase}" asks for no word')
    if isinstance(items[-1], Gap):
        raise RulesError(f'"{phrase}" ends with any words')
    return tuple(items)


def ways_to_say(phrase: str) -> tuple[str, ...]:
    """Every way to say a phrase of words alone, the first ways of its choices first.

    Raises RulesError for a phrase that cannot be read, that names a list, has a gap, or can be
    said in more ways than memory should hold.
    """
    said = [""]
    for item in parse(phrase):
        if isinstance(item, Gap):
            raise RulesError(f'"{phrase}" may not have a gap here')
        ways = [_said(way, phrase) for way in item.ways] + ([""] if item.optional else [])
        said = [
            f"{before} {way}" if before and way else before + way for before in said for way in ways
        ]
        if len(said) > _MOST_WAYS:
            raise RulesError(
                f'"{phrase}" can be said in more than {_MOST_WAYS:,} ways: make it several phrases'
            )
    return tuple(way.replace(" ,", ",") for way in said)


def lists_in(phrase: str) -> frozenset[str]:
    """The lists that a phrase names."""
    gaps = (item for item in parse(phrase) if isinstance(item, Gap))
    named = {name for gap in gaps for name in (gap.only, gap.without) if name}
    return frozenset(_LIST.findall(phrase)) | named


def kept_out(phrase: str) -> frozenset[str]:
    """The lists whose words may not stand in a gap of the phrase."""
    gaps = (item for item in parse(phrase) if isinstance(item, Gap))
    return frozenset(gap.without for gap in gaps if gap.without)


def _said(way: tuple[Word | Listed, ...], phrase: str) -> str:
    if any(isinstance(step, Listed) for step in way):
        raise RulesError(f'"{phrase}" may name no list here')
    return " ".join(step.text for step in way if isinstance(step, Word))


def _ways(text: str) -> Iterator[tuple[Word | Listed, ...]]:
    for way in text.split("|"):
        steps: list[Word | Listed] = []
        for part in way.split():
            named = _LIST.fullmatch(part)
            if named:
                steps.append(Listed(named[1]))
            elif "{" in part or "}" in part:
                raise RulesError(f'"{part}" names no word list')
            elif not part.strip(HYPHEN):
                raise RulesError(f'"{text}" has a hyphen that ties no words: leave it out')
            else:
                steps.append(Word(part))
        if not steps:
            raise RulesError(f'"{text}" has an empty choice')
        yield tuple(steps)
