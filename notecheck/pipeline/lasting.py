"""What a history tells that has not passed: how the stump is now."""

from __future__ import annotations

import re
from functools import cache

from notecheck.rules.files import pattern_file
from notecheck.rules.toml_file import load_toml
from notecheck.rules.word_table import WordTable, any_of


class _Lasting(WordTable):
    """The words of `patterns/structure/lasting.toml`; its remarks say what they are for."""

    of: tuple[str, ...]
    lasted: tuple[str, ...]
    span: tuple[str, ...]
    unit: tuple[str, ...]
    since: tuple[str, ...]
    now: tuple[str, ...]
    over: tuple[str, ...]


@cache
def _expressions() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    words = load_toml(pattern_file("structure/lasting.toml"), _Lasting)
    unit = any_of(words.unit)
    time = (
        rf"\b(?:{any_of(words.span)}(?: \d+)?|{any_of(words.lasted)} \d+) ?(?:{unit}|\w+ {unit})\b"
        rf"|\b(?:{any_of(words.since)}|{any_of(words.now)})\b"
    )
    return (
        re.compile(rf"\b{any_of(words.of)}\b"),
        re.compile(time),
        re.compile(rf"\b{any_of(words.over)}\b"),
    )


def lasts(sentence: str) -> bool:
    """Whether a normalised sentence tells what has been so of the stump up to now."""
    stump, time, over = _expressions()
    return bool(stump.search(sentence) and time.search(sentence) and not over.search(sentence))
