"""What a Bundle holds beside its documents: versions, errors, other types, results."""

import base64
from typing import Any

import pytest

from notecheck.models import Encounter
from notecheck.read.fhir import encounter_from_fhir

from .resources import NOTE, bundle, claim, coded, condition, document_reference, procedure, valid

SERVER = "https://ehr.example/fhir"


def remarks(found: Encounter) -> list[tuple[str, str]]:
    return [(remark.part, remark.kind) for remark in found.reading]


def version(number: int, text: str) -> dict[str, Any]:
    return {
        "fullUrl": f"{SERVER}/DocumentReference/op",
        "request": {"method": "PUT", "url": "DocumentReference/op"},
        "response": {"status": "200"},
        "resource": document_reference(data=text.encode(), meta={"versionId": str(number)}),
    }


def test_the_newest_version_of_a_history_holds() -> None:
    history = valid({
        "resourceType": "Bundle", "type": "history",
        "entry": [version(2, NOTE), version(1, "Dictated on the wrong side.")],
    })  # fmt: skip
    assert [d.text for d in encounter_from_fhir(history).documents] == [NOTE]


def test_what_a_history_says_is_deleted_is_no_document() -> None:
    deleted = {
        "fullUrl": f"{SERVER}/DocumentReference/old",
        "request": {"method": "DELETE", "url": "DocumentReference/old"},
        "response": {"status": "204"},
    }
    older = version(1, "Filed by mistake.") | {"fullUrl": deleted["fullUrl"]}
    history = {
        "resourceType": "Bundle", "type": "history", "entry": [deleted, older, version(1, NOTE)],
    }  # fmt: skip
    assert [d.text for d in encounter_from_fhir(history).documents] == [NOTE]


def test_a_resource_that_comes_twice_is_one() -> None:
    entry = {"fullUrl": f"{SERVER}/DocumentReference/op", "resource": document_reference()}
    found = encounter_from_fhir({"resourceType": "Bundle", "entry": [entry, entry]})
    assert len(found.documents) == 1


def test_an_error_in_an_answer_and_a_further_page_are_told() -> None:
    answer = {
        "resourceType": "Bundle", "type": "batch-response",
        "link": [{"relation": "next", "url": f"{SERVER}?page=2"}],
        "entry": [version(1, NOTE), {"response": {"status": "404 Not Found"}}],
    }  # fmt: skip
    found = encounter_from_fhir(answer)
    assert remarks(found) == [("answer of the server", "missing"), ("Bundle", "missing")]


@pytest.mark.parametrize(
    ("beside", "part"),
    [
        ({"resourceType": "Procedure", "note": [{"text": "Bone left long."}]}, "Procedure, note"),
        (
            {"resourceType": "Observation", "component": [{"valueAttachment": {"url": "x"}}]},
            "Observation, valueAttachment",
        ),
        ({"resourceType": "QuestionnaireResponse"}, "QuestionnaireResponse"),
    ],
)
def test_words_beside_the_documents_are_told(beside: dict[str, Any], part: str) -> None:
    found = encounter_from_fhir({
        "resourceType": "Bundle",
        "entry": [{"resource": document_reference()}, {"resource": beside}],
    })  # fmt: skip
    assert remarks(found) == [(part, "resource")]


def test_a_type_without_words_is_not_told() -> None:
    patient = {"resourceType": "Patient", "id": "1"}
    assert not encounter_from_fhir(bundle(document_reference(), patient)).reading


def test_a_report_in_results_is_their_words() -> None:
    report = valid({
        "resourceType": "DiagnosticReport", "id": "r", "status": "final",
        "code": coded("http://loinc.org", "11504-8"), "conclusion": "Closed over a drain.",
        "result": [{"reference": "Observation/o"}],
    })  # fmt: skip
    words = valid({
        "resourceType": "Observation", "id": "o", "status": "final",
        "code": {"text": "Description"}, "valueString": NOTE,
    })  # fmt: skip
    found = encounter_from_fhir(bundle(report, words))
    assert found.documents[0].text == NOTE + "Closed over a drain."
    assert not found.reading


def test_what_is_attached_to_a_message_is_a_document() -> None:
    message = valid({
        "resourceType": "Communication", "id": "c", "status": "completed",
        "encounter": {"reference": "Encounter/V7"},
        "payload": [{"contentAttachment": {
            "title": "Operative report", "data": base64.b64encode(NOTE.encode()).decode(),
        }}],
    })  # fmt: skip
    found = encounter_from_fhir(message)
    assert (found.encounter_id, found.documents[0].type) == ("V7", "operative_note")


def test_a_payers_account_tells_the_lines_where_there_is_no_claim() -> None:
    account = claim() | {"resourceType": "ExplanationOfBenefit", "outcome": "complete"}
    beside = {"resourceType": "Bundle", "entry": [
        {"resource": one} for one in (document_reference(), account, condition(), procedure())
    ]}  # fmt: skip
    told = encounter_from_fhir(beside).claim
    assert told is not None
    assert [(line.code, line.modifiers) for line in told.lines] == [("27596", ("LT", "58"))]


def test_a_document_in_its_own_url_is_read() -> None:
    data = base64.b64encode(NOTE.encode()).decode()
    held = document_reference(content=[{"attachment": {"url": f"data:text/plain;base64,{data}"}}])
    assert encounter_from_fhir(held).documents[0].text == NOTE


def test_codes_told_only_in_words_are_codes() -> None:
    item = claim()["item"][0] | {
        "productOrService": {"text": "27596"}, "modifier": [{"text": "LT"}, {"text": "left side"}],
    }  # fmt: skip
    told = encounter_from_fhir(
        bundle(document_reference(), claim(item=[item]), condition(), procedure())
    ).claim
    assert told is not None
    assert (told.lines[0].code, told.lines[0].modifiers) == ("27596", ("LT",))
