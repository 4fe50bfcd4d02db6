"""Reports as the messages that go out: an ORU^R01, or JSON for a webhook."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from notecheck.read.text import decode
from notecheck.serve.mllp.acknowledgement import Header, control_id, escaped, time_stamp

_OURS = "99NOTECHECK"
_SEGMENTS = re.compile(r"[\r\n]+")


def webhook_body(visit: str, ref: str, report: bytes) -> bytes:
    """`ref` is the decision's id in the audit log."""
    told = {
        "schema": "notecheck.finding/1",
        "visit": visit,
        "decision_id": ref,
        "report": json.loads(report),
    }
    return json.dumps(told, ensure_ascii=False).encode()


def oru_body(ref: str, report: bytes, last: bytes) -> bytes:
    """An ORU^R01 to where the message `last` came from, with its patient and visit.

    One OBX for the decision, one for the score and one for each requirement, its message as a
    note below it.
    """
    told: dict[str, Any] = json.loads(report)
    header = Header(last)
    segments = [
        "|".join(
            [
                "MSH", "^~\\&", "NOTECHECK", "", *_of_sender(header), time_stamp(), "",
                "ORU^R01^ORU_R01", control_id(), "P", header.first(12) or "2.5.1",
            ]
        ),
        *_patient_and_visit(last, header),
        f"OBR|1||{ref}^NOTECHECK|{told['code']}^Documentation check^{_OURS}|||{time_stamp()}"
        + "|" * 18
        + "F",
        *_observations(told),
    ]  # fmt: skip
    return "\r".join([*segments, ""]).encode()


def _of_sender(header: Header) -> tuple[str, str]:
    return escaped(header.first(3)), escaped(header.first(4))


def _patient_and_visit(last: bytes, header: Header) -> Iterator[str]:
    """PID and PV1 as they came: whoever sent them knows them again."""
    if header.field(2)[:4] != "^~\\&" or not header.is_there:
        return  # other separators: they would mean something else here
    for segment in _SEGMENTS.split(decode(last)):
        if segment.startswith(("PID|", "PV1|")):
            yield segment


def _observations(told: dict[str, Any]) -> Iterator[str]:
    lines = [
        ("ST", "decision", told["decision"], ""),
        ("NM", "score", f"{told['score']:g}", ""),
        ("ST", "supported-code", told["supported_code"]["value"], ""),
        *(("ST", r["id"], r["status"], r["message"]) for r in told["requirements"]),
    ]
    for number, (kind, name, value, note) in enumerate(lines, start=1):
        yield f"OBX|{number}|{kind}|{name}^{name}^{_OURS}||{value}||||||F"
        if note:
            yield f"NTE|1||{escaped(note)}"
