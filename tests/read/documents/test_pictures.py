"""Pictures, embedded files and other kinds of files: told or refused as what they are."""

import base64
import io

import docx
import pytest
from PIL import Image

from notecheck.errors import InputError
from notecheck.read.documents.extract import document_text

from .files import LINES, RTF, ccda, pdf, section, with_body, word

BODY = r"\par ".join(LINES)


def rtf(more: str) -> bytes:
    return f"{{\\rtf1\\ansi {BODY}\\par {more}}}".encode("latin-1")


def told(data: bytes) -> list[str]:
    return [remark.kind for remark in document_text(data).remarks]


def test_a_picture_in_rtf_is_told_and_its_bytes_are_not_read() -> None:
    found = document_text(rtf("{\\pict\\jpegblip\\bin7 a}b\\d{e}After."))
    assert found.text == "\n".join((*LINES, "After.\n")).rstrip("\n")
    assert told(rtf("{\\pict\\pngblip 89504e47}")) == ["picture"]


def test_what_an_embedded_object_shows_is_read() -> None:
    shown = "{\\object\\objemb{\\*\\objdata 0105}{\\result Closed in layers.}}"
    found = document_text(rtf(shown))
    assert found.text.endswith("Closed in layers.")
    assert [remark.kind for remark in found.remarks] == ["object"]


def test_a_picture_in_word_is_told() -> None:
    made, picture, data = docx.Document(), io.BytesIO(), io.BytesIO()
    made.add_paragraph(LINES[0])
    Image.new("RGB", (9, 9)).save(picture, "PNG")
    made.add_picture(picture)
    made.save(data)
    assert told(data.getvalue()) == ["picture"]


@pytest.mark.parametrize(
    "entry",
    [
        '<observationMedia><value mediaType="text/rtf" representation="B64">{}</value>'
        "</observationMedia>",
        '<act><text mediaType="text/rtf" representation="B64">{}</text></act>',
    ],
)
def test_a_file_in_an_entry_is_read_once(entry: str) -> None:
    within = entry.format(base64.b64encode(RTF).decode())
    body = section("Note", "As filed.").replace("</section>", f"<entry>{within}</entry></section>")
    assert document_text(ccda(body)).text.count("Re-amputation") == 1


def test_a_formula_in_word_is_text() -> None:
    space = b'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    shown = b"<m:oMath " + space + b"><m:r><m:t>6 x 4</m:t></m:r></m:oMath>"
    data = with_body(word("Area X"), b"<w:t>Area X</w:t></w:r>", b"<w:t>Area </w:t></w:r>" + shown)
    assert document_text(data).text == "Area 6 x 4"


@pytest.mark.parametrize("turned", [90, 180, 270])
def test_a_page_that_is_turned_reads_from_its_top(turned: int) -> None:
    lines = [f"Line {number} of the note." for number in range(5)]
    page = pdf("\n".join(lines)).replace(b"/Type /Page\n", b"/Type /Page\n/Rotate %d\n" % turned)
    assert document_text(page).text.split("\n")[:5] == lines


def test_what_was_moved_away_in_rtf_is_not_read() -> None:
    assert document_text(rtf("{\\mvf Right.}{\\mvt Left.}")).text.endswith(
        "cut at mid-shaft.\nLeft."
    )


def test_a_deleted_cell_of_word_is_not_read() -> None:
    cell = b"<w:tbl><w:tr><w:tc><w:tcPr><w:cellDel/></w:tcPr><w:p><w:r><w:t>Right</w:t></w:r></w:p>"
    data = with_body(word("Left", "x"), b"<w:sectPr", cell + b"</w:tc></w:tr></w:tbl><w:sectPr")
    assert document_text(data).text == "Left\nx"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"MSH|^~\\&|A|B\rOBX|1|TX|||The femur was cut.", "an HL7 v2 message"),
        (b"ISA*00*          *00*", "a file of X12 transactions"),
        (b' {"resourceType": "Binary"}', "a FHIR resource"),
    ],
)
def test_a_message_in_the_place_of_a_document_is_refused(data: bytes, kind: str) -> None:
    with pytest.raises(InputError) as error:
        document_text(data)
    assert error.value.message == f"this is {kind}, not a document: give it by itself"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"\0" * 128 + b"DICM" + b"\2\0\0\0UL" + b"\0" * 60, "DICOM images"),
        (b"%!PS-Adobe-3.0\n(The femur was cut.) show", "a PostScript file"),
        (b"\x1b%-12345X@PJL\r\nThe femur was cut.", "a print file"),
        (b"RIFF\x24\0\0\0WAVEfmt " + b"\0" * 60, "a sound recording"),
    ],
)
def test_a_file_that_is_no_document_is_refused_as_what_it_is(data: bytes, kind: str) -> None:
    with pytest.raises(InputError) as error:
        document_text(data)
    assert error.value.message.startswith(f"this is {kind}, not plain text")
