"""Where bone or joint was divided today: level, segment of the femur, and the measured length.

Contract, `new-level` and `bone_resected`: the fact is what the description says; two places of one
cut, told by segments or by lengths, are a conflict.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from notecheck.facts.case import NewLevelSigns
from notecheck.facts.disagreeing_places import Disagreement
from notecheck.facts.lengths import Lengths
from notecheck.facts.operation import Operation, called_otherwise, todays_level
from notecheck.facts.places import Places
from notecheck.models import BoneFact, Evidence, NewLevelFact, Segment, Side
from notecheck.timeline.chart import CUTS, TITLE, Chart, Found, evidence, in_description
from notecheck.timeline.levels import levels
from notecheck.timeline.todays import limb_told_of


def new_level(
    chart: Chart, operation: Operation, prior: str | None
) -> tuple[NewLevelFact | None, NewLevelSigns]:
    """Today's level with its place, and the signs that a requirement asks for beside it."""
    level, words = todays_level(operation, prior)
    vague = evidence(operation.higher)
    if level is None:
        told = operation.aborted or operation.left_alone or operation.speaks_of_bone
        return None, NewLevelSigns(vague=() if told else vague)
    limbs = _limbs_cut(chart)
    each = [_Place(chart, operation, level, about) for about in limbs.values()]
    place = each[0]
    measured = place.measurement
    fact = NewLevelFact(
        value=level,
        segment=place.segment,
        measurement_cm=measured[0] if measured else None,
        evidence=evidence(
            [*words[:2], *place.segments[:1], *([measured[1]] if measured else [])], most=4
        ),
    )
    conflicts = (lengths.conflict() for lengths in (p.lengths for p in each))
    return fact, NewLevelSigns(
        landmark=evidence(place.landmark),
        vague=vague,
        conflict=next(filter(None, conflicts), ())
        or evidence(called_otherwise(operation, level))
        or next(filter(None, (p.disagreement for p in each)), ()),
        segments={limb: p.segment for limb, p in zip(limbs, each, strict=True) if limb},
    )


class _Place:
    """Where along the bone the cut was made, from what `is_about` it."""

    def __init__(
        self, chart: Chart, operation: Operation, level: str, is_about: Callable[[Found], bool]
    ) -> None:
        places = Places(chart, operation, is_about)
        self.lengths = Lengths(chart, operation, is_about)
        self.measurement = None if levels()[level].whole_limb else self.lengths.measurement()
        by_thirds = levels()[level].segments
        self.landmark = places.landmarks(thirds=not by_thirds)
        placed = self.measurement is not None or any(
            "place" in f.mention.groups for f in self.landmark
        )
        self.segments = places.segments(placed=placed) if by_thirds else []
        told = self.segments[0].mention.value if self.segments else None
        self.segment = cast("Segment | None", told)
        measured = self.measurement[1] if self.measurement else None
        against = Disagreement(chart, places, self.lengths)
        self.disagreement = against.words(level, self.segments, measured)


def _limbs_cut(chart: Chart) -> dict[Side | None, Callable[[Found], bool]]:
    """What is about each limb of an operation on both that tells a cut of each; else about None."""
    if chart.side != "bilateral":
        return {None: lambda found: True}
    told = {id(note): limb_told_of(note) for note in chart.operative}

    def limb_of(found: Found) -> Side | None:
        asked = told.get(id(found.document))
        return asked(found.mention) if asked else None

    def is_about(limb: Side) -> Callable[[Found], bool]:
        return lambda found: limb_of(found) in (limb, None)

    cuts = chart.found(chart.operative, *CUTS)
    limbs = dict.fromkeys(limb_of(cut) for cut in cuts if in_description(cut.mention))
    both = [limb for limb in limbs if limb in ("left", "right")]
    return {limb: is_about(limb) for limb in both} if len(both) > 1 else {None: lambda found: True}


def length_left(chart: Chart, operation: Operation) -> NewLevelFact | None:
    """The bone's length at the operation's end, where the text is silent on any cut of it."""
    if operation.aborted or operation.left_alone:
        return None
    measured = Lengths(chart, operation).at_close()
    if measured is None:
        return None
    length, words = measured
    return NewLevelFact(value=None, measurement_cm=length, evidence=evidence([words]))


def bone_resected(
    chart: Chart, operation: Operation, level: NewLevelFact | None
) -> BoneFact | None:
    """Whether bone was cut today; None when there is no operative note to read."""
    if not chart.operative:
        return None
    if level is not None:
        return BoneFact(value=True, evidence=level.evidence[:2])
    words = evidence(operation.left_alone) or evidence(
        chart.found(chart.operative, "bone_smoothed")
    )
    return BoneFact(value=False, evidence=words or _opening(chart))


def silent_on_bone(chart: Chart) -> BoneFact | None:
    """`bone_resected` of an operation that is none on a lower limb: its text is silent on it."""
    return BoneFact(value=False, evidence=_opening(chart)) if chart.operative else None


def _opening(chart: Chart) -> tuple[Evidence, ...]:
    """The operation's title, or the note's first sentence: the text that is silent on bone."""
    for note in chart.operative:
        sentences = [s for s in note.sentences if s.category == TITLE] or note.sentences
        for sentence in sentences[:1]:
            return (note.quote(sentence.start, sentence.end, sentence.category),)
    return ()
