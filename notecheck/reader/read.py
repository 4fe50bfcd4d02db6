"""Reads sentences by the model: which values each may tell, how likely, and by which word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic

from notecheck.reader.features import Row, kind_of, word_spans, words_of
from notecheck.reader.model import ReaderModel
from notecheck.statements.statement import S, Sentence

LEAST = 0.05  # a score below it is no reading
_NO_SECTION = "none"


@dataclass(frozen=True, slots=True)
class Reading(Generic[S]):
    """A value that `sentence` may tell. `start:end` is the word that weighed most."""

    fact: str
    value: str
    sentence: S
    start: int
    end: int
    score: float  # 0 to 1


def rows_of(normalized: str, sentences: Sequence[Sentence], document_type: str) -> list[Row]:
    """What the model reads of each sentence of a document."""
    words = [(), *(words_of(normalized, s.start, s.end) for s in sentences), ()]
    kind = kind_of(document_type)
    return [
        Row(
            words=words[place],
            beside=words[place - 1] + words[place + 1],
            section=sentence.category or _NO_SECTION,
            kind=kind,
        )
        for place, sentence in enumerate(sentences, 1)
    ]


def read(
    normalized: str, sentences: Sequence[S], document_type: str, model: ReaderModel
) -> list[Reading[S]]:
    """The readings of a document, in the order of its sentences."""
    rows = rows_of(normalized, sentences, document_type)
    scores = model.scores(rows)
    told = scores >= LEAST
    found = []
    for place in told.any(axis=1).nonzero()[0].tolist():
        sentence, columns = sentences[place], told[place].nonzero()[0].tolist()
        cores = _cores(normalized, sentence, rows[place].words, model, columns)
        for column, (start, end) in zip(columns, cores, strict=True):
            fact, value = model.values[column]
            found.append(Reading(fact, value, sentence, start, end, float(scores[place, column])))
    return found


def _cores(
    normalized: str,
    sentence: Sentence,
    words: Sequence[str],
    model: ReaderModel,
    columns: Sequence[int],
) -> list[tuple[int, int]]:
    """The word that weighs most for each value: a cue beside it, even the next, speaks of it."""
    if not words:
        return [(sentence.start, sentence.end)] * len(columns)
    places = word_spans(normalized, sentence.start, sentence.end)
    return [places[heaviest] for heaviest in model.heaviest(words, columns)]
