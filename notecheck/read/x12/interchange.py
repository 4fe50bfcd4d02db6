"""An X12 file -> its segments, refused when anything of it is missing."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from notecheck.errors import ClaimFileError, InputError, TooLargeError
from notecheck.extras import missing_extra
from notecheck.read.limits import MAX_CLAIM_FILE, megabytes
from notecheck.read.text import decode

_X12 = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*ISA([^\w\s]).{2}\1", re.DOTALL)
# The transaction that the first ST segment opens: 837 claims, 275 a document beside them.
_TRANSACTION = re.compile(rb"(?:[^\w\s]|[\r\n])\s*ST([^\w\s])(\d{3})\1")
_LINE_ENDS = re.compile(r"[\r\n]+")
# Envelope errors that say "the same number twice", which joined files may have.
_NOT_UNIQUE = frozenset({("isa", "025"), ("gs", "6"), ("st", "23")})
_LAST = "IEA"
_ISA_LENGTH = 106
# Where the segments that open and close an envelope have its control number.
_OPENING = {"ISA": 13, "GS": 6, "ST": 2}
_CLOSING = {"IEA": "ISA", "GE": "GS", "SE": "ST"}
_CLOSES_AT = 2


def is_x12(head: bytes) -> bool:
    """Whether a file that begins with `head` is an X12 interchange."""
    return bool(_X12.match(head))


def transaction(head: bytes) -> str | None:
    """The number of the first transaction ("837", "275"); None where none opens in `head`."""
    found = _TRANSACTION.search(head) or _TRANSACTION.search(re.sub(rb"[\r\n]+", b"", head))
    return found[2].decode() if found else None


def segments(data: bytes) -> Iterator[Any]:
    """The segments (`pyx12.segment.Segment`) of a whole file, one interchange or several.

    The envelopes (ISA, GS, ST) are checked as the file is read, so the last segments come out
    before it is known whether the file ends well. Raises InputError when the file is no X12, is
    cut off, or does not hold as many segments as it says.
    """
    try:
        from pyx12.errors import X12Error
        from pyx12.x12file import X12Reader
    except ImportError:
        raise missing_extra("an X12 file", "formats") from None
    if len(data) > MAX_CLAIM_FILE:
        raise TooLargeError(f"the X12 file is larger than {megabytes(MAX_CLAIM_FILE)}: split it")
    if not is_x12(data):
        raise ClaimFileError("this is no X12 file: it must begin with an ISA segment")
    text = decode(data).lstrip("\ufeff \t\r\n")
    for interchange in _interchanges(text):
        try:
            reader = X12Reader(io.StringIO(interchange, newline=""))
        except X12Error:
            raise ClaimFileError(
                "the ISA segment of the X12 file is damaged, or of another version than 00401 and "
                "00501"
            ) from None
        last = ""
        try:
            for segment in reader:
                last = segment.get_seg_id() or ""
                _require_whole(reader)
                yield segment
        except (X12Error, IndexError):  # a trailer without what it closes
            raise _broken(reader.cur_line + 1) from None
        reader.cleanup()
        _require_whole(reader)
        if last != _LAST:
            raise _broken(reader.cur_line + 1)


def _interchanges(text: str) -> Iterator[str]:
    """Each ISA to its IEA, for each has separators of its own; what is left over comes last.

    Where another sign ends the segments, line ends are those of a listing of some width: they may
    stand within a number, and are no data.
    """
    while text:
        stop = _end_of_segments(text)
        end = None
        if stop:
            last = r"[\r\n]*".join(map(re.escape, (*_LAST, text[3])))
            trailer = re.compile(rf"{last}[^{re.escape(stop)}]*{re.escape(stop)}")
            found = trailer.search(text, _ISA_LENGTH)
            end = found.end() if found else None
        whole, text = (text[:end], text[end:].lstrip()) if end else (text, "")
        if stop not in "\r\n":
            whole = _LINE_ENDS.sub("", whole)
        yield _with_full_numbers(whole)


def _end_of_segments(text: str) -> str:
    """The last sign of the ISA, which has one length whatever lines it was cut into."""
    header = text[:_ISA_LENGTH]
    if _LINE_ENDS.search(header[:-1]):
        header = _LINE_ENDS.sub("", text[: 2 * _ISA_LENGTH])[:_ISA_LENGTH]
    return header[_ISA_LENGTH - 1 :]


def _with_full_numbers(text: str) -> str:
    """The interchange with the zeros of control numbers that a clearing house stripped."""
    if len(text) < _ISA_LENGTH:
        return text
    mark, stop = text[3], text[_ISA_LENGTH - 1]
    lines = text.split(stop)
    opened: dict[str, str] = {}
    for number, line in enumerate(lines):
        fields = line.split(mark)
        name = fields[0].strip()
        if name in _OPENING and len(fields) > _OPENING[name]:
            opened[name] = fields[_OPENING[name]]
        elif name in _CLOSING and len(fields) > _CLOSES_AT:
            own = opened.get(_CLOSING[name], "")
            told = fields[_CLOSES_AT]
            if own != told and own.strip().lstrip("0") == told.strip().lstrip("0"):
                fields[_CLOSES_AT] = own
                lines[number] = mark.join(fields)
    return stop.join(lines)


def _require_whole(reader: Any) -> None:
    for level, code, *_ in reader.pop_errors():
        if level != "seg" and (level, code) not in _NOT_UNIQUE:
            raise _broken(reader.cur_line)


def _broken(number: int) -> InputError:
    return ClaimFileError(
        f"the X12 file is cut off or altered near segment {number}: its envelopes (ISA, GS, ST) "
        "do not close with the counts and numbers that they promise"
    )
