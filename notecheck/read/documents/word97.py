"""Word 97 to 2003 (.doc) -> text, as it would read with all tracked changes accepted."""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Iterator
from typing import NamedTuple

from notecheck.errors import DocumentError, InputError
from notecheck.extras import missing_extra
from notecheck.models import ReadingRemark
from notecheck.read.documents.document_text import DocumentText
from notecheck.read.documents.word97_pieces import characters, span
from notecheck.read.remarks import distinct, picture, remark

_MAIN = "WordDocument"
_MAGIC, _WORD_97 = 0xA5EC, 0x00C1  # wIdent, and the least nFib
_ENCRYPTED, _TABLE_1 = 0x0100, 0x0200
_LENGTHS = 0x004C  # ccpText and those of the parts behind it
_HEADERS = 0x00F2  # fcPlcfHdd
_STORIES_OF_NOTES = 6  # the first stories of the headers are the lines above notes
_IS_HEADER = (0, 1, 4)  # of a section's six: for even, odd and first pages; the others are footers
_SIGNS = str.maketrans({
    "\r": "\n", "\v": "\n", "\f": "\n", "\x0e": "\n", "\x1e": "-", "\x1f": "", "\x02": "",
    "\x03": "", "\x04": "", "\x05": "", "\x01": "", "\x08": "", "\x00": "",
})  # fmt: skip
_PICTURES = ("\x01", "\x08")
# A row ends with a mark more than its cells have.
_ROW_END = re.compile("\x07\x07")
_FIELD, _RESULT, _FIELD_END = "\x13", "\x14", "\x15"


class _Parts(NamedTuple):
    """The file's texts one after the other, as its header counts them."""

    body: str
    footnotes: str
    headers: str
    macros: str
    comments: str
    endnotes: str
    boxes: str
    header_boxes: str


def word97_text(data: bytes) -> DocumentText:
    """The text of a .doc: headers, body, notes, text boxes, footers.

    What is struck out, deleted or hidden by its own properties is left out (what a style hides is
    not known); comments and pictures are a remark. Raises InputError for another kind of old Office
    file, for one that is older or protected, and for a damaged one.
    """
    main, table = _streams(data)
    remarks: list[ReadingRemark] = []
    try:
        counts = struct.unpack_from("<8I", main, _LENGTHS)
        found = characters(main, table)
        places = [sum(counts[:n]) for n in range(len(counts) + 1)]
        parts = _Parts(*("".join(found[a:b]) for a, b in zip(places, places[1:], strict=False)))
        headers, footers = _letterhead(main, table, found[places[2] : places[3]])
    except (struct.error, ValueError, IndexError):
        raise _damaged() from None
    shown = [*headers, parts.header_boxes, parts.body, parts.footnotes, parts.endnotes,
             parts.boxes, *footers]  # fmt: skip
    if any(sign in parts.body for sign in _PICTURES):
        remarks.append(picture("picture"))
    if parts.comments.strip():
        remarks.append(remark("comment", "comment", "a comment is no part of the note"))
    text = "\n".join(told for part in shown if (told := _plain(part)).strip())
    if not text.strip():
        raise DocumentError(
            "the Word document has no text, perhaps only a scanned image: "
            "give the text, or run text recognition (OCR) over it first"
        )
    return DocumentText(text, remarks=distinct(remarks))


def _streams(data: bytes) -> tuple[bytes, bytes]:
    """WordDocument and the table stream that it names."""
    try:
        from olefile import OleFileIO
    except ImportError:
        raise missing_extra("a Word 97-2003 document (.doc)", "formats") from None
    try:
        with OleFileIO(io.BytesIO(data)) as file:
            if not file.exists(_MAIN):
                raise DocumentError(
                    "this is an old Office file that is no Word document: "
                    "save the note as .docx, PDF or text"
                )
            main = bytes(file.openstream(_MAIN).read())
            flags = _flags(main)
            table = bytes(file.openstream("1Table" if flags & _TABLE_1 else "0Table").read())
    except InputError:
        raise
    except Exception:  # olefile raises whatever it trips over in a damaged file
        raise _damaged() from None
    return main, table


def _flags(main: bytes) -> int:
    magic, version = struct.unpack_from("<HH", main)
    (flags,) = struct.unpack_from("<H", main, 10)
    if magic != _MAGIC or version < _WORD_97:
        raise DocumentError(
            "this Word document is older than Word 97, which is not read: "
            "save the note as .docx, PDF or text"
        )
    if flags & _ENCRYPTED:
        raise DocumentError("the Word document needs a password: save it without one")
    return int(flags)


def _letterhead(main: bytes, table: bytes, part: list[str]) -> tuple[list[str], list[str]]:
    """The headers and the footers of all sections."""
    where = span(main, _HEADERS)
    count = where.length // 4
    ends = struct.unpack_from(f"<{count}I", table, where.start) if count else ()
    headers: list[str] = []
    footers: list[str] = []
    for number, (start, end) in enumerate(zip(ends, ends[1:], strict=False)):
        if number < _STORIES_OF_NOTES:
            continue
        is_header = (number - _STORIES_OF_NOTES) % 6 in _IS_HEADER
        (headers if is_header else footers).append("".join(part[start:end]))
    return list(dict.fromkeys(headers)), list(dict.fromkeys(footers))


def _plain(part: str) -> str:
    """The text of a part: of fields their result, of tables their rows."""
    part = (
        _ROW_END.sub("\n", "".join(_outside_instructions(part)))
        .replace("\x07", "\t")
        .translate(_SIGNS)
    )
    return "\n".join(line.rstrip() for line in part.rstrip().split("\n"))


def _outside_instructions(part: str) -> Iterator[str]:
    """The characters that show: fields may stand in fields."""
    in_result: list[bool] = []
    hidden = 0
    for character in part:
        if character == _FIELD:
            in_result.append(False)
            hidden += 1
        elif character == _RESULT and in_result and not in_result[-1]:
            in_result[-1] = True
            hidden -= 1
        elif character == _FIELD_END and in_result:
            hidden -= not in_result.pop()
        elif not hidden and character not in (_RESULT, _FIELD_END):
            yield character


def _damaged() -> InputError:
    return DocumentError("the Word document is damaged or cut off: save it again as .docx")
