"""Finds the phrases of the target rules, sentence by sentence, on the raw text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from notecheck.pipeline.mentions import Mention, Sentence
from notecheck.rules.load import TargetRule
from notecheck.rules.model import ANY_GROUP, DETAIL_GROUPS, TargetRecord
from notecheck.rules.pattern import named_spans
from notecheck.rules.word_index import WORD, BeginningIndex, BitPlaces, WordIndex


class TargetFinder:
    """Applies target rules to sentences.

    The words of a sentence tell which rules can find something in it, and each of these rules is
    tried only at the words with which it can begin.
    """

    def __init__(self, rules: Sequence[TargetRule]) -> None:
        self._rules = rules
        self._index = WordIndex([rule.pattern.words[0] for rule in rules])
        self._beginnings = BeginningIndex([rule.pattern.words[1] for rule in rules])
        self._places = BitPlaces()
        self._in_category: dict[str, int] = {}

    def find(self, normalized: str, sentences: Iterable[Sentence]) -> list[Mention]:
        """All mentions of all rules, sentence by sentence, overlapping ones included."""
        found: list[Mention] = []
        for sentence in sentences if self._rules else ():  # ours are frames; a site may have rules
            for rule, matches in self._matches(normalized, sentence):
                unless = rule.unless
                if not (unless and unless.search(normalized, sentence.start, sentence.end)):
                    found += [_mention(rule.record, match, sentence) for match in matches]
        return found

    def _matches(
        self, normalized: str, sentence: Sentence
    ) -> list[tuple[TargetRule, list[re.Match[str]]]]:
        """The rules that match in the sentence, with their matches in order."""
        begin, end = sentence.start, sentence.end
        words = WORD.findall(normalized, begin, end)
        possible = self._index.possible(words) & self._applying(sentence.category or "none")
        if not possible:
            return []
        told: list[tuple[TargetRule, list[re.Match[str]]]] = []
        rules, at = self._rules, self._beginnings.at
        for place in self._places[possible & self._beginnings.anywhere]:
            matches = rules[place].pattern.find(normalized, begin, end)
            if matches:
                told.append((rules[place], matches))
        beginning = [at[word] & possible for word in words]
        if not any(beginning):
            return told
        found: dict[int, list[re.Match[str]]] = {}
        starts = WORD.finditer(normalized, begin, end)
        for beginners, word in zip(beginning, starts, strict=True):
            if not beginners:
                continue
            start = word.start()
            for place in self._places[beginners]:
                if place in found and start < found[place][-1].end():
                    continue
                match = rules[place].pattern.match(normalized, start, end)
                if match:
                    found.setdefault(place, []).append(match)
        return told + [(rules[place], matches) for place, matches in found.items()]

    def _applying(self, category: str) -> int:
        """The rules, as bits, that read sections of this category."""
        if category not in self._in_category:
            self._in_category[category] = sum(
                1 << place
                for place, rule in enumerate(self._rules)
                if category not in rule.record.not_sections
                and (not rule.record.sections or category in rule.record.sections)
            )
        return self._in_category[category]


def in_text_order(mentions: Iterable[Mention]) -> list[Mention]:
    """By place, then by what is told: a rule's name or file has no say in the order."""
    return sorted(mentions, key=_place)


def _place(mention: Mention) -> tuple[object, ...]:
    return (
        mention.start,
        -mention.end,
        mention.fact,
        mention.value,
        sorted(mention.tells) if mention.tells else [],
        sorted(mention.groups.items()) if mention.groups else [],
    )


def _mention(record: TargetRecord, match: re.Match[str], sentence: Sentence) -> Mention:
    groups = named_spans(match)
    value = record.value
    if value == ANY_GROUP:
        value = next((name for name in groups if name not in DETAIL_GROUPS), "unknown")
    return Mention(
        record.id,
        record.fact,
        value,
        match.start(),
        match.end(),
        sentence,
        groups,
        tells=record.tells,
    )
