"""Whether today's cut is told at two places that cannot be one.

Contract, `new-level`: two incompatible places are a conflict, whichever documents tell them. The
place that the description tells of the cut is held against every other telling of the same cut: the
headings, a field for the level, a summing up behind the cut, a second cut's sentence, and what a
later document says of the operation. A plan made before it, an earlier operation, another limb and
the stump as it came are no tellings of it.
"""

from __future__ import annotations

from collections.abc import Iterator

from notecheck.facts.lengths import Lengths, length_of
from notecheck.facts.places import Places, at_junction
from notecheck.models import Evidence
from notecheck.pipeline.mentions import AnalysedDocument
from notecheck.timeline.chart import TITLE, Chart, Found, evidence, in_description
from notecheck.timeline.dates import find_date
from notecheck.timeline.levels import levels
from notecheck.timeline.limbs import side_of
from notecheck.timeline.origins import apart, reach_of_length, reach_of_segment, tells_end_state
from notecheck.timeline.when import dated_before, day_at_once
from notecheck.timeline.words import fact_words, holds_any

_HEADINGS = (TITLE, "postoperative_diagnosis")
_FOUND = "findings"
_PLACES = ("segment", "length")
_TELLS_CUT = frozenset({"bone_cut", "bone_cut_title", "higher_level", "amputation_today", "act"})
_HAD = "amputated"  # what the words of an amputation that was done tell
_NAMES_LEVEL = ("prior", "amputation", "amputation_today")
_NAMES_AMPUTATION = frozenset({"amputation_any", "higher_level"})
_MAY_TELL_THE_DAY = ("indications", "past_history")  # roles of a course in hospital
_NOT_DONE_THERE = ("past_history", "plan", "consent", "indications", "preoperative_diagnosis")


class Disagreement:
    """Two places of one cut, from what `places` and `lengths` read near it."""

    def __init__(self, chart: Chart, places: Places, lengths: Lengths) -> None:
        self._chart = chart
        self._places = places
        self._lengths = lengths

    def words(
        self, level: str, segments: list[Found], measured: Found | None
    ) -> tuple[Evidence, ...]:
        """The words of both places, or none. `segments` and `measured` are the place as read."""
        own = [f for f in (*segments[:1], measured) if f is not None]
        own = [f for f in own if f.mention.category not in _HEADINGS] or own
        against = [f for f in self._told_again(own) if self._cannot_be(f, own)]
        if against:
            return evidence([own[0], *against])
        return evidence(self._other_level(level))

    def _told_again(self, own: list[Found]) -> Iterator[Found]:
        for place in (f for fact in _PLACES for f in self._places.told(fact)):
            if place in own or not place.mention.counts:
                continue
            category = place.mention.category
            if category in _HEADINGS:
                if not self._places.of_old_stump(place):
                    yield place
            elif (
                self._places.is_field(place)
                or self._sums_up(place)
                or self._second_cut(place, own)
                or self._left_from_elsewhere(place, own)
            ):
                yield place
        for place in self._chart.found(self._later(), *_PLACES, counted=False):
            if self._tells_the_operation(place):
                yield place

    def _second_cut(self, place: Found, own: list[Found]) -> bool:
        """Whether another sentence of a cut names a segment."""
        chosen = own[0] if own else place
        return (
            place.mention.fact == chosen.mention.fact == "segment"
            and (in_description(place.mention) or place.mention.category == _FOUND)
            and self._places.distance(place) == self._places.distance(chosen) == 0
            and place.mention.sentence is not chosen.mention.sentence
        )

    def _left_from_elsewhere(self, place: Found, own: list[Found]) -> bool:
        """Whether what the cut left is measured from another landmark than the cut itself.

        Two lengths from one landmark are held against each other by `Lengths.conflict`.
        """
        if place.mention.fact != "length" or not self._lengths.of_what_is_left(place):
            return False
        measured = [f for f in own if f.mention.fact == "length"]
        return all(self._lengths.origin(f) != self._lengths.origin(place) for f in measured)

    def _sums_up(self, place: Found) -> bool:
        """Whether a sentence behind the cut says what the operation came to."""
        if not in_description(place.mention) or not self._places.is_behind_cuts(place):
            return False
        facts = {m.fact for m in place.document.beside(place.mention)}
        return not facts & {"field", "indication", "prior"} and (
            not _NAMES_AMPUTATION.isdisjoint(facts)
            or (
                place.mention.fact == "segment"
                and tells_end_state(place.document.sentence_text(place.mention.sentence))
            )
        )

    def _later(self) -> list[AnalysedDocument]:
        """The documents written on or after the day of the operation, beside its notes."""
        operated = self._chart.operation_date
        return [
            d
            for d in self._chart.others
            if d.document.type in fact_words().written_after
            and (operated is None or d.document.date is None or d.document.date >= operated)
        ]

    def _tells_the_operation(self, place: Found) -> bool:
        """Whether a later document's sentence tells today's cut of the operated limb.

        "Status post re-amputation on 3/2" is today's where that is the day.
        """
        mention = place.mention
        if side_of(place) not in (None, self._chart.side):
            return False
        of_that_day = self._is_of_that_day(place)
        if mention.category in _NOT_DONE_THERE and not (
            of_that_day and mention.category in _MAY_TELL_THE_DAY
        ):
            return False
        reasons = (None, "history") if of_that_day else (None,)
        if mention.reason not in reasons:
            return False
        beside = [m for m in place.document.beside(mention) if m.reason in reasons]
        return any(
            m.fact in _TELLS_CUT
            and (of_that_day or not dated_before(self._chart, Found(place.document, m)))
            for m in beside
        )

    def _is_of_that_day(self, place: Found) -> bool:
        """Whether the sentence of a mention tells the day of the operation."""
        operated, written = self._chart.operation_date, place.document
        if operated is None:
            return False
        words = written.sentence_text(place.mention.sentence)
        span = find_date(words, self._chart.clock(written))
        return span is not None and span.earliest == span.latest == operated

    def _cannot_be(self, place: Found, own: list[Found]) -> bool:
        """Whether `place` can be none of the places that are `own`, as far as they compare.

        What a field for the level tells beside it agrees with it and says nothing of the others.
        """
        others = own
        if self._places.is_field(place):
            others = [f for f in own if f.told_in != place.told_in]
        # Two words for a place compare better than a word with a length.
        alike = [f for f in others if f.mention.fact == place.mention.fact == "segment"]
        told = [known for f in alike or others if (known := self._apart(place, f)) is not None]
        return bool(told) and all(told)

    def _apart(self, a: Found, b: Found) -> bool | None:
        """Whether two places cannot be one; None where they do not compare."""
        if a.mention.fact == b.mention.fact == "segment":
            return a.mention.value != b.mention.value and not _may_be_one(a, b)
        if a.mention.fact == b.mention.fact and self._lengths.origin(a) == self._lengths.origin(b):
            return self._lengths.origin(a) is not None and not self._lengths.agree(a, b)
        first, second = self._reach(a), self._reach(b)
        return None if first is None or second is None else apart(first, second)

    def _reach(self, place: Found) -> tuple[float, float] | None:
        if place.mention.fact == "segment":
            return reach_of_segment(place.mention.value)
        length = length_of(place)
        origin = self._lengths.origin(place)
        return None if length is None or origin is None else reach_of_length(length, origin)

    def _other_level(self, level: str) -> list[Found]:
        """A later document's name for an operation of that day at another level."""
        operated = self._chart.operation_date
        for f in self._chart.found(self._later(), "amputation"):
            if f.mention.value not in levels() or f.mention.value == level or operated is None:
                continue
            span = day_at_once(self._chart, f.document, f.mention.end)
            of_day = span is not None and span.earliest == span.latest == operated
            undated = span is None and levels()[f.mention.value].stump
            of_day = of_day or (undated and self._was_had_that_day(f, level))
            if of_day and side_of(f) in (None, self._chart.side):
                return [f]
        return []

    def _was_had_that_day(self, found: Found, level: str) -> bool:
        """Whether a sentence of that day says that such an amputation was had, and no other."""
        beside = found.document.beside(found.mention)
        return (
            self._is_of_that_day(found)
            and any(m.start <= found.mention.start < m.end and _HAD in m.tells for m in beside)
            and not any(m.fact in _NAMES_LEVEL and m.value == level for m in beside)
            and not any("existing" in m.tells for m in beside)
        )


def _may_be_one(a: Found, b: Found) -> bool:
    """Whether two segments may be one place.

    The more exact word lies within the other's third; a junction of thirds belongs to both.
    """
    within = fact_words().within
    first, second = a.mention.value, b.mention.value
    if within.get(first) == second or within.get(second) == first:
        return True
    return any(
        at_junction(f) and holds_any(f.document.words(f.mention), fact_words().third.get(o, ()))
        for f, o in ((a, second), (b, first))
    )
