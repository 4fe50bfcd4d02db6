"""Why closing or revising the soft tissue alone would not have done."""

from __future__ import annotations

from notecheck.facts.indication_scope import about_a_digit, outside_scope
from notecheck.facts.indications import standing_indications
from notecheck.models import Evidence
from notecheck.timeline.chart import Chart, evidence


def necessity(chart: Chart) -> tuple[Evidence, ...]:
    """The words, in any document, that say why bone had to be resected; empty when none do.

    Disease up to or into bone, bone exposed or to be shortened to close, tissue dead to a level, no
    cover, or a length that a prosthesis needs. Osteomyelitis is disease of bone in itself.
    Of a toe none of this counts.
    """
    told = [
        found for found in chart.found(chart.documents, "necessity") if outside_scope(found) is None
    ]
    told += [
        found
        for found in standing_indications(chart, chart.documents)
        if found.mention.value == "osteomyelitis"
    ]
    return evidence(found for found in told if not about_a_digit(found))
