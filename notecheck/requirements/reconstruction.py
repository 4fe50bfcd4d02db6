"""`reconstruction`: what was done with the stump's end."""

from __future__ import annotations

from notecheck.facts.case import CaseFacts
from notecheck.requirements.finding import Finding, joined
from notecheck.requirements.settings import ClosureSettings


def reconstruction(case: CaseFacts, settings: ClosureSettings) -> Finding:
    """Whether more is told of the stump's end than a closure in layers, where more is asked."""
    told = case.facts.reconstruction
    specific = [fact for fact in told if fact.value != "layered_closure"]
    if specific:
        return Finding("met", joined(*(fact.evidence for fact in specific)))
    if told:
        return Finding(settings.layered, joined(*(fact.evidence for fact in told)))
    return Finding("missing")


def left_open(case: CaseFacts) -> Finding:
    """Whether the end was left open, as a guillotine amputation is."""
    told = {fact.value: fact.evidence for fact in case.facts.reconstruction}
    if "left_open" in told:
        return Finding("met", told["left_open"])
    closed = [words for value, words in told.items() if value != "negative_pressure"]
    if closed:
        return Finding("conflict", joined(*closed))
    return Finding("missing", joined(*told.values()))
