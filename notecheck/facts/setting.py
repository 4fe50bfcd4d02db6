"""Whether the patient was an inpatient or an outpatient for this operation."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from notecheck.facts.case import SettingSigns
from notecheck.facts.side_words import AMPUTATIONS
from notecheck.models import DocumentType, SettingFact, SettingValue
from notecheck.timeline.chart import Chart, Found, evidence
from notecheck.timeline.dates import find_date
from notecheck.timeline.time_words import time_expressions

# Where two documents differ, the one nearer to the operation itself decides.
_AUTHORITY: tuple[DocumentType, ...] = (
    "operative_note", "admission_order", "discharge_summary", "progress_note", "preop_note",
    "history_and_physical", "consult", "office_note", "other",
)  # fmt: skip
_SUMMARY: DocumentType = "discharge_summary"
_STATUS = "setting"  # the heading under which a patient's class stands
_NOT_THIS_OPERATION = frozenset({
    "past_history", "quoted_report", "family_history", "social_history",
})  # fmt: skip
_OF_ITS_DAY = "of_its_day"  # tells what was on the day told beside it
_CLAUSE = re.compile(r"[^,;.()]*")
_LONGEST_STAY = dt.timedelta(days=28)  # before an operation, by which an admission is of its stay


def setting(chart: Chart) -> tuple[SettingFact | None, SettingSigns]:
    """The setting that the documents tell, and the words for it.

    Where both are told, the document nearest to the operation decides; within it the patient's
    class does, else the last word. The words for the setting that lost are not handed on: they
    were a plan, or a status since changed. A class that the record states apart from any note is
    neither, so it is handed on and contradicts.
    """
    told = read_from(chart)
    if not told:
        return None, SettingSigns()
    value: SettingValue = "inpatient" if told[0].mention.value == "inpatient" else "outpatient"
    words = evidence(told)
    against = evidence(
        found
        for found in _asserted(chart)
        if found.mention.value != told[0].mention.value
        and (_of_the_record(found) or _sums_up(found))
    )
    inside, outside = (words, against) if value == "inpatient" else (against, words)
    return SettingFact(value=value, evidence=words), SettingSigns(inside, outside)


def _sums_up(found: Found) -> bool:
    """Whether a summary of the stay says it: what became of an order, and no plan."""
    return found.document.document.type == _SUMMARY


def _of_the_record(found: Found) -> bool:
    """Whether it is the class of the whole encounter, which bears no day to be older than."""
    told_in = found.document.document
    return told_in.type == "other" and told_in.date is None and found.mention.category == _STATUS


def read_from(chart: Chart) -> list[Found]:
    """The words for the setting that holds, those that decide it first."""
    told = list(_asserted(chart)) or _by_document(chart)
    if not told:
        return []
    deciding = min(told, key=_rank)
    return [deciding, *(f for f in told if f.mention.value == deciding.mention.value)]


def _by_document(chart: Chart) -> list[Found]:
    """Where no words name a class: the stay in hospital that a summary of it tells."""
    summaries = [d for d in chart.documents if d.document.type == _SUMMARY]
    if not chart.operative:
        summaries = list(chart.reporting)
    return [f for f in chart.found(summaries, "hospital_stay") if not _began_when_written(chart, f)]


def _began_when_written(chart: Chart, found: Found) -> bool:
    """Whether a stay is told to begin on the day that its summary is written: no night of it."""
    document, written = found.document, found.document.document.date
    words = _CLAUSE.match(document.normalized, found.mention.start, found.mention.sentence.end)
    span = find_date(words[0] if words else "", chart.clock(document))
    return span is not None and span.earliest == written


def _asserted(chart: Chart) -> Iterator[Found]:
    """Words for a setting; going home tells it in the operative note alone."""
    for found in chart.found(chart.documents, "setting"):
        went_home = "went_home" in found.mention.tells
        ordered = "ordered" in found.mention.tells  # below a history in the same paragraph
        if found.mention.category in _NOT_THIS_OPERATION and not ordered:
            continue
        if went_home and found.document.document.type != "operative_note":
            continue
        if not _is_of_long_before(chart, found):
            yield found


def _is_of_long_before(chart: Chart, found: Found) -> bool:
    """Whether a stay, or a day's surgery, is told with a day long before the operation."""
    document, operated = found.document, chart.operation_date
    if (
        _OF_ITS_DAY not in found.mention.tells
        or operated is None
        or document.document.type == _SUMMARY
    ):
        return False
    for words in _may_tell_its_day(found):
        span = find_date(words, chart.clock(document))
        if span is not None:
            return span.latest < operated - _LONGEST_STAY
    return False


def _may_tell_its_day(found: Found) -> Iterator[str]:
    """The words that tell the day of a stay: its own, those next behind it, the sentence's first.

    Another day begins where an amputation is named, or since when something is so.
    """
    mention, text = found.mention, found.document.normalized
    if "when" in mention.groups:
        yield text[slice(*mention.groups["when"])]
        return
    told = [m.start for m in found.document.beside(mention) if m.fact in AMPUTATIONS]
    for start, end in (
        (mention.end, mention.sentence.end),
        (mention.sentence.start, mention.start),
    ):
        end = min((place for place in told if start <= place), default=end)
        words = _CLAUSE.match(text, start, max(start, end))
        yield time_expressions().since.split(words[0] if words else "")[0]


def _rank(found: Found) -> tuple[int, bool, int]:
    """Smallest for what decides."""
    return (
        _AUTHORITY.index(found.document.document.type),
        found.mention.category != _STATUS,
        -found.mention.start,
    )
