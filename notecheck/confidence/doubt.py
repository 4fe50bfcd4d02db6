"""Which statuses of a report are doubtful: what a person is asked to read, and no number."""

from __future__ import annotations

from notecheck.confidence.table import deciding_facts
from notecheck.models import Report

UNSURE = "unsure: read this"


def doubtful(report: Report) -> frozenset[str]:
    """The requirements of whose status the report is less sure than `deciding.toml` asks."""
    if report.confidence is None:
        return frozenset()
    least = deciding_facts().doubtful_below
    return frozenset(name for name, p in report.confidence.requirements.items() if p < least)
