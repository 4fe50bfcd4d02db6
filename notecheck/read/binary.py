"""Tells files that are no plain text from notes, by the bytes they begin with."""

from __future__ import annotations

import codecs

_UTF32_MARKS = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)

_KINDS_BY_FIRST_BYTES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive or an Office file such as .docx"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file such as .doc"),
    (b"{\\rtf", "a rich text (RTF) file"),
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"\x1f\x8b\x08", "a gzip archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"PAR1", "a Parquet file"),
    (b"SQLite format 3\x00", "an SQLite database"),
)


def binary_kind(data: bytes) -> str | None:
    """What `data` is when it cannot be plain text ("a PDF file"), else None.

    A byte-order mark of UTF-8 or UTF-16 says that NUL bytes belong to the text; without one,
    a NUL byte means binary content.
    """
    if data.startswith(_UTF32_MARKS):
        return "UTF-32 text"
    if data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return None
    if data.startswith(b"PK\x03\x04") and b"xl/workbook" in data:
        return "an Excel workbook (notecheck audit reads tables)"
    for first_bytes, kind in _KINDS_BY_FIRST_BYTES:
        if data.startswith(first_bytes):
            return kind
    if b"\x00" not in data:
        return None
    if _every_other_byte_is_nul(data):
        return "UTF-16 text without its byte-order mark"
    return "binary content"


def _every_other_byte_is_nul(data: bytes) -> bool:
    sample = data[:2000]
    zeros = max(sample[0::2].count(0), sample[1::2].count(0))
    return zeros > len(sample) * 0.4
