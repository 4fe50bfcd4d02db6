"""Why closing or revising the soft tissue alone would not have done."""

from __future__ import annotations

from collections.abc import Iterable

from notecheck.facts.indication_scope import about_a_digit, outside_scope
from notecheck.facts.indications import standing_indications
from notecheck.models import Evidence
from notecheck.timeline.chart import Chart, Found, evidence


def necessity(chart: Chart) -> tuple[Evidence, ...]:
    """The words, in any document, that say why bone had to be resected; empty when none do.

    Disease up to or into bone, bone exposed or to be shortened to close, tissue dead to a level, no
    cover, or a length that a prosthesis needs. Osteomyelitis is disease of bone in itself.
    Of a toe none of this counts.
    """
    diseased = [
        found
        for found in standing_indications(chart, chart.documents)
        if found.mention.value == "osteomyelitis" and not about_a_digit(found)
    ]
    told = reasons_for_bone(chart, chart.found(chart.documents, "necessity"))
    return evidence([*told, *diseased])


def reasons_for_bone(chart: Chart, found: Iterable[Found]) -> list[Found]:
    """Those of `found` that are about today's operation, and not about a digit."""
    return [
        f for f in found if outside_scope(f, chart.operation_date) is None and not about_a_digit(f)
    ]
