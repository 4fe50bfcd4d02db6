"""Is there anything to tell of this encounter?"""

from __future__ import annotations

from notecheck.models import Encounter, Report


def concerns(report: Report) -> bool:
    """Whether a code of ours is in question; else nobody needs to be told."""
    return report.decision != "not_concerned"


def bills(encounter: Encounter, code: str) -> bool:
    """Whether a claim of the encounter has a line of `code`."""
    claims = (*([encounter.claim] if encounter.claim else ()), *encounter.other_claims)
    return any(line.code == code for claim in claims for line in claim.lines)
