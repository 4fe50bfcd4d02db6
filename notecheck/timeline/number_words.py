"""Words for numbers and units, from `patterns/timeline/numbers.toml`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from pydantic import Field

from notecheck.rules.files import pattern_file
from notecheck.rules.toml_file import load_toml
from notecheck.rules.word_table import Words, WordTable, any_of


class _NumberFile(WordTable):
    """The lists; the file's remarks say what each is for."""

    ones: Words
    teens: Words
    tens: Words
    ordinals: Words
    one: Words
    zero: Words
    hundred: Words
    point: Words
    some: Words
    this_millennium: Words
    joins: Words = Field(alias="and")
    ranges: Words = Field(alias="range")
    between: Words
    from_: Words = Field(alias="from")
    of: Words
    part_of_unit: Words
    square: Words
    also: dict[str, float]
    later_ordinals: dict[str, int]
    century: dict[str, int]
    parts: dict[int, Words]
    centimetres: dict[str, float]


@dataclass(frozen=True, slots=True)
class NumberWords:
    """The numbers by their words, and the expressions for what joins them.

    `units` are those from one to nineteen, `counted` all that count things, the articles that stand
    for one among them, `told` what a length may be told with as well; `parts` the fractions.
    `part_of_unit` finds a part behind a unit, its word the only group; `of_a_unit` the words that
    lead from a number to its unit; `between` what opens a range whose last number ends a text.
    """

    units: Mapping[str, int]
    tens: Mapping[str, int]
    counted: Mapping[str, int]
    told: Mapping[str, float]
    ordinals: Mapping[str, int]
    parts: Mapping[str, float]
    centuries: Mapping[str, int]
    centimetres: Mapping[str, float]
    articles: frozenset[str]
    hundred: frozenset[str]
    point: frozenset[str]
    some: Words
    zero: Words
    this_millennium: Words
    range_opens: Words
    range_starts: Words
    joint: re.Pattern[str]
    range: re.Pattern[str]
    range_word: re.Pattern[str]
    between: re.Pattern[str]
    of_a_unit: re.Pattern[str]
    part_of_unit: re.Pattern[str]
    square: re.Pattern[str]


@cache
def number_words() -> NumberWords:
    """Made once. Raises RulesError for a file that is wrong."""
    file = load_toml(pattern_file("timeline/numbers.toml"), _NumberFile)
    numbers = {word: value for value, word in enumerate((*file.ones, *file.teens))}
    units = {word: value for word, value in numbers.items() if value}
    tens = {word: 10 * value for value, word in enumerate(file.tens, start=2)}
    articles = dict.fromkeys(file.one, 1)
    first = [word for word, value in units.items() if value == 1]
    one, joins = any_of(file.one), any_of(file.joins)
    part_of_unit = any_of(file.part_of_unit)
    return NumberWords(
        units=units,
        tens=tens,
        counted=units | tens | articles,
        told={**numbers, **tens, **articles, **file.also},
        ordinals={w: n for n, w in enumerate(file.ordinals, start=1)} | file.later_ordinals,
        parts={word: 1 / whole for whole, words in file.parts.items() for word in words},
        centuries=file.century,
        centimetres=file.centimetres,
        articles=frozenset(file.one),
        hundred=frozenset(file.hundred),
        point=frozenset(file.point),
        some=file.some,
        zero=file.zero,
        this_millennium=file.this_millennium,
        range_opens=tuple(f"{word} " for word in file.between),
        range_starts=tuple(f"{word} " for word in file.from_),
        joint=re.compile(rf"\b{joins}\b"),
        # "10-12" and "10 to 12" are ranges; the hyphens of "2-1/2" and "twenty-four" are blanks.
        range=re.compile(
            rf"(?<=\d)\s*-\s*(?=\d+(?!\d*/))|\s{any_of(file.ranges)}\s|(?<=[a-z])\s+-\s+(?=[a-z])"
        ),
        range_word=re.compile(rf" {any_of(file.ranges)} "),
        between=re.compile(rf"{any_of(file.between)} (?:[\w./]+ {joins} )?$"),
        # "half an", "a couple of"
        of_a_unit=re.compile(rf"(?<=\w)\s+(?:{any_of(file.of)}(?:\s+{one})?|{one})$"),
        part_of_unit=re.compile(rf" {joins} {any_of([*file.one, *first])} ({part_of_unit})\b"),
        square=re.compile(rf"{any_of(file.square)}\b\.?|[\s-]"),
    )
