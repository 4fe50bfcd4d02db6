"""A pattern of `patterns/` made ready to match.

Patterns run on Python's own `re`: on these it compiles and matches some three times faster than the
`regex` package, and sentences are too short for a bounded pattern to run away.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cached_property

from notecheck.errors import RulesError
from notecheck.rules.literals import Requirement, Way, first_words, required_words
from notecheck.rules.machine import machine_of
from notecheck.rules.pattern_text import AGAIN, translate
from notecheck.rules.prepared import Prepared
from notecheck.rules.regex_tree import items_of
from notecheck.rules.trees import Trees


class Pattern:
    """The expression that a pattern stands for, and what it asks of a text.

    `prepared` is what was worked out of the same pattern before. `trees` shares the parsing of the
    lexicon's terms between many patterns. Raises RulesError for a source that is no pattern.
    """

    def __init__(
        self,
        source: str,
        lexicon: Mapping[str, str],
        trees: Trees | None = None,
        prepared: Prepared | None = None,
    ) -> None:
        self.source = source
        self._prepared = prepared
        if prepared:
            self.text = prepared.text
            return
        self.text = translate(source, lexicon)
        try:
            self._items = trees.of(source) if trees else items_of(self.text)
        except re.error as error:
            raise RulesError(f"the pattern is no regular expression: {error.msg}") from None

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        if self._prepared:
            return self._prepared.machine.expression(self.text)
        return re.compile(self.text)

    @cached_property
    def words(self) -> tuple[tuple[Way, ...], Requirement | None]:
        """The words that a text must hold to match, in one way of several, and the first words.

        At one of the first words a match begins; None when they are not known.
        """
        if self._prepared:
            return self._prepared.ways, self._prepared.first
        words = required_words(self._items), first_words(self._items)
        self._items.clear()  # large, and of no more use
        return words

    def prepared(self) -> Prepared:
        """All that is worked out of the pattern, to be kept."""
        return self._prepared or Prepared(self.text, *self.words, machine_of(self.text))

    def find(self, normalized: str, start: int, end: int) -> list[re.Match[str]]:
        """All matches within `normalized[start:end]`."""
        return list(self._compiled.finditer(normalized, start, end))

    @cached_property
    def match(self) -> Callable[[str, int, int], re.Match[str] | None]:
        """`match(normalized, start, end)`: the match in the stretch that begins at its start."""
        return self._compiled.match

    def search(self, normalized: str, start: int, end: int) -> re.Match[str] | None:
        """The first match within `normalized[start:end]`."""
        return self._compiled.search(normalized, start, end)


def named_spans(match: re.Match[str]) -> dict[str, tuple[int, int]]:
    """The named groups that took part in a match, by the name that the pattern gives them."""
    if not match.re.groupindex:
        return {}
    return {
        name.partition(AGAIN)[0]: match.span(name)
        for name, text in match.groupdict().items()
        if text
    }


def group_names(expression: str) -> frozenset[str]:
    """The names of the groups of a translated pattern, as the pattern gives them."""
    return frozenset(name.partition(AGAIN)[0] for name in re.compile(expression).groupindex)
