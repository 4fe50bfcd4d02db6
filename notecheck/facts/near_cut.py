"""What is told near the words of today's cut."""

from __future__ import annotations

from notecheck.facts.operation import Operation
from notecheck.timeline.chart import Chart, Found


class NearCut:
    """Places and lengths, by how far from a cut they are told."""

    def __init__(self, chart: Chart, operation: Operation) -> None:
        self._chart = chart
        self._operation = operation
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

    @staticmethod
    def _facts_beside(found: Found) -> set[str]:
        return {m.fact for m in found.document.beside(found.mention)}
