"""What ConText is told of each cue: which way it looks, how far, and what ends its reach."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from notecheck.pipeline.cue_records import records_by_cue
from notecheck.pipeline.cues import CueIndex
from notecheck.rules.model import ContextRecord


@dataclass(frozen=True, slots=True)
class CueRule:
    """A cue as ConText knows it; of what it speaks beyond that is asked of its `records`.

    medspaCy keeps one rule for a phrase, so a rule joins all records that list the phrase. A cue
    ends the reach of those of its own `category`, where both speak of the same `facts` (None: of
    any), and of those that are `ended_by` its category. What only `ends` reaches speaks of nothing.
    """

    literal: str
    category: str
    direction: str
    facts: frozenset[str] | None
    ended_by: frozenset[str]
    ends: bool
    records: tuple[ContextRecord, ...]

    @property
    def says(self) -> bool:
        """Whether it tells something of what stands round it, and does not only end reaches."""
        return self.direction != "PSEUDO" and all(r.reason != "terminate" for r in self.records)

    def allows(self, fact: str) -> bool:
        """Whether it may say anything of a mention of this fact."""
        return not self.ends and (self.facts is None or fact in self.facts)


class CueRules:
    """The rules of all cues, each worked out when it is asked for: few ever stand in a note."""

    def __init__(self, records: Sequence[ContextRecord]) -> None:
        by_cue = records_by_cue(records)
        self.index = CueIndex(by_cue)  # its bits are the places here
        self._by_cue = list(by_cue.items())
        self._sparing = {r.spares_reasons for r in records if r.direction == "TERMINATE"}
        self._known: dict[int, CueRule] = {}

    def __len__(self) -> int:
        return len(self._by_cue)

    def __getitem__(self, place: int) -> CueRule:
        if place not in self._known:
            self._known[place] = _rule(*self._by_cue[place], self._sparing)
        return self._known[place]


def _rule(cue: str, records: list[ContextRecord], sparing: Collection[frozenset[str]]) -> CueRule:
    """The rule of a cue; `sparing` are the reasons that some cue leaves unended."""
    directions = {record.direction for record in records}
    direction = directions.pop() if len(directions) == 1 else "BIDIRECTIONAL"
    reason, unended = records[0].reason, records[0].unended
    # A cue ends the reach of another of its category.
    category = f"{reason}_UNENDED" if unended else reason
    facts = {record.facts for record in records}
    ends = direction == "TERMINATE"
    if ends:
        # medspaCy's terminators end every reach: this is a cue that speaks of nothing, by which
        # the others say that they are ended.
        direction, category = "FORWARD", _ends_but(records[0].spares_reasons)
    ended_by = frozenset(_ends_but(spared) for spared in sparing if reason not in spared)
    return CueRule(
        literal=cue,
        category=category.upper(),
        direction=direction,
        # Of what a cue speaks is asked of its records. Where all name the same facts it is told
        # here too: a cue ends the reach of another of its category unless the two speak of
        # different facts.
        facts=(facts.pop() or None) if len(facts) == 1 and not ends else None,
        ended_by=frozenset() if unended else ended_by,
        ends=ends,
        records=tuple(records),
    )


def _ends_but(reasons: frozenset[str]) -> str:
    """The category of what ends a reach unless it is of one of these reasons."""
    return f"ENDS_BUT_{'_'.join(sorted(reasons))}".upper()
