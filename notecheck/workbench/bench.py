"""What the pages stand on: the queue, the sessions, and the service that checks."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TypeVar

from notecheck.models import Encounter, Report
from notecheck.serve.job import Job
from notecheck.serve.problems import Refused
from notecheck.serve.service import Service
from notecheck.workbench.arrivals import amount_at_stake
from notecheck.workbench.entering import Arrived, Entering
from notecheck.workbench.queue import Queue
from notecheck.workbench.sessions import Sessions
from notecheck.workbench.sign_on import SignOn
from notecheck.workbench.store import Store

T = TypeVar("T")


@dataclass
class Bench:
    """Begun with the service, ended by `close`."""

    service: Service
    store: Store
    sessions: Sessions
    sign_on: SignOn | None = None
    queue: Queue = field(init=False)

    def __post_init__(self) -> None:
        self.queue = Queue(self.store)
        self._threads = ThreadPoolExecutor(4, thread_name_prefix="queue")
        self._entering = Entering(self.service.watch, self._enter, self._look)
        self.service.to_queue = self._entering.take
        self._entering.start()

    async def use(self, work: Callable[[], T]) -> T:
        """What `work` makes of the queue, off the event loop. Raises what it raises."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, work)

    async def check(self, encounter: Encounter) -> Report:
        """The report of an encounter; nothing is logged, because nothing is decided by it.

        Raises Refused, with the status of the refusal.
        """
        body = encounter.model_dump_json(exclude_defaults=True).encode()
        answer = await self.service.pool.answer(
            Job("encounter", body, code=self.service.settings.code)
        )
        if answer.status != HTTPStatus.OK:
            raise Refused(HTTPStatus(answer.status), json.loads(answer.body)["detail"])
        return Report.model_validate_json(answer.body)

    async def close(self) -> None:
        await self._entering.close()
        self._threads.shutdown()
        self.store.close()

    async def _enter(self, arrived: Arrived) -> None:
        """What the service checked and a person has to look at."""
        encounter = Encounter.model_validate_json(arrived[0])
        report = Report.model_validate_json(arrived[1])
        amount = amount_at_stake(encounter, report)
        await self.use(lambda: self.queue.add(encounter, report, source=arrived[2], amount=amount))

    async def _look(self) -> None:
        await self.use(self.store.probe)
