"""Round everything else: refuses huge heads, counts answers, turns faults into plain answers."""

from __future__ import annotations

from http import HTTPStatus

from starlette.datastructures import MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from notecheck.errors import fault
from notecheck.serve.metrics import Metrics
from notecheck.serve.problems import Refused, problem_response
from notecheck.terminal.messages import say


class Outermost:
    """ASGI middleware. A fault's own message could hold words of a note, so it is never shown."""

    def __init__(self, app: ASGIApp, metrics: Metrics, header_bytes: int) -> None:
        self._app = app
        self._metrics = metrics
        self._header_bytes = header_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        status: int | None = None

        async def counted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                route = getattr(scope.get("route"), "path", "other")
                self._metrics.requests.labels(route, str(status)).inc()
                _secure(message, scope)
            await send(message)

        # uvicorn limits a head that comes in pieces only.
        if sum(len(name) + len(value) for name, value in scope["headers"]) > self._header_bytes:
            refused = Refused(
                HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "the headers are too large"
            )
            await problem_response(refused)(scope, receive, counted)
            return
        names = [name for name, _ in scope["headers"]]
        if b"content-length" in names and b"transfer-encoding" in names:
            # Two servers could take such a request for two different ones.
            refused = Refused(
                HTTPStatus.BAD_REQUEST,
                "give Content-Length or Transfer-Encoding, not both",
                {"Connection": "close"},
            )
            await problem_response(refused)(scope, receive, counted)
            return
        try:
            await self._app(scope, receive, counted)
        except ClientDisconnect:
            return
        except Exception as error:
            say(fault(error))
            if status is None:
                refused = Refused(HTTPStatus.INTERNAL_SERVER_ERROR, fault(error))
                await problem_response(refused)(scope, receive, counted)


def _secure(message: Message, scope: Scope) -> None:
    """Answers hold patients' data: nothing in between keeps them or guesses at their type."""
    headers = MutableHeaders(scope=message)
    headers.setdefault("Cache-Control", "no-store")
    headers.setdefault("X-Content-Type-Options", "nosniff")
    if scope.get("scheme") == "https":
        headers.setdefault("Strict-Transport-Security", "max-age=31536000")
