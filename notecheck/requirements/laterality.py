"""`laterality-note` and `laterality-claim`: the side in the note, and the side that is billed."""

from __future__ import annotations

from collections.abc import Collection

from notecheck.facts.case import CaseFacts
from notecheck.models import Claim, ClaimProcedure
from notecheck.requirements.claim_line import tidy
from notecheck.requirements.claim_rules import BilledSide, ClaimRules
from notecheck.requirements.finding import Finding, joined
from notecheck.requirements.matter import Matter


def laterality_note(case: CaseFacts) -> Finding:
    """Whether the operative note names the side and nothing contradicts it."""
    fact, signs = case.facts.laterality, case.side
    told = fact.evidence if fact is not None else ()
    if fact is not None and fact.value == "conflicting":
        return Finding("conflict", told)
    if signs.operative_note is not None:
        return Finding(
            "met", joined(signs.operative_note_words, told), values={"side": signs.operative_note}
        )
    if fact is not None or signs.elsewhere_words:
        return Finding("partial", joined(signs.elsewhere_words, told))
    return Finding("missing")


def laterality_claim(matter: Matter) -> Finding:
    """Whether the billed side agrees with the documents' side.

    A claim with no line for an amputation is judged by its ICD-10-PCS procedures.
    """
    claim, line, rules = matter.claim, matter.line, matter.rules
    if claim is None:
        return Finding("not_assessed", reason="no_claim")
    if line is not None:
        billed = line_side(line.modifiers, rules)
        if billed is None:
            return Finding("missing", values={"line": line.code})
    else:
        billed = _procedure_side(matter.case, claim, rules)
        if billed is None:
            return Finding("not_assessed", reason="no_line")
    return _compared(matter.case, billed)


def _compared(case: CaseFacts, billed: BilledSide) -> Finding:
    fact = case.facts.laterality
    if fact is None:
        return Finding("met", reason="side_untold", values={"claim_side": billed})
    values = {"claim_side": billed, "side": fact.value}
    if fact.value == billed:
        return Finding("met", fact.evidence, values=values)
    reason = "documents" if fact.value == "conflicting" else None
    return Finding("conflict", fact.evidence, reason, values)


def line_side(modifiers: Collection[str], rules: ClaimRules) -> BilledSide | None:
    """The side that tidied `modifiers` bill, or None."""
    sides = rules.side_modifiers
    return _one_side({sides[mark] for mark in modifiers if mark in sides})


def _procedure_side(case: CaseFacts, claim: Claim, rules: ClaimRules) -> BilledSide | None:
    told = [(p, rules.side_of_procedure(tidy(p.code))) for p in claim.procedures]
    return _one_side({side for p, side in told if side and not _is_of_another(case, p, side)})


def _is_of_another(case: CaseFacts, procedure: ClaimProcedure, side: BilledSide) -> bool:
    """Whether a procedure is of another of the stay's operations: of another day or limb."""
    operated, fact = case.operation_date, case.facts.laterality
    if procedure.date and operated and procedure.date != operated:
        return any(told.date == procedure.date.isoformat() for told in case.operations)
    return (
        fact is not None
        and side != fact.value
        and any(
            told.status == "today" and told.side == side and told.kind == "division"
            for told in case.operations
        )
    )


def _one_side(sides: Collection[BilledSide]) -> BilledSide | None:
    """Left and right together bill both sides."""
    if len(sides) > 1:
        return "bilateral"
    return next(iter(sides), None)
