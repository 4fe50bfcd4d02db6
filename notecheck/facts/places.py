"""The segments of the bone and the landmarks that go with today's cut.

A segment counts where it stands in the sentence of a cut, or beside one in the description, or in a
field of its own ("Level today: mid-thigh"). One in the title stands in where the description has
none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from notecheck.facts.near_cut import NearCut
from notecheck.pipeline.mentions import Mention, by_sentence
from notecheck.rules.word_table import any_of
from notecheck.timeline.chart import TITLE, Found, in_description
from notecheck.timeline.words import fact_words, holds_any

_LABELLED = 80  # characters of a label with its leaders
_NEAR = 1  # sentences between a cut and the place that goes with it


class Places(NearCut):
    """Where along the bone today's cut was made."""

    def segments(self, *, placed: bool) -> list[Found]:
        """Best first: with the cut, beside it, in a field, in the title.

        Where the skin was cut stands in for the place only when the cut is not `placed` by a length
        or a landmark.
        """
        told = self.told("segment")
        described = [
            f
            for f in told
            if in_description(f.mention)
            or f.mention.category in ("findings", "laterality")
            or self.distance(f) == 0
        ]
        with_cut = [f for f in described if self.distance(f) == 0]
        beside = [f for f in described if self.distance(f) == _NEAR and self._short(f)]
        fields = [f for f in described if self.is_field(f)]
        headings = [
            f
            for f in told
            if f.mention.category in (TITLE, "postoperative_diagnosis") and not self.of_old_stump(f)
        ]
        incised = [f for f in described if "field" in self._facts_beside(f)]
        alone = [f for f in described if not self._facts_beside(f) & {"indication", "prior"}]
        told = self._latest(with_cut) or fields or beside or headings
        return told or ([] if placed else incised or alone)

    def _latest(self, found: list[Found]) -> list[Found]:
        """The description's first, of them the nearest to a cut's own words.

        A junction of thirds is the exact place.
        """
        cuts = by_sentence(cut.mention for cut in self._operation.cuts)
        return sorted(
            found,
            key=lambda f: (
                not in_description(f.mention),
                not at_junction(f),
                _from_cut(f.mention, cuts),
            ),
        )

    def _short(self, found: Found) -> bool:
        """Beside a cut, a place counts if its sentence is about the bone and not the skin."""
        return not self._facts_beside(found) & {"field", "indication", "prior"}

    def is_field(self, found: Found) -> bool:
        """Whether the place stands in a field of its own for the level."""
        sentence, text = found.mention.sentence, found.document.normalized
        heading = text[sentence.section.start : sentence.section.body]
        place = found.mention.start
        label = _label().search(text, max(0, place - _LABELLED), place)
        if label is None and place - sentence.start <= _LABELLED:
            label = _label().search(text[sentence.start : place])  # a line of its own
        return holds_any(heading, fact_words().level_label) or (
            label is not None and not holds_any(label[0], fact_words().old_end)
        )

    @staticmethod
    def of_old_stump(found: Found) -> bool:
        """Whether the heading's words name the stump as it was ("high AKA stump")."""
        mention = found.mention
        return any(
            m.fact == "prior"
            and m.start <= mention.start
            and mention.end <= m.end
            and "named_stump" in m.tells
            for m in found.document.beside(mention)
        )

    def landmarks(self, *, thirds: bool) -> list[Found]:
        """Places with no number that a cut's own sentence names, or that it goes back to.

        With `thirds` a third of the bone is one: only of the femur is it a fact of its own.
        """
        told = [*self.told("landmark"), *(self.told("segment") if thirds else ())]
        named = [f for f in told if in_description(f.mention) and self.distance(f) == 0]
        return named or self.marked("landmark_marked")


def _from_cut(mention: Mention, cuts: Mapping[int, Sequence[Mention]]) -> int:
    """The characters between a place and the nearest of the cuts of its sentence."""
    own = cuts.get(mention.sentence.index, ())
    return min((max(mention.start - m.end, m.start - mention.end) for m in own), default=999)


def at_junction(found: Found) -> bool:
    """Whether a segment is told as where two thirds meet."""
    words = found.document.words(found.mention)
    return all(holds_any(words, group) for group in fact_words().junction.values())


@cache
def _label() -> re.Pattern[str]:
    """A label that names a level, with its leaders, up to the end of a text."""
    words = fact_words()
    label, today, of = map(any_of, (words.level_label, words.level_today, words.level_of))
    return re.compile(
        rf"(?:^|[\n.;|]|  )[^\n.;|]{{0,20}}?\b{label}(?: {today}| {of} [a-z]+(?: [a-z]+)?)?"
        r"(?: *[.:=]+ *| )$"
    )
