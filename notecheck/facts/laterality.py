"""The operated side: what the operative note says, and who contradicts it.

The headings of the operative note (diagnoses, title, side field) and its description are read
apart. One side in both is the fact; different sides are `conflicting`. A list item that is plainly
about something else (an ulcer, the other leg's dressing) has no say, nor has a mention of history.
Another document only counts where it speaks of this operation's stump or plan.

Warning: a note that describes the other limb at length, without a word such as "other", can look
like a contradiction; then the headings are asked whether they were ever in doubt.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from notecheck.facts.case import SideSigns
from notecheck.facts.headings_apart import amended_crosswise, stump_of_another_side
from notecheck.facts.side_words import (
    is_well,
    of_operation,
    prepared,
    sides_told,
    tells_history,
)
from notecheck.facts.sides_apart import (
    HEADINGS,
    ONE_SIDED,
    contradicted_elsewhere,
    contradiction,
    is_cut_there,
    speaks_of_today,
    tells_them_apart,
    told_once_apart,
)
from notecheck.facts.sides_by_place import history_apart, today_apart
from notecheck.models import Side, SideFact
from notecheck.pipeline.mentions import REASONS, AnalysedDocument, Mention
from notecheck.timeline.acts import acts
from notecheck.timeline.chart import CUTS, DIAGNOSES, TITLE, Chart, Found, evidence, in_description
from notecheck.timeline.levels import levels
from notecheck.timeline.limbs import side_of
from notecheck.timeline.title_item import title_item
from notecheck.timeline.when import told_when

_REVISES = frozenset({"higher_level", "manner", "amputation_today", "reconstruction"})
_CUTS = frozenset({*CUTS, "bone_cut_title"})
_ON_A_STUMP = frozenset({"closure", "division"})  # kinds of acts that a stump itself undergoes
_AILS = REASONS | {"prior_unlevelled"}
_NAMES_AMPUTATION = ("prior", "prior_unlevelled", "amputation", "amputation_any", "higher_level")


def laterality(chart: Chart) -> tuple[SideFact | None, SideSigns]:
    """The operated side with its evidence, and where it is told."""
    sides = chart.amended(sides_told(chart.operative))
    headings = [f for f in sides if f.mention.category in HEADINGS]
    body = [f for f in sides if _of_story(f) and not _is_of_a_sound_limb(f)]
    current = [f for f in headings if not _only_history(f)]
    amputation = [f for f in current if of_operation(f)]
    in_title = [
        f for f in amputation if f.mention.category == TITLE and _in_clause_of_amputation(f)
    ]
    titled = _of_the_operation(in_title)
    plain = [f for f in current if not _is_of_other_site(f)]
    spoken = _operated(titled or amputation or plain) or _operated(
        [f for f in body if of_operation(f) and in_description(f.mention)]
        or [f for f in body if prepared(f)]
        or [f for f in body if in_description(f.mention)]
        or body
    )
    if spoken == "bilateral":
        spoken = chart.asked_side or spoken  # both are named, each for an operation of its own
    other_work = {f.mention.value for f in in_title if f not in titled} - {spoken}
    conflict = contradiction(
        spoken, plain, [f for f in body if f.mention.value not in other_work or is_cut_there(f)]
    )
    came_with = {f.mention.value for f in chart.found(chart.operative, "prior")}
    elsewhere = [
        f
        for f in sides_told(chart.others)
        if of_operation(f) and not _of_another_stump(f, came_with)
    ]
    of_today = [f for f in elsewhere if speaks_of_today(f) or _tells_its_day(chart, f)]
    told = _operated(of_today or elsewhere)
    # The others tell of both limbs where both are operated on.
    other = None if chart.elsewhere else told
    if other not in (None, spoken) and not any(
        f in headings or of_operation(f) or prepared(f) for f in headings + body
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
        if told is None:
            return None, signs
        return SideFact(value=told, evidence=evidence(_with_value(elsewhere, told))), signs
    notes = list({id(f.document): f.document for f in sides}.values())  # an addendum's, if it tells
    against = (
        stump_of_another_side(spoken, notes)
        or amended_crosswise(spoken, chart.reports, chart.addenda)
        if spoken in ONE_SIDED
        else []
    )
    # Where both limbs are operated on, both are told of.
    if (other_work or chart.elsewhere - {spoken}) and not against:
        return SideFact(value=spoken, evidence=signs.operative_note_words), signs
    against = against or _against_by_documents(chart, spoken, sides, notes)
    if against:
        own = _with_value(headings + body, spoken)[:2]
        return SideFact(value="conflicting", evidence=evidence([*own, *against], most=4)), signs
    return SideFact(value=spoken, evidence=signs.operative_note_words), signs


def _tells_its_day(chart: Chart, found: Found) -> bool:
    """Whether the sentence tells an amputation of the very day: "underwent left AKA on 8/12"."""
    told = (
        told_when(chart, Found(found.document, mention))
        for mention in found.document.beside(found.mention)
        if mention.fact == "prior"
    )
    return any(span and span.earliest == span.latest == chart.operation_date for span in told)


def _against_by_documents(
    chart: Chart, spoken: Side, sides: list[Found], notes: list[AnalysedDocument]
) -> list[Found]:
    """The mentions, in the notes or other documents, that name the other side than is `spoken`."""
    if spoken not in ONE_SIDED:
        return []
    stumps = _stumps_operated_on(chart, spoken)
    of_this_stay = [
        d
        for d in chart.others
        if _of_this_stay(chart, d, spoken) and not tells_them_apart(spoken, d, stumps)
    ]
    return (
        contradicted_elsewhere(
            spoken,
            of_this_stay,
            footless=bool(stumps),
            both=any(
                f.mention.value not in (spoken, "bilateral") and tells_history(f) for f in sides
            ),
        )
        or told_once_apart(spoken, [*notes, *of_this_stay])
        or today_apart(spoken, notes, of_this_stay)
        or history_apart(
            spoken, notes, [d for d in chart.others if not chart.day_of(d)], chart.apart
        )
    )


def _with_value(found: Iterable[Found], side: Side | None) -> list[Found]:
    """The mentions that tell this side; left and right together also tell "bilateral"."""
    return [f for f in found if side not in ONE_SIDED or f.mention.value in (side, "bilateral")]


def _of_story(found: Found) -> bool:
    """Whether a side stands under no heading of the operation, nor with another old operation."""
    category = found.mention.category
    return category not in HEADINGS and (category != "past_history" or of_operation(found))


def _is_of_a_sound_limb(found: Found) -> bool:
    """Whether a side is named only to say that nothing ails a limb that is no stump."""
    return is_well(found) and not of_operation(found)


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
        if f.mention.category == TITLE and of_operation(f) and _in_clause_of_amputation(f):
            by_note.setdefault(f.document.document.doc_id, set()).add(f.mention.value)
    return any(sides >= {"left", "right"} for sides in by_note.values())


def _in_clause_of_amputation(found: Found) -> bool:
    """Whether an amputation is named in the side's own part of the title."""
    side, item = found.mention, _item(found)
    named = [
        m
        for m in item
        if m.fact in _NAMES_AMPUTATION and m.start <= side.end + 1 and side.start < m.end
    ]
    if named and all(m.reason == "history" for m in named):
        return False  # "(status post left BKA)"
    facts = {m.fact for m in item}
    # "Debridement of the right transmetatarsal amputation": the old amputation is only its place.
    only_debrided = "debridement" in facts and not facts & _REVISES
    return not only_debrided and not facts.isdisjoint(_NAMES_AMPUTATION)


def _of_the_operation(titled: list[Found]) -> list[Found]:
    """Without the sides of items that name a stump only as the place of other work.

    "1. Re-amputation of the left femur. 2. Excision of a neuroma, right leg stump": the second is
    no operation on its stump. Where all items are such, all of them stand.
    """
    return [f for f in titled if not _names_a_place_only(f)] or titled


def _names_a_place_only(found: Found) -> bool:
    """Whether the side's item names a stump, and nothing that is done to the stump itself."""
    item = _item(found)
    facts = {m.fact for m in item}
    done = {m.value for m in item if m.fact == "act"}
    is_stump = any("existing" in m.tells for m in item)
    return is_stump and facts.isdisjoint(_REVISES | _CUTS) and done.isdisjoint(_ON_A_STUMP)


def _of_another_stump(found: Found, came_with: set[str]) -> bool:
    """Whether a history names this side of amputations of other levels than the note's own stump.

    In a list of old operations "left BKA" is not said of an above-knee stump whose side is untold.
    """
    named = {m.value for m in found.document.within(found.mention.sentence) if m.fact == "prior"}
    in_list = found.mention.category == "past_history"
    return in_list and bool(named) and bool(came_with) and named.isdisjoint(came_with)


def _only_history(found: Found) -> bool:
    """Whether a diagnosis names a side for an old amputation alone, whose stump nothing ails.

    "Infected right knee. History of left above-knee amputation."
    """
    named = {m.fact for m in found.document.beside(found.mention) if m.fact in _AILS}
    return found.mention.category in DIAGNOSES and tells_history(found) and not named


def _is_of_other_site(found: Found) -> bool:
    """Whether a heading's item is about another sore place than the stump."""
    return any(m.fact == "other_site" for m in _item(found))


def _item(found: Found) -> list[Mention]:
    """The mentions in the same item of a list."""
    side = found.mention
    start, end = title_item(found.document.repaired.text, side.start, side.end, side.sentence)
    return [m for m in found.document.beside(side) if start <= m.start < end]


def _stumps_operated_on(chart: Chart, spoken: Side) -> set[str]:
    """The levels above the ankle of the stumps that the operative note says are operated on."""
    return {
        f.mention.value
        for f in chart.found(chart.operative, "prior")
        if "existing" in f.mention.tells
        and f.mention.value in levels()
        and levels()[f.mention.value].stump
        and side_of(f) in (spoken, None)
    }


def _of_this_stay(chart: Chart, document: AnalysedDocument, spoken: Side) -> bool:
    """Whether a document is of today's operation, and none on the other limb came in between.

    Nor may a note of the stay tell an operation in between, or one on the other limb before: what
    is written after that is as well of its limb, and a limb that was cut had a foot before.
    """
    if chart.day_of(document):
        return False
    written, operated = document.document.date, chart.operation_date
    if written is None or operated is None:
        return True
    done = [a for a in acts(chart) if a.span and a.outcome == "done" and a.kind == "division"]
    reported = [a for a in done if chart.day_of(a.found.document)]
    others = [a for a in done if a.side != spoken]
    between = [a.span for a in (*others, *reported) if a.span and a.span.latest < operated]
    apart = [a.span for a in reported if a.span and a in others and a.side]
    return not any(written <= span.earliest for span in between) and not any(
        span.latest <= written for span in apart
    )
