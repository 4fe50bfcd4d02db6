"""`indication` and `indication-preop`: why the operation was done, and who said so before it."""

from __future__ import annotations

from notecheck.facts.case import CaseFacts
from notecheck.requirements.finding import Finding, joined


def indication(case: CaseFacts) -> Finding:
    """Whether any document tells a specific reason; an `other` fact is a specific one too."""
    if case.facts.indications:
        return Finding("met", joined(*(fact.evidence for fact in case.facts.indications)))
    if case.vague_indication:
        return Finding("partial", case.vague_indication)
    return Finding("missing")


def indication_preop(case: CaseFacts) -> Finding:
    """Whether any one document from before the operation tells a specific reason."""
    if not case.preop:
        return Finding("not_assessed")
    specific = joined(*(document.specific for document in case.preop))
    if specific:
        return Finding("met", specific)
    vague = joined(*(document.vague for document in case.preop))
    if vague:
        return Finding("partial", vague)
    return Finding("missing")
