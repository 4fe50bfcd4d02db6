"""Why closing or revising the soft tissue alone would not have done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from notecheck.facts.indication_scope import about_a_digit, outside_scope
from notecheck.facts.indications import standing_indications
from notecheck.models import Evidence, ExclusionReason
from notecheck.timeline.chart import Chart, Found, evidence
from notecheck.timeline.words import fact_words

_OF_ANOTHER = frozenset({"history", "other_person", "quoted_report", "other_limb"})


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
    excluded = outside_scope(found, operated) or _as_the_finding(found)
    if found.mention.value in fact_words().weighs_operation:
        return excluded != "history"
    return excluded is None and not about_a_digit(found)


def _as_the_finding(found: Found) -> ExclusionReason | None:
    """Why the finding that a reason names is none of today's, by the words that it is told in.

    "The 2020 revision was for exposed bone, which healed": what is over, another's or told of
    another limb as a finding is no reason to cut bone either.
    """
    told = [
        m
        for m in found.document.within(found.mention.sentence)
        if m.fact == "indication" and m.meets(found.mention)
    ]
    if not told or any(m.counts for m in told):
        return None
    return next((m.reason for m in told if m.reason in _OF_ANOTHER), None)
