"""How long one note's scan takes from a cold start, against `import spacy` alone.

    python tests/benchmarks/cold_start.py [--rounds R]

Both are new processes of this Python, started in turn; the figures are the processor's seconds of
each (the best of R rounds), and the ratio.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
from pathlib import Path

NOTE = Path(__file__).resolve().parents[1] / "examples" / "revision.txt"
SIDES = {
    "import spacy": ["-c", "import spacy"],
    "notecheck scan NOTE": ["-m", "notecheck", "scan", "--exit-zero", str(NOTE)],
}


def processor_seconds(arguments: list[str]) -> float:
    """What a new Python with these arguments takes of the processor."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, *arguments], check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    best = dict.fromkeys(SIDES, float("inf"))
    for _ in range(rounds):
        for name, arguments in SIDES.items():
            best[name] = min(best[name], processor_seconds(arguments))
    first = best["import spacy"]
    for name, seconds in best.items():
        print(f"{name:24}{seconds:6.2f} s{seconds / first:8.2f} x import spacy")


if __name__ == "__main__":
    main()
