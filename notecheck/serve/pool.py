"""Warm workers behind a bounded queue.

A worker that dies is replaced and its job tried once more by another; one that takes too long is
killed and replaced, and its job refused, because it would take too long again. A worker is
replaced after many jobs too, because what spaCy remembers only grows; its successor is loaded
before it goes.

So that a slow job harms no other, each has a short first time. What takes longer begins again in
the slow lane, which never has all workers where there are two. Who has many jobs waits behind who
has few, and a large body behind a small one.
"""

from __future__ import annotations

import asyncio
import contextlib
import math
from collections import Counter, deque
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from itertools import count
from time import perf_counter

from notecheck.serve.job import Answer, Job
from notecheck.serve.metrics import Metrics
from notecheck.serve.problems import Refused
from notecheck.serve.quarantine import Quarantine
from notecheck.serve.settings import Workers
from notecheck.serve.worker_process import WorkerGone, WorkerProcess, WorkerUnable
from notecheck.terminal.messages import say

_FIRST_GUESS_SECONDS = 0.05  # what a check takes, before one has been measured
_SMOOTHING = 0.05
_LONGEST_PAUSE = 30.0  # seconds between two tries to start a worker
_LARGE = 200_000  # bytes of a body that wait as long as one more job
_LEFT_BEHIND, _END = 0, 1 << 60  # ranks: before every other job, and after


@dataclass(order=True)
class _Waiting:
    """`died` says that a worker died of the job, `slow` that it had its first time already."""

    rank: int
    number: int
    job: Job | None = field(compare=False)
    outcome: asyncio.Future[Answer] | None = field(compare=False)
    died: bool = field(default=False, compare=False)
    slow: bool = field(default=False, compare=False)


class Pool:
    """`answer` is what the rest of the service calls."""

    def __init__(self, settings: Workers, metrics: Metrics) -> None:
        self._settings = settings
        self._metrics = metrics
        self._queue: asyncio.PriorityQueue[_Waiting] = asyncio.PriorityQueue()
        self._numbers = count()
        self._slots: list[asyncio.Task[None]] = []
        self._ready: set[WorkerProcess] = set()
        self._seconds = _FIRST_GUESS_SECONDS
        self._outstanding = 0
        self._quarantine = Quarantine()
        self._known_slow = Quarantine()
        self._jobs_of: Counter[str] = Counter()
        self._slow_now = 0
        self._slow_most = max(1, settings.count - 1)
        self._parked: deque[_Waiting] = deque()  # slow ones, while the slow lane is full

    @property
    def ready(self) -> bool:
        """Whether there is a worker to answer."""
        return bool(self._ready)

    @property
    def pids(self) -> list[int]:
        """The processes that are ready."""
        return [worker.pid for worker in self._ready]

    async def start(self) -> None:
        """Starts all workers and waits for them. Raises WorkerUnable, WorkerGone."""
        first = await asyncio.gather(
            *(WorkerProcess.start() for _ in range(self._settings.count)), return_exceptions=True
        )
        workers = [worker for worker in first if isinstance(worker, WorkerProcess)]
        for outcome in first:
            if isinstance(outcome, BaseException):
                for worker in workers:
                    await worker.kill()
                raise outcome
        self._slots = [asyncio.create_task(self._slot(worker)) for worker in workers]

    async def answer(self, job: Job, *, by: str = "", patient: bool = False) -> Answer:
        """The answer to `job`, asked by the client `by`.

        Raises Refused: 429 when too many wait (a `patient` caller is let in all the same), 503
        when none came to it in time, 504 when it took too long, 500 when it ended two workers.
        """
        if not patient and self._outstanding >= self._settings.waiting:
            self._metrics.refused.labels("busy").inc()
            raise Refused(
                HTTPStatus.TOO_MANY_REQUESTS,
                f"{self._outstanding} checks are being answered already: try again",
                {"Retry-After": str(self._retry_after())},
            )
        if self._quarantine.holds(job):
            self._metrics.refused.labels("quarantine").inc()
            raise Refused(
                HTTPStatus.GATEWAY_TIMEOUT,
                "this very content took too long or ended its workers before: it is not tried "
                "again for an hour",
            )
        outcome: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        rank = 1 + self._jobs_of[by] + len(job.body) // _LARGE
        self._put(rank, job, outcome, slow=self._known_slow.holds(job))
        self._jobs_of[by] += 1
        self._count(1)
        try:
            return await asyncio.wait_for(outcome, self._longest)
        except TimeoutError:
            raise Refused(
                HTTPStatus.SERVICE_UNAVAILABLE,
                "no worker came to this check in time: try again",
                {"Retry-After": str(self._retry_after())},
            ) from None
        finally:
            self._count(-1)
            self._jobs_of[by] -= 1
            if not self._jobs_of[by]:
                del self._jobs_of[by]

    async def close(self) -> None:
        """Answers all that wait, then ends the workers."""
        for _ in self._slots:
            self._put(_END, None, None)
        if self._slots:
            _, stuck = await asyncio.wait(self._slots, timeout=self._longest)
            for slot in stuck:  # no worker could be started there
                slot.cancel()

    @property
    def _longest(self) -> float:
        return self._settings.queue_seconds + self._settings.check_seconds

    def _put(
        self,
        rank: int,
        job: Job | None,
        outcome: asyncio.Future[Answer] | None,
        *,
        slow: bool = False,
    ) -> None:
        self._queue.put_nowait(_Waiting(rank, next(self._numbers), job, outcome, slow=slow))

    def _count(self, change: int) -> None:
        self._outstanding += change
        self._metrics.outstanding.set(self._outstanding)

    def _retry_after(self) -> int:
        return max(1, math.ceil(self._seconds * self._outstanding / self._settings.count))

    async def _slot(self, worker: WorkerProcess) -> None:
        """One worker after another, each answering job after job."""
        self._enter(worker)
        successor: asyncio.Task[WorkerProcess] | None = None
        while True:
            waiting = await self._queue.get()
            if waiting.job is None or waiting.outcome is None:
                break
            if waiting.outcome.done():  # whoever asked has gone
                continue
            if waiting.slow and self._slow_now >= self._slow_most:
                self._parked.append(waiting)
                continue
            self._slow_now += waiting.slow
            good = await self._answered(worker, waiting, waiting.job, waiting.outcome)
            if not good:
                worker = await self._replaced(worker)
            elif successor is None and (
                worker.answered >= self._settings.checks_each or worker.interrupted
            ):
                successor = asyncio.create_task(self._started())
            if waiting.slow:  # only now: until there is a worker again, the others are for the rest
                self._slow_now -= 1
                if self._parked:
                    self._queue.put_nowait(self._parked.popleft())
            if successor is not None and successor.done():
                retired, worker, successor = worker, successor.result(), None
                self._leave(retired, "retired")
                self._enter(worker)
                await retired.end()
        if successor is not None:
            successor.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await (await successor).end()
        self._leave(worker, "closed")
        await worker.end()

    async def _answered(
        self,
        worker: WorkerProcess,
        waiting: _Waiting,
        job: Job,
        outcome: asyncio.Future[Answer],
    ) -> bool:
        """Whether the worker is still good."""
        began = perf_counter()
        first = None if waiting.slow else self._settings.first_seconds
        try:
            asked = worker.ask(replace(job, seconds=first))
            answer = await asyncio.wait_for(asked, self._settings.check_seconds)
        except TimeoutError:
            self._leave(worker, "hung")
            self._quarantine.add(job)
            _refuse(
                outcome,
                HTTPStatus.GATEWAY_TIMEOUT,
                f"the check took longer than {self._settings.check_seconds:g} s and was stopped",
            )
            return False
        except WorkerGone:
            self._leave(worker, "died")
            if waiting.died:
                self._quarantine.add(job)
                _refuse(
                    outcome,
                    HTTPStatus.INTERNAL_SERVER_ERROR,
                    "the check ended two workers, so it was given up: please report it",
                )
            else:
                self._queue.put_nowait(replace(waiting, rank=_LEFT_BEHIND, died=True))
            return False
        if answer is None:  # it had its first time
            self._known_slow.add(job)
            self._queue.put_nowait(replace(waiting, slow=True))
            return True
        taken = perf_counter() - began
        self._seconds += _SMOOTHING * (taken - self._seconds)
        self._metrics.seconds.observe(taken)
        if not outcome.done():
            outcome.set_result(answer)
        return True

    async def _replaced(self, worker: WorkerProcess) -> WorkerProcess:
        await worker.kill()
        worker = await self._started()
        self._enter(worker)
        return worker

    async def _started(self) -> WorkerProcess:
        """A new worker, however often it takes."""
        pause = 1.0
        while True:
            try:
                return await WorkerProcess.start()
            except (WorkerGone, WorkerUnable, OSError) as error:
                say(f"a worker could not be started, and is tried again in {pause:g} s: {error}")
                await asyncio.sleep(pause)
                pause = min(pause * 2, _LONGEST_PAUSE)

    def _enter(self, worker: WorkerProcess) -> None:
        self._ready.add(worker)
        self._metrics.workers.set(len(self._ready))

    def _leave(self, worker: WorkerProcess, reason: str) -> None:
        self._ready.discard(worker)
        self._metrics.workers.set(len(self._ready))
        if reason != "closed":
            self._metrics.replaced.labels(reason).inc()


def _refuse(outcome: asyncio.Future[Answer], status: HTTPStatus, detail: str) -> None:
    if not outcome.done():
        outcome.set_exception(Refused(status, detail))
