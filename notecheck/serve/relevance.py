"""Is there anything to tell of this encounter?"""

from __future__ import annotations

from notecheck.models import Report


def concerns(report: Report) -> bool:
    """Whether a code of ours is in question; else nobody needs to be told."""
    return report.decision != "not_concerned"
