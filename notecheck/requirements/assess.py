"""Judges an encounter by the requirements of a code: what the room is for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from notecheck.facts.case import CaseFacts
from notecheck.models import Claim, ClaimLine, Decision, RequirementResult
from notecheck.requirements.claim_line import billed_line, tidy
from notecheck.requirements.claim_rules import ClaimRules, claim_rules
from notecheck.requirements.matter import Matter
from notecheck.requirements.scoring import decision_of, score_of
from notecheck.requirements.table import requirement_table
from notecheck.schedules.global_days import global_days
from notecheck.screen.screen import screen

DEFAULT_CODE = "27596"


@dataclass(frozen=True)
class Assessment:
    """The requirements in the order of their table, what follows for the bill, and the score."""

    requirements: tuple[RequirementResult, ...]
    decision: Decision
    score: float
    code_supported: bool


def assess(
    case: CaseFacts,
    claim: Claim | None,
    code: str = DEFAULT_CODE,
    others: tuple[Claim, ...] = (),
) -> Assessment:
    """Judge what the documents tell, and the claim if there is one, by the requirements of `code`.

    `score` runs from 0 to 100 with one decimal. Raises InputError when no file of codes has
    `code`, RulesError when its file is wrong. `others` are further claims of the patient.
    """
    table = requirement_table(code)
    rules = claim_rules()
    if not case.read:  # contract, "Not concerned": the claim is not held against such a chart
        claim = None
    operated = case.operation_date
    line = billed_line(claim, code, rules, operated) if claim is not None else None
    matter = Matter(case, claim, line, rules, _returns(others, rules), _periods(others, rules))
    unread = screen().message
    results = []
    for rule in table.requirements:
        finding = rule.kind.judge(matter, rule.settings)
        results.append(
            RequirementResult(
                id=rule.id,
                status=finding.status,
                message=rule.message(finding) if case.read else unread,
                evidence=finding.evidence,
            )
        )
    statuses = [result.status for result in results]
    supported = table.file.supports(case.supported_code.value)
    return Assessment(
        requirements=tuple(results),
        decision=decision_of(statuses, code_supported=supported),
        score=score_of(
            zip(statuses, (rule.weight for rule in table.requirements), strict=True),
            code_supported=supported,
        ),
        code_supported=supported,
    )


def _returns(others: tuple[Claim, ...], rules: ClaimRules) -> frozenset[dt.date]:
    """The days on which other claims of a surgeon bill an unplanned return."""
    return frozenset(
        day
        for day, line in _billed(others, rules)
        if frozenset(map(tidy, line.modifiers)) & rules.starts_no_period
    )


def _periods(others: tuple[Claim, ...], rules: ClaimRules) -> dict[dt.date, int]:
    """The global days of what other claims of a surgeon bill, by day; of several the most."""
    periods: dict[dt.date, int] = {}
    for day, line in _billed(others, rules):
        own = global_days(tidy(line.code), day)
        periods[day] = max(rules.global_days if own is None else own, periods.get(day, 0))
    return periods


def _billed(others: tuple[Claim, ...], rules: ClaimRules) -> Iterator[tuple[dt.date, ClaimLine]]:
    """The lines of other claims of a surgeon that bill an amputation, with their days."""
    for claim in others:
        for line in claim.lines if claim.form != "institutional" else ():
            if line.service_date is not None and tidy(line.code) in rules.family:
                yield line.service_date, line
