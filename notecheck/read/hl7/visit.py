"""The messages of one visit -> its Encounter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from notecheck.errors import Hl7Error
from notecheck.models import Claim, Document, Encounter, ReadingRemark
from notecheck.read.coded import class_statement, place_of_service, setting_of_class
from notecheck.read.hl7.charges import Hl7Charge
from notecheck.read.hl7.documents import Hl7Document
from notecheck.read.hl7.grouping import Grouping
from notecheck.read.hl7.identity import Identity
from notecheck.read.hl7.message import Hl7Message
from notecheck.read.remarks import distinct, remark
from notecheck.read.shape import checked
from notecheck.read.text import shown_id


def encounter_from_messages(messages: Iterable[Hl7Message]) -> Encounter:
    """The encounter of one visit from its messages in the order in which they came.

    A message sent again (same sender, control id and content) counts once; those of one sender are
    taken in the order in which it made them (MSH-7). A replacement takes the place of its
    document, a cancelled one goes with its addenda, and an addendum is a document of its own, of
    the kind of the one that it adds to. Charges make a claim, without those that a credit took
    back. Raises InputError for messages of several visits or patients, and when no document is
    left.
    """
    own = list({message.repeat_key: message for message in reversed(list(messages))}.values())
    own = _in_order(own[::-1])
    grouping = Grouping()
    for number, message in enumerate(own, start=1):
        grouping.add(number, message)
    if grouping.contradictions:
        raise Hl7Error(
            "the messages name one visit and two patients (PID-3): they are not put together"
        )
    groups = grouping.groups()
    if len(groups) > 1:
        raise Hl7Error(f"the messages are of {len(groups)} visits: give those of one at a time")
    return encounter_of_visit(own, groups[0].identity if groups else Identity())


def encounter_of_visit(messages: list[Hl7Message], identity: Identity) -> Encounter:
    """As `encounter_from_messages`, for messages that are known to be of one visit."""
    own = list({message.repeat_key: message for message in reversed(messages)}.values())
    own = _in_order(own[::-1])
    given = _standing(document for message in own for document in message.documents)
    documents = [document for document in given if document.text.strip()]
    remarks = [
        *(_of_document(remark, document) for document in given for remark in document.remarks),
        *(remark for message in own for remark in message.remarks),
        *_passed_over(own),
    ]
    if not documents:
        raise Hl7Error(
            "the messages of the visit leave no document"
            + (f" that can be read ({remarks[0].part}: {remarks[0].why})" if remarks else "")
            + ": send the operative note as MDM^T02"
        )
    told_class = next(
        (m.patient_class for m in reversed(own) if setting_of_class(m.patient_class)), ""
    )
    statement = class_statement(told_class)
    encounter = Encounter(
        encounter_id=_visit_id(own, identity),
        patient_id=identity.patient(),
        documents=(*_documents(documents), *([statement] if statement else ())),
        claim=_claim(own, _visit_id(own, identity), told_class),
        reading=distinct(remarks),
    )
    return checked(encounter)


def _visit_id(messages: list[Hl7Message], identity: Identity) -> str:
    visit = identity.visit()
    return visit.number if visit else messages[0].visit_number


def _documents(given: list[Hl7Document]) -> Iterator[Document]:
    """Ids that two senders gave to different documents get a number behind."""
    used: dict[str, int] = {}
    for document in given:
        used[document.doc_id] = used.get(document.doc_id, 0) + 1
        count = used[document.doc_id]
        yield Document(
            doc_id=document.doc_id if count == 1 else f"{document.doc_id} ({count})",
            type=document.type,
            date=document.date,
            author=document.author,
            signed_by=document.signed_by,
            signed_at=document.signed_at,
            text=document.text,
            page_starts=document.page_starts,
        )


def _of_document(told: ReadingRemark, document: Hl7Document) -> ReadingRemark:
    name = shown_id(document.doc_id)
    return told.model_copy(update={"part": f"document {name}, {told.part}"})


def _passed_over(messages: list[Hl7Message]) -> Iterator[ReadingRemark]:
    counted = Counter(message.kind or "unknown" for message in messages if not message.is_read)
    for kind, count in counted.items():
        yield remark(
            f"{count} message{'s' if count > 1 else ''} {shown_id(kind)}", "message",
            "messages of this type bring no notes or charges and are passed over",
        )  # fmt: skip


def _in_order(messages: list[Hl7Message]) -> list[Hl7Message]:
    """Each sender's messages in the order in which it made them, in the places that they hold."""
    places: dict[tuple[str, str], list[int]] = {}
    for number, message in enumerate(messages):
        if len(message.sent) >= len("20260302"):
            places.setdefault(message.sender, []).append(number)
    ordered = list(messages)
    for held in places.values():
        made = sorted((messages[n] for n in held), key=lambda m: m.sent.ljust(14, "0")[:14])
        for number, message in zip(held, made, strict=True):
            ordered[number] = message
    return ordered


class _Key(NamedTuple):
    """A document's id, and who gave it: two senders may use one number."""

    doc_id: str
    authority: str


def _standing(changes: Iterable[Hl7Document]) -> list[Hl7Document]:
    """The documents that are left. What comes before the document that it changes waits for it."""
    standing: dict[_Key, Hl7Document] = {}
    gone: set[_Key] = set()
    for document in changes:
        key = _Key(document.doc_id, document.authority)
        known = _known(standing, document.doc_id, document.authority)
        if document.change == "cancelled":
            if known is None:
                gone.add(key)
            standing = {
                own: other
                for own, other in standing.items()
                if own != known and _adds_to(other) != document.doc_id
            }
        elif document.change == "replacement":
            if _known(standing, document.replaces, document.authority) is None:
                gone.add(_Key(document.replaces, document.authority))
            standing = _replaced(standing, document)
        elif key in gone and document.change == "original":
            gone.discard(key)  # it was cancelled or replaced before it came
        else:
            standing[known or key] = document
    return [_of_kind(document, standing) for document in standing.values()]


def _known(standing: Mapping[_Key, Hl7Document], doc_id: str, authority: str) -> _Key | None:
    return next(
        (key for key in standing if key.doc_id == doc_id and key.authority == authority), None
    )


def _replaced(standing: dict[_Key, Hl7Document], new: Hl7Document) -> dict[_Key, Hl7Document]:
    """`new` stands where the document it replaces stood, else last."""
    own = _Key(new.doc_id, new.authority)
    old = _known(standing, new.replaces, new.authority) or next(
        (key for key in standing if key.doc_id == new.parent_id), None
    )
    if old is None:
        return {**standing, own: new}
    return dict((own, new) if key == old else (key, other) for key, other in standing.items())


def _adds_to(document: Hl7Document) -> str | None:
    return document.parent_id if document.change == "addendum" else None


def _of_kind(addendum: Hl7Document, standing: Mapping[_Key, Hl7Document]) -> Hl7Document:
    if addendum.change != "addendum":
        return addendum
    parents = (other for other in standing.values() if other.doc_id == addendum.parent_id)
    parent = next(parents, None)
    return replace(addendum, type=parent.type) if parent else addendum


def _claim(messages: list[Hl7Message], visit: str, patient_class: str) -> Claim | None:
    billed = [message for message in messages if message.charges or message.procedures]
    if not billed:
        return None
    charges = _charged(charge for message in billed for charge in message.charges)
    own = next(
        (place for m in billed if (place := place_of_service(m.patient_class))), None
    ) or place_of_service(patient_class)
    return Claim(
        claim_id=visit,
        payer=next((message.payer for message in billed if message.payer), None),
        place_of_service=own,
        admission_date=next((m.admitted for m in messages if m.admitted), None),
        procedures=tuple(dict.fromkeys(p for message in billed for p in message.procedures)),
        lines=tuple(charge.line for charge in charges),
    )


def _charged(charges: Iterable[Hl7Charge]) -> list[Hl7Charge]:
    """The charges that no credit took back; the same transaction sent again replaces itself."""
    standing: list[Hl7Charge] = []
    waiting: list[Hl7Charge] = []  # credits that came before their charge
    for charge in charges:
        if charge.is_credit:
            if not _take_back(standing, charge):
                waiting.append(charge)
            continue
        if _take_back(waiting, charge):
            continue
        standing = [
            other
            for other in standing
            if not charge.transaction_id or other.transaction_id != charge.transaction_id
        ]
        standing.append(charge)
    return standing


def _take_back(standing: list[Hl7Charge], credit: Hl7Charge) -> bool:
    """Whether there was something to take back, which is then gone."""
    for number in reversed(range(len(standing))):
        line = standing[number].line
        if (line.code, line.service_date) == (credit.line.code, credit.line.service_date):
            del standing[number]
            return True
    return False
