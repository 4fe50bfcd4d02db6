"""Jobs -> answers, in a worker. All parsing happens here, away from the process that listens."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import replace
from http import HTTPStatus

from notecheck.checker import check
from notecheck.errors import InputError, fault
from notecheck.log.decision import decision_draft
from notecheck.read.encounters import only_encounter, read_stream
from notecheck.read.json_text import parse_json
from notecheck.read.shape import encounter_from_object
from notecheck.read.text import decode
from notecheck.serve.cds_hooks.cards import answer_cds_hooks
from notecheck.serve.fhir.answer import answer_fhir
from notecheck.serve.fhir.outcome import refusal
from notecheck.serve.job import FHIR, JSON, PROBLEM, Answer, Job, JobKind, checked
from notecheck.serve.mllp.answers import answer_message, answer_visit
from notecheck.serve.problems import Refused, problem_body


def answer(job: Job) -> Answer:
    """The answer to `job`; whatever goes wrong is an answer too."""
    try:
        return _ANSWERERS[job.kind](job)
    except Refused as refused:
        return _problem(job, refused.status, refused.detail)
    except InputError as error:
        return _problem(job, HTTPStatus.UNPROCESSABLE_ENTITY, error.message)
    except MemoryError as error:  # of the input, and as sure to come again
        told = _problem(job, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, fault(error))
        return replace(told, out_of_memory=True)
    except Exception as error:
        return _problem(job, HTTPStatus.INTERNAL_SERVER_ERROR, fault(error))


def _encounter(job: Job) -> Answer:
    """An encounter as JSON, or a document or messages in any format that the readers take."""
    if job.name:
        encounter = only_encounter(read_stream(io.BytesIO(job.body), job.name))
    else:
        encounter = encounter_from_object(parse_json(decode(job.body)))
    report = check(encounter, job.code)
    draft = decision_draft(encounter, report, asked=job.code, keep_input=job.keep_input)
    body = job.shown(report).model_dump_json().encode()
    return Answer(HTTPStatus.OK, JSON, body, draft, checked(job, encounter, report))


def _file(job: Job) -> Answer:
    """The encounter of a file of any format; nothing is checked."""
    encounter = only_encounter(read_stream(io.BytesIO(job.body), job.name))
    return Answer(HTTPStatus.OK, JSON, encounter.model_dump_json(exclude_defaults=True).encode())


def _problem(job: Job, status: HTTPStatus, detail: str) -> Answer:
    if job.kind == "fhir":
        return Answer(status, FHIR, json.dumps(refusal(status, detail)).encode())
    return Answer(status, PROBLEM, problem_body(status, detail))


_ANSWERERS: dict[JobKind, Callable[[Job], Answer]] = {
    "encounter": _encounter,
    "fhir": answer_fhir,
    "cds-hooks": answer_cds_hooks,
    "hl7-message": answer_message,
    "hl7-visit": answer_visit,
    "file": _file,
}
