"""What takes an input, and what is wrong with how it took it."""

from __future__ import annotations

import asyncio
import contextlib
import io
import json
import tempfile
from collections.abc import Callable, Iterator
from typing import Any, Literal

import own_thread

from notecheck.audit.csv_rows import csv_rows
from notecheck.audit.xlsx_rows import xlsx_rows
from notecheck.errors import InputError
from notecheck.read.encounters import only_encounter, read_stream
from notecheck.read.json_text import parse_json
from notecheck.read.text import decode
from notecheck.read.x12 import parse_claims
from notecheck.serve.answers import answer
from notecheck.serve.job import Job, JobKind
from notecheck.serve.mllp.framing import BrokenFrame, next_block

Target = Literal[
    "encounter", "fhir", "cds-hooks", "hl7-message", "hl7-visit", "file", "claims", "workbook",
    "table", "frames",
]  # fmt: skip
_FRAME_LIMIT = 20_000


def fault(target: Target, data: bytes, marker: str) -> str | None:
    """What is wrong, or None. A refusal may not tell `marker`, a word of the note."""
    if target in _OTHERS:
        try:
            _OTHERS[target](data)
        except InputError as error:
            return "a refusal tells words of the note" if marker in str(error) else None
        return None
    if target == "file":
        return _answered(Job("encounter", data, name="request"), marker)
    return _answered(Job(_KINDS[target], data), marker)


_KINDS: dict[Target, JobKind] = {
    "encounter": "encounter",
    "fhir": "fhir",
    "cds-hooks": "cds-hooks",
    "hl7-message": "hl7-message",
    "hl7-visit": "hl7-visit",
}


def _answered(job: Job, marker: str) -> str | None:
    told = answer(job)
    if told.status >= 500:
        return f"status {told.status}: {told.body[:200]!r}"
    if told.status >= 400 and marker.encode() in told.body:
        return "a refusal tells words of the note"
    if told.status == 200 and job.kind == "encounter":
        return _wrong_offset(_texts(job), json.loads(told.body))
    return None


def _texts(job: Job) -> dict[str, str]:
    if not job.name:
        documents = parse_json(decode(job.body))["documents"]
        return {document["doc_id"]: document["text"] for document in documents}
    encounter = only_encounter(read_stream(io.BytesIO(job.body), job.name))
    return {document.doc_id: document.text for document in encounter.documents}


def _wrong_offset(texts: dict[str, str], report: dict[str, Any]) -> str | None:
    for evidence in _evidence(report):
        if texts[evidence["doc_id"]][evidence["start"] : evidence["end"]] != evidence["text"]:
            return f"evidence at {evidence['start']} is not the text there"
    return None


def _evidence(value: object) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if {"doc_id", "start", "end", "text"} <= value.keys():
            yield value
        for inner in value.values():
            yield from _evidence(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _evidence(inner)


def _claims(data: bytes) -> None:
    for claim in parse_claims(data):
        if isinstance(claim.outcome, InputError):
            str(claim.outcome)


def _workbook(data: bytes) -> None:
    with tempfile.NamedTemporaryFile(suffix=".xlsx") as file:
        file.write(data)
        file.flush()
        for _ in xlsx_rows(file.name, {}):
            pass


def _table(data: bytes) -> None:
    for _ in csv_rows(io.BytesIO(data), {}):
        pass


def _frames(data: bytes) -> None:
    """As a connection: until it is broken or at its end."""

    async def read() -> None:
        reader = asyncio.StreamReader(limit=_FRAME_LIMIT)
        reader.feed_data(data)
        reader.feed_eof()
        with contextlib.suppress(BrokenFrame):
            while (block := await next_block(reader, 5.0)) is not None:
                assert len(block) <= _FRAME_LIMIT and b"\x1c\r" not in block

    own_thread.run(read())


_OTHERS: dict[Target, Callable[[bytes], None]] = {
    "claims": _claims,
    "workbook": _workbook,
    "table": _table,
    "frames": _frames,
}
