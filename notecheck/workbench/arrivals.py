"""An encounter and its report -> the rows of a new item in the queue."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from notecheck.models import NOT_MET, Encounter, Report
from notecheck.schedules.payment import billed_payment
from notecheck.workbench.worth import worth


def now() -> str:
    """The time as the tables hold it."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def amount_at_stake(encounter: Encounter, report: Report) -> float | None:
    """What the claim may pay for the code checked, in dollars, where a rate is held."""
    if encounter.claim is None:
        return None
    paid = billed_payment(encounter.claim, report.code, report.operation_date)
    return paid.amount if paid else None


def item_row(
    encounter: Encounter, report: Report, source: str, amount: float | None
) -> dict[str, Any]:
    """The item, waiting for somebody. `amount` is in dollars, None when unknown."""
    return {
        "source": source,
        "state": "open",
        "assignee": None,
        "version": 1,
        "arrived": now(),
        "closed": None,
        "encounter_id": encounter.encounter_id,
        **checked_row(encounter, report, amount),
    }


def checked_row(encounter: Encounter, report: Report, amount: float | None) -> dict[str, Any]:
    """The part of an item that a new check of its encounter changes."""
    claim = encounter.claim
    confidence = report.confidence.release if report.confidence else None
    service = (
        report.operation_date
        or next((line.service_date for line in claim.lines if line.service_date), None)
        if claim
        else report.operation_date
    )
    return {
        "code": report.code,
        "verdict": report.release.verdict,
        "decision": report.decision,
        "score": report.score,
        "confidence": confidence,
        "amount": amount,
        "worth": worth(amount, report.release.verdict, confidence),
        "payer": (claim.payer if claim else None) or encounter.meta.payer,
        "surgeon": encounter.meta.surgeon,
        "facility": encounter.meta.facility,
        "service_date": service.isoformat() if service else None,
    }


def chart_row(encounter: Encounter, report: Report) -> dict[str, str]:
    """The encounter and its report, as `charts` keeps them."""
    return {
        "encounter": encounter.model_dump_json(exclude_defaults=True),
        "report": report.model_dump_json(),
    }


def reason_rows(report: Report) -> list[dict[str, str]]:
    """What keeps the bill from release, each once."""
    found: dict[tuple[str, str], str] = {
        ("requirement", result.id): result.status
        for result in report.requirements
        if result.status in NOT_MET
    }
    for finding in report.findings:
        found.setdefault(("finding", finding.id), finding.severity)
    return [
        {"kind": kind, "name": name, "status": status} for (kind, name), status in found.items()
    ]
