"""What `notecheck audit` costs beside the checking itself, and how its engines scale.

    python tests/benchmarks/audit_engine.py [NOTES.jsonl[.gz]] [--encounters N] [--rounds R]
        [--spark]

NOTES holds one note a line under "text"; without it, the operative notes of our own corpus are
read. They are repeated under new ids, each with a word of its own, until there are N and 3 N
encounters. All runs are new processes, in turn, and what one encounter costs is told by the
difference of the two lengths, so that loading the rules does not count. The figures are the
processor's time of all processes of a run, so that other work on the machine says little; the least
of R rounds is taken. Memory is the most that the largest worker of a run has had, what it shares
with its parent counted; of the bare loop its own.

Prints: a bare loop over the same file; the audit with one worker against it, with two against one,
and Spark in local mode against the pool, both with two workers.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from itertools import cycle, islice
from pathlib import Path

from machine import machine
from pipeline_speed import read_notes

_TIMES_LONGER = 3
_LOOK_SECONDS = 0.1
_LOOP = """
import json, sys
from notecheck import check
for line in open(sys.argv[1], encoding="utf-8"):
    check(json.loads(line)).model_dump_json()
"""
_TICK = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass
class Run:
    """A command and all processes that it starts, watched while it runs."""

    words: list[str]
    processor: dict[int, float] = field(default_factory=dict)  # seconds, by process
    memory: dict[int, float] = field(default_factory=dict)  # megabytes, of Python's processes

    def __post_init__(self) -> None:
        environment = {**os.environ, "PYTHONWARNINGS": "ignore"}
        started = subprocess.Popen(
            [sys.executable, *self.words], stderr=subprocess.DEVNULL, env=environment
        )
        self.root = started.pid
        while started.poll() is None:
            for pid in descendants(self.root):
                self._look_at(pid)
            time.sleep(_LOOK_SECONDS)
        if started.returncode != 0:
            raise SystemExit(f"it failed: {' '.join(self.words)}")

    @property
    def seconds(self) -> float:
        return sum(self.processor.values())

    @property
    def megabytes(self) -> float:
        """Of the largest worker, or of the command itself where it has none."""
        workers = [held for pid, held in self.memory.items() if pid != self.root]
        return max(workers, default=self.memory[self.root])

    def _look_at(self, pid: int) -> None:
        try:
            name, _, rest = Path(f"/proc/{pid}/stat").read_text().rpartition(")")
            pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
        except (OSError, IndexError):
            return
        times = rest.split()
        self.processor[pid] = (int(times[11]) + int(times[12])) / _TICK
        if "java" not in name:
            self.memory[pid] = max(self.memory.get(pid, 0.0), pages * _PAGE / 1e6)


def descendants(root: int) -> list[int]:
    """The process and all that it started."""
    parents = {}
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            rest = Path(f"/proc/{name}/stat").read_text().rpartition(")")[2]
        except OSError:
            continue
        parents[int(name)] = int(rest.split()[1])
    found = [root]
    for pid in found:
        found += [child for child, parent in parents.items() if parent == pid]
    return found


def write_charts(path: Path, notes: list[str], count: int) -> Path:
    with path.open("w", encoding="utf-8") as file:
        for number, note in enumerate(islice(cycle(notes), count)):
            text = f"{note}\nChart word{number}.\n"
            documents = [{"doc_id": "op", "type": "operative_note", "text": text}]
            file.write(json.dumps({"encounter_id": f"E{number}", "documents": documents}) + "\n")
    return path


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("notes_file", nargs="?", type=Path)
    parser.add_argument("--encounters", type=int, default=1_000, help="of the short run")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--spark", action="store_true", help="run Spark too")
    options = parser.parse_args()
    print(machine())
    audit = ["-m", "notecheck", "audit"]
    sides = {
        "a bare loop": ["-c", _LOOP],
        "audit, one worker": [*audit, "--workers", "1"],
        "audit, two workers": [*audit, "--workers", "2"],
    }
    if options.spark:
        sides["Spark, local[2]"] = [*audit, "--engine", "spark", "--workers", "2"]
    short, long = options.encounters, _TIMES_LONGER * options.encounters
    best: dict[tuple[str, int], Run] = {}
    with tempfile.TemporaryDirectory() as folder:
        given = [options.notes_file] if options.notes_file else []
        notes = read_notes(given, short)
        charts = {n: write_charts(Path(folder, f"{n}.jsonl"), notes, n) for n in (short, long)}
        for turn in range(options.rounds):
            for name, words in sides.items():
                for count, path in charts.items():
                    out = ["--out", str(Path(folder, f"{turn}-{list(sides).index(name)}-{count}"))]
                    run = Run([*words, str(path), *(out if "audit" in words else [])])
                    earlier = best.get((name, count))
                    if earlier is None or run.seconds < earlier.seconds:
                        best[name, count] = run
    print(f"{short:,} and {long:,} encounters, the least of {options.rounds} rounds")
    each = {
        name: 1000 * (best[name, long].seconds - best[name, short].seconds) / (long - short)
        for name in sides
    }
    for name, milliseconds in each.items():
        largest = ", ".join(f"{best[name, count].megabytes:.0f}" for count in (short, long))
        print(f"{name:20}{milliseconds:8.2f} ms an encounter; largest worker {largest} MB")
    loop, one, two = (each[name] for name in list(sides)[:3])
    print(f"the audit adds {one / loop - 1:.1%} to the bare loop")
    print(f"two workers do {2 * one / two:.2f} x what one does in the same processor's time each")
    if options.spark:
        print(f"Spark takes {each['Spark, local[2]'] / two:.2f} x the pool's time")


if __name__ == "__main__":
    main()
