"""Turns the statuses of the requirements into the decision and the score."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from notecheck.models import Decision, Status

# A status that is not here was not assessed, or does not apply: it counts neither way.
_CREDIT: dict[Status, float] = {"met": 1.0, "partial": 0.5, "missing": 0.0, "conflict": 0.0}

_MOST_ON_HOLD = 99.9


def decision_of(statuses: Collection[Status], *, code_supported: bool) -> Decision:
    """`hold` for anything missing or in conflict or another code, `review` for anything partial."""
    if not code_supported or "missing" in statuses or "conflict" in statuses:
        return "hold"
    return "review" if "partial" in statuses else "pass"


def score_of(weighted: Iterable[tuple[Status, float]], *, code_supported: bool = True) -> float:
    """The weighted credit of the assessed requirements, 0 to 100 with one decimal.

    `weighted` is a status and its weight for each requirement; 0 when nothing was assessed. A note
    that supports another code is a hold, and a hold never has 100.
    """
    assessed = [(_CREDIT[status], weight) for status, weight in weighted if status in _CREDIT]
    if not assessed:
        return 0.0
    earned = sum(credit * weight for credit, weight in assessed)
    score = round(100 * earned / sum(weight for _, weight in assessed), 1)
    return score if code_supported else min(score, _MOST_ON_HOLD)
