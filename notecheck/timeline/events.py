"""The operations of a chart's limbs: acts that tell one and the same operation, joined.

Tellings are one operation when nothing told of one contradicts the other: kind, side, level and
time. A limb is amputated at one level once, so two documents that date the amputation of one level
differently tell one operation with two dates; the operative note's holds.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from notecheck.models import Evidence, Level, OperationKind, OperationStatus, Side
from notecheck.timeline.acts import Act, acts
from notecheck.timeline.chart import Chart, Found, evidence
from notecheck.timeline.levels import proximality
from notecheck.timeline.span import Span


@dataclass(slots=True)
class Event:
    """One operation, with all that is told of it and all the words that tell it.

    `span` is its time as the operative note, or who tells it most exactly, has it; `spans` are all
    the times that are told of it.
    """

    kind: OperationKind
    status: OperationStatus
    level: Level | None
    side: Side | None
    span: Span | None
    of_stump: bool = False
    again: bool = False
    found: list[Found] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        return evidence(sorted(self.found, key=lambda f: "existing" not in f.mention.tells))

    @property
    def earliest(self) -> dt.date | None:
        return min((span.earliest for span in self.spans), default=None)

    @property
    def latest(self) -> dt.date | None:
        return max((span.latest for span in self.spans), default=None)

    def contradicting(self) -> bool:
        """Whether two times are told that cannot be one."""
        return any(not _overlap(a, b) for a in self.spans for b in self.spans)


def events(chart: Chart, named_today: str | None) -> list[Event]:
    """The operations that the documents tell beside today's own, earliest telling first.

    `named_today` is the level that today's operation is called by.
    """
    told = [
        (act, status)
        for act in acts(chart)
        if (status := _status(chart, act)) and not _names_today(act, status, named_today)
    ]
    told.sort(key=lambda item: _vagueness(item[0]))
    joined: list[Event] = []
    alike: dict[tuple[OperationKind, OperationStatus], list[Event]] = {}
    for act, status in told:
        others = alike.setdefault((act.kind, status), [])
        same = [e for e in others if _same(chart, e, act)]
        if same:
            _add(chart, max(same, key=lambda e: e.level == act.level), act)
        elif status != "today" or act.kind != "division":
            event = _event(act, status)
            joined.append(event)
            if event.span or not event.again:  # a further division with no time is never another
                others.append(event)
    return [e for e in joined if not (_is_told_by_another(e, joined) or _was_done_later(e, joined))]


def _status(chart: Chart, act: Act) -> OperationStatus | None:
    """What became of an act, by its words and its day; None where that is not told."""
    operated = chart.operation_date
    if act.outcome == "considered" or (
        act.outcome == "planned" and not _is_past_day(act, operated)
    ):
        return act.outcome
    if act.span is None:
        mention, written = act.found.mention, act.found.document.document.date
        past = "past" in mention.tells and (
            written is None or operated is None or written <= operated
        )
        told = act.is_of_stump or mention.reason == "history" or past
        return "earlier" if told else None
    if operated is None or act.span.latest < operated:
        return "earlier"
    if act.span.earliest > operated:
        written = act.found.document.document.date
        return "later" if written and written >= act.span.earliest else "planned"
    return "earlier" if act.is_of_stump and act.span.earliest < operated else "today"


def _is_past_day(act: Act, operated: dt.date | None) -> bool:
    """Whether a plan's time is past: it is then taken for done.

    `acts` leaves out a bare month, which may be the next.
    """
    span = act.span
    return span is not None and operated is not None and span.latest < operated


def _names_today(act: Act, status: OperationStatus, named_today: str | None) -> bool:
    """Whether the name of today's operation is taken for that of the stump."""
    return (
        act.is_of_stump
        and status == "earlier"
        and act.level == named_today
        and named_today is not None
        and act.span is None
        and "stump" not in act.found.mention.tells
    )


def _vagueness(act: Act) -> int:
    """The days that an act may have been on; one with no time is vaguest."""
    return (act.span.latest - act.span.earliest).days if act.span else 10**6


def _event(act: Act, status: OperationStatus) -> Event:
    return Event(
        act.kind,
        status,
        act.level,
        act.side,
        act.span,
        act.is_of_stump,
        act.is_again,
        [act.found],
        [act.span] if act.span else [],
    )


def _same(chart: Chart, event: Event, act: Act) -> bool:
    """Whether an act may be an operation of its kind and status."""
    if None not in (event.level, act.level) and event.level != act.level:
        return False
    operated = None if chart.side == "conflicting" else chart.side
    if not _one_side(event.side or operated, act.side or operated):
        return False
    if act.span is None or event.span is None:
        return not event.again and (
            act.level is not None or event.level is None or act.kind != "division"
        )
    return _overlap(act.span, event.span) or _dated_by_another_document(event, act)


def _one_side(a: Side | None, b: Side | None) -> bool:
    """Whether both may be one side; what was done on both sides was done on each."""
    return a == b or None in (a, b) or "bilateral" in (a, b)


def _overlap(a: Span, b: Span) -> bool:
    return a.earliest <= b.latest and b.earliest <= a.latest


def _dated_by_another_document(event: Event, act: Act) -> bool:
    """Whether two documents date the one amputation of a level, each in its own way."""
    here = act.found.document
    return (
        act.is_of_stump
        and event.of_stump
        and act.level is not None
        and event.level == act.level
        and all(found.document is not here for found in event.found)
    )


def _add(chart: Chart, event: Event, act: Act) -> None:
    """What one more telling says of an operation; the operative note's time goes first."""
    contradicts = act.span and event.span and not _overlap(act.span, event.span)
    if contradicts and any(act.found.document is note for note in chart.operative):
        event.span = act.span
    event.span = event.span or act.span
    event.level = event.level or act.level
    event.side = "bilateral" if act.side == "bilateral" else event.side or act.side
    event.of_stump = event.of_stump or act.is_of_stump
    event.found.append(act.found)
    if act.span and not any(_overlap(act.span, span) for span in event.spans):
        event.spans.append(act.span)


def _is_told_by_another(event: Event, joined: Sequence[Event]) -> bool:
    """Whether an act with no level and no time only repeats one that has them."""
    return (
        event.span is None
        and event.level is None
        and event.kind == "division"
        and any(
            other is not event and other.kind == event.kind and other.status == event.status
            for other in joined
        )
    )


def _was_done_later(event: Event, joined: Sequence[Event]) -> bool:
    """Whether a plan is told as done by a later document."""
    return event.status == "planned" and any(
        other.status == "later"
        and other.kind == event.kind
        and _one_side(event.side, other.side)
        and (event.span is None or other.span is None or _overlap(event.span, other.span))
        for other in joined
    )


def earlier_of(chart: Chart, told: Iterable[Event]) -> list[Event]:
    """The earlier amputations and closures of the operated limb, whose dates start a period."""
    both = ("bilateral", "conflicting")
    return [
        e
        for e in told
        if e.status == "earlier"
        and e.kind in ("division", "closure")
        and (e.side in (None, chart.side, "bilateral") or chart.side in both)
    ]


def spans_of_earlier(chart: Chart, told: Iterable[Event]) -> list[tuple[Event, Span]]:
    """The earlier operations whose dates start a period, each with the days that it may have been.

    One whose day is not told was at any time between the operation that it must have followed and
    today's: "BKA in 2019, later converted to AKA".
    """
    earlier = earlier_of(chart, told)
    last = (chart.operation_date or dt.date.max) - dt.timedelta(days=1)
    dated = [e for e in earlier if e.spans]
    spans = [(e, Span(e.earliest, e.latest)) for e in dated if e.earliest and e.latest]
    for event in (e for e in earlier if not e.spans):
        after = {e.earliest: _follows(event, e) for e in dated if e.earliest}
        before = [day for day, follows in after.items() if follows]
        if before and False not in after.values():
            spans.append((event, Span(max(before), last)))
    return spans


def _follows(event: Event, dated: Event) -> bool | None:
    """Whether an operation of no told day was after a dated one of the same limb, or before it.

    A limb is only ever cut higher; a closure was after what its story tells before it. None where
    no story tells both: a level that is only named elsewhere may be a slip.
    """
    beside = [
        f.mention.start > other.mention.start
        for f in event.found
        for other in dated.found
        if f.mention.sentence.section is other.mention.sentence.section
        and "existing" not in f.mention.tells
    ]
    if event.kind != "division":
        return any(beside) if beside else None
    if _is_higher(dated.level, event.level):
        return False
    return True if beside and _is_higher(event.level, dated.level) else None


def _is_higher(level: Level | None, other: Level | None) -> bool:
    order = proximality().index
    return level is not None and other is not None and order(level) > order(other)
