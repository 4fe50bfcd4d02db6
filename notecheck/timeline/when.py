"""When an act that a sentence tells was done, as far as the sentence says it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from notecheck.pipeline.mentions import AnalysedDocument, Mention, Once
from notecheck.timeline.ago_words import ago_words
from notecheck.timeline.another_event import after_another_event, before_another_event
from notecheck.timeline.chart import Chart, Found
from notecheck.timeline.clock import Clock
from notecheck.timeline.dates import find_date, lasting_since, time_after
from notecheck.timeline.event_data import event_data
from notecheck.timeline.span import Span
from notecheck.timeline.time_words import time_expressions

_AFTER = 45
_BEFORE = 30
_BACK = 200  # characters before a sentence in which stands what "the same year" points to
_SINCE = 6  # characters before a time in which stands that something is so since then
_WITH_IT = 80  # characters from an earlier amputation to what else is told of it
_HEADS_A_LIST = ":"
_AT_ONCE = 14  # characters behind a name that its own day begins and ends in
OF_EARLIER_CUT = "earlier_cut_time"
STUMPS = ("prior", "prior_unlevelled")
# The acts of a chart are read again when more is known of what counts; their times stay.
_TOLD_WHEN: Once[dict[tuple[Any, ...], Span | None]] = Once("when each mention says that it was")
_TIMES: Once[dict[tuple[Any, ...], list[Span | None]]] = Once("the times of each sentence's acts")


def told_when(chart: Chart, found: Found) -> Span | None:
    """When the mention of an earlier amputation says that it was, or None."""
    mention = found.mention
    known = found.document.once(_TOLD_WHEN, dict)
    key = chart.operation_date, mention.start, mention.end, mention.rule, mention.value
    if key not in known:
        known[key] = _told_when(chart, found)
    return known[key]


def _told_when(chart: Chart, found: Found) -> Span | None:
    mention, document = found.mention, found.document
    own = _own_words(document, mention)
    date = _date_held(chart, document, mention)
    if date:
        words = [date] if _is_of_act(document, mention) else []
    elif mention.category == "quoted_report":
        quote = mention.sentence
        words = [
            own,
            _behind(document.normalized, mention.end, quote.end),
            document.normalized[quote.section.start : mention.start],
        ]
    elif "undated" in mention.tells:
        # "Stump draining since December": the time is the trouble's, not its own.
        words = [own, _made_then(document, mention.end)]
    else:
        done = time_expressions().done.match(document.normalized, mention.end, mention.sentence.end)
        way = len(done[0]) if done else 0
        behind = _behind(document.normalized, mention.end, mention.sentence.end, way)
        act = mention.groups.get(mention.value, (mention.start, mention.end))[0]
        before = _own_statement(document.normalized[mention.sentence.start : act])
        of_act = "" if _is_trouble_since(before, behind) else before_another_event(behind)
        words = [
            own,
            *time_expressions().parting.split(of_act),
            after_another_event(_near(before), behind),
        ]
    for text in words:
        if span := find_date(text, chart.clock(document)):
            return span
    return day_of_note(chart, found)


def _behind(text: str, start: int, end: int, way: int = 0) -> str:
    """What stands close behind `start`, as far as `end`, and `way` further; no word of it cut.

    "09/25/2026" broken off behind "09/2" would be another day.
    """
    far = min(start + way + _AFTER, end)
    while far < end and not text[far - 1].isspace() and not text[far].isspace():
        far += 1
    return text[start:far]


def _own_words(document: AnalysedDocument, mention: Mention) -> str:
    """The words of a mention from where the statement begins that names its act.

    "s/p ABF 2012, L AKA" tells no day of the amputation.
    """
    act = mention.groups.get(mention.value, (mention.start, mention.end))[0]
    parted = time_expressions().parting.finditer(document.normalized, mention.start, act)
    start = max((mark.end() for mark in parted), default=mention.start)
    return document.normalized[start : mention.end]


def _near(before: str) -> str:
    """What stands close before an act; no number is cut off a time."""
    far = max(0, len(before) - _BEFORE)
    numbers = ago_words().numbers_before.search(before, 0, far)
    return before[numbers.start() if numbers else far :]


def _date_held(chart: Chart, document: AnalysedDocument, mention: Mention) -> str:
    """The date that a mention holds, or nothing: "done at the scene" tells a past and no day."""
    if "when" not in mention.groups:
        return ""
    start, end = mention.groups["when"]
    date = _own_date(document.normalized, start, end, mention.sentence.end)
    return date if find_date(date, chart.clock(document)) else ""


def _made_then(document: AnalysedDocument, end: int) -> str:
    """The words behind a stump, which ends at `end`, that say when it was made, if they do."""
    sentence = document.sentence_at(end)
    behind = _behind(document.normalized, end, sentence.end)
    made = time_expressions().made.match(behind)
    if made is None:
        return ""
    return time_expressions().parting.split(before_another_event(made["then"]))[0]


def _is_of_act(document: AnalysedDocument, mention: Mention) -> bool:
    """Whether the time that a mention holds is that of its act, and not of what is told between."""
    act = mention.groups.get(mention.value)
    time, text = mention.groups["when"], document.normalized
    if act is None:
        return True
    if act[1] <= time[0]:
        between = text[act[1] : time[0]]
        told_before = text[mention.sentence.start : act[0]]
        of_trouble = _is_trouble_since(told_before, between)
        return before_another_event(between) == between and not of_trouble
    between = text[time[1] : act[0]]
    if time[1] > act[0]:
        return True
    if len(_own_statement(text[mention.sentence.start : act[0]])) < act[0] - time[0]:
        return False
    behind = _behind(text, act[1], mention.sentence.end)
    since = text[max(time[0] - _SINCE, mention.sentence.start) : time[0]]
    return after_another_event(since + between, behind) == since + between


def _own_statement(before: str) -> str:
    """The words before an act without those items of a list that go before its own.

    "CABG 2014, R AKA" tells no day of the amputation, "in 2014, R AKA" does.
    """
    told, before = time_expressions(), before.rpartition(";")[2]
    items, comma, own = before.rpartition(",")
    item = told.parting.split(items.rpartition(_HEADS_A_LIST)[2])[-1]
    led_to = told.brought_about.search(own) or ago_words().opens_time.match(item)
    return before if led_to or not comma else own


def _is_trouble_since(before: str, between: str) -> bool:
    """Whether what has been since then is what ails a stump: "a sinus of the stump since May"."""
    told = time_expressions()
    lasts = told.since.search(between) or ago_words().for_long.search(between)
    of_stump = told.what_is_there.match(between) and lasts
    return bool(of_stump and told.troubles.search(told.parting.split(before)[-1]))


def _last_word(words: str) -> str:
    return words[words.rfind(" ") + 1 :]


def day_of_note(chart: Chart, found: Found) -> Span | None:
    """The day of the other operation whose own note tells an act, or None."""
    day = chart.day_of(found.document)
    return Span(day, day) if day and found.mention.fact not in STUMPS else None


def _own_date(words: str, start: int, end: int, sentence_end: int) -> str:
    """A date with the year, or the other date, that may follow it; no beginning of another word."""
    tail, told = time_expressions().year_after.match(words, end, sentence_end), ago_words()
    between = told.between.search(words, max(0, start - _BEFORE), start)
    if between or told.either.match(words, end, sentence_end):
        start = between.start() if between else start
        return _behind(words, start, sentence_end, end - start)
    return words[start : tail.end() if tail else end]


@dataclass(frozen=True)
class _Gap:
    """What stands between two acts of a sentence, cut where a list parts its statements."""

    pieces: Sequence[str]

    def after(self) -> Sequence[str]:
        """The pieces that belong to the act before; one alone belongs to it too."""
        return self.pieces[:-1] or self.pieces

    def before(self) -> Sequence[str]:
        """The piece that belongs to the act behind."""
        return self.pieces[-1:]


def times_of_acts(
    chart: Chart, document: AnalysedDocument, places: Sequence[tuple[int, int]]
) -> list[Span | None]:
    """The time of each act of one sentence; `places` are where they are named, in order and apart.

    A time stands behind its act ("AKA 2019, revised 2021"), or before it at the beginning of its
    part of the sentence ("in 2019 an AKA, in 2021 a revision").
    """
    known = document.once(_TIMES, dict)
    key = chart.operation_date, tuple(places)
    if key not in known:
        known[key] = _times_of_acts(chart, document, places)
    return known[key]


def _times_of_acts(
    chart: Chart, document: AnalysedDocument, places: Sequence[tuple[int, int]]
) -> list[Span | None]:
    sentence, reach = document.sentence_at(places[0][0]), event_data().reach
    edges = [sentence.start, *(edge for place in places for edge in place), sentence.end]
    parting = time_expressions().parting
    gaps = [
        _Gap(parting.split(document.normalized[start : max(start, end)]))
        for start, end in zip(edges[::2], edges[1::2], strict=True)
    ]

    clock = chart.clock(document)
    told_before = document.normalized[max(0, sentence.start - _BACK) : sentence.end]

    def read(words: str) -> Span | None:
        before = told_before.rpartition(words)[0] if words else ""
        span = time_after(words, before, clock) or find_date(words, clock)
        return None if span and is_letterhead(chart, document, span) else span

    head = _head_of_all(document.normalized[edges[0] : edges[1]])
    times: list[Span | None] = []
    taken: set[int] = set()  # gaps whose only piece the act before has used
    for number, (start, end) in enumerate(places):
        words_of_act = document.normalized[start:end]
        pieces = _within(gaps[number + 1].after(), reach.after)
        whole = gaps[number + 1].pieces
        most_recent = [p for p in whole if time_expressions().most_recent.match(p)]
        behind = [
            *most_recent,
            ""
            if _is_trouble_since(gaps[number].pieces[-1], _last_word(words_of_act) + whole[0])
            else before_another_event(pieces[0]),
            *filter(_tells_one_thing, pieces[1:]),
        ]
        span = read(words_of_act)
        span = span or next((told for piece in behind if (told := read(piece))), None)
        if span and len(gaps[number + 1].pieces) == 1:
            taken.add(number + 1)
        before = gaps[number].before()[0]
        if span is None and number and before.rstrip().endswith("("):
            span = times[-1]  # the same act in other words: "TKA 2020 (through-knee amputation)"
        elif span is None and number not in taken:
            rest = "".join(pieces[:1])
            span = read(after_another_event(before[-reach.before :], rest))
            span = span or read(head)
        times.append(span)
    return times


def _head_of_all(opening: str) -> str:
    """The words before the first act of a sentence, if their time is that of each act in it.

    "Bilateral amputee since 2014: R AKA, L BKA"; "on 2/10 she went to theatre, where ...".
    """
    told = time_expressions()
    to_theatre = next((p for p in told.parting.split(opening) if told.to_theatre.search(p)), "")
    another = told.happened.search(opening) or told.troubles.search(opening)
    return opening if opening.rstrip().endswith(_HEADS_A_LIST) and not another else to_theatre


def _tells_one_thing(piece: str) -> bool:
    """Whether what a list goes on with tells no event of its own."""
    return before_another_event(piece) == piece


def _lasting(behind: str, clock: Clock) -> Span | None:
    """When it was made, of what the words behind it say that it has been so long: "for 9 years".

    What a stump has been for so long is what ails it.
    """
    of_limb = time_expressions().of_the_limb.match(behind)
    if of_limb is None or time_expressions().what_is_there.match(behind):
        return None
    return lasting_since(behind, of_limb.end(), clock)


def day_at_once(chart: Chart, document: AnalysedDocument, end: int) -> Span | None:
    """The time that begins right behind a name which ends at `end`: "AKA 2/8/26", "for 9 years"."""
    sentence, clock = document.sentence_at(end), chart.clock(document)
    behind = _behind(document.normalized, end, sentence.end)
    name = _last_word(document.normalized[sentence.start : end])
    if not time_expressions().what_is_there.match(name) and (lasting := _lasting(behind, clock)):
        return lasting
    words = _made_then(document, end) or before_another_event(behind)[:_AT_ONCE]
    span = find_date(words, clock)
    aside = time_expressions().aside.match(words)
    if span is None or aside is None:
        return span
    # "Residual femur (bx 5/9)": the day of what the aside names.
    return None if find_date(words[aside.end() :], clock) == span else span


def is_letterhead(chart: Chart, document: AnalysedDocument, span: Span) -> bool:
    """Whether a day is that of a document written before the operation: no act's, as a rule."""
    written, operated = document.document.date, chart.operation_date
    before = operated is None or (written is not None and written <= operated)
    return before and span.earliest == span.latest == written


def dated_before(chart: Chart, cut: Found) -> bool:
    """Whether a sentence dates the cut of bone that it tells, and before the operation."""
    mention, document = cut.mention, cut.document
    stumps = [
        m
        for m in document.beside(mention)
        if m.fact in STUMPS and (m.end <= mention.start or mention.end + 1 < m.start)
    ]
    if stumps:  # the time is that of the earlier amputation
        return any(_was_cut_at(chart, cut, Found(document, stump)) for stump in stumps)
    words = _without_earlier_cuts(document, mention)
    if not time_expressions().dates_cut.search(words):
        return False
    span, operation = find_date(words, chart.clock(document)), chart.operation_date
    # With no date of the operation a time ago has no day either, yet it is before it.
    return span.latest < operation if span and operation else True


def _was_cut_at(chart: Chart, cut: Found, stump: Found) -> bool:
    """Whether a cut is told of the earlier amputation: "AKA in 2009 with the femur cut low"."""
    text, start = cut.document.normalized, stump.mention.end
    between, words = text[start : cut.mention.start], text[start : cut.mention.end]
    told = time_expressions().with_it.search(between) or time_expressions().then.search(words)
    if not told or len(between) > _WITH_IT:
        return False
    span, operation = told_when(chart, stump), chart.operation_date
    return span is not None and (operation is None or span.latest < operation)


def _without_earlier_cuts(document: AnalysedDocument, cut: Mention) -> str:
    """A cut's sentence without what it is measured from: "above the old end of last year"."""
    words, start = document.sentence_text(cut.sentence), cut.sentence.start
    for other in document.beside(cut):
        if other.fact == OF_EARLIER_CUT:
            first, last = other.start - start, other.end - start
            words = words[:first] + " " * (last - first) + words[last:]
    return words


def _within(pieces: Sequence[str], reach: int) -> list[str]:
    """The pieces as far as they reach, the last of them cut."""
    kept: list[str] = []
    for piece in pieces:
        if reach <= 0:
            break
        kept.append(piece[:reach])
        reach -= len(piece) + 1
    return kept
