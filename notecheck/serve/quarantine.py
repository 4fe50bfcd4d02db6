"""What took too long once, or ended its workers, is not tried again for a while."""

from __future__ import annotations

import hashlib
import time

from notecheck.serve.job import Job

_SECONDS = 3600.0
_MOST = 1_000


class Quarantine:
    """Knows such jobs by the hash of their content; nothing else of them is kept."""

    def __init__(self) -> None:
        self._until: dict[bytes, float] = {}

    def add(self, job: Job) -> None:
        while len(self._until) >= _MOST:
            del self._until[next(iter(self._until))]
        self._until[_hash(job)] = time.monotonic() + _SECONDS

    def holds(self, job: Job) -> bool:
        if not self._until:
            return False
        until = self._until.get(_hash(job))
        return until is not None and time.monotonic() < until


def _hash(job: Job) -> bytes:
    return hashlib.sha256(job.kind.encode() + b"\0" + job.body).digest()
