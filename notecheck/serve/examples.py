"""The example that OpenAPI shows: the encounter is here, its report is made at the start."""

from __future__ import annotations

ENCOUNTER = {
    "encounter_id": "V1001",
    "documents": [
        {
            "doc_id": "op",
            "type": "operative_note",
            "date": "2026-03-02",
            "text": "OPERATION: Revision of left above-knee amputation.\n"
            "INDICATIONS: Osteomyelitis of the left femoral stump with exposed bone; closing the "
            "soft tissue alone would leave infected bone.\n"
            "DESCRIPTION: The femur was divided with a saw at mid-shaft. Adductor myodesis was "
            "done through drill holes. The wound was closed in layers.\n",
        }
    ],
    "claim": {
        "claim_id": "C1001",
        "payer": "medicare",
        "form": "professional",
        "place_of_service": "21",
        "lines": [{"code": "27596", "modifiers": ["LT"], "service_date": "2026-03-02"}],
    },
}
