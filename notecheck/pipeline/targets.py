"""Finds the phrases of the target rules, sentence by sentence, on the raw text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from notecheck.pipeline.mentions import Mention, Sentence
from notecheck.rules.load import TargetRule
from notecheck.rules.model import ANY_GROUP, DETAIL_GROUPS, TargetRecord
from notecheck.rules.pattern import named_spans
from notecheck.rules.word_index import WordIndex, find_words


class TargetFinder:
    """Applies target rules to sentences.

    The words of a sentence tell which rules can find something in it; only their regular
    expressions run.
    """

    def __init__(self, rules: Sequence[TargetRule]) -> None:
        self._rules = rules
        self._index = WordIndex([rule.pattern.required for rule in rules])
        self._in_category: dict[str, frozenset[int]] = {}

    def find(self, normalized: str, sentences: Iterable[Sentence]) -> list[Mention]:
        """All mentions of all rules, in text order, overlapping ones included."""
        found: list[Mention] = []
        for sentence in sentences:
            words = find_words(normalized, sentence.start, sentence.end)
            applying = self._applying(sentence.category or "none")
            for place in self._index.possible(words) & applying:
                found += _mentions(self._rules[place], normalized, sentence)
        return sorted(found, key=lambda m: (m.start, -m.end, m.rule))

    def _applying(self, category: str) -> frozenset[int]:
        """The places of the rules that read sections of this category."""
        if category not in self._in_category:
            self._in_category[category] = frozenset(
                place
                for place, rule in enumerate(self._rules)
                if category not in rule.record.not_sections
                and (not rule.record.sections or category in rule.record.sections)
            )
        return self._in_category[category]


def _mentions(rule: TargetRule, normalized: str, sentence: Sentence) -> list[Mention]:
    matches = rule.pattern.find(normalized, sentence.start, sentence.end)
    if matches and rule.unless and rule.unless.search(normalized, sentence.start, sentence.end):
        return []
    return [_mention(rule.record, match, sentence) for match in matches]


def _mention(record: TargetRecord, match: re.Match[str], sentence: Sentence) -> Mention:
    groups = named_spans(match)
    value = record.value
    if value == ANY_GROUP:
        value = next((name for name in groups if name not in DETAIL_GROUPS), "unknown")
    return Mention(record.id, record.fact, value, match.start(), match.end(), sentence, groups)
