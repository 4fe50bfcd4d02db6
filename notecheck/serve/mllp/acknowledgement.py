"""ACK messages in the original mode: AA taken, AE the content is wrong, AR refused as such."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Literal
from uuid import uuid4

AckCode = Literal["AA", "AE", "AR"]

# HL7 table 0357.
UNSUPPORTED_TYPE = "200^Unsupported message type"
UNSUPPORTED_PROCESSING = "202^Unsupported processing id"
UNSUPPORTED_VERSION = "203^Unsupported version id"
DATA_ERROR = "102^Data type error"
INTERNAL_ERROR = "207^Application internal error"

_HEADER = re.compile(rb"MSH([^\w\s])((?:(?!\1)[^\w\s]){4,5})\1[^\r\n]*")
_PROCESSING = ("P", "D", "T")


class Header:
    """The fields of a message's MSH that its acknowledgement repeats; blank where they are."""

    def __init__(self, raw: bytes) -> None:
        found = _HEADER.match(raw.lstrip())
        line = found[0].decode("utf-8", "replace") if found else ""
        self._fields = line.split(line[3]) if line else []
        self.component = self._fields[1][0] if line else "^"

    def field(self, number: int) -> str:
        """MSH-`number`, raw."""
        # MSH-1 is the separator itself, so the fields after it are one place further on.
        return self._fields[number - 1] if number - 1 < len(self._fields) else ""

    def first(self, number: int) -> str:
        """The first component of MSH-`number`."""
        return self.field(number).split(self.component)[0]

    @property
    def is_there(self) -> bool:
        return bool(self._fields)

    @property
    def kind(self) -> str:
        """Message code and event, as in `MDM^T02`."""
        return "^".join(self.field(9).split(self.component)[:2])

    def refusal(self) -> str | None:
        """Why the message is refused before it is read, if it is."""
        if self.first(12) and not self.first(12).startswith("2."):
            return UNSUPPORTED_VERSION
        if self.first(11) and self.first(11) not in _PROCESSING:
            return UNSUPPORTED_PROCESSING
        return None


def acknowledgement(
    header: Header, code: AckCode, error: str | None = None, detail: str = ""
) -> bytes:
    """The ACK to the message with `header`; `error` is of table 0357, `detail` a sentence."""
    event = header.field(9).split(header.component)[1:2]
    kind = "^".join(["ACK", *event, "ACK"]) if event else "ACK"
    segments = [
        "|".join(
            [
                "MSH", "^~\\&", _plain(header.field(5)) or "NOTECHECK", _plain(header.field(6)),
                _plain(header.field(3)), _plain(header.field(4)), time_stamp(), "", kind,
                control_id(), _plain(header.field(11)) or "P", _plain(header.field(12)) or "2.5.1",
            ]
        ),
        "|".join(["MSA", code, _plain(header.field(10))]),
    ]  # fmt: skip
    if error:
        segments.append("|".join(["ERR", "", "", error, "E", "", "", "", escaped(detail)]))
    return "\r".join([*segments, ""]).encode()


def escaped(text: str) -> str:
    """Text for a field, its separators written as escapes."""
    text = text.replace("\\", "\\E\\")
    for character, name in (("|", "F"), ("^", "S"), ("&", "T"), ("~", "R")):
        text = text.replace(character, f"\\{name}\\")
    return re.sub(r"\r\n|\r|\n", r"\\.br\\", text)


def time_stamp() -> str:
    """Now, as HL7 writes it."""
    return datetime.now(UTC).strftime("%Y%m%d%H%M%S+0000")


def control_id() -> str:
    """A new message's id, of at most 20 characters."""
    return uuid4().hex[:20]


def _plain(field: str) -> str:
    """A field as it came, if it means the same between our separators."""
    return field if "|" not in field else ""
