"""The audit log from within the service: what waits is appended in one go, off the event loop.

A decision is answered only when it is in the log, so appends are many and small; together they
cost one write to disk.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from notecheck.errors import fault
from notecheck.log.entry import Draft, Entry
from notecheck.log.failure import LogError
from notecheck.log.store import Log
from notecheck.serve.watch import Health, watched

T = TypeVar("T")
_MOST_AT_ONCE = 500
_LONGEST_SECONDS = 15.0  # that an answer waits for its entry
_LOOK_SECONDS = 2.0
_SILENT = "the log does not answer: is it locked?"
PART = "the audit log"


class LogWriter:
    """One log, used by one thread."""

    def __init__(self, log: Log, health: Health) -> None:
        self._log = log
        self._health = health
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="log")
        self._pending: list[tuple[Draft, asyncio.Future[Entry]]] = []
        self._writing: asyncio.Task[None] | None = None
        self._watching: asyncio.Task[None] | None = None

    def watch(self) -> None:
        """Looks from now on whether the log can be written, also while nobody asks for it."""
        self._watching = asyncio.create_task(watched(PART, self._look, self._health))

    async def _look(self) -> None:
        await self.read(lambda log: log.probe())
        self._health.up(PART)
        await asyncio.sleep(_LOOK_SECONDS)

    async def append(self, draft: Draft) -> Entry:
        """The entry, once it is on disk. Raises LogError."""
        outcome: asyncio.Future[Entry] = asyncio.get_running_loop().create_future()
        self._pending.append((draft, outcome))
        if self._writing is None:
            self._writing = asyncio.create_task(self._write())
        try:
            return await asyncio.wait_for(outcome, _LONGEST_SECONDS)
        except TimeoutError:
            raise LogError(_SILENT) from None

    async def read(self, reader: Callable[[Log], T]) -> T:
        """What `reader` makes of the log. Raises what it raises, and LogError."""
        reading = asyncio.get_running_loop().run_in_executor(self._thread, reader, self._log)
        try:
            return await asyncio.wait_for(reading, _LONGEST_SECONDS)
        except TimeoutError:
            raise LogError(_SILENT) from None

    async def close(self) -> None:
        """Writes what is left and closes the log."""
        if self._writing is not None:
            await self._writing
        if self._watching is not None:
            self._watching.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._watching
        await self.read(lambda log: log.close())
        self._thread.shutdown()

    async def _write(self) -> None:
        try:
            while self._pending:
                batch, self._pending = (
                    self._pending[:_MOST_AT_ONCE],
                    self._pending[_MOST_AT_ONCE:],
                )
                await self._write_batch(batch)
        finally:
            self._writing = None

    async def _write_batch(self, batch: list[tuple[Draft, asyncio.Future[Entry]]]) -> None:
        drafts = [draft for draft, _ in batch]
        try:
            entries = await self.read(lambda log: log.append(drafts))
        except Exception as error:  # whatever it is, those who wait for it must hear of it
            told = error if isinstance(error, LogError) else LogError(fault(error))
            self._health.down(PART, str(told))
            self._health.count(PART)
            for _, outcome in batch:
                if not outcome.done():
                    outcome.set_exception(LogError(told.message, where=told.where))
            return
        self._health.up(PART)
        for (_, outcome), entry in zip(batch, entries, strict=True):
            if not outcome.done():
                outcome.set_result(entry)
