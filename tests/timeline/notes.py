"""A minimal note of a revised left thigh stump, and what a report's operations say."""

from collections.abc import Mapping

from notecheck import check
from notecheck.models import Operation, Report

OPERATED = "2026-03-02"
_DESCRIPTION = (
    "The left thigh was prepped. The scar was opened and the femur was cut with a saw 14 cm below "
    "the greater trochanter. The adductor was sewn to the femur through drill holes."
)
CLAIM = {
    "form": "professional",
    "place_of_service": "21",
    "lines": [{"code": "27596", "modifiers": ["LT"], "service_date": OPERATED}],
}


def revision(
    history: str,
    description: str = _DESCRIPTION,
    title: str = "Revision of left above-knee amputation stump",
) -> str:
    return (
        "PREOPERATIVE DIAGNOSIS: Infected left above-knee stump\n"
        f"PROCEDURE: {title}\nINDICATIONS: {history}\nDESCRIPTION: {description}\n"
    )


def report_of(note: str, *others: tuple[str, str, str], claim: Mapping[str, object] | None = None):
    """The report on an operative note of the day, with `others` as (type, date, text)."""
    documents = [{"doc_id": "op", "type": "operative_note", "date": OPERATED, "text": note}]
    documents += [
        {"doc_id": f"d{n}", "type": kind, "date": date, "text": text}
        for n, (kind, date, text) in enumerate(others)
    ]
    encounter = {"encounter_id": "E", "documents": documents, "claim": claim}
    return check(encounter, code="27596")


def told(report: Report, **slots: str | None) -> list[Operation]:
    """The operations of a report that have these slots."""
    return [
        operation
        for operation in report.operations
        if all(getattr(operation, slot) == value for slot, value in slots.items())
    ]


def status_of(report: Report, requirement: str) -> str:
    return next(r.status for r in report.requirements if r.id == requirement)
