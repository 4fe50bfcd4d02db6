"""Faults of the machine, at every place where they can strike what must not be lost.

    cd tests && python -m robustness.faults

What is written (the log, the store of HL7 messages, the keys) is written in a process of its own
that is killed, or told that the disk is full, at every so many bytes; files are damaged block by
block; a check gets ever more memory. What was acknowledged must be there afterwards, what is
damaged must be told, and nothing may end in a traceback. Ends with status 1 when something is lost.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import resource
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Literal, NamedTuple

from notecheck.errors import NotecheckError
from notecheck.limit import limit_memory
from notecheck.log.entry import Draft
from notecheck.log.store import open_log
from notecheck.log.verify import verify
from notecheck.read.hl7.identity import Identity
from notecheck.serve.answers import answer
from notecheck.serve.job import Job
from notecheck.serve.keys import add_key, read_keys
from notecheck.serve.mllp.database import Database
from notecheck.serve.mllp.outbox import Outbox
from notecheck.serve.mllp.visits import Visits
from notecheck.serve.scopes import Scope

from .seeds import seeds

Fault = Literal["killed", "full"]
STEPS = 8
_BLOCK = 4_096
_OVERRIDE = {"decision": "pass", "person": "p", "reason": "r" * 700, "by": "b", "way": "hook"}


class Kept(NamedTuple):
    """Something that is written step by step: `write` raises NotecheckError where it cannot,
    `lost` says what of the first `count` steps is not there."""

    write: Callable[[Path, int], None]
    lost: Callable[[Path, int], str | None]


def _write_log(folder: Path, step: int) -> None:
    with closing(open_log(str(folder / "log.sqlite"))) as log:
        log.append([Draft("override", f"{step}-{n}", _OVERRIDE) for n in range(3)])


def _lost_of_log(folder: Path, count: int) -> str | None:
    with closing(open_log(str(folder / "log.sqlite"))) as log:
        verdict = verify(log)
        if verdict.fault or verdict.entries < 3 * count:
            return verdict.fault or f"{verdict.entries} entries of {3 * count}"
        log.append([Draft("override", "after", _OVERRIDE)])
        return verify(log).fault


def _write_store(folder: Path, step: int) -> None:
    database = Database(folder / "hl7.sqlite")
    outbox = Outbox(database)
    visits = Visits(database, outbox)

    async def run() -> None:
        name = f"V{step}"
        await database.run(visits.take, name, name, Identity(), b"MSH|" + b"x" * 900)
        await database.run(visits.settle, step + 1, name, 0.0, None, b"{}" * 300)

    with closing(database):
        asyncio.run(run())


def _lost_of_store(folder: Path, count: int) -> str | None:
    database = Database(folder / "hl7.sqlite")
    with closing(database):
        messages = database.execute("SELECT count(*) FROM messages").fetchone()[0]
        findings = database.execute("SELECT count(*) FROM outbox").fetchone()[0]
        (told,) = database.execute("PRAGMA integrity_check").fetchone()
    if told != "ok":
        return str(told)
    if min(messages, findings) < count:
        return f"{messages} messages and {findings} findings of {count}"
    return None


def _write_keys(folder: Path, step: int) -> None:
    add_key(folder / "keys.json", f"k{step}", (Scope.CHECK,), None)


def _lost_of_keys(folder: Path, count: int) -> str | None:
    path = folder / "keys.json"
    there = len(read_keys(path).keys) if path.exists() else 0
    return None if there >= count else f"{there} keys of {count}"


KEPT = {
    "the log": Kept(_write_log, _lost_of_log),
    "the store of HL7 messages": Kept(_write_store, _lost_of_store),
    "the keys": Kept(_write_keys, _lost_of_keys),
}


def while_writing(kept: Kept, fault: Fault, at: int, folder: Path) -> tuple[int, str | None]:
    """How many steps were acknowledged until the fault struck at byte `at` of a file, and what of
    them is lost, or what else is wrong."""
    folder.mkdir()
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        os._exit(_steps(kept, fault, at, folder, writing))
    os.close(writing)
    with os.fdopen(reading, "rb") as acknowledged:
        count = len(acknowledged.read())
    status = os.waitpid(child, 0)[1]
    if fault == "killed" and os.WIFSIGNALED(status) and os.WTERMSIG(status) != signal.SIGXFSZ:
        return count, f"ended by signal {os.WTERMSIG(status)}"
    if os.WIFEXITED(status) and os.WEXITSTATUS(status):
        return count, "something else than a NotecheckError was raised"
    try:
        return count, kept.lost(folder, count)
    except NotecheckError as error:
        return count, str(error)


def _steps(kept: Kept, fault: Fault, at: int, folder: Path, acknowledge: int) -> int:
    # The system sends this signal to whoever writes beyond the limit, or refuses the write.
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL if fault == "killed" else signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (at, resource.RLIM_INFINITY))
    for step in range(STEPS):
        try:
            kept.write(folder, step)
        except NotecheckError:
            return 0
        except BaseException:
            return 1
        os.write(acknowledge, b".")
    return 0


def damaged_log(block: int, folder: Path) -> str | None:
    """What is wrong when a block of a log's file is overwritten; it must be told, if it matters."""
    folder.mkdir()
    for step in range(STEPS):
        _write_log(folder, step)
    path = folder / "log.sqlite"
    with closing(open_log(str(path))) as log:
        whole = verify(log)
    data = bytearray(path.read_bytes())
    data[block * _BLOCK : (block + 1) * _BLOCK] = b"\xaa" * _BLOCK
    path.write_bytes(data)
    try:
        with closing(open_log(str(path), must_exist=True)) as log:
            found = verify(log)
    except NotecheckError:
        return None
    return None if found.fault or found == whole else "the damage was not told"


def blocks_of_log(folder: Path) -> int:
    """How many blocks the file of such a log has."""
    folder.mkdir()
    for step in range(STEPS):
        _write_log(folder, step)
    return (folder / "log.sqlite").stat().st_size // _BLOCK


def with_memory(more: int) -> str | None:
    """What is wrong with how a good encounter is answered with `more` bytes of memory."""
    job = Job("encounter", next(seed.good for seed in seeds() if seed.target == "encounter"))
    answer(job)  # what is loaded for all is no part of it
    child = os.fork()
    if not child:
        limit_memory(more)
        told = answer(job)
        os._exit(0 if told.status == 200 else 3 if b"more memory" in told.body else 1)
    status = os.waitpid(child, 0)[1]
    if os.WIFEXITED(status) and os.WEXITSTATUS(status) in (0, 3):
        return None
    return f"the process ended with {status}"


def all_faults(step: int, folder: Path) -> Iterator[tuple[str, str | None]]:
    """Every fault at every `step` bytes: its name, and what is wrong."""
    for name, kept in KEPT.items():
        for fault in ("killed", "full"):
            for at in range(0, 200_000, step):
                count, wrong = while_writing(kept, fault, at, folder / f"{name}-{fault}-{at}")
                yield f"{name}, {fault} at byte {at}", wrong
                if count == STEPS:
                    break
    for block in range(blocks_of_log(folder / "whole")):
        yield f"block {block} of the log damaged", damaged_log(block, folder / f"damaged-{block}")
    for more in range(0, 60_000_000, 1_000 * step):
        yield f"a check with {more} bytes of memory", with_memory(more)


def main() -> int:
    options = argparse.ArgumentParser()
    options.add_argument("--step", type=int, default=64, help="bytes from one fault to the next")
    given = options.parse_args()
    count = wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        for name, told in all_faults(given.step, Path(folder)):
            count += 1
            if told:
                wrong += 1
                print(f"{name}: {told}", flush=True)
    print(f"{count} faults, {wrong} after which something was wrong")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
