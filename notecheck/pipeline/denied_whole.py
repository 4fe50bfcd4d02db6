"""A statement that is denied as a whole, of which a shorter piece alone would be an assertion."""

from __future__ import annotations

from notecheck.pipeline.mentions import AnalysedDocument, Mention
from notecheck.rules.word_lists import DENY_THING


def deny_pieces(note: AnalysedDocument) -> None:
    """Deny what stands within a denied statement of the same: changes the mentions in place.

    "The quads lay over it and were not sewn to the hamstrings" has a piece that denies nothing, and
    so has "no bone was sawn", where it is the thing that is denied. What "no clean margin" tells it
    tells because it is denied.
    """
    denied: dict[tuple[int, str, str], list[Mention]] = {}
    for mention in note.mentions:
        if mention.reason == "negated":
            denied.setdefault(_told(mention), []).append(mention)
    if not denied:
        return
    for mention in note.mentions:
        if not mention.counts:
            continue
        for whole in denied.get(_told(mention), ()):
            # Its last words are its act; all of them may tell something by the very denial.
            act = whole.start < mention.start and whole.cue == DENY_THING
            last = act and mention.end == whole.end
            if whole.start <= mention.start and (mention.end < whole.end or last):
                mention.reason, mention.cue = whole.reason, whole.cue
                break


def _told(mention: Mention) -> tuple[int, str, str]:
    return mention.sentence.index, mention.fact, mention.value
