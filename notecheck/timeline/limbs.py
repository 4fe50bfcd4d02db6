"""Which limb a statement is about.

A statement belongs to the side named nearest to it in its sentence. A sentence that names no side
and begins by pointing back ("It has healed") belongs to the side of the sentence before; one under
a heading or label that is a side ("LEFT:", "b. Left calf.") to that one, until the other side is
named. Everything else is about the operated limb.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import get_args

from notecheck.models import Side
from notecheck.pipeline.lines import begins_line
from notecheck.pipeline.mentions import AnalysedDocument, Mention, Once, Sentence
from notecheck.pipeline.section import Section
from notecheck.rules.word_table import any_of
from notecheck.timeline.chart import Chart, Found
from notecheck.timeline.words import fact_words, holds_any

# A debridement counts wherever it was done, a place goes with its cut where one is told beside it,
# and the rest of these are not about a limb.
_ANY_LIMB = frozenset({
    "side", "setting", "field", "other_site", "positioning", "debridement", "debridement_tissue",
    "debridement_removed", "debridement_area", "debridement_separate", "manner", "length",
    "length_bare", "length_marked", "segment", "landmark", "landmark_marked",
})  # fmt: skip
_PLACES = frozenset({
    "length", "length_bare", "length_marked", "segment", "landmark", "landmark_marked",
})  # fmt: skip
_CUTS = ("bone_cut", "joint_cut")
_FROM_ANOTHER_LIMB = "skin_graft"  # "STSG from the right thigh": the side is the donor's
_WORD = re.compile(r"[a-z]+")
_MOST_WORDS_OF_LABEL = 2
_FAR = 60
_LABELS: Once[list[Side | None]] = Once("the side of the label over each sentence")
_NAMED: Once[dict[int, list[Mention]]] = Once("the sides that each sentence names, by its index")
_SIDES: dict[str, Side] = {side: side for side in get_args(Side)}


def mark_other_limb(chart: Chart) -> None:
    """Exclude, as `other_limb`, what is said of the limb that was not operated on."""
    if chart.side not in ("left", "right"):
        return
    for document in chart.documents:
        sides = LimbSides(document)
        for mention in document.said:
            if not mention.counts or mention.value == _FROM_ANOTHER_LIMB:
                continue
            if mention.fact in _ANY_LIMB and not sides.is_place_of_one(mention):
                continue
            side = sides.of(mention)
            if side in ("left", "right") and side != chart.side:
                mention.reason = "other_limb"
                mention.cue = f"side.{side}"
            elif (
                mention.fact == "prior_unlevelled"
                and side is None
                and _beside_other_limb(document, mention)
            ):
                mention.reason = "other_limb"
                mention.cue = "other-limb"


def _beside_other_limb(document: AnalysedDocument, mention: Mention) -> bool:
    """Whether the sentence tells of an amputation of the other limb and of no other."""
    told = [m for m in document.beside(mention) if m.fact == "prior"]
    return bool(told) and all(m.reason == "other_limb" for m in told)


class LimbSides:
    """Tells the side of any mention of one document."""

    def __init__(self, document: AnalysedDocument) -> None:
        self._document = document

    def of(self, mention: Mention) -> Side | None:
        """The side that `mention` is about, as far as its surroundings name one."""
        sides = self._named_in(mention.sentence)
        if mention.clause:  # what a clause says is not about a side that only a later one names
            sides = [side for side in sides if side.start < mention.clause[1]]
        if not sides:
            return self._carried(mention.sentence) or self._headed(mention.sentence)
        if len({side.value for side in sides}) == 1:
            return _value(sides[0])
        return _value(min(sides, key=lambda side: self._distance(mention, side)))

    def _named_in(self, sentence: Sentence) -> list[Mention]:
        return self._document.once(_NAMED, self._named).get(sentence.index, [])

    def _named(self) -> dict[int, list[Mention]]:
        named: dict[int, list[Mention]] = {}
        for side in self._document.of("side"):
            if not self._is_compared(side):
                named.setdefault(side.sentence.index, []).append(side)
        return named

    def _is_compared(self, side: Mention) -> bool:
        """Whether the limb of this side is only what another is held against: "unlike the left"."""
        before = self._document.normalized[side.sentence.start : side.start].rstrip()
        for article in fact_words().held_article:
            before = before.removesuffix(f" {article}")
        return before.endswith(fact_words().held_against)

    def is_place_of_one(self, mention: Mention) -> bool:
        """Whether it is a place or length of the limb that its sentence, with no cut, begins with.

        "The left stump measures 18 cm", but "it was left at 18 cm, to match the left stump".
        """
        if mention.fact not in _PLACES:
            return False
        sentence = mention.sentence
        sides = self._named_in(sentence)
        words = self._document.sentence_text(sentence)
        return (
            bool(sides)
            and all(side.start < mention.start for side in sides)
            and not any(m.fact in _CUTS for m in self._document.within(sentence))
            and not holds_any(words, fact_words().matched)
        )

    def _distance(self, mention: Mention, side: Mention) -> float:
        """How far apart, in characters; a clause's end between them counts as far.

        Of a longer phrase ("status post right AKA and left BKA") the amputation itself is meant; of
        a whole statement ("lost both legs, the right below the knee") what it ends with.
        """
        start, end = mention.groups.get(mention.value, (mention.start, mention.end))
        start, end = self._aside(mention.sentence, start, end) or (start, end)
        if side.start < end and start < side.end:
            within = side.start - start if mention.value in mention.groups else end - side.end
            return abs(within) * 0.01
        between = self._document.normalized[min(end, side.end) : max(start, side.start)]
        distance = float(len(between)) + _FAR * sum(between.count(mark) for mark in ";:")
        joins = (f" {word} " for word in fact_words().joins)
        distance += 20 * sum(between.count(sign) for sign in (",", *joins))
        # A side is mostly named before its noun: "left stump", "on the right she has ...".
        return distance if side.start < start else distance + 12

    def _aside(self, sentence: Sentence, start: int, end: int) -> tuple[int, int] | None:
        """Where the words in parentheses begin that it stands in, if they name no side."""
        text = self._document.normalized
        opens = text.rfind("(", sentence.start, start)
        closes = text.find(")", end, sentence.end)
        if opens < 0 or closes < 0 or ")" in text[opens:start]:
            return None
        sides = self._named_in(sentence)
        return None if any(opens < side.start < closes for side in sides) else (opens, opens)

    def _carried(self, sentence: Sentence) -> Side | None:
        if sentence.index == 0:
            return None
        words = self._document.sentence_text(sentence)
        sides = self._named_in(self._document.sentences[sentence.index - 1])
        if len({side.value for side in sides}) == 1 and _points_back().match(words):
            return _value(sides[0])
        return None

    def _headed(self, sentence: Sentence) -> Side | None:
        """The side of the label over a sentence, where no other side is named between them."""
        return self._document.once(_LABELS, lambda: list(self._labels()))[sentence.index]

    def _labels(self) -> Iterator[Side | None]:
        """Of each sentence, in their order.

        A heading in the midst of a line ("O: RIGHT: open. LEFT: healed.") is over one sentence.
        """
        label = heading = None
        between: set[str] = set()
        before: Sentence | None = None
        for sentence in self._document.sentences:
            if before is None or before.section is not sentence.section:
                label, between = None, set()
                heading = over = self._side_of_heading(sentence.section)
                if not self._begins_line(sentence.section.start):
                    heading = None
            else:
                sides = {side.value for side in self._named_in(before)}
                if len(sides) == 1 and self._is_label(before):
                    label, between = sides.pop(), set()
                else:
                    between = between | sides
                over = label or heading
            yield _SIDES[over] if over and between <= {over} else None
            before = sentence

    def _side_of_heading(self, section: Section) -> str | None:
        """The side that a heading names; one that names both, as a label, is over neither."""
        words = _words(self._document.normalized[section.start : section.body])
        named = [side for side in _SIDES if side in words]
        return named[0] if len(named) == 1 else None

    def _is_label(self, sentence: Sentence) -> bool:
        """Whether a line begins with a sentence that only names a part: "b. Left calf."."""
        words = _words(self._document.sentence_text(sentence))
        return len(words) <= _MOST_WORDS_OF_LABEL and self._begins_line(sentence.start)

    def _begins_line(self, start: int) -> bool:
        return begins_line(self._document.repaired.text, start)


def _words(text: str) -> list[str]:
    """The words of a label, without the letter or number before it."""
    return [word for word in _WORD.findall(text) if len(word) > 1]


@cache
def _points_back() -> re.Pattern[str]:
    return re.compile(rf"\W*{any_of(fact_words().points_back)}\b")


def _value(side: Mention) -> Side | None:
    return _SIDES.get(side.value)


def side_of(found: Found) -> Side | None:
    """The side of one mention."""
    return LimbSides(found.document).of(found.mention)
