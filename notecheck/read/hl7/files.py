"""A file of HL7 v2 messages -> the encounters of its visits."""

from __future__ import annotations

from dataclasses import dataclass

from notecheck.errors import InputError
from notecheck.models import Encounter
from notecheck.read.hl7.envelope import split_messages
from notecheck.read.hl7.message import Hl7Message, parse_message
from notecheck.read.hl7.visit import encounter_from_messages
from notecheck.read.text import shown_id


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit of a file (`visit V100`) or one broken message (`message 3`), and its outcome."""

    name: str
    outcome: Encounter | InputError


def visits(data: bytes) -> list[Visit]:
    """Every visit of the file in order of its first message, and every message that is broken.

    Raises InputError when the file holds no message.
    """
    of_visit: dict[str, list[Hl7Message]] = {}
    found: list[Visit] = []
    for number, raw in enumerate(split_messages(data), start=1):
        try:
            message = parse_message(raw)
        except InputError as error:
            found.append(Visit(f"message {number}", error))
        else:
            of_visit.setdefault(message.visit_number, []).append(message)
    for visit_number, messages in of_visit.items():
        found.append(Visit(f"visit {shown_id(visit_number)}", _outcome(messages)))
    return found


def _outcome(messages: list[Hl7Message]) -> Encounter | InputError:
    try:
        return encounter_from_messages(messages)
    except InputError as error:
        return error
