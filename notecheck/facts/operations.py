"""The operations that the facts of an encounter tell: today's, and the earlier ones of its limb."""

from __future__ import annotations

from collections.abc import Iterable

from notecheck.facts.case import CaseFacts, EarlierOperation
from notecheck.models import Operation, OperationKind


def operations_of(case: CaseFacts) -> tuple[Operation, ...]:
    """The earlier operations, the one that made the stump among them, then today's."""
    return (*_earlier(case), *_today(case))


def together(told: Iterable[tuple[Operation, ...]]) -> tuple[Operation, ...]:
    """The operations that the readings of one chart tell, each once, numbered anew."""
    once: dict[tuple[object, ...], Operation] = {}
    for operation in (operation for operations in told for operation in operations):
        same = operation.model_dump(exclude={"id", "evidence"})
        once.setdefault(tuple(same.values()), operation)
    return tuple(
        operation.model_copy(update={"id": f"op{number}"})
        for number, operation in enumerate(once.values(), start=1)
    )


def _earlier(case: CaseFacts) -> list[Operation]:
    prior, side = case.facts.prior_level, case.facts.laterality
    told = side.value if side and side.value != "conflicting" else None
    found = [
        Operation(
            id=f"earlier{number}",
            status="earlier",
            date=_date(operation),
            side=told,
            kind="division",
            level=prior.value if prior else None,
            evidence=operation.evidence,
        )
        for number, operation in enumerate(case.prior.operations, start=1)
    ]
    if not found and prior:
        found.append(
            Operation(
                id="earlier1",
                status="earlier",
                side=told,
                kind="division",
                level=prior.value,
                evidence=prior.evidence,
            )
        )
    return found


def _today(case: CaseFacts) -> list[Operation]:
    facts, code = case.facts, case.supported_code
    level, side = facts.new_level, facts.laterality
    kind: OperationKind
    if level and level.value:
        kind, words = "division", level.evidence
    elif code.value != "none":
        kind, words = "closure", code.evidence
    elif facts.debridement.performed:
        kind, words = "debridement", facts.debridement.evidence
    else:
        return []
    return [
        Operation(
            id="today",
            status="today",
            date=str(case.operation_date) if case.operation_date else None,
            side=side.value if side and side.value != "conflicting" else None,
            kind=kind,
            level=level.value if level else None,
            code=code.value,
            evidence=words,
        )
    ]


def _date(operation: EarlierOperation) -> str | None:
    """The day, month or year that the operation's span is, or None for any other span."""
    first, last = operation.earliest, operation.latest
    if first == last:
        return str(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first:%Y-%m}"
    return f"{first:%Y}" if first.year == last.year else None
