"""Whose reasons those are whose sentence names no limb by a side and a noun.

In the documents beside the operative note: "The left is draining pus", "ulcer of the heel" of a
patient whose operated limb ends above the knee, "he is here for his left leg. It is infected". The
second limb of an amputee has troubles of its own, which are no reasons for today's operation.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from notecheck.models import Side
from notecheck.pipeline.mentions import REASONS, AnalysedDocument, Mention, Sentence
from notecheck.timeline.chart import Chart
from notecheck.timeline.levels import proximality
from notecheck.timeline.limbs import LimbSides
from notecheck.timeline.words import fact_words, holds_word

_CUE = "limb-of-the-story"
_SIDE_ALONE, _PART = "side_alone", "limb_part"
_STUMP = "prior_unlevelled"
_AMPUTATIONS = ("prior", "amputation")
_WAY_BACK = 4  # sentences


def mark_reasons_of_other_limb(chart: Chart) -> None:
    """Exclude, as `other_limb`, reasons that the story beside them tells of the other limb.

    Where no one side is told of it, that is what ails a part which its stump has not.
    """
    if chart.side == "bilateral":
        return
    limbs = _Limbs(chart)
    for document in chart.others:
        if any(m.fact in REASONS and m.counts for m in document.said):
            _Story(limbs, document).mark()


class _Limbs:
    """The levels of amputation that the documents tell of each limb."""

    def __init__(self, chart: Chart) -> None:
        self.own = chart.side if chart.side in ("left", "right") else None
        self._chart = chart

    @cached_property
    def _told(self) -> dict[Side | None, set[str]]:
        told: dict[Side | None, set[str]] = {}
        for document in self._chart.documents:
            sides = LimbSides(document)
            for mention in document.of(*_AMPUTATIONS):
                if mention.value in proximality():
                    told.setdefault(sides.of(mention), set()).add(mention.value)
        return told

    @cached_property
    def stump(self) -> int:
        """Where the operated limb ends, counted from the toes; -1 where no stump of it is told.

        Of several amputations it is the stump that is there, else the lowest: it was the first.
        """
        told = [
            f.mention
            for f in self._chart.found(self._chart.operative, "prior")
            if f.mention.value in proximality()
            and LimbSides(f.document).of(f.mention) in (self.own, None)
        ]
        there = [stump for stump in told if "existing" in stump.tells]
        return min((proximality().index(stump.value) for stump in there or told), default=-1)

    @cached_property
    def others(self) -> set[str]:
        """The levels told of the other limb, or of both."""
        return {level for side, told in self._told.items() if side not in (self.own, None)
                for level in told}  # fmt: skip

    def lacks(self, part: Mention) -> bool:
        """Whether the operated limb has no such part, or no stump of such a level."""
        if part.value not in proximality() or proximality().index(part.value) >= self.stump:
            return False
        if part.fact == _PART:
            return True
        at_end = {proximality()[self.stump]}
        told = self._told.get(self.own, set())
        return part.value in self.others or (bool(at_end & told) and part.value not in told)


class _Story:
    """One document, sentence for sentence."""

    def __init__(self, limbs: _Limbs, document: AnalysedDocument) -> None:
        self._limbs = limbs
        self._document = document
        self._sides = LimbSides(document)

    def mark(self) -> None:
        for sentence in self._document.sentences:
            for mention in (*self._document.within(sentence), *self._document.read_in(sentence)):
                if mention.counts and mention.fact in REASONS and self._is_of_other(mention):
                    mention.reason, mention.cue = "other_limb", _CUE

    def _is_of_other(self, mention: Mention) -> bool:
        sided = self._sides.named(mention.sentence)
        alone = list(self._of(mention.sentence, _SIDE_ALONE))
        own = self._limbs.own
        if alone and not sided:
            return own is not None and self._sides.nearest(mention, alone).value != own
        parts = list(self._of(mention.sentence, _PART, _STUMP, *_AMPUTATIONS))
        if parts:
            part = self._sides.nearest(mention, parts)
            if self._limbs.lacks(part) and own not in sided:
                return own is not None or (part.fact == _PART and not sided)
            if not self._may_be_of_either(part):
                return False
        return own is not None and not sided and self._follows_the_other(mention.sentence)

    def _may_be_of_either(self, part: Mention) -> bool:
        """Whether it is the name of a stump such as the other limb has, too."""
        if part.fact == _STUMP:
            return bool(self._limbs.others)
        return part.fact in _AMPUTATIONS and part.value in self._limbs.others

    def _follows_the_other(self, sentence: Sentence) -> bool:
        """Whether the last limb named before it is the other one, told as what ails the patient."""
        first = max(0, sentence.index - _WAY_BACK)
        for before in reversed(self._document.sentences[first : sentence.index]):
            if before.section is not sentence.section:
                return False
            sides = self._sides.named(before)
            sides |= {told.value for told in self._of(before, _SIDE_ALONE)}
            if sides:
                other = self._limbs.own not in sides and len(sides) == 1
                return other and (self._ails(before) or self._comes_for_the_other)
            parts = list(self._of(before, _PART, _STUMP, *_AMPUTATIONS))
            if any(not self._limbs.lacks(part) for part in parts):
                return False
            if parts:
                return self._ails(before)
        return False

    @cached_property
    def _comes_for_the_other(self) -> bool:
        """Whether the first trouble that the document tells is one of the other limb."""
        told = (m for m in self._document.mentions if m.fact in REASONS)
        first = next(told, None)
        return first is not None and first.reason == "other_limb"

    def _ails(self, sentence: Sentence) -> bool:
        """Whether a sentence about the other limb tells what ails it, or that he comes for it."""
        return any(
            told.fact in REASONS and told.reason == "other_limb"
            for told in self._document.within(sentence)
        ) or holds_word(self._document.sentence_text(sentence), fact_words().comes_about)

    def _of(self, sentence: Sentence, *facts: str) -> Iterator[Mention]:
        return (told for told in self._document.within(sentence) if told.fact in facts)
