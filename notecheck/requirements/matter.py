"""What every requirement is judged by."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from notecheck.facts.case import CaseFacts
from notecheck.models import Claim
from notecheck.requirements.claim_line import BilledLine
from notecheck.requirements.claim_rules import ClaimRules


@dataclass(frozen=True)
class Matter:
    """One encounter: its facts, its claim and the line of it that bills the code, and the rules."""

    case: CaseFacts
    claim: Claim | None
    line: BilledLine | None
    rules: ClaimRules
    returns: frozenset[dt.date] = frozenset()  # days billed as unplanned returns elsewhere
    periods: Mapping[dt.date, int] = field(default_factory=dict)  # global days of what they billed
