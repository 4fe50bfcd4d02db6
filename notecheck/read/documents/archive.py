"""An archive -> the text of the Word or OpenDocument file that it is, or of those it holds."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

from notecheck.errors import DocumentError, InputError
from notecheck.read.documents.document_text import DocumentText, ReadsDocument, joined_text
from notecheck.read.documents.docx import MAIN_PART, docx_text
from notecheck.read.documents.held import MOST_FILES, WORKBOOK, HeldFile, held_files
from notecheck.read.documents.kinds import packed_kind
from notecheck.read.documents.odt import CONTENT, odt_text
from notecheck.read.inflate import DAMAGED
from notecheck.read.one_note import tells_two
from notecheck.read.remarks import unreadable

_MOST_JOINED = 20  # documents of an archive that are one text: an archive in a mail


def archive_text(data: bytes, read: ReadsDocument) -> DocumentText:
    """The text of an Office file, or of the documents of an archive such as an XDM package.

    `read` reads what an archive holds. Raises InputError for an archive of no document, of two
    patients or operations, or of many, and as the readers of the formats do.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            if MAIN_PART in names:
                return docx_text(data, read)
            if CONTENT in names and "mimetype" in names:
                return odt_text(data)
            if WORKBOOK in names:
                raise DocumentError(
                    "this is an Excel workbook: `notecheck audit FILE --out DIR` reads tables"
                )
            if "[Content_Types].xml" in names or len(names) > MOST_FILES:
                raise DocumentError(
                    "this is an Office file that is no Word document: "
                    "save the note as .docx, PDF or text"
                )
    except DAMAGED:
        raise DocumentError(
            "the Word document or ZIP archive is damaged or protected: "
            "save the note as .docx, PDF or text"
        ) from None
    return _joined(held_files(data, "zip"), read)


def tar_text(data: bytes, read: ReadsDocument) -> DocumentText:
    """The text of the documents of a tar archive. Raises InputError as `archive_text` does."""
    return _joined(held_files(data, "tar"), read)


def _joined(held: Sequence[HeldFile], read: ReadsDocument) -> DocumentText:
    """The documents one after the other; of several, one that cannot be read is a remark."""
    if len(held) > _MOST_JOINED:
        raise DocumentError(f"this is an archive of {len(held)} documents: unpack it")
    parts: list[DocumentText] = []
    for number, file in enumerate(held, start=1):
        try:
            kind = packed_kind(file.data)
            if kind and (kind == "gzip" or held_files(file.data, kind)):
                raise DocumentError("this is an archive within another one: unpack it")
            parts.append(read(file.data))
        except InputError as error:
            if len(held) == 1:
                raise
            told = unreadable(f"document {number} of an archive", error.message)
            parts.append(DocumentText("", remarks=(told,)))
    found = joined_text(parts)
    if not found.text.strip():
        raise DocumentError(f"nothing in the archive can be read: {found.remarks[0].why}")
    if len(held) > 1 and tells_two(found.text):
        raise DocumentError("this archive holds the documents of several operations: unpack it")
    return found
