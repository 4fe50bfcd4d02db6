"""Pictures of pages -> their text, by the recognition (OCR) that the extra `ocr` brings."""

from __future__ import annotations

import io
import shutil
from collections.abc import Sequence
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


def can_recognise() -> bool:
    """Whether the extra `ocr` and the program that it drives (tesseract) are there."""
    return bool(find_spec("pytesseract") and shutil.which(_PROGRAM))


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
    return recognised(pages)


def recognised(pages: Sequence[Any]) -> DocumentText:
    """The text of pictures (PIL), one a page, with a remark on how sure the recognition is.

    Words come with their boxes, so that those of one line stand on one line. Raises InputError
    where nothing is recognised or it takes too long.
    """
    text, starts, sure = "", [], []
    for page in pages:
        starts.append(len(text))
        lines, confidences = _words(page)
        text += "\n".join(lines) + "\n"
        sure += confidences
    if not text.strip():
        raise DocumentError("text recognition (OCR) found no text on the picture")
    mean = sum(sure) / len(sure)
    told = remark(
        "scanned pages", "recognised",
        f"their text comes from recognition (OCR), which is {mean:.0f} % sure of its words: "
        "compare what decides with the page",
    )  # fmt: skip
    return DocumentText(text, tuple(starts), remarks=(told,))


def _words(page: Any) -> tuple[list[str], list[float]]:
    import pytesseract

    try:
        found = pytesseract.image_to_data(
            page, output_type=pytesseract.Output.DICT, timeout=_SECONDS, config="--psm 4"
        )
    except (RuntimeError, pytesseract.TesseractError):
        raise DocumentError("text recognition (OCR) failed or took too long") from None
    lines: dict[tuple[int, int, int], list[str]] = {}
    confidences = []
    for number, word in enumerate(found["text"]):
        if word.strip():
            key = (found["block_num"][number], found["par_num"][number], found["line_num"][number])
            lines.setdefault(key, []).append(word)
            confidences.append(float(found["conf"][number]))
    return [" ".join(words) for words in lines.values()], confidences
