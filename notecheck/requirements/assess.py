"""Judges an encounter by the requirements of a code: what the room is for."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from notecheck.facts.case import CaseFacts
from notecheck.models import Claim, Decision, RequirementResult
from notecheck.requirements.claim_line import billed_line, tidy
from notecheck.requirements.claim_rules import ClaimRules, claim_rules
from notecheck.requirements.matter import Matter
from notecheck.requirements.scoring import decision_of, score_of
from notecheck.requirements.table import requirement_table
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
    line = billed_line(claim, code, rules) if claim is not None else None
    matter = Matter(case, claim, line, rules, _returns(others, rules))
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
        line.service_date
        for claim in others
        if claim.form != "institutional"
        for line in claim.lines
        if line.service_date is not None
        and tidy(line.code) in rules.family
        and frozenset(map(tidy, line.modifiers)) & rules.starts_no_period
    )
