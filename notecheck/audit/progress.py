"""How far an audit is: a live line at a terminal, else a plain line now and then.

Always on standard error.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from notecheck.audit.parts import Tally
from notecheck.terminal.messages import say

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

_SECONDS_BETWEEN_LINES = 10.0
_TELLING_SHARE = 0.01  # of the input, before which a guess at the rest is worth nothing


_DECISIONS = ("pass", "review", "hold", "not_concerned")


class Watch:
    """Counts what is done of `total` bytes of input."""

    def __init__(self, total: int, live: tuple[Progress, TaskID] | None = None) -> None:
        self._total = total
        self._live = live
        self._started = self._told = time.monotonic()
        self._bytes = self._before_bytes = 0
        self.found = Tally()
        self.checked = 0

    def skip(self, tally: Tally, share: int) -> None:
        """A chunk was done by an earlier run."""
        self.found.add(tally)
        self._bytes += share
        self._before_bytes += share

    def add(self, tally: Tally, share: int) -> None:
        """A chunk is done."""
        self.found.add(tally)
        self.checked += tally.total
        self._bytes += share
        self._tell()

    def _tell(self) -> None:
        if self._live is not None:
            progress, task = self._live
            done = min(self._bytes, self._total)
            rate = f"{self._rate():,.0f}/s"
            progress.update(task, completed=done, counts=self._counts(), rate=rate)
            return
        now = time.monotonic()
        if now - self._told >= _SECONDS_BETWEEN_LINES and self._bytes < self._total:
            self._told = now
            say(
                f"{self.found.total:,} read: {self._counts()}; {self._rate():,.0f} a second, "
                f"{self._left(now)}"
            )

    def _counts(self) -> str:
        decisions = self.found.decisions
        told = [f"{decisions[word]:,} {word}" for word in _DECISIONS]
        return f"{', '.join(told)}, {self.found.failed:,} failed"

    def _rate(self) -> float:
        return self.checked / max(time.monotonic() - self._started, 0.001)

    def _left(self, now: float) -> str:
        done, to_do = self._bytes - self._before_bytes, self._total - self._bytes
        if done < _TELLING_SHARE * self._total:
            return "too early to say how much longer"
        seconds = (now - self._started) * max(to_do, 0) / done
        minutes, seconds = divmod(round(seconds), 60)
        return f"about {minutes}:{seconds:02} left"


@contextmanager
def watching(total: int) -> Iterator[Watch]:
    """A watch over `total` bytes of input; its live line is there as long as the context."""
    if not sys.stderr.isatty():
        yield Watch(total)
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        Progress,
        TaskProgressColumn,
        TextColumn,
        TimeRemainingColumn,
    )

    progress = Progress(
        BarColumn(bar_width=12),
        TaskProgressColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(compact=True),
        TextColumn("{task.fields[counts]}"),
        console=Console(stderr=True),
        redirect_stdout=False,
        redirect_stderr=False,
    )
    with progress:
        yield Watch(total, (progress, progress.add_task("", total=total, counts="", rate="")))
