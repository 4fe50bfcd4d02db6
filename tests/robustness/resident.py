"""What the processes of a service hold, sample after sample, and whether it grows."""

from __future__ import annotations

import contextlib
import statistics
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

_PAGE = 4096


class Sample(NamedTuple):
    """At `seconds`: resident bytes of the service, of each worker by its process, open handles."""

    seconds: float
    service: int
    workers: dict[int, int]
    handles: int

    @property
    def worker(self) -> float:
        """The bytes of a worker, on the average: a successor may be there beside the others."""
        return statistics.fmean(self.workers.values()) if self.workers else 0.0

    def __str__(self) -> str:
        workers = " + ".join(f"{pid}: {held / 1e6:.1f}" for pid, held in self.workers.items())
        service = f"service {self.service / 1e6:.1f} MB, workers {workers} MB"
        return f"{self.seconds:6.0f} s: {service}, {self.handles} handles"


def sample(seconds: float, service: int, workers: Iterable[int]) -> Sample:
    """What the processes hold now; one that has just ended is left out."""
    held: dict[int, int] = {}
    handles = 0
    for pid in (service, *workers):
        with contextlib.suppress(OSError):
            held[pid] = int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE
            handles += sum(1 for _ in Path(f"/proc/{pid}/fd").iterdir())
    return Sample(seconds, held.pop(service, 0), held, handles)


class Trend(NamedTuple):
    """The straight line through a figure after the first quarter: where it begins and ends."""

    begins: float
    ends: float

    @property
    def growth(self) -> float:
        """As a part of where it began."""
        return self.ends / self.begins - 1


def trend(times: Sequence[float], values: Sequence[float]) -> Trend:
    """Of the last three quarters of a figure's samples: the first warm the service up."""
    begin = len(times) // 4
    times, values = times[begin:], values[begin:]
    line = statistics.linear_regression(times, values)
    return Trend(*(line.intercept + line.slope * at for at in (times[0], times[-1])))
