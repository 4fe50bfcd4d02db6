"""Where bone or joint was divided today: level, segment of the femur, and the measured length.

Contract, `new-level` and `bone_resected`: the fact is what the description says; two places of one
cut, told by segments or by lengths, are a conflict.
"""

from __future__ import annotations

from notecheck.facts.case import NewLevelSigns
from notecheck.facts.disagreeing_places import Disagreement
from notecheck.facts.lengths import Lengths
from notecheck.facts.operation import Operation, called_otherwise, todays_level
from notecheck.facts.places import Places
from notecheck.models import BoneFact, Evidence, NewLevelFact
from notecheck.timeline.chart import TITLE, Chart, evidence
from notecheck.timeline.levels import levels


def new_level(
    chart: Chart, operation: Operation, prior: str | None
) -> tuple[NewLevelFact | None, NewLevelSigns]:
    """Today's level with its place, and the signs that a requirement asks for beside it."""
    level, words = todays_level(operation, prior)
    vague = evidence(operation.higher)
    if level is None:
        told = operation.aborted or operation.left_alone or operation.speaks_of_bone
        return None, NewLevelSigns(vague=() if told else vague)
    place, lengths = Places(chart, operation), Lengths(chart, operation)
    measurement = None if levels()[level].whole_limb else lengths.measurement()
    by_thirds = levels()[level].segments
    landmark = place.landmarks(thirds=not by_thirds)
    placed = measurement is not None or any("place" in f.mention.groups for f in landmark)
    segments = place.segments(placed=placed) if by_thirds else []
    evidence_items = evidence(
        [*words[:2], *segments[:1], *([measurement[1]] if measurement else [])], most=4
    )
    fact = NewLevelFact(
        value=level,
        segment=segments[0].mention.value if segments else None,
        measurement_cm=measurement[0] if measurement else None,
        evidence=evidence_items,
    )
    return fact, NewLevelSigns(
        landmark=evidence(landmark),
        vague=vague,
        conflict=lengths.conflict()
        or evidence(called_otherwise(operation, level))
        or Disagreement(chart, place, lengths).words(
            level, segments, measurement[1] if measurement else None
        ),
    )


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
