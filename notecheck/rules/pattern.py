"""A pattern of `patterns/` made ready to match.

Patterns run on Python's own `re`: on these it compiles and matches some three times faster than the
`regex` package, and sentences are too short for a bounded pattern to run away.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property

from notecheck.errors import RulesError
from notecheck.rules.literals import Way, required_words
from notecheck.rules.machine import machine_of
from notecheck.rules.pattern_text import translate
from notecheck.rules.prepared import Prepared
from notecheck.rules.regex_tree import items_of


class Pattern:
    """The expression that a pattern stands for, and what it asks of a text.

    `prepared` is what was worked out of the same pattern before. Raises RulesError for a source
    that is no pattern.
    """

    def __init__(
        self, source: str, lexicon: Mapping[str, str], prepared: Prepared | None = None
    ) -> None:
        self.source = source
        self._prepared = prepared
        if prepared:
            self.text = prepared.text
            return
        self.text = translate(source, lexicon)
        try:
            self._items = items_of(self.text)
        except re.error as error:
            raise RulesError(f"the pattern is no regular expression: {error.msg}") from None

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        if self._prepared:
            return self._prepared.machine.expression(self.text)
        return re.compile(self.text)

    @cached_property
    def ways(self) -> tuple[Way, ...]:
        """The words that a text must hold to match, in one way of several."""
        if self._prepared:
            return self._prepared.ways
        ways = required_words(self._items)
        self._items.clear()  # large, and of no more use
        return ways

    def prepared(self) -> Prepared:
        """All that is worked out of the pattern, to be kept."""
        return self._prepared or Prepared(self.text, self.ways, machine_of(self.text))

    def find(self, normalized: str, start: int, end: int) -> list[re.Match[str]]:
        """All matches within `normalized[start:end]`."""
        return list(self._compiled.finditer(normalized, start, end))
