"""Tells the reasons of an earlier operation, and of other parts of the body, from today's.

ConText sees words that turn a statement; it cannot see that "for a septic knee" belongs to the
amputation of 2019 told just before it. Rules of the facts `earlier_reason` and `elsewhere`
(`patterns/facts/indication_scope.toml`) span such statements.
"""

from __future__ import annotations

from notecheck.facts.chart import Found
from notecheck.models import ExclusionReason
from notecheck.pipeline.mentions import Mention


def outside_scope(found: Found) -> ExclusionReason | None:
    """Why a mention that its context lets stand is still no reason for today's operation."""
    mention = found.mention
    marks = [
        mark
        for mark in found.document.of("earlier_reason", "elsewhere")
        if mark.sentence.index == mention.sentence.index
    ]
    if any(mark.fact == "earlier_reason" and _overlap(mark, mention) for mark in marks):
        return "history"
    if any(mark.value == "other_site" and _overlap(mark, mention) for mark in marks):
        return "other_meaning"
    sites = {mark.value for mark in marks}
    if "named_site" in sites and "operated_limb" not in sites:
        return "other_meaning"
    return None


def _overlap(a: Mention, b: Mention) -> bool:
    return a.start < b.end and b.start < a.end
