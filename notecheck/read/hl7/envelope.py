"""The outside of HL7 v2 messages: framing, batches, the header, and the segments."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from notecheck.errors import InputError
from notecheck.read.extra import formats_missing
from notecheck.read.hl7.escapes import Separators
from notecheck.read.limits import MAX_ENCOUNTER_BYTES, megabytes
from notecheck.read.text import decode

_FRAME = "\x0b\x1c\r\n \ufeff"
_MOST_SEGMENTS = 20_000
_HEADER = re.compile(r"MSH([^\w\s])([^\w\s]{4,5})\1")
_NEXT_MESSAGE = re.compile(r"(?:^|[\r\n\x0b\x1c])(?=MSH[^\w\s])")
_BATCH_LINE = re.compile(r"^(?:FHS|BHS|BTS|FTS)[^\w\s][^\r\n]*[\r\n]*", re.MULTILINE)
_FILE = re.compile(rb"\A(?:\xef\xbb\xbf)?[\x0b\s]*(?:MSH|FHS|BHS)([^\w\s])[^\w\s]{4,5}\1")


@dataclass(frozen=True, slots=True)
class Hl7Header:
    """What MSH tells: `kind` is message code and event, as in `MDM^T02`."""

    kind: str
    control_id: str
    version: str
    separators: Separators


@dataclass(frozen=True, slots=True)
class Segment:
    """One segment; fields, components and repetitions are counted as the standard does, from 1."""

    fields: Any
    separators: Separators

    def raw(self, field: int) -> str:
        """The whole field as it stands in the message, or "" when it is not there."""
        return str(self.fields[field]) if field < len(self.fields) else ""

    def repeats(self, field: int) -> list[str]:
        """The repetitions of a field, raw, without empty ones."""
        return [part for part in self.raw(field).split(self.separators.repetition) if part]

    def get(self, field: int, component: int = 1) -> str:
        """One component of the first repetition of a field, decoded, or ""."""
        repeats = self.repeats(field)
        return self.component(repeats[0], component) if repeats else ""

    def component(self, repetition: str, number: int) -> str:
        """One component of a repetition, decoded, or ""."""
        parts = repetition.split(self.separators.component)
        if number > len(parts):
            return ""
        first = parts[number - 1].split(self.separators.subcomponent)[0]
        return self.separators.unescape(first).strip()


@dataclass(frozen=True, slots=True)
class Envelope:
    """A message taken apart: its header and its segments in order, each with its name.

    The value of an observation (OBX-5) is kept apart in `values`, by the segment's number: it is
    text, in which separators need not be escaped, or a whole file.
    """

    header: Hl7Header
    segments: tuple[tuple[str, Segment], ...]
    values: dict[int, str]

    def first(self, name: str) -> Segment | None:
        return next((segment for found, segment in self.segments if found == name), None)


def is_hl7(head: bytes) -> bool:
    """Whether a file that begins with `head` holds HL7 v2 messages."""
    return bool(_FILE.match(head))


def split_messages(data: bytes) -> list[str]:
    """The messages of a file: one or many, in a batch (FHS, BHS) or framed for MLLP, or not.

    Raises InputError when it holds none.
    """
    text = _BATCH_LINE.sub("", decode(data.replace(b"\x00", b"")))
    starts = [found.end() for found in _NEXT_MESSAGE.finditer(text)]
    if not starts or text[: starts[0]].strip(_FRAME):
        raise InputError("this is no HL7 v2 message: it must begin with MSH")
    ends = [*starts[1:], len(text)]
    return [text[start:end].strip(_FRAME) for start, end in zip(starts, ends, strict=True)]


def parse_header(raw: bytes | str) -> Hl7Header:
    """The header of one message, framed or not. Raises InputError when it has none."""
    return _header(_unframed(raw))


def open_message(raw: bytes | str) -> Envelope:
    """One message taken apart. Raises InputError when it is broken or too large."""
    try:
        import hl7
    except ImportError:
        raise formats_missing("an HL7 v2 message") from None
    text = _unframed(raw)
    header = _header(text)
    lines = [line for line in _lines(text) if line.strip()]
    if len(lines) > _MOST_SEGMENTS:
        raise InputError(f"the HL7 message has more than {_MOST_SEGMENTS} segments")
    values: dict[int, str] = {}
    named = re.compile(rf"[A-Z][A-Z0-9]{{2}}(?:{re.escape(header.separators.field)}|$)")
    for number, line in enumerate(lines):
        if not named.match(line):
            raise InputError(
                f"segment {number + 1} of the HL7 message does not begin with a segment's name, "
                "such as OBX: a line break inside a text is written \\.br\\"
            )
        if line.startswith("OBX"):
            fields = line.split(header.separators.field)
            if len(fields) > 5:
                values[number] = fields[5]
                fields[5] = ""
            lines[number] = header.separators.field.join(fields)
    try:
        parsed = hl7.parse("\r".join(lines))
    except (hl7.HL7Exception, IndexError, ValueError):
        raise InputError("the HL7 message is broken: its segments cannot be read") from None
    segments = tuple((str(found[0]), Segment(found, header.separators)) for found in parsed)
    return Envelope(header, segments, values)


def value_lines(envelope: Envelope, number: int) -> list[str]:
    """The text of the observation in segment `number`, one item a repetition, decoded."""
    separators = envelope.header.separators
    raw = envelope.values.get(number, "")
    return [separators.unescape(part) for part in raw.split(separators.repetition)]


def _unframed(raw: bytes | str) -> str:
    if len(raw) > MAX_ENCOUNTER_BYTES:
        raise InputError(f"the HL7 message is larger than {megabytes(MAX_ENCOUNTER_BYTES)}")
    text = decode(raw.strip(b"\x0b\x1c\r\n ")) if isinstance(raw, bytes) else raw
    return text.strip(_FRAME)


def _header(text: str) -> Hl7Header:
    found = _HEADER.match(text)
    if not found or len({found[1], *found[2][:4]}) < 5:
        raise InputError(
            "this is no HL7 v2 message: it must begin with MSH and its separators (MSH|^~\\&|)"
        )
    component, repetition, escape, subcomponent = tuple(found[2][:4])
    separators = Separators(found[1], component, repetition, escape, subcomponent)
    fields = re.split(r"[\r\n]", text, maxsplit=1)[0].split(found[1])
    fields += [""] * (13 - len(fields))
    kind = component.join(fields[8].split(component)[:2])
    return Hl7Header(
        kind=kind.replace(component, "^"),
        control_id=fields[9],
        version=fields[11].split(component)[0],
        separators=separators,
    )


def _lines(text: str) -> list[str]:
    r"""The segments: they end with `\r`, or, where a file was saved as text, with line ends."""
    if "\r" in text.replace("\r\n", ""):
        return text.replace("\r\n", "\r").split("\r")
    return re.split(r"\r\n|\n", text)
