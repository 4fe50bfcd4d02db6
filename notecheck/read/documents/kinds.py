"""Tells what a document is by its content, whatever its name or its sender calls it."""

from __future__ import annotations

import re
from typing import Literal

from notecheck.errors import InputError
from notecheck.read.binary import is_compound_file
from notecheck.read.inflate import GZIP
from notecheck.read.text import as_utf8

Kind = Literal["pdf", "zip", "gzip", "tar", "rtf", "html", "xml", "mail", "ole"]

# A PDF may have a few stray bytes before its header.
_PDF = re.compile(rb"\A.{0,1000}?%PDF-\d", re.DOTALL)
_ZIP = b"PK\x03\x04"
_TAR, _TAR_PLACE = b"ustar", 257
_RTF = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*+\{\\rtf")
_BEFORE = re.compile(rb"\A(?:\xef\xbb\xbf)?(?:\s++|<\?xml[^>]{0,200}\?>|<\?[a-z][^>]{0,500}\?>)*+")
_COMMENT = b"<!--"
_HTML = re.compile(
    rb"<(?:!doctype\s+html|(?:html|head|body|div|p|pre|table|h[1-6]|span|font|b|i|u|s|br|hr|em|"
    rb"strong|center|ul|ol|li|dl|style|meta|title|link|script|a|section|article|main|header|"
    rb"form|del|ins|strike|sup|sub|small|big|tt|code|blockquote|tbody|tr|td|img|label|address)"
    rb"(?=[\s>/])[^<]{0,2000}>)",
    re.IGNORECASE,
)  # fmt: skip
# Behind an XML declaration fewer: other languages have an `a` or a `b` too.
_XHTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|div|p|pre|table|h[1-6]|span)\b", re.I)
_XML_START = re.compile(rb"<(?:!DOCTYPE\b|([A-Za-z_][\w.-]*(?::[\w.-]+)?)(?=[\s/>])[^<>]{0,4000}>)")
_DECLARED = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*<\?xml\b")
_CLOSED = re.compile(rb"</[A-Za-z_]|/>")
_MAIL = re.compile(
    rb"\A(?:\xef\xbb\xbf)?(?:From [^\r\n]{3,200}\r?\n)?(?:[A-Za-z][A-Za-z0-9-]{1,40}:[ \t][^\r\n]*"
    rb"(?:\r?\n[ \t][^\r\n]*)*\r?\n)*?"
    rb"(?:MIME-Version:|Content-Type:[ \t]*[\w.-]+/[\w.+-]+|"
    rb"Content-Transfer-Encoding:|Message-ID:)",
    re.IGNORECASE,
)
# What is sent as a message, a record or a packed text holds a note, but is none.
_MESSAGES = (
    (re.compile(rb"\A\W{0,8}(?:MSH|FHS|BHS)([^\w\s])[^\w\s]{4,5}\1"), "an HL7 v2 message"),
    (re.compile(rb"\A\W{0,8}ISA([^\w\s])\d\d\1"), "a file of X12 transactions"),
    (re.compile(rb"\A(?:\xef\xbb\xbf)?\s*\{\s*\"resourceType\"\s*:"), "a FHIR resource"),
    (re.compile(rb"\A(?:\xef\xbb\xbf)?\s*@prefix\s+\S*:\s*<"), "a FHIR resource in Turtle (RDF)"),
    (re.compile(rb"\A\s*-----BEGIN PGP MESSAGE-----"), "an encrypted text (PGP)"),
    (re.compile(rb"\A\s*(?:[A-Za-z0-9+/]{60,}={0,2}\s+){3}"), "a file in base64"),
)
HEAD_BYTES = 4096
_HEAD_OF_WIDE = 4 * HEAD_BYTES


def document_kind(data: bytes) -> Kind | None:
    """The format of a document that begins with `data`, or None for plain text and the rest.

    `data` is its first HEAD_BYTES, or more, or all of it. "zip" is any ZIP archive, "xml" any
    XML that is not HTML, "mail" an e-mail (MIME), "ole" an old Office file or an
    Outlook message, "gzip" and "tar" what was packed so: the readers look further.
    """
    packed = packed_kind(data)
    if packed:
        return packed
    if is_compound_file(data):
        return "ole"
    try:
        head = as_utf8(data[:_HEAD_OF_WIDE] if len(data) > _HEAD_OF_WIDE else data)
    except InputError:
        head = data
    head = _without_comments(head)[:HEAD_BYTES]
    if _RTF.match(head):
        return "rtf"
    start = _BEFORE.match(head)
    place = start.end() if start else 0
    declared = bool(_DECLARED.match(head))
    if _HTML.match(head, place) and (not declared or _XHTML.match(head, place)):
        return "html"
    opening = _XML_START.match(head, place)
    if declared or (opening and (opening[1] is None or _is_xml(opening, head))):
        return "xml"
    if _MAIL.match(head):
        return "mail"
    if _PDF.match(head):
        return "pdf"
    return None


def packed_kind(data: bytes) -> Literal["zip", "gzip", "tar"] | None:
    """What a packed file that begins with `data` is packed as; what it holds may show through."""
    if data.startswith(_ZIP):
        return "zip"
    if data.startswith(GZIP):
        return "gzip"
    return "tar" if data.startswith(_TAR, _TAR_PLACE) else None


def message_kind(data: bytes) -> str | None:
    """What message `data` is ("an HL7 v2 message"), or None: one that came as a document's file."""
    head = data[:HEAD_BYTES]
    return next((kind for begins, kind in _MESSAGES if begins.match(head)), None)


def _is_xml(opening: re.Match[bytes], head: bytes) -> bool:
    """Whether what a tag opens is markup, and not the placeholder of a template (`<PATIENT>`)."""
    return b"xmlns" in opening[0] or bool(_CLOSED.search(head, opening.start()))


def _without_comments(data: bytes) -> bytes:
    """The beginning without the comments in front of it, however long they are."""
    place = 0
    while found := _BEFORE.match(data[place : place + HEAD_BYTES]):
        place += found.end()
        if not data.startswith(_COMMENT, place):
            break
        end = data.find(b"-->", place)
        if end < 0:
            break
        place = end + 3
    if not place or b"<!--" not in data[:place]:
        return data[: 2 * HEAD_BYTES]
    declared = data[: data.index(b"<!--")]
    return declared + data[place : place + 2 * HEAD_BYTES]
