"""What works in the background is watched: a fault is told, counted, and the work begun again."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from notecheck.errors import NotecheckError, fault
from notecheck.serve.metrics import Metrics
from notecheck.terminal.messages import say

_FIRST_PAUSE = 1.0
_LONGEST_PAUSE = 30.0


class Health:
    """Which parts of the service are down, and why; `/readyz` tells it."""

    def __init__(self, metrics: Metrics) -> None:
        self._metrics = metrics
        self._down: dict[str, str] = {}

    @property
    def reasons(self) -> list[str]:
        """One sentence for each part that is down."""
        return [f"{part}: {reason}" for part, reason in sorted(self._down.items())]

    def down(self, part: str, reason: str) -> None:
        self._down[part] = reason
        self._metrics.down.labels(part).set(1)

    def count(self, part: str) -> None:
        self._metrics.faults.labels(part).inc()

    def up(self, part: str) -> None:
        """The part has just done its work."""
        if self._down.pop(part, None) is not None:
            say(f"{part} works again")
        self._metrics.down.labels(part).set(0)


class Watch:
    """All work in the background is begun here, and ended here."""

    def __init__(self, health: Health) -> None:
        self.health = health
        self._tasks: dict[str, asyncio.Task[None]] = {}

    def begin(self, part: str, turn: Callable[[], Awaitable[None]]) -> None:
        """Does `turn` over and over from now on."""
        self._tasks[part] = asyncio.create_task(self._over_and_over(part, turn), name=part)

    async def end(self, *parts: str) -> None:
        """Ends these parts wherever they are; a part that was never begun too."""
        tasks = [task for part in parts if (task := self._tasks.pop(part, None)) is not None]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _over_and_over(self, part: str, turn: Callable[[], Awaitable[None]]) -> None:
        """Until cancelled; a fault stops it for a growing while only."""
        pause = _FIRST_PAUSE
        while True:
            try:
                await turn()
            except NotecheckError as error:
                reason = str(error)
            except Exception as error:
                reason = fault(error)
            else:
                self.health.up(part)
                pause = _FIRST_PAUSE
                continue
            say(f"{part} stopped, and is tried again in {pause:g} s: {reason}")
            self.health.down(part, reason)
            self.health.count(part)
            await asyncio.sleep(pause)
            pause = min(pause * 2, _LONGEST_PAUSE)
