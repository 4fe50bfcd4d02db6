"""The acts that a chart tells: each telling of an operation with what is said of it.

A mention that tells an act (`patterns/timeline/events.toml`) has the kind and level of what was
done, its side, its time, and what became of it. What several tellings have in common is joined in
`notecheck.timeline.events`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import get_args

from notecheck.models import Level, OperationKind, Side
from notecheck.pipeline.mentions import AnalysedDocument, Mention, Sentence, by_sentence
from notecheck.rules.word_table import any_of
from notecheck.timeline.chart import TITLE, Chart, Found
from notecheck.timeline.event_data import Outcome, Told, event_data
from notecheck.timeline.levels import bone_levels, levels, proximality
from notecheck.timeline.limbs import LimbSides
from notecheck.timeline.span import Span
from notecheck.timeline.time_words import time_expressions
from notecheck.timeline.todays import limb_told_of
from notecheck.timeline.when import (
    STUMPS,
    dated_before,
    day_at_once,
    day_of_note,
    is_letterhead,
    times_of_acts,
    told_when,
)
from notecheck.timeline.words import fact_words, holds_any

EARLIER = "prior"  # mentions of an amputation that was there before
CUT = "bone_cut"  # today's, unless its sentence dates it before
_RETURN = "act_return"
_YEAR = dt.timedelta(days=364)
_SIDE_WITHIN = 60  # characters; a long sentence is not searched for each of its mentions
_ACROSS: dict[Side | None, Side] = {"left": "right", "right": "left"}


@dataclass(frozen=True)
class Act:
    """One telling. `outcome` is what its words make of it; its status depends on its day too."""

    kind: OperationKind
    level: Level | None
    side: Side | None
    span: Span | None
    outcome: Outcome
    found: Found

    @property
    def is_of_stump(self) -> bool:
        """Whether it tells the amputation that the patient arrived with."""
        return self.found.mention.fact == EARLIER

    @property
    def is_again(self) -> bool:
        """Whether it tells the division of a stump that was there."""
        return self.found.mention.value in event_data().again


def acts(chart: Chart) -> list[Act]:
    """Every telling of an operation, in the order of the documents."""
    return [act for document in chart.documents for act in _acts_of(chart, document)]


def _acts_of(chart: Chart, document: AnalysedDocument) -> Iterator[Act]:
    told = {record.fact: record for record in event_data().told}
    telling = by_sentence(filter(_may_tell, document.of(*told)))
    returns = {m.sentence.index: m for m in document.of(_RETURN) if _may_tell(m)}
    sides = LimbSides(document)
    apart = chart.day_of(document) is not None
    titled = _titled_side(document) if apart else None
    limb_of = limb_told_of(document) if apart else sides.of
    for index, mentions in telling.items():
        mentions = [
            m
            for m in mentions
            if _kind(m, told) and (m.fact != CUT or _is_cut_before(chart, Found(document, m)))
        ]
        if not mentions:
            continue
        for mention, kind, span in _told_in_sentence(chart, document, mentions, told):
            if mention.fact == EARLIER and (is_only_feared(mention) or _names_todays(mention)):
                continue
            outcome = event_data().status.get(mention.reason) if mention.reason else "done"
            if mention.fact == EARLIER and "existing" in mention.tells:
                outcome = "done"  # a stump that is to be revised is there
            if outcome == "done" and index in returns and span is None and _is_of(kind, mention):
                outcome = "planned"
            if outcome == "considered" and index in returns:
                outcome = "planned"  # "second look with possible debridement"
            if outcome == "planned" and span and not _is_told_whole(chart, span):
                span = None  # a bare month or year of a plan: which one is not told
            if outcome is not None:
                found = Found(document, mention)
                span = span or (day_of_note(chart, found) if outcome == "done" else None)
                side = limb_of(mention) or _other_side(chart, mention) or _just_before(found)
                side = side or titled
                yield Act(kind, _level(mention, told), side, span, outcome, found)
    for index, mention in returns.items():
        kind_then = _done_at_return(document, mention.sentence)
        if kind_then and not _acts_beside(telling.get(index, ())):
            side = sides.of(mention)
            yield Act(kind_then, None, side, None, "planned", Found(document, mention))


def _titled_side(note: AnalysedDocument) -> Side | None:
    """The one side that the title of another day's note names: all that is done there is on it."""
    named = {m.value for m in note.of("side") if m.category == TITLE}
    return next((side for side in get_args(Side) if named == {side}), None)


def _may_tell(mention: Mention) -> bool:
    """Whether a mention tells an act: done, or with a reason that leaves it one."""
    return mention.reason is None or mention.reason in event_data().status


def _is_told_whole(chart: Chart, span: Span) -> bool:
    """Whether a plan's time is a day, or has a year that is over by the operation."""
    if span.earliest == span.latest or chart.operation_date is None:
        return span.earliest == span.latest
    since = chart.operation_date - span.latest
    a_year = span.latest - span.earliest >= _YEAR
    return since > _YEAR or (a_year and since.days > 0)


def _is_cut_before(chart: Chart, cut: Found) -> bool:
    return day_of_note(chart, cut) is not None or dated_before(chart, cut)


def _other_side(chart: Chart, mention: Mention) -> Side | None:
    """The side that is not operated on, where an act is told of "the other leg"."""
    if mention.reason != "other_limb":
        return None
    return _ACROSS.get(chart.side)


def _just_before(found: Found) -> Side | None:
    """A side right before an act that names no limb: "left fem-pop bypass"."""
    sentence = found.mention.sentence
    start = max(sentence.start, found.mention.start - _SIDE_WITHIN)
    named = _side_before().search(found.document.normalized, start, found.mention.start)
    return _sides()[named[1]] if named else None


@cache
def _sides() -> dict[str, Side]:
    return {word: side for side, words in fact_words().sides.items() for word in words}


@cache
def _side_before() -> re.Pattern[str]:
    return re.compile(rf"\b({any_of(list(_sides()))})\.? (?:[\w-]+ )?$")


def _names_todays(mention: Mention) -> bool:
    """Whether a title's words for one of today's operations were taken for an earlier one."""
    return mention.category == TITLE and mention.reason == "other_operation"


def _is_of(kind: OperationKind, mention: Mention) -> bool:
    return mention.fact != EARLIER or kind != "division"


def _acts_beside(mentions: Sequence[Mention]) -> bool:
    return any(mention.fact != EARLIER for mention in mentions)


def _done_at_return(document: AnalysedDocument, sentence: Sentence) -> OperationKind | None:
    """What a planned return is for, by what else its sentence tells."""
    told = {mention.fact for mention in document.within(sentence)}
    words = document.sentence_text(sentence)
    return next(
        (r.kind for r in event_data().return_for if r.facts & told or holds_any(words, r.words)),
        None,
    )


def _told_in_sentence(
    chart: Chart,
    document: AnalysedDocument,
    mentions: Sequence[Mention],
    told: dict[str, Told],
) -> Iterator[tuple[Mention, OperationKind, Span | None]]:
    """The acts of one sentence with their kinds and times, each place told once for each kind."""
    clusters = _clusters(document, mentions)
    times = times_of_acts(chart, document, [(c.start, c.end) for c in clusters])
    told_of = Counter(times)
    for cluster, time in zip(clusters, times, strict=True):
        kinds: dict[OperationKind, list[Mention]] = {}
        for mention in cluster.mentions:
            if kind := _kind(mention, told):
                kinds.setdefault(kind, []).append(mention)
        for kind, same in kinds.items():
            mention = max(same, key=_weight)
            span = time
            if mention.fact == EARLIER:
                own = _own_time(chart, document, same)
                dated = len(kinds) == 1 and not any("undated" in m.tells for m in same)
                of_others = own if told_of[own] > (own == time) else None
                span = next((s for s in (own, time if dated else None) if s != of_others), None)
                span = span or day_at_once(chart, document, max(_core(m)[1] for m in same))
            yield mention, kind, span


def _own_time(chart: Chart, document: AnalysedDocument, mentions: Sequence[Mention]) -> Span | None:
    """When any of these mentions of one amputation says that it was done."""
    of_stump = [m for m in mentions if m.fact in STUMPS]
    told = (told_when(chart, Found(document, mention)) for mention in of_stump)
    return next((s for s in told if s and not is_letterhead(chart, document, s)), None)


@dataclass
class _Cluster:
    """Mentions whose own names of an act overlap, and where they name it."""

    mentions: list[Mention]
    start: int
    end: int


def _clusters(document: AnalysedDocument, mentions: Sequence[Mention]) -> list[_Cluster]:
    clusters: list[_Cluster] = []
    for mention in sorted(mentions, key=_core):
        start, end = _core(mention)
        last = clusters[-1] if clusters else None
        if last and start < last.end:
            beyond = _begins_another_level(document, mention, last)
            if beyond is None:
                last.mentions.append(mention)
                last.end = max(last.end, end)
                continue
            start = beyond
        clusters.append(_Cluster([mention], start, end))
    return clusters


def _begins_another_level(
    document: AnalysedDocument, mention: Mention, cluster: _Cluster
) -> int | None:
    """Where a statement begins that goes on from an act to another of a higher or lower level.

    "Came off below the knee in 2017 and above it in 2018" tells both by one verb.
    """
    named = {m.value for m in cluster.mentions}.intersection(proximality())
    if not named or mention.value not in proximality() or mention.value in named:
        return None
    parted = time_expressions().parting.finditer(
        document.normalized, cluster.end, max(cluster.end, _core(mention)[1])
    )
    return max((mark.end() for mark in parted), default=None)


def _core(mention: Mention) -> tuple[int, int]:
    """Where a mention names the act, without the way to it and the time behind it."""
    if mention.value in mention.groups:
        return mention.groups[mention.value]
    when = mention.groups.get("when", (mention.end, mention.end))[0]
    return mention.start, when if when > mention.start else mention.end


def _weight(mention: Mention) -> tuple[bool, bool, bool]:
    """Which of overlapping mentions of one kind to believe: an earlier stump's, a level's."""
    told = mention.fact == EARLIER and not is_only_feared(mention)
    return told, mention.value in proximality(), mention.fact != EARLIER


def is_only_feared(mention: Mention) -> bool:
    """Whether it names a level that is far more often named as a last resort than as done."""
    level = levels().get(mention.value)
    return level is not None and level.whole_limb and "certain" not in mention.tells


def _kind(mention: Mention, told: dict[str, Told]) -> OperationKind | None:
    kind = told[mention.fact].kind
    return event_data().kind.get(mention.value) if kind == "value" else kind


def _level(mention: Mention, told: dict[str, Told]) -> Level | None:
    value = told[mention.fact].value
    level = {"level": mention.value, "bone": bone_levels().get(mention.value)}.get(value or "")
    return next((known for known in get_args(Level) if known == level), None)
