"""Invented encounters for the queue."""

from __future__ import annotations

from typing import Any

NOTE = (
    "PREOPERATIVE DIAGNOSIS: Infected left above-knee amputation stump.\n"
    "PROCEDURE: Revision of left above-knee amputation.\n"
    "INDICATIONS: He had a left above-knee amputation with a myodesis in 2020. The bone end is "
    "infected.\n"
    "DESCRIPTION: The left thigh was prepped. The femur was divided with a saw 9 cm above its "
    "old end. The skin was closed with staples.\n"
)


def stopped(encounter_id: str) -> dict[str, Any]:
    """A claim for the wrong leg."""
    return {
        "encounter_id": encounter_id,
        "documents": [
            {"doc_id": "op", "type": "operative_note", "date": "2026-04-02", "text": NOTE}
        ],
        "claim": {
            "claim_id": f"C-{encounter_id}",
            "payer": "medicare",
            "form": "professional",
            "place_of_service": "21",
            "lines": [
                {"code": "27596", "modifiers": ["RT"], "units": 1, "service_date": "2026-04-02",
                 "diagnoses": ["T87.44"]}
            ],
        },
        "meta": {"surgeon": "Dr. Ortega", "facility": "North"},
    }  # fmt: skip
