"""Everything that a running service consists of, whichever way a question comes in."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass, field
from http import HTTPStatus

from notecheck.log.decision import asked_by
from notecheck.log.failure import LogError
from notecheck.log.store import default_log, open_log
from notecheck.serve.anchoring import Anchoring
from notecheck.serve.auth import Gate
from notecheck.serve.fairness import Fairness
from notecheck.serve.job import Answer, Job, JobKind
from notecheck.serve.log_writer import LogWriter
from notecheck.serve.metrics import Metrics
from notecheck.serve.pool import Pool
from notecheck.serve.problems import Refused
from notecheck.serve.settings import Settings
from notecheck.serve.watch import Health, Watch
from notecheck.terminal.messages import say


@dataclass
class Service:
    """Begun by `started`, ended by `close`."""

    settings: Settings
    gate: Gate
    metrics: Metrics
    pool: Pool
    log: LogWriter
    watch: Watch
    fairness: Fairness
    anchoring: Anchoring | None = None
    batches: int = 0
    examples: dict[str, bytes] = field(default_factory=dict)
    to_queue: Callable[[tuple[str, str, str]], None] | None = None

    @classmethod
    async def started(cls, settings: Settings) -> Service:
        """Raises NotecheckError, WorkerUnable and WorkerGone, told to the operator."""
        metrics = Metrics()
        watch = Watch(Health(metrics))
        limits = settings.limits
        fairness = Fairness(limits.client_at_once, limits.client_per_minute)
        gate = Gate(settings)
        log = LogWriter(open_log(settings.log or default_log()), watch)
        anchoring = Anchoring(settings.anchors, log, watch) if settings.anchors else None
        pool = Pool(settings.workers, metrics, watch)
        await pool.start()
        log.start()
        if anchoring is not None:
            anchoring.start()
        return cls(settings, gate, metrics, pool, log, watch, fairness, anchoring)

    async def close(self) -> None:
        """Finishes what was taken."""
        await self.pool.close()
        if self.anchoring is not None:
            await self.anchoring.close()
        await self.log.close()

    async def decide(
        self,
        kind: JobKind,
        body: bytes,
        *,
        way: str,
        by: str,
        patient: bool = False,
        name: str = "",
        code: str | None = None,
    ) -> Answer:
        """The answer to a question, its decision logged. Raises Refused.

        `code` is the code to check, the settings' own where the question names none.
        """
        with nullcontext() if patient else self.fairness.turn(by):
            job = Job(
                kind,
                body,
                code=code or self.settings.code,
                keep_input=self.settings.keep_text,
                name=name,
                for_queue=self.to_queue is not None,
                redact=self.settings.redact,
            )
            return await self._decided(job, way=way, by=by, patient=patient)

    async def _decided(self, job: Job, *, way: str, by: str, patient: bool) -> Answer:
        answer = await self.pool.answer(job, by=by, patient=patient)
        if answer.draft is not None:
            try:
                await self.log.append(asked_by(answer.draft, way, by))
            except LogError as error:
                say(str(error))
                raise Refused(
                    HTTPStatus.SERVICE_UNAVAILABLE,
                    "the decision could not be written to the audit log, so it is not given",
                    {"Retry-After": "5"},
                ) from None
            self.metrics.decisions.labels(way, answer.draft.body["decision"]).inc()
        if answer.checked is not None and self.to_queue is not None:
            self.to_queue((*answer.checked, way))
        return answer
