"""`documented`: that the chart tells a fact, which the requirement's data names."""

from __future__ import annotations

from notecheck.facts.case import CaseFacts
from notecheck.requirements.finding import Finding
from notecheck.requirements.settings import DocumentedSettings


def documented(case: CaseFacts, settings: DocumentedSettings) -> Finding:
    """Whether the fact is told as the requirement asks.

    What is denied is `missing` like what is not told, with the words that deny it.
    """
    if not case.documented.has_documents(settings.asked):
        return Finding("not_assessed")
    words = case.documented.words(settings.asked)
    if words:
        return Finding("met", words)
    denied = case.documented.denied(settings.asked)
    return Finding("missing", denied, "denied") if denied else Finding("missing")
