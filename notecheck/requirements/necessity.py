"""`revision-necessity`: why revising the soft tissue alone would not do."""

from __future__ import annotations

from notecheck.facts.case import CaseFacts
from notecheck.requirements.finding import Finding, joined


def revision_necessity(case: CaseFacts) -> Finding:
    """Whether bone was resected and its need is told; goes by the wording, whatever the code."""
    bone = case.facts.bone_resected
    if bone is None:
        return Finding("missing", reason="no_note")
    if not bone.value:
        return Finding("missing", bone.evidence, "no_bone")
    if case.necessity:
        return Finding("met", joined(case.necessity, bone.evidence))
    return Finding("partial", bone.evidence)
