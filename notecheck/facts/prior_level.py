"""The level of the stump that the patient arrived with, and when it was made.

Amputations of one limb only ever go up, so among several earlier levels of the operated limb the
most proximal is the latest. What today's operation is called is no earlier level. Two levels that
different documents, or different headings, tell for the same stump, with no dates and no word of a
conversion between them, are a conflict; then the operative note's level is the fact.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from itertools import pairwise

from notecheck.facts.case import EarlierOperation, PriorSigns
from notecheck.models import Evidence, LevelFact
from notecheck.pipeline.mentions import AnalysedDocument
from notecheck.timeline.chart import (
    BARE_WORDS,
    Chart,
    Found,
    evidence,
    in_description,
    tells_amputation,
)
from notecheck.timeline.dates import Span, find_date
from notecheck.timeline.levels import levels, proximality

_LAST_RESORTS = ("hip_disarticulation", "hemipelvectomy")
_AFTER = 45
_YEAR_AFTER = re.compile(r"[,/ -]{0,2}'?\d{2,4}\b| (?:ago|back)\b|\d*")
_BEFORE = 30
# "... of the left leg was done by me on": what follows says when, however long the way to it.
_DONE = re.compile(
    r"(?: of (?:\w+ ){0,3}\w+)? (?:was|were|had been) (?:done|performed|made|completed|undertaken"
    r"|carried out)(?: (?!and |but )[\w.]+){0,6}? (?=(?:on|in) )"
)
_DAY_AT_ONCE = 14  # characters after an amputation that its own day begins and ends in


def prior_level(chart: Chart, todays: str | None) -> tuple[LevelFact | None, PriorSigns]:
    """The earlier level and what else is told of it.

    `todays` is the level that the operation itself is called by ("conversion to above-knee"), which
    is left out unless it is dated or plainly an existing stump.
    """
    found = [f for f in chart.found(chart.documents, "prior") if _is_earlier(chart, f)]
    found += _named_with_a_day(chart)
    # A bare "re-amputation of the thigh" tells the earlier level too, where nothing else does.
    found = found or list(chart.found(chart.operative, "prior_again"))
    if todays is not None:
        found = [f for f in found if f.mention.value != todays or _existing(chart, f)]
    told = any(map(tells_amputation, chart.documents))
    vague = [
        f
        for f in chart.found(chart.documents, "prior_unlevelled")
        if f.mention.category not in ("consent", "quoted_report")
        and not _made_today(f)
        and (told or f.document.words(f.mention) not in BARE_WORDS)
    ]
    signs = PriorSigns(
        unlevelled=evidence(vague),
        conflict=_conflict(chart, found),
        operations=_operations(chart, [*found, *vague]),
    )
    if not found:
        return None, signs
    pool = found
    if signs.conflict:
        own = [f for f in found if f.document in chart.operative]
        pool = own or found
    level = max((f.mention.value for f in pool), key=proximality().index)
    words = evidence(_best_first(f for f in found if f.mention.value == level))
    return LevelFact(value=level, evidence=words), signs


def _named_with_a_day(chart: Chart) -> list[Found]:
    """Amputations that another document names with a day before the operation: "AKA 2/8/26"."""
    operation = chart.operation_date
    if operation is None:
        return []
    named = []
    for f in chart.found(chart.others, "amputation"):
        end, document = f.mention.end, f.document
        words = document.normalized[end : min(end + _DAY_AT_ONCE, f.mention.sentence.end)]
        span = find_date(words, operation, document.document.date)
        before = span is not None and span.earliest == span.latest < operation
        if before and f.mention.value in proximality() and f.mention.category != "plan":
            named.append(f)
    return named


def _made_today(found: Found) -> bool:
    """Whether a "stump" is only spoken of once the bone was cut: it is then today's own."""
    mention = found.mention
    if not in_description(mention):
        return False
    cuts = (m.start for m in found.document.of("bone_cut") if m.counts and in_description(m))
    return mention.start > next(cuts, mention.start)


def _best_first(found: Iterable[Found]) -> list[Found]:
    return sorted(found, key=lambda f: ("existing" not in f.mention.tells,))


def _is_earlier(chart: Chart, found: Found) -> bool:
    mention = found.mention
    if mention.value not in proximality():
        return False
    if mention.value in _LAST_RESORTS and "certain" not in mention.tells:
        return False  # named as what might have to be done, far more often than as done
    span = _told(chart, found)
    operation = chart.operation_date
    return not (span and operation and span.earliest >= operation)


def _existing(chart: Chart, found: Found) -> bool:
    """Whether a mention of today's own level still speaks of an earlier operation."""
    return "stump" in found.mention.tells or _told(chart, found) is not None


def _told(chart: Chart, found: Found) -> Span | None:
    """When the mention says that the operation was, or None."""
    mention, document = found.mention, found.document
    operation = chart.operation_date
    own = document.normalized[mention.start : mention.end]
    if "when" in mention.groups:
        start, end = mention.groups["when"]
        words = [_own_date(document.normalized, start, end, mention.sentence.end)]
    elif mention.category == "quoted_report":
        quote = mention.sentence
        words = [
            document.normalized[mention.end : min(mention.end + _AFTER, quote.end)],
            document.normalized[quote.section.start : mention.start],
        ]
    elif "undated" in mention.tells:
        return None  # "stump draining since December": the time is the trouble's, not its own
    else:
        done = _DONE.match(document.normalized, mention.end, mention.sentence.end)
        way = len(done[0]) if done else 0
        after = min(mention.end + way + _AFTER, mention.sentence.end)
        before = max(mention.start - _BEFORE, mention.sentence.start)
        words = [
            own,
            document.normalized[mention.end : after],
            document.normalized[before : mention.start],
        ]
    for text in words:
        span = find_date(text, operation or document.document.date, document.document.date)
        if span:
            return span
    return None


def _own_date(words: str, start: int, end: int, sentence_end: int) -> str:
    """A date with the year that may follow it, without the beginning of another word."""
    tail = _YEAR_AFTER.match(words, end, sentence_end)
    return words[start : tail.end() if tail else end]


def _operations(chart: Chart, found: list[Found]) -> tuple[EarlierOperation, ...]:
    """The earlier operations that are dated, each once."""
    operation = chart.operation_date
    spans: dict[tuple[dt.date, dt.date], Found] = {}
    for f in found:
        told = _told(chart, f)
        if told and not (operation and told.earliest >= operation):
            spans.setdefault((told.earliest, told.latest), f)
    told_times = [EarlierOperation(*span, (f.evidence,)) for span, f in spans.items()]
    # "in 2019" beside "March 2019" is the same operation told less exactly.
    return tuple(t for t in told_times if not any(_wider(t, other) for other in told_times))


def _wider(a: EarlierOperation, b: EarlierOperation) -> bool:
    return (
        a.earliest <= b.earliest
        and b.latest <= a.latest
        and ((a.earliest, a.latest) != (b.earliest, b.latest))
    )


def _conflict(chart: Chart, found: list[Found]) -> tuple[Evidence, ...]:
    """The words that tell two levels for one stump, unless dates or a conversion explain them.

    One document that tells both levels in the past tells the order; documents that know only one
    each must give dates that put the lower level first.
    """
    if any(map(_tells_conversion, {id(f.document): f.document for f in found}.values())):
        return ()
    by_level: dict[str, list[Found]] = {}
    for f in found:
        if levels()[
            f.mention.value
        ].stump:  # the foot's precede one another in the course of disease
            by_level.setdefault(f.mention.value, []).append(f)
    told = sorted(by_level, key=proximality().index)
    for lower, higher in pairwise(told):
        if not _explained(chart, by_level[lower], by_level[higher]):
            return evidence([by_level[lower][0], by_level[higher][0]])
    return ()


def _explained(chart: Chart, lower: list[Found], higher: list[Found]) -> bool:
    first, second = ([t for f in found if (t := _told(chart, f))] for found in (lower, higher))
    if any(a.earliest < b.earliest for a in first for b in second):
        return True
    documents = [{f.document.document.doc_id for f in found} for found in (lower, higher)]
    if not documents[0] & documents[1]:
        return False
    present = [
        any("existing" in f.mention.tells and f.mention.category != "past_history" for f in found)
        for found in (lower, higher)
    ]
    return bool(first or second) or not all(present)


def _tells_conversion(document: AnalysedDocument) -> bool:
    return any(m.fact == "amputation_today" or "conversion" in m.tells for m in document.mentions)
