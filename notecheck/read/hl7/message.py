"""HL7 v2 text -> a small typed message: only what a check needs."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from notecheck.errors import InputError
from notecheck.models import ClaimProcedure
from notecheck.read.hl7.charges import Hl7Charge, charges_of, procedures_of
from notecheck.read.hl7.documents import Hl7Document, documents_of
from notecheck.read.hl7.envelope import open_message
from notecheck.read.hl7.values import day

_READ = frozenset({f"MDM^T{number:02}" for number in range(1, 12)} | {"ORU^R01", "DFT^P03"})


@dataclass(frozen=True, slots=True)
class Hl7Message:
    """One message. Who the patient is, is not kept.

    `kind` is message code and event (`MDM^T02`). `visit_number` is PV1-19, else the account
    number PID-18; `patient_class` PV1-2 (`I` for an inpatient); `admitted` PV1-44; `payer` the
    name of the first insurance (IN1-4).
    """

    kind: str
    control_id: str
    visit_number: str
    patient_class: str = ""
    admitted: dt.date | None = None
    documents: tuple[Hl7Document, ...] = ()
    charges: tuple[Hl7Charge, ...] = ()
    procedures: tuple[ClaimProcedure, ...] = ()
    payer: str | None = None


def parse_message(raw: bytes | str) -> Hl7Message:
    r"""One MDM^T01-T11, ORU^R01 or DFT^P03 message, with or without its MLLP frame.

    Texts come out decoded: offsets refer to what `\.br\` and the other escapes stand for.
    Raises InputError for another message, for a broken one, and without a visit number.
    """
    envelope = open_message(raw)
    kind = envelope.header.kind
    if kind not in _READ:
        raise InputError(
            "this HL7 message is of a type that is not read: send documents as MDM^T02 to T11 "
            "or ORU^R01, and charges as DFT^P03"
        )
    pv1, pid, in1 = envelope.first("PV1"), envelope.first("PID"), envelope.first("IN1")
    visit = (pv1.get(19) if pv1 else "") or (pid.get(18) if pid else "")
    if not visit:
        raise InputError(
            f"the {kind} message has no visit number (PV1-19) and no account number (PID-18)"
        )
    is_charge = kind.startswith("DFT")
    return Hl7Message(
        kind=kind,
        control_id=envelope.header.control_id,
        visit_number=visit,
        patient_class=pv1.get(2) if pv1 else "",
        admitted=day(pv1.get(44), "PV1-44") if pv1 else None,
        documents=() if is_charge else documents_of(envelope),
        charges=charges_of(envelope) if is_charge else (),
        procedures=procedures_of(envelope) if is_charge else (),
        payer=(in1.get(4) or None) if in1 and is_charge else None,
    )
