"""An archive -> the text of the Word or OpenDocument file that it is, or of the one it holds."""

from __future__ import annotations

import io
import zipfile
from typing import Literal

from notecheck.errors import DocumentError
from notecheck.read.documents.document_text import DocumentText, ReadsDocument
from notecheck.read.documents.docx import MAIN_PART, docx_text
from notecheck.read.documents.held import MOST_FILES, WORKBOOK, held_files
from notecheck.read.documents.kinds import document_kind
from notecheck.read.documents.odt import CONTENT, odt_text
from notecheck.read.inflate import DAMAGED


def archive_text(data: bytes, read: ReadsDocument) -> DocumentText:
    """The text of an Office file, or of the one document of an archive such as an XDM package.

    `read` reads what an archive holds. Raises InputError for an archive of no document or of
    several, and as the readers of the formats do.
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
    found = _only("ZIP", data)
    if document_kind(found) == "zip" and held_files(found, "zip"):
        raise DocumentError("this is a ZIP archive within another one: unpack it")
    return read(found)


def tar_text(data: bytes, read: ReadsDocument) -> DocumentText:
    """The text of the one document of a tar archive. Raises InputError as `archive_text` does."""
    found = _only("tar", data)
    if document_kind(found) in ("tar", "gzip"):
        raise DocumentError("this is an archive within another one: unpack it")
    return read(found)


def _only(what: Literal["ZIP", "tar"], data: bytes) -> bytes:
    held = held_files(data, "zip" if what == "ZIP" else "tar")
    if len(held) != 1:
        raise DocumentError(
            f"this is a {what} archive of {len(held)} documents: unpack it, and give them"
        )
    return held[0].data
