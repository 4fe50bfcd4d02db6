"""What a cue that reaches a mention makes of it, asked of the cue's records."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from notecheck.models import ExclusionReason
from notecheck.pipeline.cue_rules import CueRule
from notecheck.pipeline.cues import touches
from notecheck.pipeline.mentions import Mention
from notecheck.rules.model import ContextRecord

THEN = 2  # words that follow a cue and have a say
# Where several contexts hold at once, the one that says most about the statement is told.
_STRENGTH = (
    "other_meaning", "other_person", "quoted_report", "consent", "negated", "hypothetical",
    "planned", "other_limb", "history",
)  # fmt: skip
Stretch = tuple[int, int]  # of tokens: the first, and the one after the last


def speaking(
    rule: CueRule, cue: Stretch, target: Stretch, fact: str, after: Sequence[str]
) -> list[ContextRecord]:
    """The records of a cue that say something of a mention of this fact at these tokens.

    `after` are the `THEN` next tokens of the sentence after the cue.
    """
    return [
        record
        for record in rule.records
        if _speaks_of(record, cue, target, fact)
        and record.unless_then.isdisjoint(after)
        and not (record.only_then and after and after[0] not in record.only_then)
    ]


def _speaks_of(record: ContextRecord, cue: Stretch, target: Stretch, fact: str) -> bool:
    if not touches(record, fact):
        return False
    if cue[0] < target[1] and target[0] < cue[1]:
        # A "not" within a phrase belongs to it ("muscle was not contractile"); "opposite" does not.
        return record.reason in ("other_limb", "restored")
    after_cue = target[0] >= cue[1]
    if record.direction == ("BACKWARD" if after_cue else "FORWARD"):
        return False
    distance = target[0] - cue[1] if after_cue else cue[0] - target[1]
    return record.max_scope is None or distance < record.max_scope


def reaches(record: ContextRecord, cue: int, mention: Mention) -> bool:
    """Whether a cue at this offset speaks of what the mention tells, and reaches into its clause.

    A clause that was read as one has told its denials itself.
    """
    clause = mention.clause
    if mention.tells & record.not_tells:
        return False
    if clause is None:
        return True
    if record.reason == "negated":
        return False
    return record.within == "sentence" or clause[0] <= cue < clause[1]


def take(mention: Mention, records: Sequence[ContextRecord]) -> None:
    """Take a mention as the strongest of the records says that is not taken back by another."""
    restored = frozenset[ExclusionReason]().union(*(record.restores for record in records))
    if mention.reason in restored:
        mention.reason = mention.cue = None
    left = [r for r in records if r.reason in _STRENGTH and r.reason not in restored]
    if left:
        strongest = min(left, key=lambda r: _STRENGTH.index(r.reason))
        mention.reason, mention.cue = cast(ExclusionReason, strongest.reason), strongest.id
