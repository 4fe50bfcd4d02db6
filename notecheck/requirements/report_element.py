"""`report-element`: what an operative report tells whatever the operation."""

from __future__ import annotations

from notecheck.facts.case import CaseFacts
from notecheck.requirements.finding import Finding
from notecheck.requirements.settings import ElementSettings


def report_element(case: CaseFacts, settings: ElementSettings) -> Finding:
    """Whether the operative note tells the element.

    What need only be told where there was any is `partial` when nothing is told of it.
    """
    if not case.report.has_report:
        return Finding("not_assessed")
    words = case.report.words(settings.element)
    if words:
        return Finding("met", words)
    return Finding("partial" if settings.where_any else "missing")
