"""Finds what sentences say, by the frames."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from notecheck.models import ExclusionReason
from notecheck.rules.model import FrameRecord, TermRecord
from notecheck.rules.word_lists import GRAMMAR, lists_named
from notecheck.statements.clauses import Clause, ClauseFinder
from notecheck.statements.denial import THING, unreal
from notecheck.statements.frames import Frame, Told
from notecheck.statements.roles import give_roles, is_act
from notecheck.statements.terms import Hit, TermIndex
from notecheck.statements.words import Word, texts_of, words_of


class Sentence(Protocol):
    """`start` and `end` are offsets into the text; `category` is that of its section."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def category(self) -> str | None: ...


S = TypeVar("S", bound=Sentence)


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


@dataclass(slots=True)
class _Read(Generic[S]):
    """A sentence in which some word of the lists stands."""

    sentence: S
    clauses: list[Clause]
    classes: frozenset[str]


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
        texts = [frozenset(texts_of(normalized, s.start, s.end)) for s in sentences]
        words = _Words(normalized)
        found = [s for reader in self._readers for s in reader.find(words, sentences, texts)]
        return sorted(found, key=lambda s: (s.start, -s.end, s.rule))


class _Words(dict[tuple[int, int], list[Word]]):
    """The words of each sentence that is looked into, found once."""

    def __init__(self, normalized: str) -> None:
        super().__init__()
        self._normalized = normalized

    def __missing__(self, span: tuple[int, int]) -> list[Word]:
        self[span] = words_of(self._normalized, *span)
        return self[span]


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

    @property
    def vocabulary(self) -> frozenset[str]:
        """Every word of its lists, in every form."""
        return self._index.vocabulary

    def find(
        self, words: _Words, sentences: Sequence[S], texts: Sequence[frozenset[str]]
    ) -> Iterator[Statement[S]]:
        """Its statements; `texts` are the words of each sentence without their places."""
        read: list[_Read[S] | None] = []
        last: list[Hit] | None = []  # the hits of the sentence before; None when not looked for
        before: S | None = None
        for sentence, told_words in zip(sentences, texts, strict=True):
            told = hits = None
            # Whether a word of the sentence can begin what a frame is about.
            if self._first_words is None or not self._first_words.isdisjoint(told_words):
                own = words[sentence.start, sentence.end]
                hits = self._index.find(own)
                classes = frozenset().union(*(hit.classes for hit in hits))
                if classes & self._about:
                    if last is None and before is not None:
                        last = self._index.find(words[before.start, before.end])
                    things = [hit for hit in last or () if hit.classes & self._things]
                    clauses = self._clauses.clauses(own, hits)
                    give_roles(clauses, things, self._things, self._nouns)
                    told = _Read(sentence, clauses, classes)
            read.append(told)
            before, last = sentence, hits
        for place, told in enumerate(read):
            if told is not None:
                near = read[max(0, place - 1) : place + 2]
                beside = frozenset().union(*(r.classes for r in near if r))
                yield from self._of_sentence(told, beside)

    def _of_sentence(self, read: _Read[S], beside: frozenset[str]) -> Iterator[Statement[S]]:
        sentence = read.sentence
        carried: list[Hit] = []
        for clause in read.clauses:
            classes = frozenset().union(*(h.classes for h in clause.hits))
            named = (h.classes for h in clause.hits if "pronoun" not in h.classes)
            named_classes = frozenset().union(*named)
            acts = [hit for hit in clause.hits if is_act(clause, hit)]
            told = Told(clause, classes, named_classes, acts, carried, read.classes, beside)
            for frame in self._frames:
                if not (frame.about & classes and frame.reads(sentence.category or "none")):
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
                        sentence,
                        None if seen else clause.span,
                        reason,
                        cue,
                        tuple((p, _text(clause, hit)) for p, hit in frame.parts(roles)),
                    )
            carried = acts or carried


def _text(clause: Clause, hit: Hit) -> str:
    return " ".join(word.text for word in clause.words[hit.first : hit.last + 1])
