"""Is 27596 a matter of this encounter at all?"""

from __future__ import annotations

from notecheck.models import Encounter, Report


def concerns(encounter: Encounter, report: Report) -> bool:
    """Whether the code is billed, or the note supports it; else nobody needs to be told."""
    billed = encounter.claim.lines if encounter.claim else ()
    return report.supported_code.value == report.code or any(
        line.code == report.code for line in billed
    )
