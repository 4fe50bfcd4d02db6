"""Which limb a statement is about.

A statement belongs to the side named nearest to it in its sentence. A sentence that names no side
and begins by pointing back ("It has healed") belongs to the side of the sentence before; one under
a heading or label that is a side ("LEFT:", "b. Left calf.") to that one, until the other side is
named. Everything else is about the operated limb.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import get_args

from notecheck.models import Side
from notecheck.pipeline.lines import begins_line
from notecheck.pipeline.mentions import AnalysedDocument, Mention, Once, Sentence, by_sentence
from notecheck.pipeline.section import Section
from notecheck.rules.word_table import any_of
from notecheck.timeline.chart import CUTS, DIAGNOSES, LIMB_GROUP, TITLE, Chart, Found
from notecheck.timeline.named_sides import NamedSides
from notecheck.timeline.sign_places import SignPlaces
from notecheck.timeline.words import fact_words

# A debridement counts wherever it was done, a place goes with its cut where one is told beside it,
# and the rest of these are not about a limb.
_ANY_LIMB = frozenset({
    "side", "side_alone", "limb_part", "setting", "field", "other_site", "positioning",
    "debridement", "debridement_tissue", "debridement_removed", "debridement_area",
    "debridement_separate", "manner", "length",
    "length_bare", "length_marked", "segment", "landmark", "landmark_marked",
})  # fmt: skip
_PLACES = frozenset({
    "length", "length_bare", "length_marked", "segment", "landmark", "landmark_marked",
})  # fmt: skip
_FROM_ANOTHER_LIMB = "skin_graft"  # "STSG from the right thigh": the side is the donor's
_WORD = re.compile(r"[a-z]+")
_MOST_WORDS_OF_LABEL = 2
_LABEL = re.compile(r"[^.:\n]{1,40}[.:]")
_FAR = 60
_LISTS = DIAGNOSES | {TITLE}
_LABELS: Once[list[Side | None]] = Once("the side of the label over each sentence")
_NAMED: Once[dict[int, NamedSides]] = Once("the sides that each sentence names, by its index")
_SIGNS: Once[SignPlaces] = Once("where the signs stand that part statements")
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
            elif mention.fact == "prior" and _is_of_a_whole_limb(document, mention):
                mention.reason = "other_limb"
                mention.cue = "has-its-end"


def _is_of_a_whole_limb(document: AnalysedDocument, stump: Mention) -> bool:
    """Whether a diagnosis tells before it, and a comma apart, what ails a foot of one side.

    "Gangrene left foot, above-knee amputee": the limb of that foot has no such stump.
    """
    if stump.category not in DIAGNOSES:
        return False
    sides = [m for m in document.beside(stump) if m.fact == "side" and LIMB_GROUP in m.groups]
    if len(sides) != 1 or sides[0].end > stump.start:
        return False
    head = document.normalized[slice(*sides[0].groups[LIMB_GROUP])]
    between = document.normalized[sides[0].end : stump.start]
    return head in fact_words().foot_parts and "," in between


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
        named = self._named_in(mention.sentence)
        many = len(named.all) if named else 0
        if named and mention.clause:  # no clause is about a side that only a later one names
            many = named.beginning_before(mention.clause[1])
        if not named or not many:
            return self._carried(mention.sentence) or self._headed(mention.sentence)
        if only := named.only(many):
            return _value(only)
        start, end = self._spoken(mention)
        near = named.around(start, end, many)
        if len(near) == 1:
            return _value(near[0])
        return _value(min(near, key=lambda side: self._distance(mention, start, end, side)))

    def nearest(self, mention: Mention, told: Iterable[Mention]) -> Mention:
        """The one of these, of its sentence, that is told nearest to a mention."""
        start, end = self._spoken(mention)
        return min(told, key=lambda one: self._distance(mention, start, end, one))

    def named(self, sentence: Sentence) -> set[str]:
        """The sides of limbs that a sentence names."""
        named = self._named_in(sentence)
        return {side.value for side in named.all} if named else set()

    def _named_in(self, sentence: Sentence) -> NamedSides | None:
        return self._document.once(_NAMED, self._named).get(sentence.index)

    def _named(self) -> dict[int, NamedSides]:
        named = by_sentence(s for s in self._document.of("side") if not self._is_compared(s))
        return {index: NamedSides(sides) for index, sides in named.items()}

    def _is_compared(self, side: Mention) -> bool:
        """Whether the limb of this side is only what another is held against: "unlike the left"."""
        text, start, end = self._document.normalized, side.sentence.start, side.start
        while end > start and text[end - 1].isspace():
            end -= 1
        for article in fact_words().held_article:
            if text.endswith(f" {article}", start, end):
                end -= len(article) + 1
        return text.endswith(fact_words().held_against, start, end)

    def _signs(self) -> SignPlaces:
        return self._document.once(_SIGNS, lambda: SignPlaces(self._document.normalized))

    def is_place_of_one(self, mention: Mention) -> bool:
        """Whether it is a place or length of the limb that its sentence, with no cut, begins with.

        "The left stump measures 18 cm", but "it was left at 18 cm, to match the left stump".
        """
        if mention.fact not in _PLACES:
            return False
        sentence = mention.sentence
        named = self._named_in(sentence)
        return (
            named is not None
            and named.all[-1].start < mention.start
            and self._document.facts_of(sentence).keys().isdisjoint(CUTS)
            and not self._is_matched(sentence)
        )

    def _is_matched(self, sentence: Sentence) -> bool:
        """Whether it says that something is as long as something else."""
        signs = self._signs()
        return any(
            signs.first(word, sentence.start, sentence.end) >= 0 for word in fact_words().matched
        )

    def _spoken(self, mention: Mention) -> tuple[int, int]:
        """The part of a mention that is near to its side, or the aside that it stands in.

        Of a longer phrase ("status post right AKA and left BKA") the amputation itself is meant.
        """
        start, end = mention.groups.get(mention.value, (mention.start, mention.end))
        return self._aside(mention.sentence, start, end) or (start, end)

    def _distance(self, mention: Mention, start: int, end: int, side: Mention) -> float:
        """How far apart, in characters; a clause's end between them counts as far.

        `start:end` is what is asked of the mention. Of a whole statement ("lost both legs, the
        right below the knee") what it ends with is meant.
        """
        if side.start < end and start < side.end:
            within = side.start - start if mention.value in mention.groups else end - side.end
            return abs(within) * 0.01
        signs, begins, ends = self._signs(), min(end, side.end), max(start, side.start)
        distance = float(ends - begins) + _FAR * sum(signs.count(s, begins, ends) for s in ";:")
        if mention.category in _LISTS:  # an item a line, with no sign behind it
            distance += _FAR * self._document.repaired.text.count("\n", begins, ends)
        joins = (f" {word} " for word in fact_words().joins)
        distance += 20 * sum(signs.count(sign, begins, ends) for sign in (",", *joins))
        # A side is mostly named before its noun: "left stump", "on the right she has ...".
        return distance if side.start < start else distance + 12

    def _aside(self, sentence: Sentence, start: int, end: int) -> tuple[int, int] | None:
        """Where the words in parentheses begin that it stands in, if they name no side."""
        signs = self._signs()
        opens = signs.last("(", sentence.start, start)
        closes = signs.first(")", end, sentence.end)
        if opens < 0 or closes < 0 or signs.count(")", opens, start):
            return None
        named = self._named_in(sentence)
        return None if named and named.any_between(opens, closes) else (opens, opens)

    def _carried(self, sentence: Sentence) -> Side | None:
        if sentence.index == 0:
            return None
        named = self._named_in(self._document.sentences[sentence.index - 1])
        only = named.only(len(named.all)) if named else None
        text = self._document.normalized
        if only and _points_back().match(text, sentence.start, sentence.end):
            return _value(only)
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
                heading = over = self._side_of_heading(sentence.section, before)
                if not self._begins_line(sentence.section.start):
                    heading = None
            else:
                if told := self.side_of_label(before):
                    label, between = told, set()
                else:
                    between = between | self.named(before)
                over = label or heading
            yield _SIDES[over] if over and between <= {over} else None
            before = sentence

    def _side_of_heading(self, section: Section, before: Sentence | None) -> str | None:
        """The side that a heading names; one that names both, as a label, is over neither.

        Words right before it in its line go with it: "LEFT BKA STUMP: healed".
        """
        words = _words(label_of(self._document, section))
        named = {side for side in _SIDES if side in words}
        if self._begins_line(section.start) or (before and before.end < section.start - 1):
            before = None
        if not named and before:
            short = len(_words(self._document.sentence_text(before))) <= _MOST_WORDS_OF_LABEL
            named = self.named(before) if short else set()
        return named.pop() if len(named) == 1 else None

    def side_of_label(self, sentence: Sentence) -> Side | None:
        """The side of a sentence that begins a line and only names it, or a part: "Left calf."."""
        words = _words(self._document.sentence_text(sentence))
        if len(words) > _MOST_WORDS_OF_LABEL or not self._begins_line(sentence.start):
            return None
        sides = self.named(sentence) or set(words)
        side = sides.pop() if len(sides) == 1 else ""
        return _SIDES.get(side)

    def _begins_line(self, start: int) -> bool:
        return begins_line(self._document.repaired.text, start)


def label_of(document: AnalysedDocument, section: Section) -> str:
    """A section's heading; of one under an unknown label, as "LEFT FOOT.", these few words."""
    text = document.normalized
    if section.body > section.start:
        return text[section.start : section.body]
    label = _LABEL.match(text, section.start, section.end)
    return label[0] if label and len(_words(label[0])) <= _MOST_WORDS_OF_LABEL else ""


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
