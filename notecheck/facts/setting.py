"""Whether the patient was an inpatient or an outpatient for this operation."""

from __future__ import annotations

from collections.abc import Iterator

from notecheck.facts.case import SettingSigns
from notecheck.models import DocumentType, SettingFact, SettingValue
from notecheck.timeline.chart import Chart, Found, evidence

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
    return list(chart.found(summaries, "hospital_stay"))


def _asserted(chart: Chart) -> Iterator[Found]:
    """Words for a setting; going home tells it in the operative note alone."""
    for found in chart.found(chart.documents, "setting"):
        went_home = "went_home" in found.mention.tells
        ordered = "ordered" in found.mention.tells  # below a history in the same paragraph
        if found.mention.category in _NOT_THIS_OPERATION and not ordered:
            continue
        if not went_home or found.document.document.type == "operative_note":
            yield found


def _rank(found: Found) -> tuple[int, bool, int]:
    """Smallest for what decides."""
    return (
        _AUTHORITY.index(found.document.document.type),
        found.mention.category != _STATUS,
        -found.mention.start,
    )
