"""What real senders do to a note: it comes out whole, as whose it is, or its loss is said."""

from __future__ import annotations

import base64
import io
import json
from email.message import EmailMessage
from typing import Any

import docx
import pytest
from PIL import Image

from notecheck.errors import InputError
from notecheck.models import Encounter
from notecheck.read.encounters import read_stream

from .documents.files import ccda, pdf, section, with_body, word
from .fhir.resources import bundle, document_reference
from .hl7.messages import dft, ft1, header, mdm, obx, segments, visit

NOTE = "The left femur was cut at mid-shaft."


def outcomes(data: bytes | str, name: str = "f") -> list[Encounter | InputError]:
    raw = data.encode() if isinstance(data, str) else data
    return [result.outcome for result in read_stream(io.BytesIO(raw), name)]


def one(data: bytes | str) -> Encounter:
    (found,) = outcomes(data)
    assert isinstance(found, Encounter), found
    return found


def text(data: bytes | str) -> str:
    return one(data).documents[0].text


def message(*lines: str, kind: str = "ORU^R01", pid: str = "7^^^A^MR", pv1: str = "") -> str:
    return segments(header(kind), f"PID|1||{pid}", pv1 or visit(), *lines)


# Identity


def pv1(number: str) -> str:
    return "|".join(["PV1", "1", "U", *[""] * 16, number])


def stay(
    number: str, patient: str, doc: str, *, account: str = "", sender: str = "HIS|HOSP"
) -> str:
    raw = mdm("T02", f"{NOTE} {doc}", doc_id=doc)
    raw = raw.replace("|HIS|HOSP|", f"|{sender}|")
    return raw.replace("PID|1||123^^^HOSP||DOE^J", f"PID|1||{patient}{'|' * 15}{account}").replace(
        visit(), pv1(number)
    )


@pytest.mark.parametrize(
    ("messages", "encounters"),
    [
        ([stay("9^^^EAST", "1^^^E", "A"), stay("9^^^WEST", "2^^^W", "B")], [["A"], ["B"]]),
        ([stay("9^^^EAST", "1^^^E", "A"), stay("9", "1^^^E", "B")], [["A", "B"]]),
        (
            [stay("", "1^^^E", "A", account="77"), stay("5", "1^^^E", "B", account="77")],
            [["A", "B"]],
        ),
        (
            [stay('""', "1^^^E", "A", account='""'), stay('""', "2^^^E", "B", account='""')],
            [["A"], ["B"]],
        ),
        ([stay("", "1^^^E", "A"), stay("", "1^^^E", "B")], [["A", "B"]]),
        ([stay("", "1^^^E^MR", "A"), stay("4", "1^^^E^MR~8^^^X^EPI", "B")], [["B", "A"]]),
        (
            [stay("9", "1^^^E", "A", sender="L|EAST"), stay("9", "2^^^E", "B", sender="L|WEST")],
            [["A"], ["B"]],
        ),
        ([stay("0", "1^^^E", "A"), stay("0", "2^^^E", "B")], [["A"], ["B"]]),
    ],
    ids="authorities untold account null patient only-visit facilities zeros".split(),
)
def test_messages_are_put_together_by_patient_and_visit(
    messages: list[str], encounters: list[list[str]]
) -> None:
    found = outcomes("".join(messages))
    assert all(isinstance(one, Encounter) for one in found), found
    assert [
        [d.doc_id for d in e.documents] for e in found if isinstance(e, Encounter)
    ] == encounters
    assert len({e.encounter_id for e in found if isinstance(e, Encounter)}) == len(found)


def test_one_visit_of_two_patients_is_refused_with_a_word() -> None:
    found = outcomes(stay("9^^^E", "1^^^E", "A") + stay("9^^^E", "2^^^E", "B"))
    assert [type(one).__name__ for one in found] == ["Hl7Error", "Encounter"]
    assert "patient (PID-3)" in str(found[0])


def test_an_oru_of_two_patients_is_two_encounters() -> None:
    raw = segments(header("ORU^R01"), "PID|1||1^^^A", pv1("1"), "OBR|1||R1|OP", obx(NOTE),
                   "PID|2||2^^^A", pv1("2"), "OBR|1||R2|OP", obx("Right."))  # fmt: skip
    assert [e.encounter_id for e in outcomes(raw) if isinstance(e, Encounter)] == ["1", "2"]


def test_a_repeat_is_the_same_sender_number_and_content() -> None:
    twice = mdm("T02", "one", control_id="1")
    other = mdm("T02", "two", doc_id="D2", control_id="1").replace("|HIS|", "|LAB|")
    assert [d.text for d in one(twice + twice + other).documents] == ["one", "two"]


def test_out_of_order_changes_wait_for_their_document() -> None:
    late = one(
        mdm("T10", "new", doc_id="D2", parent="D1")
        + mdm("T02", "old")
        + mdm("T02", "h", doc_id="H")
    )
    assert [d.text for d in late.documents] == ["new", "h"]
    gone = one(mdm("T11") + mdm("T02", "old") + mdm("T02", "h", doc_id="H"))
    assert [d.text for d in gone.documents] == ["h"]


# Struck, hidden and deleted text


def run(properties: str) -> bytes:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>STRUCK</w:t></w:r><w:r><w:t>{NOTE}</w:t></w:r>".encode()  # noqa: E501


STRUCK_WORD = {
    "strike": "<w:strike/>", "double": '<w:dstrike w:val="1"/>', "vanish": "<w:vanish/>",
    "on": '<w:strike w:val="true"/>',
}  # fmt: skip


@pytest.mark.parametrize("kind", STRUCK_WORD)
def test_word_drops_what_is_struck(kind: str) -> None:
    data = with_body(word("x"), b"<w:r><w:t>x</w:t></w:r>", run(STRUCK_WORD[kind]))
    assert text(data) == NOTE
    off = run(STRUCK_WORD[kind].split(" ")[0].rstrip("/>") + ' w:val="0"/>')
    assert "STRUCK" in text(with_body(word("x"), b"<w:r><w:t>x</w:t></w:r>", off))


@pytest.mark.parametrize(
    "struck",
    [r"{\strike STRUCK}", r"\strike STRUCK\strike0 ", r"{\v STRUCK}", r"{\deleted STRUCK}",
     r"\striked1 STRUCK\striked0 ", r"{\strike\b STRUCK\b0 \i STRUCK}", r"{\*\unknown STRUCK}",
     r"{\strike \u83?TRUCK}", r"\v STRUCK\plain "],
)  # fmt: skip
def test_rtf_drops_what_is_struck(struck: str) -> None:
    assert text(rf"{{\rtf1\ansi {struck}{NOTE}}}") == NOTE


@pytest.mark.parametrize(
    "struck",
    ["<s>STRUCK</s>", "<del>STRUCK</del>", "<strike>STRUCK</strike>",
     '<span style="text-decoration: line-through">STRUCK</span>',
     '<span style="TEXT-DECORATION:underline line-through">STRUCK</span>',
     '<span style="display:none">STRUCK</span>', "<span hidden>STRUCK</span>",
     '<span style="mso-hide:all">STRUCK</span>', '<span class="gone">STRUCK</span>',
     '<span style="font-size:0">STRUCK</span>', '<i id="cut">STRUCK</i>'],
)  # fmt: skip
def test_html_drops_what_is_struck(struck: str) -> None:
    style = (
        "<style>/* x */ .gone, p.none { text-decoration: line-through } #cut{display:none}</style>"
    )
    assert text(f"<html><head>{style}</head><body><p>{struck}{NOTE}</p></body></html>") == NOTE


@pytest.mark.parametrize(
    "struck",
    ['<content revised="delete">STRUCK</content>', '<content styleCode="Strikethrough">STRUCK</content>',  # noqa: E501
     '<content styleCode="Bold xHidden">STRUCK</content>'],
)  # fmt: skip
def test_ccda_drops_what_is_struck(struck: str) -> None:
    assert "STRUCK" not in text(ccda(section("Procedure", f"{struck}{NOTE}")))


# Nothing is lost silently


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


def test_text_that_a_sender_broke_or_continued_is_whole() -> None:
    assert text(mdm("T02", "left stump\nThe femur was cut")) == "left stump\nThe femur was cut"
    added = mdm("T02", "The femur was ").replace("||||||F\r", "\rADD|cut.\r")
    assert text(added) == "The femur was cut."


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


# One unreadable part never refuses the rest


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


# What a document is


@pytest.mark.parametrize(
    ("title", "kind"),
    [("Brief Op Note", "operative_note"), ("OR Operative Report - Final", "operative_note"),
     ("Op Note", "operative_note"), ("OPERATIVE_REPORT", "operative_note"),
     ("Report of Operation", "operative_note"), ("Surgery Documentation", "operative_note"),
     ("Immediate Post-Op Note", "operative_note"), ("Pre-Op Note", "preop_note"),
     ("Post-Op Check", "progress_note"), ("Surgical Pathology Report", "other"),
     ("Anesthesia Operative Record", "other"), ("Admission H&P", "history_and_physical"),
     ("Ward note", "other"), ("ProcNote", "operative_note"), ("O.R. Record", "operative_note"),
     ("Brief post-op note", "operative_note"), ("D/C Summ", "discharge_summary"),
     ("SOAP note", "progress_note"), ("Ambulatory visit", "office_note"),
     ("HP", "history_and_physical"), ("Admit as an inpatient", "admission_order"),
     ("ProgressNote", "progress_note"),
     ("Anesthesia procedure note", "other")],
)  # fmt: skip
def test_a_local_title_tells_the_kind(title: str, kind: str) -> None:
    reference = document_reference("op", NOTE.encode())
    reference["type"] = {"text": title}
    assert one(json.dumps(reference)).documents[0].type == kind


def test_headings_tell_the_kind_where_no_code_does() -> None:
    reference = document_reference(
        "op", b"PREOPERATIVE DIAGNOSIS: x\nPROCEDURE: y\nANESTHESIA: z\n"
    )
    reference["type"] = {"coding": [{"code": "777"}], "text": "Clinical document"}
    assert one(json.dumps(reference)).documents[0].type == "operative_note"


# Not recognised is not one operative note


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


@pytest.mark.parametrize("attached", [True, False])
def test_an_email_is_read_with_its_attachments(attached: bool) -> None:
    found = one(mail(attached=attached))
    assert NOTE in found.documents[0].text
    assert [told.kind for told in found.reading] == (["picture"] if attached else [])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "cp1252", "iso-8859-2"])
def test_characters_are_read_as_what_they_are(encoding: str) -> None:
    words = f"{NOTE} 12 cm ½" if encoding != "iso-8859-2" else f"{NOTE} Dvořák"
    raw = mdm("T02", words)
    if encoding == "iso-8859-2":
        raw = raw.replace("|P|2.5.1", "|P|2.5.1||||||8859/2")
    assert text(raw.encode(encoding)) == words
    xml = ccda(section("A", words)).decode().replace("UTF-8", encoding.removesuffix("-le"))
    assert words in text(xml.encode(encoding))


@pytest.mark.parametrize(
    "before", ["2026-03-02 08:00:01 INFO got:\n", "<<< [main] received ", "\x0b", "x\n" * 30]
)
def test_messages_behind_log_lines_are_read(before: str) -> None:
    assert text(before + mdm("T02", NOTE)) == NOTE


@pytest.mark.parametrize(
    ("data", "words"),
    [("encounter_id,note_text\n1,Femur cut\n2,Stump\n", "notecheck audit"),
     ("<Report><Body>Femur</Body></Report>", "this XML is no C-CDA"),
     ("<ns:Report xmlns:ns='urn:x'><ns:Body>Femur</ns:Body></ns:Report>", "this XML is no C-CDA")],
    ids="csv xml namespaced".split(),
)  # fmt: skip
def test_what_is_no_note_is_named(data: str, words: str) -> None:
    (found,) = outcomes(data)
    assert isinstance(found, InputError) and words in found.message


@pytest.mark.parametrize(
    "start", ["<PATIENT NAME> came.\n", "< 5 cm of femur\n", "Date, time, note\nLeft, right\n"]
)
def test_a_plain_note_stays_one(start: str) -> None:
    assert text(start + NOTE) == start + NOTE


@pytest.mark.parametrize(
    "opening", ["<b>", "<font size=2>", "<br>", "<meta charset=utf-8><i>", "<!-- x --><ul><li>"]
)
def test_html_is_known_by_any_of_its_tags(opening: str) -> None:
    assert text(f"{opening}above&#8209;knee<br>{NOTE}") == f"above\u2011knee\n{NOTE}"


# Fields that senders leave out


@pytest.mark.parametrize(
    "day", ["03/02/2026", "2026-03-02", "20260302", "02-MAR-2026", "2026/3/2", "3/2/26"]
)
def test_days_in_other_forms_are_read(day: str) -> None:
    found = one(mdm("T02", NOTE).replace("20260302090000", day))
    assert str(found.documents[0].date) == "2026-03-02"


@pytest.mark.parametrize(
    "url",
    [
        "Binary/b1",
        "https://ehr.example.org/r4/Binary/b1",
        "urn:uuid:1",
        "Binary/b1/_history/3",
        "#b1",
    ],
)
def test_an_attachment_is_found_by_any_reference(url: str) -> None:
    binary = {
        "resourceType": "Binary",
        "id": "b1",
        "data": base64.b64encode(NOTE.encode()).decode(),
    }
    reference: dict[str, Any] = document_reference("op", b"x")
    reference["content"] = [{"attachment": {"contentType": "text/plain", "url": url}}]
    if url.startswith("#"):
        reference["contained"] = [binary]
    entries = [{"resource": reference}, {"fullUrl": "urn:uuid:1", "resource": binary}]
    assert text(json.dumps({"resourceType": "Bundle", "id": "x", "entry": entries})) == NOTE


def test_a_binary_of_another_server_is_another_one() -> None:
    binary = {
        "resourceType": "Binary",
        "id": "b1",
        "data": base64.b64encode(NOTE.encode()).decode(),
    }
    reference: dict[str, Any] = document_reference("op", b"x")
    reference["content"] = [{"attachment": {"url": "https://one.example.org/Binary/b1"}}]
    entries = [
        {"resource": reference},
        {"fullUrl": "https://two.example.org/Binary/b1", "resource": binary},
    ]
    (found,) = outcomes(json.dumps({"resourceType": "Bundle", "entry": entries}))
    assert isinstance(found, InputError)


def test_a_bundle_of_two_patients_is_refused() -> None:
    one_, other = document_reference("a", NOTE.encode()), document_reference("b", NOTE.encode())
    one_["subject"], other["subject"] = {"reference": "Patient/1"}, {"reference": "Patient/2"}
    (found,) = outcomes(json.dumps(bundle(one_, other)))
    assert isinstance(found, InputError) and "two patients" in found.message


# Claims


def test_a_charge_of_a_negative_quantity_takes_back() -> None:
    claim = one(mdm("T02", NOTE) + dft(ft1("27596", "LT"), ft1("27590", transaction="T2"),
                                       ft1("27596", "LT", units="-1", transaction="T3"))).claim  # fmt: skip  # noqa: E501
    assert claim and [line.code for line in claim.lines] == ["27590"]


@pytest.mark.parametrize("patient_class", ["I", "O", "R"])
def test_the_patient_class_is_a_statement_of_setting(patient_class: str) -> None:
    raw = mdm("T02", NOTE).replace(visit(), visit(patient_class=patient_class))
    stated = [d.text for d in one(raw).documents if d.doc_id == "patient-class"]
    words = {"I": ["Patient class: inpatient."], "O": ["Patient class: outpatient."], "R": []}
    assert stated == words[patient_class]


def test_a_log_that_stands_before_every_segment_is_passed_over() -> None:
    raw = "2026-03-02 08:00:01 " + mdm("T02", NOTE).replace("\r", "\n2026-03-02 08:00:01 ")
    assert text(raw) == NOTE


def test_signers_are_read_from_the_formats_that_carry_them() -> None:
    raw = mdm("T02", NOTE).replace("AU||AV", "AU||AV|||7^Doe^Ann^^^^^^^^^^^^202603031000")
    found = one(raw).documents[0]
    assert (found.signed_by, found.signed_at) == ("Ann Doe", "202603031000")
    signed = ccda(section("A", NOTE)).replace(
        b"<component>",
        b'<legalAuthenticator><time value="20260303"/><assignedEntity><assignedPerson><name>'
        b"<given>Ann</given> <family>Doe</family></name></assignedPerson></assignedEntity>"
        b"</legalAuthenticator><component>",
        1,
    )
    found = one(signed).documents[0]
    assert (found.signed_by, found.signed_at) == ("Ann Doe", "20260303")
    reference = document_reference("op", NOTE.encode())
    reference["authenticator"] = {"display": "Ann Doe"}
    assert one(json.dumps(reference)).documents[0].signed_by == "Ann Doe"
