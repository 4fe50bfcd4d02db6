"""Which of the cues that stand in a sentence are heard when they overlap.

medspaCy keeps the longest, and of two of one length the first: "it was intended to cut" would look
back from "was intended" and never ahead from "intended to". Here of two cues that share a word both
are kept. A cue within another is part of it and is dropped, and one that ends reaches or means
nothing still hides what it overlaps.
"""

from __future__ import annotations

from collections.abc import Iterable

from notecheck.pipeline.cue_rules import CueRule

Found = tuple[CueRule, int, int]  # a cue, its first token and the one after its last


def heard(found: Iterable[Found]) -> list[Found]:
    """Those that are heard, in order, none within another."""
    kept: list[Found] = []
    # In the order of their first words, the longest first: what is within another ends by then.
    for cue in sorted(found, key=lambda cue: (cue[1], -cue[2])):
        if kept and cue[2] <= kept[-1][2]:
            continue
        if not kept or cue[1] >= kept[-1][2] or _both_say(kept[-1][0], cue[0]):
            kept.append(cue)
        elif _length(cue) > _length(kept[-1]):
            kept[-1] = cue
    return kept


def _both_say(before: CueRule, after: CueRule) -> bool:
    """Whether both cues say something, and neither would end the other's reach.

    Of one category, one that looks ahead is ended by the next, one that looks back by the last.
    """
    if not (before.says and after.says):
        return False
    apart = before.direction == "BACKWARD" and after.direction == "FORWARD"
    return apart or before.category != after.category


def _length(cue: Found) -> int:
    return cue[2] - cue[1]
