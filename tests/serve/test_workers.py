"""A worker that dies, hangs or is busy; a service that is told to stop. Nothing taken is lost."""

from __future__ import annotations

import os
import resource
import signal
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import httpx
import pytest
from slow_rule import WORDS, slow_rules

from notecheck.log.store import open_log

from .encounters import encounter
from .service import Served, figure, serving

# Time enough that none of what is checked here is stopped on a busy machine.
SETTINGS = """
[workers]
count = 1
waiting = 2
first_seconds = 60
check_seconds = 60
checks_each = 5
"""


@pytest.fixture(scope="module")
def fragile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder: Path = tmp_path_factory.mktemp("fragile")
    (folder / "serve.toml").write_text(SETTINGS)
    options = ("--settings", str(folder / "serve.toml"), "--rules", str(slow_rules(folder)))
    with serving(*options, folder=folder) as running:
        yield running


@pytest.fixture
def ask(fragile: Served) -> Iterator[Callable[[str], Future[httpx.Response]]]:
    """Asks for a check without waiting for the answer."""
    wait_until_ready(fragile)
    with ThreadPoolExecutor(8) as pool, httpx.Client(base_url=fragile.url, timeout=60) as client:
        yield lambda name: pool.submit(client.post, "/v1/check", json=encounter(name))


def wait_until_ready(served: Served) -> None:
    wait_until(lambda: httpx.get(f"{served.url}/readyz").status_code == 200)


def wait_until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 120
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.05)


Ask = Callable[[str], Future[httpx.Response]]


def test_a_worker_that_dies_is_replaced_and_its_check_done_by_another(
    fragile: Served, ask: Ask
) -> None:
    (worker,) = fragile.workers()
    os.kill(worker, signal.SIGSTOP)
    answer = ask("dies")
    wait_until(lambda: figure(fragile, "notecheck_outstanding") == 1)
    os.kill(worker, signal.SIGKILL)
    assert answer.result().json()["encounter_id"] == "dies"
    assert figure(fragile, 'notecheck_workers_replaced_total{reason="died"}') == 1
    assert fragile.workers() != [worker]


@pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="sets a worker's limit from outside")
def test_what_takes_too_much_memory_is_refused_and_its_worker_replaced(
    fragile: Served, ask: Ask
) -> None:
    (worker,) = fragile.workers()
    limits = resource.prlimit(worker, resource.RLIMIT_DATA)
    status = Path(f"/proc/{worker}/status").read_text()
    now = int(status.partition("VmData:")[2].split()[0]) * 1024
    # The worker's own limit of gigabytes is made smaller, not to take them from a test's machine.
    resource.prlimit(worker, resource.RLIMIT_DATA, (now + 40_000_000, limits[1]))
    large = encounter("large")
    large["more"] = [[] for _ in range(3_000_000)]
    answer = httpx.post(f"{fragile.url}/v1/check", json=large, timeout=60)
    assert (answer.status_code, answer.headers["content-type"]) == (413, "application/problem+json")
    assert "more memory than one encounter may have" in answer.json()["detail"]
    wait_until(lambda: _answered_by_another(fragile, ask, worker))
    again = httpx.post(f"{fragile.url}/v1/check", json=large, timeout=60)
    assert again.status_code == 504
    assert "too much memory" in again.json()["detail"]


def _answered_by_another(served: Served, ask: Ask, worker: int) -> bool:
    """Asks once more: a successor that is warm takes its place after an answer."""
    assert ask("after").result().json()["encounter_id"] == "after"
    return worker not in served.workers()


def test_a_worker_that_holds_much_memory_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "serve.toml").write_text("[workers]\ncount = 1\nmemory_each = 1000000\n")
    with serving("--settings", str(tmp_path / "serve.toml"), folder=tmp_path) as served:

        def replaced() -> bool:
            answer = httpx.post(f"{served.url}/v1/check", json=encounter("more"), timeout=60)
            assert answer.json()["encounter_id"] == "more"
            return figure(served, 'notecheck_workers_replaced_total{reason="retired"}') > 0

        wait_until(replaced)


def test_a_check_that_ends_two_workers_is_given_up(fragile: Served, ask: Ask) -> None:
    slow = encounter("twice")
    slow["documents"][0]["text"] += f" The stump was amputated {WORDS}."
    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(httpx.post, f"{fragile.url}/v1/check", json=slow, timeout=120)
        wait_until(lambda: figure(fragile, "notecheck_outstanding") == 1)
        os.kill(fragile.workers()[0], signal.SIGKILL)
        wait_until(lambda: figure(fragile, "notecheck_workers_ready") == 0)
        wait_until(lambda: figure(fragile, "notecheck_workers_ready") == 1)
        os.kill(fragile.workers()[0], signal.SIGKILL)
        refused = answer.result()
    assert refused.status_code == 500
    assert refused.json()["detail"].startswith("the check ended two workers")
    wait_until_ready(fragile)
    assert ask("after").result().status_code == 200


def test_an_idle_worker_that_dies_costs_nobody_anything(fragile: Served, ask: Ask) -> None:
    (worker,) = fragile.workers()
    os.kill(worker, signal.SIGKILL)
    assert ask("idle").result().status_code == 200


def test_a_worker_that_hangs_is_replaced_and_its_check_refused(tmp_path: Path) -> None:
    (tmp_path / "serve.toml").write_text("[workers]\ncount = 1\ncheck_seconds = 1\n")
    with serving("--settings", str(tmp_path / "serve.toml"), folder=tmp_path) as served:
        (worker,) = served.workers()
        os.kill(worker, signal.SIGSTOP)
        url = f"{served.url}/v1/check"
        answer = httpx.post(url, json=encounter("hangs"), timeout=60)
        assert answer.status_code == 504
        assert answer.json()["detail"] == "the check hung and was stopped"
        wait_until_ready(served)
        assert worker not in served.workers()
        assert httpx.post(url, json=encounter("after"), timeout=60).status_code == 200


def test_too_many_checks_are_told_when_to_come_back(fragile: Served, ask: Ask) -> None:
    (worker,) = fragile.workers()
    os.kill(worker, signal.SIGSTOP)
    taken = [ask(f"taken-{number}") for number in range(2)]
    wait_until(lambda: figure(fragile, "notecheck_outstanding") == 2)
    refused = ask("refused").result()
    os.kill(worker, signal.SIGCONT)
    assert refused.status_code == 429
    assert int(refused.headers["retry-after"]) >= 1
    assert {answer.result().status_code for answer in taken} == {200}


def test_a_worker_is_replaced_after_many_checks(fragile: Served, ask: Ask) -> None:
    retired = 'notecheck_workers_replaced_total{reason="retired"}'
    worker, earlier = fragile.workers()[0], figure(fragile, retired)

    def gone() -> bool:
        assert ask("many").result().json()["encounter_id"] == "many"
        return worker not in fragile.workers()

    wait_until(gone)
    assert figure(fragile, retired) > earlier
    assert ask("after").result().status_code == 200


def test_told_to_stop_it_finishes_what_it_took(tmp_path: Path) -> None:
    (tmp_path / "serve.toml").write_text("[workers]\ncount = 1\n")
    with serving("--settings", str(tmp_path / "serve.toml"), folder=tmp_path) as served:
        (worker,) = served.workers()
        os.kill(worker, signal.SIGSTOP)
        with ThreadPoolExecutor(3) as pool:
            taken = [
                pool.submit(
                    httpx.post, f"{served.url}/v1/check", json=encounter(f"E{n}"), timeout=60
                )
                for n in range(3)
            ]
            wait_until(lambda: figure(served, "notecheck_outstanding") == 3)
            served.process.send_signal(signal.SIGTERM)
            with pytest.raises(httpx.ConnectError):
                while True:
                    httpx.get(f"{served.url}/healthz")
            os.kill(worker, signal.SIGCONT)
            answers = [answer.result() for answer in taken]
        assert [answer.json()["encounter_id"] for answer in answers] == ["E0", "E1", "E2"]
        assert {answer.headers["connection"] for answer in answers} == {"close"}
        assert served.stop() == 0
        assert served.said[-1] == "notecheck: stopped; all that was taken is answered\n"
        with closing(open_log(served.log, must_exist=True)) as log:
            logged = {entry.ref for entry in log.entries()}
        assert {answer.headers["notecheck-decision"] for answer in answers} == logged
        with pytest.raises(ProcessLookupError):
            os.kill(worker, 0)
