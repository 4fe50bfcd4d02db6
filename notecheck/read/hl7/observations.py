"""The text of observations (OBX) and notes (NTE, DSP) of an HL7 v2 message."""

from __future__ import annotations

import base64
import binascii
import html
import re
from collections.abc import Iterator

from notecheck.errors import Hl7Error, InputError
from notecheck.models import ReadingRemark
from notecheck.read.binary import binary_kind, picture_kind
from notecheck.read.documents.document_text import DocumentText, joined_text
from notecheck.read.documents.extract import document_text
from notecheck.read.documents.html import is_fragment
from notecheck.read.documents.kinds import document_kind
from notecheck.read.hl7.envelope import Envelope, value_lines
from notecheck.read.remarks import link, picture, remark, unreadable
from notecheck.read.text import require_readable

_TEXT_TYPES = frozenset({"TX", "FT", "ST", "CF", ""})
_CODED_TYPES = frozenset({"CE", "CWE", "CNE", "IS", "ID"})
_DAY_TYPES = frozenset({"DT", "TS", "DTM", "TM"})
_WITHDRAWN = frozenset({"D", "W", "X"})  # OBX-11: deleted, wrong, not obtainable
_NOTES = {"NTE": 3, "DSP": 3}  # the field that holds the text
_ENCODINGS = frozenset({"base64", "hex"})
# A whole value that is nothing but a file in base64; no word of a note is that long.
_BARE_BASE64 = re.compile(r"[A-Za-z0-9+/\s]{100,}={0,2}\s*\Z")
# What a browser puts before a file in base64.
_DATA_URL = re.compile(r"\Adata:[^,]{0,200};base64,", re.IGNORECASE)
_LONG_WORD = re.compile(r"\S{60}")
_ENTITY = re.compile(r"&(?:#\d{2,6}|#x[0-9a-fA-F]{2,5}|nbsp|amp|lt|gt|quot|apos|ndash|mdash);")
_LOCAL_TEXT = re.compile(r"(?:[^\W\d]{2,}\W+){8}")


def has_prose(envelope: Envelope, numbers: list[int]) -> bool:
    """Whether among these segments there is any text or file, and not only measured values."""
    return any(
        _note_field(envelope, number) or (name == "OBX" and _is_prose(envelope, number))
        for number in numbers
        for name in [envelope.segments[number][0]]
    )


def observed_text(envelope: Envelope, numbers: list[int]) -> DocumentText:
    """The observations and notes among these segments as one text, each on lines of its own.

    Where the observations have several names, as when each is a section, a name stands as a
    heading above its text. RTF, HTML and files in base64 or hexadecimal are read as such wherever
    they stand. What cannot be read, such as a picture or a link, is a remark.
    """
    observed = [(n, envelope.segments[n][1]) for n in numbers if _stands(envelope, n)]
    named = len({segment.get(3) for _, segment in observed}) > 1
    parts: list[DocumentText] = []
    lines: list[str] = []
    heading = ""

    def flush() -> None:
        if lines:
            parts.append(_as_document("\n".join(lines)))
            lines.clear()

    for number in numbers:
        name, segment = envelope.segments[number]
        if name in _NOTES:
            lines.extend(_note_lines(envelope, number))
            continue
        if name.startswith("Z") and _LOCAL_TEXT.search(segment.whole()):
            parts.append(_remarked(remark(
                f"segment {name}", "segment", "it holds text in a form of the sender's own",
            )))  # fmt: skip
        if name != "OBX" or not _stands(envelope, number):
            continue
        kind, title = segment.get(2).upper(), segment.get(3, 2)
        if kind == "RP":
            flush()
            parts.append(_remarked(link(f"observation {segment.get(1) or number}")))
        elif kind == "ED" or _encoded(envelope, number):
            flush()
            parts += _file(envelope, number, numbers)
        elif kind in _TEXT_TYPES:
            if named and title and title != heading:
                lines.append(f"{title}:")
                heading = title
            lines.extend(value_lines(envelope, number))
        elif value := _short(envelope, number, kind):
            lines.append(f"{title}: {value}" if title else value)
    flush()
    return joined_text(parts) if parts else DocumentText("")


def _stands(envelope: Envelope, number: int) -> bool:
    name, segment = envelope.segments[number]
    return name == "OBX" and segment.get(11) not in _WITHDRAWN


def _is_prose(envelope: Envelope, number: int) -> bool:
    kind = envelope.segments[number][1].get(2).upper()
    filled = bool(envelope.values.get(number, "").strip())
    return filled and (kind in _TEXT_TYPES or kind in ("ED", "RP"))


def _note_field(envelope: Envelope, number: int) -> str:
    name, segment = envelope.segments[number]
    return segment.raw(_NOTES[name]) if name in _NOTES else ""


def _note_lines(envelope: Envelope, number: int) -> list[str]:
    separators = envelope.header.separators
    raw = _note_field(envelope, number)
    return [separators.unescape(part) for part in raw.split(separators.repetition)]


def _short(envelope: Envelope, number: int, kind: str) -> str:
    """A coded, numeric or dated value in words."""
    separators = envelope.header.separators
    segment = envelope.segments[number][1]
    told = []
    for part in envelope.values.get(number, "").split(separators.repetition):
        values = [segment.component(part, place) for place in range(1, 10)]
        if kind in _CODED_TYPES:
            told.append(next((values[p] for p in (1, 8, 4, 0) if values[p]), ""))
        elif kind == "SN":
            told.append(" ".join(value for value in values[:4] if value))
        elif kind in _DAY_TYPES and re.fullmatch(r"\d{8,}\S*", values[0]):
            told.append(f"{values[0][:4]}-{values[0][4:6]}-{values[0][6:8]}")
        else:
            told.append(" ".join(value for value in values if value))
    unit = segment.get(6, 2) or segment.get(6)
    text = "\n".join(one for one in told if one)
    return f"{text} {unit}" if text and unit and kind in ("NM", "SN") else text


def _as_document(text: str) -> DocumentText:
    """Text of observations, or the RTF, HTML or XML that it turns out to be."""
    if "&lt;" in text[:200].lower() and document_kind(html.unescape(text[:4000]).encode()):
        text = html.unescape(text)
    kind = document_kind(text.encode("utf-8", "replace"))
    try:
        if kind in ("rtf", "html", "xml") or is_fragment(text):
            return document_text(text.encode("utf-8", "replace"), is_html=kind is None)
        if _BARE_BASE64.fullmatch(text) and _LONG_WORD.search(text):
            raw = _decoded("base64", text)
            if document_kind(raw) or _is_text(raw):
                return document_text(raw)
    except InputError as error:
        return _remarked(unreadable("a text of the message", error.message))
    text = html.unescape(text) if _ENTITY.search(text) else text
    try:
        require_readable(text)
    except InputError as error:
        return _remarked(unreadable("a text of the message", error.message))
    return DocumentText(text)


def _is_text(raw: bytes) -> bool:
    try:
        return raw.decode("utf-8").isprintable() or b"\n" in raw
    except UnicodeDecodeError:
        return False


def _encoded(envelope: Envelope, number: int) -> bool:
    """Whether the value is a file by its shape (ED), whatever its type says."""
    parts = envelope.values.get(number, "").split(envelope.header.separators.component)
    return len(parts) > 4 and parts[3].strip().lower() in _ENCODINGS


def _file(envelope: Envelope, number: int, numbers: list[int]) -> Iterator[DocumentText]:
    """The file that an observation (ED) holds, with the pieces in the observations after it."""
    if _continues(envelope, number, numbers):
        return
    place = f"observation {envelope.segments[number][1].get(1) or number}"
    try:
        raw = b"".join(_pieces(envelope, number, numbers))
    except InputError as error:
        yield _remarked(unreadable(place, error.message))
        return
    shown = picture_kind(raw)
    try:
        yield document_text(raw, charset=envelope.header.charset)
    except InputError as error:
        yield _remarked(picture(place) if shown else unreadable(place, error.message))


def _pieces(envelope: Envelope, number: int, numbers: list[int]) -> Iterator[bytes]:
    yield _piece(envelope, number)
    for later in numbers[numbers.index(number) + 1 :]:
        if envelope.segments[later][0] != "OBX" or not _continues(envelope, later, numbers):
            return
        yield _piece(envelope, later)


def _continues(envelope: Envelope, number: int, numbers: list[int]) -> bool:
    """Whether the observation is the next piece of the file that the one before it begins."""
    place = numbers.index(number)
    before = numbers[place - 1] if place else None
    if before is None or not (_encoded(envelope, before) and _encoded(envelope, number)):
        return False
    one, other = envelope.segments[before][1], envelope.segments[number][1]
    if one.get(3) != other.get(3):
        return False
    try:
        first, piece = _piece(envelope, before), _piece(envelope, number)
    except InputError:
        return False
    begins = document_kind(piece) or picture_kind(piece)
    goes_on = document_kind(first) in ("pdf", "zip", "rtf") or bool(binary_kind(first))
    return not begins and (goes_on or _continues(envelope, before, numbers))


def _piece(envelope: Envelope, number: int) -> bytes:
    separators = envelope.header.separators
    encoding, data = "", []
    for repetition in envelope.values.get(number, "").split(separators.repetition):
        parts = repetition.split(separators.component)
        if len(parts) > 4:  # a long file may be cut over repetitions, with what it is or without
            encoding, parts = parts[3].strip().lower(), parts[4:]
        elif not encoding:
            parts = parts[-1:]
        data.append(separators.component.join(parts))
    if encoding not in _ENCODINGS:
        return separators.unescape(separators.repetition.join(data)).encode()
    return _decoded(encoding, separators.unescape("".join(data)))


def _decoded(encoding: str, text: str) -> bytes:
    digits = _DATA_URL.sub("", "".join(text.split()))
    try:
        if encoding == "hex":
            return bytes.fromhex(digits)
        digits = digits.rstrip("=")
        return base64.b64decode(digits + "=" * (-len(digits) % 4), validate=True)
    except (binascii.Error, ValueError):
        name = "hexadecimal" if encoding == "hex" else encoding
        raise Hl7Error(f"the file in an OBX segment (type ED) is not {name}") from None


def _remarked(told: ReadingRemark) -> DocumentText:
    return DocumentText("", remarks=(told,))
