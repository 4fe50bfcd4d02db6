"""How the time of a check grows with the size of its text, generator by generator.

    cd tests && python -m robustness.scaling [--sizes 4000 16000 ...] [NAME...]

prints a table and ends with status 1 when four times the text takes more than five times as long.
"""

from __future__ import annotations

import argparse
import contextlib
import sys
import time
from collections.abc import Sequence

from notecheck import InputError, check

from .generators import GENERATORS

RATIO = 5.0  # for four times the text
# What a check takes whatever is in it, and the clock's own jitter: a ratio of less says nothing.
FLOOR_SECONDS = 0.15
SIZES = (4_000, 16_000, 64_000, 256_000, 1_000_000)


def seconds(text: str) -> float:
    """The processor's seconds of one check; a text may be refused, in as little time."""
    begun = time.process_time()
    with contextlib.suppress(InputError):
        check(text)
    return time.process_time() - begun


def growth(times: Sequence[float]) -> float:
    """The worst ratio of the time of one size to the time of the size before it."""
    pairs = zip(times, times[1:], strict=False)
    return max((later / max(earlier, FLOOR_SECONDS) for earlier, later in pairs), default=0.0)


def warm_up() -> None:
    """Expressions are compiled when first used: that is no part of the growth."""
    for generate in GENERATORS.values():
        seconds(generate(1_000))


def main() -> int:
    options = argparse.ArgumentParser()
    options.add_argument("names", nargs="*", metavar="NAME")
    options.add_argument("--sizes", nargs="+", type=int, default=SIZES)
    given = options.parse_args()
    warm_up()
    worst = 0.0
    for name in given.names or GENERATORS:
        times = [seconds(GENERATORS[name](size)) for size in given.sizes]
        ratio = growth(times)
        worst = max(worst, ratio)
        row = " ".join(f"{spent:8.2f}" for spent in times)
        print(f"{name:28} {row}   {ratio:4.1f}{'  !' if ratio > RATIO else ''}", flush=True)
    return int(worst > RATIO)


if __name__ == "__main__":
    sys.exit(main())
