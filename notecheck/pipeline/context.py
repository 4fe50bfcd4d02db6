"""ConText over the mentions: what is negated, planned, history, consent, hypothetical.

Only the sentences that hold a mention and a word that may speak of it are looked at. The algorithm
is medspaCy's, by the same cues, without the `Doc` that medspaCy asks for: to make one takes more
time than all the rest, and spaCy most of a start. `notecheck.pipeline.medspacy_context` is
medspaCy's own ConText, for pipelines of spaCy; tests hold that both say the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from notecheck.pipeline.cue_overlaps import Found, heard
from notecheck.pipeline.cue_rules import CueRule, CueRules
from notecheck.pipeline.mentions import AnalysedDocument, Mention
from notecheck.pipeline.speaking import THEN, Stretch, reaches, speaking, take
from notecheck.pipeline.tokens import Tokens
from notecheck.rules.model import ContextRecord
from notecheck.rules.word_index import bits


class Context:
    """Sets `reason` and `cue` on mentions by their context.

    Cues reach to the end of their sentence or to a word that ends their reach. Which facts a cue
    speaks of, and how many words away, is then asked of every record that lists the cue.
    """

    def __init__(self, records: Sequence[ContextRecord]) -> None:
        self._rules = CueRules(records)
        self._words: dict[int, tuple[str, ...]] = {}  # the tokens of cues, as they are met

    def read(self, note: AnalysedDocument) -> AnalysedDocument:
        """The note, its mentions marked in place."""
        self.apply(note.normalized, note.said)
        return note

    def apply(self, normalized: str, mentions: Iterable[Mention]) -> None:
        """Mark each mention that its context excludes. Changes the mentions in place."""
        of_sentence: dict[int, list[Mention]] = {}
        for mention in mentions:
            of_sentence.setdefault(mention.sentence.index, []).append(mention)
        index = self._rules.index
        for told in of_sentence.values():
            sentence = told[0].sentence
            text = normalized[sentence.start : sentence.end]
            cues = index.possible(text)
            spoken_of = index.spoken_of(cues, told)
            if spoken_of:
                self._mark(spoken_of, cues, text, sentence.start)

    def _mark(self, mentions: Sequence[Mention], cues: int, text: str, start: int) -> None:
        """Mark those of a sentence that `cues`, as bits, exclude if they stand in it."""
        tokens = Tokens(text)
        found = [_Reach(*cue, len(tokens.texts)) for cue in heard(self._found(cues, tokens.texts))]
        for one, other in combinations(found, 2):
            one.end_at(other)
            other.end_at(one)
        for mention in mentions if found else ():
            target = tokens.holding(mention.start - start, mention.end - start)
            records = [
                record
                for one in found
                if one.meets(target, mention.fact)
                for record in speaking(
                    one.rule, one.cue, target, mention.fact, tokens.texts[one.cue[1] :][:THEN]
                )
                if reaches(record, start + tokens.start(one.cue[0]), mention)
            ]
            if records:
                take(mention, records)

    def _found(self, cues: int, texts: tuple[str, ...]) -> Iterator[Found]:
        """Those of the `cues`, as bits, that stand in a sentence of these tokens."""
        places: dict[str, list[int]] = {}
        for place, text in enumerate(texts):
            places.setdefault(text, []).append(place)
        for cue in bits(cues):
            words = self._words.get(cue)
            if words is None:
                words = self._words[cue] = Tokens(self._rules[cue].literal.lower()).texts
            for first in places.get(words[0], ()):
                if texts[first : first + len(words)] == words:
                    yield self._rules[cue], first, first + len(words)


class _Reach:
    """A cue in a sentence of some tokens, and which of them it reaches: medspaCy's `scope`."""

    __slots__ = ("_first", "_last", "cue", "rule")

    def __init__(self, rule: CueRule, first: int, last: int, tokens: int) -> None:
        self.rule = rule
        self.cue: Stretch = first, last
        self._first = last if rule.direction == "FORWARD" else 0
        self._last = first if rule.direction == "BACKWARD" else tokens
        if rule.ends:
            self._last = min(self._last, last + 1)

    def end_at(self, other: _Reach) -> None:
        """Reach no further than the other, where it ends reaches of this kind."""
        mine, its = self.rule, other.rule
        alike = mine.category == its.category and mine.facts == its.facts
        if not alike and its.category not in mine.ended_by:
            return
        if not _overlap((self._first, self._last), (other._first, other._last)):
            return
        if mine.direction != "BACKWARD" and other.cue[0] > self.cue[0]:
            self._last = min(self._last, other.cue[0])
        if mine.direction != "FORWARD" and other.cue[1] < self.cue[1]:
            self._first = max(self._first, other.cue[1])

    def meets(self, target: Stretch, fact: str) -> bool:
        """Whether a mention of this fact is reached."""
        return (
            self.rule.direction != "PSEUDO"
            and self.rule.allows(fact)
            and not _overlap(self.cue, target)
            and _overlap((self._first, self._last), target)
        )


def _overlap(one: Stretch, other: Stretch) -> bool:
    """As medspaCy takes it: another that begins before and ends after does not count."""
    return one[0] <= other[0] < one[1] or one[0] < other[1] <= one[1]
