"""A file of HL7 v2 messages -> the messages, one patient each, and whether any are missing."""

from __future__ import annotations

import re
from dataclasses import dataclass

from notecheck.errors import Hl7Error
from notecheck.read.binary import wide_encoding
from notecheck.read.hl7.envelope import decoded

_FRAME = "\x0b\x1c\r\n \ufeff"
_SEPARATED = r"([^\w\s])[^\w\s]{4,5}"
_NEXT_MESSAGE = re.compile(rf"(?<![A-Za-z0-9])(?=MSH{_SEPARATED}\1)")
_BATCH_LINE = re.compile(r"(?:\A|(?<=[\r\n\x0b\x1c]))(FHS|BHS|BTS|FTS)([^\w\s])([^\r\n]*)[\r\n]*")
_SEGMENT_END = re.compile(r"\r\n|\r|\n")
_CONTINUED = re.compile(r"[\r\n]+DSC([^\w\s])([^\r\n|^]+)[^\r\n]*\s*\Z")
_PATIENTS = re.compile(r"(?:\r\n|\r|\n)(?=PID[^\w\s])")
# A dump may show the ends of segments as signs in the place of the control character.
_SHOWN_ENDS = re.compile(
    r"(?:<CR>|\[CR\]|<0x0D>|\[0x0D\]|\\x0d|\\r)(?=\s*[A-Z][A-Z0-9]{2}[^\w\s]|\s*$)", re.I
)


@dataclass(frozen=True, slots=True)
class Batch:
    """`messages` in their order; `faults` says what the trailers count that did not come."""

    messages: list[str]
    faults: list[str]


def read_batch(data: bytes) -> Batch:
    """The messages of a file: one or many, in a batch (FHS, BHS) or framed for MLLP, or not.

    What a log wrote before a message is passed over. An ORU of several patients comes out as one
    message for each. Raises InputError when the file holds none.
    """
    text = decoded(data if wide_encoding(data) else data.replace(b"\x00", b""))
    faults = list(_missing(text))
    text = _BATCH_LINE.sub("\r", text)
    starts = [found.start() for found in _NEXT_MESSAGE.finditer(text)]
    if not starts:
        raise Hl7Error("this is no HL7 v2 message: it must begin with MSH")
    ends = [*starts[1:], len(text)]
    messages = []
    for start, end in zip(starts, ends, strict=True):
        message = text[start:end]
        if "\x1c" in message:
            message = message[: message.index("\x1c")]
        messages.append(_with_ends(message.strip(_FRAME)))
    whole = (one for message in _continued(messages) for one in patients_of(message))
    return Batch(list(whole), faults)


def split_messages(data: bytes) -> list[str]:
    """The messages of `read_batch`. Raises InputError when there is none."""
    return read_batch(data).messages


def patients_of(message: str) -> list[str]:
    """The message, or, where an ORU tells of several patients, a message for each of them."""
    header, *groups = _PATIENTS.split(message)
    kind = header.split(header[3:4] or "|")[8:9]
    if len(groups) < 2 or not kind or not kind[0].startswith("ORU"):
        return [message]
    return [f"{header}\r{group}" for group in groups]


def _continued(messages: list[str]) -> list[str]:
    """The messages, each with those that go on with it: these name (MSH-14) where it ends (DSC)."""
    whole: list[str] = []
    ends: dict[str, int] = {}
    for message in messages:
        header, *rest = _SEGMENT_END.split(message)
        mark = header[3:4]
        pointer = [*header.split(mark), *[""] * 14][13] if mark else ""
        place = ends.pop(pointer, None) if pointer else None
        if place is None:
            place = len(whole)
            whole.append(message)
        else:
            whole[place] = "\r".join((_CONTINUED.sub("", whole[place]), *rest))
        if found := _CONTINUED.search(message):
            ends[found[2]] = place
    return whole


def _with_ends(message: str) -> str:
    """The message with its segments' ends, where a dump shows them as `<CR>`."""
    if re.search(r"[\r\n]", message):
        return message
    return _SHOWN_ENDS.sub("\r", message)


def _missing(text: str) -> list[str]:
    """The counts of BTS-1 and FTS-1 that are not those of what came."""
    faults: list[str] = []
    came = batches = 0
    position = 0
    for found in _BATCH_LINE.finditer(text):
        came += len(_NEXT_MESSAGE.findall(text, position, found.start()))
        position = found.end()
        told = found[3].split(found[2])[0].strip()
        if found[1] == "BHS":
            batches, came = batches + 1, 0
        elif found[1] == "BTS" and told.isdecimal() and int(told) != came:
            faults.append(
                f"the batch says that it has {int(told)} messages (BTS-1), and {came} came: "
                "it is cut off or altered"
            )
        elif found[1] == "FTS" and told.isdecimal() and batches and int(told) != batches:
            faults.append(
                f"the file says that it has {int(told)} batches (FTS-1), and {batches} came: "
                "it is cut off or altered"
            )
        if found[1] == "BTS":
            came = 0
    return faults
