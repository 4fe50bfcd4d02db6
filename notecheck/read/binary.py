"""Tells files that are no plain text from notes, by the bytes they begin with."""

from __future__ import annotations

import codecs

_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_KINDS_BY_FIRST_BYTES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive or an Office file such as .docx"),
    (_COMPOUND, "an old Office file such as .doc"),
    (b"{\\rtf", "a rich text (RTF) file"),
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"\x1f\x8b\x08", "a gzip archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"%!PS", "a PostScript file"),
    (b"\x1b%-12345X", "a print file"),
    (b"\x1bE\x1b", "a print file"),
    (b"\xffWPC", "a WordPerfect file"),
    (b"\x78\x9f\x3e\x22", "an Outlook container (winmail.dat)"),
    (b"OggS", "a sound recording"),
    (b"ID3\x03", "a sound recording"),
    (b"ID3\x04", "a sound recording"),
    (b"PAR1", "a Parquet file"),
    (b"SQLite format 3\x00", "an SQLite database"),
)


_RIFF = {b"WAVE": "a sound recording", b"WEBP": "a WebP image"}


def wide_encoding(data: bytes) -> str | None:
    """The codec of text in characters of two or four bytes, with its byte-order mark or without."""
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return "utf-32"
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    sample = data[:2000]
    first, second = sample[0::2].count(0), sample[1::2].count(0)
    if max(first, second) <= len(sample) * 0.4 or min(first, second) > len(sample) * 0.05:
        return None
    return "utf-16-be" if first > second else "utf-16-le"


def is_compound_file(data: bytes) -> bool:
    """Whether `data` is a compound file (OLE), as old Office and Outlook write them."""
    return data.startswith(_COMPOUND)


def picture_kind(data: bytes) -> str | None:
    """What picture `data` is ("a JPEG image"), or None."""
    kind = binary_kind(data)
    return kind if kind and kind.endswith("image") else None


def binary_kind(data: bytes) -> str | None:
    """What `data` is when it cannot be plain text ("a PDF file"), else None.

    NUL bytes belong to the text of a wide encoding; elsewhere they mean binary content.
    """
    if data.startswith(b"PK\x03\x04") and b"xl/workbook" in data:
        return "an Excel workbook (notecheck audit reads tables)"
    for first_bytes, kind in _KINDS_BY_FIRST_BYTES:
        if data.startswith(first_bytes):
            return kind
    if data.startswith(b"RIFF") and data[8:12] in _RIFF:
        return _RIFF[data[8:12]]
    if b"\x00" not in data or data.startswith(codecs.BOM_UTF8) or wide_encoding(data):
        return None
    return "DICOM images" if data[128:132] == b"DICM" else "binary content"
