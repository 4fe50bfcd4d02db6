"""`prior-level` and its kin, and `new-level`: the stump as it came, and today's division."""

from __future__ import annotations

from notecheck.facts.case import CaseFacts
from notecheck.requirements.finding import Finding, joined
from notecheck.requirements.settings import (
    DivisionSettings,
    FirstSettings,
    MannerSettings,
    StumpSettings,
)


def prior_level(case: CaseFacts, settings: StumpSettings) -> Finding:
    """Whether an earlier amputation of the operated limb is told with its level.

    A level that the code is not for is a conflict.
    """
    if case.prior.conflict:
        return Finding("conflict", case.prior.conflict)
    fact = case.facts.prior_level
    if fact is not None:
        values = {"level": _in_words(fact.value)}
        if settings.levels and fact.value not in settings.levels:
            return Finding("conflict", fact.evidence, "other_level", values)
        return Finding("met", fact.evidence, values=values)
    if case.prior.unlevelled:
        return Finding("partial", case.prior.unlevelled)
    return Finding("missing")


def first_at_level(case: CaseFacts, settings: FirstSettings) -> Finding:
    """Whether this is the first amputation at its level: no earlier one of `levels` is told."""
    if case.prior.conflict:
        return Finding("conflict", case.prior.conflict)
    fact = case.facts.prior_level
    if fact is not None:
        values = {"level": _in_words(fact.value)}
        again = fact.value in settings.levels
        return Finding(
            "conflict" if again else "met", fact.evidence, "again" if again else "lower", values
        )
    if case.prior.unlevelled:
        return Finding("partial", case.prior.unlevelled)
    return Finding("met")


def new_level(case: CaseFacts, settings: DivisionSettings) -> Finding:
    """Whether a division at the code's level is told, with its place where one is asked.

    A division told at another level is `missing` even when its place is contradictory: the
    fact is what the description of the operation says, and that was not at this level.
    """
    fact, signs = case.facts.new_level, case.new_level
    level = fact.value if fact else None  # a length alone divides nothing
    if fact and level and level != settings.level:
        values = {"level": _in_words(level)}
        return Finding("missing", fact.evidence, "other_level", values=values)
    if signs.conflict:
        return Finding("conflict", signs.conflict)
    if fact is None or level is None:
        return Finding("partial", signs.vague, "vague") if signs.vague else Finding("missing")
    placed = fact.segment is not None or fact.measurement_cm is not None or signs.landmark
    if placed or not settings.place:
        return Finding("met", joined(fact.evidence, signs.landmark))
    return Finding("partial", joined(fact.evidence, signs.vague), "no_place")


def bone_left(case: CaseFacts) -> Finding:
    """Whether it is told that no bone was resected, as a closure or scar revision must have it."""
    bone = case.facts.bone_resected
    if bone is None:
        return Finding("missing")
    if bone.value:
        return Finding("conflict", bone.evidence)
    spoken_of = any(words.rule for words in bone.evidence)  # else only the operation's title
    return Finding("met" if spoken_of else "partial", bone.evidence)


def manner(case: CaseFacts, settings: MannerSettings) -> Finding:
    """Whether the operation was done in the code's own manner, as the supported code tells it."""
    supported = case.supported_code
    told = supported.value in settings.supported
    return Finding("met" if told else "missing", supported.evidence)


def _in_words(level: str) -> str:
    return level.replace("_", " ")
