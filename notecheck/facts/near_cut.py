"""What is told near the words of today's cut."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable

from notecheck.facts.operation import Operation
from notecheck.pipeline.stretches import Stretches
from notecheck.timeline.chart import Chart, Found

_MAY_BE_MARKED = (None, "planned", "hypothetical")  # a mark is a plan
_BACK_TO_MARK = 4  # sentences between a mark and the cut at it


class NearCut:
    """Places and lengths, by how far from a cut they are told."""

    def __init__(
        self,
        chart: Chart,
        operation: Operation,
        is_about: Callable[[Found], bool] = lambda found: True,
    ) -> None:
        """What `is_about` another limb of an operation on both is left out."""
        self._chart = chart
        self._operation = operation
        self._is_about = is_about
        cuts: dict[str, set[int]] = {}
        for cut in operation.cuts:
            cuts.setdefault(cut.document.document.doc_id, set()).add(cut.mention.sentence.index)
        self._cut_sentences = {doc_id: sorted(indexes) for doc_id, indexes in cuts.items()}
        self._told_of: dict[str, list[Found]] = {}
        self._places_of_others: dict[int, Stretches[tuple[int, int, int]]] = {}

    def distance(self, found: Found) -> int:
        """Sentences between `found` and the nearest cut of the same document."""
        index = found.mention.sentence.index
        cuts = self._cut_sentences.get(found.document.document.doc_id, [])
        after = bisect_left(cuts, index)
        return min((abs(index - cut) for cut in cuts[max(0, after - 1) : after + 1]), default=99)

    def told(self, fact: str) -> list[Found]:
        """The mentions of a fact in the operative notes that may be about the cut."""
        if fact not in self._told_of:
            found = self._chart.amended(self._chart.found(self._chart.operative, fact))
            about = filter(self._is_about, found)
            self._told_of[fact] = [f for f in about if not self._of_another(f)]
        return self._told_of[fact]

    def marked(self, fact: str) -> list[Found]:
        """The places marked before a cut that goes back to them, each cut's nearest.

        "A mark was made 16 cm below the trochanter. ... The femur was cut at the mark."
        """
        told = self._chart.found(self._chart.operative, fact, counted=False)
        marks = [f for f in told if f.mention.reason in _MAY_BE_MARKED]
        back = [f for f in self.told("back_at_mark") if self.distance(f) == 0] if marks else []
        before = ([m for m in marks if _goes_back_to(f, m)] for f in back)
        return [found[-1] for found in before if found]

    def is_behind_cuts(self, found: Found) -> bool:
        """Whether a mention stands behind the last cut of its document."""
        cuts = self._cut_sentences.get(found.document.document.doc_id, [])
        return bool(cuts) and cuts[-1] < found.mention.sentence.index

    def _of_another(self, found: Found) -> bool:
        """Whether the place is told of a soft part or of the other limb, not of the bone."""
        places = self._places_of_others.get(id(found.document))
        if places is None:
            told = found.document.of("place_of_other")
            places = Stretches((m.start, m.end + 1, m.sentence.index) for m in told)
            self._places_of_others[id(found.document)] = places
        here = found.mention.sentence.index
        return any(index == here for _, _, index in places.at(found.mention.start))

    @staticmethod
    def _facts_beside(found: Found) -> set[str]:
        return {m.fact for m in found.document.beside(found.mention)}


def _goes_back_to(back: Found, mark: Found) -> bool:
    """Whether words that go back to a mark may mean this one, told up to some sentences before."""
    between = back.mention.sentence.index - mark.mention.sentence.index
    return (
        back.document is mark.document
        and mark.mention.start < back.mention.start
        and between <= _BACK_TO_MARK
    )
