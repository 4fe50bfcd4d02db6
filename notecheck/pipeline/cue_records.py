"""The records of each cue, those of the shorter cues that it hides among them.

ConText keeps the longest of overlapping cues: "would have been" hides "would have", and with it
what the shorter one says of facts of which the longer one says nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from notecheck.rules.model import ContextRecord

_PASSED_ON = ("FORWARD", "BACKWARD", "BIDIRECTIONAL")
# "the old end" names today's bone, and "not needed" looks back where "not" looks ahead: what a
# longer cue makes of a word of time or of a denial is meant.
_KEPT_APART = ("history", "planned", "negated")


class CueRecords:
    """Which records speak when a cue is found."""

    def __init__(self, records: Sequence[ContextRecord]) -> None:
        # By cue, its own alone.
        self.own: dict[str, list[ContextRecord]] = {}
        for record in records:
            for literal in record.literals:
                self.own.setdefault(literal, []).append(record)
        for told in self.own.values():  # so that no file's name has a say
            told.sort(key=lambda record: record.reason)

    def speaking(self, cue: str) -> list[ContextRecord]:
        """The cue's own records and those that it takes over; it must be a cue of `own`.

        Asked for few of the cues. One that only ends reaches takes over nothing.
        """
        told = self.own[cue]
        if any(record.direction == "TERMINATE" for record in told):
            return told
        return [*told, *self._taken_over(cue, told)]

    def _taken_over(self, cue: str, told: Sequence[ContextRecord]) -> list[ContextRecord]:
        """What the shorter cues say of facts that no longer one speaks of."""
        speaking, taken = list(told), []
        for shorter in _within(cue):
            records = self.own.get(shorter)
            if records is None:
                continue
            taken += [
                left
                for record in records
                if record.direction in _PASSED_ON
                and record.reason not in _KEPT_APART
                and (left := _without(record, speaking))
            ]
            speaking += records
        return taken


def _within(cue: str) -> Iterator[str]:
    """The runs of whole words of a cue that are shorter than it, the longest first."""
    words = cue.split(" ")
    for length in range(len(words) - 1, 0, -1):
        for start in range(len(words) - length + 1):
            yield " ".join(words[start : start + length])


def _without(record: ContextRecord, told: Sequence[ContextRecord]) -> ContextRecord | None:
    """`record` for the facts alone that none of `told` speaks of."""
    facts, not_facts = record.facts, record.not_facts
    for other in told:
        if other.facts:
            facts, not_facts = facts - other.facts, not_facts | other.facts
            if record.facts and not facts:
                return None
        else:
            left = other.not_facts if not facts else facts & other.not_facts
            facts = left - not_facts
            if not facts:
                return None
    return record.model_copy(update={"facts": facts - not_facts, "not_facts": not_facts})
