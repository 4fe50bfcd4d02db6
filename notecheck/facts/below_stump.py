"""What ails a part that a limb with a stump has no more is no reason for an operation on it."""

from __future__ import annotations

from notecheck.timeline.chart import Chart
from notecheck.timeline.levels import levels
from notecheck.timeline.limbs import LimbSides

_REASONS = frozenset({"indication", "vague_indication", "necessity"})
_PART = "below_stump"


def mark_below_stump(chart: Chart, came_with: str | None) -> None:
    """Exclude, as `other_limb`, the reasons told of such a part where no side is told.

    `came_with` is the level of the stump that the patient came with, if any is told. A part of a
    side that is told is that limb's: of the operated one it may be told from before the stump. The
    operative note speaks of the limb that it operates on.
    """
    if came_with is None or not levels()[came_with].stump:
        return
    for document in chart.others:
        sides = LimbSides(document)
        for mention in document.said:
            if (
                mention.counts
                and mention.fact in _REASONS
                and any(mark.value == _PART for mark in document.within(mention.sentence))
                and sides.of(mention) is None
            ):
                mention.reason, mention.cue = "other_limb", _PART
