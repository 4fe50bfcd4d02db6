"""How many connections there are, of all clients and of each, and what one too many is told."""

from __future__ import annotations

import ipaddress
from collections import Counter
from http import HTTPStatus

from notecheck.serve.job import PROBLEM
from notecheck.serve.metrics import Metrics
from notecheck.serve.problems import Refused, problem_body

_AGAIN_SECONDS = 5


class Connections:
    """Counts those of one listener; a client is an address, of IPv6 its network of 64 bits."""

    def __init__(self, most: int, of_client: int, metrics: Metrics) -> None:
        self._most = most
        self._of_client = of_client
        self._metrics = metrics
        self._now: Counter[str] = Counter()

    def enter(self, host: str | None) -> Refused | None:
        """Counts a new connection, or says why it is one too many; None is this machine's own."""
        client = _client(host)
        refused: Refused | None = None
        if self._now.total() >= self._most:
            refused = _too_many(
                HTTPStatus.SERVICE_UNAVAILABLE, f"there are {self._most} connections already"
            )
        elif client and self._now[client] >= self._of_client:
            refused = _too_many(
                HTTPStatus.TOO_MANY_REQUESTS,
                f"you have {self._of_client} connections already: use them, or close some",
            )
        if refused is not None:
            self._metrics.refused.labels("connections").inc()
            return refused
        self._now[client] += 1
        return None

    def leave(self, host: str | None) -> None:
        """A connection that was counted has ended."""
        client = _client(host)
        self._now[client] -= 1
        if not self._now[client]:
            del self._now[client]


def refusal_bytes(refused: Refused) -> bytes:
    """A whole HTTP answer, for a connection that goes no further."""
    body = problem_body(refused.status, refused.detail)
    headers = {
        "Content-Type": PROBLEM,
        "Content-Length": str(len(body)),
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
        "Connection": "close",
        **refused.headers,
    }
    lines = (f"{name}: {value}" for name, value in headers.items())
    head = "\r\n".join((f"HTTP/1.1 {refused.status.value} {refused.status.phrase}", *lines))
    return head.encode() + b"\r\n\r\n" + body


def _client(host: str | None) -> str:
    if host is None or ":" not in host:
        return host or ""
    address = ipaddress.IPv6Address(host.partition("%")[0])
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ipaddress.ip_network((address, 64), strict=False))


def _too_many(status: HTTPStatus, detail: str) -> Refused:
    return Refused(status, f"{detail}, or try again", {"Retry-After": str(_AGAIN_SECONDS)})
