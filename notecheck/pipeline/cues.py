"""Which mentions of a sentence a context cue may speak of, asked of its words alone.

Most sentences hold no cue, or none for what they mention: they need no tokens and no ConText. What
is found possible here is decided by ConText; nothing that ConText could find is missed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from sys import intern
from typing import NamedTuple

from notecheck.pipeline.mentions import Mention
from notecheck.rules.model import ContextRecord

# Cues are matched by tokens, and the tokenizer divides no such run.
_RUN = re.compile(r"[a-z]+|[0-9]+|[^\sa-z0-9]")
_SAY_NOTHING = ("none", "terminate")


class Standing(NamedTuple):
    """The cue of this number may stand at `start:end` of a sentence."""

    cue: int
    start: int
    end: int


class CueIndex:
    """Finds cues by the runs of letters, of figures and the signs of which they are made.

    Thousands of cues begin with a few words: each is looked up by its first two runs.
    """

    def __init__(self, records_by_cue: Mapping[str, Sequence[ContextRecord]]) -> None:
        """`records_by_cue` are each cue's own; what it takes over a shorter one in it says too."""
        self._records = list(records_by_cue.values())
        self._single: dict[str, list[int]] = {}
        self._longer: dict[tuple[str, ...], list[tuple[tuple[str, ...], int]]] = {}
        for place, cue in enumerate(records_by_cue):
            runs = tuple(map(intern, _RUN.findall(cue.lower())))
            if len(runs) == 1:
                self._single.setdefault(runs[0], []).append(place)
            else:
                self._longer.setdefault(runs[:2], []).append((runs, place))

    def standing(self, words: str) -> list[Standing]:
        """The cues that may stand in the normalised sentence `words`."""
        runs = tuple(_RUN.findall(words))
        found = [
            (cue, at, at)
            for at, run in enumerate(runs)
            if run in self._single
            for cue in self._single[run]
        ]
        found += [
            (cue, at, at + len(row) - 1)
            for at, pair in enumerate(pairwise(runs))
            if pair in self._longer
            for row, cue in self._longer[pair]
            if runs[at : at + len(row)] == row
        ]
        if not found:
            return []  # many: where the runs stand need not be known
        places = [run.span() for run in _RUN.finditer(words)]
        return [Standing(cue, places[first][0], places[last][1]) for cue, first, last in found]

    def spoken_of(
        self, standing: Sequence[Standing], start: int, mentions: Sequence[Mention]
    ) -> list[Mention]:
        """Those `mentions` of a sentence that a cue standing in it may speak of.

        The sentence begins at `start` of its document. A cue speaks of nothing from which it looks
        away.
        """
        told = [
            (record, start + cue.start, start + cue.end)
            for cue in standing
            for record in self._records[cue.cue]
            if record.reason not in _SAY_NOTHING
        ]
        return [
            m
            for m in mentions
            if any(
                (record.direction != "FORWARD" or first < m.end)
                and (record.direction != "BACKWARD" or m.start < last)
                and touches(record, m.fact)
                and heeds(m, record)
                for record, first, last in told
            )
        ]


def heeds(mention: Mention, record: ContextRecord) -> bool:
    """Whether a mention takes what such a cue says: a clause has told its denials itself."""
    if mention.tells & record.not_tells:
        return False
    return mention.clause is None or record.reason != "negated"


def touches(record: ContextRecord, fact: str) -> bool:
    """Whether the record is meant for mentions of this fact."""
    return fact not in record.not_facts and (not record.facts or fact in record.facts)
