"""Which of today's operations a claim asks about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from notecheck.codes.files import AUTO
from notecheck.facts.case import CaseFacts
from notecheck.models import Claim, Side
from notecheck.requirements.claim_line import billed_line, tidy
from notecheck.requirements.claim_rules import claim_rules
from notecheck.requirements.laterality import line_side
from notecheck.timeline.todays import Question


def asked_of(claim: Claim | None, code: str) -> Question:
    """The operation that `code` names, on the side of its line; for "auto" the first line's."""
    line = billed_line(claim, code, claim_rules()) if claim else None
    asked = code if code != AUTO else line.code if line else None
    side = line_side(line.modifiers, claim_rules()) if line and line.code == asked else None
    return Question(asked, _one(side), line.service_date if line else None)


def lines_by_operation(
    claim: Claim, facts_of: Callable[[Question], CaseFacts]
) -> list[tuple[CaseFacts, frozenset[int]]]:
    """The facts of each operation that the claim bills, with the numbers (from 1) of its lines.

    Lines that bill no operation of the family go with the first.
    """
    rules = claim_rules()
    found: list[tuple[CaseFacts, set[int]]] = []
    rest: set[int] = set()
    for number, line in enumerate(claim.lines, start=1):
        code = tidy(line.code)
        if code not in rules.family:
            rest.add(number)
            continue
        side = line_side(frozenset(map(tidy, line.modifiers)), rules)
        case = facts_of(Question(code, _one(side), line.service_date))
        known = [numbers for other, numbers in found if _same_operation(case, other)]
        if known:
            known[0].add(number)
        else:
            found.append((case, {number}))
    if not found:
        found = [(facts_of(asked_of(claim, AUTO)), set())]
    found[0][1].update(rest)
    return [(case, frozenset(numbers)) for case, numbers in found]


def procedures_by_day(
    claim: Claim, facts_of: Callable[[Question], CaseFacts]
) -> dict[dt.date, CaseFacts]:
    """The operation of each day that a procedure of a facility's claim bears and a note tells."""
    days = {procedure.date for procedure in claim.procedures if procedure.date}
    told = ((day, facts_of(Question(day=day))) for day in sorted(days))
    return {day: case for day, case in told if case.operation_date == day}


def _one(side: Side | None) -> Side | None:
    return side if side in ("left", "right") else None


def _same_operation(case: CaseFacts, other: CaseFacts) -> bool:
    return case.supported_code == other.supported_code and case.facts == other.facts
