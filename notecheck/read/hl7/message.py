"""HL7 v2 text -> a small typed message: only what a check needs."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from notecheck.errors import Hl7Error
from notecheck.models import ClaimProcedure, ReadingRemark
from notecheck.read.dates import told_day
from notecheck.read.hl7.charges import Hl7Charge, charges_of, old_diagnoses, procedures_of
from notecheck.read.hl7.documents import Hl7Document, documents_of
from notecheck.read.hl7.envelope import Envelope, open_message
from notecheck.read.hl7.identity import Identity, identity_of
from notecheck.read.remarks import remark

NOT_READ = (
    "this HL7 message is of a type that is not read: send documents as MDM^T02 to T11 or ORU^R01, "
    "and charges as DFT^P03"
)
_DOCUMENTS = frozenset({f"MDM^T{number:02}" for number in range(1, 12)})
_CHARGES = frozenset({"DFT^P03", "DFT^P11"})


@dataclass(frozen=True, slots=True)
class Hl7Message:
    """One message of one patient.

    `kind` is message code and event (`MDM^T02`); `sender` MSH-3 and MSH-4; `sent` MSH-7. With
    `control_id` and `content`, a hash of all segments but the header, they tell a repeat.
    `patient_class` is PV1-2 (`I` for an inpatient); `admitted` PV1-44; `payer` the name of the
    first insurance (IN1-4). `is_read` is false for a message of a type that brings neither
    documents nor charges.
    """

    kind: str
    control_id: str
    identity: Identity
    sender: tuple[str, str] = ("", "")
    sent: str = ""
    content: str = ""
    patient_class: str = ""
    admitted: dt.date | None = None
    documents: tuple[Hl7Document, ...] = ()
    charges: tuple[Hl7Charge, ...] = ()
    procedures: tuple[ClaimProcedure, ...] = ()
    payer: str | None = None
    remarks: tuple[ReadingRemark, ...] = ()
    is_read: bool = True

    @property
    def visit_number(self) -> str:
        """The number that the encounter goes by: PV1-19, else PID-18, else PV1-50, else the
        patient's, else the message's own."""
        visit = self.identity.visit()
        return (visit.number if visit else self.identity.patient()) or self.control_id or "message"

    @property
    def repeat_key(self) -> tuple[object, ...]:
        """The same for a message that is sent again, and for no other."""
        return (self.sender, self.control_id, self.kind, self.content)


def parse_message(raw: bytes | str) -> Hl7Message:
    r"""One MDM^T01-T11, ORU or DFT^P03 message, with or without its MLLP frame.

    Texts come out decoded: offsets refer to what `\.br\` and the other escapes stand for.
    Raises InputError for another message, for a broken one, and for one of several patients.
    """
    message = read_message(raw)
    if not message.is_read:
        raise Hl7Error(NOT_READ)
    return message


def read_message(raw: bytes | str) -> Hl7Message:
    """One message of any type: of those that are not read, whose it is and the patient's class.

    Raises InputError as `parse_message` does for a broken one.
    """
    envelope = open_message(raw)
    header = envelope.header
    if not header.kind:
        raise Hl7Error(NOT_READ)
    if sum(1 for name, _ in envelope.segments if name == "PID") > 1:
        raise Hl7Error("the message is about several patients (PID): send one message for each")
    documents = header.kind in _DOCUMENTS or header.kind.startswith("ORU^")
    charges = header.kind in _CHARGES
    pv1, in1 = envelope.first("PV1"), envelope.first("IN1")
    return Hl7Message(
        kind=header.kind,
        control_id=header.control_id,
        identity=identity_of(envelope),
        sender=header.sender,
        sent=header.sent,
        content=_hashed(envelope),
        patient_class=pv1.get(2) if pv1 else "",
        admitted=told_day(pv1.get(44)) if pv1 else None,
        documents=documents_of(envelope) if documents else (),
        charges=charges_of(envelope) if charges else (),
        procedures=procedures_of(envelope) if charges else (),
        payer=(in1.get(4) or None) if in1 and charges else None,
        remarks=tuple(_remarks(envelope)),
        is_read=documents or charges,
    )


def identity_in(raw: bytes | str) -> Identity:
    """Whose a message is, by PID and PV1 alone, whatever is wrong with the rest of it.

    Raises InputError where these cannot be read.
    """
    return identity_of(open_message(raw, only=("PID", "PV1")))


def _remarks(envelope: Envelope) -> Iterator[ReadingRemark]:
    kind = envelope.header.kind or "message"
    if envelope.lost_lines:
        yield remark(
            f"message {kind}", "lines", f"{envelope.lost_lines} lines between its segments belong "
            "to none, as those of a log do",
        )  # fmt: skip
    if envelope.first("DSC"):
        yield remark(f"message {kind}", "continued", "it goes on in another message (DSC)")
    if old_diagnoses(envelope):
        yield remark("diagnoses", "icd-9", "they are coded in ICD-9-CM, which is not read")


def _hashed(envelope: Envelope) -> str:
    found = hashlib.sha256()
    for number, (_, segment) in enumerate(envelope.segments[1:], start=1):
        found.update(f"{segment.whole()}\r{envelope.values.get(number, '')}\r".encode())
    return found.hexdigest()
