"""The one code that the operative note's own text supports.

Source of the mapping: the contract's list of codes, by level divided, earlier level, and whether
the wound was left open or a cast and prosthesis were fitted at once.
"""

from __future__ import annotations

from notecheck.facts.operation import Operation
from notecheck.models import (
    LevelFact,
    NewLevelFact,
    ReconstructionFact,
    SupportedCode,
)
from notecheck.timeline.chart import TITLE, Chart, evidence
from notecheck.timeline.levels import levels

_CLOSURES = frozenset(
    {
        "myodesis",
        "myoplasty",
        "tenodesis",
        "fascial_closure",
        "flap",
        "skin_graft",
        "layered_closure",
    }
)


def supported_code(
    chart: Chart,
    operation: Operation,
    prior: LevelFact | None,
    level: NewLevelFact | None,
    closures: tuple[ReconstructionFact, ...],
) -> SupportedCode:
    """The supported code with the words that decide it; `none` when no operation of the list."""
    if level is None:
        return _without_bone(chart, operation, prior, closures)
    words = (*level.evidence, *(prior.evidence[:1] if prior else ()))
    codes = levels()[level.value]
    if prior is not None and prior.value == level.value and codes.again:
        return SupportedCode(value=codes.again, evidence=words)
    if level.value == "toe" and _through_toe(operation):
        return SupportedCode(value="28825", evidence=words)
    if level.value == "ankle" and _through_ankle_joint(operation):
        return SupportedCode(value="27889", evidence=words)
    if "immediate_fit" in operation.manner:
        return SupportedCode(value=codes.fitted or codes.primary, evidence=words)
    if "open" in operation.manner or _left_open(closures):
        return SupportedCode(value=codes.left_open or codes.primary, evidence=words)
    return SupportedCode(value=codes.primary, evidence=words)


def _left_open(closures: tuple[ReconstructionFact, ...]) -> bool:
    """Left open with nothing closed over the bone."""
    values = {c.value for c in closures}
    return "left_open" in values and not values & {
        "myodesis",
        "myoplasty",
        "fascial_closure",
        "layered_closure",
    }


def _through_toe(operation: Operation) -> bool:
    """Through or beyond the first joint of the toe, not at its root."""
    toe = [f for f in operation.joints if f.mention.value == "toe"]
    within = [f for f in toe if "second" in f.mention.groups]
    at_root = [f for f in toe if "first" in f.mention.groups]
    return (
        bool(within)
        and not at_root
        or (not at_root and any(f.mention.value == "phalanx" for f in operation.cuts))
    )


def _through_ankle_joint(operation: Operation) -> bool:
    words = [f.document.words(f.mention) for f in [*operation.titled, *operation.joints]]
    named = any("syme" in w or "pirogoff" in w or "boyd" in w or "malleol" in w for w in words)
    return not named and any("disartic" in w for w in words)


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
    closed = _CLOSURES & {c.value for c in closures}
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
