"""Hostile inputs of every format and protocol, made by changing good ones where it hurts.

    cd tests && python -m robustness.fuzz --inputs 100000

Every input must be answered: with a report whose offsets are exact, or with a refusal of one
sentence; never with a fault, and within the time limit. Ends with status 1 when one is not, and
prints the seed by which it is made again.
"""

from __future__ import annotations

import argparse
import contextlib
import sys
import time
from collections import Counter
from collections.abc import Iterator
from random import Random

from .seeds import MARKER, seeds
from .targets import Target, fault

SECONDS = 10.0  # of the processor, for one input


def inputs(count: int, first: int = 0) -> Iterator[tuple[int, Target, bytes]]:
    """`count` inputs, each with the number that makes it again and what takes it."""
    weights = [seed.weight for seed in seeds()]
    for number in range(first, first + count):
        random = Random(number)
        (seed,) = random.choices(seeds(), weights)
        yield number, seed.target, seed.change(random, seed.good)


def wrong(target: Target, data: bytes) -> str | None:
    """What is wrong with how an input is answered, or None."""
    begun = time.process_time()
    try:
        told = fault(target, data, MARKER)
    except Exception as error:
        return f"raised {type(error).__name__}"
    taken = time.process_time() - begun
    return f"took {taken:.1f} s" if taken > SECONDS else told


def main() -> int:
    options = argparse.ArgumentParser()
    options.add_argument("--inputs", type=int, default=100_000)
    options.add_argument("--first", type=int, default=0, help="the first input's number")
    given = options.parse_args()
    for _, target, data in inputs(20):  # the rules are loaded: that is no input's time
        wrong(target, data)
    begun = time.monotonic()
    targets: Counter[str] = Counter()
    faults = 0
    with contextlib.suppress(KeyboardInterrupt):  # the figures of what was done until then
        for number, target, data in inputs(given.inputs, given.first):
            told = wrong(target, data)
            targets[target] += 1
            if told:
                faults += 1
                print(f"input {number}, {target}: {told}", flush=True)
    counts = ", ".join(f"{count} {target}" for target, count in sorted(targets.items()))
    taken = time.monotonic() - begun
    print(f"{sum(targets.values())} inputs ({counts}), {faults} faults, {taken:.0f} s")
    return int(faults > 0)


if __name__ == "__main__":
    sys.exit(main())
