"""HL7 jobs -> answers, in a worker."""

from __future__ import annotations

import base64
import json

from notecheck.checker import check
from notecheck.log.decision import decision_draft
from notecheck.read.hl7 import encounter_from_messages, parse_message
from notecheck.serve.job import JSON, Answer, Job, checked
from notecheck.serve.relevance import concerns

NOTHING_TO_TELL = 204


def answer_message(job: Job) -> Answer:
    """Visit number and kind of one message that can be read. Raises InputError."""
    message = parse_message(job.body)
    told = {"visit": message.visit_number, "kind": message.kind}
    return Answer(200, JSON, json.dumps(told).encode())


def answer_visit(job: Job) -> Answer:
    """The report on the messages of a visit (`visit_job`), if there is something to tell.

    There is nothing to tell before an operative note has come, and where 27596 is no matter.
    Raises InputError when the messages leave no document.
    """
    messages = [parse_message(base64.b64decode(raw)) for raw in json.loads(job.body)]
    encounter = encounter_from_messages(messages)
    if not any(document.type == "operative_note" for document in encounter.documents):
        return Answer(NOTHING_TO_TELL, JSON, b"")
    report = check(encounter)
    if not concerns(report):
        return Answer(NOTHING_TO_TELL, JSON, b"")
    draft = decision_draft(encounter, report, keep_input=job.keep_input)
    body = report.model_dump_json().encode()
    return Answer(200, JSON, body, draft, checked(job, encounter, report))


def visit_job(messages: list[bytes]) -> bytes:
    """The body of a job for `answer_visit`."""
    return json.dumps([base64.b64encode(raw).decode() for raw in messages]).encode()
