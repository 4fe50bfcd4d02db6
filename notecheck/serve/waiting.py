"""The jobs that wait for a worker, and which of them comes next.

Who has many jobs waits behind who has few, and a large body behind a small one. A job that had its
first time and needs more is slow: the slow lane never has all workers where there are two.
"""

from __future__ import annotations

import asyncio
from collections import Counter, deque
from dataclasses import dataclass, field
from itertools import count

from notecheck.serve.job import Answer, Job

_LARGE = 200_000  # bytes of a body that wait as long as one more job
_LEFT_BEHIND = 0  # the rank before every other


@dataclass(order=True)
class Waiting:
    """`died` says that a worker died of the job, `slow` that it had its first time already."""

    rank: int
    number: int
    job: Job = field(compare=False)
    by: str = field(compare=False)
    outcome: asyncio.Future[Answer] = field(compare=False)
    died: bool = field(default=False, compare=False)
    slow: bool = field(default=False, compare=False)


class Queue:
    """Filled by `add`; each that `next` gives out comes back by `done` or `again`."""

    def __init__(self, workers: int) -> None:
        self._queue: asyncio.PriorityQueue[Waiting] = asyncio.PriorityQueue()
        self._numbers = count()
        self._jobs_of: Counter[str] = Counter()
        self._slow_now = 0
        self._slow_most = max(1, workers - 1)
        self._parked: deque[Waiting] = deque()  # slow ones, while the slow lane is full

    def add(self, job: Job, by: str, *, slow: bool) -> Waiting:
        """A job of the client `by`."""
        rank = 1 + self._jobs_of[by] + len(job.body) // _LARGE
        self._jobs_of[by] += 1
        outcome: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        waiting = Waiting(rank, next(self._numbers), job, by, outcome, slow=slow)
        self._queue.put_nowait(waiting)
        return waiting

    def gone(self, waiting: Waiting) -> None:
        """Whoever asked has his answer, or waits no more."""
        self._jobs_of[waiting.by] -= 1
        if not self._jobs_of[waiting.by]:
            del self._jobs_of[waiting.by]

    async def next(self) -> Waiting:
        """Whose turn it is."""
        while True:
            waiting = await self._queue.get()
            if waiting.outcome.done():  # whoever asked has gone
                continue
            if waiting.slow and self._slow_now >= self._slow_most:
                self._parked.append(waiting)
                continue
            self._slow_now += waiting.slow
            return waiting

    def done(self, waiting: Waiting) -> None:
        """Its worker is free again, or replaced."""
        if waiting.slow:
            self._slow_now -= 1
            if self._parked:
                self._queue.put_nowait(self._parked.popleft())

    def again(self, waiting: Waiting, *, died: bool = False, slow: bool = False) -> None:
        """It must be begun once more: its worker died, or its first time was too short."""
        rank = _LEFT_BEHIND if died else waiting.rank
        self._queue.put_nowait(
            Waiting(
                rank, waiting.number, waiting.job, waiting.by, waiting.outcome,
                died=died or waiting.died, slow=slow or waiting.slow,
            )
        )  # fmt: skip
