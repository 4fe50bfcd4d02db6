"""The audit log from within the service: what waits is appended in one go, off the event loop.

A decision is answered only when it is in the log, so appends are many and small; together they
cost one write to disk.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from notecheck.errors import fault
from notecheck.log.entry import Draft, Entry
from notecheck.log.failure import LogError
from notecheck.log.store import Log
from notecheck.serve.watch import Watch

T = TypeVar("T")
_MOST_AT_ONCE = 500
_LONGEST_SECONDS = 15.0  # that an answer waits for its entry
_LOOK_SECONDS = 2.0
_SILENT = "the log does not answer: is it locked?"
PART = "the audit log"
_WRITER = "the writer of the log"

_Pending = tuple[Draft, asyncio.Future[Entry]]


class LogWriter:
    """One log, used by one thread."""

    def __init__(self, log: Log, watch: Watch) -> None:
        self._log = log
        self._watch = watch
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="log")
        self._pending: asyncio.Queue[_Pending] = asyncio.Queue()

    def start(self) -> None:
        """Writes from now on, and looks whether it could be done, also while nobody asks for it."""
        self._watch.begin(_WRITER, self._write)
        self._watch.begin(PART, self._look)

    async def append(self, draft: Draft) -> Entry:
        """The entry, once it is on disk. Raises LogError."""
        outcome: asyncio.Future[Entry] = asyncio.get_running_loop().create_future()
        self._pending.put_nowait((draft, outcome))
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
        await self._pending.join()
        await self._watch.end(_WRITER, PART)
        await self.read(lambda log: log.close())
        self._thread.shutdown()

    async def _look(self) -> None:
        await self.read(lambda log: log.probe())
        self._watch.health.up(PART)
        await asyncio.sleep(_LOOK_SECONDS)

    async def _write(self) -> None:
        """Whatever waits by now, in one go."""
        batch = [await self._pending.get()]
        while len(batch) < _MOST_AT_ONCE and not self._pending.empty():
            batch.append(self._pending.get_nowait())
        try:
            await self._write_batch(batch)
        finally:
            for _ in batch:
                self._pending.task_done()

    async def _write_batch(self, batch: list[_Pending]) -> None:
        drafts = [draft for draft, _ in batch]
        health = self._watch.health
        try:
            entries = await self.read(lambda log: log.append(drafts))
        except Exception as error:  # whatever it is, those who wait for it must hear of it
            told = error if isinstance(error, LogError) else LogError(fault(error))
            health.down(PART, str(told))
            health.count(PART)
            for _, outcome in batch:
                if not outcome.done():
                    outcome.set_exception(LogError(told.message, where=told.where))
            return
        health.up(PART)
        for (_, outcome), entry in zip(batch, entries, strict=True):
            if not outcome.done():
                outcome.set_result(entry)
