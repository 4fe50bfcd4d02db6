"""One worker process: chunk in, part file out, until it is told to stop or has grown too large."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from notecheck.audit.checking import Killer, check_groups
from notecheck.audit.chunks import Chunk
from notecheck.audit.manner import Manner
from notecheck.audit.parts import Tally, part_path, write_part
from notecheck.audit.reading import read_work
from notecheck.errors import NotecheckError
from notecheck.limit import limit_memory
from notecheck.read.limits import MAX_MEMORY

# What a huge chart took is not all given back: a worker grown by so much makes room for another.
_GROWTH_BYTES = 192_000_000
_MAXRSS_UNIT = 1 if sys.platform == "darwin" else 1024


@dataclass(frozen=True, slots=True)
class Task:
    """A chunk to do; `killers` are the encounters of it that ended workers before, `suspects` the
    places at which one worker died."""

    chunk: Chunk
    killers: Mapping[int, Killer] = field(default_factory=dict)
    suspects: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Done:
    """A chunk's part is written. `leaves` says that the worker ends now and wants replacing."""

    tally: Tally
    leaves: bool


@dataclass(frozen=True, slots=True)
class Stopped:
    """The worker cannot go on, and no other could, for this reason."""

    message: str


class Slot:
    """Memory shared with one worker, which tells what it is at without a message.

    Three numbers: the encounter's place in its chunk (-1 between chunks), its stage, and since
    when, by the system's monotonic clock.
    """

    def __init__(self, memory: Any) -> None:
        self._memory = memory

    def set(self, place: int, stage: int) -> None:
        self._memory[:] = (place, stage, time.monotonic())

    def get(self) -> tuple[int, int, float]:
        place, stage, since = self._memory[:]
        return int(place), int(stage), since


def work(pipe: Connection, memory: Any, parts: Path, manner: Manner) -> None:
    """The life of a worker process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the terminal's ^C is for the parent
    limit_memory(MAX_MEMORY)
    slot = Slot(memory)
    grown = _largest_size() + _GROWTH_BYTES
    try:
        while (task := pipe.recv()) is not None:
            answer = _done(task, slot, parts, manner, grown)
            slot.set(-1, 0)
            pipe.send(answer)
            if isinstance(answer, Stopped) or answer.leaves:
                return
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return  # the parent has gone, and with it whoever wanted the answer


def _done(task: Task, slot: Slot, parts: Path, manner: Manner, grown: int) -> Done | Stopped:
    try:
        groups = read_work(task.chunk.work)
        rows = list(check_groups(groups, manner, watch=slot.set, killers=task.killers))
        slot.set(-1, 0)
        found = write_part(part_path(parts, task.chunk.number), rows)
    except NotecheckError as error:
        return Stopped(str(error))
    except OSError as error:
        return Stopped(f"the results cannot be written: {os.strerror(error.errno or 0)}")
    interrupted = any(row.get("reason") == "time_limit" for row in rows)
    # An encounter cut off in the middle may leave the libraries in a state of their own.
    return Done(found, leaves=interrupted or _largest_size() > grown)


def _largest_size() -> int:
    """The most memory the process has had, in bytes."""
    try:
        import resource
    except ImportError:  # Windows does not tell it so
        return 0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _MAXRSS_UNIT
