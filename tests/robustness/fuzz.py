"""Hostile inputs of every format and protocol, made by changing good ones where it hurts.

    cd tests && python -m robustness.fuzz --inputs 100000

Every input must be answered: with a report whose offsets are exact, or with a refusal of one
sentence; never with a fault, and within the time limit. Ends with status 1 when one is not, and
prints the seed by which it is made again.
"""

from __future__ import annotations

import argparse
import copy
import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from notecheck.read.json_text import parse_json
from notecheck.read.text import decode
from notecheck.serve.answers import answer
from notecheck.serve.job import Job, JobKind
from notecheck.serve.mllp.answers import visit_job

ROOT = Path(__file__).parents[2]
SECONDS = 10.0  # of the processor, for one input
_EXAMPLES = ROOT / "tests" / "serve" / "examples"
_MARKER = "Zzyzxqua"  # a name that stands in every seed's note: no refusal may tell it
_VALUES: tuple[Any, ...] = (
    None, True, False, 0, -1, 1e308, 2**70, "", " ", "\ud800", "\x00", [], {}, [None], [[]],
    {"": 1}, "0001-01-01", "9999-12-31", "2026-02-30", "27596", "=1+1", "A" * 3_000,
    "50 decades ago, 99999999999 years ago: left AKA",
    "05/04/2026 " + "-" * 24 + " 05/06/2026 AKA",
)  # fmt: skip
_PIECES = (
    "", "\x00", "\ufeff", "\r", "\n", "\r\n", " ", "-" * 40, "|", "^", "~", "\\", "&", "\\F\\",
    "\x0b",
    "\x1c\r", "{", "}", '"', "9" * 30, "\u202e", "e\u0301" * 9, "LEFT", "AKA", "not", "PROCEDURE:",
    "[ ] ", "\u2028", "ADDENDUM:", "in 2019", "0/0/0000", "MSH|", "OBX|", "PID|", "\U0001f9b5",
    "(" * 50,
)  # fmt: skip


def inputs(count: int, first: int = 0) -> Iterator[tuple[int, Job]]:
    """`count` jobs, each with the seed that makes it again."""
    for seed in range(first, first + count):
        yield seed, job(seed)


def job(seed: int) -> Job:
    """The job of a seed."""
    random = Random(seed)
    kind, change, good = random.choice(_seeds())
    return Job(kind, change(random, good))


def fault(asked: Job) -> str | None:
    """What is wrong with how a job is answered, or None."""
    begun = time.process_time()
    told = answer(asked)
    taken = time.process_time() - begun
    if taken > SECONDS:
        return f"took {taken:.1f} s"
    if told.status >= 500:
        return f"status {told.status}: {told.body[:200]!r}"
    if told.status >= 400 and _MARKER.encode() in told.body:
        return "a refusal tells words of the note"
    if told.status == 200 and asked.kind == "encounter":
        return _wrong_offset(parse_json(decode(asked.body)), json.loads(told.body))
    return None


def _wrong_offset(encounter: Any, report: dict[str, Any]) -> str | None:
    texts = {document["doc_id"]: document["text"] for document in encounter["documents"]}
    for evidence in _evidence(report):
        if texts[evidence["doc_id"]][evidence["start"] : evidence["end"]] != evidence["text"]:
            return f"evidence at {evidence['start']} is not the text there"
    return None


def _evidence(value: object) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if {"doc_id", "start", "end", "text"} <= value.keys():
            yield value
        for inner in value.values():
            yield from _evidence(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _evidence(inner)


Change = Callable[[Random, bytes], bytes]


@cache
def _seeds() -> tuple[tuple[JobKind, Change, bytes], ...]:
    note = (ROOT / "tests" / "examples" / "revision.txt").read_text() + f"\nSurgeon: {_MARKER}\n"
    encounter = json.loads((_EXAMPLES / "encounter.json").read_text())
    encounter["documents"][0]["text"] = note
    body = json.dumps(encounter).encode()
    mdm, dft = ((_EXAMPLES / name).read_bytes() for name in ("mdm.hl7", "dft.hl7"))
    return (
        ("encounter", _of_json, body),
        ("encounter", _of_note, body),
        ("encounter", _of_bytes, body),
        ("fhir", _of_json, (_EXAMPLES / "bundle.json").read_bytes()),
        ("fhir", _of_bytes, (_EXAMPLES / "bundle.json").read_bytes()),
        ("cds-hooks", _of_json, (_EXAMPLES / "cds_hooks_call.json").read_bytes()),
        ("hl7-message", _of_pieces, mdm),
        ("hl7-message", _of_bytes, dft),
        ("hl7-visit", _of_visit, mdm + b"\x1c" + dft),
    )


def _of_json(random: Random, good: bytes) -> bytes:
    """A few values put as others, dropped, doubled, or moved."""
    value = json.loads(good)
    for _ in range(random.randint(1, 4)):
        places = list(_places(value))
        holder, key = random.choice(places)
        match random.randrange(4):
            case 0:
                holder[key] = copy.deepcopy(random.choice(_VALUES))
            case 1:
                del holder[key]
            case 2:
                other, name = random.choice(places)
                holder[key] = copy.deepcopy(other[name])
            case _:
                if isinstance(holder, list):
                    holder += copy.deepcopy(holder)
                else:
                    holder[random.choice(_PIECES)] = copy.deepcopy(holder[key])
        if not any(True for _ in _places(value)):
            break
    return json.dumps(value).encode()


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Each place of a value: what holds it, and by which key."""
    if isinstance(value, dict | list):
        for key in list(value) if isinstance(value, dict) else range(len(value)):
            yield value, key
            yield from _places(value[key])


def _of_note(random: Random, good: bytes) -> bytes:
    """The note cut, doubled, shuffled and mixed with what notes are made of."""
    encounter = json.loads(good)
    document = random.choice(encounter["documents"])
    document["text"] = _mixed(random, document["text"]) or "x"
    return json.dumps(encounter).encode()


def _of_pieces(random: Random, good: bytes) -> bytes:
    return _mixed(random, good.decode()).encode("utf-8", "replace")


def _mixed(random: Random, text: str) -> str:
    for _ in range(random.randint(1, 12)):
        at = random.randint(0, len(text))
        to = min(len(text), at + random.choice((0, 0, 1, 5, 60)))
        piece = random.choice((*_PIECES, text[at : at + 80], text[:at][-80:]))
        text = text[:at] + piece * random.choice((1, 1, 1, 2, 30)) + text[to:]
    return text


def _of_bytes(random: Random, good: bytes) -> bytes:
    data = bytearray(good)
    for _ in range(random.randint(1, 20)):
        at = random.randrange(len(data) or 1)
        match random.randrange(3):
            case 0:
                data[at : at + 1] = bytes([random.randrange(256)])
            case 1:
                del data[at : at + random.randint(1, 200)]
            case _:
                data[at:at] = bytes(random.randrange(256) for _ in range(random.randint(1, 8)))
    return bytes(data)


def _of_visit(random: Random, good: bytes) -> bytes:
    messages = good.split(b"\x1c")
    random.shuffle(messages)
    return visit_job([random.choice((_of_pieces, _of_bytes))(random, raw) for raw in messages])


def main() -> int:
    options = argparse.ArgumentParser()
    options.add_argument("--inputs", type=int, default=100_000)
    options.add_argument("--first", type=int, default=0, help="the first seed")
    given = options.parse_args()
    for seed in range(20):  # the rules are loaded: that is no input's time
        answer(job(seed))
    begun = time.monotonic()
    kinds: Counter[str] = Counter()
    faults = 0
    for seed, asked in inputs(given.inputs, given.first):
        kinds[asked.kind] += 1
        wrong = fault(asked)
        if wrong:
            faults += 1
            print(f"seed {seed}, {asked.kind}: {wrong}", flush=True)
    told = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
    print(
        f"{sum(kinds.values())} inputs ({told}), {faults} faults, {time.monotonic() - begun:.0f} s"
    )
    return int(faults > 0)


if __name__ == "__main__":
    sys.exit(main())
