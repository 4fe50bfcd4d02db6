"""Weighs what the rules tell against the second reader, before the facts are made.

A value that both tell stands. One that the reader alone tells joins the mentions, with its sentence
as evidence, when the fused probability is high; one that the rules alone tell is excluded as
`doubtful` when it is low, but for what a whole clause describes: who doubts a name may be right,
but an act, what it was done to and where are no chance meeting of words. The reader speaks only
where today's operation concerns a stump or an amputation, through sentences that context, section,
limb and operation let stand, and it never empties a fact that the rules filled.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from notecheck.facts.indications import standing
from notecheck.facts.necessity import reasons_for_bone
from notecheck.facts.reconstruction import done_today
from notecheck.facts.stump import concerns_stump
from notecheck.pipeline.mentions import AnalysedDocument, Mention
from notecheck.reader.choice import chosen_model, reads_alone
from notecheck.reader.fusion import FLOOR, Fusion
from notecheck.reader.known_words import known_words
from notecheck.reader.value import RULE, Value
from notecheck.timeline.chart import Chart, Found

if TYPE_CHECKING:
    from notecheck.reader.model import ReaderModel

_WHOLE = frozenset({"act", "part", "where"})  # parts of a frame
_SAID_WHY = "said_why"  # told as a reason in so many words, which the reader has no doubt of
ANY = "any"  # of a fact that is told or not
_ALONE_FROM = 0.5  # the score from which a value is told where the rules are silent
# Which mentions of a fact, or readings, would tell it of today's operation.
_STANDING: Mapping[str, Callable[[Chart, Iterable[Found]], list[Found]]] = {
    "reconstruction": done_today,
    "indication": standing,
    "necessity": reasons_for_bone,
}


@dataclass(frozen=True)
class Witnesses:
    """What rules and reader say of one value; `reading` is the reader's best that may count.

    It is `described` where a clause with an act, its part and its place tells it.
    """

    told: bool
    described: bool
    reading: Found | None

    @property
    def score(self) -> float:
        return (self.reading.mention.score if self.reading else None) or FLOOR


def witnesses(chart: Chart, model: ReaderModel) -> dict[Value, Witnesses]:
    """Both witnesses of each value that the model knows; `chart` is as its facts are made from."""
    found: dict[Value, Witnesses] = {}
    for fact, stand in _STANDING.items():
        standing = stand(chart, chart.found(chart.documents, fact))
        told = {value_of(f.mention) for f in standing}
        described = {value_of(f.mention) for f in standing if _describes(f.mention)}
        best: dict[Value, Found] = {}
        for reading in stand(chart, _readings(chart, fact)):
            value = value_of(reading.mention)
            if value not in best or _score(reading) > _score(best[value]):
                best[value] = reading
        for value in model.values:
            if value[0] == fact:
                found[value] = Witnesses(value in told, value in described, best.get(value))
    return found


def value_of(mention: Mention) -> Value:
    """The model's value that a mention or reading tells; some facts are told or not."""
    return mention.fact, ANY if mention.fact == "necessity" else mention.value


def second_reading(chart: Chart, *, may_add: bool) -> tuple[Chart, Mapping[Value, float]]:
    """The chart as both witnesses make it, and the probability of each value; empty without one.

    The reader may add nothing to an operation that is none on a limb's end: `may_add` is false.
    """
    model = chosen_model()
    if model is None or not concerns_stump(chart):
        return chart, {}
    seen = witnesses(chart, model)
    if reads_alone():
        return _changed(chart, seen, {v for v, w in seen.items() if w.score >= _ALONE_FROM}), {}
    likely = {
        (fact, value): model.fusion.probability(fact, value, told=w.told, score=w.score)
        for (fact, value), w in seen.items()
    }
    accepted = _accepted(seen, likely, model.fusion)
    denied = _denied(chart)
    accepted = {
        v
        for v in accepted
        if seen[v].told or (may_add and v not in denied and not _may_deny(seen[v].reading))
    }
    return _changed(chart, seen, accepted), likely


def _denied(chart: Chart) -> set[Value]:
    """What the note says was not done: the reader alone adds no such thing from other words."""
    return {
        value_of(found.mention)
        for found in chart.found(chart.operative, "reconstruction", counted=False)
        if found.mention.reason == "negated"
    }


def _accepted(
    seen: Mapping[Value, Witnesses], likely: Mapping[Value, float], fusion: Fusion
) -> set[Value]:
    accepted = set()
    for fact in _STANDING:
        of_fact = [value for value in seen if value[0] == fact]
        kept = {v for v in of_fact if _is_accepted(v, seen[v], fusion)}
        told = [v for v in of_fact if seen[v].told]
        accepted |= kept or {max(told, key=lambda v: likely[v])} if told else kept
        if _named_otherwise(seen, of_fact, accepted):
            accepted |= {v for v in told if v[1] in known_words().akin}
    return accepted


def _is_accepted(value: Value, seen: Witnesses, fusion: Fusion) -> bool:
    return fusion.accepts(*value, told=seen.told, score=seen.score, described=seen.described)


def _describes(mention: Mention) -> bool:
    """Whether a clause with an act, what it was done to and where tells it."""
    return {part.partition(" ")[0] for part, _ in mention.parts} >= _WHOLE


def _named_otherwise(
    seen: Mapping[Value, Witnesses], of_fact: Iterable[Value], accepted: Set[Value]
) -> bool:
    """Whether the reader has a value akin to the rules' own, so that it doubts no more than a name.

    "Sewn to the end of the femur" is for the rules one value and for the reader another.
    """
    return any(
        not seen[v].told and v not in accepted and seen[v].score >= _ALONE_FROM
        for v in of_fact
        if v[1] in known_words().akin
    )


def _changed(chart: Chart, seen: Mapping[Value, Witnesses], accepted: set[Value]) -> Chart:
    """The chart in which the accepted values are told and the others are not."""
    doubted = {value for value, w in seen.items() if w.told} - accepted
    joining = [w.reading for v, w in seen.items() if v in accepted and not w.told and w.reading]
    documents = []
    for document in chart.documents:
        for mention in document.mentions:
            if mention.counts and value_of(mention) in doubted and _SAID_WHY not in mention.tells:
                mention.reason, mention.cue = "doubtful", RULE
        joined = [_as_mention(r.mention) for r in joining if r.document is document]
        documents.append(_with(document, joined) if joined else document)
    return replace_documents(chart, documents)


def _readings(chart: Chart, fact: str) -> list[Found]:
    """The readings of a fact whose sentence its context lets stand."""
    return [
        Found(document, reading)
        for document in chart.documents
        for reading in document.readings
        if reading.fact == fact and reading.counts and not _excluded_beside(document, reading)
    ]


def _excluded_beside(document: AnalysedDocument, reading: Mention) -> bool:
    """Whether a rule found the same in the sentence and its context excluded it."""
    return any(
        not m.counts and value_of(m) == value_of(reading) for m in document.within(reading.sentence)
    )


def _score(reading: Found) -> float:
    return reading.mention.score or 0.0


def _may_deny(reading: Found | None) -> bool:
    """Whether the sentence holds a word that may deny what it names, out of its context's sight."""
    return reading is not None and known_words().may_deny(
        reading.document.sentence_text(reading.mention.sentence)
    )


def _as_mention(reading: Mention) -> Mention:
    """The reading with its whole sentence for its words."""
    return replace(reading, start=reading.sentence.start, end=reading.sentence.end)


def _with(document: AnalysedDocument, joined: list[Mention]) -> AnalysedDocument:
    mentions = sorted([*document.mentions, *joined], key=lambda m: (m.start, -m.end))
    return replace(document, mentions=mentions)


def replace_documents(chart: Chart, documents: list[AnalysedDocument]) -> Chart:
    """The same chart of other documents, which stand for those that it has."""
    return replace(chart, documents=documents, excluded=[])
