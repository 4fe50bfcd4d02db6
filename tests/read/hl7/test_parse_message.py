import base64
import datetime as dt

import pytest
from fpdf import FPDF
from hypothesis import given
from hypothesis import strategies as st

from notecheck.errors import InputError
from notecheck.models import ClaimLine, ClaimProcedure
from notecheck.read.hl7 import parse_header, parse_message, split_messages
from notecheck.read.hl7.escapes import Separators

from .messages import NOTE, dft, escaped, ft1, header, mdm, obx, segments, visit


def refused(raw: bytes | str) -> str:
    with pytest.raises(InputError) as error:
        parse_message(raw)
    return error.value.message


@pytest.mark.parametrize("encode", [str, str.encode, lambda m: b"\x0b" + m.encode() + b"\x1c\r"])
def test_an_mdm_becomes_one_document(encode) -> None:
    message = parse_message(encode(mdm("T02", escaped(NOTE))))
    assert (message.kind, message.control_id, message.visit_number) == (
        "MDM^T02", "T02D1", "V100",
    )  # fmt: skip
    assert message.admitted == dt.date(2026, 3, 1)
    (document,) = message.documents
    assert (document.doc_id, document.type, document.change) == (
        "D1", "operative_note", "original",
    )  # fmt: skip
    assert (document.date, document.status, document.text) == (dt.date(2026, 3, 2), "AU", NOTE)


def test_repeated_observations_are_joined_line_by_line() -> None:
    message = parse_message(mdm("T02", "First line", "Second~Third", "", "Fifth"))
    assert message.documents[0].text == "First line\nSecond\nThird\n\nFifth"


def test_separators_that_a_sender_did_not_escape_stay() -> None:
    message = parse_message(mdm("T02", "I&D of the stump ^ 2 cm"))
    assert message.documents[0].text == "I&D of the stump ^ 2 cm"


def test_observations_of_several_names_are_sections_with_their_headings() -> None:
    message = parse_message(
        segments(
            header("ORU^R01"),
            visit(),
            "OBR|1||R7^LAB|11504-8^Surgical operation note^LN|||20260302",
            obx("Infected stump", 1, name="10219-4^Preoperative diagnosis^LN"),
            obx("Left", 2, name="10219-4^Preoperative diagnosis^LN"),
            obx("Femur cut", 3, kind="FT", name="8724-7^Description of procedure^LN"),
            "OBX|4|TX|8724-7^Description of procedure^LN||withdrawn||||||W",
        )
    )
    (document,) = message.documents
    assert document.text == (
        "Preoperative diagnosis:\nInfected stump\nLeft\nDescription of procedure:\nFemur cut"
    )
    assert (document.doc_id, document.type, document.date) == (
        "R7", "operative_note", dt.date(2026, 3, 2),
    )  # fmt: skip


def test_numeric_results_are_no_document() -> None:
    message = parse_message(
        segments(header("ORU^R01"), visit(), "OBR|1||R8|WBC", obx("11.2", kind="NM"))
    )
    assert message.documents == ()


def test_a_pdf_in_an_observation_is_read_with_its_pages() -> None:
    pdf = FPDF()
    pdf.set_font("helvetica", size=12)
    for line in ("The left stump was opened.", "The femur was cut."):
        pdf.add_page()
        pdf.cell(text=line)
    data = base64.b64encode(bytes(pdf.output())).decode()
    raw = segments(
        header("MDM^T02"),
        visit(),
        "TXA|1|OP|AP|20260302||||||||D1",
        obx(f"HIS^AP^PDF^Base64^{data}", kind="ED"),
    )
    (document,) = parse_message(raw).documents
    assert document.text == "The left stump was opened.\nThe femur was cut.\n"
    assert document.page_starts == (0, 27)


@pytest.mark.parametrize(
    ("event", "change"),
    [("T02", "original"), ("T04", "replacement"), ("T06", "addendum"), ("T08", "replacement"),
     ("T10", "replacement"), ("T11", "cancelled")],
)  # fmt: skip
def test_the_event_says_what_the_document_does(event: str, change: str) -> None:
    message = parse_message(mdm(event, "text", doc_id="D2", parent="D1"))
    assert message.documents[0].change == change
    assert message.documents[0].parent_id == "D1"


def test_a_notice_without_content_has_no_document() -> None:
    assert parse_message(mdm("T03", "text")).documents == ()


def test_a_dft_becomes_charges_and_procedures() -> None:
    message = parse_message(
        dft(
            ft1("27596", "LT~58", diagnoses="T8744^Infection^I10~M86652"),
            ft1("27596", kind="CD"),
            ft1("0001", kind="PY"),
            "PR1|1||0Y6D0Z2^Detachment^I10P||20260302",
            "IN1|1|P1|I1|MEDICARE PART B",
        )
    )
    charge, credit = message.charges
    assert charge.line == ClaimLine(
        code="27596",
        modifiers=("LT", "58"),
        units=1,
        service_date=dt.date(2026, 3, 2),
        diagnoses=("T87.44", "M86.652"),
    )
    assert (charge.is_credit, credit.is_credit) == (False, True)
    assert message.procedures == (ClaimProcedure(code="0Y6D0Z2", date=dt.date(2026, 3, 2)),)
    assert message.payer == "MEDICARE PART B"


def test_a_charge_without_diagnoses_takes_those_behind_it() -> None:
    message = parse_message(
        dft(ft1("27596"), "DG1|1||T8744^^I10", ft1("11044", transaction="T2"), "DG1|2||L97126^^I10")
    )
    assert [charge.line.diagnoses for charge in message.charges] == [("T87.44",), ("L97.126",)]


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        ("", "this is no HL7 v2 message: it must begin with MSH and its separators (MSH|^~\\&|)"),
        ("MSH|||||", "this is no HL7 v2 message"),
        ("MSH|^~\\&|", "this HL7 message is of a type that is not read: send documents as MDM"),
        (segments(header("ADT^A01"), visit()), "this HL7 message is of a type that is not read"),
        (segments(header("MDM^T02"), visit()), "the MDM^T02 message has no text in its OBX"),
        (mdm("T02"), "the MDM^T02 message has no text in its OBX segments"),
        (mdm("T06", "x"), "the MDM^T06 message does not say which document it adds to (TXA-13)"),
        (dft(ft1("")), "a charge (FT1) has no procedure code"),
        (dft(ft1("27596", units="one")), "FT1-10 is no number of units"),
        (segments(header("DFT^P03"), visit(), *["ZZZ|1"] * 20_001), "the HL7 message has more"),
        (b"MSH|^~\\&|\x00\x00" + b"x" * 30_000_000, "the HL7 message is larger than 20 MB"),
    ],
)  # fmt: skip
def test_a_broken_message_is_told(raw: bytes | str, message: str) -> None:
    assert refused(raw).startswith(message)


def test_a_header_is_read_even_of_messages_that_are_not() -> None:
    found = parse_header("MSH|^~\\&|A|B|C|D|2026||ADT^A01|77|P|2.3\rJUNK")
    assert (found.kind, found.control_id, found.version) == ("ADT^A01", "77", "2.3")


def test_other_separators_are_followed() -> None:
    raw = mdm("T02", "one$H$ two$N$ $F$ three $.br$four")
    raw = raw.replace("\\", "$").replace("|", "#")
    assert parse_message(raw).documents[0].text == "one two # three \nfour"


@pytest.mark.parametrize(
    ("sent", "meant"),
    [
        (r"a\F\b\S\c\T\d\R\e\E\f", "a|b^c&d~e\\f"),
        (r"a\.br\b\.BR\c", "a\nb\nc"),
        (r"a\.sp2\b\.sk+3\c\.in+4\d\.ti-2\e\.fi\f\.nf\g", "a\n\nb   cdefg"),
        (r"a\.sp 2\b\.sk 3\c\.in +4\d\.SP\e\.br \f", "a\n\nb   cd\ne\nf"),
        (r"caf\XC3A9\ \XE9\ \X0D0A\x", "caf\u00e9 \u00e9 \nx"),
        (r"\H\bold\N\ \Zab1\x\C2842\y\M2428\z", "bold xyz"),
        ("and\\or 5\\6", "and\\or 5\\6"),
        (r"C:\files\E\x", "C:\\files\\x"),
        ("ends in \\", "ends in \\"),
        (r"\.sp9999\x", "\n" * 100 + "x"),
    ],
)
def test_escapes_stand_for_what_the_standard_says(sent: str, meant: str) -> None:
    assert Separators().unescape(sent) == meant


TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.just("\n"), max_size=80)


@given(TEXT)
def test_what_was_escaped_comes_back(text: str) -> None:
    assert Separators().unescape(escaped(text)) == text


@given(st.lists(TEXT.map(lambda t: "x" + t + "x"), min_size=1, max_size=4))
def test_offsets_refer_to_the_decoded_text(lines: list[str]) -> None:
    (document,) = parse_message(mdm("T02", *map(escaped, lines))).documents
    assert document.text == "\n".join(lines)


@given(st.text(st.sampled_from("MSHOBX|^~\\&\r\n1TX.br\x0b\x1c"), max_size=60), st.booleans())
def test_no_message_does_worse_than_an_input_error(tail: str, whole: bool) -> None:
    raw = (mdm("T02", "x") if whole else "MSH|^~\\&|") + tail
    try:
        parse_message(raw)
        split_messages(raw.encode())
    except InputError:
        pass


def test_a_file_may_hold_many_messages() -> None:
    batch = "\n".join(["BHS|^~\\&|A", *mdm("T02", "x").split("\r"), *dft(ft1("1")).split("\r")])
    assert [parse_message(m).kind for m in split_messages((batch + "BTS|2\n").encode())] == [
        "MDM^T02", "DFT^P03",
    ]  # fmt: skip
    framed = f"\x0b{mdm('T02', 'x')}\x1c\r\x0b{mdm('T11')}\x1c\r"
    assert len(split_messages(framed.encode())) == 2
    with pytest.raises(InputError):
        split_messages(b"no message")


def test_a_null_observation_says_nothing() -> None:
    message = parse_message(mdm("T02", "First line", '""', "Third"))
    assert message.documents[0].text == "First line\nThird"


def test_diagnoses_of_a_charge_in_icd_9_are_told_and_not_read() -> None:
    message = parse_message(dft(ft1("27596", diagnoses="997.62^^I9~T87.44^^I10")))
    assert message.charges[0].line.diagnoses == ("T87.44",)
    assert [remark.kind for remark in message.remarks] == ["icd-9"]


def test_modifiers_behind_the_code_of_a_charge_are_modifiers() -> None:
    message = parse_message(dft(ft1("27596-LT-78")))
    assert (message.charges[0].line.code, message.charges[0].line.modifiers) == (
        "27596", ("LT", "78"),
    )  # fmt: skip
