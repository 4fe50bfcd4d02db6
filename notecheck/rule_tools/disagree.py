"""The sentences on which rules and second reader differ most, for whoever improves either."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from notecheck.facts.second_reading import value_of
from notecheck.models import Encounter
from notecheck.pipeline.analyse import Pipeline
from notecheck.pipeline.mentions import AnalysedDocument, Sentence
from notecheck.reader.model import ReaderModel
from notecheck.reader.read import rows_of
from notecheck.reader.value import Value
from notecheck.report.columns import shorten_middle, wrap
from notecheck.report.lines import LineIndex
from notecheck.report.safe import one_line

_LEAST = 0.5  # a smaller difference is no disagreement
_INDENT = "   "


@dataclass(frozen=True, order=True)
class Disagreement:
    """A sentence and a value of it; `by` (0 to 1) is how far the reader is from the rules."""

    by: float
    encounter_id: str
    doc_id: str
    line: int
    words: str
    value: Value
    told: bool  # by the rules
    reason: str | None  # why a mention of it does not count
    score: float  # the reader's


def disagreements(
    pipeline: Pipeline, model: ReaderModel, encounters: Iterable[Encounter], most: int
) -> list[Disagreement]:
    """The `most` greatest, the greatest first."""
    found = (
        one
        for encounter in encounters
        for document in encounter.documents
        for one in _of_document(
            encounter.encounter_id, pipeline.analyse(document), document.type, model
        )
    )
    return heapq.nlargest(most, found)


def _of_document(
    encounter_id: str, note: AnalysedDocument, kind: str, model: ReaderModel
) -> Iterator[Disagreement]:
    if not note.sentences:
        return
    lines = LineIndex(note.document.text)
    scores = model.scores(rows_of(note.normalized, note.sentences, kind))
    for sentence, row in zip(note.sentences, scores.tolist(), strict=True):
        told = {value_of(m) for m in note.within(sentence) if m.counts}
        reasons = {value_of(m): m.reason for m in note.within(sentence) if not m.counts}
        for value, score in zip(model.values, row, strict=True):
            by = 1 - score if value in told else score
            if by >= _LEAST:
                start, words = _words(note, sentence)
                yield Disagreement(
                    by, encounter_id, note.document.doc_id, lines.line(start), words,
                    value, value in told, reasons.get(value), score,
                )  # fmt: skip


def _words(note: AnalysedDocument, sentence: Sentence) -> tuple[int, str]:
    words = note.quote(sentence.start, sentence.end)
    return words.start, words.text


def disagreements_text(found: Iterable[Disagreement], *, width: int = 80) -> str:
    """One sentence after the other, with what the rules and the reader make of it."""
    lines: list[str] = []
    for one in found:
        place = f"{one_line(one.encounter_id)} {one_line(one.doc_id)}:{one.line}"
        rules = "told" if one.told else f"not counted ({one.reason})" if one.reason else "silent"
        lines.append(shorten_middle(place, width))
        lines += wrap(f'"{one_line(one.words)}"', width, first=_INDENT, rest=_INDENT * 2)
        said = f"{' '.join(one.value)}: rules {rules}, reader {one.score:.2f}"
        lines += [*wrap(said, width, first=_INDENT, rest=_INDENT * 2), ""]
    return "\n".join(lines or ["rules and reader agree", ""])
