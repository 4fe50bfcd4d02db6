"""What the service checked enters the queue: in the background, and again until it is there.

An answer does not wait for the queue, and a queue that is locked or away loses nothing: what
arrived is kept in its order, `/readyz` tells that the queue is down, and the log holds every
decision in any case.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable

from notecheck.errors import NotecheckError, fault
from notecheck.serve.watch import Watch
from notecheck.terminal.messages import say
from notecheck.workbench.store import QueueAway

PART = "the queue"
_LOOK_SECONDS = 2.0
_MOST_KEPT = 10_000  # some 200 MB of charts and reports

Arrived = tuple[str, str, str]
"""An encounter and its report in JSON, and the way they came."""


class Entering:
    """Begun by `start`; `close` enters what is left."""

    def __init__(
        self,
        watch: Watch,
        enter: Callable[[Arrived], Awaitable[None]],
        look: Callable[[], Awaitable[None]],
    ) -> None:
        """`enter` puts one into the queue, `look` asks whether that could be done.

        Both raise QueueAway while it cannot.
        """
        self._watch = watch
        self._enter = enter
        self._look = look
        self._kept: deque[Arrived] = deque()
        self._arrival = asyncio.Event()

    def start(self) -> None:
        self._watch.begin(PART, self._turn)

    def take(self, arrived: Arrived) -> None:
        """Keeps it until it is in the queue. Says so when there is no more room."""
        if len(self._kept) >= _MOST_KEPT:
            say(f"{PART} is down and {_MOST_KEPT} checks wait for it: this one is in the log only")
            return
        self._kept.append(arrived)
        self._arrival.set()

    async def close(self) -> None:
        """Says how many could not be entered: they are in the log only."""
        await self._watch.end(PART)
        try:
            await self._enter_kept()
        except QueueAway as error:
            say(f"{len(self._kept)} checks are in the log and not in the queue: {error}")

    async def _turn(self) -> None:
        await self._look()
        await self._enter_kept()
        self._watch.health.up(PART)
        try:
            await asyncio.wait_for(self._arrival.wait(), _LOOK_SECONDS)
        except TimeoutError:
            return

    async def _enter_kept(self) -> None:
        self._arrival.clear()
        while self._kept:
            try:
                await self._enter(self._kept[0])
            except QueueAway:
                raise
            except Exception as error:  # one that can never enter must not hold up the others
                told = error if isinstance(error, NotecheckError) else fault(error)
                say(f"a check is in the log and not in the queue: {told}")
            self._kept.popleft()
