"""Documents for tests, made by other people's libraries or typed by hand."""

from __future__ import annotations

import base64
import io
import zipfile
import zlib
from collections.abc import Iterable

import docx
from fpdf import FPDF
from PIL import Image

LINES = ("OPERATION: Re-amputation of the left thigh.", "The femur was cut at mid-shaft.")

RTF = (
    rb"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fswiss Arial;}}{\colortbl;\red0\green0\blue0;}"
    rb"{\header Page header}\f0\fs24 OPERATION: \b Re-amputation\b0  of the left thigh.\par"
    b"\r\n"
    rb"The femur\rquote s end, 5\'b0 flexed \u8211? cut.{\*\annotation not text}\line Closed.\par}"
)


def pdf(*pages: str | None, password: str | None = None) -> bytes:
    """A PDF with these pages: their text, an image for None, and nothing for an empty string."""
    made = FPDF()
    made.set_font("helvetica", size=12)
    if password:
        made.set_encryption(owner_password="owner", user_password=password)
    for page in pages:
        made.add_page()
        if page is None:
            made.image(Image.new("RGB", (40, 40), "gray"), w=100)
        else:
            made.multi_cell(0, text=page)
    return bytes(made.output())


def nameless(words: str, *, before: str = "") -> bytes:
    """A PDF with words in a font whose signs have numbers, and none says which letters they are."""
    numbers = "".join(f"{3 + ord(letter) % 90:04x}" for letter in words)
    drawn = f"BT /A 9 Tf 50 700 Td ({before}) Tj 0 -20 Td /F 9 Tf <{numbers}> Tj ET".encode()
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R"
        b"/Resources<</Font<</F 5 0 R/A 7 0 R>>>>>>",
        b"<</Length %d>>stream\n%b\nendstream" % (len(drawn), drawn),
        b"<</Type/Font/Subtype/Type0/BaseFont/Own/Encoding/Identity-H/DescendantFonts[6 0 R]>>",
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/Own"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    body = b"".join(b"%d 0 obj\n%b\nendobj\n" % one for one in enumerate(objects, start=1))
    return b"%PDF-1.4\n" + body + b"trailer<</Root 1 0 R/Size 8>>\n%%EOF"


def made_when_opened(data: bytes) -> bytes:
    """The PDF as the shell of a form that a program for such forms fills."""
    shell = b"/Type /Catalog /NeedsRendering true /AcroForm <</Fields [] /XFA [(datasets) (x)]>>"
    return data.replace(b"/Type /Catalog", shell)


def pdf_bomb() -> bytes:
    """A PDF of few kilobytes whose one page unpacks to a gigabyte."""
    packer = zlib.compressobj(9)
    piece = b"BT /F1 12 Tf 10 10 Td (xxxxxxxxxx) Tj ET\n" * 100_000
    stream = b"".join(packer.compress(piece) for _ in range(250)) + packer.flush()
    stream = zlib.compress(stream, 9)
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R>>",
        b"<</Length %d/Filter[/FlateDecode/FlateDecode]>>stream\n" % len(stream)
        + stream
        + b"\nendstream",
    )
    body = b"".join(
        b"%d 0 obj\n%b\nendobj\n" % numbered for numbered in enumerate(objects, start=1)
    )
    return b"%PDF-1.4\n" + body + b"trailer<</Root 1 0 R/Size 5>>\n%%EOF"


def word(*paragraphs: str, table: Iterable[Iterable[str]] = (), header: str = "") -> bytes:
    made = docx.Document()
    for paragraph in paragraphs:
        made.add_paragraph(paragraph)
    rows = [list(row) for row in table]
    if rows:
        grid = made.add_table(len(rows), len(rows[0]))
        for number, row in enumerate(rows):
            for column, text in enumerate(row):
                grid.cell(number, column).text = text
    if header:
        made.sections[0].header.paragraphs[0].text = header
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def with_body(document: bytes, old: bytes, new: bytes) -> bytes:
    """A Word document with `old` in the XML of its body put as `new`."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(document)) as source,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            part = source.read(name)
            if name == "word/document.xml":
                assert old in part
                part = part.replace(old, new)
            target.writestr(name, part)
    return buffer.getvalue()


def ccda(body: str, prolog: str = "") -> bytes:
    return f"""<?xml version="1.0" encoding="UTF-8"?>{prolog}
<ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:sdtc="urn:hl7-org:sdtc">
  <templateId root="2.16.840.1.113883.10.20.22.1.7" extension="2015-08-01"/>
  <code code="11504-8" codeSystem="2.16.840.1.113883.6.1" displayName="Surgical operation note"/>
  <title>Operative Note</title>
  <effectiveTime value="20260303120000-0500"/>
  <documentationOf><serviceEvent classCode="PCPR">
    <effectiveTime><low value="20260302080000"/></effectiveTime>
  </serviceEvent></documentationOf>
  <component>{body}</component>
</ClinicalDocument>""".encode()


def section(title: str, text: str) -> str:
    return f"<component><section><title>{title}</title><text>{text}</text></section></component>"


def wrapped(data: bytes) -> bytes:
    content = base64.b64encode(data).decode()
    return ccda(
        '<nonXMLBody><text mediaType="application/octet-stream" representation="B64">'
        f"{content}</text></nonXMLBody>"
    )


def renamed_body(data: bytes, body: bytes) -> bytes:
    """A Word document whose body is a part that is not called .xml, with `body` in it."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", 8) as new:
        for entry in old.infolist():
            part = old.read(entry)
            if entry.filename == "word/document.xml":
                new.writestr("word/document.bin", part.replace(b"<w:body>", b"<w:body>" + body))
            new.writestr(entry, part.replace(b"word/document.xml", b"word/document.bin"))
    return made.getvalue()
