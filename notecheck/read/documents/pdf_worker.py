"""Reads one PDF from standard input and prints its pages as JSON; run by `pdf` as a process.

A PDF is a program for a large library: what a hostile one can do ends with this process, whose
memory and processor time are bounded. It stands alone, so that it starts quickly.
"""

from __future__ import annotations

import base64
import io
import json
import resource
import sys
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice, pairwise

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

# A picture that fills so much of a page, with so few letters beside it, is a scanned page: what
# the letters say was put there by a fax or a stamp.
_SCANNED_SHARE = 0.5
_FEW_LETTERS = 200
_DOTS_PER_POINT = 200 / 72
_IMAGE = pdfium_c.FPDF_PAGEOBJ_IMAGE
_STRUCK = (pdfium_c.FPDF_ANNOT_STRIKEOUT, pdfium_c.FPDF_ANNOT_REDACT)
_COMMENTS = (pdfium_c.FPDF_ANNOT_TEXT, pdfium_c.FPDF_ANNOT_POPUP)
_FEWEST_BESIDE = 4
_SPACE = 1.0  # line heights that words of one line stand apart at most
_SLANT = 0.1  # of a full turn's 6.28
_MOST_UNMAPPED, _MOST_SIGNS = 0.3, 2_000
_OVER = 1.5  # points that what is drawn twice is apart
_TWICE_WITHIN = 100  # pieces
_PATH = pdfium_c.FPDF_PAGEOBJ_PATH
_MOST_DRAWN = 20_000
_THIN, _SHORTEST_STROKE = 2.0, 6.0  # points
_STRUCK_FROM, _STRUCK_TO = 0.25, 0.65  # of a line's height, from below: an underline is lower
_HYPHENS = "\x02\ufffe"  # the library's signs for one at the end of a line
_TICKED = (pdfium_c.FPDF_FORMFIELD_CHECKBOX, pdfium_c.FPDF_FORMFIELD_RADIOBUTTON)

_Box = tuple[float, float, float, float]  # left, bottom, right, top
_Piece = tuple[str, float, float, float, float, int, bool]  # words, box, line, whether slanted


def main(memory: int, seconds: int, most_pages: int, most_characters: int, render: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    data = sys.stdin.buffer.read()
    print(json.dumps(_read(data, most_pages, most_characters, bool(render))))


def _read(data: bytes, most_pages: int, most_characters: int, render: bool) -> dict[str, object]:
    try:
        document = pdfium.PdfDocument(data)
        form = document.init_forms()
    except pdfium.PdfiumError as error:
        locked = error.err_code == pdfium_c.FPDF_ERR_PASSWORD
        return {"problem": "password" if locked else "damaged"}
    if pdfium_c.FPDF_GetFormType(document) == pdfium_c.FORMTYPE_XFA_FULL:
        return {"problem": "xfa"}
    if len(document) > most_pages:
        return {"problem": "pages"}
    pages: list[dict[str, object]] = []
    characters = 0
    for number in range(len(document)):
        try:
            page = document[number]
            turned = page.get_rotation()
            if turned:  # the library orders the lines of a turned page from its end
                page.set_rotation(0)
                page = document[number]
            textpage = page.get_textpage()
            unmapped = _unmapped(textpage)
            text, comments, pieces = _text(page, textpage, document.formenv or form)
            if unmapped > _MOST_UNMAPPED:
                text, pieces = "", []
            scanned = _is_scanned(page, text)
            if turned:
                page.set_rotation(turned)
        except pdfium.PdfiumError:
            return {"problem": "damaged"}
        characters += len(text)
        if characters > most_characters:
            return {"problem": "characters"}
        found: dict[str, object] = {
            "text": text, "image": scanned, "comments": comments, "unmapped": unmapped,
        }  # fmt: skip
        if pieces:
            found["pieces"] = pieces
        if scanned and render:
            found["picture"] = _picture(page)
        pages.append(found)
    return {"pages": pages, "files": pdfium_c.FPDFDoc_GetAttachmentCount(document)}


def _unmapped(textpage: pdfium.PdfTextPage) -> float:
    """The share of the signs of which the file does not say what letters they are."""
    signs: int = min(textpage.count_chars(), _MOST_SIGNS)
    nameless = [n for n in range(signs) if pdfium_c.FPDFText_HasUnicodeMapError(textpage, n) == 1]
    return len(nameless) / max(1, signs)


def _is_scanned(page: pdfium.PdfPage, text: str) -> bool:
    """Whether the page is a picture: it draws and has no text, or few letters over a picture."""
    letters = sum(1 for character in text if not character.isspace())
    if not letters:
        return any(True for _ in page.get_objects(max_depth=4))
    if letters > _FEW_LETTERS:
        return False
    width, height = page.get_size()
    covered = 0.0
    for drawn in page.get_objects(filter=[_IMAGE], max_depth=4):
        left, bottom, right, top = drawn.get_bounds()
        across = max(0.0, min(right, width) - max(left, 0.0))
        covered += across * max(0.0, min(top, height) - max(bottom, 0.0))
    return bool(covered > _SCANNED_SHARE * width * height)


def _picture(page: pdfium.PdfPage) -> str:
    """The page as a picture, in base64."""
    buffer = io.BytesIO()
    page.render(scale=_DOTS_PER_POINT, grayscale=True).to_pil().save(buffer, "PNG")
    return base64.b64encode(buffer.getvalue()).decode()


def _text(
    page: pdfium.PdfPage, textpage: pdfium.PdfTextPage, form: object
) -> tuple[str, int, list[_Piece]]:
    """The page's text with what was typed and filled in on it, the number of comments, and where
    its pieces stand, if these may have been drawn in another order than they are read."""
    told, marked, comments = _annotations(page, form)
    strokes = _strokes(page)
    places = [textpage.get_rect(number) for number in range(textpage.count_rects())]
    misdrawn = _may_be_misdrawn(places)
    sheet = page.get_bbox()
    beyond = not all(_is_on(sheet, place) for place in places)
    if not (told or marked or strokes or misdrawn or beyond):
        return textpage.get_text_range(), comments, []
    found = _pieces(textpage, sheet, marked, strokes)
    if told:
        return "\n".join(_with_told(_lines(found.pieces), told)), comments, []
    pieces = found.pieces if misdrawn else []
    if found.dropped:
        return "\n".join(line.text for line in _lines(found.pieces)), comments, pieces
    return textpage.get_text_range(), comments, pieces


def _with_told(lines: list[_Line], told: list[tuple[float, float, float, float, str]]) -> list[str]:
    """The lines with what was typed onto the page in its line, or between the lines."""
    for left, bottom, right, top, value in sorted(told, key=lambda one: (-one[3], one[0])):
        middle = (bottom + top) / 2
        own = [line for line in lines if line.bottom - 1 <= middle <= line.top + 1]
        if own and own[-1].right <= left + 1:
            own[-1].text = f"{own[-1].text.rstrip()} {value}"
            own[-1].right = right
            continue
        place = sum(1 for line in lines if line.bottom > middle)
        lines.insert(place, _Line(value, top, bottom, right))
    return [line.text for line in lines]


def _may_be_misdrawn(places: list[_Box]) -> bool:
    """Whether something was drawn above or over what was drawn before it, or some things far beside
    it on its line."""
    beside = 0
    for (first, low, right, high), (left, bottom, _, top) in pairwise(places):
        in_line = low < top and bottom < high
        if bottom >= high or (in_line and left <= first + _OVER):
            return True
        beside += in_line and left - right > high - low
    return beside >= _FEWEST_BESIDE


def _is_on(sheet: _Box, place: _Box) -> bool:
    """Whether any of it is on the sheet: what lies beyond its edges is not seen."""
    return (
        place[0] < sheet[2] and place[2] > sheet[0] and place[1] < sheet[3] and place[3] > sheet[1]
    )


def _strokes(page: pdfium.PdfPage) -> list[tuple[float, float, float]]:
    """The thin lines drawn across the page, as (height, left, right): some may strike words out."""
    found: list[tuple[float, float, float]] = []
    for drawn in islice(page.get_objects(filter=[_PATH], max_depth=1), _MOST_DRAWN):
        left, bottom, right, top = drawn.get_bounds()
        if top - bottom <= _THIN and right - left >= _SHORTEST_STROKE:
            found.append(((bottom + top) / 2, left, right))
    return sorted(found)


@dataclass
class _Found:
    """The words that stand together on each line, as they were drawn, with their places."""

    pieces: list[_Piece]
    dropped: bool = False  # whether any was struck out, drawn twice, or is not on the sheet


def _pieces(
    textpage: pdfium.PdfTextPage,
    sheet: _Box,
    marked: list[_Box],
    strokes: list[tuple[float, float, float]],
) -> _Found:
    found = _Found([])
    line, text, box, slant = 0, "", (0.0, 0.0, 0.0, 0.0), False

    def end(line: int) -> None:
        piece = (text.rstrip(), *box, line, slant)
        if any(_is_twice(piece, earlier) for earlier in found.pieces[-_TWICE_WITHIN:]):
            found.dropped = True
        elif piece[0]:
            found.pieces.append(piece)

    for number in range(textpage.count_chars()):
        character = chr(pdfium_c.FPDFText_GetUnicode(textpage, number))
        ends = character in "\r\n"
        if character.isspace() and not ends:
            text += " " if text else ""
            continue
        place = textpage.get_charbox(number, loose=True)
        left, bottom, right, top = place
        middle, height = (bottom + top) / 2, top - bottom
        beside = box[1] <= middle <= box[3] and -height < left - box[2] < height * _SPACE
        if text and (ends or not (beside or slant)):
            end(line)
            text = ""
        line += ends
        if ends:
            continue
        if (
            not _is_on(sheet, place)
            or (strokes and _is_struck(place, strokes))
            or (marked and _is_marked(textpage.get_charbox(number), marked))
        ):
            found.dropped = True
            continue
        if not text:
            slant = pdfium_c.FPDFText_GetCharAngle(textpage, number) > _SLANT
        box = (
            (min(box[0], left), min(box[1], bottom), max(box[2], right), max(box[3], top))
            if text
            else place
        )
        text += "-" if character in _HYPHENS else character
    if text:
        end(line)
    return found


def _is_twice(piece: _Piece, earlier: _Piece) -> bool:
    """Whether the same words were drawn again in their place, as for bold letters."""
    return (
        abs(piece[1] - earlier[1]) < _OVER
        and abs(piece[2] - earlier[2]) < _OVER
        and earlier[0].startswith(piece[0])
    )


def _is_struck(place: _Box, strokes: list[tuple[float, float, float]]) -> bool:
    """Whether one of the strokes goes through a letter's middle, and not above or below it."""
    left, bottom, right, top = place
    low = bottom + _STRUCK_FROM * (top - bottom)
    high = bottom + _STRUCK_TO * (top - bottom)
    middle = (left + right) / 2
    for height, first, last in islice(strokes, bisect_left(strokes, (low,)), None):
        if height > high:
            return False
        if first <= middle <= last:
            return True
    return False


def _is_marked(place: _Box, marked: list[_Box]) -> bool:
    across, height = (place[0] + place[2]) / 2, (place[1] + place[3]) / 2
    return any(x <= across <= r and y <= height <= t for x, y, r, t in marked)


@dataclass
class _Line:
    text: str
    top: float
    bottom: float
    right: float


def _lines(pieces: list[_Piece]) -> list[_Line]:
    """The lines that the pieces were drawn in, with their places."""
    lines: list[_Line] = []
    last = -1
    for text, _, bottom, right, top, line, _ in pieces:
        if line != last:
            lines.append(_Line(text, top, bottom, right))
            last = line
            continue
        current = lines[-1]
        current.text += f" {text}"
        current.top, current.bottom = max(current.top, top), min(current.bottom, bottom)
        current.right = max(current.right, right)
    return lines


def _annotations(
    page: pdfium.PdfPage, form: object
) -> tuple[list[tuple[float, float, float, float, str]], list[_Box], int]:
    """Words put on the page with their place, places that are struck out, and comments."""
    told: list[tuple[float, float, float, float, str]] = []
    struck: list[_Box] = []
    comments = 0
    for number in range(pdfium_c.FPDFPage_GetAnnotCount(page)):
        note = pdfium_c.FPDFPage_GetAnnot(page, number)
        kind = pdfium_c.FPDFAnnot_GetSubtype(note)
        hidden = pdfium_c.FPDFAnnot_GetFlags(note) & 0x22  # hidden, or never shown
        place = pdfium_c.FS_RECTF()
        pdfium_c.FPDFAnnot_GetRect(note, place)
        box = (place.left, place.bottom, place.right, place.top)
        if hidden:
            pass
        elif kind in _STRUCK:
            struck += _marked(note) or [box]
        elif kind == pdfium_c.FPDF_ANNOT_WIDGET:
            value = _value(note, form)
            told += [(*box, value)] if value.strip() else []
        elif kind == pdfium_c.FPDF_ANNOT_FREETEXT:
            value = _contents(note)
            told += [(*box, value)] if value.strip() else []
        elif kind in _COMMENTS:
            comments += kind == pdfium_c.FPDF_ANNOT_TEXT
        pdfium_c.FPDFPage_CloseAnnot(note)
    return told, struck, comments


def _marked(note: object) -> list[_Box]:
    """The places of the words that a mark lies on: what is struck over two lines is a part of each,
    and its frame would hold both."""
    places: list[_Box] = []
    corners = pdfium_c.FS_QUADPOINTSF()
    for number in range(pdfium_c.FPDFAnnot_CountAttachmentPoints(note)):
        if pdfium_c.FPDFAnnot_GetAttachmentPoints(note, number, corners):
            across = (corners.x1, corners.x2, corners.x3, corners.x4)
            up = (corners.y1, corners.y2, corners.y3, corners.y4)
            places.append((min(across), min(up), max(across), max(up)))
    return places


def _contents(note: object) -> str:
    return _string(lambda b, n: pdfium_c.FPDFAnnot_GetStringValue(note, b"Contents", b, n))


def _value(note: object, form: object) -> str:
    kind = pdfium_c.FPDFAnnot_GetFormFieldType(form, note)
    if kind in _TICKED:
        return "[x]" if pdfium_c.FPDFAnnot_IsChecked(form, note) else "[ ]"
    if kind in (pdfium_c.FPDF_FORMFIELD_PUSHBUTTON, pdfium_c.FPDF_FORMFIELD_SIGNATURE):
        return ""
    return _string(lambda b, n: pdfium_c.FPDFAnnot_GetFormFieldValue(form, note, b, n))


def _string(asked: Callable[[object, int], int]) -> str:
    """A string of the library: asked for its length first, then for itself."""
    length = asked(None, 0)
    buffer = (pdfium_c.FPDF_WCHAR * (length // 2 + 1))()
    asked(buffer, length)
    value = bytes(buffer)[: max(0, length - 2)].decode("utf-16-le", "replace")
    return value.replace("\r\n", "\n").replace("\r", "\n")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
