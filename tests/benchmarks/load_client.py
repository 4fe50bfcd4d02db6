"""A small HTTP client for load: keeps its connection, and asks again what was not answered."""

from __future__ import annotations

import asyncio
import contextlib

_PAUSE = 0.05  # seconds before asking again a service that is not there
_PATIENCE = 120


class Asked:
    """One connection; `again` counts requests that a closing connection left unanswered."""

    def __init__(self, port: int, path: str = "/v1/check") -> None:
        self._port = port
        self._path = path
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        self.again = 0
        self.busy = 0

    async def ask(self, body: bytes) -> tuple[int, bytes]:
        """The status and body of the answer, however often it has to be asked for."""
        async with asyncio.timeout(_PATIENCE):
            while True:
                try:
                    status, answer = await self._once(body)
                except (ConnectionError, asyncio.IncompleteReadError):
                    self.close()
                    await asyncio.sleep(_PAUSE)
                    continue
                if status != 429:
                    return status, answer
                self.busy += 1
                await asyncio.sleep(_PAUSE)

    def close(self) -> None:
        if self._streams is not None:
            self._streams[1].close()
            self._streams = None

    async def _once(self, body: bytes) -> tuple[int, bytes]:
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self._port)
        reader, writer = self._streams
        head = (
            f"POST {self._path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        writer.write(head.encode() + body)
        try:
            lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
            headers = dict(line.lower().split(": ", 1) for line in lines[1:] if line)
            answer = await reader.readexactly(int(headers["content-length"]))
        except (ConnectionError, asyncio.IncompleteReadError):
            self.again += 1
            raise
        if headers.get("connection") == "close":
            self.close()
        return int(lines[0].split()[1]), answer


async def closed(clients: list[Asked]) -> None:
    for client in clients:
        client.close()
    with contextlib.suppress(asyncio.CancelledError):
        await asyncio.sleep(0)
