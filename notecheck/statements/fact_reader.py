"""Reads sentences for one fact, by its own frames and lists."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from notecheck.rules.model import TermRecord
from notecheck.rules.word_lists import AUXILIARY, DENY_THING, PRONOUN
from notecheck.statements.clauses import Clause, ClauseFinder
from notecheck.statements.denial import only_possible, unreal
from notecheck.statements.frames import Frame, Told
from notecheck.statements.insertions import parted
from notecheck.statements.possible import PossibleFrames
from notecheck.statements.roles import give_roles, is_act
from notecheck.statements.statement import S, Statement
from notecheck.statements.terms import Hit, TermIndex
from notecheck.statements.words import Wording

_PRONOUN = frozenset({PRONOUN})


class Line(Wording):
    """A sentence by itself: its words, the phrases in them, and the frames that are possible.

    It keeps as well how facts read it, by their places, for all the places where it stands.
    """

    __slots__ = ("classes", "hits", "matches", "possible", "reads")

    def __init__(self, text: str, index: TermIndex, frames: PossibleFrames) -> None:
        super().__init__(text)
        self.matches = index.look_up(self.texts)
        self.possible = frames.among(self.matches)
        self.classes: dict[int, frozenset[str]] = {}  # the lists whose words a fact takes in it
        self.hits: dict[int, list[Hit]] = {}  # by which they were told, for the first reading
        self.reads: dict[tuple[int, frozenset[str]], _Read] = {}  # by what is told of before it


@dataclass(slots=True)
class _Read:
    """A sentence as a fact's frames read it, offsets from its own beginning.

    `told` is what they find, by the category of its section and the lists whose words stand
    beside it.
    """

    clauses: list[Clause]
    things: frozenset[str]  # the lists of things whose words stand in it, or are stood for
    told: dict[tuple[str, frozenset[str]], list[Statement[Any]]] = field(default_factory=dict)


class FactReader:
    """Reads sentences for one fact, the fact at this `place` among all."""

    def __init__(
        self,
        place: int,
        index: TermIndex,
        frames: PossibleFrames,
        terms: Iterable[TermRecord],
        lists: Container[str],
        *,
        finding: bool,
    ) -> None:
        self._place = place
        self._index = index
        self._frames = frames
        self._finding = finding
        kinds = {t.id: "noun" if t.kind == "compound" else t.kind for t in terms if t.id in lists}
        self._things = frozenset(n for n, kind in kinds.items() if kind in ("noun", "material"))
        self._nouns = frozenset(n for n, kind in kinds.items() if kind == "noun")
        self._clauses = ClauseFinder(kinds)
        self._about = frames.about(place) | _PRONOUN  # which stands for what was told before

    def find(self, lines: Sequence[Line], sentences: Sequence[S]) -> Iterator[Statement[S]]:
        """Its statements; `lines` are the sentences by themselves."""
        mine = self._frames.of_fact[self._place]
        may_stand: dict[int, frozenset[str]] = {}
        stand: dict[int, frozenset[str]] = {}
        for place, (line, sentence) in enumerate(zip(lines, sentences, strict=True)):
            possible = line.possible & mine
            if not possible:
                continue
            category = sentence.category or "none"
            possible &= self._frames.reading(category)
            if not possible:
                continue
            classes = self._classes(line)
            # First by what a pronoun may stand for at most, which asks for no clauses.
            things = self._things_before(lines, place, may_stand, self._named)
            if things and self._frames.meant(possible, classes, things):
                things = self._things_before(lines, place, stand, self._told_of)
            meant = self._frames.meant(possible, classes, things)
            beside = self._beside(lines, place, meant)
            meant = [f for f in meant if not f.beside or f.beside & beside]
            if meant:
                key = category, beside
                yield from self._statements(self._read(line, things), line, meant, sentence, key)

    def _classes(self, line: Line) -> frozenset[str]:
        """The lists whose words the fact takes in a sentence."""
        known = line.classes.get(self._place)
        if known is None:
            hits = line.hits[self._place] = self._index.hits(line.matches, self._place)
            known = line.classes[self._place] = frozenset().union(*[hit.classes for hit in hits])
        return known

    def _things_before(
        self,
        lines: Sequence[Line],
        place: int,
        known: dict[int, frozenset[str]],
        told_of: Callable[[Line, frozenset[str]], frozenset[str]],
    ) -> frozenset[str]:
        """The lists of things that a pronoun of a sentence may stand for; none without a pronoun.

        A pronoun of the sentence before may stand for what the one before that tells of, and so
        on. `told_of` gives what a sentence tells of; `known` is what was found so, by the sentence.
        """
        first = place
        while first and first not in known and PRONOUN in self._classes(lines[first]):
            first -= 1
        things = known.get(first, frozenset())
        for at in range(first, place):
            things = known[at + 1] = told_of(lines[at], things)
        return things

    def _named(self, line: Line, before: frozenset[str]) -> frozenset[str]:
        """The lists of the things that a sentence may tell of, one after `before`."""
        classes = self._classes(line)
        own = classes & self._things
        return own | before if PRONOUN in classes else own

    def _told_of(self, line: Line, before: frozenset[str]) -> frozenset[str]:
        """The lists of the things that it does tell of."""
        classes = self._classes(line)
        return self._read(line, before).things if PRONOUN in classes else classes & self._things

    def _beside(self, lines: Sequence[Line], place: int, frames: Iterable[Frame]) -> frozenset[str]:
        """The lists whose words stand in a sentence or a neighbour, if a frame asks for them."""
        if not any(frame.beside for frame in frames):
            return frozenset()
        near = map(self._classes, lines[max(0, place - 1) : place + 2])
        return frozenset().union(*(classes for classes in near if classes & self._about))

    def _read(self, line: Line, before: frozenset[str]) -> _Read:
        """A sentence after one in which the lists of things `before` are told of."""
        known = line.reads.get((self._place, before))
        if known is None:
            # Each reading gives its hits roles of its own.
            hits = line.hits.pop(self._place, None)
            if hits is None:
                hits = self._index.hits(line.matches, self._place)
            parts = parted(line.words, hits, self._things)
            clauses = [c for words, own in parts for c in self._clauses.clauses(words, own)]
            give_roles(clauses, before, self._things, self._nouns)
            told = [hit.classes for clause in clauses for hit in clause.hits]
            things = frozenset().union(*told) & self._things
            known = line.reads[self._place, before] = _Read(clauses, things)
        return known

    def _statements(
        self,
        read: _Read,
        line: Line,
        frames: Sequence[Frame],
        sentence: S,
        key: tuple[str, frozenset[str]],
    ) -> Iterator[Statement[S]]:
        if key not in read.told:
            read.told[key] = list(self._told(read.clauses, frames, self._classes(line), key[1]))
        start = sentence.start
        for told in read.told[key]:
            clause = told.clause and (start + told.clause[0], start + told.clause[1])
            yield Statement(
                told.rule,
                told.fact,
                told.value,
                start + told.start,
                start + told.end,
                sentence,
                clause,
                told.reason,
                told.cue,
                told.parts,
                told.tells,
            )

    def _told(
        self,
        clauses: Sequence[Clause],
        frames: Sequence[Frame],
        in_sentence: frozenset[str],
        beside: frozenset[str],
    ) -> Iterator[Statement[Any]]:
        carried: list[Hit] = []
        for clause in clauses:
            classes = frozenset().union(*[hit.classes for hit in clause.hits])
            acts = [hit for hit in clause.hits if hit.form is not None and is_act(clause, hit)]
            about = [frame for frame in frames if not frame.about.isdisjoint(classes)]
            if about:
                named = [hit.classes for hit in clause.hits if _names(hit)]
                of_names = frozenset().union(*named)
                told = Told(clause, classes, of_names, acts, carried, in_sentence, beside)
            for frame in about:
                roles = frame.match(told)
                if roles:
                    seen = self._finding and not frame.record.denied
                    reason, cue = (None, None) if seen else unreal(clause, roles, frame.record)
                    if seen and only_possible(clause, roles):
                        reason, cue = "hypothetical", AUXILIARY
                    if seen and frame.denied_beside(clause, roles):
                        reason, cue = "negated", DENY_THING
                    if frame.record.denied:
                        # "closed without it" denies a thing, and not that it was closed
                        if reason != "negated" or (frame.record.act and cue == DENY_THING):
                            continue
                        reason = cue = None
                    yield Statement(
                        frame.record.id,
                        frame.record.fact,
                        frame.record.value,
                        clause.words[min(hit.first for hit in roles)].start,
                        clause.words[max(hit.last for hit in roles)].end,
                        None,
                        None if seen else clause.span,
                        reason,
                        cue,
                        tuple((p, _text(clause, hit)) for p, hit in frame.parts(roles)),
                        frame.record.tells,
                    )
            carried = acts or carried


def _names(hit: Hit) -> bool:
    """Whether a hit may forbid a frame: no pronoun, no "detached" of "the detached tendon"."""
    return PRONOUN not in hit.classes and not (hit.attributive and hit.form is not None)


def _text(clause: Clause, hit: Hit) -> str:
    return " ".join(word.text for word in clause.words[hit.first : hit.last + 1])
