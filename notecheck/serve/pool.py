"""Warm workers behind a bounded queue: who is let in, how long he waits, and what he is told.

So that a slow job harms no other, each has a short first time of the processor. What takes longer
begins again in the slow lane, which never has all workers where there are two.
"""

from __future__ import annotations

import asyncio
import math
from http import HTTPStatus

from notecheck.serve.crew import Crew
from notecheck.serve.job import Answer, Job
from notecheck.serve.metrics import Metrics
from notecheck.serve.place import Place
from notecheck.serve.problems import Refused
from notecheck.serve.quarantine import Quarantine
from notecheck.serve.settings import Workers
from notecheck.serve.waiting import Queue
from notecheck.serve.watch import Watch

_FIRST_GUESS_SECONDS = 0.05  # what a check takes, before one has been measured
_SMOOTHING = 0.05
_BUSY = 3.0  # seconds that may pass for one of the processor's


class Pool:
    """`answer` is what the rest of the service calls."""

    def __init__(self, settings: Workers, metrics: Metrics, watch: Watch) -> None:
        self._settings = settings
        self._metrics = metrics
        self._watch = watch
        self._crew = Crew(metrics)
        self._queue = Queue(settings.count)
        self._places: list[Place] = []
        self._seconds = _FIRST_GUESS_SECONDS
        self._outstanding = 0
        self._all_answered = asyncio.Event()
        self._all_answered.set()
        self._quarantine = Quarantine()
        self._known_slow = Quarantine()

    @property
    def ready(self) -> bool:
        """Whether there is a worker to answer."""
        return bool(self._crew.pids)

    async def start(self) -> None:
        """Starts all workers and waits for them. Raises WorkerUnable, WorkerGone."""
        for number, worker in enumerate(await self._crew.first(self._settings.count), start=1):
            place = Place(
                worker, self._crew, self._queue, self._settings, self._metrics,
                quarantine=self._quarantine, known_slow=self._known_slow, took=self._took,
            )  # fmt: skip
            self._places.append(place)
            self._watch.begin(f"worker {number}", place.turn)

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
                "this very content took too long, too much memory or ended its workers before: it "
                "is not tried again for an hour",
            )
        waiting = self._queue.add(job, by, slow=self._known_slow.holds(job))
        self._count(1)
        try:
            return await asyncio.wait_for(waiting.outcome, self._longest)
        except TimeoutError:
            raise Refused(
                HTTPStatus.SERVICE_UNAVAILABLE,
                "no worker came to this check in time: try again",
                {"Retry-After": str(self._retry_after())},
            ) from None
        finally:
            self._count(-1)
            self._queue.gone(waiting)

    async def close(self) -> None:
        """Answers all that wait, then ends the workers."""
        await self._all_answered.wait()
        await self._watch.end(*(f"worker {n}" for n in range(1, len(self._places) + 1)))
        await asyncio.gather(*(place.end() for place in self._places))

    @property
    def _longest(self) -> float:
        return self._settings.queue_seconds + _BUSY * self._settings.check_seconds

    def _count(self, change: int) -> None:
        self._outstanding += change
        self._metrics.outstanding.set(self._outstanding)
        if self._outstanding:
            self._all_answered.clear()
        else:
            self._all_answered.set()

    def _took(self, seconds: float) -> None:
        self._seconds += _SMOOTHING * (seconds - self._seconds)
        self._metrics.seconds.observe(seconds)

    def _retry_after(self) -> int:
        return max(1, math.ceil(self._seconds * self._outstanding / self._settings.count))
