"""The documents of an MDM or ORU message."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from notecheck.errors import Hl7Error
from notecheck.models import DocumentType, ReadingRemark
from notecheck.read.coded import Concept, document_type, known_type
from notecheck.read.dates import told_day
from notecheck.read.documents.document_text import DocumentText
from notecheck.read.hl7.envelope import Envelope, Segment
from notecheck.read.hl7.observations import has_prose, observed_text

Change = Literal["original", "addendum", "replacement", "cancelled"]

# What an MDM event does; each pair is the event without and with the document's content.
_CHANGES: dict[str, Change] = {
    "T01": "original", "T02": "original", "T03": "replacement", "T04": "replacement",
    "T05": "addendum", "T06": "addendum", "T07": "replacement", "T08": "replacement",
    "T09": "replacement", "T10": "replacement", "T11": "cancelled",
}  # fmt: skip
_ORIGINALS = frozenset({"T01", "T02"})
_WITH_CONTENT = frozenset({"T02", "T04", "T06", "T08", "T10"})
_UNNAMED = "document"  # where neither it nor its message has an id
_UNAVAILABLE = frozenset({"CA", "OB"})  # TXA-19: cancelled, obsolete
_MAIN_OBSERVATIONS = 3


@dataclass(frozen=True, slots=True)
class Hl7Document:
    """One document as a message brings it.

    `change` says what it does to the visit: a `replacement` stands for the document `replaces`
    (its own id, when the message names no other), an `addendum` belongs to `parent_id`, and
    `cancelled` takes the document away. `authority` is who gave the id. `status` is the sender's
    own (TXA-17 or OBR-25), such as `AU` or `F`. `text` is empty for what is cancelled, and for
    what could not be read, as `remarks` then says. `page_starts` is as in `Document`.
    """

    doc_id: str
    type: DocumentType
    change: Change
    authority: str = ""
    date: dt.date | None = None
    text: str = ""
    page_starts: tuple[int, ...] = ()
    parent_id: str | None = None
    status: str | None = None
    author: str | None = None
    signed_by: str | None = None
    signed_at: str | None = None
    remarks: tuple[ReadingRemark, ...] = ()

    @property
    def replaces(self) -> str:
        return self.parent_id or self.doc_id


def documents_of(envelope: Envelope) -> tuple[Hl7Document, ...]:
    """The documents of an MDM or ORU message. Raises InputError when it has none that is whole."""
    code, _, event = envelope.header.kind.partition("^")
    if code == "MDM":
        found = _mdm(envelope, event)
        return (found,) if found else ()
    return tuple(_oru(envelope))


def _mdm(envelope: Envelope, event: str) -> Hl7Document | None:
    txa = envelope.first("TXA")
    if txa is None and event not in _ORIGINALS:
        raise Hl7Error(f"the MDM^{event} message has no TXA segment, so its document has no id")
    txa = txa or Segment((), envelope.header.separators)
    own_id = txa.get(12) or txa.get(12, 3) or envelope.header.control_id or _UNNAMED
    parent_id = txa.get(13) or txa.get(13, 3) or None
    change = "cancelled" if txa.get(19) in _UNAVAILABLE else _CHANGES[event]
    if change == "addendum" and not parent_id:
        raise Hl7Error(f"the MDM^{event} message does not say which document it adds to (TXA-13)")
    if change != "cancelled" and event not in _WITH_CONTENT:
        return None
    text = DocumentText("")
    if change != "cancelled":
        text = observed_text(envelope, list(range(len(envelope.segments))))
        if not text.text.strip() and not text.remarks:
            raise Hl7Error(f"the MDM^{event} message has no text in its OBX segments")
    orders = [_concept(obr, 4)] if (obr := envelope.first("OBR")) else []
    concepts = [_concept(txa, 2), *orders, *_observed(envelope, range(len(envelope.segments)))]
    return Hl7Document(
        doc_id=own_id,
        type=document_type(concepts, [txa.get(25), txa.get(16)], text=text.text, told=text.type),
        change=change,
        authority=txa.get(12, 2) or "|".join(envelope.header.sender),
        date=told_day(txa.get(4)) or told_day(txa.get(6)) or text.date,
        text=text.text,
        page_starts=text.page_starts,
        parent_id=parent_id,
        status=txa.get(17) or None,
        author=_person(txa, 9) or _person(txa, 5) or text.author,
        signed_by=_person(txa, 22) or text.signed_by,
        signed_at=(txa.get(22, 15) if _person(txa, 22) else None) or text.signed_at,
        remarks=text.remarks,
    )


def _oru(envelope: Envelope) -> Iterator[Hl7Document]:
    """One document for each order (OBR) that has text; numeric results alone are none.

    Orders of one number and one name are one document, and so are those of one name and no
    number. Text before the first order, as a note on the patient (NTE behind PID), belongs to the
    first document. A message without any order is one document.
    """
    nameless = Segment((), envelope.header.separators)
    starts = [n for n, (name, _) in enumerate(envelope.segments) if name == "OBR"] or [0]
    ends = [*starts[1:], len(envelope.segments)]
    orders: dict[tuple[str, str, str], list[range]] = {}
    for start, end in zip(starts, ends, strict=True):
        obr = _order(envelope, start) or nameless
        key = (obr.get(3) or obr.get(2), obr.get(4) or obr.get(4, 2), obr.get(25))
        orders.setdefault(key, []).append(range(start, end))
    before = list(range(starts[0]))
    used: dict[str, int] = {}
    for (number, _, status), ranges in orders.items():
        obr = _order(envelope, ranges[0].start) or nameless
        numbers = [n for one in ranges for n in one]
        cancelled = status == "X"
        text = DocumentText("")
        if not cancelled:
            known = known_type([_concept(obr, 4)])
            if not has_prose(envelope, numbers) and known in (None, "other"):
                continue
            text = observed_text(envelope, [*before, *numbers])
            if not text.text.strip() and not text.remarks:
                continue
            before = []
        own_id = number or envelope.header.control_id or _UNNAMED
        used[own_id] = used.get(own_id, 0) + 1
        yield Hl7Document(
            doc_id=own_id if used[own_id] == 1 else f"{own_id}-{used[own_id]}",
            type=document_type(
                [_concept(obr, 4), *_observed(envelope, numbers)], text=text.text, told=text.type
            ),
            change="cancelled" if cancelled else "replacement" if status == "C" else "original",
            authority=obr.get(3, 2) or "|".join(envelope.header.sender),
            date=_observed_day(obr) or text.date,
            text=text.text,
            page_starts=text.page_starts,
            status=status or None,
            author=text.author,
            signed_by=_person(obr, 32) or text.signed_by,
            signed_at=text.signed_at,
            remarks=text.remarks,
        )


def _observed_day(obr: Segment) -> dt.date | None:
    """When it was observed, else when the result was reported."""
    return told_day(obr.get(7)) or told_day(obr.get(8)) or told_day(obr.get(22))


def _order(envelope: Envelope, number: int) -> Segment | None:
    name, segment = envelope.segments[number]
    return segment if name == "OBR" else None


def _concept(segment: Segment, field: int) -> Concept:
    codes = (segment.get(field, 1), segment.get(field, 4))
    return Concept(codes, tuple(segment.get(field, number) for number in (2, 5, 1)))


def _observed(envelope: Envelope, numbers: range | list[int]) -> list[Concept]:
    """What the first observations are called (OBX-3): the document's own name, where there is one
    name for all."""
    named = [
        _concept(envelope.segments[n][1], 3) for n in numbers if envelope.segments[n][0] == "OBX"
    ]
    return list(dict.fromkeys(named))[:_MAIN_OBSERVATIONS]


def _person(segment: Segment, field: int) -> str | None:
    """Given and family name of a person (XCN), else their number."""
    name = [segment.get(field, 3), segment.get(field, 2)]
    return " ".join(part for part in name if part) or segment.get(field) or None
