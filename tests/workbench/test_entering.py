"""What the service checks reaches the queue, also when the queue was away for a while."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import own_thread
import pytest
from serve.service import serving

from notecheck.serve import watch
from notecheck.serve.metrics import Metrics
from notecheck.serve.watch import Health, Watch
from notecheck.workbench import entering
from notecheck.workbench.entering import PART, Arrived, Entering
from notecheck.workbench.filters import Filter
from notecheck.workbench.queue import Queue
from notecheck.workbench.store import QueueAway, Store

from .encounters import stopped


def _until(held: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not held():
        assert time.monotonic() < end, "it did not come to hold"
        time.sleep(0.05)


def _waiting(place: Path) -> list[str]:
    store = Store(str(place))
    try:
        return sorted(row["encounter_id"] for row in Queue(store).page(Filter()).rows)
    finally:
        store.close()


def test_a_locked_queue_delays_no_answer_is_told_and_loses_nothing(tmp_path: Path) -> None:
    place = tmp_path / "queue.sqlite"
    settings = tmp_path / "serve.toml"
    settings.write_text(f'queue = "{place}"\n[workers]\ncount = 1\n')
    with serving("--settings", str(settings), folder=tmp_path) as served:
        ready = f"{served.url}/readyz"
        lock = sqlite3.connect(place, isolation_level=None)
        lock.execute("BEGIN EXCLUSIVE")
        for number in range(3):
            begun = time.monotonic()
            answer = httpx.post(f"{served.url}/v1/check", json=stopped(f"L{number}"), timeout=60)
            assert answer.status_code == 200
            assert time.monotonic() - begun < 4, "the answer waited for the queue"
        _until(lambda: httpx.get(ready).status_code == 503)
        assert f"{PART}: " in httpx.get(ready).json()["detail"]
        lock.execute("COMMIT")
        lock.close()
        _until(lambda: httpx.get(ready).status_code == 200)
        _until(lambda: _waiting(place) == ["L0", "L1", "L2"])


def test_what_waits_when_the_service_stops_is_entered_first(tmp_path: Path) -> None:
    place = tmp_path / "queue.sqlite"
    settings = tmp_path / "serve.toml"
    settings.write_text(f'queue = "{place}"\n[workers]\ncount = 1\n')
    with serving("--settings", str(settings), folder=tmp_path) as served:
        lock = sqlite3.connect(place, isolation_level=None)
        lock.execute("BEGIN EXCLUSIVE")
        url = f"{served.url}/v1/check"
        assert httpx.post(url, json=stopped("S"), timeout=60).status_code == 200
        lock.execute("COMMIT")
        lock.close()
        assert served.stop() == 0
    assert _waiting(place) == ["S"]


@pytest.fixture
def prompt(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "_FIRST_PAUSE", 0.01)
    monkeypatch.setattr(entering, "_LOOK_SECONDS", 0.01)


async def _look() -> None:
    """It answers."""


@pytest.mark.usefixtures("prompt")
def test_one_that_can_never_enter_holds_up_no_other(capsys: pytest.CaptureFixture[str]) -> None:
    entered: list[str] = []

    async def enter(arrived: Arrived) -> None:
        if arrived[0] == "bad":
            raise ValueError("words of a note")
        entered.append(arrived[0])

    async def run() -> None:
        part = Entering(Watch(Health(Metrics())), enter, _look)
        part.start()
        for name in ("a", "bad", "b"):
            part.take((name, "", "hook"))
        async with asyncio.timeout(30):
            while len(entered) < 2:
                await asyncio.sleep(0.01)
        await part.close()

    own_thread.run(run())
    assert entered == ["a", "b"]
    said = capsys.readouterr().err
    assert "in the log and not in the queue" in said and "words of a note" not in said


@pytest.mark.usefixtures("prompt")
def test_no_more_is_kept_than_there_is_room_for(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(entering, "_MOST_KEPT", 2)

    async def away(arrived: Arrived) -> None:
        raise QueueAway("the queue failed: OperationalError", where="here")

    async def run() -> None:
        part = Entering(Watch(Health(Metrics())), away, _look)
        for name in ("a", "b", "c"):
            part.take((name, "", "hook"))
        await part.close()

    own_thread.run(run())
    said = capsys.readouterr().err
    assert "2 checks wait for it: this one is in the log only" in said
    assert "2 checks are in the log and not in the queue" in said
