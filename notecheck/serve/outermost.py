"""Round everything else: refuses huge heads, counts answers, turns faults into plain answers."""

from __future__ import annotations

from http import HTTPStatus

from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from notecheck.command import fault
from notecheck.messages import say
from notecheck.serve.metrics import Metrics
from notecheck.serve.problems import Refused, problem_response


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
            await send(message)

        # uvicorn limits a head that comes in pieces only.
        if sum(len(name) + len(value) for name, value in scope["headers"]) > self._header_bytes:
            refused = Refused(
                HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "the headers are too large"
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
