"""What was done today with the stump's end."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from functools import cache
from typing import cast, get_args

from notecheck.facts.side_words import gave
from notecheck.facts.stump import concerns_stump
from notecheck.models import ReconstructionFact, ReconstructionValue
from notecheck.pipeline.mentions import AnalysedDocument, Mention
from notecheck.rules.word_table import any_of
from notecheck.timeline.chart import (
    COVERAGE_OF_ANY_WOUND,
    CUTS,
    DIAGNOSES,
    OPERATED_LIMB,
    TITLE,
    Chart,
    Found,
    evidence,
    in_description,
)
from notecheck.timeline.levels import levels
from notecheck.timeline.limbs import LimbSides
from notecheck.timeline.time_words import time_expressions
from notecheck.timeline.when import day_at_once
from notecheck.timeline.words import fact_words, holds_any

FACT = "reconstruction"
_ORDER: tuple[ReconstructionValue, ...] = get_args(ReconstructionValue)
_LAST_RESORT: ReconstructionValue = "layered_closure"
# Headings that, in notes typed as one block, often stand over the whole operation.
_MAY_HOLD_THE_STORY = frozenset({
    "findings", "exam", "anesthesia", "administrative", "setting", "laterality", "specimens",
})  # fmt: skip
_LOOKED_AT_LAST = frozenset({"indications", "assessment"})
_DATED = 14  # characters behind an act in which stands when it was done: "anchored in 2016"
# So many characters below a diagnosis stands no diagnosis any more, but the operation.
_DIAGNOSIS_LENGTH = 250
# A sentence "Packed with gauze." goes on about the wound of the sentences before it.
_CARRIED_SENTENCES = 4
_LEVELS_TOLD = ("joint_cut", "amputation")
_OF_TOE = "of_toe"
_TOE = "toe_named"
_OTHER_PART, _DONOR_PART, _OTHER_LESION = "other_part", "donor_part", "other_lesion"
# A wound whose closure is to come is open, unless it is told closed or covered.
_CLOSED_OR_COVERED = COVERAGE_OF_ANY_WOUND | {_LAST_RESORT, "fascial_closure"}
_LESION_REACH = 80  # characters from a lesion to the closure of its wound
_OF_THE_SITE_LAST_NAMED = COVERAGE_OF_ANY_WOUND | {"left_open", _LAST_RESORT}


def coverage_of_any_wound(chart: Chart) -> tuple[ReconstructionFact, ...]:
    """How the wound of an operation that is none on a lower limb was covered."""
    return _reconstruction(chart, stump=False)


def reconstruction(chart: Chart) -> tuple[ReconstructionFact, ...]:
    """Every way in which the operative notes say that the stump's end was treated.

    `layered_closure` is told only where nothing else is. A procedure's title counts unless the
    description denies what it names; what stands under "Indications" counts where nothing else
    tells of a closure. What was done to another site's wound does not count, and of an operation
    that has nothing to do with a stump only how the wound was covered or left.
    """
    return _reconstruction(chart, stump=concerns_stump(chart))


def covered_apart(chart: Chart) -> tuple[ReconstructionFact, ...]:
    """How wounds away from the stump were covered or left today, a wound of the other limb too."""
    told = (
        f
        for f in chart.found(chart.reporting, FACT, counted=False)
        if f.mention.value in COVERAGE_OF_ANY_WOUND and _tells_today(f.mention, ())
    )
    apart = _by_value(
        f
        for f in told
        if f.mention.reason == "other_limb" or (f.mention.counts and _of_another_site(chart, f))
    )
    return tuple(
        ReconstructionFact(value=value, evidence=evidence(apart[value]))
        for value in _ORDER
        if value in apart
    )


def _reconstruction(chart: Chart, *, stump: bool) -> tuple[ReconstructionFact, ...]:
    counted = [
        found
        for found in chart.found(chart.reporting, FACT)
        if stump or found.mention.value in COVERAGE_OF_ANY_WOUND
    ]
    told = _by_value(done_today(chart, counted))
    if len(told) > 1:
        told.pop(_LAST_RESORT, None)
    return tuple(
        ReconstructionFact(value=value, evidence=evidence(told[value]))
        for value in _ORDER
        if value in told
    )


def _on_toes(chart: Chart) -> bool:
    """Whether the operation is called an amputation of toes."""
    called = (f.mention for f in chart.found(chart.reports, "amputation"))
    return any(
        m.category == TITLE and levels()[m.value].digit for m in called if m.value in levels()
    )


def done_today(chart: Chart, found: Iterable[Found]) -> list[Found]:
    """Those of `found` that tell what was done today with the wound of the stump."""
    reporting = {id(document) for document in chart.reporting}
    counted = [f for f in found if id(f.document) in reporting and not _of_another_site(chart, f)]
    denied = _denied(chart)
    awaited = [f for f in counted if "awaited" in f.mention.tells]
    counted = [f for f in counted if "awaited" not in f.mention.tells]
    today = [
        f
        for f in counted
        if _tells_today(f.mention, denied)
        and not _is_of_another_day(f)
        and not _is_dated_before(chart, f)
    ]
    if _CLOSED_OR_COVERED.isdisjoint(f.mention.value for f in today):
        today += awaited
    return today or [f for f in counted if f.mention.category in _LOOKED_AT_LAST]


def _by_value(mentions: Iterable[Found]) -> dict[ReconstructionValue, list[Found]]:
    told: dict[ReconstructionValue, list[Found]] = {}
    for found in mentions:
        told.setdefault(cast(ReconstructionValue, found.mention.value), []).append(found)
    return told


def _tells_today(mention: Mention, denied: Container[str]) -> bool:
    if in_description(mention) or mention.category in _MAY_HOLD_THE_STORY:
        return True
    if "goes_on" in mention.tells:
        return True
    if mention.category in DIAGNOSES:
        return mention.start - mention.sentence.section.body > _DIAGNOSIS_LENGTH
    return mention.category == TITLE and mention.value not in denied


def _is_of_another_day(found: Found) -> bool:
    """Whether the sentence is in the future tense, or dates an earlier amputation before it."""
    mention, document = found.mention, found.document
    before = document.normalized[mention.sentence.start : mention.start]
    to_come, past = _tenses()
    if to_come.search(before) and not past.search(document.sentence_text(mention.sentence)):
        return True
    return any(
        m.fact == "prior"
        and m.start < mention.start
        and ("amputated" in m.tells or "when" in m.groups)
        for m in document.beside(mention)
    ) and holds_any(before, fact_words().amputated_then)


def _is_dated_before(chart: Chart, found: Found) -> bool:
    """Whether it says of itself when it was done: "the adductor, anchored to the bone in 2016"."""
    mention, document = found.mention, found.document
    behind = document.normalized[mention.end : min(mention.sentence.end, mention.end + _DATED)]
    if not time_expressions().dates_cut.search(behind):
        return False  # "packed for two days": how long it stays
    told, operated = day_at_once(chart, document, mention.end), chart.operation_date
    return bool(told and operated and told.latest < operated)


def _denied(chart: Chart) -> set[str]:
    """The values that the description says were not done."""
    return {
        found.mention.value
        for found in chart.found(chart.operative, FACT, counted=False)
        if found.mention.reason in ("negated", "planned") and in_description(found.mention)
    }


def _of_another_site(chart: Chart, found: Found) -> bool:
    """Whether the sentence is about another site, or goes on about one named just before.

    "The heel was addressed first. It was debrided. A vac was placed." How a wound is covered or
    left is said of the site last named, until a sentence names the limb or cuts bone; what can
    only be done to a stump's end is said of the stump.
    """
    mention, document = found.mention, found.document
    here = mention.sentence.index
    sites = {
        site.mention.sentence.index
        for site in chart.found([document], "debridement_separate", counted=False)
        if site.mention.value == "site" and site.mention.start < mention.end
        if not _cuts_there(document, site.mention)
        and not (_on_toes(chart) and _names_a_toe(document, site.mention))
    }
    if _OF_TOE in mention.tells:
        return not _on_toes(chart)
    if _of_another_part(found):
        return True
    if mention.value not in _OF_THE_SITE_LAST_NAMED:
        return here in sites
    own_side = LimbSides(document).of(mention) == chart.side
    for index in range(here, max(here - _CARRIED_SENTENCES, 0) - 1, -1):
        if index in sites or (not own_side and _is_of_other_side(chart, document, index)):
            return True
        if mention.value != "left_open" and _names_the_limb(document, index):
            return False
    return False


def _of_another_part(found: Found) -> bool:
    """Whether its clause names a part of the body that no stump has, and neither limb nor donor.

    Or its sentence a lesion elsewhere, just before: "took off a mole and closed that in layers".
    Where the whole limb came off, the wound is closed on the trunk.
    """
    start, end = found.mention.clause or (0, 0)
    beside = found.document.beside(found.mention)
    if _goes_on_about_lesion(found.mention, beside):
        return True
    told = {m.value for m in beside if m.fact == "elsewhere" and start <= m.start < end}
    if _OTHER_PART not in told or not told.isdisjoint({OPERATED_LIMB, _DONOR_PART}):
        return False
    return not any(m.value in _whole_limb() and m.counts for m in found.document.of(*_LEVELS_TOLD))


def _goes_on_about_lesion(mention: Mention, beside: Iterable[Mention]) -> bool:
    """Whether a lesion elsewhere is named not far before it, and the limb not since."""
    either = (_OTHER_LESION, OPERATED_LIMB)
    told = [m for m in beside if m.value in either and m.start < mention.end]
    named = told[-1] if told else mention
    return named.value == _OTHER_LESION and mention.start - named.end < _LESION_REACH


@cache
def _whole_limb() -> frozenset[str]:
    return frozenset(name for name, level in levels().items() if level.whole_limb)


def _is_of_other_side(chart: Chart, document: AnalysedDocument, index: int) -> bool:
    """Whether a sentence names the other limb's side and no other, but for a graft's donor."""
    sides = [m for m in document.within(document.sentences[index]) if m.fact == "side"]
    told = {side.value for side in sides if not gave(document, side)}
    return {chart.side, *told} == {"left", "right"} and chart.side not in told


def _cuts_there(document: AnalysedDocument, site: Mention) -> bool:
    """Whether bone or joint was divided there: two toes each have an incision of their own."""
    return any(m.counts and m.fact in CUTS for m in document.within(site.sentence))


def _names_a_toe(document: AnalysedDocument, site: Mention) -> bool:
    """Whether it is said of a toe: "the same through a separate incision for the third toe"."""
    return any(m.fact == _TOE for m in document.within(site.sentence))


def _names_the_limb(document: AnalysedDocument, index: int) -> bool:
    return any(
        m.value == OPERATED_LIMB or m.fact in CUTS
        for m in document.within(document.sentences[index])
    )


@cache
def _tenses() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What is to come, and what was done."""
    words = fact_words()
    return re.compile(rf"\b{any_of(words.to_come)}\b"), re.compile(rf"\b{any_of(words.past)}\b")
