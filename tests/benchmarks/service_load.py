"""The service under load, against the library's own process pool on the same encounters.

    python tests/benchmarks/service_load.py [--requests N] [--seconds S] [--clients C]
        [--restarts R] [--every E]

In one run: the library in a pool of two processes; `notecheck serve` with two workers and C
clients that ask as fast as they are answered; the same at half of that rate, for the times; and N
requests with the service stopped and started anew R times on the way. Every answer is compared with
the library's, and the machine's load is told beside each figure. The encounters are those of our
development corpus, all or every so many.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from itertools import cycle, islice
from pathlib import Path

from load_client import Asked, closed

from notecheck.log.store import open_log
from notecheck.log.verify import verify

ROOT = Path(__file__).resolve().parents[2]
WORKERS = 2
PORT = 18_080
ROUNDS = 5


def encounters(every: int) -> list[bytes]:
    lines = [
        line
        for path in sorted((ROOT / "corpus/development").glob("*.jsonl"))
        for line in path.open()
    ]
    return [json.dumps(json.loads(line)["encounter"]).encode() for line in lines[::every]]


def checked(body: bytes) -> bytes:
    from notecheck import check

    return check(json.loads(body)).model_dump_json().encode()


def library(pool: ProcessPoolExecutor, bodies: list[bytes], seconds: float) -> tuple[int, float]:
    """How many checks a warm pool did, in how many seconds."""
    began, done = time.perf_counter(), 0
    while time.perf_counter() - began < seconds:
        done += sum(1 for _ in pool.map(checked, bodies, chunksize=4))
    return done, time.perf_counter() - began


def start(log: str) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-m", "notecheck", "serve", "--port", str(PORT), "--log", log],
        cwd=ROOT,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONWARNINGS": "ignore"},
    )
    assert process.stderr is not None
    for line in process.stderr:
        if "ready at" in line:
            return process
    raise SystemExit("the service did not start")


class Load:
    """Clients that ask, and what came of it."""

    def __init__(self, expected: dict[bytes, bytes], clients: int) -> None:
        self.expected = expected
        self.clients = [Asked(PORT) for _ in range(clients)]
        self.answered = self.wrong = 0
        self.times: list[float] = []

    async def one(self, client: Asked, body: bytes, due: float) -> None:
        status, answer = await client.ask(body)
        self.times.append(time.perf_counter() - due)
        self.answered += 1
        self.wrong += status != 200 or answer != self.expected[body]

    async def all(self, bodies: list[bytes], rate: float | None = None) -> float:
        """Asks for all; as fast as they are answered, or `rate` a second. Seconds taken."""
        left = iter(enumerate(bodies))
        began = time.perf_counter()

        async def ask(client: Asked) -> None:
            for number, body in left:
                due = began + number / rate if rate else time.perf_counter()
                await asyncio.sleep(max(0.0, due - time.perf_counter()))
                await self.one(client, body, due)

        await asyncio.gather(*(ask(client) for client in self.clients))
        await closed(self.clients)
        return time.perf_counter() - began

    @property
    def again(self) -> int:
        return sum(client.again for client in self.clients)


async def restarted(
    load: Load, bodies: list[bytes], log: str, process: list, restarts: int
) -> None:
    """At equal distances the service is told to stop, and started again when it has."""

    async def restart() -> None:
        for nth in range(1, restarts + 1):
            while load.answered < len(bodies) * nth // (restarts + 1):
                await asyncio.sleep(0.05)
            process[0].send_signal(signal.SIGTERM)
            status = await asyncio.to_thread(process[0].wait)
            assert status == 0, status
            process[0] = await asyncio.to_thread(start, log)

    work: list[Awaitable[object]] = [load.all(bodies), restart()]
    await asyncio.gather(*work)


def in_turn(
    pool: ProcessPoolExecutor, expected: dict[bytes, bytes], clients: int, seconds: float
) -> tuple[float, float, int]:
    """Checks a second of library and service, each a few times in turn, and wrong answers.

    In turn, because what else the machine does changes while this runs.
    """
    bodies = list(expected)
    alone, taken, asked, waited, wrong = 0, 0.0, 0, 0.0, 0
    for _ in range(ROUNDS):
        done, spent = library(pool, bodies, seconds / ROUNDS)
        alone, taken = alone + done, taken + spent
        load = Load(expected, clients)
        waited += asyncio.run(load.all(list(islice(cycle(bodies), done))))
        asked, wrong = asked + load.answered, wrong + load.wrong
    return alone / taken, asked / waited, wrong


def busy() -> str:
    return f"the machine's load {os.getloadavg()[0]:.1f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--requests", type=int, default=20_000)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--clients", type=int, default=32)
    parser.add_argument("--restarts", type=int, default=1)
    parser.add_argument("--every", type=int, default=1)
    options = parser.parse_args()
    bodies = encounters(options.every)

    def take(count: float) -> list[bytes]:
        return list(islice(cycle(bodies), int(count)))

    with tempfile.TemporaryDirectory() as folder, ProcessPoolExecutor(WORKERS) as pool:
        expected = dict(zip(bodies, pool.map(checked, bodies, chunksize=4), strict=True))
        log = str(Path(folder) / "log.sqlite")
        process = [start(log)]
        try:
            asyncio.run(Load(expected, options.clients).all(bodies))  # warm
            alone, rate, wrong = in_turn(pool, expected, options.clients, options.seconds)
            print(f"library, pool of {WORKERS}: {alone:.0f} checks/s; {busy()}")
            print(
                f"service, {WORKERS} workers, {options.clients} clients: {rate:.0f} checks/s, "
                f"{rate / alone:.2f} of the library; wrong {wrong}"
            )
            half = Load(expected, options.clients)
            asyncio.run(half.all(take(rate / 2 * options.seconds), rate=rate / 2))
            cuts = statistics.quantiles(half.times, n=100)
            print(
                f"at half of that: median {cuts[49] * 1000:.0f} ms, p99 {cuts[98] * 1000:.0f} ms; "
                f"wrong {half.wrong}; {busy()}"
            )
            long = Load(expected, options.clients)
            requests = take(options.requests)
            asyncio.run(restarted(long, requests, log, process, options.restarts))
            print(
                f"{options.requests} requests, {options.restarts} restarts: {long.answered} "
                f"answered, {long.wrong} wrong, {long.again} left by a closing connection and "
                f"asked again; {busy()}"
            )
        finally:
            process[0].send_signal(signal.SIGTERM)
            process[0].wait()
        with closing(open_log(log, must_exist=True)) as opened:
            verdict = verify(opened)
        print(f"audit log: {verdict.entries} entries, {verdict.fault or 'unbroken'}")


if __name__ == "__main__":
    main()
