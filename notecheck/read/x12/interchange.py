"""An X12 file -> its segments, refused when anything of it is missing."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from notecheck.errors import InputError
from notecheck.read.extra import formats_missing
from notecheck.read.limits import MAX_CLAIM_FILE, megabytes
from notecheck.read.text import decode

_X12 = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*ISA([^\w\s]).{2}\1", re.DOTALL)
# Envelope errors that say "the same number twice", which joined files may have.
_NOT_UNIQUE = frozenset({("isa", "025"), ("gs", "6"), ("st", "23")})
_LAST = "IEA"


def is_x12(head: bytes) -> bool:
    """Whether a file that begins with `head` is an X12 interchange."""
    return bool(_X12.match(head))


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
        raise formats_missing("an X12 file") from None
    if len(data) > MAX_CLAIM_FILE:
        raise InputError(f"the X12 file is larger than {megabytes(MAX_CLAIM_FILE)}: split it")
    if not is_x12(data):
        raise InputError("this is no X12 file: it must begin with an ISA segment")
    text = decode(data).lstrip("\ufeff \t\r\n")
    try:
        reader = X12Reader(io.StringIO(text, newline=""))
    except X12Error:
        raise InputError(
            "the ISA segment of the X12 file is damaged, or of another version than 00401 and 00501"
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


def _require_whole(reader: Any) -> None:
    for level, code, *_ in reader.pop_errors():
        if level != "seg" and (level, code) not in _NOT_UNIQUE:
            raise _broken(reader.cur_line)


def _broken(number: int) -> InputError:
    return InputError(
        f"the X12 file is cut off or altered near segment {number}: its envelopes (ISA, GS, ST) "
        "do not close with the counts and numbers that they promise"
    )
