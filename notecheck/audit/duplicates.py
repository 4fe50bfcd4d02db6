"""Encounter ids that more than one encounter has, found in memory of eight bytes an encounter."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from hashlib import blake2b

import numpy as np


class Duplicates:
    """Tells, while ids come by once more in the same order, which have been seen before."""

    def __init__(self, encounter_ids: Iterable[str]) -> None:
        hashes = array("Q", map(_hash, encounter_ids))
        values, counts = np.unique(np.frombuffer(hashes, dtype=np.uint64), return_counts=True)
        self._several = frozenset(values[counts > 1].tolist())
        self._first: dict[str, str] = {}

    def earlier(self, encounter_id: str, source: str) -> str | None:
        """Where an earlier encounter with this id was, or None for the first, which is kept."""
        if not self._several or _hash(encounter_id) not in self._several:
            return None
        first = self._first.get(encounter_id)
        if first is None:
            self._first[encounter_id] = source
        return first


def _hash(encounter_id: str) -> int:
    return int.from_bytes(blake2b(encounter_id.encode(), digest_size=8).digest(), "little")
