"""Whether two places name different sides for the operated limb."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from functools import cache

from notecheck.facts.headings_apart import opposed_headings
from notecheck.facts.side_words import (
    AMPUTATIONS,
    facts_of_sentence,
    has_its_foot,
    is_well,
    levels_beside,
    levels_of_limb,
    of_foot,
    of_operation,
    on_operated_part,
    other_side,
    sides_told,
    tells_history,
)
from notecheck.models import Side
from notecheck.pipeline.mentions import AnalysedDocument
from notecheck.rules.word_table import any_of
from notecheck.timeline.chart import DIAGNOSES, LIMB_GROUP, TITLE, Found, in_description
from notecheck.timeline.levels import levels
from notecheck.timeline.words import fact_words, holds_any

HEADINGS = DIAGNOSES | {TITLE, "laterality"}
ONE_SIDED = ("left", "right")
_TODAYS = frozenset({"higher_level", "amputation_today", "field", "bone_cut"})
_AS_IT_IS = frozenset({"existing", "stump"})
_PLAN = "plan"
_PLANNED_ACTS = frozenset({"act", "higher_level", "amputation_today"})
WRITTEN_BEFORE = ("history_and_physical", "preop_note")


@cache
def _next_item() -> re.Pattern[str]:
    """What parts one specimen of a list from the next."""
    return re.compile(rf"[,;:]| {any_of(fact_words().joins)} ")


def contradiction(spoken: Side | None, headings: list[Found], body: list[Found]) -> list[Found]:
    """The mentions that contradict each other within the operative note, or none."""
    if spoken not in ONE_SIDED:
        return []
    other = other_side(spoken)
    in_headings = [f for f in headings if f.mention.value in ONE_SIDED]
    against_heading = opposed_headings(in_headings)
    if against_heading:
        return against_heading
    described = [f for f in body if in_description(f.mention) and f.mention.value in ONE_SIDED]
    on_foot = any(of_foot(f) and f.mention.value == spoken for f in headings)
    against = [
        f
        for f in described
        if f.mention.value == other and on_operated_part(f) and (on_foot or not of_foot(f))
    ]
    cut = [f for f in against if is_cut_there(f)]
    if in_headings and cut:
        return [*in_headings[:2], *cut[:2]]
    confirmed = [
        f
        for f in body
        if f.mention.value in ONE_SIDED
        and "time_out" in f.mention.tells
        and (on_foot or not has_its_foot(f))
    ]
    amiss = _read_out_amiss(spoken, confirmed, [*in_headings, *described])
    if amiss is not None:
        return amiss
    # That the side was signed or read out does not say which limb was prepared.
    read_out = {f.told_in for f in confirmed} - {f.told_in for f in against}
    agreeing = [
        f
        for f in described
        if f.mention.value == spoken
        and on_operated_part(f)
        and LIMB_GROUP in f.mention.groups
        and f.told_in not in read_out
    ]
    if in_headings and against and not agreeing:
        return [*in_headings[:2], *against[:2]]
    return []


def _read_out_amiss(spoken: Side, confirmed: list[Found], told: list[Found]) -> list[Found] | None:
    """The sides read out before the operation that are not those told, with what tells these.

    None where what was read out (`confirmed`) agrees; empty where nothing else names a side.
    """
    read_out = {f.told_in for f in confirmed}
    own = [
        f
        for f in told
        if f.told_in not in read_out and (f.mention.category in HEADINGS or on_operated_part(f))
    ]
    amiss = [f for f in confirmed if f.mention.value != spoken] or [
        f for f in confirmed if own and all(o.mention.value != f.mention.value for o in own)
    ]
    if not amiss:
        return None
    apart = [f for f in own if f.mention.value != amiss[0].mention.value]
    return [*apart[:2], *amiss[:2]] if apart else []


def is_cut_there(found: Found) -> bool:
    """Whether the side is said of the very bone that is cut: "the right femur was sawn"."""
    side = found.mention
    head = side.groups.get("head", (side.start, side.end))
    return head[0] > side.start and any(
        m.fact == "bone_cut" and m.counts and m.meets(side) for m in found.document.beside(side)
    )


def contradicted_elsewhere(
    spoken: Side, documents: list[AnalysedDocument], *, footless: bool, both: bool
) -> list[Found]:
    """Another document that names only the other side for this operation's stump.

    A limb that is well, or has a foot where the operated one is `footless`, is not it. Where `both`
    limbs are known to be amputated, only what is told of today's operation counts.
    """
    for document in documents:
        sides = sides_told([document])
        told = [
            f
            for f in sides
            if f.mention.value not in (spoken, "bilateral")
            and of_operation(f)
            and not (footless and _of_toes(f))
        ]
        agreeing = [f for f in sides if f.mention.value == spoken]
        if both or any(f.mention.value == "bilateral" for f in sides):
            told = [
                f
                for f in told
                if not is_well(f) and (speaks_of_today(f) or "indication" in facts_of_sentence(f))
            ]
        if told and all(is_well(f) or (footless and has_its_foot(f)) for f in agreeing):
            return told[:2]
        planned = _planned(document, sides)
        if planned and not any(f.mention.category == _PLAN for f in agreeing):
            return planned[:2]
    return []


def tells_them_apart(spoken: Side, document: AnalysedDocument, stumps: Set[str]) -> bool:
    """Whether the operated limb has its stump there, and the other one only of other levels.

    `stumps` are the levels of the operated stump. What is planned on the other limb still counts.
    """
    sides, other = sides_told([document]), other_side(spoken)
    own = {level for f in sides if f.mention.value == spoken for level in levels_of_limb(f)}
    apart = [f for f in sides if f.mention.value == other]
    of_other = {level for f in apart for level in levels_of_limb(f)}
    return (
        bool(own & stumps)
        and bool(of_other)
        and of_other.isdisjoint(stumps)
        and not _planned(document, apart)
    )


def _planned(document: AnalysedDocument, sides: list[Found]) -> list[Found]:
    """The sides that a document from before the operation plans an operation on."""
    if document.document.type not in WRITTEN_BEFORE:
        return []
    return [
        f
        for f in sides
        if f.mention.category == _PLAN
        and of_operation(f)
        and not _PLANNED_ACTS.isdisjoint(facts_of_sentence(f))
    ]


def told_once_apart(spoken: Side, documents: Sequence[AnalysedDocument]) -> list[Found]:
    """The one sentence of the chart that tells today's operation, or its stump, of the other side.

    A limb with a stump of its own is told more than once, as history, at another level, as well,
    or together with the operated one; then it is no slip.
    """
    sides = sides_told(documents)
    apart = [f for f in sides if f.mention.value not in (spoken, "bilateral")]
    own = [f for f in sides if f.mention.value == spoken]
    told = [f for f in apart if (of_operation(f) or _of_specimen(f)) and not _of_toes(f)]
    sentences = {f.told_in for f in told}
    if len(sentences) != 1 or any(f.mention.value == "bilateral" for f in sides):
        return []
    found = told[0]
    if any(f.told_in in sentences or _tells_of_both(found, f) for f in own):
        return []
    if is_well(found) or found.mention.category in HEADINGS | {"past_history"}:
        return []  # `contradiction` holds the headings against each other
    same_level = levels_of_limb(found) <= {level for f in own for level in levels_beside(f)}
    return told[:2] if same_level and own and speaks_of_today(found) else []


def _of_toes(found: Found) -> bool:
    """Whether all that the sentence tells cut off of the limb leaves it its heel: no stump."""
    told = levels_of_limb(found)
    return bool(told) and not any(levels()[level].stump for level in told)


def _tells_of_both(apart: Found, own: Found) -> bool:
    """Whether one passage tells of both stumps, outside the acts of the operation."""
    return (
        apart.document is own.document
        and apart.mention.sentence.section is own.mention.sentence.section
        and of_operation(own)
        and not on_operated_part(apart)
    )


def speaks_of_today(found: Found) -> bool:
    """Whether the sentence tells today's operation, or what ails the stump that it is done for."""
    facts = facts_of_sentence(found)
    if _of_specimen(found) or ("indication" in facts and not facts.isdisjoint(AMPUTATIONS)):
        return True
    if found.mention.category in ("plan", "assessment", "consent"):
        return any(m.tells & _AS_IT_IS for m in found.document.beside(found.mention))
    return not tells_history(found) and not _TODAYS.isdisjoint(facts)


def _of_specimen(found: Found) -> bool:
    """Whether a specimen is named by the side and the bone: "right distal femur"."""
    if found.mention.category != "specimens":
        return False
    mention = found.mention
    item = found.document.normalized[mention.start : mention.sentence.end]
    words = _next_item().split(item, maxsplit=1)[0]
    return holds_any(words, fact_words().specimen_of_bone)
