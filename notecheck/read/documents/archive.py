"""An archive -> the text of the Word or OpenDocument file that it is, or of the one it holds."""

from __future__ import annotations

import io
import tarfile
import zipfile
from itertools import islice
from pathlib import PurePosixPath

from notecheck.errors import DocumentError, InputError
from notecheck.read.documents.document_text import DocumentText, ReadsDocument
from notecheck.read.documents.docx import MAIN_PART, docx_text
from notecheck.read.documents.kinds import document_kind
from notecheck.read.documents.odt import CONTENT, odt_text
from notecheck.read.inflate import DAMAGED, inflated
from notecheck.read.limits import MAX_ENCOUNTER_BYTES

_MOST_FILES = 500
_WORKBOOK = "xl/workbook.xml"
# What an exchange on media (IHE XDM) and the makers of archives put beside the documents.
_BESIDE = frozenset({"index.htm", "index.html", "readme.txt", "readme.htm", "metadata.xml"})
_BESIDE_ENDS = (".xsl", ".xslt", ".css", ".js", ".png", ".gif", ".jpg", ".ico")
_MADE_BY_SYSTEMS = ("__macosx/", ".ds_store", "thumbs.db")


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
            if _WORKBOOK in names:
                raise DocumentError(
                    "this is an Excel workbook: `notecheck audit FILE --out DIR` reads tables"
                )
            if "[Content_Types].xml" in names or len(names) > _MOST_FILES:
                raise DocumentError(
                    "this is an Office file that is no Word document: "
                    "save the note as .docx, PDF or text"
                )
            held = [name for name in names if _is_document(name)]
            if len(held) != 1:
                raise _several("ZIP", len(held))
            parts = inflated(
                archive, MAX_ENCOUNTER_BYTES, most_parts=_MOST_FILES, what="the ZIP archive"
            )
            found = next(part for name, part in parts if name == held[0])
    except DAMAGED:
        raise DocumentError(
            "the Word document or ZIP archive is damaged or protected: "
            "save the note as .docx, PDF or text"
        ) from None
    if zipfile.is_zipfile(io.BytesIO(found)) and not _is_office(found):
        raise DocumentError("this is a ZIP archive within another one: unpack it")
    return read(found)


def tar_text(data: bytes, read: ReadsDocument) -> DocumentText:
    """The text of the one document of a tar archive. Raises InputError as `archive_text` does."""
    try:
        with tarfile.open(fileobj=io.BytesIO(data), mode="r:") as archive:
            held = [
                entry
                for entry in islice(archive, _MOST_FILES + 1)
                if entry.isreg() and _is_document(entry.name)
            ]
            if len(held) != 1:
                raise _several("tar", len(held))
            stream = archive.extractfile(held[0])
            found = stream.read() if stream else b""
    except (tarfile.TarError, ValueError, OSError):
        raise DocumentError("the tar archive is damaged: give its document as a file") from None
    if document_kind(found) in ("tar", "gzip"):
        raise DocumentError("this is an archive within another one: unpack it")
    return read(found)


def _several(what: str, count: int) -> InputError:
    return DocumentError(f"this is a {what} archive of {count} documents: unpack it, and give them")


def _is_document(name: str) -> bool:
    lowered = name.lower()
    return not (
        lowered.endswith(("/", *_BESIDE_ENDS, *_MADE_BY_SYSTEMS[1:]))
        or lowered.startswith(_MADE_BY_SYSTEMS[0])
        or PurePosixPath(lowered).name in _BESIDE
    )


def _is_office(data: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return bool({MAIN_PART, CONTENT}.intersection(archive.namelist()))
