"""The bytes of a document in any format -> its text."""

from __future__ import annotations

from notecheck.errors import InputError
from notecheck.read.documents.ccda import ccda_text
from notecheck.read.documents.document_text import DocumentText
from notecheck.read.documents.docx import docx_text
from notecheck.read.documents.html import html_text
from notecheck.read.documents.kinds import document_kind
from notecheck.read.documents.pdf import pdf_text
from notecheck.read.documents.rtf import rtf_text
from notecheck.read.limits import MAX_ENCOUNTER_BYTES, megabytes
from notecheck.read.text import decode, require_not_blank, require_readable


def document_text(data: bytes) -> DocumentText:
    """The text of a PDF, Word, RTF, HTML, C-CDA or plain text document, told by its content.

    Offsets refer to the text that comes out. Raises InputError when the document is damaged,
    too large, of another format, or has no text.
    """
    if len(data) > MAX_ENCOUNTER_BYTES:
        raise InputError(f"the document is larger than {megabytes(MAX_ENCOUNTER_BYTES)}")
    found = _extracted(data)
    require_readable(found.text)
    require_not_blank(found.text)
    return found


def _extracted(data: bytes) -> DocumentText:
    match document_kind(data):
        case "pdf":
            return pdf_text(data)
        case "docx":
            return docx_text(data)
        case "rtf":
            return rtf_text(data)
        case "html":
            return html_text(decode(data))
        case "xml":
            return ccda_text(data)
        case None:
            return DocumentText(decode(data))
