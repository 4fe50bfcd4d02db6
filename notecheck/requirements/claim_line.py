"""Finds "the line" of a claim: the one whose modifiers and date the requirements go by."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from notecheck.models import Claim
from notecheck.requirements.claim_rules import ClaimRules


@dataclass(frozen=True)
class BilledLine:
    """All lines of one claim and day that bill `code`, taken as one.

    A bilateral operation may be billed as two lines of one code, one a side, so the modifiers
    of both count.
    """

    code: str
    modifiers: frozenset[str]
    service_date: dt.date | None
    place_of_service: str | None = None


def billed_line(
    claim: Claim, code: str, rules: ClaimRules, day: dt.date | None = None
) -> BilledLine | None:
    """The line that bills `code`, else the first that bills another code of the family.

    Of lines of several days that of `day`, else of the first. None when there is no such line.
    """
    billed = [tidy(line.code) for line in claim.lines]
    if code in billed:
        chosen = code
    else:
        family = [other for other in billed if other in rules.family]
        if not family:
            return None
        chosen = family[0]
    lines = [line for line in claim.lines if tidy(line.code) == chosen]
    days = [line.service_date for line in lines if line.service_date]
    told = day if day in days else next(iter(days), None)
    lines = [line for line in lines if line.service_date in (told, None)]
    return BilledLine(
        code=chosen,
        modifiers=frozenset(tidy(modifier) for line in lines for modifier in line.modifiers),
        service_date=told,
        place_of_service=next(
            (line.place_of_service for line in lines if line.place_of_service), None
        ),
    )


def tidy(code: str) -> str:
    """A claim's code or modifier as the tables write it: no blanks around it, capitals."""
    return code.strip().upper()
