"""Which codes an encounter is checked for, when none or "auto" is asked for."""

from __future__ import annotations

from notecheck.codes.files import AUTO, known_codes
from notecheck.facts.case import CaseFacts
from notecheck.models import Claim
from notecheck.requirements.claim_line import tidy
from notecheck.requirements.claim_rules import ClaimRules, claim_rules

NO_CODE = "none"  # what a report on an encounter that is not concerned names as its code


def codes_in_question(case: CaseFacts, claim: Claim | None, asked: str = AUTO) -> tuple[str, ...]:
    """The codes to check, the first being the one that the report is about; empty for none.

    `asked` itself unless it is "auto". Then it is every code that the claim bills and that has
    requirements here, in the claim's order; with no such line the code that a facility's procedures
    stand for, where the note supports it, else that for a stump of the level that the patient came
    with (`stump_codes`), else the supported code. Where that is none there is nothing to check.
    Source: the contract's section on the code in question.
    """
    if asked != AUTO:
        return (asked,)
    rules = claim_rules()
    billed = _billed(claim, rules)
    if billed:
        return billed
    facts, supported = case.facts, case.supported_code.value
    prior = facts.prior_level
    # An amputee's appendix is no operation on the stump; with no operative note nobody knows.
    on_stump = (
        supported != NO_CODE
        or facts.reconstruction
        or facts.debridement.performed
        or not case.report.has_report
    )
    of_stump = rules.stump_codes.get(prior.value) if prior and on_stump else None
    coded = _coded_by_procedure(claim, rules)  # a facility bills by ICD-10-PCS
    wanted = (
        (coded if coded == supported else None)
        or of_stump
        or (supported if supported in rules.family else None)
        or coded
    )
    return (wanted,) if wanted else ()


def _billed(claim: Claim | None, rules: ClaimRules) -> tuple[str, ...]:
    """The codes of the family, and the site's own, that the lines bill, each once."""
    if claim is None:
        return ()
    known = rules.family.union(known_codes())
    return tuple(dict.fromkeys(code for line in claim.lines if (code := tidy(line.code)) in known))


def _coded_by_procedure(claim: Claim | None, rules: ClaimRules) -> str | None:
    """The code that a claim's procedures stand for, of those that one code alone can be."""
    procedures = claim.procedures if claim else ()
    told = (rules.checked_as(tidy(procedure.code)) for procedure in procedures)
    return next(filter(None, told), None)
