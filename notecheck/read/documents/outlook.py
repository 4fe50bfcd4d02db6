"""An Outlook message (.msg) -> the text of its documents: its own text and what is attached."""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import count
from typing import TYPE_CHECKING

from notecheck.errors import DocumentError, InputError, TooLargeError
from notecheck.extras import missing_extra
from notecheck.read.binary import binary_kind, is_compound_file
from notecheck.read.coded import Concept, known_type
from notecheck.read.documents.document_text import DocumentText, ReadsDocument, joined_text
from notecheck.read.limits import MAX_ENCOUNTER_BYTES, megabytes
from notecheck.read.remarks import picture, unreadable

if TYPE_CHECKING:
    from olefile import OleFileIO

# The properties of a message, by Microsoft's MS-OXPROPS: the tag, and the type behind it.
_SUBJECT, _BODY, _HTML, _RTF = "0037", "1000", "1013", "1009"
_ATTACHED, _FILE_NAME, _CONTENT_ID = "3701", "3707", "3712"
_WIDE, _NARROW, _BINARY, _MESSAGE = "001F", "001E", "0102", "000D"
_ATTACHMENT = "__attach_version1.0_"
_CUT = "the file is damaged or cut off, so that parts of it may be missing"
_DEPTH = 5
_MOST_ATTACHMENTS = 200


def is_message(data: bytes) -> bool:
    """Whether a compound file is an Outlook message; those of Word and Excel are not."""
    return is_compound_file(data) and "__properties_version1.0".encode("utf-16-le") in data


def outlook_text(data: bytes, read: ReadsDocument) -> DocumentText:
    """The message's own text and the documents attached to it, as one text.

    `read` reads its parts; one that cannot be read is a remark, and the small pictures that a
    signature shows are none. Raises InputError where nothing can be read.
    """
    try:
        from olefile import OleFileIO
    except ImportError:
        raise missing_extra("an Outlook message (.msg)", "formats") from None
    try:
        with OleFileIO(io.BytesIO(data)) as message:
            parts = list(_parts(message, (), 0, count(1), read))
            subject = _text(message, (), _SUBJECT) or ""
            if message.parsing_issues:
                parts.append(DocumentText("", remarks=(unreadable("e-mail", _CUT),)))
    except InputError:
        raise
    except Exception:  # olefile raises whatever it trips over in a damaged file
        raise DocumentError("the Outlook message is damaged: save it again, or as .eml") from None
    found = joined_text(parts) if parts else DocumentText("")
    if not found.text.strip():
        why = found.remarks[0].why if found.remarks else "it is empty"
        raise DocumentError(f"the Outlook message has no text that can be read: {why}")
    return found.known_as(known_type([Concept(titles=(subject,))]))


def _parts(
    message: OleFileIO,
    place: tuple[str, ...],
    depth: int,
    numbers: Iterator[int],
    read: ReadsDocument,
) -> Iterator[DocumentText]:
    """The texts of a message's parts; `numbers` counts what is attached, within it too."""
    if depth > _DEPTH:
        yield DocumentText("", remarks=(unreadable("e-mail", "it is nested too deeply"),))
        return
    yield from _own_text(message, place, read)
    for folder in _attachments(message, place):
        if message.exists([*folder, f"__substg1.0_{_ATTACHED}{_MESSAGE}"]):
            inner = (*folder, f"__substg1.0_{_ATTACHED}{_MESSAGE}")
            yield from _parts(message, inner, depth + 1, numbers, read)
        else:
            yield _attached(message, folder, f"e-mail attachment {next(numbers)}", read)


def _own_text(
    message: OleFileIO, place: tuple[str, ...], read: ReadsDocument
) -> Iterator[DocumentText]:
    """Plain and as HTML, which say the same or one of them little; else as compressed RTF."""
    told = _text(message, place, _BODY)
    forms = [DocumentText(told)] if told and told.strip() else []
    html = _bytes(message, place, _HTML + _BINARY)
    packed = _bytes(message, place, _RTF + _BINARY)
    try:
        if html and html.strip():
            forms.append(read(html, is_html=True))
        elif packed and not forms:
            forms.append(read(_unpacked(packed)))
    except InputError as error:
        if not forms:
            yield DocumentText("", remarks=(unreadable("e-mail", error.message),))
    if forms:
        yield joined_text(forms, least=0)


def _unpacked(packed: bytes) -> bytes:
    from compressed_rtf import decompress

    if int.from_bytes(packed[4:8], "little") > MAX_ENCOUNTER_BYTES:
        raise TooLargeError(f"its RTF is larger than {megabytes(MAX_ENCOUNTER_BYTES)}")
    try:
        return bytes(decompress(packed))
    except Exception:  # the library raises whatever it trips over
        raise DocumentError("its RTF is damaged") from None


def _attached(
    message: OleFileIO, folder: tuple[str, ...], name: str, read: ReadsDocument
) -> DocumentText:
    data = _bytes(message, folder, _ATTACHED + _BINARY)
    if not data or not data.strip():
        return DocumentText("")
    shown = binary_kind(data)
    try:
        return read(data)
    except InputError as error:
        if shown and shown.endswith("image"):
            is_decoration = _text(message, folder, _CONTENT_ID)
            told = () if is_decoration else (picture(name),)
            return DocumentText("", remarks=told)
        return DocumentText("", remarks=(unreadable(name, error.message),))


def _attachments(message: OleFileIO, place: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The folders of what is attached to the message at `place`, in order."""
    found = {
        tuple(path[: len(place) + 1])
        for path in message.listdir(streams=True, storages=True)
        if tuple(path[: len(place)]) == place
        and len(path) > len(place)
        and path[len(place)].startswith(_ATTACHMENT)
    }
    return sorted(found)[:_MOST_ATTACHMENTS]


def _text(message: OleFileIO, place: tuple[str, ...], tag: str) -> str | None:
    wide = _bytes(message, place, tag + _WIDE)
    if wide is not None:
        return wide.decode("utf-16-le", "replace").rstrip("\0")
    narrow = _bytes(message, place, tag + _NARROW)
    return narrow.decode("cp1252", "replace").rstrip("\0") if narrow is not None else None


def _bytes(message: OleFileIO, place: tuple[str, ...], name: str) -> bytes | None:
    path = [*place, f"__substg1.0_{name}"]
    if not message.exists(path):
        return None
    with message.openstream(path) as stream:
        return bytes(stream.read())
