"""What the processes of a service hold, sample after sample, and whether it grows."""

from __future__ import annotations

import contextlib
import re
import statistics
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

_MEASURED = 9  # samples of a process after its warm-up: of fewer nothing is said
_SHARED_BY_PARTS = re.compile(r"^(Rss|Pss):\s+(\d+) kB", re.MULTILINE)


class Held(NamedTuple):
    """By one process: resident bytes, those with its share of what others map too, and counts."""

    resident: int
    share: int
    handles: int
    threads: int


class Sample(NamedTuple):
    """At `seconds`: what each process holds, and what the service has written and not answered."""

    seconds: float
    service: Held
    workers: dict[int, Held]
    log_bytes: int
    waiting: int

    @property
    def handles(self) -> int:
        """Open in all processes."""
        return self.service.handles + sum(held.handles for held in self.workers.values())

    def __str__(self) -> str:
        workers = " + ".join(
            f"{pid}: {held.resident / 1e6:.1f}" for pid, held in self.workers.items()
        )
        service = f"service {self.service.resident / 1e6:.1f} MB, workers {workers} MB"
        rest = f"{self.handles} handles, log {self.log_bytes / 1e6:.2f} MB, {self.waiting} waiting"
        return f"{self.seconds:6.0f} s: {service}, {rest}"

    def row(self) -> dict[str, object]:
        """All of it, for a table."""
        workers = {pid: held._asdict() for pid, held in self.workers.items()}
        return {**self._asdict(), "service": self.service._asdict(), "workers": workers}


def held(pid: int) -> Held:
    """What a process holds now. Raises OSError when it has ended."""
    process = Path(f"/proc/{pid}")
    kilobytes = dict(_SHARED_BY_PARTS.findall((process / "smaps_rollup").read_text()))
    return Held(
        int(kilobytes["Rss"]) * 1024,
        int(kilobytes["Pss"]) * 1024,
        sum(1 for _ in (process / "fd").iterdir()),
        sum(1 for _ in (process / "task").iterdir()),
    )


def sample(
    seconds: float, service: int, workers: Iterable[int], log_bytes: int, waiting: int
) -> Sample:
    """What the processes hold now; a worker that has just ended is left out."""
    of_workers: dict[int, Held] = {}
    for pid in workers:
        with contextlib.suppress(OSError):
            of_workers[pid] = held(pid)
    return Sample(seconds, held(service), of_workers, log_bytes, waiting)


class Trend(NamedTuple):
    """The medians of the first and of the last third of a figure, after its warm-up."""

    begins: float
    ends: float

    @property
    def growth(self) -> float:
        """As a part of where it began."""
        return self.ends / self.begins - 1


def trend(times: Sequence[float], values: Sequence[float], warm_up: float) -> Trend | None:
    """Of what was seen `warm_up` seconds and more after the first; None when that is too little."""
    settled = [v for t, v in zip(times, values, strict=True) if t - times[0] >= warm_up]
    if len(settled) < _MEASURED:
        return None
    third = len(settled) // 3
    return Trend(statistics.median(settled[:third]), statistics.median(settled[-third:]))
