"""One worker process as the service sees it: started, asked, killed."""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import sys
from asyncio.subprocess import DEVNULL, Process, create_subprocess_exec
from pathlib import Path

from notecheck.serve.frames import framed, next_value
from notecheck.serve.job import Answer, Interrupted, Job, Started

_END_SECONDS = 5
_START_SECONDS = 180


class WorkerGone(Exception):
    """The process ended while it had a job, or never got ready."""


class WorkerUnable(Exception):
    """The process cannot work at all: the message is for the operator."""


class WorkerHangs(Exception):
    """The process does nothing any more, or what cannot be interrupted: it must be killed."""


class WorkerProcess:
    """A worker that is ready; `answered` counts its jobs.

    `cut_off` says that one ended in the middle, by its time or for want of memory: libraries may be
    left in a state of their own, so another worker should take its place.
    """

    def __init__(
        self, process: Process, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self._process = process
        self._reader = reader
        self._writer = writer
        self.answered = 0
        self.cut_off = False

    @classmethod
    async def start(cls) -> WorkerProcess:
        """Starts a process and waits until its rules are loaded.

        Raises WorkerUnable when it says why it cannot work, WorkerGone when it ends.
        """
        ours, theirs = socket.socketpair()
        with theirs:
            process = await create_subprocess_exec(
                sys.executable, "-m", "notecheck.serve.worker", str(theirs.fileno()),
                pass_fds=(theirs.fileno(),), stdin=DEVNULL, stdout=DEVNULL, stderr=DEVNULL,
                start_new_session=True,
            )  # fmt: skip
        reader, writer = await asyncio.open_connection(sock=ours)
        worker = cls(process, reader, writer)
        try:
            started = await asyncio.wait_for(worker._next(), _START_SECONDS)
        except TimeoutError:
            await worker.kill()
            raise WorkerGone from None
        except BaseException:
            await worker.kill()
            raise
        if isinstance(started, Started) and started.fault is not None:
            await worker.kill()
            raise WorkerUnable(started.fault)
        return worker

    @property
    def pid(self) -> int:
        return self._process.pid

    async def ask(self, job: Job, most: float) -> Answer | None:
        """The worker's answer, or None when the job took longer than its own time.

        Raises WorkerGone, and WorkerHangs when the process did nothing for `most` seconds, or
        more than `most` seconds of the processor's time and its job's own.
        """
        answering = asyncio.create_task(self._asked(job))
        begun = before = self._worked()
        try:
            while not (await asyncio.wait({answering}, timeout=most))[0]:
                now = self._worked()
                if now == before or now - begun > job.seconds + most:
                    raise WorkerHangs
                before = now
            return await answering
        finally:
            answering.cancel()

    async def _asked(self, job: Job) -> Answer | None:
        try:
            self._writer.write(framed(job))
            await self._writer.drain()
        except ConnectionError:
            raise WorkerGone from None
        answer = await self._next()
        self.answered += 1
        if isinstance(answer, Interrupted):
            self.cut_off = True
            return None
        if not isinstance(answer, Answer):
            raise WorkerGone
        self.cut_off = self.cut_off or answer.out_of_memory
        return answer

    @property
    def memory(self) -> int:
        """The bytes that the process holds; 0 where nothing tells."""
        try:
            pages = Path(f"/proc/{self.pid}/statm").read_text(encoding="ascii").split()[1]
        except OSError:
            return 0
        return int(pages) * os.sysconf("SC_PAGE_SIZE")

    def _worked(self) -> float:
        """The seconds of the processor that the process had; ever the same where none tells."""
        try:
            told = Path(f"/proc/{self.pid}/stat").read_text(encoding="ascii", errors="replace")
        except OSError:
            return 0.0
        # The name in brackets may hold blanks; user and system time are the 14th and 15th field.
        user, system = told.rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")

    async def end(self) -> None:
        """Lets the idle process end by itself."""
        self._writer.close()
        try:
            await asyncio.wait_for(self._process.wait(), _END_SECONDS)
        except TimeoutError:
            await self.kill()

    async def kill(self) -> None:
        """Ends the process whatever it does."""
        self._writer.close()
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()
        await self._process.wait()

    async def _next(self) -> object:
        try:
            value: object = await next_value(self._reader)
        except (asyncio.IncompleteReadError, ConnectionError):
            raise WorkerGone from None
        return value
