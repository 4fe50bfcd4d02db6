"""Word (.docx) -> text: paragraphs and tables, headers before and footers after them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from notecheck.errors import DocumentError, InputError
from notecheck.extras import missing_extra
from notecheck.models import ReadingRemark
from notecheck.read.documents.document_text import DocumentText, ReadsDocument
from notecheck.read.documents.docx_parts import Styles, as_document, part_root, resolve
from notecheck.read.documents.markup import Layout, markup_text, require_few_tags
from notecheck.read.inflate import DAMAGED, inflated
from notecheck.read.limits import MAX_NOTE, megabytes
from notecheck.read.remarks import distinct

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FORMULA = frozenset({"{http://schemas.openxmlformats.org/officeDocument/2006/math}t"})
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
MAIN_PART = "word/document.xml"
# Unpacked sizes; a page of Word is about 10 kB of XML, and pictures are not unpacked further.
_MAX_XML = 40_000_000
_MAX_UNPACKED = 100_000_000
_MAX_PARTS = 2_000
_BEFORE_MARKUP = b" \t\r\n\0\xef\xbb\xbf\xff\xfe"  # blanks and byte order marks


def _tags(*names: str) -> frozenset[str]:
    return frozenset(_W + name for name in names)


_LAYOUT = Layout(
    lines=_tags("tr"),
    cells=_tags("tc"),
    breaks=_tags("p", "br", "cr"),
    tabs=_tags("tab", "ptab"),
    preformatted=_tags("t") | _FORMULA,
    dropped=_tags("del", "moveFrom", "pPr", "rPr", "tblPr", "sectPr", "trPr", "tcPr", "sdtPr")
    | {_FALLBACK},
    shown=_tags("t") | _FORMULA,
)


def docx_text(data: bytes, read: ReadsDocument) -> DocumentText:
    """The text of a Word document as it would read with all tracked changes accepted.

    Footnotes and endnotes stand behind the paragraph that they belong to; what is struck out or
    hidden is left out, and comments are a remark. Word files have no pages until they are printed,
    so none are given. `read` reads the files that it takes in. Raises InputError when the file
    is damaged, or would take too much room unpacked.
    """
    _require_word(data)
    try:
        import docx
    except ImportError:
        raise missing_extra("a Word document", "formats") from None
    remarks: list[ReadingRemark] = []
    try:
        document = docx.Document(io.BytesIO(as_document(data)))
        styles = Styles(part_root(document.part, "styles"))
        parts = []
        for owner, root in _parts(document):
            remarks += resolve(owner, root, styles, read)
            parts.append(markup_text(root, _LAYOUT))
    except Exception:  # python-docx raises whatever it trips over in a damaged file
        raise _damaged() from None
    text = "\n".join(part for part in parts if part.strip())
    if not text.strip():
        raise DocumentError(
            "the Word document has no text, perhaps only a scanned image: "
            "give the text, or run text recognition (OCR) over it first"
        )
    if len(text) > MAX_NOTE:
        raise DocumentError(f"the Word document has more than {megabytes(MAX_NOTE)} of text")
    return DocumentText(text, remarks=distinct(remarks))


def _parts(document: Any) -> Iterator[tuple[Any, Any]]:
    """The headers of each section that has its own, the body, and the footers; each with the part
    that its relationships belong to."""
    headers, footers = [], []
    for section in document.sections:
        headers += [section.first_page_header, section.header, section.even_page_header]
        footers += [section.footer, section.first_page_footer, section.even_page_footer]
    yield from ((h.part, h._element) for h in headers if not h.is_linked_to_previous)
    yield document.part, document.element.body
    yield from ((f.part, f._element) for f in footers if not f.is_linked_to_previous)


def _require_word(data: bytes) -> None:
    """Measures the archive before it is opened as a document."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = 0
            markup: list[bytes] = []
            for _, part in inflated(
                archive, _MAX_UNPACKED, most_parts=_MAX_PARTS, what="the Word document"
            ):
                # Which parts are read as XML is told by the relationships, not by their names.
                if part[:64].strip(_BEFORE_MARKUP).startswith(b"<"):
                    size += len(part)
                    markup.append(part)
                if size > _MAX_XML:
                    raise DocumentError(
                        f"the Word document has more than {megabytes(_MAX_XML)} of XML, so it is "
                        "not opened"
                    )
            require_few_tags(*markup)
            if any(b"<!DOCTYPE" in part for part in markup):
                raise DocumentError(
                    "the Word document declares XML entities, which Word never does: it is not read"
                )
    except DAMAGED:
        raise _damaged() from None


def _damaged() -> InputError:
    return DocumentError("the Word document is damaged or protected: save it again as .docx")
