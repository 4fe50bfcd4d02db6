"""Encounters to send."""

from __future__ import annotations

from typing import Any

SECRET = "Quillfeather"


def encounter(encounter_id: str = "E1", side: str = "left") -> dict[str, Any]:
    text = f"OPERATION: Revision of {side} above-knee amputation of {SECRET}. The femur was sawn."
    return {
        "encounter_id": encounter_id,
        "documents": [{"doc_id": "op", "type": "operative_note", "text": text}],
        "claim": {"claim_id": "C1", "lines": [{"code": "27596", "modifiers": ["LT"]}]},
    }
