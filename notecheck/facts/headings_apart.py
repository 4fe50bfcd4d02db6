"""Whether the headings of the operative notes, and what amends them, name different sides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from notecheck.facts.side_words import AMPUTATIONS, levels_beside, of_operation, other_side
from notecheck.models import Side
from notecheck.pipeline.mentions import AnalysedDocument
from notecheck.timeline.chart import DIAGNOSES, TITLE, Found, in_description
from notecheck.timeline.limbs import LimbSides
from notecheck.timeline.todays import ACTS

_UNLEVELLED = "prior_unlevelled"


def opposed_headings(found: list[Found]) -> list[Found]:
    """One mention of each of two headings, or titles, that contradict each other, or none."""
    for note in {id(f.document): f.document for f in found}.values():
        against = _without_common_side([f for f in found if f.document is note])
        if against:
            return against
    return _without_common_side(found) or _opposed_titles(found)


def stump_of_another_side(spoken: Side, notes: Sequence[AnalysedDocument]) -> list[Found]:
    """What ails the stump by the diagnoses, where they have it on the other side than the title.

    That the title has an operation on that other limb too explains nothing: a limb that has a
    foot or leg to be operated on has no stump of the level that is amputated again.
    """
    other, ailing = other_side(spoken), list[Found]()
    for found, side in _amputations(notes):
        if found.mention.category not in DIAGNOSES:
            continue
        if side == spoken:
            return []  # the operated side has its stump there, too
        if side == other and found.mention.fact != _UNLEVELLED and _ails(found):
            ailing.append(found)
    again = _titled_apart(spoken, notes)
    return [f for f in ailing if f.mention.value in again][:2]


def amended_crosswise(
    spoken: Side, reports: Sequence[AnalysedDocument], addenda: Sequence[AnalysedDocument]
) -> list[Found]:
    """What an addendum says was amputated of the other limb, where the titles have it of `spoken`.

    "Correction: the re-amputation was of the right thigh", of a left thigh and a right leg.
    """
    own = _titled_apart(spoken, reports)
    return [
        told
        for addendum in addenda
        for told in (Found(addendum, side) for side in addendum.of("side"))
        if told.mention.value == other_side(spoken)
        if told.mention.reason in (None, "other_operation") and of_operation(told)
        if any(
            part.value in own and told.mention.meets(part)
            for part in addendum.facts_of(told.mention.sentence).get("limb_part", ())
        )
    ][:2]


def _amputations(notes: Sequence[AnalysedDocument]) -> Iterator[tuple[Found, Side | None]]:
    """What the notes name of amputations and their stumps, each with its side."""
    for note in notes:
        limbs = LimbSides(note)
        for mention in note.of(*AMPUTATIONS):
            if mention.reason in (None, "other_operation"):
                yield Found(note, mention), limbs.of(mention)


def _titled_apart(spoken: Side, notes: Sequence[AnalysedDocument]) -> set[str]:
    """What the titles have amputated on the `spoken` side and not on the other."""
    titled: dict[Side | None, set[str]] = {spoken: set(), other_side(spoken): set()}
    for found, side in _amputations(notes):
        if found.mention.category == TITLE and side in titled:
            titled[side].add(found.mention.value)
    return titled[spoken] - titled[other_side(spoken)]


def _ails(stump: Found) -> bool:
    limbs = LimbSides(stump.document)
    return any(
        m.fact == "indication" and limbs.of(m) == limbs.of(stump.mention)
        for m in stump.document.beside(stump.mention)
    )


def _without_common_side(found: list[Found]) -> list[Found]:
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
        day, levels = short.document.document.date, levels_beside(short)
        same = [
            f
            for f in described
            if f.document.document.date == day and levels and levels <= levels_beside(f)
        ]
        if same and all(f.mention.value != short.mention.value for f in same):
            return [same[0], short]
    return []


def _describes(note: AnalysedDocument) -> bool:
    return any(m.counts and in_description(m) for m in note.of(*ACTS))
