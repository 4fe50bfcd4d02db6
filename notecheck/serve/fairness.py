"""No client takes the service from the others: so many checks at once, and so many a minute."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus

from notecheck.serve.problems import Refused

_MOST_KNOWN = 10_000  # clients
_MINUTE = 60.0


class Fairness:
    """Counts what each client has asked; `at_once` and `per_minute` (None: no limit) are theirs."""

    def __init__(self, at_once: int, per_minute: int | None) -> None:
        self._at_once = at_once
        self._per_minute = per_minute
        self._now: dict[str, int] = {}
        self._left: dict[str, tuple[float, float]] = {}  # checks that are left, and since when

    @contextmanager
    def turn(self, client: str) -> Iterator[None]:
        """The client's check, while it lasts. Raises Refused 429 with Retry-After."""
        if self._now.get(client, 0) >= self._at_once:
            raise _too_many(f"{self._at_once} of your checks are being answered already", 1)
        self._take(client)
        self._now[client] = self._now.get(client, 0) + 1
        try:
            yield
        finally:
            self._now[client] -= 1
            if not self._now[client]:
                del self._now[client]

    def _take(self, client: str) -> None:
        if self._per_minute is None:
            return
        now = time.monotonic()
        left, since = self._left.get(client, (float(self._per_minute), now))
        left = min(self._per_minute, left + (now - since) * self._per_minute / _MINUTE)
        if left < 1:
            wait = math.ceil((1 - left) * _MINUTE / self._per_minute)
            raise _too_many(f"this key may ask {self._per_minute} checks a minute", wait)
        if len(self._left) >= _MOST_KNOWN:
            self._left.clear()
        self._left[client] = left - 1, now


def _too_many(detail: str, wait: int) -> Refused:
    return Refused(HTTPStatus.TOO_MANY_REQUESTS, f"{detail}: try again", {"Retry-After": str(wait)})
