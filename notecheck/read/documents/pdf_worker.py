"""Reads one PDF from standard input and prints its pages as JSON; run by `pdf` as a process.

A PDF is a program for a large library: what a hostile one can do ends with this process, whose
memory and processor time are bounded. It stands alone, so that it starts quickly.
"""

from __future__ import annotations

import json
import resource
import sys

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c


def main(memory: int, seconds: int, most_pages: int, most_characters: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    print(json.dumps(_read(sys.stdin.buffer.read(), most_pages, most_characters)))


def _read(data: bytes, most_pages: int, most_characters: int) -> dict[str, object]:
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        locked = error.err_code == pdfium_c.FPDF_ERR_PASSWORD
        return {"problem": "password" if locked else "damaged"}
    if len(document) > most_pages:
        return {"problem": "pages"}
    pages = []
    characters = 0
    for number in range(len(document)):
        try:
            page = document[number]
            text = page.get_textpage().get_text_range()
        except pdfium.PdfiumError:
            return {"problem": "damaged"}
        characters += len(text)
        if characters > most_characters:
            return {"problem": "characters"}
        pages.append({"text": text, "image": not text.strip() and _draws(page)})
    return {"pages": pages}


def _draws(page: pdfium.PdfPage) -> bool:
    """Whether anything stands on the page: an image, or letters drawn as shapes."""
    return any(True for _ in page.get_objects(max_depth=4))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
