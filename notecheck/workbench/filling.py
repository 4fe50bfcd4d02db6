"""What an audit found, into the queue."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from notecheck.models import Encounter, Report
from notecheck.workbench.arrivals import amount_at_stake
from notecheck.workbench.queue import Queue
from notecheck.workbench.store import Store

_SOURCE = "audit"


class Filling:
    """An open queue that is filled. `place` is a file or a `postgresql://` URL.

    Raises QueueError where the queue cannot be opened or written.
    """

    def __init__(self, place: str, source: str = _SOURCE) -> None:
        self._store = Store(place)
        self._queue = Queue(self._store)
        self._source = source

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._store.close()

    def add_json(self, encounter: str, report: str) -> None:
        """The same as `add`, of their JSON; the report's id is the encounter's."""
        found = Report.model_validate_json(report)
        chart = Encounter.model_validate_json(encounter)
        self.add(chart.model_copy(update={"encounter_id": found.encounter_id}), found)

    def add(self, encounter: Encounter, report: Report) -> None:
        """Puts an encounter in, with what its claim may pay."""
        amount = amount_at_stake(encounter, report)
        self._queue.add(encounter, report, source=self._source, amount=amount)
