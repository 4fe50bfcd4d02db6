"""A fault of what works in the background is told, counted, and ends nothing for good."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import threading
import time
from pathlib import Path

import httpx
import own_thread
import pytest

from notecheck.log.entry import Draft
from notecheck.log.failure import LogError
from notecheck.log.store import open_log
from notecheck.read.hl7.identity import Identity
from notecheck.serve import watch
from notecheck.serve.log_writer import LogWriter
from notecheck.serve.metrics import Metrics
from notecheck.serve.mllp.database import Database, StoreError
from notecheck.serve.mllp.outbox import Outbox
from notecheck.serve.mllp.sending import Sending
from notecheck.serve.mllp.visits import Visits
from notecheck.serve.settings import Send
from notecheck.serve.watch import Health, Watch

from .encounters import encounter
from .hl7_messages import Receiver, receiving
from .service import serving


def test_work_goes_on_after_a_fault(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(watch, "_FIRST_PAUSE", 0.05)
    health, done = Health(Metrics()), []
    seen: list[list[str]] = []

    async def turn() -> None:
        done.append(1)
        if len(done) == 2:
            raise ValueError("words of a note")
        seen.append(health.reasons)
        await asyncio.sleep(0.01)

    async def run() -> None:
        watching = Watch(health)
        watching.begin("the sender", turn)
        await asyncio.sleep(0.03)
        assert health.reasons and health.reasons[0].startswith("the sender: ")
        await asyncio.sleep(0.2)
        await watching.end("the sender")

    own_thread.run(run())
    assert len(done) > 3 and seen[-1] == []
    said = capsys.readouterr().err
    assert "the sender stopped" in said and "the sender works again" in said
    assert "words of a note" not in said


def test_a_dead_letter_that_cannot_be_written_stays_in_the_store(tmp_path: Path) -> None:
    store = Database(tmp_path / "hl7.sqlite")
    (tmp_path / "file").write_text("no folder")
    send = Send(webhook="http://127.0.0.1:9/", tries=1, dead_letters=tmp_path / "file" / "dead")

    async def run() -> None:
        outbox = Outbox(store)
        await store.run(outbox.add, "V", b"{}")
        with pytest.raises(StoreError, match="nor put among the dead letters"):
            await Sending(send, store, outbox, Metrics()).turn()
        assert await store.run(outbox.next)

    own_thread.run(run())


def test_a_store_that_is_locked_while_a_finding_goes_out_does_not_send_it_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("notecheck.serve.mllp.database._WAIT_SECONDS", 0.2)
    store = Database(tmp_path / "hl7.sqlite")
    lock = sqlite3.connect(tmp_path / "hl7.sqlite", isolation_level=None, check_same_thread=False)

    class Locking(Receiver):
        def acknowledge(self, raw: bytes) -> bytes:
            if not self.received:
                lock.execute("BEGIN EXCLUSIVE")
            return super().acknowledge(raw)

    receiver = Locking()
    with receiving(receiver) as port:
        outbox = Outbox(store)
        sending = Sending(Send(host="127.0.0.1", port=port), store, outbox, Metrics())

        async def run() -> None:
            for body in (b"MSH|^~\\&|A||||||ORU^R01|1\r", b"MSH|^~\\&|A||||||ORU^R01|2\r"):
                await store.run(outbox.add, "V", body)
            with pytest.raises(StoreError, match="locked"):
                await sending.turn()
            lock.execute("COMMIT")
            while await store.run(outbox.next):
                await sending.turn()

        own_thread.run(run())
    lock.close()
    assert [raw.split(b"|")[9] for raw in receiver.received] == [b"1", b"2"]


def test_a_store_that_was_moved_takes_nothing_more(tmp_path: Path) -> None:
    store = Database(tmp_path / "hl7.sqlite")

    async def run() -> None:
        outbox = Outbox(store)
        assert await store.run(outbox.next) is None
        os.rename(tmp_path / "hl7.sqlite", tmp_path / "gone")
        with pytest.raises(StoreError, match="moved, deleted or replaced"):
            await store.run(outbox.add, "V", b"{}")

    own_thread.run(run())


def test_a_log_that_was_moved_is_noticed_before_the_next_answer(tmp_path: Path) -> None:
    with serving(folder=tmp_path) as served:
        url = f"{served.url}/v1/check"
        assert httpx.post(url, json=encounter(), timeout=60).status_code == 200
        os.rename(served.log, f"{served.log}.gone")
        refused = httpx.post(url, json=encounter(), timeout=60)
        assert refused.status_code == 503 and refused.headers["retry-after"]
        ready = httpx.get(f"{served.url}/readyz")
        assert ready.status_code == 503 and "moved, deleted or replaced" in ready.json()["detail"]
        assert httpx.get(f"{served.url}/healthz").status_code == 200
        os.rename(f"{served.log}.gone", served.log)
        assert httpx.post(url, json=encounter(), timeout=60).status_code == 200
        assert httpx.get(f"{served.url}/readyz").status_code == 200


def test_a_full_disk_is_told_while_nobody_asks_and_over_when_there_is_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("notecheck.serve.log_writer._LOOK_SECONDS", 0.02)
    monkeypatch.setattr(watch, "_FIRST_PAUSE", 0.02)
    monkeypatch.setattr("notecheck.log.sqlite._LEAST_FREE", 1 << 60)
    health = Health(Metrics())

    async def until(told: bool) -> None:
        async with asyncio.timeout(30):
            while bool(health.reasons) is not told:
                await asyncio.sleep(0.01)

    async def run() -> None:
        writer = LogWriter(open_log(str(tmp_path / "log.sqlite")), Watch(health))
        writer.start()
        await until(True)
        assert "the disk of the log is full" in health.reasons[0]
        monkeypatch.setattr("notecheck.log.sqlite._LEAST_FREE", 0)
        await until(False)
        await writer.close()

    own_thread.run(run())


def test_a_log_that_hangs_hangs_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("notecheck.serve.log_writer._LONGEST_SECONDS", 0.2)
    waiting = threading.Event()

    async def run() -> None:
        writer = LogWriter(open_log(str(tmp_path / "log.sqlite")), Watch(Health(Metrics())))
        writer.start()
        with pytest.raises(LogError, match="does not answer"):
            await writer.read(lambda log: waiting.wait(60))
        with pytest.raises(LogError, match="does not answer"):
            await writer.append(Draft("override", "x", {"decision": "pass"}))
        waiting.set()
        await writer.close()

    own_thread.run(run())


def test_a_locked_log_is_told_and_hangs_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("notecheck.log.sqlite._WAIT_SECONDS", 0.2)
    place = tmp_path / "log.sqlite"
    health = Health(Metrics())
    draft = Draft("override", "x", {"decision": "pass"})

    async def run() -> None:
        writer = LogWriter(open_log(str(place)), Watch(health))
        writer.start()
        lock = sqlite3.connect(place, isolation_level=None)
        lock.execute("BEGIN EXCLUSIVE")
        with pytest.raises(LogError, match="locked"):
            await writer.append(draft)
        assert "locked" in health.reasons[0]
        lock.execute("COMMIT")
        lock.close()
        assert (await writer.append(draft)).number == 1
        assert health.reasons == []
        await writer.close()

    own_thread.run(run())


def test_a_clock_that_is_set_back_holds_nothing_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Database(tmp_path / "hl7.sqlite")
    outbox = Outbox(store)
    visits = Visits(store, outbox)

    async def run() -> None:
        now = time.time()
        monkeypatch.setattr(time, "time", lambda: now + 86_400)
        await store.run(visits.take, "V1", "repeat", Identity(), b"MSH|")
        await store.run(outbox.add, "V1", b"{}")
        await store.run(outbox.failed, 1, 60.0)
        assert await store.run(visits.open, 2.0) == []
        assert await store.run(outbox.next) is None
        monkeypatch.setattr(time, "time", lambda: now)
        ((visit, name, changed),) = await store.run(visits.open, 2.0)
        assert name == "V1" and await store.run(outbox.next)
        await store.run(visits.settle, visit, name, changed, None, None)
        assert await store.run(visits.open, 2.0) == []

    own_thread.run(run())
    store.close()
