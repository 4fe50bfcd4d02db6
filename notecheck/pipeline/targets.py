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

    The rules' required words are looked up in the document first, then in each sentence; a rule's
    regular expression runs only where one of its words stands.
    """

    def __init__(self, rules: Sequence[TargetRule]) -> None:
        self._rules = rules
        self._always = [i for i, rule in enumerate(rules) if not rule.pattern.literals]
        self._by_literal: dict[str, list[int]] = {}
        for index, rule in enumerate(rules):
            for literal in rule.pattern.literals:
                self._by_literal.setdefault(literal, []).append(index)

    def find(self, normalized: str, sentences: Iterable[Sentence]) -> list[Mention]:
        """All mentions of all rules, in text order, overlapping ones included."""
        told = [literal for literal in self._by_literal if literal in normalized]
        found: list[Mention] = []
        for sentence in sentences:
            words = normalized[sentence.start : sentence.end]
            possible = set(self._always)
            for literal in told:
                if literal in words:
                    possible.update(self._by_literal[literal])
            for index in possible:
                found += self._apply(self._rules[index], normalized, sentence)
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
