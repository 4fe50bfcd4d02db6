"""The story that a note retells: what belongs to the operations before today's.

"In 2021 the toes turned black. A below-knee amputation was done." A reason told before an earlier
operation, in a passage that has not come to the present between, was that operation's reason; and
what was done after it, with nothing of today between, was done then. The contract: history counts
only where the fact is about history, and the reason of an earlier stage does not count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from pydantic import BaseModel, ConfigDict

from notecheck.pipeline.mentions import AnalysedDocument, Mention, Sentence
from notecheck.rules.files import pattern_file
from notecheck.rules.toml_file import load_toml
from notecheck.timeline.acts import Act, acts
from notecheck.timeline.chart import Chart, Found

_CUE = "retold"
_PAST = "past"  # what a mention of an amputation tells that was done before
_PARTED = re.compile(r",| and ")


class Retold(BaseModel):
    """`patterns/timeline/retold.toml`; see the file's own remarks."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    told: tuple[str, ...]
    beside: tuple[str, ...]
    aside: tuple[str, ...]
    only_who: tuple[str, ...]
    reason_links: tuple[str, ...]
    comes_for: tuple[str, ...]
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
    steps = [act.found for act in acts(chart) if _is_step(chart, act)]
    for document in chart.documents:
        told = [found.mention for found in steps if found.document is document]
        for passage in _passages(document) if told else ():
            _mark(document, passage, [m for m in told if m.sentence in passage])


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


def _mark(document: AnalysedDocument, passage: Sequence[Sentence], told: Sequence[Mention]) -> None:
    if not told:
        return
    data = retold_data()
    nows = [m.start() for s in passage for m in _present(document, s)]
    acts_too = (passage[0].category or "") in data.acts_in
    for sentence in passage:
        for mention in document.within(sentence):
            if not mention.counts:
                continue
            if mention.fact in data.reasons:
                retold = any(_is_reason_of(document, mention, step, nows) for step in told)
            else:
                retold = (
                    acts_too
                    and mention.fact in data.acts
                    and any(
                        step.end <= mention.start and not _between(nows, step.start, mention.start)
                        for step in told
                    )
                )
            if retold:
                mention.reason, mention.cue = "history", _CUE


def _is_reason_of(
    document: AnalysedDocument, mention: Mention, step: Mention, nows: Sequence[int]
) -> bool:
    """Whether a reason is told as that of a step ("for ..."), or as what led to it.

    That it led to it shows from its place: before the step, in a story not come to the present.
    """
    text, begins = document.normalized, mention.sentence.start
    if mention.sentence is step.sentence and step.start <= mention.start:
        before, between = text[begins : step.start], text[step.end : mention.start]
        return (
            not _between(nows, begins, mention.start)
            and _words("reason_links").search(between) is not None
            and not _words("comes_for").search(before)
        )
    told = _words("told").search(document.sentence_text(step.sentence))
    if told is None or step.start < mention.end or _between(nows, begins, step.start):
        return False
    if mention.sentence is not step.sentence:
        return True
    between = text[mention.end : step.start]
    return _PARTED.search(between) is not None and not _words("aside").search(between)


def _present(document: AnalysedDocument, sentence: Sentence) -> Iterator[re.Match[str]]:
    who = _words("only_who")
    for match in _words("present").finditer(document.normalized, sentence.start, sentence.end):
        if not who.match(document.normalized, match.start()):
            yield match


def _between(places: Sequence[int], start: int, end: int) -> bool:
    return any(start <= place < end for place in places)


@cache
def _words(name: str) -> re.Pattern[str]:
    data = retold_data()
    one = "|".join(re.escape(word) for word in sorted(getattr(data, name), key=len, reverse=True))
    before = "".join(rf"(?<!\b{word} )" for word in data.beside) if name == "told" else ""
    return re.compile(rf"\b{before}(?:{one})\b")
