import base64
import datetime as dt
import json
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notecheck import check
from notecheck.errors import InputError
from notecheck.models import Claim, ClaimLine, ClaimProcedure, Encounter
from notecheck.read.fhir import encounter_from_fhir

from .resources import (
    NOTE,
    bundle,
    claim,
    coded,
    composition,
    condition,
    document_reference,
    procedure,
    valid,
)


def refused(resource: dict[str, Any]) -> str:
    with pytest.raises(InputError) as error:
        encounter_from_fhir(resource)
    return error.value.message


def test_a_bundle_becomes_documents_and_a_claim() -> None:
    found = encounter_from_fhir(
        bundle(document_reference(), composition(), claim(), condition(), procedure())
    )
    assert found.encounter_id == "V100"
    assert [(d.doc_id, d.type, d.date) for d in found.documents] == [
        ("op", "operative_note", dt.date(2026, 3, 2)),
        ("comp", "history_and_physical", dt.date(2026, 3, 1)),
    ]
    assert found.documents[0].text == NOTE
    assert found.claim == Claim(
        claim_id="C100",
        payer="Medicare",
        form="professional",
        place_of_service="21",
        type_of_bill="111",
        frequency="1",
        admission_date=dt.date(2026, 3, 1),
        procedures=(ClaimProcedure(code="0Y6D0Z2", date=dt.date(2026, 3, 2)),),
        lines=(
            ClaimLine(
                code="27596",
                modifiers=("LT", "58"),
                units=1,
                place_of_service="21",
                service_date=dt.date(2026, 3, 2),
                diagnoses=("M86.652", "T87.44"),
            ),
        ),
    )


def test_a_composition_reads_as_its_sections_stand() -> None:
    (document,) = encounter_from_fhir(composition()).documents
    assert document.text == (
        "Indications:\nInfected left stump.\n\nFailed care.\n"
        "Plan:\nAdmit as\nan inpatient.\nOrders:\nNil by mouth"
    )


def test_the_report_quotes_the_attachment() -> None:
    report = check(encounter_from_fhir(document_reference()))
    assert report.facts.laterality and report.facts.laterality.value == "left"
    item = report.facts.laterality.evidence[0]
    assert NOTE[item.start : item.end] == item.text


def test_an_attachment_may_be_a_binary_of_the_bundle() -> None:
    linked = valid(
        document_reference()
        | {"content": [{"attachment": {"url": "Binary/b1", "contentType": "text/plain"}}]}
    )
    binary = valid({
        "resourceType": "Binary", "id": "b1", "contentType": "text/plain",
        "data": base64.b64encode(NOTE.encode()).decode(),
    })  # fmt: skip
    assert encounter_from_fhir(bundle(linked, binary)).documents[0].text == NOTE
    assert refused(bundle(linked)) == (
        "`entry[0].resource.content[0].attachment` has no `data`, and links are not followed: "
        "put the document itself in the message"
    )


def test_one_of_several_formats_of_a_document_is_read() -> None:
    def content(data: bytes) -> dict[str, Any]:
        return {"attachment": {"data": base64.b64encode(data).decode()}}

    both = document_reference(content=[content(b"%PDF-1.4 no"), content(b"<p>Left"), content(b"x")])
    assert encounter_from_fhir(both).documents[0].text == "Left"
    neither = document_reference(content=[content(b"%PDF-1.4 no"), content(b"  ")])
    assert refused(neither) == (
        "`content[0].attachment.data`: the PDF is damaged or cut off: export it again"
    )


def test_the_hospitals_own_number_names_the_encounter() -> None:
    encounter = valid({
        "resourceType": "Encounter", "id": "V100", "status": "finished",
        "class": {"code": "IMP"}, "identifier": [{"value": "VISIT-7"}],
    })  # fmt: skip
    found = encounter_from_fhir(bundle(encounter, document_reference()))
    assert found.encounter_id == "VISIT-7"


def test_void_and_replaced_documents_do_not_count() -> None:
    replacing = {"relatesTo": [{"code": "replaces", "target": {
        "reference": "DocumentReference/draft"}}]}  # fmt: skip
    found = encounter_from_fhir(
        bundle(
            document_reference("draft", b"Right stump."),
            document_reference("wrong", b"Right.", status="entered-in-error"),
            document_reference("op", **replacing),
        )
    )
    assert [document.doc_id for document in found.documents] == ["op"]


def test_a_document_of_unknown_type_is_other_and_of_no_type_an_operative_note() -> None:
    untyped = {k: v for k, v in document_reference().items() if k != "type"}
    assert encounter_from_fhir(valid(untyped)).documents[0].type == "operative_note"
    found = encounter_from_fhir(document_reference(loinc="00000-0"))
    assert found.documents[0].type == "other"


def test_two_documents_of_one_id_are_told_apart() -> None:
    found = encounter_from_fhir(bundle(document_reference(), document_reference()))
    assert [document.doc_id for document in found.documents] == ["op", "op-2"]


def test_without_any_id_the_content_gives_one() -> None:
    bare = {k: v for k, v in document_reference().items() if k not in ("id", "context")}
    first, again = encounter_from_fhir(bare), encounter_from_fhir(json.loads(json.dumps(bare)))
    assert first.encounter_id == again.encounter_id
    assert first.encounter_id.startswith("fhir-")


@pytest.mark.parametrize(
    ("resource", "message"),
    [
        ({}, "this has no `resourceType`"),
        (
            {"resourceType": "Patient"},
            "this type of FHIR resource is not read (Patient): "
            "give a Bundle, a DocumentReference, a DiagnosticReport or a Composition",
        ),
        (
            {"resourceType": "Bundle", "entry": "x"},
            "`entry` must be a list",
        ),
        (
            {"resourceType": "Bundle", "entry": [{"resource": {"id": "x"}}]},
            "`entry[0].resource` has no `resourceType`",
        ),
        (
            {"resourceType": "DocumentReference", "content": [{"attachment": {"data": "%%%"}}]},
            "`content[0].attachment.data` is not base64",
        ),
        (
            {"resourceType": "DocumentReference", "content": [{"attachment": {"data": 7}}]},
            "`content[0].attachment.data` must be text in quotes",
        ),
        (
            {"resourceType": "Claim", "item": []},
            "the FHIR resource holds no document that stands: "
            "add a DocumentReference or a Composition with the operative note",
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_place(resource: dict[str, Any], message: str) -> None:
    assert refused(resource) == message


def test_faults_of_a_claim_are_told_with_their_place() -> None:
    assert refused(bundle(document_reference(), claim())) == (
        "`entry[1].resource.diagnosis[1].diagnosisReference` names a resource that was not "
        "supplied: add it"
    )
    dangling = claim(diagnosis=[], procedure=[])
    assert refused(bundle(document_reference(), dangling)) == (
        "`entry[1].resource.item[0].diagnosisSequence` names diagnosis 2, "
        "which the claim does not have"
    )


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                "resourceType entry resource content attachment data type coding code item "
                "diagnosis sequence section text div context period date insurer relatesTo".split()
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(st.sampled_from(["Bundle", "DocumentReference", "Composition", "Claim"]), JSON)
def test_no_resource_does_worse_than_an_input_error(kind: str, value: Any) -> None:
    given = value if isinstance(value, dict) else {"entry": [{"resource": value}]}
    try:
        found = encounter_from_fhir({**given, "resourceType": kind})
    except InputError:
        return
    assert isinstance(found, Encounter)


def test_a_facilitys_diagnoses_are_those_of_its_whole_claim() -> None:
    system = "http://terminology.hl7.org/CodeSystem/claim-type"
    first = {
        "sequence": 1,
        "diagnosisCodeableConcept": coded("http://hl7.org/fhir/sid/icd-10-cm", "T87.44"),
        "onAdmission": {"coding": [{"code": "Y"}]},
    }
    second = {"sequence": 2, "diagnosisReference": {"reference": "Condition/osteo"}}
    facility = claim(type=coded(system, "institutional"), diagnosis=[first, second])
    found = encounter_from_fhir(bundle(document_reference(), facility, condition(), procedure()))
    assert found.claim is not None
    assert [(d.code, d.kind, d.poa) for d in found.claim.diagnoses] == [
        ("T87.44", "principal", "Y"),
        ("M86.652", "secondary", None),
    ]


def stay(name: str, told: str, **more: Any) -> dict[str, Any]:
    return {
        "resourceType": "Encounter", "id": name, "status": "finished",
        "class": {"code": told}, **more,
    }  # fmt: skip


def classes(*resources: dict[str, Any]) -> list[str]:
    read = encounter_from_fhir(bundle_of(*resources))
    return [one.text for one in read.documents if one.doc_id == "patient-class"]


def bundle_of(*resources: dict[str, Any]) -> dict[str, Any]:
    return {"resourceType": "Bundle", "entry": [{"resource": one} for one in resources]}


def test_the_class_is_that_of_the_encounter_of_the_operative_note() -> None:
    office = stay("V1", "AMB")
    inpatient = stay("V100", "IMP")
    (alone,) = classes(document_reference(), inpatient)
    assert classes(document_reference(), office, inpatient) == [alone]
    visit = {"encounter": [{"reference": "Encounter/V1"}]}
    history = document_reference("hp", loinc="34117-2", context=visit)
    assert classes(history, document_reference(), office, inpatient) == [alone]
    assert classes(document_reference(context={}), inpatient) == [alone]


@pytest.mark.parametrize("status", ["cancelled", "entered-in-error"])
def test_an_encounter_that_did_not_take_place_has_no_class(status: str) -> None:
    assert classes(document_reference(), stay("V100", "IMP", status=status)) == []


@pytest.mark.parametrize("use", ["preauthorization", "predetermination", "proposed"])
def test_what_asks_the_payer_beforehand_is_no_claim(use: str) -> None:
    asked = {**claim(), "id": "asked", "use": use, "identifier": [{"value": "A1"}]}
    more = (condition(), procedure())
    read = encounter_from_fhir(bundle_of(document_reference(), asked, claim(), *more))
    assert read.claim and read.claim.claim_id == "C100"
    assert read.other_claims == ()
    assert [told.part for told in read.reading] == ["Claim asked"]
    answer = {**claim(), "resourceType": "ExplanationOfBenefit", "id": "paid"}
    paid = encounter_from_fhir(bundle_of(document_reference(), asked, answer, *more))
    assert paid.claim and paid.claim.claim_id == "C100"
    assert encounter_from_fhir(bundle_of(document_reference(), asked)).claim is None


@pytest.mark.parametrize("url", ["data:text/plain,{}", "DATA:text/plain;charset=utf-8,{}"])
def test_an_attachment_may_stand_in_its_address(url: str) -> None:
    reference = document_reference()
    reference["content"] = [{"attachment": {"url": url.format(quote(NOTE))}}]
    assert encounter_from_fhir(reference).documents[0].text == NOTE
