"""The outside of HL7 v2 messages: framing, batches, the header, and the segments."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from notecheck.errors import Hl7Error, TooLargeError
from notecheck.extras import missing_extra
from notecheck.read.binary import wide_encoding
from notecheck.read.hl7.escapes import Separators
from notecheck.read.limits import MAX_ENCOUNTER_BYTES, megabytes
from notecheck.read.text import decode

# HL7 table 0211, in Python's words.
_CHARSETS = {
    **{f"8859/{number}": f"iso8859-{number}" for number in range(1, 17)},
    "ISO IR6": "ascii", "ISO IR14": "shift_jis", "ISO IR87": "iso2022_jp",
    "ISO IR159": "iso2022_jp_1", "GB 18030-2000": "gb18030", "KS X 1001": "euc_kr",
    "BIG-5": "big5", "WINDOWS-1250": "cp1250", "WINDOWS-1251": "cp1251", "CP1250": "cp1250",
    "UNICODE": "utf-8",
}  # fmt: skip
_EVENTLESS = {"MDM": "T02", "ORU": "R01", "DFT": "P03"}
_FRAME = "\x0b\x1c\r\n \ufeff"
_MOST_SEGMENTS = 20_000
_HEADER = re.compile(r"MSH([^\w\s])([^\w\s]{4,5})\1")
_FILE = re.compile(rb"(?<![A-Za-z0-9])(?:MSH|FHS|BHS)([^\w\s])[^\w\s]{4,5}\1")
_SEGMENT = re.compile(r"[A-Z][A-Z0-9]{2}$")
_NULL = '""'  # "there is none", where an empty field says nothing
_TEXT_SEGMENTS = ("OBX", "NTE")
# What a log puts in front of its own lines: a day, a time, a level in brackets.
_LOG_LINE = re.compile(
    r"\W{0,2}(?:\d{4}[-/]\d{2}[-/]\d{2}[T ]\d|\d{2}:\d{2}:\d{2}|"
    r"(?:INFO|DEBUG|WARN\w*|ERROR|TRACE)\b)"
)


@dataclass(frozen=True, slots=True)
class Hl7Header:
    """What MSH tells: `kind` is message code and event, as in `MDM^T02`; `sender` MSH-3 and
    MSH-4, `sent` MSH-7, `charset` MSH-18 in Python's words."""

    kind: str
    control_id: str
    version: str
    separators: Separators
    sender: tuple[str, str] = ("", "")
    sent: str = ""
    charset: str | None = None


@dataclass(frozen=True, slots=True)
class Segment:
    """One segment; fields, components and repetitions are counted as the standard does, from 1."""

    fields: Any
    separators: Separators

    def whole(self) -> str:
        """All fields as they stand in the message."""
        return self.separators.field.join(str(field) for field in self.fields)

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
    text, in which separators need not be escaped, or a whole file. `lost_lines` counts the lines
    that stand between segments and belong to none.
    """

    header: Hl7Header
    segments: tuple[tuple[str, Segment], ...]
    values: dict[int, str]
    lost_lines: int = 0

    def first(self, name: str) -> Segment | None:
        return next((segment for found, segment in self.segments if found == name), None)


def is_hl7(head: bytes) -> bool:
    """Whether a file that begins with `head` holds HL7 v2 messages, perhaps behind log lines."""
    return bool(_FILE.search(head))


def parse_header(raw: bytes | str) -> Hl7Header:
    """The header of one message, framed or not. Raises InputError when it has none."""
    return _header(_unframed(raw))


def open_message(raw: bytes | str, only: tuple[str, ...] = ()) -> Envelope:
    """One message taken apart, or only the segments of the names `only`.

    Raises InputError when it is broken or too large.
    """
    try:
        import hl7
    except ImportError:
        raise missing_extra("an HL7 v2 message", "formats") from None
    text = _unframed(raw)
    header = _header(text)
    lines = [line for line in _lines(text) if line.strip()]
    if len(lines) > _MOST_SEGMENTS:
        raise Hl7Error(f"the HL7 message has more than {_MOST_SEGMENTS} segments")
    kept, lost = _segments(lines, header.separators)
    if only:
        told = (line.split(header.separators.field) for line in kept if line.startswith(only))
        few = tuple((fields[0], Segment(fields, header.separators)) for fields in told)
        return Envelope(header, few, {}, lost)
    values: dict[int, str] = {}
    for number, line in enumerate(kept):
        if line.startswith("OBX"):
            fields = line.split(header.separators.field)
            if len(fields) > 5:
                values[number] = fields[5]
                fields[5] = ""
            kept[number] = header.separators.field.join(fields)
    try:
        parsed = hl7.parse("\r".join(kept))
    except (hl7.HL7Exception, IndexError, ValueError):
        raise Hl7Error("the HL7 message is broken: its segments cannot be read") from None
    segments = tuple((str(found[0]), Segment(found, header.separators)) for found in parsed)
    return Envelope(header, segments, values, lost)


def _segments(lines: list[str], separators: Separators) -> tuple[list[str], int]:
    """The segments, and how many lines between them say nothing that is known.

    A line that begins with no segment's name goes on with the text of the observation or note
    before it, whose sender broke it; ADD goes on with the field that the segment before it ends
    with. What a log wrote between segments is passed over.
    """
    kept: list[str] = []
    lost = 0
    behind_log = re.compile(
        rf"[^\r\n]{{0,200}}?\b([A-Z][A-Z0-9]{{2}}{re.escape(separators.field)}.*)"
    )
    indented = re.compile(rf"\s+[A-Z][A-Z0-9]{{2}}{re.escape(separators.field)}")
    for line in lines:
        logged = behind_log.match(line) if _LOG_LINE.match(line) else None
        line = logged[1] if logged else line
        if line[:1].isspace() and indented.match(line):
            line = line.lstrip()
        name, mark, rest = line.partition(separators.field)
        if name == "ADD" and kept:
            kept[-1] += rest
        elif _SEGMENT.match(name) and (mark or name == line):
            kept.append(line)
        elif kept and kept[-1].startswith(_TEXT_SEGMENTS) and not _LOG_LINE.match(line):
            kept[-1] = _with_line(kept[-1], line, separators)
        else:
            lost += 1
    return kept, lost


def _with_line(segment: str, line: str, separators: Separators) -> str:
    """The segment whose text goes on with `line`, and after it with the segment's other fields."""
    place = 5 if segment.startswith("OBX") else 3
    fields = segment.split(separators.field)
    more = line.split(separators.field)
    text = f"{separators.escape}.br{separators.escape}{more[0]}"
    if len(fields) > place + 1:  # the break came after the text: what follows it is known already
        fields[place] += text
        return separators.field.join(fields)
    fields[-1] += text
    return separators.field.join([*fields, *more[1:]])


def value_lines(envelope: Envelope, number: int) -> list[str]:
    """The text of the observation in segment `number`, one item a repetition, decoded."""
    separators = envelope.header.separators
    raw = envelope.values.get(number, "")
    if raw.strip() == _NULL:
        return []
    return [separators.unescape(part) for part in raw.split(separators.repetition)]


def _unframed(raw: bytes | str) -> str:
    if len(raw) > MAX_ENCOUNTER_BYTES:
        raise TooLargeError(f"the HL7 message is larger than {megabytes(MAX_ENCOUNTER_BYTES)}")
    if isinstance(raw, bytes):
        raw = decoded(raw if wide_encoding(raw) else raw.strip(b"\x0b\x1c\r\n "))
    return raw.strip(_FRAME)


def decoded(data: bytes) -> str:
    """The text of messages in the character set that their first header names (MSH-18)."""
    found = re.search(rb"MSH([^\w\s])[^\w\s]{4,5}\1[^\r\n]*", data)
    fields = found[0].split(found[1]) if found else []
    named = fields[17].split(b"~")[0].strip().upper() if len(fields) > 17 else b""
    return decode(data, _CHARSETS.get(named.decode("ascii", "replace")))


def _header(text: str) -> Hl7Header:
    found = _HEADER.match(text)
    if not found or len({found[1], *found[2][:4]}) < 5:
        raise Hl7Error(
            "this is no HL7 v2 message: it must begin with MSH and its separators (MSH|^~\\&|)"
        )
    component, repetition, escape, subcomponent = tuple(found[2][:4])
    separators = Separators(found[1], component, repetition, escape, subcomponent)
    fields = re.split(r"[\r\n]", text, maxsplit=1)[0].split(found[1])
    fields += [""] * (18 - len(fields))
    named = [*fields[8].split(component), "", ""]
    # Some senders tell the event only in the structure's name (MDM^^MDM_T02).
    structure = (named[2] or named[0]).replace("_", component)
    kind = component.join(named[:2]) if named[1] else structure
    if kind in _EVENTLESS:  # the event of a message may stand in EVN alone
        event = re.search(rf"[\r\n]EVN{re.escape(found[1])}(\w+)", text)
        kind = f"{kind}{component}{event[1] if event else _EVENTLESS[kind]}"
    return Hl7Header(
        kind=kind.replace(component, "^"),
        control_id=fields[9],
        version=fields[11].split(component)[0],
        separators=separators,
        sender=(fields[2].strip(), fields[3].strip()),
        sent=re.split(r"[+-]", fields[6])[0].strip(),
        charset=_CHARSETS.get(fields[17].split(repetition)[0].strip().upper()),
    )


def _lines(text: str) -> list[str]:
    r"""The segments: they end with `\r`, or, where a file was saved as text, with line ends."""
    if "\r" in text.replace("\r\n", ""):
        return text.replace("\r\n", "\r").split("\r")
    return re.split(r"\r\n|\n", text)
