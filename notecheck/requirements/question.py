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


def asked_of(
    claim: Claim | None,
    code: str,
    facts_of: Callable[[Question], CaseFacts],
    day: dt.date | None = None,
) -> Question:
    """The operation that `code` names, on the side of its line; for "auto" the first line's.

    Of lines of several days that of `day`, else of the first. A claim with no such line bills by
    its procedures.
    """
    line = billed_line(claim, code, claim_rules(), day) if claim else None
    asked = code if code != AUTO else line.code if line else None
    if claim and line is None and (coded := _coded(claim, asked, facts_of)):
        return coded
    side = line_side(line.modifiers, claim_rules()) if line and line.code == asked else None
    return Question(asked, _one(side), line.service_date if line else None)


def further_days(claim: Claim | None, code: str) -> list[dt.date]:
    """The days, after its first, of which a claim bills a code."""
    lines = claim.lines if claim else ()
    days = [line.service_date for line in lines if line.service_date and tidy(line.code) == code]
    return list(dict.fromkeys(days))[1:]


def _coded(
    claim: Claim, asked: str | None, facts_of: Callable[[Question], CaseFacts]
) -> Question | None:
    """The operation that the code asked for names, of those that a claim's procedures bear.

    It is the first whose note supports the code that its procedure stands for, else the first.
    """
    rules = claim_rules()
    stands_for: dict[Question, str] = {}
    for procedure in claim.procedures:
        code = rules.checked_as(tidy(procedure.code))
        if code and procedure.date and asked in (None, code):
            side = _one(rules.side_of_procedure(tidy(procedure.code)))
            stands_for[Question(asked, side, procedure.date)] = code
    fitting = (q for q, code in stands_for.items() if facts_of(q).supported_code.value == code)
    return next(fitting, next(iter(stands_for), None))


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
        found = [(facts_of(asked_of(claim, AUTO, facts_of)), set())]
    found[0][1].update(rest)
    return [(case, frozenset(numbers)) for case, numbers in found]


def _one(side: Side | None) -> Side | None:
    return side if side in ("left", "right") else None


def _same_operation(case: CaseFacts, other: CaseFacts) -> bool:
    return case.supported_code == other.supported_code and case.facts == other.facts
