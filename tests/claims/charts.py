"""A re-amputation of the left thigh, as claims bill it, and what is found of one."""

from __future__ import annotations

from typing import Any

from notecheck import check

NOTE = (
    "DATE OF OPERATION: 2026-04-07\n"
    "PREOPERATIVE DIAGNOSIS: Infected left above-knee amputation stump.\n"
    "PROCEDURE: Re-amputation of the left thigh through the femur.\n"
    "SURGEON: I. Falk, MD\n{more}"
    "INDICATIONS: She had a left above-knee amputation in 2018. The bone end is infected, and "
    "closing the soft tissue alone would have left infected bone.{why}\n"
    "DESCRIPTION: The left thigh was prepped. The femur was divided with a saw at mid-shaft. "
    "The fascia was closed with 0 Vicryl and the skin with staples.{done}\n"
    "DISPOSITION: Patient class: inpatient.\n"
)


def line(code: str, *modifiers: str, day: str = "2026-04-07", **fields: Any) -> dict[str, Any]:
    diagnoses = ["T87.44"]
    return {"code": code, "modifiers": list(modifiers), "units": 1, "service_date": day,
            "diagnoses": diagnoses} | fields  # fmt: skip


def encounter(
    *lines: dict[str, Any], more: str = "", why: str = "", done: str = "",
    others: tuple[dict[str, Any], ...] = (), **claim: Any,
) -> dict[str, Any]:  # fmt: skip
    text = NOTE.format(more=more, why=why, done=done)
    return {
        "encounter_id": "E1",
        "documents": [
            {"doc_id": "op", "type": "operative_note", "date": "2026-04-07", "text": text}
        ],
        "claim": {
            "claim_id": "C1", "payer": "medicare", "form": "professional",
            "place_of_service": "21", "lines": list(lines or (line("27596", "LT"),)),
        } | claim,
        "other_claims": list(others),
    }  # fmt: skip


def billed(*lines: dict[str, Any], **claim: Any) -> dict[str, Any]:
    return {"claim_id": "C2", "payer": "medicare", "form": "professional",
            "place_of_service": "21", "lines": list(lines)} | claim  # fmt: skip


def stay(*procedures: str, **claim: Any) -> dict[str, Any]:
    return encounter(
        line("0360"), form="institutional", place_of_service=None, type_of_bill="0111",
        procedures=[{"code": code} for code in procedures], **claim,
    )  # fmt: skip


EARLIER = (billed(line("27590", "LT", day="2026-03-01")),)
NEUROMA = " She also has a painful sciatic neuroma."


def raised(given: dict[str, Any]) -> list[str]:
    return [finding.id for finding in check(given).findings]
