"""Our own pool of worker processes.

Python's pools lose everything when a worker dies, and spaCy's own multiprocessing cannot carry
medspaCy's rules. Here a worker has one chunk at a time and asks for the next by being done, so that
nothing piles up; one that dies or hangs is replaced, and its chunk is done again. The encounter
that it was at is left out when it hung there, or when a second worker died at the very same one: a
worker that somebody else killed is no encounter's fault.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from notecheck.audit.checking import Killer, Stage
from notecheck.audit.chunks import Chunk
from notecheck.audit.manner import Manner
from notecheck.audit.parts import Tally
from notecheck.audit.reasons import WORKER_DIED, over_time
from notecheck.audit.short_paths import short_temporary_folder
from notecheck.audit.worker import Done, Slot, Stopped, Task, work
from notecheck.errors import AuditError

_CONTEXT = get_context("forkserver")
PRELOADED = ["notecheck.audit.without_pandas", "notecheck.audit.warm"]
_CONTEXT.set_forkserver_preload(PRELOADED)
_LOOK_SECONDS = 0.5
# How much longer than the time limit a worker may take before it is killed: it stops by itself,
# unless it is in code that no alarm reaches.
_GRACE_SECONDS = 5.0
_MOST_IDLE_DEATHS = 3


@dataclass
class _Worker:
    process: BaseProcess
    pipe: Connection
    slot: Slot
    task: Task | None = None
    killed: bool = field(default=False)


class Pool:
    """Checks chunks in `workers` processes, each in the `manner` of the audit."""

    def __init__(self, workers: int, parts: Path, manner: Manner) -> None:
        self._count = workers
        self._parts = parts
        self._manner = manner
        self._workers: list[_Worker] = []
        self._again: list[Task] = []
        self._idle_deaths = 0

    def run(self, chunks: Iterator[Chunk]) -> Iterator[tuple[Chunk, Tally]]:
        """Each chunk as it gets done, in any order; chunks are taken only when a worker is free.

        Raises AuditError when no worker can go on.
        """
        ready = next(chunks, None)
        try:
            while True:
                while ready is not None or self._again:
                    worker = self._free_worker()
                    if worker is None:
                        break
                    if self._again:
                        self._give(worker, self._again.pop())
                    elif ready is not None:
                        self._give(worker, Task(ready))
                        ready = next(chunks, None)
                if not any(worker.task for worker in self._workers):
                    return
                yield from self._wait()
        finally:
            self._end()

    def _free_worker(self) -> _Worker | None:
        for worker in self._workers:
            if worker.task is None:
                return worker
        if len(self._workers) == self._count:
            return None
        worker = self._start()
        self._workers.append(worker)
        return worker

    def _start(self) -> _Worker:
        with short_temporary_folder():  # where the first start makes the fork server's socket
            ours, theirs = _CONTEXT.Pipe()
            memory: Any = _CONTEXT.RawArray("d", (-1.0, 0.0, 0.0))
            process = _CONTEXT.Process(
                target=work, args=(theirs, memory, self._parts, self._manner), daemon=True
            )
            process.start()
        theirs.close()
        return _Worker(process, ours, Slot(memory))

    def _give(self, worker: _Worker, task: Task) -> None:
        worker.task = task
        with suppress(BrokenPipeError, ConnectionResetError):  # died: waiting for it will tell
            worker.pipe.send(task)

    def _wait(self) -> Iterator[tuple[Chunk, Tally]]:
        """What comes of waiting a moment for the workers that are busy."""
        busy = {worker.pipe: worker for worker in self._workers if worker.task}
        ready = wait(list(busy), timeout=_LOOK_SECONDS)
        for worker in [worker for pipe, worker in busy.items() if pipe in ready]:
            assert worker.task is not None
            try:
                answer: Done | Stopped = worker.pipe.recv()
            except (EOFError, ConnectionResetError):
                self._bury(worker)
                continue
            if isinstance(answer, Stopped):
                raise AuditError(answer.message)
            chunk, worker.task = worker.task.chunk, None
            if answer.leaves:
                self._dismiss(worker)
            self._idle_deaths = 0
            yield chunk, answer.tally
        self._kill_overdue()

    def _kill_overdue(self) -> None:
        now = time.monotonic()
        for worker in self._workers:
            place, _, since = worker.slot.get()
            if worker.task and place >= 0 and now - since > self._manner.limit + _GRACE_SECONDS:
                worker.killed = True
                worker.process.kill()

    def _bury(self, worker: _Worker) -> None:
        """Takes a dead worker's chunk back, to be done without the encounter that ended it."""
        assert worker.task is not None
        self._dismiss(worker)
        place, stage, _ = worker.slot.get()
        task = worker.task
        if place < 0:
            self._idle_deaths += 1
            if self._idle_deaths > _MOST_IDLE_DEATHS:
                raise AuditError(
                    "the workers die before they check anything: is there enough memory for "
                    f"{self._count} of them? Give fewer --workers"
                )
            self._again.append(task)
            return
        if not worker.killed and place not in task.suspects:
            self._again.append(replace(task, suspects=task.suspects | {place}))
            return
        failure = over_time(self._manner.limit) if worker.killed else WORKER_DIED
        killers = {**task.killers, place: Killer(Stage(stage), failure)}
        self._again.append(replace(task, killers=killers))

    def _dismiss(self, worker: _Worker) -> None:
        self._workers.remove(worker)
        worker.pipe.close()
        worker.process.join()

    def _end(self) -> None:
        """The workers that are idle leave by themselves; those at work are of no use any more."""
        for worker in self._workers:
            if worker.task is not None:
                worker.process.kill()
            worker.pipe.close()
        for worker in self._workers:
            worker.process.join()
        self._workers.clear()


def default_workers() -> int:
    """As many as the processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
