"""The messages of one visit -> its Encounter."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from notecheck.errors import InputError
from notecheck.models import Claim, Document, Encounter
from notecheck.read.coded import place_of_service
from notecheck.read.hl7.charges import Hl7Charge
from notecheck.read.hl7.documents import Hl7Document
from notecheck.read.hl7.message import Hl7Message
from notecheck.read.shape import checked


def encounter_from_messages(messages: Iterable[Hl7Message]) -> Encounter:
    """The encounter of one visit from its messages in the order in which they came.

    A message sent again (same control id) counts once. A replacement takes the place of its
    document, a cancelled one goes with its addenda, and an addendum is a document of its own, of
    the kind of the one that it adds to. Charges make a claim, without those that a credit took
    back. Raises InputError for messages of several visits, and when no document is left.
    """
    own = {(m.visit_number, m.kind, m.control_id or id(m)): m for m in messages}
    visits = {message.visit_number for message in own.values()}
    if len(visits) > 1:
        raise InputError(f"the messages are of {len(visits)} visits: give those of one at a time")
    documents = _standing(document for message in own.values() for document in message.documents)
    if not documents:
        raise InputError(
            "the messages of the visit leave no document: send the operative note as MDM^T02"
        )
    encounter = Encounter(
        encounter_id=visits.pop(),
        documents=tuple(
            Document(
                doc_id=document.doc_id,
                type=document.type,
                date=document.date,
                text=document.text,
                page_starts=document.page_starts,
            )
            for document in documents
        ),
        claim=_claim(list(own.values())),
    )
    return checked(encounter)


def _standing(changes: Iterable[Hl7Document]) -> list[Hl7Document]:
    standing: dict[str, Hl7Document] = {}
    for document in changes:
        if document.change == "cancelled":
            standing = {
                doc_id: other
                for doc_id, other in standing.items()
                if document.doc_id not in (doc_id, _adds_to(other))
            }
        elif document.change == "addendum":
            parent = standing.get(document.parent_id or "")
            standing[document.doc_id] = _of_kind(document, parent)
        elif document.change == "replacement":
            standing = _replaced(standing, document)
        else:
            standing[document.doc_id] = document
    return list(standing.values())


def _replaced(standing: dict[str, Hl7Document], new: Hl7Document) -> dict[str, Hl7Document]:
    """`new` stands where the document it replaces stood, else last."""
    if new.replaces not in standing:
        return {**standing, new.doc_id: new}
    return dict(
        (new.doc_id, new) if doc_id == new.replaces else (doc_id, other)
        for doc_id, other in standing.items()
    )


def _adds_to(document: Hl7Document) -> str | None:
    return document.parent_id if document.change == "addendum" else None


def _of_kind(addendum: Hl7Document, parent: Hl7Document | None) -> Hl7Document:
    return replace(addendum, type=parent.type) if parent else addendum


def _claim(messages: list[Hl7Message]) -> Claim | None:
    billed = [message for message in messages if message.charges or message.procedures]
    if not billed:
        return None
    charges = _charged(charge for message in billed for charge in message.charges)
    return Claim(
        claim_id=messages[0].visit_number,
        payer=next((message.payer for message in billed if message.payer), None),
        place_of_service=next(
            (place for m in billed if (place := place_of_service(m.patient_class))), None
        ),
        admission_date=next((m.admitted for m in messages if m.admitted), None),
        procedures=tuple(dict.fromkeys(p for message in billed for p in message.procedures)),
        lines=tuple(charge.line for charge in charges),
    )


def _charged(charges: Iterable[Hl7Charge]) -> list[Hl7Charge]:
    """The charges that no credit took back; the same transaction sent again replaces itself."""
    standing: list[Hl7Charge] = []
    for charge in charges:
        if charge.is_credit:
            _take_back(standing, charge)
            continue
        standing = [
            other
            for other in standing
            if not charge.transaction_id or other.transaction_id != charge.transaction_id
        ]
        standing.append(charge)
    return standing


def _take_back(standing: list[Hl7Charge], credit: Hl7Charge) -> None:
    for number in reversed(range(len(standing))):
        line = standing[number].line
        if (line.code, line.service_date) == (credit.line.code, credit.line.service_date):
            del standing[number]
            return
