"""Nothing is lost silently, and one unreadable part never refuses the rest."""

from __future__ import annotations

import base64
import binascii
import io
import json
import zipfile
from typing import Any

import pytest

from notecheck.errors import InputError
from notecheck.models import Encounter

from ..documents.files import ccda, pdf, section, with_body, word
from ..fhir.resources import bundle, document_reference
from ..hl7.messages import header, mdm, obx, segments, visit
from .sent import NOTE, message, one, outcomes, text


@pytest.mark.parametrize("kind", ["TX", "FT", "ST", "CWE", "CE", "", "tx"])
def test_every_type_of_text_is_read(kind: str) -> None:
    value = f"1^{NOTE}" if kind in ("CWE", "CE") else NOTE
    raw = message("OBR|1||R1|11504-8^Operative note^LN", obx(value, kind=kind))
    assert NOTE in text(raw)


def test_measured_values_stand_in_the_text_of_a_note() -> None:
    found = text(message(
        "OBR|1||R1|11504-8^Operative note^LN", obx(NOTE), "NTE|1||Said below.",
        "OBX|2|NM|L^Residual femur||18|cm|||||F", "OBX|3|DT|D^Operation||20260302||||||F",
        "OBX|4|CWE|S^Side||7^Left^L||||||F",
    ))  # fmt: skip
    assert found.splitlines()[1:] == [
        NOTE, "Said below.", "Residual femur: 18 cm", "Operation: 2026-03-02", "Side: Left",
    ]  # fmt: skip


def test_a_note_on_the_patient_stands_before_the_first_document() -> None:
    order = "OBR|1||R1|11504-8^Operative note^LN"
    assert text(message("NTE|1||Allergic to latex.", order, obx(NOTE))) == (
        f"Allergic to latex.\n{NOTE}"
    )


def test_text_that_a_sender_broke_or_continued_is_whole() -> None:
    assert text(mdm("T02", "left stump\nThe femur was cut")) == "left stump\nThe femur was cut"
    added = mdm("T02", "The femur was ").replace("||||||F\r", "\rADD|cut.\r")
    assert text(added) == "The femur was cut."


FIELD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
INSIDE = (
    FIELD.format("begin") + "<w:r><w:instrText> IF </w:instrText></w:r>" + FIELD.format("begin")
    + "<w:r><w:instrText> DOCPROPERTY Side </w:instrText></w:r>" + FIELD.format("separate")
    + "<w:r><w:t>right</w:t></w:r>" + FIELD.format("end")
    + '<w:r><w:instrText> = "right" </w:instrText></w:r>' + FIELD.format("separate")
)  # fmt: skip


@pytest.mark.parametrize(
    ("body", "right", "kinds"),
    [
        (f"{INSIDE}<w:r><w:t>{NOTE}</w:t></w:r>{FIELD.format('end')}", NOTE, []),
        (f"{INSIDE}<w:r><w:t>{NOTE}</w:t></w:r>", NOTE, []),
        (f"{FIELD.format('begin')}<w:r><w:t>{NOTE}</w:t></w:r>", NOTE, []),
        (
            f"{FIELD.format('begin')}{FIELD.format('begin')}<w:r><w:t>{NOTE}</w:t></w:r>",
            NOTE,
            [],
        ),
        (f'<w:r><w:t>{NOTE}</w:t></w:r><w:subDoc r:id="rId99"/>', NOTE, ["link"]),
    ],
    ids="asked-for no-end never-shown never-shown-within sub-document".split(),
)
def test_word_shows_what_its_fields_show(body: str, right: str, kinds: list[str]) -> None:
    found = one(with_body(word("x"), b"<w:r><w:t>x</w:t></w:r>", body.encode()))
    assert found.documents[0].text == right
    assert [told.kind for told in found.reading] == kinds


ENCODED = [base64.b64encode(NOTE.encode()).decode(), NOTE.encode().hex()]


@pytest.mark.parametrize("kind", ["ED", "", "TX"])
@pytest.mark.parametrize(("encoding", "data"), [("Base64", ENCODED[0]), ("HEX", ENCODED[1])])
def test_files_are_decoded_whatever_their_type_says(kind: str, encoding: str, data: str) -> None:
    assert text(mdm("T02", f"^TEXT^^{encoding}^{data}").replace("|TX|op", f"|{kind}|op")) == NOTE


def test_a_file_in_pieces_is_one() -> None:
    data = word(NOTE)
    pieces = [base64.b64encode(data[n : n + 9000]).decode() for n in range(0, len(data), 9000)]
    assert len(pieces) > 1
    raw = mdm("T02", *(f"^AP^^Base64^{piece}" for piece in pieces)).replace("|TX|op", "|ED|op")
    assert text(raw) == NOTE


@pytest.mark.parametrize(
    "line",
    ["OBX|9|RP|i^Photo||\\\\pacs\\1^^IMAGE", "OBX|9|ED|i^Photo||^IM^JPEG^Base64^/9j/4AAQSkZJRg=="],
)
def test_a_picture_or_link_beside_the_note_is_a_remark(line: str) -> None:
    found = one(mdm("T02", NOTE) + line + "\r")
    assert NOTE in found.documents[0].text
    assert [told.kind for told in found.reading] == [("link" if "|RP|" in line else "picture")]


def test_a_message_that_only_points_elsewhere_is_refused() -> None:
    (found,) = outcomes(mdm("T02", "x").replace("OBX|1|TX", "OBX|1|RP"))
    assert isinstance(found, InputError) and "link" in found.message


def test_counts_of_a_batch_are_checked_whatever_ends_its_lines() -> None:
    for end in ("\r", "\n", "\r\n"):
        batch = end.join(
            [
                "FHS|^~\\&|A",
                "BHS|^~\\&|A",
                *mdm("T02", NOTE).split("\r")[:-1],
                "BTS|{}",
                "FTS|1",
                "",
            ]
        )
        assert isinstance(outcomes(batch.format(1))[0], Encounter)
        assert isinstance(outcomes(batch.format(2))[0], InputError)


def test_fields_characters_and_other_files_of_word_are_text() -> None:
    body = (
        b"<w:r><w:t>above</w:t><w:noBreakHyphen/><w:t>knee</w:t></w:r>"
        b'<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:checked/></w:checkBox>'
        b'</w:ffData></w:fldChar></w:r><w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>'
    )
    assert text(with_body(word("x"), b"<w:r><w:t>x</w:t></w:r>", body)).startswith(
        "above-knee[x] [x]"
    )


def test_the_file_in_an_entry_of_a_ccda_is_text() -> None:
    held = base64.b64encode(rb"{\rtf1 " + NOTE.encode() + b"}").decode()
    entry = (
        "<entry><observation><value xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' "
        f"xsi:type='ED' mediaType='text/rtf' representation='B64'>{held}</value></observation></entry>"  # noqa: E501
    )
    data = ccda(section("Procedure", "See below.").replace("</section>", f"{entry}</section>"))
    assert NOTE in text(data)


def test_a_file_that_cannot_be_read_is_a_remark_beside_the_same_in_another_format() -> None:
    damaged = base64.b64encode(b"%PDF-1.7 cut off").decode()
    told = base64.b64encode(NOTE.encode()).decode()
    resource = document_reference()
    resource["content"] = [
        {"attachment": {"contentType": "application/pdf", "data": damaged}},
        {"attachment": {"contentType": "text/html", "url": "https://x.example/Binary/1"}},
        {"attachment": {"contentType": "text/plain", "data": told}},
    ]
    found = one(json.dumps(resource))
    assert found.documents[0].text == NOTE
    assert [remark.kind for remark in found.reading] == ["unreadable"]


def test_a_document_that_cannot_be_read_is_a_remark_beside_others() -> None:
    broken = document_reference("scan", b"%PDF-1.4 broken")
    found = one(json.dumps(bundle(document_reference("op", NOTE.encode()), broken, id="b")))
    assert [d.doc_id for d in found.documents] == ["op"]
    assert [told.kind for told in found.reading] == ["unreadable"]


def test_messages_of_other_types_are_passed_over_and_counted() -> None:
    adt = segments(header("ADT^A01"), "PID|1||123^^^HOSP", visit(patient_class="I"))
    found = one(adt + adt.replace("M1", "M2") + mdm("T02", NOTE))
    assert [told.part for told in found.reading] == ["2 messages ADT^A01"]
    assert found.documents[-1].text == "Patient class: inpatient."


def test_a_file_sent_as_a_browser_writes_it_is_read() -> None:
    held = base64.b64encode(word(NOTE)).decode()
    raw = mdm("T02", f"^AP^^Base64^data:application/msword;base64,{held}")
    assert text(raw.replace("|TX|op", "|ED|op")) == NOTE


@pytest.mark.parametrize(
    ("beside", "told"),
    [({"valueString": "The other thigh was looked at and nothing was done there."}, "valueString"),
     ({"text": {"status": "additional", "div": "<div>More</div>"}}, "text"),
     ({"valueString": "Positive"}, ""), ({"text": {"status": "generated"}}, "")],
    ids="sentence additional value generated".split(),
)  # fmt: skip
def test_words_of_an_observation_are_told(beside: dict[str, Any], told: str) -> None:
    observation = {"resourceType": "Observation", "id": "o", "status": "final", **beside}
    given = bundle(document_reference("op", NOTE.encode()), id="b")
    given["entry"].append({"resource": observation})
    found = one(json.dumps(given))
    assert [remark.part for remark in found.reading] == ([f"Observation, {told}"] if told else [])


def test_word_in_the_strict_form_of_the_standard_is_read() -> None:
    strict = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(word(NOTE))) as usual, zipfile.ZipFile(strict, "w") as made:
        for name in usual.namelist():
            part = usual.read(name)
            for kind in (b"officeDocument", b"wordprocessingml"):
                part = part.replace(
                    b"http://schemas.openxmlformats.org/%b/2006/" % kind,
                    b"http://purl.oclc.org/ooxml/%b/" % kind,
                )
            made.writestr(name, part)
    assert text(strict.getvalue()) == NOTE


@pytest.mark.parametrize("side", ["left", "right"])
def test_two_forms_of_a_note_under_two_letterheads_are_one_note(side: str) -> None:
    steps = [f"Step {n}: the {word} was seen to, tied and cut." for n, word in enumerate(WORDS)]
    sent = ["ELSEWHERE HOSPITAL", "PROCEDURE: Re-amputation, left thigh.", *steps, "Copy."]
    printed = ["General Hospital, page 1 of 1", f"PROCEDURE: Re-amputation, {side} thigh.", *steps]
    file = base64.b64encode(pdf("\n".join(printed))).decode()
    found = text(message(
        "OBR|1||F1|11504-8^Op note^LN|||20260302", obx("~".join(sent), name=""),
        f"OBX|2|ED|PDF^Report||^AP^PDF^Base64^{file}||||||F",
    ))  # fmt: skip
    other = [] if side == "left" else ["PROCEDURE: Re-amputation, right thigh."]
    assert found.splitlines() == [*sent, "General Hospital, page 1 of 1", *other]


WORDS = ("skin", "fascia", "muscle", "vein", "artery", "nerve", "bone", "flap")


def test_segments_that_were_indented_on_the_way_are_segments() -> None:
    assert text(mdm("T02", NOTE).replace("\r", "\n  ")) == NOTE


@pytest.mark.parametrize("label", ["MRN", "DATE OF OPERATION"])
def test_two_reports_of_one_template_are_no_two_forms(label: str) -> None:
    steps = "~".join(f"Step {n}: the {word} was seen to and cut." for n, word in enumerate(WORDS))
    printed = f"{label}: 2202\n" + steps.replace("~", "\n")
    file = base64.b64encode(pdf(printed)).decode()
    found = text(message(
        "OBR|1||F1|11504-8^Op note^LN|||20260302", obx(f"{label}: 1101~{steps}", name=""),
        f"OBX|2|ED|PDF^Report||^AP^PDF^Base64^{file}||||||F",
    ))  # fmt: skip
    assert found.count("the artery was seen to") == 2


@pytest.mark.parametrize("prefix", ["^TEXT^^Base64^", ""])
def test_a_file_cut_over_repetitions_is_whole(prefix: str) -> None:
    pieces = [ENCODED[0][at : at + 12] for at in range(0, len(ENCODED[0]), 12)]
    value = "^TEXT^^Base64^" + f"~{prefix}".join(pieces)
    assert text(mdm("T02", value).replace("|TX|op", "|ED|op")) == NOTE


def test_a_message_goes_on_in_another_one() -> None:
    first = mdm("T02", "The femur was") + "ADD| cut.\rDSC|P1^F\r"
    second = (
        header("MDM^T02", "M2").replace("|P|2.5.1", "|P|2.5.1||P1") + "\rADD| It bled.\rDSC|P2\r"
    )
    third = segments(header("MDM^T02", "M3").replace("|P|2.5.1", "|P|2.5.1||P2"), obx("Closed.", 2))
    other = mdm("T02", "Another.", doc_id="D2", number="V200")
    found = outcomes(first.replace("was||||||F", "was") + second + other + third)
    assert [one.documents[0].text for one in found if isinstance(one, Encounter)] == [
        "The femur was cut. It bled.\nClosed.", "Another.",
    ]  # fmt: skip


def test_a_file_in_the_text_of_a_mail_is_read() -> None:
    lines = [binascii.b2a_uu(NOTE.encode()[at : at + 45]) for at in range(0, len(NOTE), 45)]
    packed = b"".join(lines).decode()
    mail = f"From: a@b\nMIME-Version: 1.0\n\nSee below.\n\nbegin 644 note.txt\n{packed}`\nend\n"
    assert NOTE in text(mail) and "begin" not in text(mail)
    found = one(mail.replace(packed, "!AAAAAAAAAA\n"))
    assert [told.kind for told in found.reading] == ["unreadable"]
