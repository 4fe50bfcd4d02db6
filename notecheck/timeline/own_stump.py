"""The stump that today's own amputation made.

"Guillotine amputation, left thigh; packing of the thigh stump": where a title names a first
amputation and the only stump told is one that another line of the title, or the description once
the bone was cut, speaks of, nobody arrived with that stump.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from notecheck.pipeline.mentions import AnalysedDocument, Mention
from notecheck.timeline.chart import TITLE, Chart, bone_cut_at, in_description
from notecheck.timeline.when import STUMPS

_AGAIN = ("higher_level", "prior_again", "amputation_today")
_OF_AN_ACT = {"conversion", "amputated", "past"}


def mark_own_stump(chart: Chart) -> None:
    """Exclude what a title calls the stump of the first amputation that it names."""
    told = [(d, [m for m in d.of(*STUMPS) if m.counts]) for d in chart.documents]
    if all(_all_own(document, mentions) for document, mentions in told):
        for mention in chain.from_iterable(mentions for _, mentions in told):
            mention.reason, mention.cue = "other_operation", "made-today"


def _all_own(note: AnalysedDocument, mentions: Sequence[Mention]) -> bool:
    cut = bone_cut_at(note)
    return all(_is_own(note, mention, cut) for mention in mentions)


def _is_own(note: AnalysedDocument, mention: Mention, cut: float) -> bool:
    if mention.tells & _OF_AN_ACT or note.document.type != "operative_note":
        return False
    if in_description(mention):
        return mention.start > cut
    return mention.category == TITLE and _names_first_amputation(note, mention)


def _names_first_amputation(note: AnalysedDocument, stump: Mention) -> bool:
    """Whether another line of the title names an amputation, and none calls it a second one."""
    titled = [m for m in note.of("amputation", *_AGAIN) if m.counts and m.category == TITLE]
    return any(m.sentence.index != stump.sentence.index for m in titled) and not any(
        m.fact in _AGAIN for m in titled
    )
