"""`global-period`: an operation soon after an earlier one needs a modifier that says why."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from notecheck.facts.case import EarlierOperation, Words
from notecheck.requirements.finding import Finding, joined
from notecheck.requirements.matter import Matter


@dataclass(frozen=True)
class _Interval:
    """The days from the latest earlier operation to this one, by every reading of the dates."""

    fewest: int
    most: int
    evidence: Words

    def __str__(self) -> str:
        if self.fewest == self.most:
            return str(self.most)
        return f"{self.fewest} to {self.most}"


def global_period(matter: Matter) -> Finding:
    """Whether the line carries a modifier when the earlier operation's global period still runs.

    The last day of the global period is within. A date that is told roughly counts only where
    every reading of it falls on the same side of that day.
    """
    case, claim, line, rules = matter.case, matter.claim, matter.line, matter.rules
    if claim is None:
        return _without_a_claim(matter)
    if claim.form == "institutional":
        return Finding("not_applicable", reason="facility")
    if line is None:
        return Finding("not_assessed", reason="no_line")
    operation_date = case.operation_date or line.service_date
    if operation_date is None:
        return Finding("not_assessed", reason="no_operation_date")
    # A return billed with 78 starts no period: the days count from the operation before it.
    starting = tuple(
        told
        for told in case.prior.operations
        if told.earliest != told.latest or told.earliest not in matter.returns
    )
    over = tuple(told for told in starting if _is_over(matter, told, operation_date))
    interval = _since_latest(tuple(t for t in starting if t not in over), operation_date)
    if interval is None and over:
        return Finding("not_applicable", joined(*(told.evidence for told in over)), "own")
    if interval is None:
        return Finding("not_assessed", reason="no_earlier_date")

    values = {"days": str(interval), "line": line.code}
    if interval.fewest > rules.global_days:
        return Finding("not_applicable", interval.evidence, "over", values)
    if interval.most > rules.global_days:
        return Finding("not_assessed", interval.evidence, "date_unsure", values)
    carried = sorted(line.modifiers & rules.global_modifiers)
    if not carried:
        return Finding("missing", interval.evidence, values=values)
    return Finding("met", interval.evidence, values=values | {"modifier": ", ".join(carried)})


def _is_over(matter: Matter, told: EarlierOperation, day: dt.date) -> bool:
    """Whether a claim of an earlier operation's day tells a shorter period, over by `day`."""
    own = matter.periods.get(told.earliest) if told.earliest == told.latest else None
    usual = matter.rules.global_days
    return own is not None and own < usual and (day - told.latest).days > own


def _without_a_claim(matter: Matter) -> Finding:
    """Nothing can be checked, but what will be asked for is said before the claim is made."""
    case = matter.case
    if case.operation_date is not None:
        interval = _since_latest(case.prior.operations, case.operation_date)
        if interval is not None and interval.most <= matter.rules.global_days:
            values = {"days": str(interval)}
            return Finding("not_assessed", interval.evidence, "within", values)
    return Finding("not_assessed", reason="no_claim")


def _since_latest(
    operations: tuple[EarlierOperation, ...], operation_date: dt.date
) -> _Interval | None:
    """How long before `operation_date` the latest earlier operation was.

    Where several spans overlap, any of them may be the latest. Whichever it is, it was no
    earlier than the latest `earliest` and no later than the latest `latest`. Readings after
    today's operation are none: they would not be earlier.
    """
    earlier = [told for told in operations if told.earliest <= operation_date]
    if not earlier:
        return None
    not_before = max(told.earliest for told in earlier)
    not_after = min(max(told.latest for told in earlier), operation_date)
    return _Interval(
        fewest=(operation_date - not_after).days,
        most=(operation_date - not_before).days,
        evidence=joined(*(told.evidence for told in earlier if told.latest >= not_before)),
    )
