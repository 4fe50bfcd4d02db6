"""What a sentence tells of a frame's fact, in a note of its own or in one with many others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from notecheck.checker import check
from notecheck.evaluate.elements import ELEMENTS, report_elements
from notecheck.evaluate.gold import GOLD_CODE
from notecheck.models import Document, Report
from notecheck.pipeline.analyse import Pipeline
from notecheck.pipeline.mentions import AnalysedDocument, Mention
from notecheck.rules.files import pattern_file
from notecheck.rules.model import FrameRecord

_NOTE = "frames/note.txt"
_TOGETHER = 30  # sentences of a note: more save no time
# The element of the report that tells a fact, where it has another name.
_ELEMENT_OF = {
    "indication": "indications",
    "prior": "prior_level",
    "debridement": "debridement_performed",
    "debridement_tissue": "debridement_tissues",
    "debridement_removed": "debridement_tissues",
}

# The requirement that alone tells a fact, by being met.
_REQUIREMENT_OF = {"necessity": "revision-necessity"}


class Telling:
    """Tells what sentences say of a frame's fact.

    Alone it is the report of a plain note that says so, or else the frame's counted mentions in a
    note of nothing else. Together, which takes a tenth of the time, it is the fact's mentions, and
    what a sentence says may then depend on those beside it.
    """

    def __init__(self, pipeline: Pipeline, frame: FrameRecord) -> None:
        self._pipeline, self._frame = pipeline, frame
        self.by_report = not frame.phrases and _is_reported(frame.fact)
        # What is looked for beside a sentence must not be found in the next one.
        self._between = f" {_nothing_told()}\n\n" if frame.beside else "\n\n"

    def alone(self, text: str) -> set[str]:
        """The values that a sentence gives the fact."""
        if self.by_report:
            note = _plain_note(self._frame.fact).format(statement=text)
            return _values(check(note, GOLD_CODE), self._frame)
        return {mention.value for mention in self._counted(self._analysed(text))}

    def together(self, texts: Sequence[str]) -> list[set[str]]:
        """The same of many sentences, in their order."""
        notes = (texts[at : at + _TOGETHER] for at in range(0, len(texts), _TOGETHER))
        return [told for some in notes for told in self._in_one_note(some)]

    def _in_one_note(self, texts: Sequence[str]) -> Iterator[set[str]]:
        parts = [text + self._between for text in texts]
        note = self._analysed("".join(parts))
        values = [(note.repaired.given(m.start, m.end)[0], m.value) for m in self._counted(note)]
        end = 0
        for part in parts:
            start, end = end, end + len(part)
            yield {value for at, value in values if start <= at < end}

    def _analysed(self, text: str) -> AnalysedDocument:
        note = Document(doc_id="note", type="operative_note", text=text)
        (read,) = self._pipeline.read([note], second=lambda _: False)  # the reader finds no mention
        return read

    def _counted(self, note: AnalysedDocument) -> Iterator[Mention]:
        frame = self._frame
        for mention in note.mentions:
            told = mention.fact == frame.fact if self.by_report else mention.rule == frame.id
            if told and mention.counts:
                yield mention


def _nothing_told() -> str:
    """The last line of the plain note."""
    return pattern_file(_NOTE).read_text(encoding="utf-8").splitlines()[-1]


def _is_reported(fact: str) -> bool:
    """Whether a report has an element or a requirement that tells a fact and nothing else."""
    return fact in _REQUIREMENT_OF or _ELEMENT_OF.get(fact, fact) in ELEMENTS


def _plain_note(fact: str) -> str:
    """The note that holds a case: that of its fact, if there is one, else that of all facts."""
    own = pattern_file(f"frames/{fact}.txt")
    note = own if own.is_file() else pattern_file(_NOTE)
    return note.read_text(encoding="utf-8")


def _values(report: Report, frame: FrameRecord) -> set[str]:
    """The values that a report gives for a frame's fact; of a yes or no, the frame's for yes."""
    if frame.fact in _REQUIREMENT_OF:
        met = {r.id for r in report.requirements if r.status == "met"}
        return {frame.value} if _REQUIREMENT_OF[frame.fact] in met else set()
    value = report_elements(report)[_ELEMENT_OF.get(frame.fact, frame.fact)]
    if isinstance(value, bool):
        return {frame.value} if value else set()
    if isinstance(value, frozenset):
        return set(value)
    return set() if value is None else {str(value)}
