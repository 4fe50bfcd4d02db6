"""What holds other FHIR resources: Bundles and Parameters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

BUNDLE = "Bundle"
WHOLE = frozenset({BUNDLE, "Parameters"})  # what may be an encounter by itself


def collection(entries: Sequence[Any]) -> dict[str, Any]:
    """A Bundle of these entries, in which nothing is said of how they were gathered."""
    return {"resourceType": BUNDLE, "type": "collection", "entry": entries}
