"""What the service is, and which resources an EHR should send along."""

from __future__ import annotations

from typing import Any

SERVICE = "notecheck-27596"
HOOK = "encounter-discharge"
DOCUMENTS = "documents"

_OF_THE_ENCOUNTER = "?encounter=Encounter/{{context.encounterId}}"


def discovery() -> dict[str, Any]:
    """The answer of the discovery endpoint."""
    return {
        "services": [
            {
                "id": SERVICE,
                "hook": HOOK,
                "title": "Documentation of a re-amputation of the thigh",
                "description": "Checks whether the operative note documents what CPT 27596 "
                "requires, and says what is missing before the claim goes out.",
                "prefetch": {
                    "encounter": "Encounter/{{context.encounterId}}",
                    DOCUMENTS: f"DocumentReference{_OF_THE_ENCOUNTER}",
                    "procedures": f"Procedure{_OF_THE_ENCOUNTER}",
                    "conditions": f"Condition{_OF_THE_ENCOUNTER}",
                    "claims": f"Claim{_OF_THE_ENCOUNTER}",
                },
            }
        ]
    }
