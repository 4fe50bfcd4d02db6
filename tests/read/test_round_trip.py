"""Any text comes out of any format as it went in."""

from __future__ import annotations

import base64
import gzip
import html
import io
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notecheck.models import Encounter
from notecheck.read.encounters import read_stream

from .documents.files import ccda, pdf, section, word
from .documents.test_archive import archive
from .documents.test_odt import odt
from .documents.word97_files import word97
from .fhir.resources import document_reference
from .hl7.messages import escaped, header, mdm, segments, visit

_WORD = st.text(
    st.characters(categories=["L", "N"], max_codepoint=0xFFFF) | st.sampled_from("&<|^~\\{};%=#-"),
    min_size=1, max_size=9,
).map(lambda word: f"x{word}x")  # fmt: skip
NOTES = st.lists(st.lists(_WORD, min_size=1, max_size=6).map(" ".join), min_size=1, max_size=5)


def _rtf(lines: list[str]) -> bytes:
    def coded(character: str) -> str:
        if character in "\\{}":
            return "\\" + character
        return character if character.isascii() else rf"\u{ord(character)}?"

    return ("{\\rtf1\\ansi " + r"\par ".join("".join(map(coded, x)) for x in lines) + "}").encode()


def _html(lines: list[str]) -> bytes:
    return "<html><body>{}</body></html>".format("<br>".join(map(html.escape, lines))).encode()


def _mail(lines: list[str]) -> bytes:
    made = EmailMessage()
    made.set_content("\n".join(lines), cte="quoted-printable")
    return made.as_bytes()


def _fhir(lines: list[str]) -> bytes:
    import json

    return json.dumps(document_reference("op", "\n".join(lines).encode())).encode()


def _fhir_xml(lines: list[str]) -> bytes:
    data = base64.b64encode("\n".join(lines).encode()).decode()
    return (
        '<DocumentReference xmlns="http://hl7.org/fhir"><id value="op"/><content><attachment>'
        f'<data value="{data}"/></attachment></content></DocumentReference>'
    ).encode()


def _composition(lines: list[str]) -> bytes:
    div = "<br/>".join(map(html.escape, lines))
    return (
        '<Composition xmlns="http://hl7.org/fhir"><status value="final"/><section><text>'
        f'<div xmlns="http://www.w3.org/1999/xhtml">{div}</div></text></section></Composition>'
    ).encode()


def _odt(lines: list[str]) -> bytes:
    return odt("".join(f"<text:p>{html.escape(line)}</text:p>" for line in lines))


def _attached(lines: list[str]) -> bytes:
    made = EmailMessage()
    made.add_attachment(
        word(*lines), maintype="application", subtype="octet-stream", filename="note.docx"
    )
    return made.as_bytes()


def _in_notes(lines: list[str]) -> bytes:
    notes = [f"NTE|{n}||{escaped(line)}" for n, line in enumerate(lines, 1)]
    order = ["OBR|1||F1|11504-8^Operative note^LN", *notes]
    return segments(header("ORU^R01"), "PID|1||123^^^HOSP", visit(), *order).encode()


def _in_file(lines: list[str]) -> bytes:
    held = base64.b64encode("\n".join(lines).encode()).decode()
    return mdm("T02", f"^TEXT^^Base64^{held}").replace("|TX|op^", "|ED|op^").encode()


FORMATS = {
    "odt": _odt,
    "archive": lambda lines: archive(note=word(*lines)),
    "composition": _composition,
    "mail-attached": _attached,
    "hl7-notes": _in_notes,
    "hl7-file": _in_file,
    "utf-32": lambda lines: "\n".join(lines).encode("utf-32"),
    "rtf": _rtf,
    "html": _html,
    "mail": _mail,
    "fhir": _fhir,
    "fhir-xml": _fhir_xml,
    "word": lambda lines: word(*lines),
    "word-97": lambda lines: word97("\r".join(lines), wide=True),
    "gzip": lambda lines: gzip.compress("\n".join(lines).encode()),
    "hl7": lambda lines: mdm("T02", *map(escaped, lines)).encode(),
    "hl7-breaks": lambda lines: mdm("T02", escaped("\n".join(lines))).encode(),
    "ccda": lambda lines: ccda(section("", "<br/>".join(map(html.escape, lines)))),
    "utf-16": lambda lines: "\n".join(lines).encode("utf-16"),
}


@pytest.mark.parametrize("kind", FORMATS)
@settings(max_examples=40, deadline=None)
@given(lines=NOTES)
def test_what_goes_in_as_text_comes_out_as_text(kind: str, lines: list[str]) -> None:
    (found,) = read_stream(io.BytesIO(FORMATS[kind](lines)), "x")
    assert isinstance(found.outcome, Encounter), found.outcome
    assert found.outcome.documents[0].text.strip("\n") == "\n".join(lines)


_ASCII = st.lists(
    st.text("abcXYZ09&<|^~\\{};%=#()-", min_size=1, max_size=12).map(lambda word: f"x{word}x"),
    min_size=1, max_size=6,
).map(" ".join)  # fmt: skip


@settings(max_examples=10, deadline=None)
@given(pages=st.lists(_ASCII, min_size=1, max_size=3))
def test_a_pdf_gives_its_pages(pages: list[str]) -> None:
    (found,) = read_stream(io.BytesIO(pdf(*pages)), "x")
    assert isinstance(found.outcome, Encounter), found.outcome
    text, starts = found.outcome.documents[0].text, found.outcome.documents[0].page_starts
    ends = [*starts[1:], len(text)]
    assert [text[a:b].strip("\n") for a, b in zip(starts, ends, strict=True)] == pages
