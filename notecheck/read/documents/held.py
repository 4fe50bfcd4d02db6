"""The files that an archive or a mailbox holds."""

from __future__ import annotations

import io
import re
import tarfile
import zipfile
from collections.abc import Iterator
from itertools import islice
from pathlib import PurePosixPath
from typing import NamedTuple

from notecheck.errors import DocumentError, TooLargeError
from notecheck.read.documents.docx import MAIN_PART
from notecheck.read.documents.kinds import Kind
from notecheck.read.documents.odt import CONTENT
from notecheck.read.inflate import DAMAGED, inflated
from notecheck.read.limits import MAX_ENCOUNTER_BYTES, megabytes

WORKBOOK = "xl/workbook.xml"
MOST_FILES = 500
# What an exchange on media (IHE XDM) and the makers of archives put beside the documents.
_BESIDE = frozenset({"index.htm", "index.html", "readme.txt", "readme.htm", "metadata.xml"})
_BESIDE_ENDS = (".xsl", ".xslt", ".css", ".js", ".png", ".gif", ".jpg", ".ico")
_MADE_BY_SYSTEMS = ("__macosx/", ".ds_store", "thumbs.db")
_OFFICE = frozenset({MAIN_PART, CONTENT, WORKBOOK, "[Content_Types].xml"})
_MAIL_BEGINS = re.compile(rb"(?:\A|\n\r?\n)From [^\r\n]{3,200}\r?\n(?=[A-Za-z][A-Za-z0-9-]{1,40}:)")
_QUOTED_FROM = re.compile(rb"^>(>*From )", re.MULTILINE)


class HeldFile(NamedTuple):
    """One file within another: its name there, and what it holds."""

    name: str
    data: bytes


def held_files(data: bytes, kind: Kind | None) -> list[HeldFile]:
    """The files of an archive (ZIP, tar) that are documents, and the mails of a mailbox of several.

    None for what is a document itself: an Office file, one mail. Raises InputError for an archive
    that is damaged, holds no document, or would take too much.
    """
    if kind == "mail":
        mails = [HeldFile(f"{n}.eml", one) for n, one in enumerate(_mails(data), start=1)]
        return mails if len(mails) > 1 else []
    held = _zipped(data) if kind == "zip" else _tarred(data) if kind == "tar" else None
    if held is None:
        return []
    if not held:
        raise DocumentError("the archive holds no document: give the document itself")
    return held


def _zipped(data: bytes) -> list[HeldFile] | None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if _OFFICE.intersection(archive.namelist()):
                return None
            parts = inflated(
                archive, MAX_ENCOUNTER_BYTES, most_parts=MOST_FILES, what="the ZIP archive"
            )
            return [HeldFile(name, part) for name, part in parts if _is_document(name)]
    except DAMAGED:
        raise DocumentError(
            "the Word document or ZIP archive is damaged or protected: "
            "save the note as .docx, PDF or text"
        ) from None


def _tarred(data: bytes) -> list[HeldFile]:
    found: list[HeldFile] = []
    left = MAX_ENCOUNTER_BYTES
    try:
        with tarfile.open(fileobj=io.BytesIO(data), mode="r:") as archive:
            for entry in islice(archive, 2 * MOST_FILES):
                stream = archive.extractfile(entry) if entry.isreg() else None
                if not stream or not _is_document(entry.name):
                    continue
                held = HeldFile(entry.name, stream.read(left + 1))
                left -= len(held.data)  # a sparse file is larger than the archive
                if left < 0 or len(found) >= MOST_FILES:
                    raise TooLargeError(
                        f"the tar archive holds more than {megabytes(MAX_ENCOUNTER_BYTES)} or "
                        f"{MOST_FILES} files: give fewer at a time"
                    )
                found.append(held)
    except (tarfile.TarError, ValueError, OSError):
        raise DocumentError("the tar archive is damaged: give its document as a file") from None
    return found


def _is_document(name: str) -> bool:
    lowered = name.lower()
    return not (
        lowered.endswith(("/", *_BESIDE_ENDS, *_MADE_BY_SYSTEMS[1:]))
        or lowered.startswith(_MADE_BY_SYSTEMS[0])
        or PurePosixPath(lowered).name in _BESIDE
    )


def _mails(data: bytes) -> Iterator[bytes]:
    """The mails of a mailbox (mbox), each behind a line that begins with "From "."""
    starts = [found.end() for found in _MAIL_BEGINS.finditer(data)] or [0]
    ends = [found.start() for found in _MAIL_BEGINS.finditer(data)][1:] + [len(data)]
    for start, end in zip(starts, ends, strict=True):
        yield _QUOTED_FROM.sub(rb"\1", data[start:end])
