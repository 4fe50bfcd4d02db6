"""The workers that are ready, and how each is followed by another."""

from __future__ import annotations

import asyncio
import contextlib
from typing import Literal

from notecheck.serve.metrics import Metrics
from notecheck.serve.worker_process import WorkerGone, WorkerProcess, WorkerUnable
from notecheck.terminal.messages import say

_LONGEST_PAUSE = 30.0  # seconds between two tries to start a worker

Reason = Literal["hung", "died", "retired"]


class Crew:
    """Counts who is ready, and starts workers."""

    def __init__(self, metrics: Metrics) -> None:
        self._metrics = metrics
        self._ready: set[WorkerProcess] = set()
        self._loading = asyncio.Lock()  # of successors: one after the other, beside the checks

    @property
    def pids(self) -> list[int]:
        """The processes that are ready."""
        return [worker.pid for worker in self._ready]

    async def first(self, count: int) -> list[WorkerProcess]:
        """So many workers, started at once. Raises WorkerUnable, WorkerGone."""
        outcomes = await asyncio.gather(
            *(WorkerProcess.start() for _ in range(count)), return_exceptions=True
        )
        workers = [worker for worker in outcomes if isinstance(worker, WorkerProcess)]
        for outcome in outcomes:
            if isinstance(outcome, BaseException):
                for worker in workers:
                    await worker.kill()
                raise outcome
        for worker in workers:
            self.enter(worker)
        return workers

    async def started(self) -> WorkerProcess:
        """A new worker, however often it takes."""
        pause = 1.0
        while True:
            try:
                return await WorkerProcess.start()
            except (WorkerGone, WorkerUnable, OSError) as error:
                say(f"a worker could not be started, and is tried again in {pause:g} s: {error}")
                await asyncio.sleep(pause)
                pause = min(pause * 2, _LONGEST_PAUSE)

    async def successor(self) -> WorkerProcess:
        """A new worker for one that still works."""
        async with self._loading:
            return await self.started()

    def enter(self, worker: WorkerProcess) -> None:
        self._ready.add(worker)
        self._metrics.workers.set(len(self._ready))

    def leave(self, worker: WorkerProcess, reason: Reason | None = None) -> None:
        """`reason` is None when the service ends."""
        self._ready.discard(worker)
        self._metrics.workers.set(len(self._ready))
        if reason is not None:
            self._metrics.replaced.labels(reason).inc()


async def ended(successor: asyncio.Task[WorkerProcess] | None) -> None:
    """Ends a worker that nobody waits for any more."""
    if successor is not None:
        successor.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await (await successor).end()
