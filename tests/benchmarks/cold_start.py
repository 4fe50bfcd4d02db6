"""How long one answer takes from a cold start, against `import spacy` alone.

    python tests/benchmarks/cold_start.py [--rounds R]

All are new processes of this Python, started in turn; the figures are the processor's seconds of
each, the least, the median and the most of R rounds, and the ratio of the medians. The service that
the hook asks runs for as long as this does; its own time does not count. Python may keep its byte
code, as an installation brings it; a round before the first makes it.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from machine import machine

ROOT = Path(__file__).resolve().parents[2]
NOTE = ROOT / "tests" / "examples" / "revision.txt"
HERNIA = "PROCEDURE: Repair of a left inguinal hernia. The sac was opened and closed.\n"
BASE = "import spacy"
ENVIRONMENT = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}


def processor_seconds(arguments: list[str], stdin: Path) -> float:
    """What a new Python with these arguments takes of the processor."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with stdin.open("rb") as given:
        subprocess.run(
            [sys.executable, *arguments],
            stdin=given,
            capture_output=True,
            check=False,
            env=ENVIRONMENT,
        )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    print(machine())
    with tempfile.TemporaryDirectory() as folder:
        hernia, encounter = Path(folder, "hernia.txt"), Path(folder, "encounter.json")
        hernia.write_text(HERNIA)
        document = {"doc_id": "op", "text": NOTE.read_text(encoding="utf-8")}
        encounter.write_text(json.dumps({"encounter_id": "E", "documents": [document]}))
        socket = Path(folder, "notecheck.sock")
        service = subprocess.Popen(
            [sys.executable, "-m", "notecheck", "serve", "--socket", str(socket)],
            env={**os.environ, "NOTECHECK_LOG": str(Path(folder, "log.sqlite"))},
            stderr=subprocess.DEVNULL,
        )
        while not socket.exists():
            time.sleep(0.1)
        scan = ["-m", "notecheck", "scan", "--exit-zero"]
        sides = {
            BASE: ["-c", BASE],
            "scan, an amputation": [*scan, str(NOTE)],
            "scan, not concerned": [*scan, str(hernia)],
            "hook --service": ["-m", "notecheck", "hook", "--service", f"unix:{socket}"],
        }
        taken: dict[str, list[float]] = {name: [] for name in sides}
        for counts in [False, *[True] * rounds]:
            for name, arguments in sides.items():
                seconds = processor_seconds(arguments, encounter)
                if counts:
                    taken[name].append(seconds)
        service.terminate()
        service.wait()
    first = statistics.median(taken[BASE])
    for name, every in taken.items():
        middle = statistics.median(every)
        print(
            f"{name:22}{min(every):6.2f} s, median{middle:6.2f}, most{max(every):6.2f}"
            f"{middle / first:8.2f} x import spacy"
        )


if __name__ == "__main__":
    main()
