"""Operations that were booked and never done, and operations elsewhere that left the stump alone.

What a note tells of an operation that did not take place is a plan. What it tells of an operation
that touched no stump is about another operation, save what is told of any wound.
"""

from __future__ import annotations

from notecheck.models import ExclusionReason
from notecheck.pipeline.mentions import AnalysedDocument, Mention
from notecheck.timeline.chart import TITLE, Chart, in_description, tells_of_any_wound

_MANNER, _NOT_DONE, _STUMP_LEFT = "manner", "not_done", "stump_left"
_AT_ITS_BEGINNING = 3  # characters: a blank, a dash
_DONE_TODAY = frozenset({"reconstruction", "bone_cut", "joint_cut", "debridement"})
_OF_THE_STUMP = frozenset({"reconstruction", "bone_cut", "joint_cut"})
_NAMES = (
    "amputation",
    "amputation_today",
    "higher_level",
    "prior",
    "prior_again",
    "prior_unlevelled",
)


def mark_not_done(chart: Chart) -> None:
    """Exclude what was planned for an operation not done, or is told of one on no stump."""
    for note in chart.operative:
        manner = {m.value for m in note.of(_MANNER) if m.counts and says_of_all(m)}
        if _NOT_DONE in manner:
            _mark(note, _DONE_TODAY, "planned", _NOT_DONE)
        elif _STUMP_LEFT in manner and not _is_titled_of_stump(note):
            _mark(note, _OF_THE_STUMP, "other_operation", _STUMP_LEFT)


def says_of_all(mention: Mention) -> bool:
    """Whether a title begins by it: "graft not done" at the end of one is said of the graft."""
    section = mention.sentence.section
    if mention.value != _NOT_DONE or mention.category != TITLE or "whole" in mention.tells:
        return True
    return mention.start - section.body <= _AT_ITS_BEGINNING


def _mark(note: AnalysedDocument, facts: frozenset[str], reason: ExclusionReason, cue: str) -> None:
    for mention in note.of(*facts):
        if mention.counts and _tells_what_was_done(mention):
            if reason == "other_operation" and tells_of_any_wound(mention):
                continue
            mention.reason, mention.cue = reason, cue


def _tells_what_was_done(mention: Mention) -> bool:
    return in_description(mention) or mention.category == TITLE


def _is_titled_of_stump(note: AnalysedDocument) -> bool:
    return any(m.category == TITLE for m in note.of(*_NAMES))
