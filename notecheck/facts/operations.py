"""All operations on lower limbs that a chart tells, each once (contract: `operations`)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import cast

from notecheck.facts.case import CaseFacts
from notecheck.facts.operation import Operation as Raw
from notecheck.models import Evidence, Operation, OperationKind, Side
from notecheck.timeline.chart import TITLE, Chart, Found, evidence
from notecheck.timeline.events import Event
from notecheck.timeline.limbs import LimbSides
from notecheck.timeline.span import Span
from notecheck.timeline.title_item import title_item

_ACT = "act"
_OF_ITS_OWN = ("other", "debridement")  # what may be an operation beside the one in question
_OF_STUMP = ("amputation", "amputation_today", "prior", "higher_level", "manner")


def operations_of(
    chart: Chart, case: CaseFacts, raw: Raw, history: Sequence[Event]
) -> tuple[Operation, ...]:
    """The operations of the chart's history, then today's, then what was planned or came later."""
    today = _today(chart, case, raw)
    told = [e for e in history if not _is_todays_own(chart, e, today)]
    before = [e for e in told if e.status == "earlier"]
    after = [e for e in told if e.status != "earlier"]
    return (
        *_earlier(chart, case, before),
        *today,
        *(_operation(chart, event) for event in after),
    )


def history_alone(chart: Chart, history: Sequence[Event]) -> tuple[Operation, ...]:
    """The operations of a chart that tells none of today on a lower limb."""
    return tuple(_operation(chart, event) for event in history if event.status != "today")


def together(told: Iterable[tuple[Operation, ...]]) -> tuple[Operation, ...]:
    """The operations that the readings of one chart tell, each once, numbered anew.

    What one reading takes for planned or earlier and another for today's is today's.
    """
    all_told = [operation for operations in told for operation in operations]
    todays = {_place(o) for o in all_told if o.status == "today"}
    once: dict[tuple[object, ...], Operation] = {}
    for operation in all_told:
        if operation.status in ("planned", "considered") and _place(operation) in todays:
            continue
        same = operation.model_dump(exclude={"id", "evidence"})
        once.setdefault(tuple(same.values()), operation)
    return tuple(
        operation.model_copy(update={"id": f"op{number}"})
        for number, operation in enumerate(once.values(), start=1)
    )


def _place(operation: Operation) -> tuple[object, ...]:
    return operation.kind, operation.level, operation.side


def _earlier(chart: Chart, case: CaseFacts, told: Sequence[Event]) -> list[Operation]:
    """The earlier operations, oldest first; the one that made the stump is always among them."""
    prior = case.facts.prior_level
    found = [
        _operation(chart, _levelled(chart, event, told, case))
        for event in sorted(told, key=lambda e: (e.span is not None, e.span and e.span.earliest))
    ]
    if prior and not any(o.kind == "division" and o.level == prior.value for o in found):
        made = Operation(
            id="earlier",
            status="earlier",
            side=_one_side(chart.side),
            kind="division",
            level=prior.value,
            evidence=prior.evidence,
        )
        found.insert(0, made)
    return found


def _levelled(chart: Chart, event: Event, told: Sequence[Event], case: CaseFacts) -> Event:
    """A stump that is cut again, or an amputation of no told level, is at the level of its limb."""
    prior = case.facts.prior_level
    if event.kind != "division" or event.level is not None:
        return event
    if event.side in (None, chart.side):
        return replace(event, level=prior.value) if prior else event
    levels = [e.level for e in told if e.level and e.side == event.side]
    return replace(event, level=levels[0]) if len(levels) == 1 else event


def _operation(chart: Chart, event: Event) -> Operation:
    side = event.side or (chart.side if event.kind != "other" else None)
    return Operation(
        id=event.status,
        status=event.status,
        date=_date(event.span),
        side=_one_side(side),
        kind=event.kind,
        level=event.level if event.kind == "division" else None,
        evidence=event.evidence,
    )


def _one_side(side: Side | None) -> Side | None:
    return None if side == "conflicting" else side


def _is_todays_own(chart: Chart, event: Event, today: Sequence[Operation]) -> bool:
    """Whether what is told as planned, considered or done today is one of today's operations.

    A plan of a document before the operation, and a part of it, is what was then done.
    """
    if event.status == "today":
        return True
    if event.status not in ("planned", "considered") or event.span is not None:
        return False
    own = [o for o in today if event.side in (None, o.side) or o.side is None]
    if event.kind == "division":
        return event.level is None or any(o.level == event.level for o in own)
    return bool(own) and all(_foretold(chart, found) for found in event.found)


def _foretold(chart: Chart, found: Found) -> bool:
    """Whether a plan is told before the operation, or as what it was meant to be."""
    if found.mention.category in (TITLE, "consent", "indications", "preoperative_diagnosis"):
        return True
    written, operated = found.document.document.date, chart.operation_date
    return found.document not in chart.operative and not (
        written and operated and written > operated
    )


def _today(chart: Chart, case: CaseFacts, raw: Raw) -> list[Operation]:
    facts, code = case.facts, case.supported_code
    level = facts.new_level
    kind: OperationKind
    found: list[Operation] = []
    if level and level.value:
        kind, words = "division", level.evidence
    elif code.value != "none":
        kind, words = "closure", code.evidence
    elif facts.debridement.performed:
        kind, words = "debridement", facts.debridement.evidence
    else:
        kind, words = "other", ()
    if words:
        found.append(
            Operation(
                id="today",
                status="today",
                date=str(case.operation_date) if case.operation_date else None,
                side=_one_side(facts.laterality.value) if facts.laterality else None,
                kind=kind,
                level=level.value if level else None,
                code=code.value,
                evidence=words,
            )
        )
    apart = facts.debridement.performed and facts.debridement.separate and kind != "debridement"
    if apart and (site := _limb_debrided(chart)):
        found.append(_beside(case, "debridement", site[0], facts.debridement.evidence))
    if raw.not_done and not words:
        found.append(_given_up(chart, case, raw))
    told = {o.kind for o in found}
    found += [o for o in _titled_beside(chart, case) if o.kind == "other" or o.kind not in told]
    return found


def _given_up(chart: Chart, case: CaseFacts, raw: Raw) -> Operation:
    """The division that was to be done today. Contract: one abandoned today is `planned`."""
    prior = case.facts.prior_level
    words = evidence([*raw.titled, *raw.higher, *raw.not_done]) or evidence(raw.not_done)
    return Operation(
        id="planned",
        status="planned",
        side=_one_side(chart.side),
        kind="division",
        level=raw.titled_level or (prior.value if prior else None),
        evidence=words,
    )


def _beside(
    case: CaseFacts, kind: OperationKind, side: Side | None, words: tuple[Evidence, ...]
) -> Operation:
    return Operation(
        id="today",
        status="today",
        date=str(case.operation_date) if case.operation_date else None,
        side=_one_side(side),
        kind=kind,
        evidence=words,
    )


def _limb_debrided(chart: Chart) -> tuple[Side | None] | None:
    """The side of a debridement apart from the stump; None where it was on no lower limb."""
    for note in chart.reports:
        sides = LimbSides(note)
        for mention in note.of("debridement", "debridement_tissue", "debridement_separate"):
            beside = {m.value for m in note.beside(mention) if m.fact == "elsewhere"}
            if mention.counts and (sides.of(mention) or "operated_limb" in beside):
                return (sides.of(mention),)
    return None


def _titled_beside(chart: Chart, case: CaseFacts) -> list[Operation]:
    """Operations that an item of a title of its own names beside the one in question."""
    found = []
    for note in chart.reports:
        sides = LimbSides(note)
        for mention in note.of(_ACT):
            done = mention.counts or mention.reason == "other_limb"
            if mention.category != TITLE or not done or mention.value not in _OF_ITS_OWN:
                continue
            start, end = title_item(
                note.repaired.text, mention.start, mention.start, mention.sentence
            )
            if not any(start <= m.start < end for m in note.of(*_OF_STUMP)):
                words = evidence([Found(note, mention)])
                kind = cast(OperationKind, mention.value)
                found.append(_beside(case, kind, sides.of(mention), words))
    return found


def _date(span: Span | None) -> str | None:
    """The day, month or year that a span of days lies in, or None where it lies in no one year.

    Contract: "six weeks ago" is a month, the one that its middle lies in.
    """
    if span is None:
        return None
    first, last = span.earliest, span.latest
    if first == last:
        return str(first)
    middle = first + (last - first) / 2
    if (last - first).days <= 31:
        return f"{middle:%Y-%m}"
    return f"{middle:%Y}" if (last - first).days <= 366 else None
