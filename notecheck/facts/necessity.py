"""Why closing or revising the soft tissue alone would not have done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from notecheck.facts.indication_scope import about_a_digit, outside_scope
from notecheck.facts.indications import standing_indications
from notecheck.models import Evidence
from notecheck.timeline.chart import Chart, Found, evidence
from notecheck.timeline.words import fact_words


def necessity(chart: Chart) -> tuple[Evidence, ...]:
    """The words, in any document, that say why bone had to be resected; empty when none do.

    Disease up to or into bone, bone exposed or to be shortened to close, tissue dead to a level, no
    cover, or a length that a prosthesis needs. Osteomyelitis is disease of bone in itself.
    Of a toe its disease does not count.
    """
    diseased = [
        found
        for found in standing_indications(chart, chart.documents)
        if found.mention.value == "osteomyelitis" and not about_a_digit(found)
    ]
    told = reasons_for_bone(chart, chart.found(chart.documents, "necessity"))
    return evidence([*told, *diseased])


def reasons_for_bone(chart: Chart, found: Iterable[Found]) -> list[Found]:
    """Those of `found` that are about today's operation.

    What ails another place, or a digit, is no reason; what weighs the operation itself is one,
    whatever places it names.
    """
    return [f for f in found if _is_about_operation(f, chart.operation_date)]


def _is_about_operation(found: Found, operated: dt.date | None) -> bool:
    excluded = outside_scope(found, operated)
    if found.mention.value in fact_words().weighs_operation:
        return excluded != "history"
    return excluded is None and not about_a_digit(found)
