"""Every figure of the speed section (notecheck/evaluate/README.md), one benchmark after another.

    python tests/benchmarks/all_tables.py NOTES.jsonl[.gz] [--only PART...] [--minutes 25]

NOTES holds public notes of all specialties, one a line under "text". On two quiet cores it takes
more than ten minutes; each benchmark is shorter than its own default. What one prints is shown as
it comes, with how long it took. `--only` takes the names of some, as they are printed, so that it
can be run in parts. After `--minutes` nothing goes on; what failed or was cut short is named at
the end, and the status is then 1.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
LONG = ["one honest note", "cuts", "template lists", "measures", "stump sentences"]


def benchmarks(notes: Path) -> dict[str, list[str]]:
    """What each table is called, and the words that make it."""
    folder, corpus = TESTS / "benchmarks", TESTS.parent / "corpus" / "development"
    speed = str(folder / "pipeline_speed.py")
    ours = map(str, sorted(corpus.glob("*.jsonl")))
    scaling = ["-m", "robustness.scaling", *LONG, "--sizes", "250000", "1000000"]
    return {
        "mixed notes": [speed, str(notes)],
        "notes of amputations": [speed, str(notes), *ours, "--relevant", "--notes", "600"],
        "ever new words": [str(folder / "flat_cost.py"), "--notes", "4000"],
        "a new process": [str(folder / "cold_start.py")],
        "the audit": [str(folder / "audit_engine.py"), "--encounters", "400", "--rounds", "1"],
        "long notes": scaling,
        "the service": [
            str(folder / "service_load.py"), "--requests", "2000", "--seconds", "5",
        ],
    }  # fmt: skip


def run(words: list[str], environment: dict[str, str], seconds: float) -> int | None:
    """The status of a benchmark; None when it was cut short, with all that it had started."""
    process = subprocess.Popen(
        [sys.executable, *words], cwd=TESTS, env=environment, start_new_session=True
    )
    try:
        return process.wait(seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return None


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("notes", type=Path)
    parser.add_argument("--only", nargs="+", metavar="PART", help="some tables, by their names")
    parser.add_argument("--minutes", type=float, default=25)
    options = parser.parse_args()
    path = os.pathsep.join([str(TESTS.parent), os.environ.get("PYTHONPATH", "")])
    environment = {**os.environ, "PYTHONWARNINGS": "ignore", "PYTHONPATH": path}
    begun, failed = time.monotonic(), []
    ends = begun + 60 * options.minutes
    every = benchmarks(options.notes.resolve())
    unknown = set(options.only or ()) - every.keys()
    if unknown:
        parser.error(f"no table is called {', '.join(sorted(unknown))}: {', '.join(every)}")
    for name in options.only or every:
        words = every[name]
        print(f"\n== {name}", flush=True)
        started = time.monotonic()
        status = run(words, environment, max(0.0, ends - started))
        # Growth of more than the bound is a figure here, and no failure of the benchmark.
        if status is None or (status and "robustness.scaling" not in words):
            failed.append(name)
        print(f"({time.monotonic() - started:.0f} s)", flush=True)
    print(f"\nall of it took {time.monotonic() - begun:.0f} s")
    if failed:
        print(f"failed or cut short: {', '.join(failed)}")
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main())
