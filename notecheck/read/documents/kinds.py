"""Tells what a document is by its content, whatever its name or its sender calls it."""

from __future__ import annotations

import re
from typing import Literal

Kind = Literal["pdf", "docx", "rtf", "html", "xml"]

# A PDF may have a few stray bytes before its header.
_PDF = re.compile(rb"\A.{0,1000}?%PDF-\d", re.DOTALL)
_ZIP = b"PK\x03\x04"
_RTF = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*+\{\\rtf")
_SPACE_OR_COMMENT = rb"(?:\xef\xbb\xbf)?(?:\s++|<!--.{0,2000}?-->)*+"
_XML_DECLARATION = rb"(?:<\?xml[^>]{0,200}\?>)?"
_HTML = re.compile(
    rb"\A" + _SPACE_OR_COMMENT + _XML_DECLARATION + _SPACE_OR_COMMENT +
    rb"<(?:!doctype\s+html|html|head|body|div|p|pre|table|h[1-6]|span)\b[^<]{0,2000}>",
    re.IGNORECASE | re.DOTALL,
)  # fmt: skip
_XML = re.compile(
    rb"\A" + _SPACE_OR_COMMENT + rb"(?:<\?xml\b|<!DOCTYPE\b|<(?:\w+:)?ClinicalDocument\b)"
)
HEAD_BYTES = 4096


def document_kind(head: bytes) -> Kind | None:
    """The format of a document that begins with `head`, or None for plain text and the rest.

    `head` is its first HEAD_BYTES, or all of it. "docx" is any ZIP archive, "xml" any XML that is
    not HTML: the readers look further.
    """
    head = head[:HEAD_BYTES]
    if head.startswith(_ZIP):
        return "docx"
    if _RTF.match(head):
        return "rtf"
    if _HTML.match(head):
        return "html"
    if _XML.match(head):
        return "xml"
    if _PDF.match(head):
        return "pdf"
    return None
