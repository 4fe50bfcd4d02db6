"""Operative notes of other days: what they tell was done then.

Beside today's note of June 10 one of June 4, "guillotine amputation, left thigh", tells history: so
are its cut, its closure and its reasons, and the amputation of its title is the stump that the
patient came with. A stump that it names at a lower level was that of the patient before it.
"""

from __future__ import annotations

from notecheck.models import ExclusionReason
from notecheck.pipeline.mentions import AnalysedDocument
from notecheck.timeline.chart import TITLE, Chart, Found
from notecheck.timeline.levels import proximality

_CUE = "note-of-another-day"
_NAMES = ("amputation", "amputation_today")
_STUMP = "prior"
# What names an operation, and what is told of the patient, has a day or a place of its own.
_STANDS = frozenset({*_NAMES, _STUMP, "prior_unlevelled", "act", "act_return", "side", "setting"})


def mark_other_days(chart: Chart) -> None:
    """Exclude what the notes of earlier and later operations tell as done."""
    order = proximality().index
    for note in chart.apart:
        reason: ExclusionReason = "history" if is_before(chart, note) else "other_operation"
        made = [order(f.mention.value) for f in named_by(note)]
        for mention in note.mentions:
            left_behind = (
                mention.fact == _STUMP
                and mention.value in proximality()
                and any(order(mention.value) < level for level in made)
            )
            if mention.counts and (mention.fact not in _STANDS or left_behind):
                mention.reason, mention.cue = reason, _CUE


def is_before(chart: Chart, note: AnalysedDocument) -> bool:
    """Whether a note of another day tells an earlier operation than today's."""
    day, operated = chart.day_of(note), chart.operation_date
    return day is not None and operated is not None and day < operated


def named_by(note: AnalysedDocument) -> list[Found]:
    """The amputations that the title of a note names."""
    return [
        Found(note, mention)
        for mention in note.of(*_NAMES)
        if mention.counts and mention.category == TITLE and mention.value in proximality()
    ]
