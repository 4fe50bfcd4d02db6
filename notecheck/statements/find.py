"""Finds what sentences say, by the frames."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from notecheck.rules.model import FrameRecord, TermRecord
from notecheck.rules.pattern import Pattern
from notecheck.rules.word_lists import (
    A_DATE,
    GRAMMAR,
    OTHER_ACT,
    lists_named,
    lists_of_phrases,
)
from notecheck.statements.fact_reader import FactReader, Line
from notecheck.statements.frames import Frame
from notecheck.statements.inserted_clauses import inserted_clauses, without
from notecheck.statements.phrase_frames import PhraseFinder
from notecheck.statements.possible import PossibleFrames
from notecheck.statements.statement import S, Statement
from notecheck.statements.terms import TermIndex


class StatementFinder:
    """Reads sentences by word lists and frames.

    Each fact is read with the lists that its own frames name, the grammar, and the lists that no
    frame names: a phrase added for one fact never takes a word from another's. All facts share
    one look at a sentence's words, which tells what frames could find something in it.
    """

    def __init__(
        self,
        terms: Iterable[TermRecord],
        irregular: Mapping[str, tuple[str, ...]],
        frames: Sequence[FrameRecord],
        findings: frozenset[str] = frozenset(),
        entities: Mapping[str, Pattern] | None = None,
    ) -> None:
        said = [record for record in frames if record.phrases]
        spoken = lists_of_phrases(said, terms := list(terms))
        self._phrases = PhraseFinder(
            [term for term in terms if term.id in spoken],
            irregular,
            [one for record in said for one in record.spread()],
            entities or {},
        )
        frames = [one for record in frames if not record.phrases for one in record.spread()]
        unsaid = lists_named(frames, terms) | GRAMMAR
        terms = [term for term in terms if term.id in unsaid]
        by_fact: dict[str, list[FrameRecord]] = {}
        for record in frames:
            by_fact.setdefault(record.fact, []).append(record)
        lists = [GRAMMAR | lists_named(records, terms) for records in by_fact.values()]
        read_with = [of_fact | {A_DATE, OTHER_ACT} for of_fact in lists]
        made = [[Frame(record) for record in records] for records in by_fact.values()]
        self._index = TermIndex(terms, irregular, read_with)
        self._frames = PossibleFrames(made, read_with, self._index)
        self._readers = [
            FactReader(place, self._index, self._frames, terms, of_fact, finding=fact in findings)
            for place, (fact, of_fact) in enumerate(zip(by_fact, lists, strict=True))
        ]

    @property
    def vocabulary(self) -> frozenset[str]:
        """Every word of the lists, in every form."""
        return self._index.vocabulary

    @property
    def spoken(self) -> frozenset[str]:
        """Every word of the phrases and their lists."""
        return self._phrases.vocabulary

    def opens_with(self, fact: str, opening: str) -> bool:
        """Whether the phrases of a fact stand in the normalised beginning of a document."""
        return self._phrases.tell(fact, opening)

    def find(self, normalized: str, sentences: Iterable[S]) -> list[Statement[S]]:
        """All statements, in text order; offsets are into `normalized`."""
        sentences = list(sentences)
        seen: dict[str, Line] = {}
        lines = []
        for sentence in sentences:
            text = normalized[sentence.start : sentence.end]
            if text not in seen:
                seen[text] = Line(text, self._index, self._frames)
            lines.append(seen[text])
        found = [s for reader in self._readers for s in reader.find(lines, sentences)]
        opens = not normalized[: sentences[0].start].strip() if sentences else False
        found += self._phrases.find(lines, sentences, opens=opens)
        found += self._over_insertions(lines, sentences)
        return sorted(found, key=lambda s: (s.start, -s.end, s.rule))

    def _over_insertions(self, lines: Sequence[Line], sentences: Sequence[S]) -> list[Statement[S]]:
        """What phrases tell that a clause between a subject and its verb interrupts."""
        parted = [
            (Line(without(line.text, clauses), self._index, self._frames), sentence, clauses)
            for line, sentence in zip(lines, sentences, strict=True)
            if (clauses := inserted_clauses(line))
        ]
        over = {sentence.start: clauses for _, sentence, clauses in parted}
        told = self._phrases.find([p[0] for p in parted], [p[1] for p in parted], opens=False)
        return [
            s
            for s in told
            if any(
                s.start - s.sentence.start < start and end < s.end - s.sentence.start
                for start, end in over[s.sentence.start]
            )
        ]
