"""A service under mixed load, good and hostile, for as long as wanted: is it the same at the end?

    cd tests && python -m robustness.soak --minutes 66 [--notes NOTES.jsonl.gz] [--samples FILE]

Every protocol is spoken at once; the answers to good encounters are compared with the library's,
some are overridden, others bring ever new words or are notes of other operations. Prints every
sample; ends with status 1 when an answer is wrong, when the memory of a process or handles grow,
when the service is not ready or its log is broken at the end.
"""

from __future__ import annotations

import argparse
import contextlib
import gzip
import json
import re
import socket
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from itertools import count
from pathlib import Path
from random import Random
from typing import NamedTuple, get_args

import httpx
from serve.service import Served, figure, serving

from notecheck import check
from notecheck.log.store import open_log
from notecheck.log.verify import verify
from notecheck.serve.crew import Reason

from .fuzz import inputs
from .resident import Sample, Trend, sample, trend
from .seeds import ROOT, seeds
from .targets import Target

GOOD = 60  # encounters of our corpus that are asked over and over
HANDLES_MORE = 12  # a connection or two of each client, that are just being closed
_OVERRIDDEN = 10  # every so many good answers, one is
_NEW_WORDS = 30  # in a note that no note before had
_OVERRIDE = {"decision": "review", "person": "A. Coder", "reason": "The addendum tells the place."}
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_ROUTES: dict[Target, tuple[str, str]] = {
    "encounter": ("/v1/check", "application/json"),
    "file": ("/v1/check", "application/octet-stream"),
    "fhir": ("/fhir/$check", "application/fhir+json"),
    "cds-hooks": ("/cds-services/notecheck-27596", "application/json"),
}


_Good = tuple[bytes, str]


class Soaked(NamedTuple):
    """What came of it; `replaced` counts the workers by the reason, `wrong` are sentences."""

    warm_up: float  # seconds
    asked: Counter[str]
    samples: list[Sample]
    replaced: dict[Reason, int]
    wrong: list[str]

    def trends(self) -> dict[str, Trend]:
        """Of each process's memory and of all open handles; none of what did not live long."""
        times = [s.seconds for s in self.samples]
        pids = {pid for s in self.samples for pid in s.workers}
        lines = {
            "the service": self._trend(times, [s.service.resident for s in self.samples]),
            "handles": self._trend(times, [s.handles for s in self.samples]),
        }
        for pid in sorted(pids):
            lived = [s for s in self.samples if pid in s.workers]
            resident = [s.workers[pid].resident for s in lived]
            lines[f"worker {pid}"] = self._trend([s.seconds for s in lived], resident)
        return {name: line for name, line in lines.items() if line is not None}

    def _trend(self, times: list[float], values: list[int]) -> Trend | None:
        return trend(times, values, self.warm_up)

    def judge(self, growth: float) -> None:
        """Adds to `wrong` what grew: of memory more than the part `growth`."""
        for name, line in self.trends().items():
            if name == "handles" and line.ends > line.begins + HANDLES_MORE:
                self.wrong.append(f"handles grew from {line.begins:.0f} to {line.ends:.0f}")
            elif name != "handles" and line.growth > growth:
                grew = f"{line.begins / 1e6:.0f} to {line.ends / 1e6:.0f} MB"
                self.wrong.append(f"the memory of {name} grew from {grew}")


class Load(NamedTuple):
    """So many clients, each waiting `pause` seconds after each answer, from the seed `first`."""

    clients: int
    pause: float
    first: int = 0
    notes: Sequence[str] = ()  # of other operations


def soak(
    seconds: float,
    load: Load,
    folder: Path,
    *,
    warm_up: float,
    growth: float,
    every: float = 1.0,
    see: Callable[[Sample], object] = lambda seen: None,
) -> Soaked:
    """Asks for `seconds`; a sample is taken `every` so many and given to `see`.

    Memory may grow by the part `growth` after `warm_up` seconds.
    """
    settings = folder / "serve.toml"
    settings.write_text(
        f'[workers]\ncount = 2\n[mllp]\nstore = "{folder}/hl7.sqlite"\nquiet_seconds = 0.2\n'
    )
    soaked = Soaked(warm_up, Counter(), [], {}, [])
    good = _good()
    seeds()  # made here and not by all clients at once: python-docx's parser is one for all threads
    with serving("--settings", str(settings), "--mllp", "0", folder=folder) as served:
        begun = time.monotonic()
        end = begun + seconds
        threads = [
            threading.Thread(target=_client, args=(served, good, load, end, seed, soaked))
            for seed in range(load.first, load.first + load.clients)
        ]
        for thread in threads:
            thread.start()
        while (now := time.monotonic()) < end:
            waiting = int(figure(served, "notecheck_outstanding"))
            written = sum(path.stat().st_size for path in folder.glob("log.sqlite*"))
            seen = sample(now - begun, served.process.pid, served.workers(), written, waiting)
            soaked.samples.append(seen)
            see(seen)
            time.sleep(every)
        for thread in threads:
            thread.join()
        _wait_until_ready(served, soaked.wrong)
        soaked.replaced.update({reason: _replaced(served, reason) for reason in get_args(Reason)})
    with closing(open_log(served.log, must_exist=True)) as log:
        verdict = verify(log)
    if verdict.fault:
        soaked.wrong.append(verdict.fault)
    soaked.judge(growth)
    return soaked


def _client(
    served: Served, good: list[_Good], load: Load, end: float, seed: int, soaked: Soaked
) -> None:
    asked, wrong = soaked.asked, soaked.wrong
    hostile = inputs(10**9, seed * 10**7)
    random = Random(seed)
    with httpx.Client(base_url=served.url, timeout=120) as client:
        for turn in count():
            if time.monotonic() > end:
                return
            try:
                body, expected = good[random.randrange(len(good))]
                match turn % 6:
                    case 0 | 2:
                        _ask_good(client, body, expected, asked, wrong)
                    case 1 | 3:
                        _ask(client, "new words", _with_new_words(random, body), asked, wrong)
                    case 4 if load.notes:
                        note = _as_encounter(random, random.choice(load.notes))
                        _ask(client, "other operation", note, asked, wrong)
                    case _:
                        _ask_hostile(served, client, next(hostile), asked, wrong)
            except Exception as error:  # a client that dies must not look like a quiet one
                wrong.append(f"a client had {type(error).__name__}: {error}")
            time.sleep(load.pause)


def _ask_good(
    client: httpx.Client, body: bytes, expected: str, asked: Counter[str], wrong: list[str]
) -> None:
    answer = _ask(client, "good", body, asked, wrong)
    if answer.status_code != 200:
        return
    if answer.text != expected:
        wrong.append("a report is not the library's")
    if asked["good 200"] % _OVERRIDDEN == 0:
        decision = answer.headers["Notecheck-Decision"]
        told = client.post(f"/v1/decisions/{decision}/override", json=_OVERRIDE)
        asked[f"override {told.status_code}"] += 1
        if told.status_code != 201:
            wrong.append(f"an override was answered {told.status_code}")


def _ask(
    client: httpx.Client, kind: str, body: bytes, asked: Counter[str], wrong: list[str]
) -> httpx.Response:
    """The answer to what can be checked; busy is an answer too."""
    answer = client.post("/v1/check", content=body, headers=_type("application/json"))
    asked[f"{kind} {answer.status_code}"] += 1
    if answer.status_code not in (200, 429, 503):
        wrong.append(f"an encounter ({kind}) was answered {answer.status_code}")
    return answer


def _as_encounter(random: Random, note: str) -> bytes:
    document = {"doc_id": "op", "type": "operative_note", "text": note}
    encounter_id = str(random.randrange(10**12))
    return json.dumps({"encounter_id": encounter_id, "documents": [document]}).encode()


def _with_new_words(random: Random, body: bytes) -> bytes:
    """The encounter under a new name, with words in its first note that no note had before."""
    encounter = json.loads(body)
    encounter["encounter_id"] = str(random.randrange(10**12))
    document = encounter["documents"][0]
    words = document["text"].split(" ")
    for _ in range(_NEW_WORDS):
        new = "".join(random.choices(_LETTERS, k=random.randint(4, 12)))
        words.insert(random.randint(0, len(words)), new)
    document["text"] = " ".join(words)
    return json.dumps(encounter).encode()


def _ask_hostile(
    served: Served, client: httpx.Client, made: tuple[int, Target, bytes], asked: Counter[str],
    wrong: list[str],
) -> None:  # fmt: skip
    number, target, data = made
    if target in _ROUTES:
        path, media_type = _ROUTES[target]
        answer = client.post(path, content=data, headers=_type(media_type))
        asked[f"{target} {answer.status_code // 100}xx"] += 1
        if answer.status_code >= 500:
            wrong.append(f"input {number}, {target}: {answer.text[:200]}")
    elif target in ("hl7-message", "frames"):
        framed = data if target == "frames" else b"\x0b" + data + b"\x1c\r"
        with (
            socket.create_connection(("127.0.0.1", _mllp(served)), timeout=60) as connection,
            contextlib.suppress(ConnectionError),  # it may close what is no MLLP at once
        ):
            connection.sendall(framed)
            with contextlib.suppress(OSError):  # "not connected" where it has closed it already
                connection.shutdown(socket.SHUT_WR)
            while connection.recv(65_536):
                pass
        asked[target] += 1


def _good() -> list[_Good]:
    """Encounters as they are sent, and the library's reports."""
    lines = list(_lines())
    encounters = [json.loads(line)["encounter"] for line in lines[:: len(lines) // GOOD]]
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


def _replaced(served: Served, reason: Reason) -> int:
    return int(figure(served, f'notecheck_workers_replaced_total{{reason="{reason}"}}'))


def _wait_until_ready(served: Served, wrong: list[str]) -> None:
    end = time.monotonic() + 60
    while (answer := httpx.get(f"{served.url}/readyz")).status_code != 200:
        if time.monotonic() > end:
            wrong.append(f"not ready at the end: {answer.text}")
            return
        time.sleep(0.2)


def main() -> int:
    options = argparse.ArgumentParser()
    options.add_argument("--minutes", type=float, default=66)
    options.add_argument("--warm-up", type=float, default=6, help="minutes before memory is judged")
    options.add_argument("--clients", type=int, default=4)
    options.add_argument("--pause", type=float, default=0.05, help="seconds after each answer")
    options.add_argument("--first", type=int, default=0, help="the first client's seed")
    options.add_argument("--growth", type=float, default=0.05, help="of memory, that is let pass")
    options.add_argument("--notes", type=Path, help="of other operations, one a line under `text`")
    options.add_argument("--every", type=float, default=5, help="seconds between two samples")
    options.add_argument("--samples", type=Path, help="where they are written, as JSON Lines")
    given = options.parse_args()
    load = Load(given.clients, given.pause, given.first, _notes(given.notes))

    def see(seen: Sample) -> None:
        print(seen, flush=True)
        if given.samples:
            with given.samples.open("a") as file:
                file.write(json.dumps(seen.row()) + "\n")

    with tempfile.TemporaryDirectory() as folder:
        soaked = soak(
            given.minutes * 60, load, Path(folder),
            warm_up=given.warm_up * 60, growth=given.growth, every=given.every, see=see,
        )  # fmt: skip
    told = ", ".join(f"{number} {name}" for name, number in sorted(soaked.asked.items()))
    print(f"{sum(soaked.asked.values())} asked in {given.minutes:g} min: {told}")
    told = ", ".join(f"{number} {reason}" for reason, number in soaked.replaced.items())
    print(f"workers replaced: {told}")
    for name, line in soaked.trends().items():
        unit = 1 if name == "handles" else 1e6
        print(f"{name}: {line.begins / unit:.1f} -> {line.ends / unit:.1f} ({line.growth:+.1%})")
    for sentence, number in Counter(soaked.wrong).most_common():
        print(f"{number} x {sentence}")
    return int(bool(soaked.wrong))


def _notes(path: Path | None) -> list[str]:
    if path is None:
        return []
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line in lines]


if __name__ == "__main__":
    sys.exit(main())
