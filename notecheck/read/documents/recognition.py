"""Pictures of pages -> their text, by the recognition (OCR) that the extra `ocr` brings."""

from __future__ import annotations

import csv
import io
import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Sequence
from importlib.util import find_spec
from typing import Any

from notecheck.errors import DocumentError
from notecheck.read.documents.document_text import DocumentText
from notecheck.read.remarks import remark

_MOST_OF_PAGE = 60_000_000
_MOST_PIXELS = 300_000_000  # of all pages: sixty of a fax have 220 million
_MOST_PAGES = 60
_SECONDS = 60
_PROGRAM = "tesseract"
_DOUBTFUL = 70  # per cent: a page so unsure may lie on its side or head
_ILLEGIBLE = 50  # per cent: letters of a page that lies so, or of handwriting, come to 30 to 45
_TURN = re.compile(r"^Rotate: (90|180|270)$", re.MULTILINE)


def can_recognise() -> bool:
    """Whether the extra `ocr` and the program that recognises (tesseract) are there."""
    return bool(find_spec("PIL") and shutil.which(_PROGRAM))


def picture_text(data: bytes) -> DocumentText:
    """The text of a picture, or of a TIFF of several pages. Raises InputError without any."""
    from PIL import Image, ImageSequence, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(data)) as picture:
            pages = []
            pixels = 0
            for number, frame in enumerate(ImageSequence.Iterator(picture)):
                if number == _MOST_PAGES:
                    raise DocumentError(f"the picture has more than {_MOST_PAGES} pages")
                size = frame.width * frame.height  # nothing of the page is unpacked yet
                pixels += size
                if size > _MOST_OF_PAGE or pixels > _MOST_PIXELS:
                    raise DocumentError(
                        f"a page of the picture has more than {_MOST_OF_PAGE // 1_000_000} million "
                        f"points, or all have more than {_MOST_PIXELS // 1_000_000} million"
                    )
                pages.append(frame.convert("L"))
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        raise DocumentError("the picture is damaged or cut off") from None
    found = recognised(pages)
    if not found.text.strip():
        raise DocumentError("text recognition (OCR) found no text on the picture")
    return found


def recognised(pages: Iterable[Any]) -> DocumentText:
    """The text of pictures (PIL), one a page, with a remark on how sure the recognition is.

    Words come with their boxes, so that those of one line stand on one line. A page that was put
    in on its side or head is turned. Raises InputError where the words cannot be trusted, or it
    takes too long.
    """
    text, starts, sure = "", [], []
    for page in pages:
        starts.append(len(text))
        lines, confidences = _upright_words(page)
        text += "\n".join(lines) + "\n"
        sure += confidences
    if not sure:
        return DocumentText("", tuple(starts))
    mean = _mean(sure)
    if mean < _ILLEGIBLE:
        raise DocumentError(
            f"text recognition (OCR) is only {mean:.0f} % sure of the words on the scanned pages: "
            "scan them again, or give the note as text"
        )
    told = remark(
        "scanned pages", "recognised",
        f"their text comes from recognition (OCR), which is {mean:.0f} % sure of its words: "
        "compare what decides with the page",
    )  # fmt: skip
    return DocumentText(text, tuple(starts), remarks=(told,))


def _upright_words(page: Any) -> tuple[list[str], list[float]]:
    found = _words(page)
    if _mean(found[1]) < _DOUBTFUL and (turn := _turn(page)):
        found = max(found, _words(page.rotate(-turn, expand=True)), key=lambda one: _mean(one[1]))
    return found


def _mean(confidences: Sequence[float]) -> float:
    return sum(confidences) / len(confidences) if confidences else 0.0


def _words(page: Any) -> tuple[list[str], list[float]]:
    lines: dict[tuple[str, ...], list[str]] = {}
    confidences = []
    for row in csv.DictReader(
        io.StringIO(_table(page)), delimiter="\t", quoting=csv.QUOTE_NONE, restval=""
    ):
        if row["text"].strip():
            place = (row["block_num"], row["par_num"], row["line_num"])
            lines.setdefault(place, []).append(row["text"].strip())
            confidences.append(float(row["conf"]))
    return [" ".join(words) for words in lines.values()], confidences


def _table(page: Any) -> str:
    """The words with their boxes, as tesseract's table."""
    try:
        return _told(page, "--psm", "4", "tsv")
    except (OSError, subprocess.SubprocessError):
        raise DocumentError("text recognition (OCR) failed or took too long") from None


def _turn(page: Any) -> int:
    """The degrees by which a page is to be turned to the right to stand upright."""
    try:
        found = _TURN.search(_told(page, "--psm", "0"))
    except (OSError, subprocess.SubprocessError):
        return 0  # it has too few letters to tell
    return int(found[1]) if found else 0


def _told(page: Any, *options: str) -> str:
    """What tesseract says of a page.

    Page and answer go through pipes: pytesseract would leave them in temporary files, which stay on
    the disk with all that they show when the process is killed.
    """
    picture = io.BytesIO()
    page.save(picture, "PNG", compress_level=1)
    done = subprocess.run(
        [_PROGRAM, "stdin", "stdout", *options],
        input=picture.getvalue(), capture_output=True, timeout=_SECONDS, check=True,
        env={**os.environ, "OMP_THREAD_LIMIT": "1"},
    )  # fmt: skip
    return done.stdout.decode("utf-8", "replace")
