"""Reasons that were told before the stump was there: those of the amputation that made it.

An admission note of the 5th, "wet gangrene", a guillotine amputation on the 6th and its revision on
the 11th: the gangrene went with the foot. The contract: the reason of an earlier stage that no
longer holds is none of today's.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from notecheck.pipeline.mentions import REASONS, AnalysedDocument
from notecheck.timeline.chart import Chart
from notecheck.timeline.events import Event, earlier_of
from notecheck.timeline.levels import levels

_CUE = "before-the-stump"


def mark_before_stump(chart: Chart, told: Iterable[Event]) -> None:
    """Exclude, as history, the reasons in documents written until the last earlier amputation.

    `told` are the operations that the chart tells.
    """
    earlier = [e for e in earlier_of(chart, told) if e.kind == "division"]
    made = _stump_made(chart, earlier)
    if made is None:
        return
    for document in chart.documents:
        written = document.document.date
        if written is None or written > made or _knows_a_stump(document, written, earlier):
            continue
        for mention in (*document.mentions, *document.readings):
            if mention.counts and mention.fact in REASONS:
                mention.reason, mention.cue = "history", _CUE


def _knows_a_stump(document: AnalysedDocument, written: dt.date, earlier: Sequence[Event]) -> bool:
    """Whether a document tells an amputation before its own day: its reasons are of that stump."""
    return any(
        event.span is not None
        and event.span.latest < written
        and any(found.document is document for found in event.found)
        for event in earlier
    )


def _stump_made(chart: Chart, earlier: Sequence[Event]) -> dt.date | None:
    """The day of the last earlier amputation of the operated limb above the toes, if it is told."""
    days = [
        event.span.latest
        for event in earlier
        if event.span
        and event.span.earliest == event.span.latest
        and not event.contradicting()
        and (event.level is None or levels()[event.level].stump)
    ]
    made = max(days, default=None)
    operated = chart.operation_date
    return made if made and operated and made < operated else None
