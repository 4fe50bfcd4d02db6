"""The documents of an MDM or ORU message."""

from __future__ import annotations

import base64
import binascii
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from notecheck.errors import InputError
from notecheck.models import DocumentType
from notecheck.read.coded import document_type
from notecheck.read.documents.document_text import DocumentText, joined_text
from notecheck.read.documents.extract import document_text
from notecheck.read.hl7.envelope import Envelope, Segment, value_lines
from notecheck.read.hl7.values import day

Change = Literal["original", "addendum", "replacement", "cancelled"]

# What an MDM event does; each pair is the event without and with the document's content.
_CHANGES: dict[str, Change] = {
    "T01": "original", "T02": "original", "T03": "replacement", "T04": "replacement",
    "T05": "addendum", "T06": "addendum", "T07": "replacement", "T08": "replacement",
    "T09": "replacement", "T10": "replacement", "T11": "cancelled",
}  # fmt: skip
_WITH_CONTENT = frozenset({"T02", "T04", "T06", "T08", "T10"})
_UNAVAILABLE = frozenset({"CA", "OB"})  # TXA-19: cancelled, obsolete
_TEXT_TYPES = frozenset({"TX", "FT", "ST", ""})
_WITHDRAWN = frozenset({"D", "W", "X"})  # OBX-11: deleted, wrong, not obtainable


@dataclass(frozen=True, slots=True)
class Hl7Document:
    """One document as a message brings it.

    `change` says what it does to the visit: a `replacement` stands for the document `replaces`
    (its own id, when the message names no other), an `addendum` belongs to `parent_id`, and
    `cancelled` takes the document away. `status` is the sender's own (TXA-17 or OBR-25), such as
    `AU` or `F`. `text` is empty for what is cancelled. `page_starts` is as in `Document`.
    """

    doc_id: str
    type: DocumentType
    change: Change
    date: dt.date | None = None
    text: str = ""
    page_starts: tuple[int, ...] = ()
    parent_id: str | None = None
    status: str | None = None

    @property
    def replaces(self) -> str:
        return self.parent_id or self.doc_id


def documents_of(envelope: Envelope) -> tuple[Hl7Document, ...]:
    """The documents of an MDM or ORU message. Raises InputError when one cannot be read."""
    code, _, event = envelope.header.kind.partition("^")
    if code == "MDM":
        found = _mdm(envelope, event)
        return (found,) if found else ()
    return tuple(_oru(envelope))


def _mdm(envelope: Envelope, event: str) -> Hl7Document | None:
    txa = envelope.first("TXA")
    if txa is None:
        raise InputError(f"the MDM^{event} message has no TXA segment, so its document has no id")
    own_id = txa.get(12) or txa.get(12, 3)
    if not own_id:
        raise InputError(f"the MDM^{event} message has no unique document number (TXA-12)")
    parent_id = txa.get(13) or txa.get(13, 3) or None
    change = "cancelled" if txa.get(19) in _UNAVAILABLE else _CHANGES[event]
    if change == "addendum" and not parent_id:
        raise InputError(f"the MDM^{event} message does not say which document it adds to (TXA-13)")
    if change != "cancelled" and event not in _WITH_CONTENT:
        return None
    text = DocumentText("")
    if change != "cancelled":
        text = _text(envelope, list(range(len(envelope.segments))))
        if not text.text.strip():
            raise InputError(f"the MDM^{event} message has no text in its OBX segments")
    return Hl7Document(
        doc_id=own_id,
        type=_type(txa, 2, text),
        change=change,
        date=day(txa.get(4), "TXA-4") or day(txa.get(6), "TXA-6") or text.date,
        text=text.text,
        page_starts=text.page_starts,
        parent_id=parent_id,
        status=txa.get(17) or None,
    )


def _oru(envelope: Envelope) -> Iterator[Hl7Document]:
    """One document for each order (OBR) that has text; numeric results alone are none."""
    starts = [n for n, (name, _) in enumerate(envelope.segments) if name == "OBR"]
    ends = [*starts[1:], len(envelope.segments)]
    for start, end in zip(starts, ends, strict=True):
        obr = envelope.segments[start][1]
        text = _text(envelope, list(range(start, end)))
        status = obr.get(25)
        cancelled = status == "X"
        if not text.text.strip() and not cancelled:
            continue
        yield Hl7Document(
            doc_id=obr.get(3) or obr.get(2) or envelope.header.control_id,
            type=_type(obr, 4, text),
            change="cancelled" if cancelled else "replacement" if status == "C" else "original",
            date=day(obr.get(7), "OBR-7") or text.date,
            text="" if cancelled else text.text,
            page_starts=() if cancelled else text.page_starts,
            status=status or None,
        )


def _type(segment: Segment, field: int, text: DocumentText) -> DocumentType:
    codes = [segment.get(field, 1), segment.get(field, 4)]
    titles = [segment.get(field, number) for number in (2, 5, 1)]
    if not any(codes) and not any(titles) and text.type:
        return text.type
    return document_type(codes, titles)


def _text(envelope: Envelope, numbers: list[int]) -> DocumentText:
    """The observations among these segments as one text, each on lines of its own.

    Where the observations have several names, as when each is a section, a name stands as a
    heading above its text.
    """
    observations = [
        (number, envelope.segments[number][1])
        for number in numbers
        if envelope.segments[number][0] == "OBX"
        and envelope.segments[number][1].get(11) not in _WITHDRAWN
    ]
    named = len({segment.get(3) for _, segment in observations}) > 1
    parts: list[DocumentText] = []
    lines: list[str] = []
    heading = ""
    for number, segment in observations:
        kind = segment.get(2)
        name = segment.get(3, 2)
        if kind == "ED":
            parts += [DocumentText("\n".join(lines))] if lines else []
            lines = []
            parts.append(_file(envelope, number))
        elif kind == "RP":
            raise InputError(
                "an OBX segment only points to its document, and links are not followed: "
                "send the text itself"
            )
        elif kind in _TEXT_TYPES:
            if named and name and name != heading:
                lines.append(f"{name}:")
                heading = name
            lines += value_lines(envelope, number)
    parts += [DocumentText("\n".join(lines))] if lines else []
    return joined_text(parts) if parts else DocumentText("")


def _file(envelope: Envelope, number: int) -> DocumentText:
    """The file that an encapsulated observation (ED) holds."""
    separators = envelope.header.separators
    parts = envelope.values.get(number, "").split(separators.component)
    encoding, data = (parts[3], parts[4]) if len(parts) > 4 else ("", "")
    if encoding.lower() != "base64":
        return document_text(separators.unescape(data).encode())
    try:
        raw = base64.b64decode("".join(separators.unescape(data).split()), validate=True)
    except (binascii.Error, ValueError):
        raise InputError("the file in an OBX segment (type ED) is not base64") from None
    try:
        return document_text(raw)
    except InputError as error:
        raise InputError(f"the file in an OBX segment (type ED): {error.message}") from None
