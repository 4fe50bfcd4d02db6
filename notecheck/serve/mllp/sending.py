"""Findings go out: tried again with growing pauses, and put into a folder when that is in vain."""

from __future__ import annotations

import asyncio
import re
import ssl
from pathlib import Path
from typing import Protocol

import httpx

from notecheck.serve.metrics import Metrics
from notecheck.serve.mllp.acknowledgement import AckCode
from notecheck.serve.mllp.database import Database, StoreError
from notecheck.serve.mllp.framing import BrokenFrame, framed, next_block
from notecheck.serve.mllp.outbox import Outbox, Outgoing
from notecheck.serve.settings import Send
from notecheck.terminal.messages import say

_IDLE_SECONDS = 0.2
_FIRST_PAUSE = 1.0
_LONGEST_PAUSE = 300.0
_ACK = re.compile(rb"[\r\n]MSA[^\w\s](?:[AC])([AER])")
_LIMIT = 1 << 20


class Undelivered(Exception):
    """The other side did not take it. `final` when it never will."""

    def __init__(self, reason: str, *, final: bool = False) -> None:
        self.reason = reason
        self.final = final
        super().__init__(reason)


class Sender(Protocol):
    """Delivers one finding. Raises Undelivered."""

    suffix: str

    async def send(self, body: bytes) -> None: ...


class WebhookSender:
    """POSTs JSON; any 2xx is delivered, and a 4xx other than 408 and 429 is final."""

    suffix = "json"

    def __init__(self, url: str, token: str | None, seconds: float) -> None:
        self._url = url
        self._seconds = seconds
        self._headers = {"Content-Type": "application/json"}
        if token:
            self._headers["Authorization"] = f"Bearer {token}"

    async def send(self, body: bytes) -> None:
        try:
            async with httpx.AsyncClient(timeout=self._seconds) as client:
                answer = await client.post(self._url, content=body, headers=self._headers)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise Undelivered(type(error).__name__) from None
        if not answer.is_success:
            final = answer.is_client_error and answer.status_code not in (408, 429)
            raise Undelivered(f"status {answer.status_code}", final=final)


class MllpSender:
    """Sends over MLLP; AA (or CA) is delivered, AE is final, AR is tried again."""

    suffix = "hl7"

    def __init__(self, host: str, port: int, *, tls: bool, seconds: float) -> None:
        self._host, self._port = host, port
        self._tls = ssl.create_default_context() if tls else None
        self._seconds = seconds

    async def send(self, body: bytes) -> None:
        try:
            async with asyncio.timeout(self._seconds):
                code = await self._acknowledged(body)
        except (OSError, TimeoutError, BrokenFrame) as error:
            raise Undelivered(type(error).__name__) from None
        if code != "AA":
            raise Undelivered(f"acknowledged {code}", final=code == "AE")

    async def _acknowledged(self, body: bytes) -> AckCode:
        reader, writer = await asyncio.open_connection(
            self._host, self._port, ssl=self._tls, limit=_LIMIT
        )
        try:
            writer.write(framed(body))
            await writer.drain()
            block = await next_block(reader, self._seconds)
        finally:
            writer.close()
        found = _ACK.search(block or b"")
        if not found:
            raise BrokenFrame
        codes: dict[bytes, AckCode] = {b"A": "AA", b"E": "AE", b"R": "AR"}
        return codes[found[1]]


class Sending:
    """Empties the outbox, one finding after the other, oldest first."""

    def __init__(self, settings: Send, store: Database, outbox: Outbox, metrics: Metrics) -> None:
        self._settings = settings
        self._store = store
        self._outbox = outbox
        self._metrics = metrics
        self._done: int | None = None  # the finding that is out, though the store may not say so
        self.sender = sender_of(settings)

    async def turn(self) -> None:
        """Sends the oldest finding, if its time has come, else waits a moment."""
        outgoing = await self._store.run(self._outbox.next)
        if outgoing is None:
            await asyncio.sleep(_IDLE_SECONDS)
            return
        if outgoing.number != self._done:  # else a locked store kept us from noting it down
            await self._send(outgoing)
        if outgoing.number == self._done:
            await self._store.run(self._outbox.sent, outgoing.number)
            self._done = None  # its number may be given again

    async def _send(self, outgoing: Outgoing) -> None:
        try:
            await self.sender.send(outgoing.body)
        except Undelivered as fault:
            if fault.final or outgoing.tries + 1 >= self._settings.tries:
                await asyncio.to_thread(self._give_up, outgoing, fault.reason)
                self._done = outgoing.number
                self._metrics.sent.labels("dead").inc()
            else:
                pause = min(_FIRST_PAUSE * 2**outgoing.tries, _LONGEST_PAUSE)
                await self._store.run(self._outbox.failed, outgoing.number, pause)
                self._metrics.sent.labels("failed").inc()
        else:
            self._done = outgoing.number
            self._metrics.sent.labels("delivered").inc()

    def _give_up(self, outgoing: Outgoing, reason: str) -> None:
        folder = self._settings.dead_letters
        path = folder / f"finding-{outgoing.number}.{self.sender.suffix}"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            path.touch(mode=0o600)
            path.write_bytes(outgoing.body)
        except OSError as error:  # it stays in the store, and is tried again
            raise StoreError(
                f"a finding could not be delivered ({reason}), nor put among the dead letters: "
                f"{error.strerror}",
                where=str(folder),
            ) from None
        say(f"a finding could not be delivered ({reason}) and is in {path}")


def sender_of(settings: Send) -> Sender:
    """Raises OSError when the token's file cannot be read."""
    if settings.webhook:
        token = _token(settings.token_file) if settings.token_file else None
        return WebhookSender(settings.webhook, token, settings.seconds)
    assert settings.host is not None and settings.port is not None
    return MllpSender(settings.host, settings.port, tls=settings.tls, seconds=settings.seconds)


def _token(path: Path) -> str:
    return path.read_text(encoding="utf-8").strip()
