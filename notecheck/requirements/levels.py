"""`prior-level` and `new-level`: the stump the patient arrived with, and today's division."""

from __future__ import annotations

from notecheck.facts.case import CaseFacts
from notecheck.requirements.finding import Finding, joined


def prior_level(case: CaseFacts) -> Finding:
    """Whether an earlier amputation of the operated limb is told with its level."""
    if case.prior.conflict:
        return Finding("conflict", case.prior.conflict)
    fact = case.facts.prior_level
    if fact is not None:
        return Finding("met", fact.evidence, values={"level": _in_words(fact.value)})
    if case.prior.unlevelled:
        return Finding("partial", case.prior.unlevelled)
    return Finding("missing")


def new_level(case: CaseFacts) -> Finding:
    """Whether a division of the femur is told with its place.

    A division told at another level is `missing` even when its place is contradictory: the
    fact is what the description of the operation says, and that was not through the femur.
    """
    fact, signs = case.facts.new_level, case.new_level
    if fact is not None and fact.value != "transfemoral":
        return Finding(
            "missing", fact.evidence, "other_level", values={"level": _in_words(fact.value)}
        )
    if signs.conflict:
        return Finding("conflict", signs.conflict)
    if fact is None:
        return Finding("partial", signs.vague, "vague") if signs.vague else Finding("missing")
    if fact.segment is not None or fact.measurement_cm is not None or signs.landmark:
        return Finding("met", joined(fact.evidence, signs.landmark))
    return Finding("partial", joined(fact.evidence, signs.vague), "femur")


def _in_words(level: str) -> str:
    return level.replace("_", " ")
