"""Encounters to be decided and logged."""

from notecheck.models import Encounter
from notecheck.read.shape import encounter_from_object

SECRET = "Quillfeather"


def encounter(encounter_id: str = "E1", side: str = "left") -> Encounter:
    text = f"OPERATION: Revision of {side} above-knee amputation of {SECRET}. The femur was sawn."
    return encounter_from_object(
        {
            "encounter_id": encounter_id,
            "documents": [{"doc_id": "op", "type": "operative_note", "text": text}],
            "claim": {"claim_id": "C1", "lines": [{"code": "27596", "modifiers": ["LT"]}]},
        }
    )
