"""A service whose log is locked, lost or full refuses in time, says so, and goes on afterwards."""

from __future__ import annotations

import resource
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import httpx
import psycopg
import pytest
from log.postgres_cluster import cluster

from notecheck.log.store import open_log
from notecheck.log.verify import verify

from .encounters import encounter
from .service import Served, figure, serving

LONGEST = 40.0  # seconds; a lock is waited for 10, and other work may keep the machine busy


class Asking:
    """Asks a service and keeps count of what it said it had decided."""

    def __init__(self, served: Served) -> None:
        self.served = served
        self.decided: list[str] = []

    def decide(self) -> httpx.Response:
        answer = httpx.post(f"{self.served.url}/v1/check", json=encounter(), timeout=2 * LONGEST)
        if answer.status_code == 200:
            self.decided.append(answer.headers["notecheck-decision"])
        return answer

    def ready(self) -> httpx.Response:
        return httpx.get(f"{self.served.url}/readyz", timeout=LONGEST)


@contextmanager
def asking(log: str, folder: Path) -> Iterator[Asking]:
    """A service with this log; all that it decided must be there when it has ended."""
    (folder / "serve.toml").write_text("[workers]\ncount = 1\n")
    options = ("--settings", str(folder / "serve.toml"), "--log", log)
    with serving(*options, folder=folder) as served:
        made = Asking(served)
        assert made.decide().status_code == 200
        yield made
        until(lambda: made.decide().status_code == 200)
        until(lambda: made.ready().status_code == 200)
    with closing(open_log(log, must_exist=True)) as opened:
        assert verify(opened).fault is None
        refs = {entry.ref for entry in opened.entries()}
    assert refs >= set(made.decided)


def refused(made: Asking, reason: str) -> None:
    """Nothing is decided, nobody waits for long, and whoever looks after the service can see it."""
    begun = time.monotonic()
    answer = made.decide()
    assert answer.status_code == 503, answer.text
    assert time.monotonic() - begun < LONGEST
    until(lambda: made.ready().status_code == 503)
    assert reason in made.ready().json()["detail"]
    assert figure(made.served, 'notecheck_down{part="the audit log"}') == 1
    assert httpx.get(f"{made.served.url}/healthz").status_code == 200


def until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 3 * LONGEST
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.2)


def test_a_file_that_another_holds_locked(tmp_path: Path) -> None:
    log = str(tmp_path / "log.sqlite")
    with asking(log, tmp_path) as made, closing(sqlite3.connect(log, isolation_level=None)) as lock:
        lock.execute("BEGIN EXCLUSIVE")
        refused(made, "locked")
        lock.execute("COMMIT")


@pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="limits a process from outside")
def test_a_disk_that_takes_no_more(tmp_path: Path) -> None:
    with asking(str(tmp_path / "log.sqlite"), tmp_path) as made:
        pid = made.served.process.pid
        before = resource.prlimit(pid, resource.RLIMIT_FSIZE)
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (0, before[1]))  # no file takes a byte more
        refused(made, "the log failed")
        resource.prlimit(pid, resource.RLIMIT_FSIZE, before)


@pytest.fixture(scope="module")
def postgres() -> Iterator[str]:
    with cluster() as url:
        yield url


@pytest.mark.parametrize("fault", ["locked", "lost"])
def test_a_server_that_is_away(fault: str, postgres: str, tmp_path: Path) -> None:
    with psycopg.connect(postgres, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {fault}")
        log = postgres.removesuffix("/postgres") + f"/{fault}"
        with asking(log, tmp_path) as made:
            if fault == "locked":
                with psycopg.connect(log) as other:
                    other.execute("LOCK TABLE notecheck_entries IN ACCESS EXCLUSIVE MODE")
                    refused(made, "lock timeout")
            else:
                server.execute(f"ALTER DATABASE {fault} ALLOW_CONNECTIONS false")
                server.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s",
                    [fault],
                )
                refused(made, "the log failed")
                server.execute(f"ALTER DATABASE {fault} ALLOW_CONNECTIONS true")
