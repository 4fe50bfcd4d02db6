"""Reads what was done and what was found apart, each by the word lists that its own frames name.

A word belongs to the longest phrase of any list, and things shape the clauses. Were all lists
looked up together, a name of a disease could change how a closure is read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from notecheck.rules.model import FrameRecord, TermRecord
from notecheck.rules.word_lists import GRAMMAR
from notecheck.statements.find import S, Statement, StatementFinder

_KEYS = (
    "told_by", "act", "part", "where", "also", "then", "beside", "only", "mask", "near",
    "not_part", "not_where", "not_near", "nowhere", "unless",
)  # fmt: skip


class Statements:
    """All frames: those of facts that are `findings`, and those of acts."""

    def __init__(
        self,
        terms: Sequence[TermRecord],
        irregular: Mapping[str, tuple[str, ...]],
        frames: Sequence[FrameRecord],
        findings: frozenset[str],
    ) -> None:
        seen = [frame for frame in frames if frame.fact in findings]
        done = [frame for frame in frames if frame.fact not in findings]
        of_seen = _lists(seen, terms)
        of_done = _lists(done, terms)
        self._finders = [
            StatementFinder(
                [t for t in terms if t.id not in of_seen or t.id in of_done], irregular, done
            )
        ]
        if seen:
            own = [t for t in terms if t.id in of_seen]
            self._finders.append(StatementFinder(own, irregular, seen, findings))

    @property
    def vocabulary(self) -> frozenset[str]:
        """Every word of the lists, in every form."""
        return frozenset().union(*(finder.vocabulary for finder in self._finders))

    def find(self, normalized: str, sentences: Sequence[S]) -> list[Statement[S]]:
        """All statements of all frames; offsets are into `normalized`."""
        return [said for finder in self._finders for said in finder.find(normalized, sentences)]


def _lists(frames: Iterable[FrameRecord], terms: Sequence[TermRecord]) -> frozenset[str]:
    """The word lists that frames name, the pairs of compounds among them, and the grammar."""
    named = set(GRAMMAR)
    for frame in frames:
        for key in _KEYS:
            named.update(entry.rpartition(" ")[2] for entry in getattr(frame, key))
    compounds = [t for t in terms if t.kind == "compound"]
    for _ in compounds:  # a compound may be made of compounds
        for term in compounds:
            if term.id in named:
                named.update(part for pair in term.words for part in pair.split())
    return frozenset(named)
