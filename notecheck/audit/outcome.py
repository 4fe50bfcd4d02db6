"""One encounter of a chunk -> its row: a report with what an audit asks about it, or an error."""

from __future__ import annotations

import datetime as dt
from typing import Any

from notecheck.audit.reading import Item
from notecheck.audit.reasons import Failure
from notecheck.models import Claim, ClaimLine, Encounter, Evidence, Facts, Report
from notecheck.schedules.payment import Payment, billed_payment, payment

Row = dict[str, Any]

_EVIDENCE = ("doc_id", "start", "end", "text", "section", "rule")


def report_row(
    item: Item, encounter: Encounter, report: Report, *, keep_waiting: bool = False
) -> Row:
    """The row of `OUTCOMES` for a report; with the encounter, where it waits for a person."""
    claim = encounter.claim
    line = _line(claim, report.code)
    date = _service_date(encounter, line)
    return {
        "encounter_id": report.encounter_id,
        "source": item.source,
        "from_name": item.from_name,
        "code": report.code,
        "verdict": report.release.verdict,
        "decision": report.decision,
        "score": report.score,
        "confidence": report.confidence.release if report.confidence else None,
        "supported_code": report.supported_code.value,
        **_facts(report.facts),
        "surgeon": encounter.meta.surgeon,
        "facility": encounter.meta.facility,
        "payer": (claim.payer if claim else None) or encounter.meta.payer,
        **_claim(claim, line),
        **_money(claim, line, report, date),
        "service_date": date,
        "month": date.strftime("%Y-%m") if date else None,
        "documents": len(encounter.documents),
        "characters": sum(len(document.text) for document in encounter.documents),
        "report": report.model_dump_json(),
        "encounter": (
            encounter.model_dump_json(exclude_defaults=True)
            if keep_waiting and report.release.verdict != "release"
            else None
        ),
        "requirements": [
            {
                "requirement": item.id,
                "status": item.status,
                "message": item.message,
                "evidence": list(map(_words, item.evidence)),
            }
            for item in report.requirements
        ],
        "findings": [
            {
                "finding": item.id,
                "severity": item.severity,
                "message": item.message,
                "resolution": item.resolution,
                "claim_line": next((p.line for p in item.claim if p.line is not None), None),
                "claim_value": next((p.value for p in item.claim), None),
                "evidence": list(map(_words, item.evidence)),
            }
            for item in report.findings
        ],
    }


def _words(evidence: Evidence) -> Row:
    return {name: getattr(evidence, name) for name in _EVIDENCE}


def error_row(source: str, failure: Failure, encounter_id: str | None = None) -> Row:
    """The row of `OUTCOMES` for an encounter without a report."""
    return {
        "encounter_id": encounter_id,
        "source": source,
        "error_code": failure.code,
        "reason": failure.reason,
        "message": failure.message,
    }


def _facts(facts: Facts) -> Row:
    new, debridement = facts.new_level, facts.debridement
    return {
        "prior_level": facts.prior_level.value if facts.prior_level else None,
        "new_level": new.value if new else None,
        "segment": new.segment if new else None,
        "measurement_cm": new.measurement_cm if new else None,
        "bone_resected": facts.bone_resected.value if facts.bone_resected else None,
        "indications": [fact.value for fact in facts.indications],
        "reconstruction": [fact.value for fact in facts.reconstruction],
        "laterality": facts.laterality.value if facts.laterality else None,
        "debridement_performed": debridement.performed,
        "debridement_tissues": list(debridement.tissues),
        "debridement_area_cm2": debridement.area_cm2,
        "setting": facts.setting.value if facts.setting else None,
    }


def _claim(claim: Claim | None, line: ClaimLine | None) -> Row:
    if claim is None:
        return {}
    return {
        "claim_id": claim.claim_id,
        "form": claim.form,
        "place_of_service": claim.place_of_service,
        "type_of_bill": claim.type_of_bill,
        "billed_codes": [line.code for line in claim.lines],
        "billed": line is not None,
    }


def _money(claim: Claim | None, line: ClaimLine | None, report: Report, day: dt.date | None) -> Row:
    """What the line may pay, and how much of it the supported code would not."""
    if claim is None or line is None:
        return {}
    billed = billed_payment(claim, report.code, day)
    supported = report.supported_code.value
    if supported == report.code or report.code_supported:
        due = billed
    else:
        modifiers = [modifier.strip().upper() for modifier in line.modifiers]
        due = (
            Payment(0, "")
            if supported == "none"
            else payment(claim, supported, day, modifiers, line.units)
        )
    return {
        "estimated_payment": billed.amount if billed else None,
        "estimated_by": billed.basis if billed else None,
        "overpayment": round(billed.amount - due.amount, 2) if billed and due else None,
    }


def _line(claim: Claim | None, code: str) -> ClaimLine | None:
    return next((line for line in claim.lines if line.code == code), None) if claim else None


def _service_date(encounter: Encounter, line: ClaimLine | None) -> dt.date | None:
    if line and line.service_date:
        return line.service_date
    dates = [d.date for d in encounter.documents if d.type == "operative_note" and d.date]
    lines = encounter.claim.lines if encounter.claim else ()
    return next(iter(dates), None) or next((one.service_date for one in lines), None)
