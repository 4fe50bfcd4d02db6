"""Finds what sentences say, by the frames."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Generic, Protocol, TypeVar

from notecheck.models import ExclusionReason
from notecheck.rules.model import FrameRecord, TermRecord
from notecheck.rules.word_lists import GRAMMAR, lists_named
from notecheck.statements.clauses import Clause, ClauseFinder
from notecheck.statements.denial import THING, unreal
from notecheck.statements.frames import Frame, Told
from notecheck.statements.roles import give_roles, is_act
from notecheck.statements.terms import Hit, TermIndex
from notecheck.statements.words import texts_of, words_of


class Sentence(Protocol):
    """`start` and `end` are offsets into the text; `category` is that of its section."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def category(self) -> str | None: ...


S = TypeVar("S", bound=Sentence)
_MOST_KNOWN = 100  # sentences that a reader of one fact keeps


@dataclass(frozen=True, slots=True)
class Statement(Generic[S]):
    """What the frame `rule` finds at `start:end`, in the clause at the offsets `clause`.

    `reason` is why the clause does not tell it as done, and `cue` the list whose word says so.
    A finding has no clause of its own: what its sentence says of it is left to ConText.
    """

    rule: str
    fact: str
    value: str
    start: int
    end: int
    sentence: S
    clause: tuple[int, int] | None
    reason: ExclusionReason | None
    cue: str | None
    parts: tuple[tuple[str, str], ...]  # ("act fix", "tied"): the frame's lists and their words
    tells: frozenset[str]  # what else the frame declares of such words


@dataclass(slots=True)
class _Read:
    """A sentence by itself, offsets from its own beginning: notes repeat their sentences.

    `clauses` are None where no word stands that a frame is about. `told` is what its frames find,
    by the category of its section and the lists whose words stand beside it.
    """

    clauses: list[Clause] | None
    classes: frozenset[str]
    things: frozenset[str]  # the lists of things whose words stand in it
    told: dict[tuple[str, frozenset[str]], list[Statement[Any]]] = field(default_factory=dict)


class StatementFinder:
    """Reads sentences by word lists and frames.

    Each fact is read with the lists that its own frames name, the grammar, and the lists that no
    frame names: a phrase added for one fact never takes a word from another's.
    """

    def __init__(
        self,
        terms: Iterable[TermRecord],
        irregular: Mapping[str, tuple[str, ...]],
        frames: Sequence[FrameRecord],
        findings: frozenset[str] = frozenset(),
    ) -> None:
        terms = list(terms)
        frames = [one for record in frames for one in record.spread()]
        by_fact: dict[str, list[FrameRecord]] = {}
        for record in frames:
            by_fact.setdefault(record.fact, []).append(record)
        common = GRAMMAR | {t.id for t in terms} - lists_named(frames, terms)
        self._readers = [
            _FactReader(
                [t for t in terms if t.id in common | lists_named(records, terms)],
                irregular,
                records,
                finding=fact in findings,
            )
            for fact, records in by_fact.items()
        ]

    @property
    def vocabulary(self) -> frozenset[str]:
        """Every word of the lists, in every form."""
        return frozenset().union(*(reader.vocabulary for reader in self._readers))

    def find(self, normalized: str, sentences: Iterable[S]) -> list[Statement[S]]:
        """All statements, in text order; offsets are into `normalized`."""
        sentences = list(sentences)
        own = [normalized[s.start : s.end] for s in sentences]
        words = {text: frozenset(texts_of(text, 0, len(text))) for text in own}
        found = [s for reader in self._readers for s in reader.find(own, sentences, words)]
        return sorted(found, key=lambda s: (s.start, -s.end, s.rule))


class _FactReader:
    """Reads sentences for one fact.

    A sentence costs one look at its words, unless it holds a word that a frame is about.
    """

    def __init__(
        self,
        terms: Sequence[TermRecord],
        irregular: Mapping[str, tuple[str, ...]],
        frames: Sequence[FrameRecord],
        *,
        finding: bool,
    ) -> None:
        self._finding = finding
        self._index = TermIndex(terms, irregular)
        self._things = frozenset(
            name for name, kind in self._index.kinds.items() if kind in ("noun", "material")
        )
        self._nouns = frozenset(n for n, kind in self._index.kinds.items() if kind == "noun")
        self._clauses = ClauseFinder(self._index.kinds)
        self._frames = [Frame(record) for record in frames]
        about = frozenset().union(*(frame.about for frame in self._frames))
        self._about = about | {"pronoun"}  # which stands for what was told before
        self._first_words = self._index.first_words(self._about)
        self._known: dict[tuple[str, frozenset[str]], _Read] = {}

    @property
    def vocabulary(self) -> frozenset[str]:
        """Every word of its lists, in every form."""
        return self._index.vocabulary

    def find(
        self,
        texts: Sequence[str],
        sentences: Sequence[S],
        words: Mapping[str, frozenset[str]],
    ) -> Iterator[Statement[S]]:
        """Its statements; `words` are those of each text, which are the sentences' own."""
        reads: list[_Read | None] = []
        things: frozenset[str] | None = frozenset()  # of the text before; None: not looked for
        before = ""
        for text in texts:
            read = None
            # Whether a word of the sentence can begin what a frame is about.
            if self._first_words is None or not self._first_words.isdisjoint(words[text]):
                if things is None:
                    hits = self._index.find(words_of(before, 0, len(before)))
                    things = self._things_of(hits)
                read = self._read(text, things)
            reads.append(read)
            before, things = text, read.things if read else None
        for place, read in enumerate(reads):
            if read is not None and read.clauses is not None:
                near = reads[max(0, place - 1) : place + 2]
                beside = frozenset().union(*(r.classes for r in near if r and r.clauses))
                yield from self._statements(read, read.clauses, sentences[place], beside)

    def _things_of(self, hits: Iterable[Hit]) -> frozenset[str]:
        return frozenset().union(*(hit.classes for hit in hits)) & self._things

    def _read(self, text: str, before: frozenset[str]) -> _Read:
        """A sentence after one in which the lists of things `before` are told of."""
        known = self._known.get((text, before))
        if known is None:
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            known = self._known[text, before] = self._read_anew(text, before)
        return known

    def _read_anew(self, text: str, before: frozenset[str]) -> _Read:
        words = words_of(text, 0, len(text))
        hits = self._index.find(words)
        classes = frozenset().union(*(hit.classes for hit in hits))
        clauses = None
        if classes & self._about:
            clauses = self._clauses.clauses(words, hits)
            give_roles(clauses, before, self._things, self._nouns)
        return _Read(clauses, classes, self._things_of(hits))

    def _statements(
        self, read: _Read, clauses: Sequence[Clause], sentence: S, beside: frozenset[str]
    ) -> Iterator[Statement[S]]:
        key = sentence.category or "none", beside
        if key not in read.told:
            read.told[key] = list(self._told(clauses, read.classes, *key))
        start = sentence.start
        for told in read.told[key]:
            clause = told.clause and (start + told.clause[0], start + told.clause[1])
            yield replace(
                told,
                start=start + told.start,
                end=start + told.end,
                sentence=sentence,
                clause=clause,
            )

    def _told(
        self,
        clauses: Sequence[Clause],
        in_sentence: frozenset[str],
        category: str,
        beside: frozenset[str],
    ) -> Iterator[Statement[Any]]:
        carried: list[Hit] = []
        for clause in clauses:
            classes = frozenset().union(*(h.classes for h in clause.hits))
            named = (h.classes for h in clause.hits if "pronoun" not in h.classes)
            named_classes = frozenset().union(*named)
            acts = [hit for hit in clause.hits if is_act(clause, hit)]
            told = Told(clause, classes, named_classes, acts, carried, in_sentence, beside)
            for frame in self._frames:
                if not (frame.about & classes and frame.reads(category)):
                    continue
                roles = frame.match(told)
                if roles:
                    seen = self._finding and not frame.record.denied
                    reason, cue = (None, None) if seen else unreal(clause, roles, frame.record)
                    if frame.record.denied:
                        # "closed without it" denies a thing, and not that it was closed
                        if reason != "negated" or (frame.record.act and cue == THING):
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


def _text(clause: Clause, hit: Hit) -> str:
    return " ".join(word.text for word in clause.words[hit.first : hit.last + 1])
