"""Whether two places name different sides for the operated limb."""

from __future__ import annotations

import re
from collections.abc import Sequence

from notecheck.facts.side_words import (
    facts_of_sentence,
    has_its_foot,
    is_well,
    of_foot,
    of_operation,
    on_operated_part,
    sides_told,
    tells_history,
)
from notecheck.models import Side
from notecheck.pipeline.mentions import AnalysedDocument
from notecheck.timeline.chart import DIAGNOSES, TITLE, Found, in_description
from notecheck.timeline.todays import ACTS
from notecheck.timeline.words import fact_words, holds_any

HEADINGS = DIAGNOSES | {TITLE, "laterality"}
ONE_SIDED = ("left", "right")
_TODAYS = frozenset({"higher_level", "amputation_today", "field", "bone_cut"})
_PLAN = "plan"
_PLANNED_ACTS = frozenset({"act", "higher_level", "amputation_today"})
_WRITTEN_BEFORE = ("history_and_physical", "preop_note")
_NAMES_LEVEL = ("prior", "amputation")
_NEXT_ITEM = re.compile(r"[,;:]| and ")  # what parts one specimen of a list from the next


def contradiction(spoken: Side | None, headings: list[Found], body: list[Found]) -> list[Found]:
    """The mentions that contradict each other within the operative note, or none."""
    if spoken not in ONE_SIDED:
        return []
    other: Side = "right" if spoken == "left" else "left"
    in_headings = [f for f in headings if f.mention.value in ONE_SIDED]
    against_heading = _opposed_headings(in_headings) or _opposed_titles(in_headings)
    if against_heading:
        return against_heading
    described = [f for f in body if in_description(f.mention) and f.mention.value in ONE_SIDED]
    on_foot = any(of_foot(f) and f.mention.value == spoken for f in headings)
    against = [
        f
        for f in described
        if f.mention.value == other and on_operated_part(f) and (on_foot or not of_foot(f))
    ]
    cut = [f for f in against if _is_cut_there(f)]
    if in_headings and cut:
        return [*in_headings[:2], *cut[:2]]
    confirmed = [f for f in body if f.mention.value in ONE_SIDED and "time_out" in f.mention.tells]
    if confirmed:
        read_out = {sentence_of(f) for f in confirmed}
        own = [
            f
            for f in [*in_headings, *described]
            if sentence_of(f) not in read_out
            and (f.mention.category in HEADINGS or on_operated_part(f))
        ]
        against = [f for f in confirmed if f.mention.value != spoken] or [
            f for f in confirmed if own and all(o.mention.value != f.mention.value for o in own)
        ]
        if against:
            apart = [f for f in own if f.mention.value != against[0].mention.value]
            return [*apart[:2], *against[:2]] if apart else []
    agreeing = [f for f in described if f.mention.value == spoken and on_operated_part(f)]
    if in_headings and against and not agreeing:
        return [*in_headings[:2], *against[:2]]
    return []


def _is_cut_there(found: Found) -> bool:
    """Whether the side is said of the very bone that is cut: "the right femur was sawn"."""
    side = found.mention
    head = side.groups.get("head", (side.start, side.end))
    return head[0] > side.start and any(
        m.fact == "bone_cut" and m.counts and m.start < side.end and side.start < m.end
        for m in found.document.beside(side)
    )


def sentence_of(found: Found) -> tuple[str, int]:
    """The document and the number of the sentence that a mention stands in."""
    return found.document.document.doc_id, found.mention.sentence.index


def _opposed_headings(found: list[Found]) -> list[Found]:
    """One mention of each of two headings that have no side in common, or none.

    A heading that names both sides (an old amputation of the other limb among the diagnoses)
    contradicts neither.
    """
    by_heading: dict[str, dict[str, Found]] = {}
    for f in found:
        by_heading.setdefault(f.mention.category or "", {}).setdefault(f.mention.value, f)
    one_sided = [sides for sides in by_heading.values() if len(sides) == 1]
    first = {side: f for sides in one_sided for side, f in sides.items()}
    return list(first.values()) if len(first) > 1 else []


def _opposed_titles(found: list[Found]) -> list[Found]:
    """The titles of two notes of one day that name one operation, the note of one only a title.

    Where both describe what was done they may be two operations.
    """
    titled = [f for f in found if f.mention.category == TITLE and of_operation(f)]
    described = [f for f in titled if _describes(f.document)]
    for short in (f for f in titled if not _describes(f.document)):
        day, levels = short.document.document.date, _levels_beside(short)
        same = [
            f
            for f in described
            if f.document.document.date == day and levels and levels <= _levels_beside(f)
        ]
        if same and all(f.mention.value != short.mention.value for f in same):
            return [same[0], short]
    return []


def _describes(note: AnalysedDocument) -> bool:
    return any(m.counts and in_description(m) for m in note.of(*ACTS))


def contradicted_elsewhere(
    spoken: Side, documents: list[AnalysedDocument], *, footless: bool, both: bool
) -> list[Found]:
    """Another document that names only the other side for this operation's stump.

    A limb that is well, or has a foot where the operated one is `footless`, is not it. Where `both`
    limbs are known to be amputated, only what is told of today's operation counts.
    """
    if spoken not in ONE_SIDED:
        return []
    for document in documents:
        sides = sides_told([document])
        told = [f for f in sides if of_operation(f) and f.mention.value != "bilateral"]
        agreeing = [f for f in sides if f.mention.value == spoken]
        if both or any(f.mention.value == "bilateral" for f in sides):
            told = [
                f
                for f in told
                if f.mention.value != spoken
                and not is_well(f)
                and (_speaks_of_today(f) or "indication" in facts_of_sentence(f))
            ]
        if told and all(is_well(f) or (footless and has_its_foot(f)) for f in agreeing):
            return told[:2]
        planned = _planned(document, sides)
        if planned and not any(f.mention.category == _PLAN for f in agreeing):
            return planned[:2]
    return []


def _planned(document: AnalysedDocument, sides: list[Found]) -> list[Found]:
    """The sides that a document from before the operation plans an operation on."""
    if document.document.type not in _WRITTEN_BEFORE:
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
    if spoken not in ONE_SIDED:
        return []
    sides = sides_told(documents)
    apart = [f for f in sides if f.mention.value not in (spoken, "bilateral")]
    told = [f for f in apart if of_operation(f) or _of_specimen(f)]
    sentences = {sentence_of(f) for f in told}
    if len(sentences) != 1 or any(f.mention.value == "bilateral" for f in sides):
        return []
    own = [f for f in sides if f.mention.value == spoken]
    found = told[0]
    if any(sentence_of(f) in sentences or _tells_of_both(found, f) for f in own):
        return []
    if is_well(found) or found.mention.category in HEADINGS | {"past_history"}:
        return []  # `contradiction` holds the headings against each other
    same_level = _levels_beside(found) <= {level for f in own for level in _levels_beside(f)}
    return told[:2] if same_level and own and _speaks_of_today(found) else []


def _tells_of_both(apart: Found, own: Found) -> bool:
    """Whether one passage tells of both stumps, outside the acts of the operation."""
    return (
        apart.document is own.document
        and apart.mention.sentence.section is own.mention.sentence.section
        and of_operation(own)
        and not on_operated_part(apart)
    )


def _speaks_of_today(found: Found) -> bool:
    """Whether the sentence tells today's operation, or what ails the stump that it is done for."""
    facts = facts_of_sentence(found)
    if _of_specimen(found) or ("indication" in facts and _levels_beside(found)):
        return True
    if found.mention.category in ("plan", "assessment", "consent"):
        return any("existing" in m.tells for m in found.document.beside(found.mention))
    return not tells_history(found) and not _TODAYS.isdisjoint(facts)


def _levels_beside(found: Found) -> set[str]:
    return {m.value for m in found.document.beside(found.mention) if m.fact in _NAMES_LEVEL}


def _of_specimen(found: Found) -> bool:
    """Whether a specimen is named by the side and the bone: "right distal femur"."""
    if found.mention.category != "specimens":
        return False
    mention = found.mention
    item = found.document.normalized[mention.start : mention.sentence.end]
    words = _NEXT_ITEM.split(item, maxsplit=1)[0]
    return holds_any(words, fact_words().specimen_of_bone)
