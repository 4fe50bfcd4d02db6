"""What the second reader knows of words apart from its model; without numpy, to start soon."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, cached_property

import regex
from pydantic import BaseModel, ConfigDict

from notecheck.rules.files import pattern_file
from notecheck.rules.toml_file import load_toml


class KnownWords(BaseModel):
    """`signs` are words that are read as one: a side says nothing of what was done.

    A sentence with a word of `denies` may deny or weigh what it names; "%" stands for any ending.
    Values that are `akin` are told in nearly the same words.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    denies: tuple[str, ...]
    akin: frozenset[str]
    signs: Mapping[str, str]

    @cached_property
    def _denying(self) -> regex.Pattern[str]:
        ways = "|".join(regex.escape(word).replace("%", "[a-z]*") for word in self.denies)
        return regex.compile(rf"\b(?:{ways})\b")

    def may_deny(self, sentence: str) -> bool:
        """Whether a sentence, in small letters, holds such a word."""
        return self._denying.search(sentence) is not None


@cache
def known_words() -> KnownWords:
    """Those of `patterns/reader/words.toml`."""
    return load_toml(pattern_file("reader/words.toml"), KnownWords)
