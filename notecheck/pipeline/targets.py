"""Finds the phrases of the target rules, sentence by sentence, on the raw text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from notecheck.pipeline.mentions import Mention, Sentence
from notecheck.rules.load import TargetRule
from notecheck.rules.model import ANY_GROUP, DETAIL_GROUPS, TargetRecord
from notecheck.rules.pattern import named_spans


class TargetFinder:
    """Applies target rules to sentences.

    A rule's required words are looked up in the document first, then in the sentence; its regular
    expression runs only where one of them stands.
    """

    def __init__(self, rules: Sequence[TargetRule]) -> None:
        self._rules = rules

    def find(self, normalized: str, sentences: Iterable[Sentence]) -> list[Mention]:
        """All mentions of all rules, in text order, overlapping ones included."""
        rules = [rule for rule in self._rules if rule.pattern.possible(normalized)]
        found: list[Mention] = []
        for sentence in sentences:
            words = normalized[sentence.start : sentence.end]
            for rule in rules:
                if rule.pattern.possible(words):
                    found += self._apply(rule, normalized, sentence)
        return sorted(found, key=lambda m: (m.start, -m.end, m.rule))

    @staticmethod
    def _apply(rule: TargetRule, normalized: str, sentence: Sentence) -> list[Mention]:
        record = rule.record
        category = sentence.category or "none"
        if record.sections and category not in record.sections:
            return []
        if category in record.not_sections:
            return []
        matches = rule.pattern.find(normalized, sentence.start, sentence.end)
        if matches and rule.unless and rule.unless.search(normalized, sentence.start, sentence.end):
            return []
        return [_mention(record, match, sentence) for match in matches]


def _mention(record: TargetRecord, match: re.Match[str], sentence: Sentence) -> Mention:
    groups = named_spans(match)
    value = record.value
    if value == ANY_GROUP:
        value = next((name for name in groups if name not in DETAIL_GROUPS), "unknown")
    return Mention(record.id, record.fact, value, match.start(), match.end(), sentence, groups)
