"""HL7 jobs -> answers, in a worker."""

from __future__ import annotations

import base64
import json

from notecheck.checker import check
from notecheck.codes.files import AUTO
from notecheck.errors import InputError
from notecheck.log.decision import decision_draft
from notecheck.log.entry import sha256
from notecheck.read.hl7 import encounter_from_messages, parse_message, split_messages
from notecheck.read.hl7.identity import identity_to_json
from notecheck.read.hl7.message import Hl7Message
from notecheck.read.note_found import has_note
from notecheck.requirements.assess import DEFAULT_CODE
from notecheck.serve.job import JSON, Answer, Job, checked
from notecheck.serve.relevance import bills, concerns

NOTHING_TO_TELL = 204


def answer_message(job: Job) -> Answer:
    """Whose the messages of one block are, what tells a repeat of each, and the message itself.

    An ORU of several patients is a message for each. Raises InputError for a message that cannot be
    read, and for one that brings only what cannot be read: its sender must know.
    """
    told = []
    for raw in split_messages(job.body):
        message = parse_message(raw)
        _require_some_text(message)
        told.append({
            "name": message.visit_number,
            "repeat": sha256(repr(message.repeat_key)),
            "identity": identity_to_json(message.identity),
            "raw": raw,
        })  # fmt: skip
    return Answer(200, JSON, json.dumps(told).encode())


def _require_some_text(message: Hl7Message) -> None:
    for told in message.remarks:
        if told.kind == "lines":
            raise InputError(
                "a segment of the HL7 message does not begin with a segment's name, such as OBX"
            )
    brought = [document for document in message.documents if document.change != "cancelled"]
    if brought and not any(document.text.strip() for document in brought):
        first = brought[0].remarks[0]
        raise InputError(f"nothing of the message can be read: {first.part}: {first.why}")


def answer_visit(job: Job) -> Answer:
    """The report on the messages of a visit (`visit_job`), if there is something to tell.

    There is nothing to tell where 27596 is no matter. Before an operative note has come it is one
    where the code is billed: then the finding says that no note was recognised.
    Raises InputError when the messages leave no document.
    """
    messages = [parse_message(base64.b64decode(raw)) for raw in json.loads(job.body)]
    encounter = encounter_from_messages(messages)
    if not has_note(encounter) and not bills(
        encounter, job.code if job.code != AUTO else DEFAULT_CODE
    ):
        return Answer(NOTHING_TO_TELL, JSON, b"")
    report = check(encounter, job.code)
    if not concerns(report):
        return Answer(NOTHING_TO_TELL, JSON, b"")
    draft = decision_draft(encounter, report, asked=job.code, keep_input=job.keep_input)
    body = job.shown(report).model_dump_json().encode()
    return Answer(200, JSON, body, draft, checked(job, encounter, report))


def visit_job(messages: list[bytes]) -> bytes:
    """The body of a job for `answer_visit`."""
    return json.dumps([base64.b64encode(raw).decode() for raw in messages]).encode()
