"""The bytes of a note -> its text, exactly.

Nothing is stripped or normalised: newlines, tabs and stray control characters stay where they
are, so that offsets into the text hold for what the user gave.
"""

from __future__ import annotations

import codecs
import contextlib

from notecheck.errors import EmptyError, NotANoteError, TooLargeError
from notecheck.read.binary import binary_kind, wide_encoding
from notecheck.read.limits import MAX_NOTE, megabytes

# C0 and C1 controls that no text layout uses (tab, newlines, form feed, NEL are layout).
_CONTROL = bytes([*range(9), *range(0x0E, 0x20), *range(0x7F, 0x85), *range(0x86, 0xA0)])
# A few are line noise of an interface; more than this share of the text is no note.
_MAX_CONTROL_SHARE = 0.02
_FEW_CONTROLS = 8
# Who names the ISO set often sends its Windows form, which has dashes and quotes in the place of
# controls that no text uses.
_IN_WINDOWS = {"iso8859-1": "cp1252", "iso8859-9": "cp1254"}


def decode(data: bytes, charset: str | None = None) -> str:
    """The text of `data`, its byte-order mark dropped and everything else kept.

    A mark of UTF-8, UTF-16 or UTF-32 decides the encoding, and so does text that can only be
    UTF-16; else it is UTF-8 where it can be, then `charset` (what the sender calls it, or its
    Windows form) where Python knows that, then Windows-1252.
    Raises InputError for binary content and for bytes that fit no such encoding.
    """
    wide = wide_encoding(data)
    if wide:
        return _decode_as(data, wide, wide.upper()[:6]).removeprefix("\ufeff")
    data = data.rstrip(b"\0")  # what fills the last block of a file
    kind = binary_kind(data)
    if kind:
        packed = kind.endswith("archive")
        advice = "unpack it, and give what it holds" if packed else "save the note as UTF-8 text"
        raise NotANoteError(f"this is {kind}, not plain text: {advice}")
    if data.startswith(codecs.BOM_UTF8):
        return _decode_as(data, "utf-8-sig", "UTF-8")
    told = _text_codec(charset)
    if told and b"\x1b" in data and told.startswith("iso2022"):  # escapes would pass as UTF-8
        return _decode_as(data, told, told)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        for codec in (_IN_WINDOWS.get(told, told), told) if told else ():
            with contextlib.suppress(UnicodeDecodeError):
                return data.decode(codec)
        return _decode_as(data, "cp1252", "UTF-8 or Windows-1252")


def as_utf8(data: bytes) -> bytes:
    """`data` itself, or, where it is text in UTF-16 or UTF-32, the same in UTF-8 with a mark.

    So the beginning of any text shows what it is. Raises InputError for broken UTF-16.
    """
    return codecs.BOM_UTF8 + decode(data).encode("utf-8") if wide_encoding(data) else data


def require_readable(text: str) -> None:
    """Raises InputError when `text` is too large or has too many control characters."""
    if len(text) > MAX_NOTE:
        raise TooLargeError(f"the text is larger than {megabytes(MAX_NOTE)}: give one note a file")
    signs = text.encode("latin-1", "replace")  # one byte for each sign, each control among them
    controls = len(signs) - len(signs.translate(None, _CONTROL))
    if controls > _FEW_CONTROLS and controls > len(text) * _MAX_CONTROL_SHARE:
        raise NotANoteError(
            f"the text has {controls} control characters, so it is binary or damaged: "
            "save the note as UTF-8 text"
        )


def require_not_blank(text: str) -> None:
    """Raises InputError when `text` is empty or only whitespace."""
    if not text.strip():
        raise EmptyError("the note is empty: give the text of an operative note")


def shown_id(value: str) -> str:
    """An id from outside as a message can show it: short, and without control characters."""
    return "".join(filter(str.isprintable, value))[:40] or "none"


def _text_codec(charset: str | None) -> str | None:
    """Python's name of a character set, where it knows one that makes text."""
    try:
        found = codecs.lookup(charset) if charset else None
    except (LookupError, ValueError):
        return None
    return found.name if found and found._is_text_encoding else None


def _decode_as(data: bytes, codec: str, encoding: str) -> str:
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        position = len(data) - len(error.object) + error.start  # a codec may leave the mark out
        raise NotANoteError(
            f"the byte at position {position} is not {encoding} text: save the file as UTF-8 text"
        ) from None
