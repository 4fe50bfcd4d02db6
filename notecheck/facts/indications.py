"""Why the operation was done, and which documents said so before it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import get_args

from notecheck.facts.case import PreopDocument
from notecheck.facts.indication_scope import outside_scope
from notecheck.facts.stump import concerns_stump
from notecheck.models import DocumentType, Evidence, IndicationFact, IndicationValue
from notecheck.pipeline.mentions import AnalysedDocument
from notecheck.timeline.chart import DIAGNOSES, TITLE, Chart, Found, evidence, is_headed

_VALUES: tuple[IndicationValue, ...] = get_args(IndicationValue)
# What an operation on a limb that keeps the limb may be for; the rest is said of stumps.
_OF_ANY_LIMB = frozenset(
    {"infection", "osteomyelitis", "nonviable", "ischemia", "neoplasm", "trauma"}
)
_SAYS_WHY = DIAGNOSES | {TITLE, "indications", "assessment"}
_PREOPERATIVE: frozenset[DocumentType] = frozenset(
    {"history_and_physical", "preop_note", "consult", "office_note", "progress_note"}
)


def indications(chart: Chart) -> tuple[tuple[IndicationFact, ...], tuple[Evidence, ...]]:
    """The indications that any document asserts, in the contract's order, and the vague words.

    An admission order tells why the patient came in, which may be an operation ago; it is read
    only where nothing else tells a reason. Mentions that belong to an earlier operation or to
    another part of the body are added to `chart.excluded`.
    """
    reasons = standing(chart, chart.found(chart.documents, "indication"))
    if not concerns_stump(chart) and any(map(is_headed, chart.operative)):
        reasons = [f for f in reasons if _of_any_limb(f)]
    by_value: dict[str, list[Found]] = {}
    for found in reasons:
        by_value.setdefault(found.mention.value, []).append(found)
    facts = tuple(
        IndicationFact(value=value, evidence=evidence(by_value[value]))
        for value in _VALUES
        if value in by_value
    )
    return facts, evidence(chart.found(chart.documents, "vague_indication"))


def _of_any_limb(found: Found) -> bool:
    """Whether a reason stands for an operation that amputates nothing: told where reasons are."""
    return found.mention.value in _OF_ANY_LIMB and found.mention.category in _SAYS_WHY


def preop_documents(chart: Chart) -> tuple[PreopDocument, ...]:
    """What each document dated on or before the operation, or undated, says of the reason."""
    operation = chart.operation_date
    return tuple(
        PreopDocument(
            doc_id=document.document.doc_id,
            type=document.document.type,
            specific=evidence(standing_indications(chart, [document])),
            vague=evidence(
                [*chart.found([document], "vague_indication"), *_doubted(chart, document)]
            ),
        )
        for document in chart.documents
        if document.document.type in _PREOPERATIVE
        and (
            operation is None
            or document.document.date is None
            or document.document.date <= operation
        )
    )


def _doubted(chart: Chart, document: AnalysedDocument) -> Iterator[Found]:
    """Reasons that the second reader doubts: a document that tells one is not silent."""
    for found in chart.found([document], "indication", counted=False):
        doubted = found.mention.reason == "doubtful"
        if doubted and outside_scope(found, chart.operation_date) is None:
            yield found


def standing_indications(chart: Chart, documents: Iterable[AnalysedDocument]) -> Iterator[Found]:
    """The indications in `documents` that are about today's operation."""
    for found in chart.found(documents, "indication"):
        if outside_scope(found, chart.operation_date) is None:
            yield found


def _is_visit_after(chart: Chart, found: Found) -> bool:
    document, operation = found.document.document, chart.operation_date
    return (
        document.type in _PREOPERATIVE
        and document.date is not None
        and operation is not None
        and document.date > operation
    )


def standing(chart: Chart, found: Iterable[Found]) -> list[Found]:
    """Those of `found` that are reasons for today's operation; the others are excluded.

    What an admission order tells stands only where nothing else does.
    """
    told: list[Found] = []
    ordered: list[Found] = []
    for one in found:
        by_order = one.document.document.type == "admission_order"
        # What a visit after the operation finds is its result and no reason for it.
        after = _is_visit_after(chart, one)
        reason = "other_operation" if after else outside_scope(one, chart.operation_date)
        if reason is None:
            (ordered if by_order else told).append(one)
        else:
            chart.excluded.append((one, reason))
    if told:
        chart.excluded += [(one, "history") for one in ordered]
    return told or ordered
