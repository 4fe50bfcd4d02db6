"""The shortest questions whose answers would settle what a report leaves open."""

from __future__ import annotations

from notecheck.models import Encounter, Report, Suggestion
from notecheck.query.draft import draft_queries


def with_suggestions(encounter: Encounter, report: Report) -> Report:
    """`report` with a question for each requirement that words of the record can settle.

    They ask what was found or done and never say what to write. Raises ValueError when `report` is
    of another encounter.
    """
    suggestions = tuple(
        Suggestion(requirement=query.internal.requirement, question=query.question)
        for query in draft_queries(encounter, report).queries
        if query.internal.kind == "requirement"
    )
    return report.model_copy(update={"suggestions": suggestions})
