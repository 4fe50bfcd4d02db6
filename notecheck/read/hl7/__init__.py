"""HL7 v2 messages -> Encounter: documents (MDM, ORU) and charges (DFT) of one visit."""

from notecheck.read.hl7.batches import split_messages
from notecheck.read.hl7.envelope import Hl7Header, parse_header
from notecheck.read.hl7.message import Hl7Message, parse_message
from notecheck.read.hl7.visit import encounter_from_messages

__all__ = [
    "Hl7Header",
    "Hl7Message",
    "encounter_from_messages",
    "parse_header",
    "parse_message",
    "split_messages",
]
