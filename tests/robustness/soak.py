"""A service under mixed load, good and hostile, for as long as wanted: is it the same at the end?

    cd tests && python -m robustness.soak --minutes 60

Every protocol is spoken at once; the answers to good encounters are compared with the library's.
Ends with status 1 when one is wrong, when memory or handles grow, when the service is not ready or
its log is broken at the end.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import re
import socket
import statistics
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from itertools import count, islice
from pathlib import Path
from typing import NamedTuple

import httpx
from serve.service import Served, serving

from notecheck import check
from notecheck.log.store import open_log
from notecheck.log.verify import verify

from .fuzz import inputs
from .seeds import ROOT
from .targets import Target

GOOD = 20  # encounters of our corpus that are asked over and over
MEMORY_GROWTH = 1.15  # from the second quarter of the time to the last
HANDLES_MORE = 12  # a connection or two of each client, that are just being closed
_ROUTES: dict[Target, tuple[str, str]] = {
    "encounter": ("/v1/check", "application/json"),
    "file": ("/v1/check", "application/octet-stream"),
    "fhir": ("/fhir/$check", "application/fhir+json"),
    "cds-hooks": ("/cds-services/notecheck-27596", "application/json"),
}


_Good = tuple[bytes, str]


class Sample(NamedTuple):
    """Of the service and its workers: resident bytes and open handles, together."""

    memory: int
    handles: int


class Soaked(NamedTuple):
    """What came of it; `wrong` are sentences."""

    asked: Counter[str]
    samples: list[Sample]
    wrong: list[str]

    @property
    def quarters(self) -> tuple[Sample, Sample]:
        """The medians of the second quarter and of the last."""
        quarter = max(1, len(self.samples) // 4)
        return _median(self.samples[quarter : 2 * quarter]), _median(self.samples[-quarter:])


def soak(seconds: float, clients: int, pause: float, folder: Path, first: int = 0) -> Soaked:
    """Asks for `seconds`; each client waits for `pause` seconds after each answer."""
    settings = folder / "serve.toml"
    settings.write_text(
        f'[workers]\ncount = 2\n[mllp]\nstore = "{folder}/hl7.sqlite"\nquiet_seconds = 0.2\n'
    )
    asked: Counter[str] = Counter()
    wrong: list[str] = []
    samples = []
    good = _good()
    with serving("--settings", str(settings), "--mllp", "0", folder=folder) as served:
        end = time.monotonic() + seconds
        threads = [
            threading.Thread(target=_client, args=(served, good, end, pause, seed, asked, wrong))
            for seed in range(first, first + clients)
        ]
        for thread in threads:
            thread.start()
        while time.monotonic() < end:
            samples.append(_sample(served))
            time.sleep(min(5.0, seconds / 20))
        for thread in threads:
            thread.join()
        _wait_until_ready(served, wrong)
    with closing(open_log(served.log, must_exist=True)) as log:
        verdict = verify(log)
    if verdict.fault:
        wrong.append(verdict.fault)
    soaked = Soaked(asked, samples, wrong)
    before, after = soaked.quarters
    if after.memory > MEMORY_GROWTH * before.memory:
        wrong.append(f"memory grew from {before.memory} to {after.memory} bytes")
    if after.handles > before.handles + HANDLES_MORE:
        wrong.append(f"handles grew from {before.handles} to {after.handles}")
    return soaked


def _client(
    served: Served, good: list[_Good], end: float, pause: float, seed: int, asked: Counter[str],
    wrong: list[str],
) -> None:  # fmt: skip
    hostile = inputs(10**9, seed * 10**7)
    with httpx.Client(base_url=served.url, timeout=120) as client:
        for turn in count():
            if time.monotonic() > end:
                return
            try:
                if turn % 2:
                    _ask_good(client, *good[turn // 2 % len(good)], asked, wrong)
                else:
                    _, target, data = next(hostile)
                    _ask_hostile(served, client, target, data, asked, wrong)
            except Exception as error:  # a client that dies must not look like a quiet one
                wrong.append(f"a client had {type(error).__name__}: {error}")
            time.sleep(pause)


def _ask_good(
    client: httpx.Client, body: bytes, expected: str, asked: Counter[str], wrong: list[str]
) -> None:
    answer = client.post("/v1/check", content=body, headers=_type("application/json"))
    asked[f"good {answer.status_code}"] += 1
    if answer.status_code == 200 and answer.text != expected:
        wrong.append("a report is not the library's")
    elif answer.status_code not in (200, 429, 503):
        wrong.append(f"a good encounter was answered {answer.status_code}")


def _ask_hostile(
    served: Served, client: httpx.Client, target: Target, data: bytes, asked: Counter[str],
    wrong: list[str],
) -> None:  # fmt: skip
    if target in _ROUTES:
        path, media_type = _ROUTES[target]
        answer = client.post(path, content=data, headers=_type(media_type))
        asked[f"{target} {answer.status_code // 100}xx"] += 1
        if answer.status_code == 500:
            wrong.append(f"{target}: {answer.text[:200]}")
    elif target in ("hl7-message", "frames"):
        framed = data if target == "frames" else b"\x0b" + data + b"\x1c\r"
        with (
            socket.create_connection(("127.0.0.1", _mllp(served)), timeout=60) as connection,
            contextlib.suppress(ConnectionError),  # it may close what is no MLLP at once
        ):
            connection.sendall(framed)
            connection.shutdown(socket.SHUT_WR)
            while connection.recv(65_536):
                pass
        asked[target] += 1


def _good() -> list[_Good]:
    """Encounters as they are sent, and the library's reports."""
    lines = islice(_lines(), GOOD)
    encounters = [json.loads(line)["encounter"] for line in lines]
    return [(json.dumps(e).encode(), check(e).model_dump_json()) for e in encounters]


def _lines() -> Iterator[str]:
    for path in sorted((ROOT / "corpus" / "development").glob("*.jsonl")):
        yield from path.open()


def _type(media_type: str) -> dict[str, str]:
    return {"Content-Type": media_type}


def _mllp(served: Served) -> int:
    found = re.search(r"takes HL7 messages at \S+ port (\d+)", "".join(served.said))
    assert found
    return int(found[1])


def _sample(served: Served) -> Sample:
    memory = handles = 0
    for pid in (served.process.pid, *served.workers()):
        with contextlib.suppress(OSError):  # a worker that has just been replaced
            memory += int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * 4096
            handles += sum(1 for _ in Path(f"/proc/{pid}/fd").iterdir())
    return Sample(memory, handles)


def _median(samples: list[Sample]) -> Sample:
    return Sample(*(int(statistics.median(values)) for values in zip(*samples, strict=True)))


def _wait_until_ready(served: Served, wrong: list[str]) -> None:
    end = time.monotonic() + 60
    while (answer := httpx.get(f"{served.url}/readyz")).status_code != 200:
        if time.monotonic() > end:
            wrong.append(f"not ready at the end: {answer.text}")
            return
        time.sleep(0.2)


def main() -> int:
    options = argparse.ArgumentParser()
    options.add_argument("--minutes", type=float, default=60)
    options.add_argument("--clients", type=int, default=4)
    options.add_argument("--pause", type=float, default=0.05, help="seconds after each answer")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        soaked = soak(given.minutes * 60, given.clients, given.pause, Path(folder))
    told = ", ".join(f"{number} {name}" for name, number in sorted(soaked.asked.items()))
    before, after = soaked.quarters
    print(f"{sum(soaked.asked.values())} asked in {given.minutes:g} min: {told}")
    print(f"memory {before.memory / 1e6:.0f} -> {after.memory / 1e6:.0f} MB, ", end="")
    print(f"handles {before.handles} -> {after.handles} (second quarter -> last)")
    for sentence, number in Counter(soaked.wrong).most_common():
        print(f"{number} x {sentence}")
    return int(bool(soaked.wrong))


if __name__ == "__main__":
    sys.exit(main())
