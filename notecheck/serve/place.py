"""One worker's place: whoever works there is asked job after job, and followed by another.

A worker that dies is replaced and its job tried once more by another; one that hangs is killed and
replaced, and its job refused, because it would hang again. A worker is replaced after many jobs
too, or when it holds much memory, because what libraries remember and large notes leave behind only
grows, and after a job that was cut off in the middle; its successor is loaded before it goes.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from http import HTTPStatus
from time import perf_counter

from notecheck.errors import fault
from notecheck.serve.crew import Crew, ended
from notecheck.serve.metrics import Metrics
from notecheck.serve.problems import Refused
from notecheck.serve.quarantine import Quarantine
from notecheck.serve.settings import Workers
from notecheck.serve.waiting import Queue, Waiting
from notecheck.serve.worker_process import WorkerGone, WorkerHangs, WorkerProcess


class Place:
    """`turn` answers one job; `end` ends the worker."""

    def __init__(
        self,
        worker: WorkerProcess,
        crew: Crew,
        queue: Queue,
        settings: Workers,
        metrics: Metrics,
        *,
        quarantine: Quarantine,
        known_slow: Quarantine,
        took: Callable[[float], None],
    ) -> None:
        self._worker: WorkerProcess | None = worker
        self._successor: asyncio.Task[WorkerProcess] | None = None
        self._crew = crew
        self._queue = queue
        self._settings = settings
        self._metrics = metrics
        self._quarantine = quarantine
        self._known_slow = known_slow
        self._took = took

    async def turn(self) -> None:
        """One job, when it comes, and whatever its worker needs then."""
        if self._worker is None:  # another fault ended the last turn
            self._worker = await self._crew.started()
            self._crew.enter(self._worker)
        waiting = await self._queue.next()
        try:
            await self._asked(self._worker, waiting)
        except Exception as error:
            _refuse(waiting, HTTPStatus.INTERNAL_SERVER_ERROR, fault(error))
            raise
        finally:  # only now: until there is a worker again, the other places are for the rest
            self._queue.done(waiting)

    async def end(self) -> None:
        await ended(self._successor)
        if self._worker is not None:
            self._crew.leave(self._worker)
            await self._worker.end()

    async def _asked(self, worker: WorkerProcess, waiting: Waiting) -> None:
        if not await self._answered(worker, waiting):
            self._worker = None
            await worker.kill()
            self._worker = await self._crew.started()
            self._crew.enter(self._worker)
        elif self._successor is None and self._should_go(worker):
            self._successor = asyncio.create_task(self._crew.successor())
        if self._successor is not None and self._successor.done():
            successor, self._successor = self._successor, None
            retired, self._worker = self._worker, successor.result()
            self._crew.enter(self._worker)
            if retired is not None:
                self._crew.leave(retired, "retired")
                await retired.end()

    def _should_go(self, worker: WorkerProcess) -> bool:
        settings = self._settings
        return (
            worker.cut_off
            or worker.answered >= settings.checks_each
            or worker.memory > settings.memory_each
        )

    async def _answered(self, worker: WorkerProcess, waiting: Waiting) -> bool:
        """Whether the worker is still good."""
        settings = self._settings
        seconds = settings.check_seconds if waiting.slow else settings.first_seconds
        begun = perf_counter()
        try:
            job = replace(waiting.job, seconds=seconds)
            answer = await worker.ask(job, settings.check_seconds)
        except WorkerHangs:
            self._crew.leave(worker, "hung")
            self._give_up(waiting, "the check hung and was stopped")
            return False
        except WorkerGone:
            self._crew.leave(worker, "died")
            if waiting.died:
                self._quarantine.add(waiting.job)
                _refuse(
                    waiting,
                    HTTPStatus.INTERNAL_SERVER_ERROR,
                    "the check ended two workers, so it was given up: please report it",
                )
            else:
                self._queue.again(waiting, died=True)
            return False
        if answer is None:
            self._metrics.interrupted.labels("slow" if waiting.slow else "first").inc()
            if waiting.slow:
                self._give_up(waiting, f"the check took longer than {seconds:g} s and was stopped")
            else:
                self._known_slow.add(waiting.job)
                self._queue.again(waiting, slow=True)
            return True
        self._took(perf_counter() - begun)
        if answer.out_of_memory:
            self._quarantine.add(waiting.job)
        if not waiting.outcome.done():
            waiting.outcome.set_result(answer)
        return True

    def _give_up(self, waiting: Waiting, why: str) -> None:
        self._quarantine.add(waiting.job)
        _refuse(waiting, HTTPStatus.GATEWAY_TIMEOUT, why)


def _refuse(waiting: Waiting, status: HTTPStatus, detail: str) -> None:
    if not waiting.outcome.done():
        waiting.outcome.set_exception(Refused(status, detail))
