"""Cuts of bone that their sentence dates before the operation, with the lengths told of them.

"Last year 6 cm of the femur had been removed": neither the cut nor its length is today's.
"""

from __future__ import annotations

from notecheck.timeline.acts import CUT
from notecheck.timeline.chart import Chart, Found
from notecheck.timeline.one_act import join_acts
from notecheck.timeline.when import dated_before

_CUE = "earlier-cut"


def mark_earlier_cuts(chart: Chart) -> None:
    """Exclude, as history, the cuts of another day and what tells the same act."""
    for document in chart.documents:
        for cut in document.of(CUT):
            if cut.counts and dated_before(chart, Found(document, cut)):
                cut.reason, cut.cue = "history", _CUE
    join_acts(chart)
