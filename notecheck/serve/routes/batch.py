"""POST /v1/check/batch: JSON Lines in, JSON Lines out, in the order of the lines."""

from __future__ import annotations

import asyncio
import json
from collections import deque
from collections.abc import AsyncIterator, Iterator
from http import HTTPStatus

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from notecheck.serve.bodies import read_body
from notecheck.serve.problems import Refused
from notecheck.serve.routes.access import REFUSALS, Asker, CodeInQuestion, Running
from notecheck.serve.service import Service

router = APIRouter(tags=["check"])
_LINES = "application/x-ndjson"
_TYPES = (_LINES, "application/jsonl")


@router.post("/v1/check/batch", response_class=StreamingResponse, responses=REFUSALS)
async def check_batch(
    request: Request, service: Running, caller: Asker, code: CodeInQuestion = None
) -> Response:
    """Check one encounter a line.

    Each line of the answer is the report of the line in the same place, or, where there is none,
    `{"schema": "notecheck.error/1", "line": 3, "status": 422, "detail": "..."}`. Blank lines are
    passed over.
    """
    limits = service.settings.limits
    if service.batches >= limits.batches_at_once:
        raise Refused(
            HTTPStatus.TOO_MANY_REQUESTS,
            f"{service.batches} batches are being checked already: try again",
            {"Retry-After": "10"},
        )
    service.batches += 1
    try:
        # All of it first: a client that sends before it reads would wait for us, and we for it.
        body = await read_body(
            request, _TYPES, most=limits.batch_bytes, seconds=limits.body_seconds
        )
    except BaseException:
        service.batches -= 1
        raise
    return _Batch(service, _reports(service, body, caller.name, code))


class _Batch(StreamingResponse):
    """One batch less when it is over, also where nobody came to read it."""

    def __init__(self, service: Service, lines: AsyncIterator[bytes]) -> None:
        super().__init__(lines, media_type=_LINES)
        self._service = service

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._service.batches -= 1


async def _reports(
    service: Service, body: bytes, by: str, code: str | None
) -> AsyncIterator[bytes]:
    """Few lines at a time, so that single checks get their turn."""
    at_once = 2 * service.settings.workers.count
    going: deque[asyncio.Task[bytes]] = deque()
    try:
        for number, line in _lines(body):
            going.append(asyncio.create_task(_one(service, number, line, by, code)))
            if len(going) == at_once:
                yield await going.popleft()
        while going:
            yield await going.popleft()
    finally:
        for task in going:
            task.cancel()


def _lines(body: bytes) -> Iterator[tuple[int, bytes]]:
    for number, line in enumerate(body.split(b"\n"), start=1):
        if line.strip():
            yield number, line


async def _one(service: Service, number: int, line: bytes, by: str, code: str | None) -> bytes:
    if len(line) > service.settings.limits.body_bytes:
        return _error(number, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "the line is too large")
    try:
        answer = await service.decide("encounter", line, way="http", by=by, patient=True, code=code)
    except Refused as refused:
        return _error(number, refused.status, refused.detail)
    if answer.status != HTTPStatus.OK:
        return _error(number, answer.status, json.loads(answer.body)["detail"])
    return answer.body + b"\n"


def _error(number: int, status: int, detail: str) -> bytes:
    told = {"schema": "notecheck.error/1", "line": number, "status": status, "detail": detail}
    return json.dumps(told).encode() + b"\n"
