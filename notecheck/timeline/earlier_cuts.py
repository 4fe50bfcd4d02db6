"""Cuts of bone that their sentence dates before the operation, with the lengths told of them.

"Last year 6 cm of the femur had been removed": neither the cut nor its length is today's. A length
from what an earlier cut left is: "7 cm above the amputation of two weeks ago".
"""

from __future__ import annotations

from notecheck.pipeline.mentions import AnalysedDocument, Mention
from notecheck.timeline.acts import CUT
from notecheck.timeline.chart import Chart, Found
from notecheck.timeline.one_act import join_acts
from notecheck.timeline.when import OF_EARLIER_CUT, dated_before

_CUE = "earlier-cut"
_MEASURED = frozenset({"length", "length_bare", "landmark"})


def mark_earlier_cuts(chart: Chart) -> None:
    """Exclude, as history, the cuts of another day and what tells the same act."""
    for document in chart.documents:
        for cut in document.of(CUT):
            if not cut.counts:
                continue
            if dated_before(chart, Found(document, cut)):
                cut.reason, cut.cue = "history", _CUE
            else:
                _keep_measured_from(document, cut)
    join_acts(chart)


def _keep_measured_from(document: AnalysedDocument, cut: Mention) -> None:
    """Let count what a cut of today has measured from an earlier one that is told with its time."""
    beside = document.beside(cut)
    earlier = [m.start for m in beside if m.fact == OF_EARLIER_CUT]
    measured = {
        m.start
        for m in beside
        if m.fact in _MEASURED and any(m.start < place < m.end for place in earlier)
    }
    for mention in beside:
        if mention.fact in _MEASURED and mention.start in measured and mention.reason == "history":
            mention.reason = mention.cue = None
