"""Scans are read where text recognition is installed, and say that they were recognised."""

from __future__ import annotations

import io
import shutil
import tempfile
from pathlib import Path

import pytest
from fpdf import FPDF
from PIL import Image, ImageDraw, ImageFont

from notecheck.errors import InputError
from notecheck.read.documents import recognition
from notecheck.read.documents.extract import document_text
from notecheck.read.documents.recognition import picture_text

from .files import pdf

needs_tesseract = pytest.mark.skipif(shutil.which("tesseract") is None, reason="needs tesseract")
LINES = ["OPERATIVE REPORT", "The left femur was divided at mid-shaft.", "Myodesis was done."]


def page() -> Image.Image:
    drawn = Image.new("L", (1240, 1754), 255)
    pen = ImageDraw.Draw(drawn)
    for number, line in enumerate(LINES):
        pen.text((100, 120 + 80 * number), line, fill=0, font=ImageFont.load_default(size=40))
    return drawn


def scanned(fax_line: str = "") -> bytes:
    made = FPDF()
    made.set_font("helvetica", size=9)
    made.set_auto_page_break(False)
    made.add_page()
    made.image(page(), x=0, y=0, w=210)
    if fax_line:
        made.set_xy(10, 285)
        made.cell(text=fax_line)
    return bytes(made.output())


@needs_tesseract
@pytest.mark.recognition
@pytest.mark.parametrize("fax_line", ["", "Received by fax 03/02/2026 page 1 of 1"])
def test_a_scan_is_recognised_and_says_so(fax_line: str) -> None:
    found = document_text(scanned(fax_line))
    assert "femur was divided at mid-shaft" in found.text
    assert [told.kind for told in found.remarks] == ["recognised"]


@needs_tesseract
@pytest.mark.recognition
def test_a_tiff_of_two_pages_is_recognised_with_its_pages() -> None:
    buffer = io.BytesIO()
    page().save(buffer, "TIFF", save_all=True, append_images=[page()])
    found = document_text(buffer.getvalue())
    assert len(found.page_starts) == 2
    assert found.text.count("Myodesis was done") == 2


@needs_tesseract
@pytest.mark.recognition
@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_that_lies_on_its_side_or_head_is_turned(turn: int) -> None:
    buffer = io.BytesIO()
    page().rotate(turn, expand=True).save(buffer, "PNG")
    assert "femur was divided at mid-shaft" in document_text(buffer.getvalue()).text


@needs_tesseract
@pytest.mark.recognition
def test_words_that_cannot_be_trusted_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recognition, "_turn", lambda page: 0)
    buffer = io.BytesIO()
    page().rotate(180).save(buffer, "PNG")
    with pytest.raises(InputError, match="% sure of the words on the scanned pages: scan them"):
        document_text(buffer.getvalue())


@needs_tesseract
@pytest.mark.recognition
def test_a_page_without_words_beside_the_note_is_a_remark() -> None:
    found = document_text(pdf("The left femur was divided.", None))
    assert found.text.strip() == "The left femur was divided."
    assert [(told.part, told.kind) for told in found.remarks] == [("page 2", "picture")]


@pytest.mark.recognition
def test_a_picture_of_nothing_is_refused_either_way() -> None:
    with pytest.raises(InputError, match="the PDF is a scan without text"):
        document_text(pdf(None))


def test_a_fax_line_on_a_picture_makes_no_note() -> None:
    with pytest.raises(InputError, match="the PDF is a scan without text"):
        document_text(scanned("Received by fax 03/02/2026 page 1 of 1"))


@needs_tesseract
@pytest.mark.parametrize(
    "sizes", [[(9_000, 9_000)], [(10, 10), (9_000, 9_000)], [(7_000, 7_000)] * 7]
)
def test_a_picture_of_too_many_points_is_not_unpacked(sizes: list[tuple[int, int]]) -> None:
    made = io.BytesIO()
    first, *rest = (Image.new("1", size) for size in sizes)
    first.save(made, "TIFF", compression="group4", save_all=True, append_images=rest)
    assert len(made.getvalue()) < 200_000
    with pytest.raises(InputError, match="a page of the picture has more than 60 million points"):
        picture_text(made.getvalue())


@needs_tesseract
@pytest.mark.recognition
def test_nothing_of_a_page_is_written_to_the_disk(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A file left behind by a killed process would hold the patient's page."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "there-is-no-such-folder"))
    monkeypatch.setenv("TMPDIR", str(tmp_path / "there-is-no-such-folder"))
    buffer = io.BytesIO()
    page().save(buffer, "PNG")
    assert "femur was divided" in picture_text(buffer.getvalue()).text
