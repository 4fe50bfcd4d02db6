"""Whether the documents are about an amputation or a stump at all."""

from __future__ import annotations

from notecheck.facts.chart import Chart


def concerns_stump(chart: Chart) -> bool:
    """Whether any document names an amputation or a stump, whoever's and whenever.

    "Loss of the leg through the thigh" names one too: whatever tells an earlier amputation does.
    """
    mentions = chart.found(chart.documents, "amputation_any", "prior", counted=False)
    return next(mentions, None) is not None
