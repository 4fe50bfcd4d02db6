"""A file of HL7 v2 messages -> the encounters of its visits."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from notecheck.errors import Hl7Error, InputError
from notecheck.models import Encounter
from notecheck.read.hl7.batches import read_batch
from notecheck.read.hl7.grouping import Group, Grouping
from notecheck.read.hl7.message import NOT_READ, read_message
from notecheck.read.hl7.visit import encounter_of_visit
from notecheck.read.text import shown_id


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit of a file (`visit V100`) or one broken message (`message 3`), and its outcome."""

    name: str
    outcome: Encounter | InputError


def visits(data: bytes) -> list[Visit]:
    """Every visit of the file in order of its first message, and everything that is broken.

    Messages that are of no type that is read are passed over, with a remark in their visit's
    report. Raises InputError when the file holds no message.
    """
    batch = read_batch(data)
    found = [Visit("batch", InputError(fault)) for fault in batch.faults]
    grouping = Grouping()
    others = 0
    for number, raw in enumerate(batch.messages, start=1):
        try:
            message = read_message(raw)
        except InputError as error:
            found.append(Visit(f"message {number}", error))
        else:
            others += not message.is_read
            grouping.add(number, message)
    for told in grouping.contradictions:
        fault = Hl7Error(
            "its visit is that of other messages, and its patient (PID-3) is not: it is not read"
        )
        found.append(Visit(f"message {told.number}, visit {shown_id(told.visit)}", fault))
    if others == len(batch.messages):
        return [Visit("message 1", InputError(NOT_READ))]
    groups = [group for group in grouping.groups() if any(m.is_read for m in group.messages)]
    numbers = Counter(_id(group) for group in groups)
    for group in groups:
        visit = group.identity.visit()
        name = _id(group)
        if numbers[name] > 1:
            authority = visit.authority if visit else ""
            name = f"{name} of {authority or group.identity.patient()}"
        found.append(Visit(f"visit {shown_id(name)}", _outcome(group, name)))
    return found


def _id(group: Group) -> str:
    visit = group.identity.visit()
    return visit.number if visit else group.messages[0].visit_number


def _outcome(group: Group, name: str) -> Encounter | InputError:
    try:
        encounter = encounter_of_visit(group.messages, group.identity)
    except InputError as error:
        return error
    return encounter.model_copy(update={"encounter_id": name})
