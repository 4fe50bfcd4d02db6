"""Judges an encounter by the requirements of a code: what the room is for."""

from __future__ import annotations

from dataclasses import dataclass

from notecheck.facts.case import CaseFacts
from notecheck.models import Claim, Decision, RequirementResult
from notecheck.requirements.claim_line import billed_line
from notecheck.requirements.debridement import debridement
from notecheck.requirements.finding import Finding
from notecheck.requirements.global_period import global_period
from notecheck.requirements.indication import indication, indication_preop
from notecheck.requirements.inpatient import inpatient
from notecheck.requirements.laterality import laterality_claim, laterality_note
from notecheck.requirements.levels import new_level, prior_level
from notecheck.requirements.necessity import revision_necessity
from notecheck.requirements.reconstruction import reconstruction
from notecheck.requirements.scoring import decision_of, score_of
from notecheck.requirements.table import ClaimRules, RequirementId, requirement_table


@dataclass(frozen=True)
class Assessment:
    """The requirements in the order of their table, what follows for the bill, and the score."""

    requirements: tuple[RequirementResult, ...]
    decision: Decision
    score: float


def assess(case: CaseFacts, claim: Claim | None, code: str = "27596") -> Assessment:
    """Judge what the documents tell, and the claim if there is one, by the requirements of `code`.

    `score` runs from 0 to 100 with one decimal. Raises RulesError when `code` has no
    requirements file or that file is wrong.
    """
    table = requirement_table(code)
    findings = _findings(case, claim, code, table.claim)
    results = tuple(
        RequirementResult(
            id=rule.id,
            status=findings[rule.id].status,
            message=table.message(rule, findings[rule.id]),
            evidence=findings[rule.id].evidence,
        )
        for rule in table.requirement
    )
    return Assessment(
        requirements=results,
        decision=decision_of(
            [result.status for result in results],
            code_supported=case.supported_code.value == code,
        ),
        score=score_of(
            (result.status, rule.weight)
            for result, rule in zip(results, table.requirement, strict=True)
        ),
    )


def _findings(
    case: CaseFacts, claim: Claim | None, code: str, rules: ClaimRules
) -> dict[RequirementId, Finding]:
    line = billed_line(claim, code, rules) if claim is not None else None
    return {
        "prior-level": prior_level(case),
        "new-level": new_level(case),
        "indication": indication(case),
        "indication-preop": indication_preop(case),
        "revision-necessity": revision_necessity(case),
        "reconstruction": reconstruction(case),
        "laterality-note": laterality_note(case),
        "laterality-claim": laterality_claim(case, claim, line, rules),
        "debridement": debridement(case, claim, rules),
        "inpatient": inpatient(case, claim, rules),
        "global-period": global_period(case, claim, line, rules),
    }
