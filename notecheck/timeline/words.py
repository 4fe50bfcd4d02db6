"""Words that the facts look for beside the mentions, from `patterns/timeline/words.toml`."""

from __future__ import annotations

import re
from functools import cache

from notecheck.models import Side
from notecheck.rules.files import pattern_file
from notecheck.rules.toml_file import load_toml
from notecheck.rules.word_table import WordTable, any_of


class ReasonDated(WordTable):
    of: tuple[str, ...]
    the: tuple[str, ...]
    during: tuple[str, ...]
    not_its: tuple[str, ...]
    span: tuple[str, ...]


class FactWords(WordTable):
    """The lists; the file's remarks say what each is for."""

    access: tuple[str, ...]
    access_only: tuple[str, ...]
    access_before: tuple[str, ...]
    bare: tuple[str, ...]
    foot_parts: tuple[str, ...]
    well: tuple[str, ...]
    specimen_of_bone: tuple[str, ...]
    about_bone: tuple[str, ...]
    bone_named: tuple[str, ...]
    old_end: tuple[str, ...]
    matched: tuple[str, ...]
    held_against: tuple[str, ...]
    weighs_operation: frozenset[str]
    passes: frozenset[str]
    to_this_day: tuple[str, ...]
    held_article: tuple[str, ...]
    joins: tuple[str, ...]
    loose_level: tuple[str, ...]
    amputated_then: tuple[str, ...]
    taken_from: tuple[str, ...]
    gave: tuple[str, ...]
    again: tuple[str, ...]
    one_unit: tuple[str, ...]
    joint_named: tuple[str, ...]
    closed: frozenset[str]
    closed_over_bone: frozenset[str]
    written_after: tuple[str, ...]
    measured_from: tuple[str, ...]
    points_back: tuple[str, ...]
    comes_about: tuple[str, ...]
    to_come: tuple[str, ...]
    past: tuple[str, ...]
    well_noun: tuple[str, ...]
    well_verb: tuple[str, ...]
    level_label: tuple[str, ...]
    level_today: tuple[str, ...]
    level_of: tuple[str, ...]
    other_size: tuple[str, ...]
    size_by: tuple[str, ...]
    size_unit: tuple[str, ...]
    sides: dict[Side, tuple[str, ...]]
    within: dict[str, str]
    third: dict[str, tuple[str, ...]]
    junction: dict[str, tuple[str, ...]]
    reason_dated: ReasonDated


@cache
def fact_words() -> FactWords:
    """The file, read once. Raises RulesError for one that is wrong."""
    return load_toml(pattern_file("timeline/words.toml"), FactWords)


def holds_any(text: str, words: tuple[str, ...]) -> bool:
    """Whether normalised `text` holds any of these words or beginnings."""
    return any(word in text for word in words)


def holds_word(text: str, words: tuple[str, ...]) -> bool:
    """Whether normalised `text` holds any of these as whole words."""
    return _whole(words).search(text) is not None


@cache
def _whole(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\b{any_of(words)}\b")
