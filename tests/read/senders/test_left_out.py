"""What senders leave out, or write in a form of their own."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest

from notecheck.errors import InputError

from ..documents.files import ccda, section
from ..fhir.resources import bundle, document_reference
from ..hl7.messages import dft, ft1, mdm, obx, visit
from .sent import NOTE, message, one, outcomes, text


@pytest.mark.parametrize(
    "day", ["03/02/2026", "2026-03-02", "20260302", "02-MAR-2026", "2026/3/2", "3/2/26"]
)
def test_days_in_other_forms_are_read(day: str) -> None:
    found = one(mdm("T02", NOTE).replace("20260302090000", day))
    assert str(found.documents[0].date) == "2026-03-02"


@pytest.mark.parametrize("field", [7, 8, 22])
def test_an_order_without_its_day_has_that_of_its_end_or_report(field: int) -> None:
    order = ["OBR", "1", "", "", "11504-8^Operative note^LN", *[""] * 20]
    order[field] = "202603021530"
    assert str(one(message("|".join(order), obx(NOTE))).documents[0].date) == "2026-03-02"


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


def test_a_charge_of_a_negative_quantity_takes_back() -> None:
    claim = one(mdm("T02", NOTE) + dft(ft1("27596", "LT"), ft1("27590", transaction="T2"),
                                       ft1("27596", "LT", units="-1", transaction="T3"))).claim  # fmt: skip  # noqa: E501
    assert claim and [line.code for line in claim.lines] == ["27590"]


@pytest.mark.parametrize("patient_class", ["I", "O", "R", "IN", "OBS"])
def test_the_patient_class_is_a_statement_of_setting(patient_class: str) -> None:
    raw = mdm("T02", NOTE).replace(visit(), visit(patient_class=patient_class))
    stated = [d.text for d in one(raw).documents if d.doc_id == "patient-class"]
    inpatient, outpatient = ["Patient class: inpatient."], ["Patient class: outpatient."]
    words = {"I": inpatient, "IN": inpatient, "O": outpatient, "OBS": outpatient, "R": []}
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


@pytest.mark.parametrize("kind", ["MDM^T02", "MDM^^MDM_T02", "MDM_T02", "ORU^R01", "ORU"])
def test_a_message_without_its_document_or_order_segment_is_a_document(kind: str) -> None:
    found = one(message(obx(NOTE, name="11504-8^Operation^LN"), kind=kind)).documents[0]
    assert (found.text, found.type) == (NOTE, "operative_note")


def test_a_change_without_the_number_of_its_document_is_refused() -> None:
    (found,) = outcomes(message(obx(NOTE), kind="MDM^T08"))
    assert isinstance(found, InputError) and "no TXA segment" in found.message
