"""The example that OpenAPI shows; its report is made when the service starts.

The note names the left side and the claim the right, and how the stump was closed is told in part.
"""

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
            "DESCRIPTION: The femur was divided with a saw at mid-shaft. The wound was closed in "
            "layers.\n",
        }
    ],
    "claim": {
        "claim_id": "C1001",
        "payer": "medicare",
        "form": "professional",
        "place_of_service": "21",
        "lines": [{"code": "27596", "modifiers": ["RT"], "service_date": "2026-03-02"}],
    },
}
