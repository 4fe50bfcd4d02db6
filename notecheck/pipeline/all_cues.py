"""The cues of a set of context rules, indexed once however many pipelines look for them.

A pipeline is made anew when spaCy has met too many words. To index thousands of cues again takes
20 MB for a moment, which a process that runs for weeks does not get back.
"""

from __future__ import annotations

from collections.abc import Sequence

from notecheck.pipeline.cue_records import CueRecords
from notecheck.pipeline.cues import CueIndex
from notecheck.rules.model import ContextRecord


class AllCues:
    """`literals` are the cues, in the order of the index's numbers; see `ContextFinder`."""

    def __init__(self, records: Sequence[ContextRecord]) -> None:
        self.records = CueRecords(records)
        self.literals = list(self.records.own)
        self.index = CueIndex(self.records.own)
        # The reasons that a cue which ends reaches leaves unended.
        self.sparing = {r.spares_reasons for r in records if r.direction == "TERMINATE"}
