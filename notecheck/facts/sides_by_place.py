"""Places that speak of the other limb alone as that of today's operation, or of its amputation.

A place is a document, or the history of an operative note. A patient has two legs: one of the
other that ails nowhere, has its foot, or has a stump of its own that is told in other places too,
contradicts nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from notecheck.facts.side_words import (
    AMPUTATIONS,
    has_its_foot,
    is_said_well,
    is_well,
    levels_of_limb,
    of_limb,
    of_operation,
    other_side,
    sides_told,
)
from notecheck.facts.sides_apart import WRITTEN_BEFORE
from notecheck.models import Side
from notecheck.pipeline.mentions import AnalysedDocument, Mention
from notecheck.timeline.chart import DIAGNOSES, TITLE, Found, in_description
from notecheck.timeline.levels import levels
from notecheck.timeline.limbs import LimbSides

_HEADINGS = DIAGNOSES | {TITLE, "laterality", "specimens"}
_TODAYS = frozenset({"field", "bone_cut", "bone_cut_title", "higher_level", "amputation_today"})
_PAST = "past_history"
_UNLEVELLED = ""
_ORDER = "admission_order"
_AHEAD = ("planned", "hypothetical", "consent")


@dataclass(eq=False)
class _Place:
    """The sides that one place tells, and the levels of the stumps that it gives to each limb."""

    document: AnalysedDocument
    sides: list[Found]
    levels: dict[str, set[str]] = field(default_factory=dict)
    existing: dict[str, set[str]] = field(default_factory=dict)  # those of them that are stumps now

    def of(self, side: str) -> list[Found]:
        return [f for f in self.sides if f.mention.value == side]


def history_apart(
    spoken: Side,
    notes: Sequence[AnalysedDocument],
    others: Sequence[AnalysedDocument],
    notes_of_other_days: Sequence[AnalysedDocument],
) -> list[Found]:
    """Where one place alone tells the operated stump's amputation, and tells it of the other limb.

    A stump of the other limb is told in other places too, as well, or beside the operated one.
    """
    other = other_side(spoken)
    plain = [_place(note, part) for note in notes for part in (_in_heading, _is_described)]
    plain += map(_place, notes_of_other_days)
    told = _stories(notes, others)
    places = [*plain, *told]
    if any(f.mention.value == "bilateral" for place in places for f in place.sides):
        return []
    own = {level for place in places for level in place.existing.get(spoken, ())} - {_UNLEVELLED}
    stump = own | {_UNLEVELLED}
    apart = [place for place in places if place.levels.get(other, set()) & stump]
    if len(apart) != 1 or apart[0] in plain:
        return []
    (place,) = apart
    if not place.levels[other] & own or place.levels.get(spoken, set()) & stump:
        return []
    against = [f for f in place.of(other) if of_operation(f)]
    if any(is_said_well(f) for f in against):
        return []
    return sorted(against, key=lambda f: not levels_of_limb(f) & own)[:2]


def today_apart(
    spoken: Side, notes: Sequence[AnalysedDocument], documents: Sequence[AnalysedDocument]
) -> list[Found]:
    """Where a place tells what ails the stump, or is planned on it, of the other limb alone."""
    other = other_side(spoken)
    for place in _stories(notes, documents):
        apart = [f for f in place.of(other) if not _is_sound(f) and _is_of_today(f)]
        own = [f for f in place.of(spoken) if not _is_sound(f) and not _is_past(f)]
        if apart and not own:
            return apart[:2]
    return []


def _stories(
    notes: Sequence[AnalysedDocument], documents: Sequence[AnalysedDocument]
) -> list[_Place]:
    """What the notes tell beside their headings and descriptions, and the other documents."""
    return [*(_place(note, _is_history) for note in notes), *map(_place, documents)]


def _in_heading(mention: Mention) -> bool:
    return mention.category in _HEADINGS


def _is_described(mention: Mention) -> bool:
    return not _in_heading(mention) and in_description(mention)


def _is_history(mention: Mention) -> bool:
    return not _in_heading(mention) and not in_description(mention)


def _place(
    document: AnalysedDocument, part: Callable[[Mention], bool] = lambda mention: True
) -> _Place:
    """The part of a document that holds such mentions."""
    limbs = LimbSides(document)
    place = _Place(document, [f for f in sides_told([document]) if part(f.mention)])
    for mention in document.of(*AMPUTATIONS):
        side = limbs.of(mention)
        if mention.counts and side and part(mention):
            level = mention.value if mention.fact != "prior_unlevelled" else _UNLEVELLED
            place.levels.setdefault(side, set()).add(level)
            if "existing" in mention.tells:
                place.existing.setdefault(side, set()).add(level)
    return place


def _is_sound(found: Found) -> bool:
    """Whether the side is of a limb that nothing ails or that has its foot."""
    return is_well(found) or has_its_foot(found)


def _is_of_today(found: Found) -> bool:
    """Whether the sentence tells of this limb's stump what ails it, or of this limb an act.

    An order names the limb for which the patient comes in, by whatever part.
    """
    beside = [m for m in of_limb(found) if m.counts]
    facts = {m.fact for m in beside}
    ordered = found.document.document.type == _ORDER
    if _ails(beside) and (ordered or _name_a_stump(beside)):
        return found.mention.category != _PAST
    acts = _TODAYS if found.document.document.type in WRITTEN_BEFORE else _TODAYS - {"field"}
    return not _is_past(found) and not facts.isdisjoint(acts)


def _name_a_stump(mentions: Sequence[Mention]) -> bool:
    """Whether they tell an amputation, and not only one that left all but the toes."""
    told = [m.value for m in mentions if m.fact in AMPUTATIONS]
    known = [levels()[value] for value in told if value in levels()]
    return any(level.stump for level in known) if known else bool(told)


def _is_past(found: Found) -> bool:
    """Whether the side is only told of what was done before."""
    beside = of_limb(found)
    dated = any(m.fact == "prior" and "past" in m.tells for m in beside)
    now = _ails(beside) or any(m.reason in _AHEAD for m in beside)
    return (dated and not now) or found.mention.category == _PAST


def _ails(mentions: Sequence[Mention]) -> bool:
    """Whether something ails the limb, and was no reason of an earlier amputation."""
    facts = {m.fact for m in mentions}
    return "indication" in facts and "earlier_reason" not in facts
