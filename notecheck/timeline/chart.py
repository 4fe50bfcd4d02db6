"""The documents of one encounter as the facts read them."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from notecheck.models import Evidence, ExclusionReason, Side
from notecheck.pipeline.mentions import AnalysedDocument, Mention
from notecheck.timeline.addendum import addenda
from notecheck.timeline.ages import age_now
from notecheck.timeline.calendar_days import writes_day_first
from notecheck.timeline.clock import Clock
from notecheck.timeline.words import fact_words

# Where an operative note says what was done, as against why, to whom and with what plan.
_NOT_DESCRIPTION = frozenset({
    "preoperative_diagnosis", "postoperative_diagnosis", "procedure_title", "indications",
    "past_history", "family_history", "consent", "quoted_report", "medications", "plan",
    "social_history", "setting", "laterality", "specimens", "administrative", "exam",
    "assessment", "findings", "anesthesia",
})  # fmt: skip
_HISTORY = frozenset({"past_history", "plan", "indications", "exam", "assessment"})
_REPORTS = ("discharge_summary", "office_note")
DIAGNOSES = frozenset({"preoperative_diagnosis", "postoperative_diagnosis"})
TITLE = "procedure_title"
_HEADINGS = DIAGNOSES | {TITLE}
CUTS = ("bone_cut", "joint_cut")  # of a description: what divides a limb
_ELSEWHERE = ("other_site", "named_site")
_OF_STUMPS = ("myodesis", "myoplasty")
_AT_WORK = 2  # mentions of the limb in the description
_WRITTEN_UP = 1  # days by which two notes of one operation may be dated apart
OPERATED_LIMB = "operated_limb"
LIMB_GROUP = "head"  # the group of a pattern that holds the name of a limb
# What is told of any wound; how an incision elsewhere was closed is no matter of a stump.
COVERAGE_OF_ANY_WOUND = frozenset({"skin_graft", "negative_pressure"})


@dataclass(slots=True)
class Found:
    """A mention together with the document that it stands in."""

    document: AnalysedDocument
    mention: Mention

    @property
    def evidence(self) -> Evidence:
        return self.document.evidence(self.mention)

    @property
    def told_in(self) -> tuple[str, int]:
        """The document and the number of the sentence that the mention stands in."""
        return self.document.document.doc_id, self.mention.sentence.index


@dataclass(frozen=True, slots=True)
class TimesTold:
    """How documents tell times, whichever operation they are read for.

    `day_first` are those, by id, that write the day before the month; `age` is the patient's, in
    years.
    """

    day_first: Mapping[str, bool]
    age: int | None

    @classmethod
    def of(cls, documents: Sequence[AnalysedDocument]) -> TimesTold:
        own = {d.document.doc_id: writes_day_first(d.normalized) for d in documents}
        shown = set(own.values())
        of_others = True in shown and False not in shown
        day_first = {doc: of_others if day is None else day for doc, day in own.items()}
        return cls(day_first, age_now(d.normalized for d in documents))


@dataclass(slots=True)
class Chart:
    """All documents; `operative` are those of today's operation, `others` the rest.

    `side` is the operated side, once it is known; facts about the other limb are excluded by it.
    `addenda` are read as operative notes whatever their type. `elsewhere` are the sides of today's
    other operations, `asked_side` is that of the one which is read. Of operative notes of several
    days those of the `asked` day, else the last, tell today's operation; those `apart` tell others,
    and are among the `others`.
    """

    documents: list[AnalysedDocument]
    side: Side | None = None
    elsewhere: frozenset[Side] = frozenset()
    asked_side: Side | None = None
    asked: dt.date | None = None
    excluded: list[tuple[Found, ExclusionReason]] = field(default_factory=list)
    addenda: list[AnalysedDocument] = field(init=False)
    operative: list[AnalysedDocument] = field(init=False)
    others: list[AnalysedDocument] = field(init=False)
    reports: list[AnalysedDocument] = field(init=False)  # operative notes without their addenda
    apart: list[AnalysedDocument] = field(init=False)
    # The first date of a report; an addendum's is the day it was written.
    operation_date: dt.date | None = field(init=False)
    _times: TimesTold | None = None  # that of the chart which this is a copy of

    def __post_init__(self) -> None:
        self.addenda = addenda(self.documents)
        self.reports = [d for d in self.documents if self._is_report(d)]
        self.apart = _of_other_days(self.reports, self.asked)
        self.reports = [d for d in self.reports if not _is_among(d, self.apart)]
        dates = (report.document.date for report in self.reports)
        self.operation_date = next((date for date in dates if date), None)
        self.addenda = [a for a in self.addenda if self._is_of_today(a)]
        operative = [*self.reports, *self.addenda]
        self.operative = [d for d in self.documents if _is_among(d, operative)]
        self.others = [d for d in self.documents if not _is_among(d, operative)]

    def _is_report(self, document: AnalysedDocument) -> bool:
        return document.document.type == "operative_note" and not self._is_addendum(document)

    def _is_addendum(self, document: AnalysedDocument) -> bool:
        return _is_among(document, self.addenda)

    def _is_of_today(self, addendum: AnalysedDocument) -> bool:
        written = addendum.document.date
        return not (written and self.operation_date and written < self.operation_date)

    def day_of(self, document: AnalysedDocument) -> dt.date | None:
        """The day of the other operation that a note tells, or None for any other document."""
        return document.document.date if _is_among(document, self.apart) else None

    def clock(self, document: AnalysedDocument) -> Clock:
        """What the times that a document tells are counted from.

        Whether its days go before the months is shown by its own dates, else by the other
        documents'; American order is taken for granted where nothing shows.
        """
        times, written = self._times_told(), document.document.date
        day_first = times.day_first[document.document.doc_id]
        return Clock(self.operation_date or written, written, day_first, times.age)

    def _times_told(self) -> TimesTold:
        if self._times is None:
            self._times = TimesTold.of(self.documents)
        return self._times

    @property
    def reporting(self) -> list[AnalysedDocument]:
        """The documents that report the operation: its notes, else what sums it up afterwards."""
        return self.operative or [d for d in self.documents if d.document.type in _REPORTS]

    @property
    def tells_limb_operation(self) -> bool:
        """Whether anything here tells an operation on a lower limb.

        A history of an amputation, in a consult for something else, is no operation; an office
        or discharge note counts when it tells a debridement done.
        """
        if self.operative:
            return any(_on_lower_limb(note) for note in self.operative)
        return any(self.found(self.reporting, "debridement"))

    def copy(self, asked: dt.date | None = None) -> Chart:
        """The same documents, to be read for one operation without a trace in this chart."""
        return Chart(
            [
                replace(
                    d,
                    mentions=[m.copy() for m in d.mentions],
                    readings=[r.copy() for r in d.readings],
                )
                for d in self.documents
            ],
            asked=asked or self.asked,
            _times=self._times_told(),
        )

    def amended(self, found: Iterable[Found]) -> list[Found]:
        """What an addendum says of a matter, where one speaks of it; else all that is `found`."""
        told = list(found)
        return [f for f in told if self._is_addendum(f.document)] or told

    def found(
        self, documents: Iterable[AnalysedDocument], *facts: str, counted: bool = True
    ) -> Iterator[Found]:
        """Mentions of these facts in these documents, by default only those that count."""
        for document in documents:
            for mention in document.of(*facts):
                if mention.counts or not counted:
                    yield Found(document, mention)


def _of_other_days(
    notes: Sequence[AnalysedDocument], asked: dt.date | None
) -> list[AnalysedDocument]:
    """The notes of another operation than that of the day asked about, else of the last."""
    dates = [n.document.date for n in notes if n.document.date]
    day = asked if asked in dates else max(dates, default=None)
    return [
        n
        for n in notes
        if day and n.document.date and abs((day - n.document.date).days) > _WRITTEN_UP
    ]


def _is_among(document: AnalysedDocument, documents: Iterable[AnalysedDocument]) -> bool:
    return any(document is other for other in documents)


def _on_lower_limb(note: AnalysedDocument) -> bool:
    """Whether an operative note is about a lower limb: by an amputation, or by its headings."""
    if tells_amputation(note):
        return True
    on_limb = [m for m in note.mentions if _names_limb(note, m)]
    if any(map(_in_heading, on_limb)) or not is_headed(note):
        return bool(on_limb)
    if any(
        m.fact == "elsewhere" and m.value in _ELSEWHERE and _in_heading(m) for m in note.mentions
    ):
        return False
    # Headings that name no part of the body: the limb that is prepared is operated on.
    prepared = {m.sentence.index for m in note.of("field") if in_description(m)}
    return any(m.sentence.index in prepared for m in on_limb if LIMB_GROUP in m.groups)


def _names_limb(note: AnalysedDocument, mention: Mention) -> bool:
    """Whether a mention names a limb, and not a vessel there that only gives access."""
    if mention.value != OPERATED_LIMB and LIMB_GROUP not in mention.groups:
        return False
    words = note.words(mention)
    after = note.normalized[mention.end : mention.end + 12].lstrip()
    data = fact_words()
    return not (
        words.endswith(data.access_only)
        or (words.endswith(data.access_before) and after.startswith(data.access))
    )


def tells_amputation(note: AnalysedDocument) -> bool:
    """Whether a note tells an amputation or a stump of a limb outside its history.

    Organs, vessels and nerves are "amputated" too, and leave "stumps": the bare words count only
    in a heading, beside the name of a limb, or in a note without headings.
    """
    headed = is_headed(note)
    on_limb = [m for m in note.mentions if m.value == OPERATED_LIMB]
    limbs = {m.sentence.index for m in on_limb}
    # A patient's old amputation is history, unless the operation goes on to work at the limb.
    works_at_limb = (
        sum(map(in_description, on_limb)) >= _AT_WORK
        or any(m.value in _OF_STUMPS and in_description(m) for m in note.of("reconstruction"))
    ) and not any(
        m.fact == "elsewhere" and m.value in _ELSEWHERE and _in_heading(m) for m in note.mentions
    )
    for mention in note.mentions:
        if not mention.counts or (mention.category in _HISTORY and not works_at_limb):
            continue
        if mention.fact in ("prior", "amputation"):
            return True
        if mention.fact == "prior_unlevelled" and note.words(mention) not in fact_words().bare:
            return True
        if mention.fact in ("amputation_any", "prior_unlevelled") and (
            not headed
            or _in_heading(mention)
            or (mention.sentence.index in limbs and note.words(mention) not in fact_words().bare)
        ):
            return True
    return False


def tells_of_any_wound(mention: Mention) -> bool:
    """Whether such a mention is reported whatever was operated on."""
    return mention.fact == "debridement" or mention.value in COVERAGE_OF_ANY_WOUND


def is_headed(note: AnalysedDocument) -> bool:
    """Whether a note has headings that say what was done or why."""
    return not note.categories.isdisjoint(_HEADINGS)


def _in_heading(mention: Mention) -> bool:
    return mention.category in _HEADINGS


def in_description(mention: Mention) -> bool:
    """Whether the mention stands where an operative note tells what was done."""
    return (mention.category or "none") not in _NOT_DESCRIPTION


def bone_cut_at(note: AnalysedDocument) -> float:
    """Where the description first tells that bone was cut; behind all words where it does not."""
    cuts = (m.start for m in note.of("bone_cut") if m.counts and in_description(m))
    return next(cuts, math.inf)


def evidence(found: Iterable[Found], most: int = 3) -> tuple[Evidence, ...]:
    """The evidence items of the first few of `found`, none within another."""
    items: list[Evidence] = []
    for item in found:
        words = item.evidence
        if not any(_within(words, other) for other in items):
            items = [*(other for other in items if not _within(other, words)), words]
        if len(items) == most:
            break
    return tuple(items)


def _within(inner: Evidence, outer: Evidence) -> bool:
    return inner.doc_id == outer.doc_id and outer.start <= inner.start and inner.end <= outer.end
