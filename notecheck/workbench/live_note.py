"""What the live check's page sends -> an encounter."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict

from notecheck.models import Encounter
from notecheck.read.shape import encounter_from_object

NOTE = "note"


class LiveLine(BaseModel):
    """The claim line as it is typed; an empty field says nothing."""

    model_config = ConfigDict(extra="forbid")

    code: str = ""
    modifiers: str = ""
    service_date: str = ""
    place_of_service: str = ""
    diagnoses: str = ""
    payer: str = ""


class LiveNote(BaseModel):
    """The note that is written, and the documents and claim that a file brought beside it."""

    model_config = ConfigDict(extra="forbid")

    text: str
    documents: list[dict[str, Any]] = []
    claim: dict[str, Any] | None = None
    line: LiveLine = LiveLine()

    def encounter(self) -> Encounter:
        """One encounter of them. Raises InputError."""
        return encounter_from_object(
            {
                "encounter_id": "live check",
                "documents": [
                    {"doc_id": NOTE, "type": "operative_note", "text": self.text},
                    *self.documents,
                ],
                "claim": self._claim(),
            }
        )

    def _claim(self) -> dict[str, Any] | None:
        line = self.line
        if not line.code:
            return self.claim
        return {
            "payer": line.payer.lower() or None,
            "form": "professional",
            "place_of_service": line.place_of_service or None,
            "lines": [
                {
                    "code": line.code,
                    "modifiers": line.modifiers.upper().split(),
                    "service_date": line.service_date or None,
                    "units": 1,
                    "diagnoses": line.diagnoses.upper().split(),
                }
            ],
        }


def as_live(encounter: Encounter) -> dict[str, Any]:
    """The encounter of a file, as the page takes it: the operative note to write on, the rest."""
    documents = list(encounter.documents)
    note = next((d for d in documents if d.type == "operative_note"), documents[0])
    rest = [d.model_dump(mode="json", exclude_defaults=True) for d in documents if d is not note]
    for number, document in enumerate(rest):
        if document["doc_id"] == NOTE:
            document["doc_id"] = f"{NOTE}-{number + 2}"
    claim = encounter.claim.model_dump(mode="json") if encounter.claim else None
    return {"text": note.text, "documents": rest, "claim": claim}
