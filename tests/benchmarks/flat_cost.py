"""Whether the cost of a note, in time and memory, grows with the notes that were read before.

    python tests/benchmarks/flat_cost.py [--notes 200000]

The notes are made from the sentences of our own corpus, mixed anew for each and with words that no
note before had, so that no cache of whole notes or of known words could help. One process checks
them all; after 1,000 notes, and at each doubling, it prints the milliseconds of the processor that
a note took since the line before, and the memory held.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from notecheck import check

CORPUS = Path(__file__).resolve().parents[2] / "corpus" / "development"
SENTENCES = 12
NEW_WORDS = 5
SEED = 27596


def made_notes() -> Iterator[str]:
    """Notes without end."""
    sentences: list[str] = []
    for file in sorted(CORPUS.glob("*.jsonl")):
        for line in file.open(encoding="utf-8"):
            for document in json.loads(line)["encounter"]["documents"]:
                sentences += document["text"].split(". ")
    chance = random.Random(SEED)
    while True:
        words = ["".join(chance.choices("aeiknorst", k=9)) for _ in range(NEW_WORDS)]
        yield ". ".join([*chance.choices(sentences, k=SENTENCES), " ".join(words)])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--notes", type=int, default=200_000)
    most = parser.parse_args().notes
    check("The stump was opened.")
    first = 0.0
    due, done, started = 1_000, 0, time.process_time()
    for number, note in enumerate(islice(made_notes(), most), start=1):
        check(note)
        if number in (due, most):
            cost = (time.process_time() - started) / (number - done) * 1000
            first = first or cost
            held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(f"{number:8,} notes{cost:8.2f} ms a note{cost / first:6.2f} x{held:8.0f} MB")
            due, done, started = 2 * number, number, time.process_time()


if __name__ == "__main__":
    main()
