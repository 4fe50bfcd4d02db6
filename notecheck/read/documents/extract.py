"""The bytes of a document in any format -> its text."""

from __future__ import annotations

from notecheck.errors import DocumentError, TooLargeError
from notecheck.read.binary import picture_kind
from notecheck.read.documents.archive import archive_text, tar_text
from notecheck.read.documents.ccda import ccda_text
from notecheck.read.documents.document_text import DocumentText
from notecheck.read.documents.docx import docx_text
from notecheck.read.documents.html import html_text, page_text
from notecheck.read.documents.kinds import document_kind, message_kind
from notecheck.read.documents.mail import mail_text
from notecheck.read.documents.odt import flat_odt_text, is_flat_odt
from notecheck.read.documents.outlook import is_message, outlook_text
from notecheck.read.documents.pdf import pdf_text
from notecheck.read.documents.recognition import can_recognise, picture_text
from notecheck.read.documents.rtf import rtf_text
from notecheck.read.documents.word97 import word97_text
from notecheck.read.documents.word_xml import is_word_xml, word_archive
from notecheck.read.inflate import gunzipped
from notecheck.read.limits import MAX_ENCOUNTER_BYTES, megabytes
from notecheck.read.text import decode, require_not_blank, require_readable


def document_text(
    data: bytes, *, charset: str | None = None, is_html: bool = False
) -> DocumentText:
    """The text of a PDF, Word, OpenDocument, RTF, HTML, C-CDA, e-mail, Outlook message or plain
    text, told by its content, also packed (gzip) and as the documents of an archive (ZIP, tar).

    `charset` is what the sender calls the character set of a text, and `is_html` that it calls a
    text HTML. A scan is recognised where the extra `ocr` is installed. Offsets refer to the text
    that comes out. Raises InputError when the document is damaged, too large, of another format,
    or has no text.
    """
    if len(data) > MAX_ENCOUNTER_BYTES:
        raise TooLargeError(f"the document is larger than {megabytes(MAX_ENCOUNTER_BYTES)}")
    found = _extracted(data, charset, is_html)
    require_readable(found.text)
    require_not_blank(found.text)
    return found


def _extracted(data: bytes, charset: str | None, is_html: bool) -> DocumentText:
    match document_kind(data):
        case "pdf":
            return pdf_text(data)
        case "zip":
            return archive_text(data, document_text)
        case "gzip":
            inner = gunzipped(data, MAX_ENCOUNTER_BYTES)
            return _extracted(inner, charset, is_html)
        case "tar":
            return tar_text(data, document_text)
        case "rtf":
            return rtf_text(data)
        case "html":
            return page_text(data, charset)
        case "xml" if is_word_xml(data):
            return docx_text(word_archive(data), document_text)
        case "xml" if is_flat_odt(data):
            return flat_odt_text(data)
        case "xml":
            return ccda_text(data, document_text)
        case "mail":
            return mail_text(data, document_text)
        case "ole":
            if is_message(data):
                return outlook_text(data, document_text)
            return word97_text(data)
        case None if is_html:
            return html_text(decode(data, charset))
        case None if picture_kind(data) and can_recognise():
            return picture_text(data)
        case _:
            message = message_kind(data)
            if message:
                raise DocumentError(f"this is {message}, not a document: give it by itself")
            return DocumentText(decode(data, charset))
