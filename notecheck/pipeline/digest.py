"""What ConText is given of a note: the sentences with a mention and a cue for it, one a line.

A sentence with a clause between its subject and its verb is given twice: without the clause, so
that what the clause says reaches nothing behind it and ends nothing, and whole, for what stands in
the clause and for what the clause is told of.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Span

from notecheck.pipeline.doc import set_sentence_starts
from notecheck.pipeline.mentions import Mention, Sentence
from notecheck.statements.inserted_clauses import inserted_clauses, without
from notecheck.statements.words import Wording


@dataclass(frozen=True, slots=True)
class Line:
    """The words of a sentence that begins at `start` of the note, and the mentions to be marked.

    Of a whole sentence that is given a second time `inserted` are the clauses that it is given for.
    """

    start: int
    text: str
    mentions: Sequence[Mention]
    inserted: Sequence[tuple[int, int]] = ()

    def hears(self, mention: Mention, cue: int) -> bool:
        """Whether the cue at this offset of the note may speak of the mention in this line."""
        if not self.inserted or _is_in(mention.start, self.inserted):
            return True
        return any(
            start <= cue < end and (mention.end <= start or _runs_into(mention, start, end))
            for start, end in self.inserted
        )


def lines_of(normalized: str, sentence: Sentence, mentions: Sequence[Mention]) -> list[Line]:
    """The lines by which ConText marks these mentions of a sentence."""
    start, text = sentence.start, normalized[sentence.start : sentence.end]
    clauses = inserted_clauses(Wording(text))
    if not clauses:
        return [Line(start, text, mentions)]
    inserted = [(start + first, start + last) for first, last in clauses]
    outer = [m for m in mentions if not _is_in(m.start, inserted)]
    before_last = [
        m
        for m in mentions
        if m not in outer
        or m.end <= inserted[-1][0]
        or any(_runs_into(m, first, last) for first, last in inserted)
    ]
    return [Line(start, without(text, clauses), outer), Line(start, text, before_last, inserted)]


def _runs_into(mention: Mention, start: int, end: int) -> bool:
    """Whether it ends within a clause that it stands before: "the muscle that was sewn over it"."""
    return mention.start < start < mention.end <= end


def _is_in(place: int, stretches: Sequence[tuple[int, int]]) -> bool:
    return any(start <= place < end for start, end in stretches)


class Digest:
    """A few lines as a `Doc`, and where its tokens stand in the note."""

    def __init__(self, lines: Sequence[Line], tokenize: Callable[[str], Doc]) -> None:
        self.lines = lines
        self._starts: list[int] = []
        length = 0
        for line in lines:
            self._starts.append(length)
            length += len(line.text) + 1
        self.doc = tokenize("\n".join(line.text for line in lines))
        after_line = {token.i + 1 for token in self.doc if token.text == "\n"}
        set_sentence_starts(self.doc, after_line)

    def span(self, place: int, mention: Mention) -> Span | None:
        """The tokens of a mention in the line at this place."""
        shift = self._starts[place] - self.lines[place].start
        return self.doc.char_span(
            mention.start + shift, mention.end + shift, label=mention.fact, alignment_mode="expand"
        )

    def in_note(self, first: int, last: int) -> tuple[int, int]:
        """The stretch of the note for these tokens, which are of one line."""
        span = self.doc[first:last]
        place = bisect_right(self._starts, span.start_char) - 1
        shift = self.lines[place].start - self._starts[place]
        return span.start_char + shift, span.end_char + shift
