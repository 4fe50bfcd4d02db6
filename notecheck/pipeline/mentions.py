"""What the pipeline finds in one document."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cached_property
from operator import attrgetter
from typing import Any, Generic, TypeVar

from notecheck.models import Document, Evidence, ExclusionReason
from notecheck.pipeline.repair import Repaired
from notecheck.pipeline.section import Section

Kept = TypeVar("Kept")
# The facts that say why a limb was operated on.
REASONS = frozenset({"indication", "vague_indication", "necessity"})


@dataclass(frozen=True, slots=True)
class Sentence:
    """`text[start:end]`; `index` counts the document's sentences."""

    index: int
    start: int
    end: int
    section: Section
    category: str | None = field(init=False)  # its section's

    def __post_init__(self) -> None:
        object.__setattr__(self, "category", self.section.category)


@dataclass(slots=True)
class Mention:
    """A phrase that a rule found, `text[start:end]`, and how its context says to take it.

    `reason` is why it does not count, or None; `cue` is the id of the context rule or section that
    says so. `groups` holds the pattern's named groups that took part, as (start, end).
    """

    rule: str
    fact: str
    value: str
    start: int
    end: int
    sentence: Sentence
    groups: dict[str, tuple[int, int]] = field(default_factory=dict)
    reason: ExclusionReason | None = None
    cue: str | None = None
    clause: tuple[int, int] | None = None  # (start, end) of the clause that says it, where known
    parts: tuple[tuple[str, str], ...] = ()  # the parts of the frame that found it, each a word
    tells: frozenset[str] = frozenset()  # what its rule declares of such words; see rules.model
    score: float | None = None  # 0 to 1, of a reading: how likely the second reader takes it

    def copy(self) -> Mention:
        """The same, to be marked by itself; `dataclasses.replace` takes four times as long."""
        return Mention(*_all_of(self))

    @property
    def counts(self) -> bool:
        return self.reason is None

    def meets(self, other: Mention) -> bool:
        """Whether the two share a character; both are of one document."""
        return self.start < other.end and other.start < self.end

    @property
    def category(self) -> str | None:
        return self.sentence.category


_all_of = attrgetter(*(told.name for told in fields(Mention)))


@dataclass(frozen=True, slots=True, eq=False)
class Once(Generic[Kept]):
    """A name for what a later room works out of a document once, and of what type that is."""

    says: str


@dataclass
class AnalysedDocument:
    """A document with its sections, sentences and mentions, in text order, as far as they are read.

    Their offsets are into the repaired text, of which `normalized` is the same-length copy that
    is matched; `evidence` and `quote` lead back to the text as given.
    """

    document: Document
    repaired: Repaired
    normalized: str
    sections: list[Section] = field(default_factory=list)
    sentences: list[Sentence] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    readings: list[Mention] = field(default_factory=list)  # of the second reader; see `said`

    # By what the mentions are asked for, once somebody asks: a reading has several stages.
    @cached_property
    def categories(self) -> frozenset[str | None]:
        """Those of its sentences."""
        return frozenset(sentence.category for sentence in self.sentences)

    @cached_property
    def _by_fact(self) -> dict[str, list[Mention]]:
        found: dict[str, list[Mention]] = {}
        for mention in self.mentions:
            found.setdefault(mention.fact, []).append(mention)
        return found

    @cached_property
    def _by_sentence(self) -> dict[int, list[Mention]]:
        return by_sentence(self.mentions)

    @cached_property
    def _readings_by_sentence(self) -> dict[int, list[Mention]]:
        return by_sentence(self.readings)

    @cached_property
    def _by_sentence_and_fact(self) -> dict[int, dict[str, list[Mention]]]:
        found: dict[int, dict[str, list[Mention]]] = {}
        for mention in self.mentions:
            facts = found.setdefault(mention.sentence.index, {})
            facts.setdefault(mention.fact, []).append(mention)
        return found

    @cached_property
    def _sentences_telling(self) -> dict[tuple[str, str], list[int]]:
        found: dict[tuple[str, str], list[int]] = {}
        for mention in self.mentions:
            found.setdefault((mention.fact, mention.value), []).append(mention.sentence.index)
        return found

    @cached_property
    def _quoted(self) -> dict[tuple[int, int, str | None, str | None], Evidence]:
        """The evidence items made so far: facts ask for the same words over and over."""
        return {}

    @cached_property
    def _kept(self) -> dict[Once[Any], Any]:
        return {}

    def once(self, name: Once[Kept], work_out: Callable[[], Kept]) -> Kept:
        """What a later room works out of it, at the first call; it may not lead back to it."""
        if name not in self._kept:
            self._kept[name] = work_out()
        kept: Kept = self._kept[name]
        return kept

    @property
    def said(self) -> list[Mention]:
        """Mentions and readings alike: what context, limbs and operations speak of.

        A reading is a mention that the second reader makes; rules never ask for one.
        """
        return [*self.mentions, *self.readings]

    def of(self, *facts: str) -> Iterator[Mention]:
        """The mentions of these facts, in text order."""
        told = [fact for fact in facts if fact in self._by_fact]
        if len(told) < 2:
            return iter(self._by_fact[told[0]] if told else ())
        return (mention for mention in self.mentions if mention.fact in told)

    def last_before(self, sentence: Sentence, fact: str, value: str) -> int:
        """The index of the last sentence before one that tells this of a fact; -1 for none."""
        told = self._sentences_telling.get((fact, value), [])
        place = bisect_left(told, sentence.index)
        return told[place - 1] if place else -1

    def beside(self, mention: Mention) -> Sequence[Mention]:
        """The mentions of the same sentence, in text order, itself among them."""
        return self.within(mention.sentence)

    def within(self, sentence: Sentence) -> Sequence[Mention]:
        """The mentions of a sentence, in text order."""
        return self._by_sentence.get(sentence.index, ())

    def facts_of(self, sentence: Sentence) -> Mapping[str, Sequence[Mention]]:
        """The mentions of a sentence, in text order, by their facts."""
        return self._by_sentence_and_fact.get(sentence.index, {})

    def read_in(self, sentence: Sentence) -> Sequence[Mention]:
        """The readings of a sentence."""
        return self._readings_by_sentence.get(sentence.index, ())

    def words(self, mention: Mention) -> str:
        return self.normalized[mention.start : mention.end]

    def sentence_text(self, sentence: Sentence) -> str:
        return self.normalized[sentence.start : sentence.end]

    def sentence_at(self, offset: int) -> Sentence:
        place = bisect_right(self.sentences, offset, key=lambda sentence: sentence.start)
        return self.sentences[max(0, place - 1)]

    def evidence(self, mention: Mention) -> Evidence:
        """The mention as an evidence item."""
        return self.quote(mention.start, mention.end, mention.category, mention.rule)

    def quote(
        self, start: int, end: int, section: str | None = None, rule: str | None = None
    ) -> Evidence:
        """An evidence item for these offsets into the repaired text."""
        key = start, end, section, rule
        if key not in self._quoted:
            self._quoted[key] = self._evidence(*key)
        return self._quoted[key]

    def _evidence(self, start: int, end: int, section: str | None, rule: str | None) -> Evidence:
        given_start, given_end = self.repaired.given(start, end)
        return Evidence(
            doc_id=self.document.doc_id,
            start=given_start,
            end=given_end,
            text=self.document.text[given_start:given_end],
            section=section,
            rule=rule,
            page=self.document.page(given_start),
        )


def by_sentence(mentions: Iterable[Mention]) -> dict[int, list[Mention]]:
    """The mentions of each sentence, by its index, in the order given."""
    found: dict[int, list[Mention]] = {}
    for mention in mentions:
        found.setdefault(mention.sentence.index, []).append(mention)
    return found


def in_text_order(mentions: Iterable[Mention]) -> list[Mention]:
    """By place, then by what is told: a rule's name or file has no say in the order."""
    return sorted(mentions, key=_place)


def _place(mention: Mention) -> tuple[object, ...]:
    return (
        mention.start,
        -mention.end,
        mention.fact,
        mention.value,
        sorted(mention.tells) if mention.tells else [],
        sorted(mention.groups.items()) if mention.groups else [],
    )
