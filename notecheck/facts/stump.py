"""Whether the documents are about an amputation or a stump at all."""

from __future__ import annotations

from notecheck.timeline.chart import Chart, tells_amputation


def concerns_stump(chart: Chart) -> bool:
    """Whether any document tells an amputation or a stump, whenever it was made.

    "Loss of the leg through the thigh" tells one too: whatever tells an earlier amputation does.
    """
    return any(map(tells_amputation, chart.documents)) or any(
        chart.found(chart.documents, "prior", "amputation", counted=False)
    )
