"""Where bone or joint was divided today: level, segment of the femur, and the measured length.

A segment or length counts where it stands in the sentence of a cut, or beside one in the
description, or in a field of its own ("Level today: mid-thigh"). A residual length or a distance
from a landmark fixes the level better than the length of bone removed. A segment in the title
stands in for one that the description lacks; where the two differ, that is a conflict and the
description is believed.
"""

from __future__ import annotations

import re

from notecheck.facts.case import NewLevelSigns
from notecheck.facts.measures import centimetres, number
from notecheck.facts.operation import Operation, todays_level
from notecheck.models import BoneFact, Evidence, NewLevelFact
from notecheck.timeline.chart import TITLE, Chart, Found, evidence, in_description
from notecheck.timeline.levels import levels
from notecheck.timeline.origins import origin_of, origins, tells_end_state
from notecheck.timeline.words import fact_words, holds_any

_MEASURED_FROM = re.compile(r"(?: (?:from|below|above|to|beneath) [^.;,]{0,40})?")
_SOON = 2  # sentences from a cut to the measure of what it left
_NEAR = 1  # sentences between a cut and the place that goes with it
_LONGEST_FEMUR_CM = 60.0
_AND_A_PART = re.compile(r" and (?:an? |one )(half|quarter)\b")  # "an inch and a half"
_BETWEEN = re.compile(r"between (?:[\w./]+ and )?$")  # "between two and three", "between 4 and 5"
_BETWEEN_REACH = 24  # characters before the last number of a range


def new_level(
    chart: Chart, operation: Operation, prior: str | None
) -> tuple[NewLevelFact | None, NewLevelSigns]:
    """Today's level with its place, and the signs that a requirement asks for beside it."""
    level, words = todays_level(operation, prior)
    vague = evidence(operation.higher)
    if level is None:
        silent = operation.described or operation.aborted or operation.left_alone
        return None, NewLevelSigns(vague=() if silent else vague)
    place = _Places(chart, operation, level)
    measurement = None if levels()[level].whole_limb else place.measurement()
    landmark = place.landmarks()
    placed = measurement is not None or any("place" in f.mention.groups for f in landmark)
    segments = place.segments(placed=placed) if levels()[level].segments else []
    evidence_items = evidence(
        [*words[:2], *segments[:1], *([measurement[1]] if measurement else [])], most=4
    )
    fact = NewLevelFact(
        value=level,
        segment=segments[0].mention.value if segments else None,
        measurement_cm=measurement[0] if measurement else None,
        evidence=evidence_items,
    )
    return fact, NewLevelSigns(
        landmark=evidence(landmark), vague=vague, conflict=place.conflict(segments)
    )


def bone_resected(
    chart: Chart, operation: Operation, level: NewLevelFact | None
) -> BoneFact | None:
    """Whether bone was cut today; None when there is no operative note to read."""
    if not chart.operative:
        return None
    if level is not None:
        return BoneFact(value=True, evidence=level.evidence[:2])
    words = evidence(operation.left_alone) or evidence(
        chart.found(chart.operative, "bone_smoothed")
    )
    return BoneFact(value=False, evidence=words or _opening(chart))


def silent_on_bone(chart: Chart) -> BoneFact | None:
    """`bone_resected` of an operation that is none on a lower limb: its text is silent on it."""
    return BoneFact(value=False, evidence=_opening(chart)) if chart.operative else None


def _opening(chart: Chart) -> tuple[Evidence, ...]:
    """The operation's title, or the note's first sentence: the text that is silent on bone."""
    for note in chart.operative:
        sentences = [s for s in note.sentences if s.category == TITLE] or note.sentences
        for sentence in sentences[:1]:
            return (note.quote(sentence.start, sentence.end, sentence.category),)
    return ()


class _Places:
    """The segments, lengths and landmarks that go with today's cut."""

    def __init__(self, chart: Chart, operation: Operation, level: str) -> None:
        self._chart = chart
        self._operation = operation
        self._level = level
        self._cut_sentences = {
            (f.document.document.doc_id, f.mention.sentence.index) for f in operation.cuts
        }

    def _distance(self, found: Found) -> int:
        """Sentences between `found` and the nearest cut of the same document."""
        doc_id, index = found.document.document.doc_id, found.mention.sentence.index
        return min((abs(index - cut) for d, cut in self._cut_sentences if d == doc_id), default=99)

    def _told(self, fact: str) -> list[Found]:
        found = self._chart.amended(self._chart.found(self._chart.operative, fact))
        return [f for f in found if not self._of_another(f)]

    @staticmethod
    def _of_another(found: Found) -> bool:
        """Whether the place is told of a soft part or of the other limb, not of the bone."""
        return any(
            m.fact == "place_of_other" and m.start <= found.mention.start <= m.end
            for m in found.document.beside(found.mention)
        )

    def segments(self, *, placed: bool) -> list[Found]:
        """Best first: with the cut, beside it, in a field, in the title.

        Where the skin was cut stands in for the place only when the cut is not `placed` by a length
        or a landmark.
        """
        told = self._told("segment")
        described = [
            f
            for f in told
            if in_description(f.mention)
            or f.mention.category in ("findings", "laterality")
            or self._distance(f) == 0
        ]
        with_cut = [f for f in described if self._distance(f) == 0]
        beside = [f for f in described if self._distance(f) == _NEAR and self._short(f)]
        fields = [f for f in described if self._is_field(f)]
        headings = [
            f
            for f in told
            if f.mention.category in (TITLE, "postoperative_diagnosis")
            and not self._of_old_stump(f)
        ]
        incised = [f for f in described if "field" in self._facts_beside(f)]
        alone = [f for f in described if not self._facts_beside(f) & {"indication", "prior"}]
        told = self._latest(with_cut) or fields or beside or headings
        return told or ([] if placed else incised or alone)

    def _latest(self, found: list[Found]) -> list[Found]:
        """The nearest to a cut's own words first; a junction of thirds is the exact place."""
        return sorted(found, key=lambda f: (not _at_junction(f), self._from_cut(f)))

    def _from_cut(self, found: Found) -> int:
        mention = found.mention
        return min(
            (
                max(mention.start - f.mention.end, f.mention.start - mention.end)
                for f in self._operation.cuts
                if f.mention.sentence.index == mention.sentence.index
            ),
            default=999,
        )

    def _short(self, found: Found) -> bool:
        """Beside a cut, a place counts if its sentence is about the bone and not the skin."""
        return not self._facts_beside(found) & {"field", "indication", "prior"}

    @staticmethod
    def _facts_beside(found: Found) -> set[str]:
        return {m.fact for m in found.document.beside(found.mention)}

    def _is_field(self, found: Found) -> bool:
        sentence = found.mention.sentence
        heading = found.document.normalized[sentence.section.start : sentence.section.body]
        return "level" in heading or found.document.sentence_text(sentence).startswith("level")

    @staticmethod
    def _of_old_stump(found: Found) -> bool:
        """Whether the heading's words name the stump as it was ("high AKA stump")."""
        mention = found.mention
        return any(
            m.fact == "prior"
            and m.start <= mention.start
            and mention.end <= m.end
            and "named_stump" in m.tells
            for m in found.document.beside(mention)
        )

    def conflict(self, segments: list[Found]) -> tuple[Evidence, ...]:
        """Title and description, or two statements of the description, at different places."""
        return self._two_lengths() or self._two_segments(segments)

    def _two_lengths(self) -> tuple[Evidence, ...]:
        """Two lengths of the cut from one origin that differ by more than a rounding."""
        told = [(f, value) for f in self._fixing() if (value := _length(f)) is not None]
        for place, (first, value) in enumerate(told):
            origin = self._origin(first)
            for second, other in told[place + 1 :]:
                apart = abs(value - other) > origins().tolerance
                if apart and origin is not None and origin == self._origin(second):
                    return evidence([first, second])
        return ()

    def _fixing(self) -> list[Found]:
        """The lengths that fix the level of today's cut: where it was made, and what it left."""
        told = self._told("length")
        return [
            f
            for f in told
            if not any(_goes_on_from(f, other) for other in told)
            and (self._of_cut(f) or self._of_what_is_left(f))
        ]

    def _of_cut(self, found: Found) -> bool:
        """Whether a distance is told in the sentence of a cut."""
        return (
            found.mention.value == "distance"
            and self._distance(found) == 0
            and ("place" in found.mention.groups or not self._is_residual(found))
        )

    def _of_what_is_left(self, found: Found) -> bool:
        """Whether a residual length is the bone's as the cut left it, and not as it came."""
        sentence = found.mention.sentence
        ends = tells_end_state(found.document.sentence_text(sentence))
        measured = found.mention.value == "distance" and ends and self._distance(found) <= _SOON
        if not self._is_residual(found) and not measured:
            return False
        if "indication" in self._facts_beside(found):
            return False
        if in_description(found.mention):
            doc_id = found.document.document.doc_id
            return any(d == doc_id and cut <= sentence.index for d, cut in self._cut_sentences)
        left = found.mention.category in ("findings", "specimens", "laterality")
        return left and (ends or self._shorter_than_cut(found))

    def _shorter_than_cut(self, found: Found) -> bool:
        """Whether a length of the bone as it came is less than what the cut is said to leave."""
        came = _length(found)
        cuts = [f for f in self._told("length") if self._of_cut(f)]
        return came is not None and any(
            (value := _length(f)) is not None
            and value > came + origins().tolerance
            and self._origin(f) == self._origin(found)
            for f in cuts
        )

    def _origin(self, found: Found) -> str | None:
        words = found.document.words(found.mention)
        after = found.document.normalized[found.mention.end : found.mention.sentence.end]
        told = words + _MEASURED_FROM.match(after)[0]  # type: ignore[index]
        return origin_of(told, residual=self._is_residual(found))

    def _two_segments(self, segments: list[Found]) -> tuple[Evidence, ...]:
        if not segments:
            return ()
        chosen = segments[0]
        others = [
            f
            for f in self._told("segment")
            if f.mention.value != chosen.mention.value
            and (
                (
                    f.mention.category in (TITLE, "postoperative_diagnosis")
                    and not self._of_old_stump(f)
                )
                or (
                    in_description(f.mention)
                    and self._distance(f) == 0
                    and self._distance(chosen) == 0
                    and f.mention.sentence.index != chosen.mention.sentence.index
                )
            )
            and not _compatible(f, chosen)
        ]
        return evidence([chosen, *others]) if others else ()

    def measurement(self) -> tuple[float, Found] | None:
        """The first distance or residual length in centimetres, else the length removed."""
        told = [
            f
            for f in self._told("length")
            if in_description(f.mention)
            or f.mention.category in ("findings", "laterality", "specimens")
            or self._distance(f) == 0
        ] + [f for f in self._operation.cuts if "number" in f.mention.groups]
        near = [f for f in told if self._distance(f) <= 2 or self._is_residual(f)]
        for measure in (self._remains_told, self._distance_told, self._removed_told):
            for f in near:
                value = _length(f)
                if value is not None and measure(f):
                    return value, f
        return self._untold_kind()

    def _untold_kind(self) -> tuple[float, Found] | None:
        """A length in the very sentence of a cut, with no word that a rule knows beside it."""
        bare = [f for f in self._told("length_bare") if self._distance(f) == 0]
        known = [(f, value) for f in bare if (value := _length(f)) is not None]
        return (known[0][1], known[0][0]) if len(known) == 1 else None

    def _remains_told(self, found: Found) -> bool:
        """A residual length, where the only distance told is from the old end of the bone."""
        others = [f for f in self._told("length") if f.mention.value == "distance"]
        return self._is_residual(found) and all(
            self._is_residual(f) or holds_any(f.document.words(f.mention), fact_words().old_end)
            for f in others
        )

    def _distance_told(self, found: Found) -> bool:
        if found.mention.value != "distance":
            return False
        return (
            "from_landmark" not in found.mention.tells
            or self._distance(found) == 0
            or (self._distance(found) == 1 and self._about_bone(found))
        )

    def _removed_told(self, found: Found) -> bool:
        if found.mention.value == "removed_near":
            return self._distance(found) <= 1
        return found.mention.value == "removed" or found.mention.fact == "bone_cut"

    def _is_residual(self, found: Found) -> bool:
        return "fixes_level" in found.mention.tells

    def _about_bone(self, found: Found) -> bool:
        words = found.document.sentence_text(found.mention.sentence)
        return holds_any(words, fact_words().about_bone)

    def landmarks(self) -> list[Found]:
        return [
            f
            for f in self._told("landmark")
            if in_description(f.mention) and self._distance(f) == 0
        ]


def _goes_on_from(found: Found, other: Found) -> bool:
    """Whether a length is read on from the landmark of one before: "12 cm below it, taking 3"."""
    a, b = found.mention, other.mention
    return (
        found.document is other.document
        and b.start < a.start < b.end
        and a.groups.get("number") != b.groups.get("number")
    )


def _at_junction(found: Found) -> bool:
    words = found.document.words(found.mention)
    return all(holds_any(words, group) for group in fact_words().junction.values())


def _length(found: Found) -> float | None:
    """The told length in centimetres, or None when no femur could have it."""
    groups, text = found.mention.groups, found.document.normalized
    if "number" not in groups or "unit" not in groups:
        return None
    first, last = groups["number"]
    opening = _BETWEEN.search(text, max(0, first - _BETWEEN_REACH), first)
    value = number(text[opening.start() if opening else first : last])
    if value is None:
        return None
    more = _AND_A_PART.match(text, groups["unit"][1])
    value += {"half": 0.5, "quarter": 0.25}[more[1]] if more else 0.0
    length = round(centimetres(value, text[slice(*groups["unit"])]), 2)
    return length if 0 < length <= _LONGEST_FEMUR_CM else None


def _compatible(a: Found, b: Found) -> bool:
    """Places that may be one and the same: the more exact word lies within the other's third."""
    within = fact_words().within
    first, second = a.mention.value, b.mention.value
    return within.get(first) == second or within.get(second) == first
