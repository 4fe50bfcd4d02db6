"""The story that a note retells: what belongs to the operations before today's.

"In 2021 the toes turned black. A below-knee amputation was done." A reason told before an earlier
operation, in a passage that has not come to the present between, was that operation's reason; and
what was done after it, with nothing of today between, was done then. The contract: history counts
only where the fact is about history, and the reason of an earlier stage does not count.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from notecheck.pipeline.mentions import AnalysedDocument, Mention, Sentence, by_sentence
from notecheck.rules.files import pattern_file
from notecheck.rules.toml_file import load_toml
from notecheck.rules.word_table import WordTable, any_of, none_before
from notecheck.timeline.acts import Act, acts
from notecheck.timeline.chart import Chart, Found

_CUE = "retold"
_PAST = "past"  # what a mention of an amputation tells that was done before
_STUMP = "existing"  # what a mention of a stump tells
_AMPUTATION = "prior"
_NEXT_SENTENCE = re.compile(r"[\s.]*")
_DENIED = 25  # characters before "a recurrence" in which it is denied


class Retold(WordTable):
    """`patterns/timeline/retold.toml`; see the file's own remarks."""

    told: tuple[str, ...]
    beside: tuple[str, ...]
    parts: tuple[str, ...]
    aside: tuple[str, ...]
    only_who: tuple[str, ...]
    reason_links: tuple[str, ...]
    comes_for: tuple[str, ...]
    recurs: tuple[str, ...]
    itself_recurs: tuple[str, ...]
    not_again: tuple[str, ...]
    present: tuple[str, ...]
    passages: frozenset[str]
    acts_in: frozenset[str]
    no_step: frozenset[str]
    reasons: frozenset[str]
    acts: frozenset[str]


@cache
def retold_data() -> Retold:
    """The file's data, read once. Raises RulesError for a file that is wrong."""
    return load_toml(pattern_file("timeline/retold.toml"), Retold)


def mark_retold(chart: Chart) -> None:
    """Exclude, as history, the reasons and acts of the earlier operations that a story retells."""
    retelling = [document for document in chart.documents if _may_retell(document)]
    steps = [act.found for act in acts(chart) if _is_step(chart, act)] if retelling else []
    for document in retelling:
        told = by_sentence(found.mention for found in steps if found.document is document)
        for passage in _passages(document) if told else ():
            here = [mention for s in passage for mention in told.get(s.index, ())]
            if here:
                _Story(document, passage, here).mark()


def recurs(document: AnalysedDocument, mention: Mention) -> bool:
    """Whether the rest of a reason's sentence, or the next one's "it", says that it is back."""
    text, end = document.normalized, mention.sentence.end
    if any(
        "recurred" in told.tells and told.start >= mention.start and told.reason != "negated"
        for told in document.within(mention.sentence)
    ):
        return True
    goes_on = _NEXT_SENTENCE.match(text, end)
    if goes_on and _words("recurs").match(text, goes_on.end()):
        return True
    if any(
        not _words("not_again").search(
            text, max(mention.end, again.start() - _DENIED), again.start()
        )
        for again in _words("recurs").finditer(text, mention.end, end)
    ):
        return True
    name = document.words(mention)
    return any(
        text[mention.end : again.start()].rstrip().endswith(name)
        for again in _words("itself_recurs").finditer(text, mention.end, end)
    )


def _may_retell(document: AnalysedDocument) -> bool:
    """Whether a mention stands in a passage that a story could take from today's operation."""
    data = retold_data()
    if not any((category or "") in data.passages for category in document.categories):
        return False
    return any(
        mention.counts and (mention.category or "") in data.passages
        for mention in document.of(*data.reasons, *data.acts)
    )


def _is_step(chart: Chart, act: Act) -> bool:
    """Whether an act is told as an earlier step of a story, by a verb of its own."""
    if act.outcome != "done" or act.kind not in ("division", "closure"):
        return False
    if act.level in retold_data().no_step or act.side not in (None, chart.side, "bilateral"):
        return False
    operated, mention = chart.operation_date, act.found.mention
    if act.span and operated:
        return act.span.latest < operated
    return _PAST in mention.tells or _is_of_a_story(act.found)


def _is_of_a_story(found: Found) -> bool:
    """Whether a telling without a day stands where a note tells what was before."""
    data, words = retold_data(), found.document.sentence_text(found.mention.sentence)
    in_story = (found.mention.category or "") in data.acts_in
    return in_story and bool(_words("told").search(words))


def _passages(document: AnalysedDocument) -> Iterator[list[Sentence]]:
    """The sentences of each stretch that may hold a story."""
    run: list[Sentence] = []
    for sentence in document.sentences:
        if run and run[-1].section is not sentence.section:
            yield run
            run = []
        if (sentence.category or "") in retold_data().passages:
            run.append(sentence)
    if run:
        yield run


class _Story:
    """A passage with its steps, in order, so that a mention finds those about it quickly."""

    def __init__(
        self, document: AnalysedDocument, passage: Sequence[Sentence], steps: Iterable[Mention]
    ) -> None:
        self._document = document
        self._passage = passage
        self._steps = sorted(steps, key=lambda m: m.start)
        self._starts = [step.start for step in self._steps]
        self._nows = [m.start() for s in passage for m in _present(document, s)]
        verb = _words("told")
        self._next = [
            step for step in self._steps if verb.search(document.sentence_text(step.sentence))
        ]
        self._next_starts = [step.start for step in self._next]

    def mark(self) -> None:
        data = retold_data()
        acts_too = (self._passage[0].category or "") in data.acts_in
        for sentence in self._passage:
            for mention in self._document.within(sentence):
                if mention.counts and (
                    self._led_to_a_step(mention) or self._is_reason_of_a_step(mention)
                    if mention.fact in data.reasons
                    else acts_too and mention.fact in data.acts and self._was_done_then(mention)
                ):
                    mention.reason, mention.cue = "history", _CUE

    def _was_done_then(self, mention: Mention) -> bool:
        """Whether an act follows a step, with nothing of the present between."""
        place = bisect_right(self._starts, mention.start) - 1
        while place >= 0 and self._steps[place].end > mention.start:
            place -= 1
        if place < 0:
            return False
        # The nearest step: the less stands between.
        return not self._comes_to_now(self._starts[place], mention.start)

    def _is_reason_of_a_step(self, mention: Mention) -> bool:
        """Whether a reason is told as that of a step before it in its sentence: "for ..."."""
        text, begins = self._document.normalized, mention.sentence.start
        if self._comes_to_now(begins, mention.start):
            return False
        if recurs(self._document, mention):
            return False
        first, last = bisect_left(self._starts, begins), bisect_right(self._starts, mention.start)
        return any(
            self._is_linked(step, mention)
            and not _words("comes_for").search(text[begins : step.start])
            for step in self._steps[first:last]
        )

    def _is_linked(self, step: Mention, mention: Mention) -> bool:
        """Whether "for" or the like ties a reason to the step, and to no reason between them.

        Of "AKA 2020, femur too long for a socket" it ties the socket to what is too long.
        """
        link = _words("reason_links").search(self._document.normalized, step.end, mention.start)
        return link is not None and not any(
            step.end <= told.start < link.start()
            for told in self._document.within(mention.sentence)
            if told.fact in retold_data().reasons
        )

    def _led_to_a_step(self, mention: Mention) -> bool:
        """Whether a step follows a reason, in a story that has not come to the present."""
        text, sentence = self._document.normalized, mention.sentence
        first = bisect_left(self._next_starts, mention.end)
        for step in map(self._next.__getitem__, range(first, len(self._next))):
            if self._comes_to_now(sentence.start, step.start):
                return False
            if step.sentence is not sentence:
                return not self._goes_back(sentence, step.sentence)
            between = text[mention.end : step.start]
            if _parted().search(between) and not _words("aside").search(between):
                return True
        return False

    def _goes_back(self, told: Sentence, later: Sentence) -> bool:
        """Whether a later sentence tells how the stump of an earlier one came to be.

        "Infected left BKA stump. Left BKA 2024, revised in 2025": what ails the stump is of now.
        """
        stumps = {m.value for m in self._document.within(told) if _STUMP in m.tells}
        made = {m.value for m in self._document.within(later) if m.fact == _AMPUTATION}
        return not stumps.isdisjoint(made)

    def _comes_to_now(self, start: int, end: int) -> bool:
        place = bisect_left(self._nows, start)
        return place < len(self._nows) and self._nows[place] < end


def _present(document: AnalysedDocument, sentence: Sentence) -> Iterator[re.Match[str]]:
    who = _words("only_who")
    for match in _words("present").finditer(document.normalized, sentence.start, sentence.end):
        if not who.match(document.normalized, match.start()):
            yield match


@cache
def _parted() -> re.Pattern[str]:
    return re.compile(rf",| {any_of(retold_data().parts)} ")


@cache
def _words(name: str) -> re.Pattern[str]:
    data = retold_data()
    before = none_before(data.beside) if name == "told" else ""
    return re.compile(rf"\b{before}{any_of(getattr(data, name))}\b")
