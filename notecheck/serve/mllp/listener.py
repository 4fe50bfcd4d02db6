"""Takes HL7 messages over MLLP, and checks their visits."""

from __future__ import annotations

import asyncio
import json
import ssl
from http import HTTPStatus

from notecheck.errors import NotecheckError, fault
from notecheck.log.failure import LogError
from notecheck.read.hl7.identity import identity_from_json
from notecheck.serve.connections import Connections
from notecheck.serve.job import Job
from notecheck.serve.mllp.acknowledgement import (
    DATA_ERROR,
    INTERNAL_ERROR,
    UNSUPPORTED_TYPE,
    AckCode,
    Header,
    acknowledgement,
)  # fmt: skip
from notecheck.serve.mllp.answers import visit_job
from notecheck.serve.mllp.database import Database
from notecheck.serve.mllp.findings import oru_body, webhook_body
from notecheck.serve.mllp.framing import BrokenFrame, framed, next_block
from notecheck.serve.mllp.outbox import Outbox
from notecheck.serve.mllp.sending import Sending
from notecheck.serve.mllp.visits import Visits
from notecheck.serve.problems import Refused
from notecheck.serve.service import Service
from notecheck.serve.settings import Mllp
from notecheck.terminal.messages import say

_KINDS = ("MDM^T", "ORU^R01", "DFT^P03")
_TWO_PATIENTS = (
    "the message names the visit of other messages and another patient (PID-3), or none where it "
    "could be of two"
)
BY = "HL7 interface"
_LOOK_SECONDS = 0.2
_FAREWELL_SECONDS = 2.0
_FORGET_SECONDS = 3600.0
_VISIT_WORKER, _SENDER = "the visit worker", "the sender of findings"


class VisitWaits(NotecheckError):
    """A visit could not be checked now; it is tried again."""

    code = "NC420"


class Listener:
    """Begun by `started`, ended by `close`."""

    def __init__(self, service: Service, settings: Mllp) -> None:
        self._service = service
        self._settings = settings
        self._store = Database(settings.store)
        outbox = Outbox(self._store)
        self._visits = Visits(self._store, outbox)
        self._sending = (
            Sending(settings.send, self._store, outbox, service.metrics) if settings.send else None
        )
        self._busy: set[asyncio.Task[None]] = set()
        self._idle: set[asyncio.StreamWriter] = set()
        limits = service.settings.limits
        self._connections = Connections(
            limits.connections, limits.client_connections, service.metrics
        )
        self._server: asyncio.Server | None = None
        self._stopping = False
        self._forgotten = -_FORGET_SECONDS

    async def start(self, port: int, tls: ssl.SSLContext | None) -> int:
        """Listens, and goes on with what an earlier run left. The port that it listens at."""
        self._server = await asyncio.start_server(
            self._connected, self._settings.host, port, ssl=tls,
            limit=self._service.settings.limits.body_bytes,
        )  # fmt: skip
        self._service.watch.begin(_VISIT_WORKER, self._check_visits)
        if self._sending:
            self._service.watch.begin(_SENDER, self._sending.turn)
        bound: int = self._server.sockets[0].getsockname()[1]
        return bound

    async def close(self) -> None:
        """Acknowledges what came; visits and findings that are left wait in the store."""
        self._stopping = True
        if self._server is not None:
            self._server.close()
        for writer in self._idle:
            writer.close()
        if self._busy:
            await asyncio.wait(self._busy)
        await self._service.watch.end(_VISIT_WORKER, _SENDER)
        self._store.close()

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._busy.add(task)
        host = writer.get_extra_info("peername")[0]
        refused = self._connections.enter(host)
        try:
            if refused is not None:
                await self._turned_away(reader, writer, refused.detail)
            else:
                await self._messages(reader, writer)
        except (BrokenFrame, ConnectionError):
            pass  # what is no MLLP has no sender to tell
        except Exception as error:  # the message is not acknowledged, so its sender keeps it
            say(f"an HL7 message {fault(error)}")
        finally:
            if refused is None:
                self._connections.leave(host)
            self._busy.discard(task)
            writer.close()

    async def _messages(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        seconds = self._service.settings.limits.body_seconds
        while not self._stopping:
            self._idle.add(writer)
            try:
                block = await next_block(reader, seconds, self._settings.idle_seconds)
            finally:
                self._idle.discard(writer)
            if block is None:
                return
            await self._tell(writer, await self._taken(block))

    async def _turned_away(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, why: str
    ) -> None:
        """One connection too many: its first message, if it comes soon, is answered AR."""
        block = await next_block(reader, _FAREWELL_SECONDS, _FAREWELL_SECONDS)
        if block is not None:
            await self._tell(writer, acknowledgement(Header(block), "AR", INTERNAL_ERROR, why))

    async def _tell(self, writer: asyncio.StreamWriter, answer: bytes) -> None:
        """Raises ConnectionError for a client that does not take it."""
        writer.write(framed(answer))
        try:
            async with asyncio.timeout(self._service.settings.limits.body_seconds):
                await writer.drain()
        except TimeoutError:
            writer.transport.abort()
            raise ConnectionError from None

    async def _taken(self, raw: bytes) -> bytes:
        """Keeps the message and says so, or says why not."""
        header = Header(raw)
        code: AckCode = "AR"
        error, detail = header.refusal(), ""
        if not header.is_there:
            error, detail = UNSUPPORTED_TYPE, "the message does not begin with MSH"
        elif error is None and not header.kind.startswith(_KINDS):
            error, detail = UNSUPPORTED_TYPE, "send MDM^T02 to T11, ORU^R01 or DFT^P03"
        if error is None:
            code, error, detail = await self._kept(raw)
        kind = header.first(9)
        known = kind if kind in ("MDM", "ORU", "DFT") else "other"
        self._service.metrics.messages.labels(known, code).inc()
        return acknowledgement(header, code, error, detail)

    async def _kept(self, raw: bytes) -> tuple[AckCode, str | None, str]:
        try:
            answer = await self._service.pool.answer(Job("hl7-message", raw), by=BY)
            told = json.loads(answer.body)
            if answer.status == HTTPStatus.UNPROCESSABLE_ENTITY:
                return "AE", DATA_ERROR, told["detail"]
            if answer.status != HTTPStatus.OK:
                return "AE", INTERNAL_ERROR, told["detail"]
            for one in told:
                identity = identity_from_json(one["identity"])
                kept = await self._store.run(
                    self._visits.take, one["name"], one["repeat"], identity, one["raw"].encode()
                )
                if kept is None:
                    return "AE", DATA_ERROR, _TWO_PATIENTS
        except Refused as refused:
            return "AR", INTERNAL_ERROR, refused.detail
        except LogError as error:
            say(str(error))
            return "AR", INTERNAL_ERROR, "the message could not be kept: send it again"
        return "AA", None, ""

    async def _check_visits(self) -> None:
        """Checks the visits that are quiet; one that cannot be checked now stays open."""
        now = asyncio.get_running_loop().time()
        visits = await self._store.run(self._visits.open, self._settings.quiet_seconds)
        for visit, name, changed in visits:
            try:
                await self._check(visit, name, changed)
            except Refused as refused:
                raise VisitWaits(f"a visit could not be checked now: {refused.detail}") from None
        if now - self._forgotten >= _FORGET_SECONDS:
            await self._store.run(self._visits.forget, self._settings.keep_days)
            self._forgotten = now
        await asyncio.sleep(_LOOK_SECONDS)

    async def _check(self, visit: int, name: str, changed: float) -> None:
        messages = await self._store.run(self._visits.messages, visit)
        try:
            answer = await self._service.decide(
                "hl7-visit", visit_job(messages), way="mllp", by=BY, patient=True
            )
        except Refused as refused:
            if refused.status == HTTPStatus.SERVICE_UNAVAILABLE:
                raise
            say(f"a visit could not be checked, and waits for its next message: {refused.detail}")
            await self._store.run(self._visits.settle, visit, name, changed, None, None)
            return
        if answer.status == HTTPStatus.INTERNAL_SERVER_ERROR:
            say(f"a visit {json.loads(answer.body)['detail']}")
        told = await self._store.run(self._visits.told, visit)
        body = None
        if answer.draft is not None and self._sending:
            now = answer.draft.body["report_sha256"]
            if now != told:
                told = now
                body = self._finding(name, answer.draft.ref, answer.body, messages[-1])
        await self._store.run(self._visits.settle, visit, name, changed, told, body)

    def _finding(self, visit: str, ref: str, report: bytes, last: bytes) -> bytes:
        send = self._settings.send
        if send and send.webhook:
            return webhook_body(visit, ref, report)
        return oru_body(ref, report, last)
