"""The one code that the operative note's own text supports.

Source of the mapping: the contract's list of codes, by level divided, earlier level, and whether
the wound was left open or a cast and prosthesis were fitted at once.
"""

from __future__ import annotations

from notecheck.facts.operation import Operation
from notecheck.facts.toe_joints import toe_joints
from notecheck.models import (
    LevelFact,
    NewLevelFact,
    ReconstructionFact,
    SupportedCode,
)
from notecheck.timeline.chart import TITLE, Chart, evidence
from notecheck.timeline.levels import FinerCode, LevelRecord, levels
from notecheck.timeline.words import fact_words, holds_any


def supported_code(
    chart: Chart,
    operation: Operation,
    prior: LevelFact | None,
    level: NewLevelFact | None,
    closures: tuple[ReconstructionFact, ...],
    asked: str | None = None,
) -> SupportedCode:
    """The supported code with the words that decide it; `none` when no operation of the list.

    Of several parts that came off at places with codes of their own, the one `asked` about decides.
    """
    if level is None or level.value is None:
        return _without_bone(chart, operation, prior, closures)
    words = (*level.evidence, *(prior.evidence[:1] if prior else ()))
    codes = levels()[level.value]
    if prior is not None and prior.value == level.value and codes.again:
        return SupportedCode(value=codes.again, evidence=words)
    if codes.finer and _is_finer(operation, codes, codes.finer, asked):
        return SupportedCode(value=codes.finer.code, evidence=words)
    if "immediate_fit" in operation.manner:
        return SupportedCode(value=codes.fitted or codes.primary, evidence=words)
    if "open" in operation.manner or _left_open(closures):
        return SupportedCode(value=codes.left_open or codes.primary, evidence=words)
    return SupportedCode(value=codes.primary, evidence=words)


def _left_open(closures: tuple[ReconstructionFact, ...]) -> bool:
    """Left open with nothing closed over the bone."""
    values = {c.value for c in closures}
    return "left_open" in values and not values & fact_words().closed_over_bone


def _is_finer(
    operation: Operation, level: LevelRecord, finer: FinerCode, asked: str | None
) -> bool:
    """Whether the act is told at the finer place that has a code of its own."""
    if finer.within:
        each = [toe.places for toe in toe_joints(operation).values()]
        if asked == finer.code and {"within"} in each:
            return True
        return _within_part(operation, level)
    words = [f.document.words(f.mention) for f in [*operation.titled, *operation.joints]]
    return any(holds_any(w, finer.words) for w in words) and not any(
        holds_any(w, finer.unless) for w in words
    )


def _within_part(operation: Operation, level: LevelRecord) -> bool:
    """Through the part or beyond its first joint, not at its root."""
    joints = [f for f in operation.joints if f.mention.value == level.id]
    at_root = any("at_root" in f.mention.tells for f in joints)
    within = any("within" in f.mention.tells for f in joints) or any(
        f.mention.value == level.bone for f in operation.cuts
    )
    return within and not at_root


def _without_bone(
    chart: Chart,
    operation: Operation,
    prior: LevelFact | None,
    closures: tuple[ReconstructionFact, ...],
) -> SupportedCode:
    """No bone divided: a stump closed or its scar revised, or nothing of the list."""
    revised = operation.manner.get("stump_revised", [])
    titled = [f for f in revised if f.mention.category == TITLE]
    told = titled or [
        f for f in revised if f.mention.category in (None, "description", "postoperative_diagnosis")
    ]
    closed = fact_words().closed & {c.value for c in closures}
    if operation.aborted:
        # What was done stands: soft tissue revised and closed before the operation was stopped.
        titled, told = [], [f for f in told if f.mention.category != TITLE]
    closing = levels()[prior.value].closed if prior else None
    if prior is None or closing is None:
        return SupportedCode(value="none", evidence=evidence(operation.titled))
    revision = operation.is_revision and not operation.aborted
    if titled or (revision and closed) or (told and closed):
        words = (
            evidence([*told, *operation.left_alone])
            or tuple(e for c in closures for e in c.evidence)[:2]
        )
        return SupportedCode(value=closing, evidence=(*words, *prior.evidence[:1]))
    return SupportedCode(value="none", evidence=prior.evidence[:1])
