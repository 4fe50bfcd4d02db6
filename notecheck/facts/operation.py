"""What was cut today: the raw matter of the new level, of bone resected and of the code.

A cut counts where the operative note tells what was done. Headings say what the operation is
called; only a note without any description is taken at its headings' word.
"""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass, field

from notecheck.pipeline.mentions import AnalysedDocument
from notecheck.timeline.chart import TITLE, Chart, Found, in_description
from notecheck.timeline.levels import bone_levels, levels, proximality
from notecheck.timeline.not_done import says_of_all
from notecheck.timeline.when import dated_before
from notecheck.timeline.words import fact_words, holds_any, holds_word

_BARE = "bone"  # the value of a cut that does not name the bone
_DESCRIBED_WORDS = 45
_TELLS = ("none", "description", "findings")  # sections that tell what was done
_LABEL = 12  # characters of "Femur:"
_GIVEN_UP = ("aborted", "not_done")
_NAMES_AMPUTATION = (
    "amputation", "amputation_any", "amputation_today", "higher_level", "prior", "prior_unlevelled",
)  # fmt: skip


@dataclass(slots=True)
class Operation:
    """What the operative note says was done, before it is made into facts."""

    is_amputation_note: bool = False
    described: bool = False
    speaks_of_bone: bool = False  # whatever is said of it, the note is not silent on bone
    titled: list[Found] = field(default_factory=list)  # levels that today's operation is called by
    cuts: list[Found] = field(default_factory=list)
    joints: list[Found] = field(default_factory=list)
    left_alone: list[Found] = field(default_factory=list)
    higher: list[Found] = field(default_factory=list)
    manner: dict[str, list[Found]] = field(default_factory=dict)
    is_revision: bool = False

    @property
    def titled_level(self) -> str | None:
        """The level that the operation is called by, the most proximal if several."""
        called = {f.mention.value for f in self.titled}
        told = [
            f.mention.value
            for f in self.titled
            if f.mention.value in proximality() and not _tells_height(f, called)
        ]
        return max(told, key=proximality().index) if told else None

    @property
    def aborted(self) -> bool:
        return bool(self.not_done)

    @property
    def not_done(self) -> list[Found]:
        """The words that the operation was given up before bone or joint was divided."""
        given_up = [f for value in _GIVEN_UP for f in self.manner.get(value, ())]
        return [] if self.cuts or self.joints else given_up


def _tells_height(found: Found, called: Container[str]) -> bool:
    """Whether a level's name only tells how high the bone of another one of `called` was cut."""
    height = levels()[found.mention.value].height_of
    return (
        height is not None
        and height.level in called
        and found.document.words(found.mention) in height.words
    )


def read_operation(chart: Chart) -> Operation:
    """Collect what was done from the operative notes of `chart`."""
    notes = chart.operative
    operation = Operation()
    if not notes:
        return operation
    operation.is_amputation_note = any(
        f.mention.category not in ("past_history", "consent", "plan", "family_history")
        for f in [*chart.found(notes, "amputation_any"), *chart.found(chart.documents, "prior")]
    )
    operation.described = any(_has_description(note) for note in notes)
    operation.speaks_of_bone = any(map(_speaks_of_bone, notes))
    operation.higher = list(chart.found(notes, "higher_level"))
    operation.titled = [
        f for f in chart.found(notes, "amputation", "amputation_today") if _names_today(chart, f)
    ]
    operation.left_alone = [
        f
        for f in chart.found(notes, "bone_left")
        if in_description(f.mention) or f.mention.category in ("findings", TITLE)
    ]
    operation.is_revision = any(f.mention.category == TITLE for f in operation.higher)
    for f in filter(lambda found: says_of_all(found.mention), chart.found(notes, "manner")):
        operation.manner.setdefault(f.mention.value, []).append(f)
    if operation.is_amputation_note:
        operation.cuts = [f for f in chart.found(notes, "bone_cut") if _is_todays(chart, f)]
        if not operation.cuts and not any(map(_has_labelled_description, notes)):
            # An unlabelled story runs on from the history into the operation.
            operation.cuts = [
                f for f in chart.found(notes, "bone_cut") if f.mention.category == "indications"
            ]
        if operation.left_alone and all("weak" in f.mention.tells for f in operation.cuts):
            operation.cuts = []  # the saw stayed in its wrapper
        if not (operation.left_alone or operation.aborted):
            operation.cuts += [
                f for f in chart.found(notes, "bone_cut_title") if _is_told_by_title(operation, f)
            ]
        if not operation.cuts and not operation.left_alone:
            operation.cuts = _measured_cuts(chart, notes)
        other_notes = [note for note in chart.documents if _is_titled_other_cut(note)]
        operation.cuts = [
            f
            for f in operation.cuts
            if not _is_other_cut(f) and not any(f.document is note for note in other_notes)
        ]
        operation.joints = [
            f
            for f in chart.found(notes, "joint_cut")
            if in_description(f.mention) or f.mention.category == TITLE
        ]
    return operation


def _is_told_by_title(operation: Operation, found: Found) -> bool:
    """Whether what the operation is called tells of a cut: of a note with no description.

    A title that names bone taken off tells it over a description that is silent on bone, too.
    """
    if not operation.described:
        return True
    named = found.mention.category == TITLE and "certain" in found.mention.tells
    return named and not operation.speaks_of_bone


def _is_other_cut(cut: Found) -> bool:
    """Whether bone was cut for something else than an amputation (contract: bone_resected).

    Words of another cut take away the cuts that they overlap, and the weak signs of one in their
    sentence.
    """
    mention = cut.mention
    return any(
        m.fact == "bone_cut_other" and ("weak" in mention.tells or m.meets(mention))
        for m in cut.document.beside(mention)
    )


def _is_titled_other_cut(note: AnalysedDocument) -> bool:
    """Whether the title names another cut and neither an amputation nor a stump.

    All cuts of such a note are other ones.
    """
    titled = [m for m in note.mentions if m.category == TITLE]
    return any(m.fact == "bone_cut_other" for m in titled) and not any(
        m.fact in _NAMES_AMPUTATION for m in titled
    )


def _has_labelled_description(note: AnalysedDocument) -> bool:
    return any(sentence.category == "description" for sentence in note.sentences)


def _measured_cuts(chart: Chart, notes: list[AnalysedDocument]) -> list[Found]:
    """Lengths that came off in an operation titled a resection of bone, told in no known way."""
    if not any(f.mention.category == TITLE for f in chart.found(notes, "bone_cut_title")):
        return []
    return [
        f
        for f in chart.found(notes, "length")
        if in_description(f.mention) and f.mention.value.startswith("removed")
    ]


def _is_todays(chart: Chart, found: Found) -> bool:
    if dated_before(chart, found):
        return False
    return in_description(found.mention) or found.mention.category in (
        "findings",
        "laterality",
        "specimens",
        TITLE,
    )


def _has_description(note: AnalysedDocument) -> bool:
    """Whether the note tells the operation in more than headings."""
    words = 0
    for sentence in note.sentences:
        if (sentence.category or "none") in _TELLS:
            words += note.sentence_text(sentence).count(" ") + 1
    return words >= _DESCRIBED_WORDS


def _speaks_of_bone(note: AnalysedDocument) -> bool:
    """Whether what tells the operation, beyond its headings, names bone or the smoothing of it."""
    return any(in_description(m) for m in note.of("bone_smoothed")) or any(
        (sentence.category or "none") in _TELLS
        and holds_word(note.sentence_text(sentence), fact_words().bone_named)
        for sentence in note.sentences
    )


def _names_today(chart: Chart, found: Found) -> bool:
    """Whether an amputation is named as today's operation and not as the stump operated on."""
    mention, document = found.mention, found.document
    if mention.fact == "amputation_today":
        return mention.category in (
            TITLE,
            "postoperative_diagnosis",
            "description",
            "indications",
            None,
        )
    if mention.category != TITLE or document.words(mention).startswith(fact_words().again):
        return False  # a re-amputation names the stump's own level
    inside = [
        m
        for m in document.beside(mention)
        if m.fact == "prior" and m.start <= mention.start and mention.end <= m.end
    ]
    return not inside


def cut_level(found: Found) -> str | None:
    """The level of a bone cut, or None when only "the bone" is said to be cut.

    "Femur: cleared, and taken across with the saw": the sentence may name the bone before.
    """
    if found.mention.value != _BARE:
        return bone_levels().get(found.mention.value)
    sentence = found.mention.sentence
    label = found.document.normalized[sentence.section.start : sentence.section.body]
    words = label[-_LABEL:] + found.document.sentence_text(sentence)
    bones = [record.bone for record in levels().values() if record.bone and record.stump]
    named = [bone for bone in bones if re.search(rf"\b{bone}\b", words)]
    return bone_levels()[named[0]] if len(named) == 1 else None


def todays_level(operation: Operation, prior: str | None) -> tuple[str | None, list[Found]]:
    """The level of today's division, and the mentions that say so.

    `prior` is the earlier level: a plain "the bone was cut" is at the stump's own level unless the
    operation is called by another.
    """
    titled = operation.titled_level
    joints = _joint_level(operation, titled)
    if joints:
        return joints
    explicit = [f for f in operation.cuts if cut_level(f)]
    if titled is None and not operation.is_revision:
        explicit = [f for f in explicit if not _needs_name(cut_level(f), _BARE)]
    if explicit:
        level = _explicit_level(explicit, titled)
        return level, [f for f in explicit if cut_level(f) == cut_level(explicit[0])] or explicit
    if operation.cuts:
        level = titled if titled and not levels()[titled].on_the_way else prior
        return level or titled or None, operation.cuts
    joint = fact_words().joint_named
    named_joint = any(holds_any(f.document.words(f.mention), joint) for f in operation.titled)
    if (
        titled
        and levels()[titled].joint
        and not operation.aborted
        and (named_joint or not operation.left_alone)
    ):
        return titled, [f for f in operation.titled if f.mention.value == titled]
    return None, []


def called_otherwise(operation: Operation, level: str) -> list[Found]:
    """The title and the cut, where the title names another level than the bone that was cut."""
    titled = [f for f in operation.titled if f.mention.value in proximality()]
    cut = [f for f in operation.cuts if f.mention.value != _BARE and cut_level(f) == level]
    if not titled or not cut or any(f.mention.value == level for f in titled):
        return []
    return [titled[0], cut[0]]


def _joint_level(operation: Operation, titled: str | None) -> tuple[str, list[Found]] | None:
    """A joint divided today, told by the title or by the description."""
    if operation.aborted:
        return None
    called = levels()[titled] if titled else None
    if called and (called.whole_limb or (called.on_the_way and not _saws_shaft(operation))):
        told = [f for f in [*operation.joints, *operation.titled] if f.mention.value == called.id]
        return called.id, told
    for level in reversed([record for record in levels().values() if record.joint]):
        told = [f for f in operation.joints if f.mention.value == level.id]
        if not told or (_needs_name(level.id, "joint") and titled != level.id):
            continue
        if level.whole_limb and _saws_shaft(operation):
            continue
        if level.on_the_way and operation.cuts:
            continue
        if titled in (level.id, None) or _came_off_there(operation, told):
            return level.id, told
    return None


def _came_off_there(operation: Operation, joint: list[Found]) -> bool:
    """Whether the limb is told to have come off at a joint, and nothing else of a bone's cut.

    The description decides against a title that names another level.
    """
    return not operation.cuts and any("whole" in f.mention.tells for f in joint)


def _needs_name(level: str | None, part: str) -> bool:
    """Whether dividing this `part` at a level tells no amputation there by itself."""
    return level is not None and levels()[level].needs_name == part


def _saws_shaft(operation: Operation) -> bool:
    """Whether the bone that is told by segments was cut, and not only its end at the joint."""
    long = next(record for record in levels().values() if record.segments)
    return any(
        f.mention.value == long.bone and not holds_any(f.document.words(f.mention), long.joint_end)
        for f in operation.cuts
    )


def _explicit_level(cuts: list[Found], titled: str | None) -> str | None:
    told = [cut_level(f) for f in cuts]
    called = levels()[titled] if titled else None
    if called:
        with_bone = [called.with_bone[level] for level in told if level in called.with_bone]
        if with_bone:
            return with_bone[0]
        if called.by_name and not any(level and levels()[level].segments for level in told):
            return called.id
    known = [level for level in told if level]
    return max(known, key=proximality().index) if known else None
