"""At which joint each named toe came off, where a note tells of several toes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from notecheck.facts.operation import Operation
from notecheck.models import Evidence
from notecheck.pipeline.mentions import Mention
from notecheck.timeline.chart import Found, evidence
from notecheck.timeline.levels import levels

_NAMED = "toe_named"
_JOINTS = ("at_root", "within")  # what a rule declares of the joint that it finds divided


@dataclass(frozen=True)
class ToeJoint:
    """Where one toe was divided: at its root or within it; both where the note tells both."""

    places: frozenset[str]
    evidence: tuple[Evidence, ...]


def toe_joints(operation: Operation) -> Mapping[str, ToeJoint]:
    """The places by toe; a toe whose joint is not told is not in it."""
    told: dict[str, list[tuple[str, Found]]] = {}
    for cut in [*operation.joints, *operation.cuts]:
        if place := _place(cut.mention):
            for toe in _toes_of(cut):
                told.setdefault(toe, []).append((place, cut))
    return {
        toe: ToeJoint(frozenset(place for place, _ in found), evidence(cut for _, cut in found))
        for toe, found in told.items()
    }


def _place(cut: Mention) -> str | None:
    """Where the cut is; bone that is cut within a part is beyond its root."""
    told = next((place for place in _JOINTS if place in cut.tells), None)
    through = any(level.bone == cut.value and level.finer for level in levels().values())
    return told or ("within" if through else None)


def _toes_of(cut: Found) -> set[str]:
    """The toes that are named before the cut since the one before it; else those right behind it.

    Where its sentence names none, those of the last sentence of its section that names some.
    """
    note, sentence = cut.document, cut.mention.sentence
    beside = note.facts_of(sentence)
    named = [m for m in beside.get(_NAMED, ()) if m.counts]
    if not named:
        return _last_named(cut)
    ends = [m.end for fact in ("joint_cut", "bone_cut") for m in beside.get(fact, ()) if _place(m)]
    last = max((end for end in ends if end < cut.mention.end), default=sentence.start)
    before = _values(m for m in named if last <= m.start < cut.mention.end)
    following = min((end for end in ends if end > cut.mention.end), default=sentence.end)
    return before or _values(m for m in named if cut.mention.end <= m.start < following)


def _last_named(cut: Found) -> set[str]:
    for sentence in reversed(cut.document.sentences[: cut.mention.sentence.index]):
        if sentence.section is not cut.mention.sentence.section:
            break
        if named := _values(m for m in cut.document.within(sentence) if m.fact == _NAMED):
            return named
    return set()


def _values(named: Iterable[Mention]) -> set[str]:
    return {mention.value for mention in named}
