"""The operated side: what the operative note says, and who contradicts it.

The headings of the operative note (diagnoses, title, side field) and its description are read
apart. One side in both is the fact; different sides are `conflicting`. A list item that is plainly
about something else (an ulcer, the other leg's dressing) has no say, nor has a mention of history.
Another document only counts where it speaks of this operation's stump or plan.

Warning: a note that describes the other limb at length, without a word such as "other", can look
like a contradiction; then the headings are asked whether they were ever in doubt.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from notecheck.facts.case import SideSigns
from notecheck.models import Side, SideFact
from notecheck.pipeline.mentions import AnalysedDocument, Mention
from notecheck.timeline.acts import acts
from notecheck.timeline.chart import DIAGNOSES, TITLE, Chart, Found, evidence, in_description
from notecheck.timeline.levels import levels
from notecheck.timeline.limbs import side_of
from notecheck.timeline.words import any_whole, fact_words, holds_any

_HEADINGS = DIAGNOSES | {TITLE, "laterality"}
_JUST_AFTER = 45  # characters from a side to "was padded"
_ONE = ("left", "right")
_REVISES = frozenset({"higher_level", "manner", "amputation_today", "reconstruction"})
_NAMES_AMPUTATION = ("prior", "prior_unlevelled", "amputation", "amputation_any", "higher_level")
# "1. Re-amputation left thigh; 2. debridement right heel"
_NEXT_ITEM = re.compile(r"[;+\n]|(?<=\s)\(?\d[.)](?=\s)")


def laterality(chart: Chart) -> tuple[SideFact | None, SideSigns]:
    """The operated side with its evidence, and where it is told."""
    sides = chart.amended(_sides(chart.operative))
    headings = [f for f in sides if f.mention.category in _HEADINGS]
    body = [f for f in sides if _of_story(f)]
    amputation = [f for f in headings if _of_operation(f)]
    titled = [f for f in amputation if f.mention.category == TITLE and _in_clause_of_amputation(f)]
    plain = [f for f in headings if "other_site" not in _facts_of_sentence(f)]
    spoken = _operated(titled or amputation or plain) or _operated(
        [f for f in body if _of_operation(f) and in_description(f.mention)]
        or [f for f in body if _prepared(f)]
        or [f for f in body if in_description(f.mention)]
        or body
    )
    conflict = _contradiction(spoken, plain, body)
    elsewhere = [f for f in _sides(chart.others) if _of_operation(f)]
    if _operated(elsewhere) not in (None, spoken) and not any(
        f in headings or _of_operation(f) or _prepared(f) for f in headings + body
    ):
        spoken, body = None, []  # sides of other things than the stump: "R foot: bunion"
    signs = SideSigns(
        operative_note=spoken,
        operative_note_words=evidence(_with_value(headings + body, spoken)),
        elsewhere_words=evidence(elsewhere),
    )
    if conflict:
        return SideFact(value="conflicting", evidence=evidence(conflict, most=4)), signs
    if spoken is None:
        told = _operated(elsewhere)
        if told is None:
            return None, signs
        return SideFact(value=told, evidence=evidence(_with_value(elsewhere, told))), signs
    of_this_stay = [d for d in chart.others if _of_this_stay(chart, d)]
    against = _contradicted_elsewhere(spoken, of_this_stay, footless=_is_on_stump(chart, spoken))
    if against:
        own = _with_value(headings + body, spoken)[:2]
        return SideFact(value="conflicting", evidence=evidence([*own, *against], most=4)), signs
    return SideFact(value=spoken, evidence=signs.operative_note_words), signs


def _sides(documents: Iterable[AnalysedDocument]) -> list[Found]:
    """The sides told, without those of a limb that was padded and kept out of the field."""
    return [
        Found(document, mention)
        for document in documents
        for mention in document.of("side")
        if mention.counts and not _kept_out(document, mention)
    ]


def _kept_out(document: AnalysedDocument, side: Mention) -> bool:
    return any(
        m.fact == "kept_out" and 0 <= m.start - side.end <= _JUST_AFTER
        for m in document.beside(side)
    )


def _with_value(found: Iterable[Found], side: Side | None) -> list[Found]:
    """The mentions that tell this side; left and right together also tell "bilateral"."""
    return [f for f in found if side not in _ONE or f.mention.value in (side, "bilateral")]


def _of_story(found: Found) -> bool:
    """Whether a side stands under no heading of the operation, nor with another old operation."""
    category = found.mention.category
    return category not in _HEADINGS and (category != "past_history" or _of_operation(found))


def _of_operation(found: Found) -> bool:
    """Whether the sentence speaks of the stump or the amputation, and of no other sore place."""
    facts = _facts_of_sentence(found)
    told = bool(facts & {"prior", "prior_unlevelled", "amputation", "bone_cut", "higher_level"})
    return told and ("other_site" not in facts or _of_amputation(found))


def _of_amputation(found: Found) -> bool:
    """Whether the side is said of the amputation itself: "R AKA stump; L heel ulcer"."""
    head = found.mention.groups.get("head")
    return head is not None and any(
        m.fact in ("prior", "amputation") and m.start < head[1] and head[0] < m.end
        for m in found.document.beside(found.mention)
    )


def _facts_of_sentence(found: Found) -> set[str]:
    return {m.fact for m in found.document.beside(found.mention)}


def _prepared(found: Found) -> bool:
    """Whether the sentence is about the operated field: prepped, draped, marked, incised."""
    return "field" in _facts_of_sentence(found)


def _operated(found: list[Found]) -> Side | None:
    """The one side of these mentions; two sides in the same headings are an operation on both."""
    sides = Counter(f.mention.value for f in found)
    if not sides:
        return None
    if sides["bilateral"] or (sides["left"] and sides["right"] and _joined(found)):
        return "bilateral"
    ranked = sides.most_common(2)
    return "left" if ranked[0][0] == "left" else "right"


def _joined(found: list[Found]) -> bool:
    """Left and right in one note's title: an operation on both limbs."""
    by_note: dict[str, set[str]] = {}
    for f in found:
        if f.mention.category == TITLE and _of_operation(f) and _in_clause_of_amputation(f):
            by_note.setdefault(f.document.document.doc_id, set()).add(f.mention.value)
    return any(sides >= {"left", "right"} for sides in by_note.values())


def _in_clause_of_amputation(found: Found) -> bool:
    """Whether an amputation is named in the side's own part of the title."""
    sentence, text = found.mention.sentence, found.document.repaired.text
    marks = [m.start() for m in _NEXT_ITEM.finditer(text, sentence.start, sentence.end)]
    start = max((mark for mark in marks if mark < found.mention.start), default=sentence.start)
    end = min((mark for mark in marks if mark >= found.mention.end), default=sentence.end)
    facts = {m.fact for m in found.document.beside(found.mention) if start <= m.start < end}
    # "Debridement of the right transmetatarsal amputation": the old amputation is only its place.
    only_debrided = "debridement" in facts and not facts & _REVISES
    return not only_debrided and not facts.isdisjoint(_NAMES_AMPUTATION)


def _contradiction(spoken: Side | None, headings: list[Found], body: list[Found]) -> list[Found]:
    """The mentions that contradict each other within the operative note, or none."""
    if spoken not in _ONE:
        return []
    other: Side = "right" if spoken == "left" else "left"
    in_headings = [f for f in headings if f.mention.value in _ONE]
    against_heading = _opposed_headings(in_headings)
    if against_heading:
        return against_heading
    described = [f for f in body if in_description(f.mention) and f.mention.value in _ONE]
    on_foot = any(_of_foot(f) for f in headings)
    against = [
        f
        for f in described
        if f.mention.value == other and _on_operated_part(f) and (on_foot or not _of_foot(f))
    ]
    confirmed = [f for f in body if f.mention.value in _ONE and "time_out" in f.mention.tells]
    if confirmed:
        read_out = {_sentence(f) for f in confirmed}
        own = [
            f
            for f in [*in_headings, *described]
            if _sentence(f) not in read_out
            and (f.mention.category in _HEADINGS or _on_operated_part(f))
        ]
        against = [f for f in confirmed if f.mention.value != spoken] or [
            f for f in confirmed if own and all(o.mention.value != f.mention.value for o in own)
        ]
        if against:
            apart = [f for f in own if f.mention.value != against[0].mention.value]
            return [*apart[:2], *against[:2]] if apart else []
    agreeing = [f for f in described if f.mention.value == spoken and _on_operated_part(f)]
    if in_headings and against and not agreeing:
        return [*in_headings[:2], *against[:2]]
    return []


def _sentence(found: Found) -> tuple[str, int]:
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


def _on_operated_part(found: Found) -> bool:
    """Whether the side is said of the part that is operated on, in an act of the operation."""
    facts = _facts_of_sentence(found)
    return (
        bool(facts & {"field", "bone_cut"})
        and "other_site" not in facts
        and not _tells_history(found)
    )


def _is_well(found: Found) -> bool:
    """Whether the side is only named to say that nothing ails it: "right leg normal"."""
    words = found.document.normalized[found.mention.end : found.mention.sentence.end]
    well = any_whole(fact_words().well)
    return bool(re.match(rf"[ :,]*(?:is |was |remains )?{well}\b", words))


def _of_foot(found: Found) -> bool:
    """Whether the side is said of a foot or a part of one: "Lt foot, new dressing"."""
    words = found.document.words(found.mention)
    return holds_any(words, fact_words().foot_parts)


def _tells_history(found: Found) -> bool:
    """Whether the sentence dates an earlier amputation: "LEFT AKA healed, 2012, re-cut in 2013"."""
    beside = found.document.beside(found.mention)
    return any(m.fact == "prior" and "past" in m.tells for m in beside)


def _contradicted_elsewhere(
    spoken: Side, documents: list[AnalysedDocument], *, footless: bool
) -> list[Found]:
    """Another document that names only the other side for this operation's stump.

    A limb that is well, or has a foot where the operated one is `footless`, is not it.
    """
    if spoken not in _ONE:
        return []
    for document in documents:
        sides = _sides([document])
        told = [f for f in sides if _of_operation(f)]
        agreeing = [f for f in sides if f.mention.value in (spoken, "bilateral")]
        if told and all(_is_well(f) or (footless and _has_its_foot(f)) for f in agreeing):
            return told[:2]
    return []


def _is_on_stump(chart: Chart, spoken: Side) -> bool:
    """Whether the operative note names a stump above the ankle as what is operated on."""
    return any(
        "existing" in f.mention.tells
        and f.mention.value in levels()
        and levels()[f.mention.value].stump
        and side_of(f) in (spoken, None)
        for f in chart.found(chart.operative, "prior")
    )


def _has_its_foot(found: Found) -> bool:
    """Whether the side is said of a limb that has its foot: it is not the stump's."""
    words = found.document.sentence_text(found.mention.sentence)
    return not _of_operation(found) and holds_any(words, fact_words().foot_parts)


def _of_this_stay(chart: Chart, document: AnalysedDocument) -> bool:
    """Whether no operation on the other limb came between a document and today's operation."""
    written, operated = document.document.date, chart.operation_date
    if written is None or operated is None:
        return True
    spans = [a.span for a in acts(chart) if a.span and a.outcome == "done" and a.kind == "division"]
    return not any(written <= span.earliest <= span.latest < operated for span in spans)
