"""Is 27596 a matter of this encounter at all?"""

from __future__ import annotations

from notecheck.models import Encounter, Report
from notecheck.read.note_found import has_note


def concerns(encounter: Encounter, report: Report) -> bool:
    """Whether the code is billed, or the note supports it; else nobody needs to be told."""
    if report.supported_code.value == report.code or bills(encounter, report.code):
        return True
    facts = report.facts
    # Without a note to read, what the other documents tell makes it a matter.
    return not has_note(encounter) and bool(facts.prior_level or facts.new_level)


def bills(encounter: Encounter, code: str) -> bool:
    """Whether a claim of the encounter has a line of `code`."""
    claims = (*([encounter.claim] if encounter.claim else ()), *encounter.other_claims)
    return any(line.code == code for claim in claims for line in claim.lines)
