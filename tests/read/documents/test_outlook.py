"""Outlook messages, written by extract-msg: their text, what is attached, and what is not read."""

from __future__ import annotations

import io

import pytest
from compressed_rtf import compress
from extract_msg import OleWriter

from notecheck.errors import InputError
from notecheck.read.documents.extract import document_text

from .files import pdf

NOTE = "OPERATION: Re-amputation of the left thigh.\r\nThe femur was cut at mid-shaft."
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 99


def outlook(
    body: str | None = NOTE,
    *attached: tuple[bytes, str],
    html: bytes = b"",
    rtf: bytes = b"",
    subject: str = "note",
) -> bytes:
    """A message; `attached` are files, each with its content id where its text shows it."""
    made = OleWriter()
    made.addEntry("__properties_version1.0", b"\0" * 32)
    made.addEntry("__substg1.0_0037001F", subject.encode("utf-16-le"))
    if body is not None:
        made.addEntry("__substg1.0_1000001F", body.encode("utf-16-le"))
    if html:
        made.addEntry("__substg1.0_10130102", html)
    if rtf:
        made.addEntry("__substg1.0_10090102", compress(rtf))
    for number, (data, content_id) in enumerate(attached):
        folder = f"__attach_version1.0_#{number:08X}"
        made.addEntry(folder, storage=True)
        made.addEntry(f"{folder}/__substg1.0_37010102", data)
        if content_id:
            made.addEntry(f"{folder}/__substg1.0_3712001F", content_id.encode("utf-16-le"))
    buffer = io.BytesIO()
    made.write(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        outlook(),
        outlook(None, html=b"<p>The femur was cut at mid-shaft.</p>"),
        outlook(None, rtf=rb"{\rtf1\ansi The femur was cut at mid-shaft.\par}"),
        outlook("See the file.", (pdf("The femur was cut at mid-shaft."), "")),
    ],
)
def test_body_and_attachments_are_read(data: bytes) -> None:
    found = document_text(data)
    assert "The femur was cut at mid-shaft." in found.text
    assert found.remarks == ()


def test_a_picture_is_told_and_a_logo_in_the_text_is_not() -> None:
    assert document_text(outlook(NOTE, (PNG, "logo@1"))).remarks == ()
    assert [told.kind for told in document_text(outlook(NOTE, (PNG, ""))).remarks] == ["picture"]


def test_the_subject_says_what_kind_of_document_it_is() -> None:
    assert document_text(outlook(subject="Discharge Summary")).type == "discharge_summary"


def test_an_unreadable_attachment_never_refuses_the_rest() -> None:
    damaged = (b"Rar!\x1a\x07\x00", "")
    found = document_text(outlook(NOTE, damaged, (pdf(NOTE), ""), damaged))
    assert NOTE in found.text
    assert [(told.part, told.kind) for told in found.remarks] == [
        ("e-mail attachment 1", "unreadable"), ("e-mail attachment 3", "unreadable"),
    ]  # fmt: skip


@pytest.mark.parametrize("data", [outlook(None), outlook()[:1_500], outlook()[:600]])
def test_a_message_without_text_or_cut_off_is_refused(data: bytes) -> None:
    with pytest.raises(InputError):
        document_text(data)
