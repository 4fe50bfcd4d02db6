"""Which of today's operations a claim asks about."""

from __future__ import annotations

from notecheck.codes.files import AUTO
from notecheck.models import Claim
from notecheck.requirements.claim_line import billed_line
from notecheck.requirements.claim_rules import claim_rules
from notecheck.requirements.laterality import line_side
from notecheck.timeline.todays import Question


def asked_of(claim: Claim | None, code: str) -> Question:
    """The operation that `code` names, on the side of its line; for "auto" the first line's."""
    line = billed_line(claim, code, claim_rules()) if claim else None
    asked = code if code != AUTO else line.code if line else None
    side = line_side(line.modifiers, claim_rules()) if line and line.code == asked else None
    return Question(asked, side if side in ("left", "right") else None)
