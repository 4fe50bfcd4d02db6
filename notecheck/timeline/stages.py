"""A stage that was planned, and that its own note tells as done.

"Closure of the stump (planned second stage)": such words of a title say how today's operation came
about. Where the description tells the stump closed, and nothing left open, what the title calls
planned was done.
"""

from __future__ import annotations

from notecheck.pipeline.mentions import AnalysedDocument
from notecheck.timeline.chart import TITLE, Chart, in_description
from notecheck.timeline.words import fact_words

_CLOSURE, _OPEN = "reconstruction", "left_open"
_CLOSING = frozenset({"stump_revised", "closure", "revision"})  # how a title names a closure
_NAMES = ("manner", "act", "prior_unlevelled")
_RETURN = "act_return"  # a return that took place is no plan


def mark_stages_done(chart: Chart) -> None:
    """Count the closure that a title calls planned, where its note tells that it was made."""
    for note in chart.operative:
        if not _closes(note):
            continue
        for mention in note.of(*_NAMES, _RETURN):
            if mention.category != TITLE:
                continue
            if mention.fact == _RETURN:
                mention.reason, mention.cue = "other_meaning", "stage-done"
            elif mention.reason == "planned" and mention.value in _CLOSING:
                mention.reason = mention.cue = None


def _closes(note: AnalysedDocument) -> bool:
    """Whether the description tells the stump's end closed, and no part of it left open."""
    told = {m.value for m in note.of(_CLOSURE) if m.counts and in_description(m)}
    return _OPEN not in told and not told.isdisjoint(fact_words().closed_over_bone)
