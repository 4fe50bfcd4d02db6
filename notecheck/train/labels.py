"""Sentences with what is known of each value: told, not told, or unknown.

Told is a sentence with a counted mention of a value that the gold has, and one that an evidence
label names. Not told is every sentence of an encounter whose gold lacks the value, a sentence whose
mention of it context excludes, and one whose evidence label says that it denies or plans it. The
rest is unknown: such an encounter tells the value somewhere (labels by multiple instances).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from notecheck.evaluate.evidence import EvidenceLabel
from notecheck.facts.second_reading import ANY, value_of
from notecheck.models import Document
from notecheck.pipeline.analyse import pipeline
from notecheck.pipeline.mentions import AnalysedDocument, Sentence
from notecheck.reader.features import Row, kind_of, words_of
from notecheck.reader.read import rows_of
from notecheck.reader.value import Value
from notecheck.rules.files import patterns_root
from notecheck.rules.load import read_rules
from notecheck.statements.case_sentences import case_sentences
from notecheck.train.corpus import Labelled, about

_DENIED_BY_GOLD = 1.5  # the weight of a sentence where a rule fired and the gold says no
_EXAMPLE = 0.5  # the weight of a rule's own example
_MARKED = 10.0  # the weight of words that a site's reviewers marked: few, and of its own writers
OF_RULES = "(rules)"  # the author of the rules' examples
Array = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Sentences:
    """Rows with `labels` (1 told, 0 not, nan unknown) and `weights`, rows x values, and authors."""

    rows: list[Row]
    labels: Array
    weights: Array
    authors: npt.NDArray[np.str_]


def sentences(
    corpus: Sequence[Labelled], values: Sequence[Value], site: Sequence[Labelled] = ()
) -> Sentences:
    """Every sentence of the corpus, of a `site`'s corrections, and every example of the rules."""
    column = {value: place for place, value in enumerate(values)}
    rows: list[Row] = []
    labels: list[Array] = []
    weights: list[Array] = []
    authors: list[str] = []
    found = [
        (one.author, *told)
        for ones, marked in ((corpus, 1.0), (site, _MARKED))
        for one in ones
        for told in _of_encounter(one, column, marked)
    ]
    found += [(OF_RULES, *told) for told in _of_rules(column)]
    for author, row, label, weight in found:
        rows.append(row)
        labels.append(label)
        weights.append(weight)
        authors.append(author)
    return Sentences(rows, np.array(labels), np.array(weights), np.array(authors))


def _of_encounter(
    one: Labelled, column: Mapping[Value, int], marked: float
) -> Iterator[tuple[Row, Array, Array]]:
    known = np.zeros(len(column), dtype=np.float32)
    known[[column[value] for value in one.true if value in column]] = np.nan
    for document in one.gold.encounter.documents:
        note = pipeline().analyse(document)
        quoted = [label for label in one.gold.evidence if label.doc == document.doc_id]
        rows = rows_of(note.normalized, note.sentences, document.type)
        for sentence, row in zip(note.sentences, rows, strict=True):
            label, weight = known.copy(), np.ones(len(column), dtype=np.float32)
            _by_mentions(note, sentence, one.true, column, label, weight)
            for value, told in _by_evidence(note, sentence, quoted):
                if value in column:
                    label[column[value]] = told
                    weight[column[value]] *= marked
            yield row, label, weight


def _by_mentions(
    note: AnalysedDocument,
    sentence: Sentence,
    true: frozenset[Value],
    column: Mapping[Value, int],
    label: Array,
    weight: Array,
) -> None:
    counted = {value_of(m) for m in note.within(sentence) if m.counts} & column.keys()
    excluded = {value_of(m) for m in note.within(sentence) if not m.counts} & column.keys()
    for value in excluded - counted:
        label[column[value]] = 0
    for value in counted:
        if value in true:
            label[column[value]] = 1
        else:
            weight[column[value]] = _DENIED_BY_GOLD


def _by_evidence(
    note: AnalysedDocument, sentence: Sentence, quoted: Sequence[EvidenceLabel]
) -> Iterator[tuple[Value, float]]:
    start, end = note.repaired.given(sentence.start, sentence.end)
    for label in quoted:
        at = note.document.text.find(label.quote)
        if at < 0:
            continue
        shared = min(end, at + len(label.quote)) - max(start, at)
        if shared > 0 and 2 * shared >= min(end - start, len(label.quote)):
            yield about(label), float(label.does == "asserted")


def _of_rules(column: Mapping[Value, int]) -> Iterator[tuple[Row, Array, Array]]:
    """The cases of frames, each as a sentence of a description, with the first word of its list."""
    folder = read_rules(patterns_root()).folder
    told: list[tuple[Value, str, bool]] = []
    for frame in folder.frames.values():
        value = _value(frame.record.fact, frame.record.value)
        for case in frame.record.cases:
            text = next(case_sentences(case, folder)).text
            told.append((value, text, case.gives != "none"))
    for value, text, is_told in told:
        if value in column:
            label = np.full(len(column), np.nan, dtype=np.float32)
            label[column[value]] = is_told
            yield _row(text), label, np.full(len(column), _EXAMPLE, dtype=np.float32)


def _value(fact: str, value: str) -> Value:
    return fact, ANY if fact == "necessity" else value


def _row(text: str) -> Row:
    note = Document(doc_id="note", text=text)
    normalized = pipeline().analyse(note).normalized
    return Row(words_of(normalized, 0, len(normalized)), (), "description", kind_of(note.type))
