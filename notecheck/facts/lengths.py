"""The length that goes with today's cut, and whether two of them can be of one cut.

A residual length or a distance from a landmark fixes the level better than the length of bone
removed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache, cached_property

from notecheck.facts.measures import centimetres, number
from notecheck.facts.near_cut import NearCut
from notecheck.models import Evidence
from notecheck.pipeline.stretches import Stretches
from notecheck.rules.word_table import any_of
from notecheck.timeline.chart import TITLE, Found, evidence, in_description
from notecheck.timeline.number_words import number_words
from notecheck.timeline.origins import is_at_close, is_fixed, origin_of, origins, tells_end_state
from notecheck.timeline.words import fact_words, holds_any

_SOON = 2  # sentences from a cut to the measure of what it left
_FEW_WORDS = 3  # behind a length that is all that a sentence says
_LONGEST_FEMUR_CM = 60.0
_BETWEEN_REACH = 24  # characters before the last number of a range


class Lengths(NearCut):
    """How far from its ends the bone was cut, and how much of it came off."""

    def measurement(self) -> tuple[float, Found] | None:
        """The first distance or residual length in centimetres, else the length removed."""
        told = [
            f
            for f in self.told("length")
            if in_description(f.mention)
            or f.mention.category in ("findings", "laterality", "specimens")
            or self.distance(f) == 0
        ] + [f for f in self._operation.cuts if "number" in f.mention.groups]
        near = [f for f in told if self.distance(f) <= 2 or self._is_residual(f)]
        near.sort(key=lambda f: f.mention.category == TITLE)  # the description decides
        ways = (self._remains_told, self._from_fixed_point, self._distance_told)
        return (
            _first_of(near, *ways)
            or _first_of(self.marked("length_marked"), lambda f: True)
            or _first_of(near, self._removed_told)
            or self._untold_kind()
        )

    def at_close(self) -> tuple[float, Found] | None:
        """The bone's length that is told as measured when the operation ended."""
        told = [
            f
            for f in self.told("length")
            if f.mention.value == "distance"
            and (in_description(f.mention) or f.mention.category == "findings")
            and is_at_close(f.document.sentence_text(f.mention.sentence))
            and self._about_bone(f)
        ]
        return _first_of(told, self._is_residual, lambda f: True)

    def _untold_kind(self) -> tuple[float, Found] | None:
        """A length in the very sentence of a cut, with no word that a rule knows beside it."""
        bare = [f for f in self.told("length_bare") if self.distance(f) == 0]
        known = [(f, value) for f in bare if (value := length_of(f)) is not None]
        return (known[0][1], known[0][0]) if len(known) == 1 else None

    def _remains_told(self, found: Found) -> bool:
        """A residual length, where the only distance told is from the old end of the bone."""
        return self._is_residual(found) and self._no_other_distance

    @cached_property
    def _no_other_distance(self) -> bool:
        return all(
            self._is_residual(f) or holds_any(f.document.words(f.mention), fact_words().old_end)
            for f in self.told("length")
            if f.mention.value == "distance"
        )

    def _from_fixed_point(self, found: Found) -> bool:
        """A distance from a place that the operation does not move, as no end of the bone is."""
        origin = self.origin(found)
        return self._distance_told(found) and origin is not None and is_fixed(origin)

    def _distance_told(self, found: Found) -> bool:
        if found.mention.value != "distance":
            return False
        return (
            "from_landmark" not in found.mention.tells
            or self.distance(found) == 0
            or (self.distance(found) == 1 and self._about_bone(found))
            or (self.distance(found) <= _SOON and _is_all_said(found))
        )

    def _removed_told(self, found: Found) -> bool:
        if found.mention.value == "removed_near":
            return self.distance(found) <= 1
        return found.mention.value == "removed" or found.mention.fact == "bone_cut"

    def _is_residual(self, found: Found) -> bool:
        return "fixes_level" in found.mention.tells

    def _about_bone(self, found: Found) -> bool:
        words = found.document.sentence_text(found.mention.sentence)
        return holds_any(words, fact_words().about_bone)

    def conflict(self) -> tuple[Evidence, ...]:
        """A length that the cut left which no cut told from the same origin agrees with.

        Two cuts of different lengths are none: the second was made because the first was not high
        enough.
        """
        told = self.told("length")
        others = _by_document(told)
        told = [f for f in told if not _goes_on(f, others[id(f.document)])]
        cuts: dict[str | None, list[Found]] = {}
        for cut in filter(self._of_cut, told):
            cuts.setdefault(self.origin(cut), []).append(cut)
        for left in told:
            if self._of_cut(left) or not self.of_what_is_left(left):
                continue
            origin = self.origin(left)
            alike = cuts.get(origin, []) if origin is not None else []
            if alike and not any(self.agree(f, left) for f in alike):
                return evidence([alike[-1], left])
        return ()

    @staticmethod
    def agree(a: Found, b: Found) -> bool:
        """Whether two lengths from one origin may be one."""
        first, second = length_of(a), length_of(b)
        return first is None or second is None or abs(first - second) <= origins().tolerance

    def _of_cut(self, found: Found) -> bool:
        """Whether a distance is told in the sentence of a cut."""
        return (
            found.mention.value == "distance"
            and self.distance(found) == 0
            and ("place" in found.mention.groups or not self._is_residual(found))
        )

    def of_what_is_left(self, found: Found) -> bool:
        """Whether a residual length is the bone's as the cut left it, and not as it came."""
        sentence = found.mention.sentence
        ends = tells_end_state(found.document.sentence_text(sentence))
        near = self.distance(found) <= _SOON or found.mention.category == "findings"
        measured = found.mention.value == "distance" and ends and near
        if not self._is_residual(found) and not measured:
            return False
        if "indication" in self._facts_beside(found):
            return False
        if in_description(found.mention):
            cuts = self._cut_sentences.get(found.document.document.doc_id, [])
            return bool(cuts) and cuts[0] <= sentence.index
        left = found.mention.category in ("findings", "specimens", "laterality")
        return left and (ends or self._shorter_than_cut(found))

    def _shorter_than_cut(self, found: Found) -> bool:
        """Whether a length of the bone as it came is less than what the cut is said to leave."""
        came = length_of(found)
        cuts = [f for f in self.told("length") if self._of_cut(f)]
        return came is not None and any(
            (value := length_of(f)) is not None
            and value > came + origins().tolerance
            and self.origin(f) == self.origin(found)
            for f in cuts
        )

    def origin(self, found: Found) -> str | None:
        """Where a length is measured from, by its words."""
        words = found.document.words(found.mention)
        after = found.document.normalized[found.mention.end : found.mention.sentence.end]
        measured = _measured_from().match(after)
        told = words + (measured[0] if measured else "")
        return origin_of(told, residual=self._is_residual(found))


@cache
def _measured_from() -> re.Pattern[str]:
    return re.compile(rf"(?: {any_of(fact_words().measured_from)} [^.;,]{{0,40}})?")


def _first_of(
    lengths: Iterable[Found], *ways: Callable[[Found], bool]
) -> tuple[float, Found] | None:
    """The first length that may be one of bone and is told in the first of these ways."""
    known = [(value, f) for f in lengths if (value := length_of(f)) is not None]
    return next((one for is_told in ways for one in known if is_told(one[1])), None)


def _is_all_said(found: Found) -> bool:
    """Whether a sentence is the length alone: "13 cm from the tip of the trochanter by ruler."."""
    sentence, normalized = found.mention.sentence, found.document.normalized
    before = normalized[sentence.start : found.mention.start]
    after = normalized[found.mention.end : sentence.end]
    return not before.strip() and after.count(" ") <= _FEW_WORDS


def _by_document(told: Iterable[Found]) -> dict[int, Stretches[tuple[int, int, Found]]]:
    """Where the lengths stand, by the identity of their document."""
    of_each: dict[int, list[tuple[int, int, Found]]] = {}
    for found in told:
        stands = found.mention.start, found.mention.end, found
        of_each.setdefault(id(found.document), []).append(stands)
    return {document: Stretches(stand) for document, stand in of_each.items()}


def _goes_on(found: Found, others: Stretches[tuple[int, int, Found]]) -> bool:
    """Whether a length is read on from the landmark of one before: "12 cm below it, taking 3"."""
    here, number_here = found.mention.start, found.mention.groups.get("number")
    return any(
        start < here and other.mention.groups.get("number") != number_here
        for start, _, other in others.at(here)
    )


def length_of(found: Found) -> float | None:
    """The told length in centimetres, or None when no femur could have it."""
    groups, text = found.mention.groups, found.document.normalized
    if "number" not in groups or "unit" not in groups:
        return None
    first, last = groups["number"]
    words = number_words()
    if any(text.startswith(start, first - len(start)) for start in words.range_starts):
        first += _last_of_range(text[first:last])  # "shortened from 28 to 24 cm"
    opening = words.between.search(text, max(0, first - _BETWEEN_REACH), first)
    told = text[opening.start() if opening else first : last]
    value = 1.0 if told in fact_words().one_unit else number(told)
    if value is None:
        return None
    more = words.part_of_unit.match(text, groups["unit"][1])  # "an inch and a half"
    value += words.parts[more[1]] if more else 0.0
    length = round(centimetres(value, text[slice(*groups["unit"])]), 2)
    return length if 0 < length <= _LONGEST_FEMUR_CM else None


def _last_of_range(number: str) -> int:
    """Where the last number of a range begins; 0 for a number alone."""
    return max((match.end() for match in number_words().range_word.finditer(number)), default=0)
