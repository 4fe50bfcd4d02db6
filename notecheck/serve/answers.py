"""Jobs -> answers, in a worker. All parsing happens here, away from the process that listens."""

from __future__ import annotations

import io
from collections.abc import Callable
from http import HTTPStatus

from notecheck.checker import check
from notecheck.command import fault
from notecheck.errors import InputError
from notecheck.log.decision import decision_draft
from notecheck.read.encounters import read_encounter
from notecheck.serve.job import JSON, PROBLEM, Answer, Job, JobKind
from notecheck.serve.problems import problem_body


def answer(job: Job) -> Answer:
    """The answer to `job`; whatever goes wrong is an answer too."""
    try:
        return _ANSWERERS[job.kind](job)
    except InputError as error:
        return _problem(HTTPStatus.UNPROCESSABLE_ENTITY, error.message)
    except Exception as error:
        return _problem(HTTPStatus.INTERNAL_SERVER_ERROR, fault(error))


def _encounter(job: Job) -> Answer:
    encounter = read_encounter(io.BytesIO(job.body))
    report = check(encounter)
    draft = decision_draft(encounter, report, keep_input=job.keep_input)
    return Answer(HTTPStatus.OK, JSON, report.model_dump_json().encode(), draft)


def _problem(status: HTTPStatus, detail: str) -> Answer:
    return Answer(status, PROBLEM, problem_body(status, detail))


_ANSWERERS: dict[JobKind, Callable[[Job], Answer]] = {"encounter": _encounter}
