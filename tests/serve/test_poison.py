"""Checks that hold a worker as long as they may do not keep others from their answers."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx
from slow_rule import WORDS, slow_rules

from notecheck.serve.keys import add_key
from notecheck.serve.scopes import Scope

from .encounters import encounter
from .service import figure, serving

POISONED = 8
SETTINGS = "[workers]\ncount = 2\ncheck_seconds = 2\n[limits]\nclient_at_once = 8\n"


def poison(number: int) -> dict[str, object]:
    made = encounter(f"P{number}")
    made["documents"][0]["text"] += f" The stump was amputated {WORDS} {number}."
    return made


@contextmanager
def slowness() -> Iterator[list[float]]:
    """How much longer than it should, each moment, a little work takes on this machine now."""
    measured: list[float] = []
    over = threading.Event()

    def measure() -> None:
        while not over.is_set():
            begun, worked = time.monotonic(), time.thread_time()
            while time.thread_time() - worked < 0.01:
                pass
            measured.append((time.monotonic() - begun) / 0.01)
            time.sleep(0.05)

    measuring = threading.Thread(target=measure)
    measuring.start()
    try:
        yield measured
    finally:
        over.set()
        measuring.join()


def late(seconds: list[float], machine: list[float]) -> bool:
    """Whether more than one in a hundred took a second of a machine of our own; as much more is
    allowed as this machine was slower meanwhile."""

    def worst(values: list[float]) -> float:
        return sorted(values)[int(0.99 * len(values)) - 1]

    return worst(seconds) > max(1.0, worst(machine))


def test_innocents_are_answered_in_time_whatever_another_client_asks(tmp_path: Path) -> None:
    keys = tmp_path / "keys.json"
    ours, theirs = (
        {"authorization": f"Bearer {add_key(keys, name, (Scope.CHECK,), None)}"}
        for name in ("ours", "theirs")
    )
    reads = {"authorization": f"Bearer {add_key(keys, 'figures', (Scope.METRICS,), None)}"}
    (tmp_path / "serve.toml").write_text(f'keys = "{keys}"\n{SETTINGS}')
    options = ("--settings", str(tmp_path / "serve.toml"), "--rules", str(slow_rules(tmp_path)))
    with (
        serving(*options, folder=tmp_path) as served,
        ThreadPoolExecutor(POISONED) as pool,
        httpx.Client(base_url=served.url, timeout=120) as client,
        slowness() as machine,
    ):

        def ask(body: dict[str, object], headers: dict[str, str]) -> httpx.Response:
            return httpx.post(f"{served.url}/v1/check", json=body, headers=headers, timeout=120)

        poisoned = [pool.submit(ask, poison(number), theirs) for number in range(POISONED)]
        until = time.monotonic() + 60
        while figure(served, "notecheck_outstanding", reads) < POISONED:
            assert time.monotonic() < until
        more = ask(encounter("more"), theirs)  # has as many as it may
        assert (more.status_code, more.headers["retry-after"]) == (429, "1")
        taken = []
        while not all(one.done() for one in poisoned):
            begun = time.monotonic()
            answer = client.post("/v1/check", json=encounter(f"I{len(taken)}"), headers=ours)
            taken.append(time.monotonic() - begun)
            assert answer.status_code == 200, (answer.text, served.said)
            time.sleep(0.05)
        assert {one.result().status_code for one in poisoned} <= {503, 504}
        assert len(taken) >= 20
        assert not late(taken, machine), sorted(taken)[-5:]
        # None of the innocents was stopped, and no worker killed.
        assert figure(served, 'notecheck_interrupted_total{lane="first"}', reads) == POISONED
        assert figure(served, 'notecheck_workers_replaced_total{reason="hung"}', reads) == 0
        known = next(n for n, one in enumerate(poisoned) if one.result().status_code == 504)
        assert "this very content" in ask(poison(known), theirs).json()["detail"]


def test_idle_and_slow_clients_hold_nobody_up(tmp_path: Path) -> None:
    (tmp_path / "serve.toml").write_text(
        "[workers]\ncount = 1\n[limits]\nheader_seconds = 5\nbody_seconds = 5\n"
    )
    with (
        serving("--settings", str(tmp_path / "serve.toml"), folder=tmp_path) as served,
        ExitStack() as held,
        httpx.Client(base_url=served.url, timeout=120) as client,
        slowness() as machine,
    ):
        host, port = served.url.removeprefix("http://").split(":")
        head = b"POST /v1/check HTTP/1.1\r\nHost: localhost\r\n"
        body = b"Content-Type: application/json\r\nContent-Length: 90000\r\n\r\n{"
        for begun in (b"", head, head + body) * 30:  # idle, slow in the head, slow in the body
            connection = held.enter_context(socket.create_connection((host, int(port))))
            connection.sendall(begun)
        taken = []
        for number in range(100):
            begun_at = time.monotonic()
            answer = client.post("/v1/check", json=encounter(f"I{number}"))
            taken.append(time.monotonic() - begun_at)
            assert answer.status_code == 200
        assert not late(taken, machine), sorted(taken)[-5:]
