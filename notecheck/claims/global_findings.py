"""Modifiers of global periods: lacking, wrong, or without a period; visits within one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from notecheck.claims.data import lines as line_data
from notecheck.claims.global_periods import Operation, Period, global_periods, period_at
from notecheck.claims.view import ClaimView, LineView, Raised, claim_lines
from notecheck.facts.case import EarlierOperation, Words
from notecheck.models import Claim, ClaimPlace
from notecheck.requirements.claim_line import tidy
from notecheck.requirements.claim_rules import BilledSide
from notecheck.schedules.global_days import global_days


@dataclass(frozen=True)
class _Known:
    """An operation that is known by its day, and what tells of it."""

    operation: Operation
    claim: tuple[ClaimPlace, ...] = ()
    evidence: Words = ()
    side: BilledSide | None = None


def global_modifiers(view: ClaimView) -> Iterator[Raised]:
    """The surgeon's lines of this claim; a facility has no surgeon's global period."""
    if view.institutional:
        return
    known = _known(view)
    periods = global_periods(
        (item.operation for item in known),
        days=view.rules.global_days,
        continues=view.rules.starts_no_period,
    )
    for line in view.amputations:
        yield from _of_operation(view, line, known, periods)
    for line in view.visits:
        yield from _of_visit(view, line, known, periods)
    for line in view.lines:
        yield from _misplaced(view, line)


def _known(view: ClaimView) -> list[_Known]:
    """Operations told to the day by documents or by any claim, this claim's own too."""
    told = [
        _Known(Operation(earlier.earliest), evidence=earlier.evidence)
        for earlier in view.case.prior.operations
        if earlier.earliest == earlier.latest or _wholly_within(view, earlier)
    ]
    own = [
        (line, line.date or view.case.operation_date)
        for line in claim_lines(view.claim)  # on whichever limb: one claim is of one surgeon
        if line.code in view.rules.family
    ]
    others = [
        (line, line.date)
        for claim, line in view.other_lines()
        if claim.form != "institutional" and line.code in view.rules.family
        if not line.modifiers & line_data().team.shares
        if _may_be_of_limb(view, line) or _same_surgeon(view, claim)
    ]
    billed = [
        _Known(
            Operation(date, line.modifiers, global_days(line.code, date)),
            claim=line.dated,
            side=view.side(line),
        )
        for line, date in [*own, *others]
        if date
    ]
    # A claim knows the modifiers, so its word on a day goes before a document's.
    days = {item.operation.date for item in billed}
    return [*billed, *(item for item in told if item.operation.date not in days)]


def _wholly_within(view: ClaimView, earlier: EarlierOperation) -> bool:
    """Whether every reading of a rough date falls into the days before this operation."""
    operated = view.case.operation_date
    return (
        operated is not None
        and (operated - earlier.earliest).days <= view.rules.global_days
        and earlier.latest < operated
    )


def _may_be_of_limb(view: ClaimView, line: LineView) -> bool:
    """Whether another claim's line may be of the limb that this claim is about."""
    sides = {side for own in view.amputations if (side := view.side(own))}
    other = view.side(line)
    return not sides or other is None or "bilateral" in (other, *sides) or other in sides


def _same_surgeon(view: ClaimView, claim: Claim) -> bool:
    """Whether both claims name one surgeon: whose period holds for the other limb as well."""
    own, other = (tidy(one.rendering_provider or "") for one in (view.claim, claim))
    return bool(own) and own == other


def _elsewhere(view: ClaimView, date: dt.date) -> bool:
    """Whether another part of the body was operated on within the days before `date`."""
    rules, first = line_data().global_, date - dt.timedelta(days=view.rules.global_days)
    if view.told_anywhere("billing_words", [rules.elsewhere], (first, date)):
        return True
    limb = view.case.facts.laterality
    for told in view.case.operations:
        other = limb and {told.side, limb.value} == {"left", "right"}
        # a day, a month or a year, each of which orders as it is written
        if other and told.status == "earlier" and told.date:
            length = len(told.date)
            if first.isoformat()[:length] <= told.date <= date.isoformat()[:length]:
                return True
    return any(
        line.date is not None
        and first <= line.date <= date
        and not (line.code in view.rules.family and _may_be_of_limb(view, line))
        for claim, line in view.other_lines()
        if claim.form != "institutional" and rules.is_operation(line.code)
    )


def _of_operation(
    view: ClaimView, line: LineView, known: list[_Known], periods: tuple[Period, ...]
) -> Iterator[Raised]:
    date = view.case.operation_date if line.date is None else line.date
    carried = line.modifiers & view.rules.global_modifiers
    if len(carried) > 1:
        values = {"modifiers": " and ".join(sorted(carried))}
        yield Raised("global-modifiers-exclude", (line.place,), values=values)
    if date is None:
        return
    period = period_at(periods, date)
    if period is None and not carried and (same_day := _same_day(view, line, date)):
        values = {"code": line.code, "days": "0", "date": date.isoformat()}
        values["last"] = (date + dt.timedelta(days=view.rules.global_days)).isoformat()
        yield Raised("global-modifier-missing", (*line.dated, *same_day), values=values)
        return
    if period is None:
        if carried == {line_data().global_.unrelated} and _elsewhere(view, date):
            return
        dated = [item for item in known if item.operation.date < date]
        rough = [told for told in view.case.prior.operations if told.latest < date]
        if carried and (dated or rough) and not _may_be_within(view, date):
            words = tuple(e for item in dated for e in item.evidence)
            words += tuple(e for told in rough for e in told.evidence)
            places = (*line.dated, *(place for item in dated for place in item.claim))
            values = {"modifiers": ", ".join(sorted(carried)), "code": line.code}
            yield Raised("global-modifier-outside", places, words, values)
        return
    values = {"code": line.code, **_in_words(period, date)}
    source = _telling(known, period)
    places = (*line.dated, *source.claim)
    if not carried:
        yield Raised("global-modifier-missing", places, source.evidence, values)
    elif carried == {line_data().global_.unrelated} and not _on_other_limb(view, line, source):
        yield from _called_unrelated(view, source, places, values)


def _on_other_limb(view: ClaimView, line: LineView, source: _Known) -> bool:
    return {view.side(line), source.side} == {"left", "right"}


def _called_unrelated(
    view: ClaimView, source: _Known, places: tuple[ClaimPlace, ...], values: dict[str, str]
) -> Iterator[Raised]:
    """79 where the documents call the return the first operation's, or tell what ails its stump."""
    rules = line_data().global_
    if view.case.facts.prior_level is None:
        return
    related = view.told("billing_words", *rules.related, today=False, history=True)
    reasons = [f for f in view.case.facts.indications if f.value in rules.of_the_stump]
    if related:
        yield Raised("global-modifier-related", places, (*source.evidence, *related), values)
    elif reasons:
        words = (*source.evidence, *(e for fact in reasons for e in fact.evidence[:1]))
        yield Raised("global-modifier-unrelated", places, words, values)


def _same_day(view: ClaimView, line: LineView, date: dt.date) -> tuple[ClaimPlace, ...]:
    """Another operation on the limb that was billed for the same day: this one is a return."""
    team = line_data().team
    return tuple(
        place
        for claim, other in view.other_lines()
        if claim.form != "institutional"
        and other.code in view.rules.family
        and other.code != line.code
        and other.date == date
        and not (other.modifiers | line.modifiers) & (team.modifiers | team.shares)
        and _may_be_of_limb(view, other)
        for place in other.dated
    )


def _may_be_within(view: ClaimView, date: dt.date) -> bool:
    """Whether an earlier operation told only roughly may lie within the days before `date`."""
    first = date - dt.timedelta(days=view.rules.global_days)
    return any(
        told.earliest != told.latest and told.latest >= first and told.earliest < date
        for told in view.case.prior.operations
    )


def _of_visit(
    view: ClaimView, line: LineView, known: list[_Known], periods: tuple[Period, ...]
) -> Iterator[Raised]:
    """A visit is part of the operation from the day before it to its last global day."""
    rules = line_data().visits
    if line.date is None:
        return
    day = dt.timedelta(days=1)
    about = [p for p in periods if p.operation - day <= line.date <= p.operation]
    if about:
        if rules.decision_for_surgery not in line.modifiers:
            source = _telling(known, about[-1])
            minor = rules.same_day_minor in line.modifiers
            yield Raised(
                "visit-minor-modifier" if minor else "visit-of-the-operation",
                (*line.dated, *source.claim),
                source.evidence,
                {"code": line.code, "date": about[-1].operation.isoformat()},
            )
        return
    period = period_at(periods, line.date)
    own = line.diagnoses and all(code.startswith(rules.of_the_stump) for code in line.diagnoses)
    if period and own and rules.after_surgery & line.modifiers:
        source = _telling(known, period)
        values = {"code": line.code, "diagnoses": ", ".join(line.told_diagnoses)}
        places = (*line.dated, *source.claim)
        yield Raised("visit-24-for-the-stump", places, source.evidence, values)
    elif period and not rules.after_surgery & line.modifiers:
        source = _telling(known, period)
        values = {"code": line.code, **_in_words(period, line.date)}
        yield Raised("visit-in-global", (*line.dated, *source.claim), source.evidence, values)


def _misplaced(view: ClaimView, line: LineView) -> Iterator[Raised]:
    rules = line_data().visits
    if line.code in rules:
        wrong = line.modifiers & view.rules.global_modifiers
        finding = "visit-with-operation-modifier"
    else:
        wrong = line.modifiers & rules.only_on_visits
        finding = "operation-with-visit-modifier"
    if wrong:
        values = {"modifiers": ", ".join(sorted(wrong)), "code": line.code}
        yield Raised(finding, (line.place,), values=values)


def _telling(known: list[_Known], period: Period) -> _Known:
    return next(item for item in known if item.operation.date == period.operation)


def _in_words(period: Period, date: dt.date) -> dict[str, str]:
    return {
        "days": str(period.day(date)),
        "date": period.operation.isoformat(),
        "last": period.last.isoformat(),
    }
