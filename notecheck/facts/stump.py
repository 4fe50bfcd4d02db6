"""Whether the documents are about an amputation or a stump at all."""

from __future__ import annotations

from collections.abc import Sequence

from notecheck.pipeline.mentions import AnalysedDocument
from notecheck.timeline.chart import Chart, tells_amputation


def concerns_stump(chart: Chart) -> bool:
    """Whether any document tells an amputation or a stump, whenever it was made.

    "Loss of the leg through the thigh" tells one too: whatever tells an earlier amputation does.
    """
    return any(map(tells_amputation, chart.documents)) or any(
        chart.found(chart.documents, "prior", "amputation", counted=False)
    )


def may_concern_stump(documents: Sequence[AnalysedDocument]) -> bool:
    """Whether an operation on a limb, and an amputation or a stump, may be told.

    Asked before it is known which mentions count: all of them do, so that nothing is missed.
    """
    chart = Chart(list(documents))
    return (bool(chart.apart) or chart.tells_limb_operation) and concerns_stump(chart)
