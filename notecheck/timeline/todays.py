"""Today's operations when a title tells more than one, and the one that is asked about.

Two amputations on the two limbs are two operations unless they are one and the same on both sides;
so are those that two operative notes are titled by, and those on toes of one foot at two levels.
What the title merely names, with no act of today on its limb, is no operation of its own: it may be
an old stump.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from notecheck.models import Side
from notecheck.pipeline.mentions import AnalysedDocument, Mention
from notecheck.pipeline.section import Section
from notecheck.timeline.chart import CUTS, TITLE, Chart, in_description
from notecheck.timeline.levels import bone_levels, level_of_code, levels, proximality
from notecheck.timeline.limbs import LimbSides, label_of
from notecheck.timeline.title_item import title_item

_OPEN = "open"
_NAMING = frozenset({"stump_revised", _OPEN})  # manners that name an operation in a title
_NAMES = ("amputation", "amputation_today", "higher_level", "prior_again", "manner")
_AGAIN = frozenset({"higher_level", "prior_again", "manner"})
ACTS = ("bone_cut", "joint_cut", "field", "reconstruction")
_LEFT = "bone_left"
_STUMP = ("prior", "prior_unlevelled")
_LIMBS: tuple[Side, Side] = ("left", "right")
_TOE = "toe_named"
_TREATED = ("bone_cut", "joint_cut", "reconstruction")


@dataclass(frozen=True)
class Question:
    """Which operation is asked about: the one that `code` names, on `side` where that is told.

    Of operations of several days it is that of `day`.
    """

    code: str | None = None
    side: Side | None = None
    day: dt.date | None = None


@dataclass(slots=True)
class Todays:
    """One of several operations of today; `notes` are the ids of the documents that report it.

    `parts` are the toes that it is on, where it is on toes and they are named.
    """

    side: Side | None
    levels: set[str] = field(default_factory=set)
    again: bool = False  # the operation is called a re-amputation or revision
    closed: bool = False  # the description leaves its bone alone, and cuts that of another one
    notes: set[str] = field(default_factory=set)
    parts: set[str] = field(default_factory=set)

    @property
    def level(self) -> str | None:
        return max(self.levels, key=proximality().index, default=None)

    def same_act(self, other: Todays) -> bool:
        """Whether both may be one operation: nothing told of one that is not true of the other."""
        alike = self.level == other.level or None in (self.level, other.level)
        return alike and self.again == other.again and self.closed == other.closed

    def join(self, other: Todays) -> None:
        """Take over what is told of an operation that is the same one."""
        self.notes |= other.notes
        self.levels |= other.levels
        self.again |= other.again
        self.parts = self.parts | other.parts if self.parts and other.parts else set()


def todays(chart: Chart) -> tuple[Todays, ...]:
    """Today's operations in the order of the titles, where there are several; else none."""
    told: list[Todays] = []
    notes = chart.reports
    for note in notes:
        titled = _titled(note)
        for operation in titled:
            operation.closed = _leaves_bone(note, operation, titled)
        for operation in titled:
            known = [o for o in told if o.side == operation.side and o.same_act(operation)]
            if known:
                known[0].join(operation)
            else:
                told.append(operation)
    done = [o for o in told if _shares_no_note(o, told) or _done(notes, o, told)]
    several = any(not a.same_act(b) and _apart(a, b) for a in done for b in done)
    return tuple(done) if several else ()


def limbs_apart(chart: Chart, level: str, *, again: bool) -> tuple[Todays, ...]:
    """An operation on both limbs as two, where the bone of one alone was cut; else none."""
    notes = {note.document.doc_id for note in chart.reports}
    limbs = [Todays(side, {level}, again, notes=set(notes)) for side in _LIMBS]
    for limb in limbs:
        limb.closed = any(_leaves_bone(note, limb, limbs) for note in chart.reports)
    return tuple(limbs) if any(limb.closed for limb in limbs) else ()


def limb_told_of(note: AnalysedDocument) -> Callable[[Mention], Side | None]:
    """Of an operation on both limbs: which limb a mention of its note is about, where one is told.

    It is that of its own words, else the limb that the description has come to.
    """
    sides, limbs = LimbSides(note), [Todays(side) for side in _LIMBS]
    story = zip(note.sentences, _story(note, limbs), strict=True)
    come_to = {sentence.index: limb.side for sentence, (_, limb) in story if limb}
    return lambda mention: sides.of(mention) or come_to.get(mention.sentence.index)


def _shares_no_note(operation: Todays, told: Sequence[Todays]) -> bool:
    return not any(other is not operation and other.notes & operation.notes for other in told)


def _apart(a: Todays, b: Todays) -> bool:
    """Whether two limbs or toes are told: else the title only says one thing twice."""
    if a.side == b.side:
        return bool(a.parts and b.parts) and a.parts.isdisjoint(b.parts)
    return None not in (a.side, b.side)


def in_question(told: Sequence[Todays], question: Question) -> Todays:
    """The operation that the code names, on the side of its line; else the first in the title."""
    level = level_of_code(question.code)
    named = [o for o in told if level and o.level == level.id]
    again = [
        o for o in named if level and o.again == (question.code in (level.again, level.closed))
    ]
    for pool in (again, named):
        on_side = [o for o in pool if o.side == question.side]
        of_kind = [o for o in pool if level and o.closed == (question.code == level.closed)]
        if on_side or pool:
            return (on_side or of_kind or pool)[0]
    on_side = [o for o in told if question.side and o.side == question.side]
    return (on_side or list(told))[0]


def mark_other_operations(chart: Chart, told: Sequence[Todays], asked: Todays) -> None:
    """Exclude, as `other_operation`, what the notes say of today's other operations.

    A debridement is today's whatever operation it belongs to, so it stays; the setting is that of
    the whole stay.
    """
    reported = [(n, [o for o in told if n.document.doc_id in o.notes]) for n in chart.reports]
    amended = [(a, list(told)) for a in chart.addenda]  # each of whichever limb it names
    for note, here in reported + amended:
        sides = LimbSides(note)
        for mentions, current in _story(note, here):
            for mention in mentions:
                about = _about(note, mention, here, current, sides)
                if mention.counts and (
                    _is_of_another(
                        mention, about, asked, elsewhere=bool(here) and asked not in here
                    )
                    or _names_itself(mention, asked)
                ):
                    mention.reason, mention.cue = "other_operation", "another-operation"


def _about(
    note: AnalysedDocument,
    mention: Mention,
    here: Sequence[Todays],
    current: Todays | None,
    sides: LimbSides,
) -> tuple[Todays, ...]:
    """The operation on the mention's side, else the one that the telling has come to.

    Of several on the toes of one foot that on the toe that is named; a closure with no toe named
    is that of all.
    """
    side = sides.of(mention)
    on_side = [o for o in here if side and o.side == side]
    told = on_side[:1] or ([current] if current else [])
    if not told and not side:
        told = _on_stump(note, mention, here)
    if not told or not told[0].parts:
        return tuple(told)
    toes = [o for o in here if o.side == told[0].side and o.parts]
    toe = _toe_of(note, mention)
    if toe is None and mention.fact != "reconstruction":
        return (current,) if current in toes else tuple(toes)
    return tuple(o for o in toes if toe in o.parts) or tuple(toes)


def _on_stump(note: AnalysedDocument, mention: Mention, here: Sequence[Todays]) -> list[Todays]:
    """The one operation that is on a stump, where a sentence of no side speaks of the stump."""
    again = [o for o in here if o.again]
    told = len(again) == 1 and any(m.fact in _STUMP for m in note.beside(mention))
    return again if told else []


def _toe_of(note: AnalysedDocument, mention: Mention) -> str | None:
    """The toe that is named last before a mention ends, in its item or sentence, or next."""
    text, sentence = note.repaired.text, mention.sentence
    start, end = title_item(text, mention.start, mention.end, sentence)
    toes = [m for m in note.beside(mention) if m.fact == _TOE and start <= m.start < end]
    before = [toe for toe in toes if toe.start < mention.end]
    return (before[-1:] or toes)[0].value if toes else None


def _story(
    note: AnalysedDocument, here: Sequence[Todays]
) -> Iterator[tuple[tuple[Mention, ...], Todays | None]]:
    """Each sentence's mentions, with the operation that the telling has come to."""
    current: Todays | None = None
    headed: Section | None = None  # the last section whose heading was asked for a side
    sides = LimbSides(note)
    for sentence in note.sentences:
        mentions = note.within(sentence)
        labelled = sides.side_of_label(sentence)
        if sentence.category == TITLE or not _describes(note, sentence.category):
            current = None
        elif labelled and (on_side := [o for o in here if o.side == labelled]):
            current, headed = on_side[0], sentence.section
        elif mentions:
            # A heading's side holds until the section turns to another limb by its own words.
            anew = current is None or sentence.section is not headed
            headed = sentence.section
            current = _begun(note, mentions, here, by_heading=anew) or current
        yield (*mentions, *note.read_in(sentence)), current


def _is_of_another(
    mention: Mention, about: Sequence[Todays], asked: Todays, *, elsewhere: bool
) -> bool:
    of_another = elsewhere or (bool(about) and not any(o is asked for o in about))
    return of_another and not mention.fact.startswith(("debridement", "setting"))


def _names_itself(mention: Mention, asked: Todays) -> bool:
    """Whether the title of a first amputation is taken for the name of an earlier one."""
    return mention.category == TITLE and mention.fact == "prior" and not asked.again


def _describes(note: AnalysedDocument, category: str | None) -> bool:
    return category in (None, "description", "laterality", "findings", "procedure_title")


def _begun(
    note: AnalysedDocument, mentions: Sequence[Mention], here: Sequence[Todays], *, by_heading: bool
) -> Todays | None:
    """The operation that a sentence of the description turns to, by its side or its bone."""
    sides = {m.value for m in mentions if m.fact == "side"}
    if by_heading and not sides:
        heading = label_of(note, mentions[0].sentence.section).split()
        sides = {side for side in ("left", "right") if any(side in w for w in heading)}
    by_side = [o for o in here if o.side in sides]
    if len(by_side) == 1:
        return by_side[0]
    toes = {m.value for m in mentions if m.fact == _TOE}
    by_toe = [o for o in by_side or here if not o.parts.isdisjoint(toes)]
    if len(by_toe) == 1:
        return by_toe[0]
    cut = _cut_levels(mentions)
    by_bone = [o for o in here if o.level in cut]
    return by_bone[0] if len(by_bone) == 1 else None


def _cut_levels(mentions: Sequence[Mention]) -> set[str | None]:
    cut: set[str | None] = {
        bone_levels().get(m.value, m.value) for m in mentions if m.fact in ("bone_cut", "joint_cut")
    }
    return cut


def _titled(note: AnalysedDocument) -> list[Todays]:
    """The amputations that the titles of one note name, each with its side."""
    sides = LimbSides(note)
    told: dict[tuple[Side | None, str | None], Todays] = {}
    for mention in note.of(*_NAMES):
        if not mention.counts or mention.category != TITLE:
            continue
        if mention.fact == "manner" and mention.value not in _NAMING:
            continue
        side = sides.of(mention)
        toe = _toe_of(note, mention) if _is_of_digit(mention) else None
        operation = told.setdefault((side, toe), Todays(side, notes={note.document.doc_id}))
        if toe:
            operation.parts.add(toe)
        if mention.value in proximality():
            operation.levels.add(mention.value)
        operation.again |= mention.fact in _AGAIN and mention.value != _OPEN
    for stump in note.of("prior"):  # "revision of left above-knee stump" is at the stump's level
        named = told.get((sides.of(stump), None)) if stump.category == TITLE else None
        if named and named.again and not named.levels and stump.value in proximality():
            named.levels.add(stump.value)
    for side, toe in list(told):
        whole = told.get((side, None))
        if toe and whole:  # the side's name holds for more than a toe
            whole.join(told.pop((side, toe)))
    return list(told.values())


def _is_of_digit(mention: Mention) -> bool:
    record = levels().get(mention.value)
    return record is not None and record.digit


def _done(notes: Sequence[AnalysedDocument], operation: Todays, told: Sequence[Todays]) -> bool:
    """Whether a description tells an act on the operation's limb or at its level."""
    for note in notes:
        if note.document.doc_id not in operation.notes:
            continue
        sides = LimbSides(note)
        for mention in note.of(*ACTS):
            if mention.counts and in_description(mention):
                begun = _begun(note, note.beside(mention), [operation], by_heading=True)
                if begun or sides.of(mention) == operation.side:
                    return True
        if _turned_to(note, operation, told):
            return True
    return False


def _leaves_bone(note: AnalysedDocument, operation: Todays, titled: Sequence[Todays]) -> bool:
    """Whether the description leaves the operation's bone alone, and cuts that of another one."""
    if len(titled) == 1:
        return False
    sides = LimbSides(note)
    own: set[str] = set()
    others: set[str] = set()
    for mentions, current in _story(note, titled):
        for mention in mentions:
            if mention.counts and in_description(mention) and "weak" not in mention.tells:
                about = _about(note, mention, titled, current, sides)
                (own if operation in about else others).add(mention.fact)
    return _LEFT in own and own.isdisjoint(CUTS) and not others.isdisjoint(CUTS)


def _turned_to(note: AnalysedDocument, operation: Todays, told: Sequence[Todays]) -> bool:
    """Whether the story turns to the operation's limb, and tells of an end treated there.

    "We began on the right. The spur was taken off and the fascia closed. Then the left stump": what
    follows a side is said of it up to the next. A limb that was padded is not turned to.
    """
    here = [o for o in told if note.document.doc_id in o.notes]
    current: Todays | None = None
    for sentence in note.sentences:
        mentions = [m for m in note.within(sentence) if m.counts and in_description(m)]
        if mentions and not any(m.fact == "kept_out" for m in mentions):
            current = _begun(note, mentions, here, by_heading=False) or current
        if current is operation and any(m.fact in _TREATED for m in mentions):
            return True
    return False
