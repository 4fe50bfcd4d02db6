"""`debridement`: what a debridement that is billed beside the amputation must tell."""

from __future__ import annotations

from notecheck.requirements.claim_line import tidy
from notecheck.requirements.finding import Finding
from notecheck.requirements.matter import Matter


def debridement(matter: Matter) -> Finding:
    """Whether tissue, area, and a site or necessity of its own are told.

    With a claim it applies when debridement is billed, without one when it was performed.
    """
    fact, claim = matter.case.facts.debridement, matter.claim
    if claim is not None:
        if not any(tidy(line.code) in matter.rules.debridement for line in claim.lines):
            return Finding("not_applicable", reason="not_billed")
    elif not fact.performed:
        return Finding("not_applicable", reason="not_performed")
    told = {
        "tissue": bool(fact.tissues),
        "area": fact.area_cm2 is not None,
        "separate site or necessity": fact.separate,
    }
    if all(told.values()):
        return Finding("met", fact.evidence)
    if any(told.values()):
        lacking = ", ".join(name for name, is_told in told.items() if not is_told)
        return Finding("partial", fact.evidence, values={"lacking": lacking})
    if claim is None:
        return Finding("partial", fact.evidence, "not_billed")
    return Finding("missing", fact.evidence)
