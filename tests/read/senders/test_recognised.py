"""What arrives is read as what it is, or refused as what it is."""

from __future__ import annotations

import base64
import io
import json
from email.message import EmailMessage

import docx
import pytest
from PIL import Image

from notecheck.errors import InputError

from ..documents.files import ccda, pdf, section, word
from ..fhir.resources import document_reference
from ..hl7.messages import mdm, obx
from .sent import NOTE, message, one, outcomes, text


def mail(*, attached: bool) -> bytes:
    made = EmailMessage()
    made["Subject"] = "Operative note"
    made.set_content("See the attachment." if attached else NOTE, cte="base64")
    if attached:
        made.add_attachment(
            word(NOTE), maintype="application", subtype="octet-stream", filename="n.docx"
        )
        made.add_attachment(b"\x89PNG\r\n\x1a\n0000", maintype="image", subtype="png")
    return made.as_bytes()


@pytest.mark.parametrize("extra", ["", "Page 1 of 1\n"])
def test_a_note_sent_as_text_and_as_pdf_is_read_once(extra: str) -> None:
    note = "OPERATIVE REPORT\nPROCEDURE: " + " ".join(
        f"{NOTE} Step {n} was done." for n in range(9)
    )
    file = base64.b64encode(pdf(extra + note)).decode()
    raw = message(
        "OBR|1||F1|11504-8^Op note^LN|||20260302",
        obx(note.replace("\n", "~"), name=""),
        f"OBX|2|ED|PDF^Report||^AP^PDF^Base64^{file}||||||F",
    )
    assert text(raw).count("Step 7 was done.") == 1
    assert text(raw).startswith("Page 1" if extra else "OPERATIVE REPORT")


def test_an_encrypted_mail_is_refused_as_that() -> None:
    raw = (
        "From: a@b\nMIME-Version: 1.0\nContent-Type: multipart/encrypted; boundary=x\n\n--x\n"
        "Content-Type: application/octet-stream\n\n-----BEGIN PGP MESSAGE-----\nabc\n--x--\n"
    )
    (found,) = outcomes(raw)
    assert isinstance(found, InputError)
    assert "it is encrypted" in found.message


def test_a_logo_in_a_letterhead_is_no_loss() -> None:
    made = docx.Document()
    made.add_paragraph(NOTE)
    logo = io.BytesIO()
    Image.new("RGB", (60, 30), "red").save(logo, "PNG")
    made.sections[0].header.paragraphs[0].add_run().add_picture(logo)
    shown = io.BytesIO()
    made.save(shown)
    assert one(shown.getvalue()).reading == ()
    made.paragraphs[0].add_run().add_picture(logo)
    made.save(shown := io.BytesIO())
    assert [told.kind for told in one(shown.getvalue()).reading] == ["picture"]


@pytest.mark.parametrize("marks", [b"??>>~~", b"?>?~?>?"])
def test_base64_for_urls_is_base64(marks: bytes) -> None:
    told = base64.urlsafe_b64encode(NOTE.encode() + b"\n" + marks).decode().rstrip("=")
    assert "_" in told or "-" in told
    resource = document_reference()
    resource["content"] = [{"attachment": {"contentType": "text/plain", "data": told}}]
    found = one(json.dumps(resource))
    assert NOTE in found.documents[0].text


def test_a_logo_in_a_mails_own_text_is_no_loss() -> None:
    made = EmailMessage()
    made.set_content(f"<p>{NOTE}</p><img src='cid:logo'>", subtype="html")
    logo = b"\x89PNG\r\n\x1a\n0000"
    made.add_related(logo, maintype="image", subtype="png", cid="<logo>")
    found = one(made.as_bytes())
    assert NOTE in found.documents[0].text
    assert found.reading == ()


@pytest.mark.parametrize(
    ("plain", "page", "right"),
    [
        ("This mail needs an HTML reader.", f"<p>{NOTE}</p>", ["needs an HTML reader", NOTE]),
        (NOTE, "<p>This mail is plain text.</p>", [NOTE, "is plain text"]),
        (NOTE, f"<p>{NOTE[:20]}<br>{NOTE[20:]}</p>", [NOTE]),
        (NOTE, f"<p>{NOTE}</p><p>Muscle was closed over the end.</p>", [NOTE, "Muscle was"]),
        (f"{NOTE}\n\n-- \nA clinic", "<img src='cid:logo'>", [NOTE, "A clinic"]),
    ],
    ids="stub-first stub-last same more-in-html picture-in-html".split(),
)
def test_a_mail_in_two_forms_is_read_once_and_whole(
    plain: str, page: str, right: list[str]
) -> None:
    made = EmailMessage()
    made.set_content(plain)
    made.add_alternative(page, subtype="html", cte="quoted-printable")
    made.add_alternative("BEGIN:VCALENDAR\nSUMMARY:Clinic\nEND:VCALENDAR\n", subtype="calendar")
    found = text(made.as_bytes())
    assert all(words in " ".join(found.split()) for words in right)
    assert " ".join(found.split()).count(NOTE) == 1
    assert "VCALENDAR" not in found


@pytest.mark.parametrize("attached", [True, False])
def test_an_email_is_read_with_its_attachments(attached: bool) -> None:
    found = one(mail(attached=attached))
    assert NOTE in found.documents[0].text
    assert [told.kind for told in found.reading] == (["picture"] if attached else [])


def test_each_attachment_that_cannot_be_read_is_told() -> None:
    made = EmailMessage()
    made.set_content(NOTE)
    for name in ("consent.pdf", "orders.pdf"):
        made.add_attachment(b"%PDF-1.7\n", maintype="application", subtype="pdf", filename=name)
    assert [told.part for told in one(made.as_bytes()).reading] == [
        "e-mail attachment 1, application/pdf", "e-mail attachment 2, application/pdf",
    ]  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "cp1252", "iso-8859-2"])
def test_characters_are_read_as_what_they_are(encoding: str) -> None:
    words = f"{NOTE} 12 cm ½" if encoding != "iso-8859-2" else f"{NOTE} Dvořák"
    raw = mdm("T02", words)
    if encoding == "iso-8859-2":
        raw = raw.replace("|P|2.5.1", "|P|2.5.1||||||8859/2")
    assert text(raw.encode(encoding)) == words
    xml = ccda(section("A", words)).decode().replace("UTF-8", encoding.removesuffix("-le"))
    assert words in text(xml.encode(encoding))


def test_the_windows_form_of_a_character_set_is_read_where_the_iso_set_is_named() -> None:
    words = f"{NOTE} Above–knee, “dusky”"
    raw = mdm("T02", words).replace("|P|2.5.1", "|P|2.5.1||||||8859/1")
    assert text(raw.encode("cp1252")) == words


@pytest.mark.parametrize(
    "before", ["2026-03-02 08:00:01 INFO got:\n", "<<< [main] received ", "\x0b", "x\n" * 30]
)
def test_messages_behind_log_lines_are_read(before: str) -> None:
    assert text(before + mdm("T02", NOTE)) == NOTE


@pytest.mark.parametrize(
    ("data", "words"),
    [("encounter_id,note_text\n1,Femur cut\n2,Stump\n", "notecheck audit"),
     ("<Report><Body>Femur</Body></Report>", "this XML is no C-CDA"),
     ("<ns:Report xmlns:ns='urn:x'><ns:Body>Femur</ns:Body></ns:Report>", "this XML is no C-CDA"),
     ("@prefix fhir: <http://hl7.org/fhir/> .\n<#d> a fhir:Binary .\n", "Turtle"),
     ("-----BEGIN PGP MESSAGE-----\n\nhQEMA\n-----END PGP MESSAGE-----\n", "encrypted"),
     ("7z\xbc\xaf\x27\x1c\x00\x04" + NOTE, "a 7-Zip archive, not plain text: unpack it"),
     (base64.encodebytes(NOTE.encode() * 9).decode(), "base64")],
    ids="csv xml namespaced turtle pgp 7z base64".split(),
)  # fmt: skip
def test_what_is_no_note_is_named(data: str, words: str) -> None:
    (found,) = outcomes(data.encode("latin-1"))
    assert isinstance(found, InputError) and words in found.message


@pytest.mark.parametrize(
    "start",
    [
        "x" * 80 + "\n",
        "<PATIENT NAME> came.\n",
        "< 5 cm of femur\n",
        "Date, time, note\nLeft, right\n",
    ],
)
def test_a_plain_note_stays_one(start: str) -> None:
    assert text(start + NOTE) == start + NOTE


@pytest.mark.parametrize(
    "opening", ["<b>", "<font size=2>", "<br>", "<meta charset=utf-8><i>", "<!-- x --><ul><li>"]
)
def test_html_is_known_by_any_of_its_tags(opening: str) -> None:
    assert text(f"{opening}above&#8209;knee<br>{NOTE}") == f"above\u2011knee\n{NOTE}"
