"""What a sender sent, read."""

from __future__ import annotations

import io

from notecheck.errors import InputError
from notecheck.models import Encounter
from notecheck.read.encounters import read_stream

from ..hl7.messages import header, segments, visit

NOTE = "The left femur was cut at mid-shaft."


def outcomes(data: bytes | str, name: str = "f") -> list[Encounter | InputError]:
    raw = data.encode() if isinstance(data, str) else data
    return [result.outcome for result in read_stream(io.BytesIO(raw), name)]


def one(data: bytes | str) -> Encounter:
    (found,) = outcomes(data)
    assert isinstance(found, Encounter), found
    return found


def text(data: bytes | str) -> str:
    return one(data).documents[0].text


def message(*lines: str, kind: str = "ORU^R01", pid: str = "7^^^A^MR", pv1: str = "") -> str:
    return segments(header(kind), f"PID|1||{pid}", pv1 or visit(), *lines)
