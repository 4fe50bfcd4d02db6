"""Which of the cues that ConText finds in a text are kept when they overlap."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from notecheck.pipeline.medspacy_parts import ConTextRule, MedspacyMatcher

_SAYING = frozenset({"FORWARD", "BACKWARD", "BIDIRECTIONAL"})
_Match = tuple[int, int, int]  # its rule, its first token and the one after its last


class CueMatcher(MedspacyMatcher):  # type: ignore[misc]  # medspaCy tells no types
    """medspaCy's matcher, which of two cues that share a word keeps both.

    medspaCy keeps the longest, and of two of one length the first: "it was intended to cut" would
    look back from "was intended" and never ahead from "intended to". A cue within another is part
    of it and is dropped, and one that ends reaches or means nothing still hides what it overlaps.
    """

    def __init__(self, nlp: Language, name: str) -> None:
        super().__init__(nlp, name, prune=False)
        self._strings = nlp.vocab.strings

    def __call__(self, doc: Doc) -> list[_Match]:
        """The cues of a text, in order, none within another."""
        kept: list[_Match] = []
        # In the order of their first words, the longest first: what is within another ends by then.
        for match in sorted(super().__call__(doc), key=lambda m: (m[1], -m[2])):
            if kept and match[2] <= kept[-1][2]:
                continue
            if not kept or match[1] >= kept[-1][2] or self._both_say(kept[-1], match):
                kept.append(match)
            elif _length(match) > _length(kept[-1]):
                kept[-1] = match
        return kept

    def _both_say(self, first: _Match, second: _Match) -> bool:
        """Whether both cues say something, and neither would end the other's reach.

        Of one category, one that looks ahead is ended by the next, one that looks back by the last.
        """
        before, after = (self.rule_map[self._strings[rule]] for rule, _, _ in (first, second))
        if not all(_says(rule) for rule in (before, after)):
            return False
        apart = before.direction == "BACKWARD" and after.direction == "FORWARD"
        return apart or bool(before.category != after.category)


def _says(rule: ConTextRule) -> bool:
    """Whether a cue tells something of what stands round it, and does not only end reaches."""
    told = rule.metadata["records"]
    return rule.direction in _SAYING and all(record.reason != "terminate" for record in told)


def _length(match: _Match) -> int:
    return match[2] - match[1]
