"""`reconstruction`: what was done with the stump's end."""

from __future__ import annotations

from notecheck.facts.case import CaseFacts
from notecheck.requirements.finding import Finding, joined


def reconstruction(case: CaseFacts) -> Finding:
    """Whether more is told of the stump's end than a closure in layers."""
    told = case.facts.reconstruction
    specific = [fact for fact in told if fact.value != "layered_closure"]
    if specific:
        return Finding("met", joined(*(fact.evidence for fact in specific)))
    if told:
        return Finding("partial", joined(*(fact.evidence for fact in told)))
    return Finding("missing")
