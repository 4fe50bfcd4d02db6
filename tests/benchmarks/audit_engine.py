"""How the engines of `notecheck audit` scale: workers, memory, length of the run, and Spark.

    python tests/benchmarks/audit_engine.py [NOTES.jsonl[.gz]] [--encounters N] [--rounds R]
        [--spark]

NOTES holds one note a line under "text"; without it, the operative notes of our own corpus are
read. They are repeated under new ids, each with a word of its own, until there are N, 2 N and 4 N
encounters. All runs are the command itself, in turn, and the time of one encounter is told by the
difference of two lengths, so that loading the rules does not count. The least of R rounds is taken.
Memory is the most that the largest process of a run has had.

Prints: two workers against one, the memory of the short and the long run,
and Spark in local mode against the pool, both with two workers.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from itertools import cycle, islice
from pathlib import Path

from pipeline_speed import read_notes

_LENGTHS = (1, 2, 4)


class Measured:
    """One run of the command: seconds of checking, and the memory of its largest process."""

    def __init__(self, charts: Path, out: Path, *options: str) -> None:
        words = [sys.executable, "-m", "notecheck", "audit", str(charts), "--out", str(out)]
        self.megabytes = 0.0
        run = subprocess.Popen([*words, *options], stderr=subprocess.DEVNULL)
        watcher = threading.Thread(target=self._watch, args=(run,))
        watcher.start()
        if run.wait() != 0:
            raise SystemExit(f"the audit failed: {' '.join(options)}")
        watcher.join()
        record = json.loads((out / "run.json").read_text())
        self.seconds = record["timings"]["checking_seconds"]

    def _watch(self, run: subprocess.Popen[bytes]) -> None:
        while run.poll() is None:
            for pid in descendants(run.pid):
                self.megabytes = max(self.megabytes, resident_megabytes(pid))
            time.sleep(0.5)


def descendants(root: int) -> list[int]:
    """The Python processes of the run; Java's memory is its own matter."""
    parents = {}
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            comm, _, rest = Path(f"/proc/{name}/stat").read_text().rpartition(")")
        except OSError:
            continue
        parents[int(name)] = (int(rest.split()[1]), "java" in comm)
    found = [root]
    for pid in found:
        found += [child for child, (parent, _) in parents.items() if parent == pid]
    return [pid for pid in found if not parents.get(pid, (0, False))[1]]


def resident_megabytes(pid: int) -> float:
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except (OSError, IndexError):
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


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
    sides = {"one worker": ["--workers", "1"], "two workers": ["--workers", "2"]}
    if options.spark:
        sides["Spark, local[2]"] = ["--engine", "spark", "--workers", "2"]
    short, middle, long = (options.encounters * times for times in _LENGTHS)
    best: dict[tuple[str, int], Measured] = {}
    with tempfile.TemporaryDirectory() as folder:
        notes = read_notes(options.notes_file, short)
        charts = {
            n: write_charts(Path(folder, f"{n}.jsonl"), notes, n) for n in (short, middle, long)
        }
        for turn in range(options.rounds):
            for name, words in sides.items():
                for count, path in charts.items():
                    run = Measured(path, Path(folder, f"{turn} {name} {count}"), *words)
                    earlier = best.get((name, count))
                    if earlier is None or run.seconds < earlier.seconds:
                        best[name, count] = run

    def each(name: str, low: int, high: int) -> float:
        return (best[name, high].seconds - best[name, low].seconds) / (high - low)

    print(f"{short:,}, {middle:,} and {long:,} encounters, {options.rounds} rounds")
    for name in sides:
        seconds = each(name, short, long)
        growth = each(name, middle, long) / each(name, short, middle)
        largest = [f"{best[name, count].megabytes:.0f}" for count in (short, middle, long)]
        print(
            f"{name:16}{1000 * seconds:8.2f} ms an encounter, {1 / seconds:8.1f} a second; the "
            f"last half {growth:.2f} x the first; largest process {', '.join(largest)} MB"
        )
    one, two = each("one worker", short, long), each("two workers", short, long)
    print(f"two workers are {one / two:.2f} x one")
    if options.spark:
        spark = each("Spark, local[2]", short, long)
        print(f"Spark takes {spark / two:.2f} x the pool's time")


if __name__ == "__main__":
    main()
