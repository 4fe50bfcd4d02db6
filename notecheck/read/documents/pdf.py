"""PDF -> text with its pages; read in a process of its own, which bounds memory and time."""

from __future__ import annotations

import base64
import io
import json
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from notecheck.errors import DocumentError, InputError
from notecheck.extras import missing_extra
from notecheck.models import ReadingRemark
from notecheck.read.documents.document_text import DocumentText
from notecheck.read.documents.pdf_layout import Piece, page_lines
from notecheck.read.documents.recognition import can_recognise, recognised
from notecheck.read.limits import MAX_NOTE, megabytes
from notecheck.read.remarks import distinct, remark, unreadable

_WORKER = Path(__file__).with_name("pdf_worker.py")
_MEMORY = 1_500_000_000  # address space, of which the libraries map a part
_SECONDS = 20
_MAX_PAGES = 500
# The library's sign for a hyphen and the line's end behind it. Whether the hyphen splits a word or
# belongs to one ("above-knee") is seen where words are known.
_LINE_END_HYPHEN = ("\ufffe\r\n", "\x02\r\n", "\ufffe", "\x02")
_MUCH_MORE = 1.5
_FEW_UNMAPPED = 0.05  # of a page's signs: bullets and arrows of a font of pictures

_PROBLEMS = {
    "password": "the PDF needs a password: save it without one",
    "damaged": "the PDF is damaged or cut off: export it again",
    "xfa": "the PDF is a form whose pages are made when it is opened (XFA): print it as a PDF",
    "pages": f"the PDF has more than {_MAX_PAGES} pages: give one note a file",
    "characters": f"the PDF has more than {megabytes(MAX_NOTE)} of text: give one note a file",
}


def pdf_text(data: bytes) -> DocumentText:
    """The text layer of a PDF, page after page, each beginning on a line of its own.

    Raises InputError for a damaged or locked PDF, for one that takes too much memory or time,
    and for one with a page that is only an image, perhaps with the line of a fax on it: such a page
    has to be put through text recognition first, because what stands on it would be missed. Where
    the extra `ocr` is installed that is done here. What was typed onto a page (form fields, free
    text) stands in its line or between the lines, and what is struck out is left out.
    """
    pages, files = _pages(data)
    remarks = list(_recognise(pages)) if can_recognise() else []
    images = [number for number, page in enumerate(pages, start=1) if page["image"]]
    nameless = next((n for n in images if pages[n - 1]["unmapped"] > _FEW_UNMAPPED), None)
    if nameless:
        raise DocumentError(
            f"page {nameless} of the PDF does not say what letters its signs are: "
            "run text recognition (OCR) over it first"
        )
    if images and len(images) == sum(1 for page in pages if page["image"] or _words(page)):
        raise DocumentError(
            "the PDF is a scan without text: run text recognition (OCR) over it first"
        )
    if images:
        raise DocumentError(
            f"page {images[0]} of the PDF is an image without text: "
            "run text recognition (OCR) over it first"
        )
    if any(_words(page) and page["unmapped"] > _FEW_UNMAPPED for page in pages):
        remarks.append(unreadable("font", "it does not say what letters its signs are"))
    if any(page["comments"] for page in pages):
        remarks.append(remark("comment", "comment", "a comment on the page is no part of the note"))
    if files:
        remarks.append(remark("attached files", "object", "files attached to the PDF are not read"))
    text = ""
    starts: list[int] = []
    for page in pages:
        starts.append(len(text))
        text += _words(page) + "\n"
    if not text.strip():
        raise DocumentError("the PDF has no text: its pages are empty")
    return DocumentText(text, tuple(starts), remarks=distinct(remarks))


def _recognise(pages: list[dict[str, Any]]) -> Iterator[ReadingRemark]:
    """Puts the recognised text of scanned pages in the place of what little they have.

    A page of which no more is recognised than a fax or a stamp wrote on it stays a picture, which
    is a remark where other pages have text: the blank back of a sheet, a photograph.
    """
    from PIL import Image

    scanned = [page for page in pages if page["image"]]
    if not scanned:
        return
    pictures = (Image.open(io.BytesIO(base64.b64decode(page["picture"]))) for page in scanned)
    try:
        found = recognised(pictures)
    except InputError:
        return
    ends = (*found.page_starts[1:], len(found.text))
    for page, start, end in zip(scanned, found.page_starts, ends, strict=True):
        text = found.text[start:end]
        if _letters(text) > _MUCH_MORE * _letters(page["text"]):
            page["text"], page["image"], page["unmapped"] = text, False, 0
    if not all(page["image"] for page in scanned):
        yield from found.remarks
    if any(_words(page) for page in pages if not page["image"]):
        for number, page in enumerate(pages, start=1):
            if page["image"]:
                page["image"] = False
                yield remark(f"page {number}", "picture", "text recognition (OCR) found no text")


def _letters(text: str) -> int:
    return sum(1 for character in text if character.isalnum())


def _words(page: dict[str, Any]) -> str:
    text: str = page["text"]
    for mark in _LINE_END_HYPHEN:
        text = text.replace(mark, "-\n")
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").rstrip()


def _pages(data: bytes) -> tuple[list[dict[str, Any]], int]:
    if find_spec("pypdfium2") is None:
        raise missing_extra("a PDF document", "formats")
    limits = (_MEMORY, _SECONDS, _MAX_PAGES, MAX_NOTE, int(can_recognise()))
    try:
        done = subprocess.run(
            [sys.executable, "-P", str(_WORKER), *map(str, limits)],
            input=data,
            capture_output=True,
            timeout=3 * _SECONDS,
            check=False,
        )
        answer = json.loads(done.stdout) if done.returncode == 0 else None
    except (subprocess.TimeoutExpired, ValueError):
        answer = None
    if answer is None:
        raise DocumentError("the PDF takes too much memory or time to read: export it again")
    if "problem" in answer:
        raise DocumentError(_PROBLEMS[answer["problem"]])
    pages: list[dict[str, Any]] = answer["pages"]
    for page in pages:
        lines = page_lines([Piece(*piece) for piece in page.pop("pieces", [])])
        if lines:
            page["text"] = "\n".join(lines)
    return pages, answer["files"]
