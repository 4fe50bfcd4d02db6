"""The FHIR operation: every answer is valid FHIR, and says what our report says."""

from __future__ import annotations

import base64
import json
from contextlib import closing
from typing import Any
from xml.etree import ElementTree

import httpx
import pytest
from fhir.resources.R4B import get_fhir_model_class

from notecheck import check
from notecheck.log.store import open_log
from notecheck.read.fhir import encounter_from_fhir

from .encounters import SECRET
from .fhir_resources import bundle, claim, document, encounter, valid
from .service import Served

FHIR = {"content-type": "application/fhir+json"}


def asked(client: httpx.Client, resource: dict[str, Any]) -> httpx.Response:
    return client.post("/fhir/$check", content=json.dumps(resource), headers=FHIR)


def parts(answer: httpx.Response) -> dict[str, list[Any]]:
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == FHIR["content-type"]
    found: dict[str, list[Any]] = {}
    for part in valid(answer.json())["parameter"]:
        resource = part.get("resource")
        found.setdefault(part["name"], []).append(resource or part["valueCode"])
        if resource:
            valid(resource)
    return found


def test_a_bundle_is_answered_with_outcome_guidance_issues_and_report(
    client: httpx.Client, served: Served
) -> None:
    given = bundle(encounter(), document(), claim())
    answer = asked(client, given)
    found = parts(answer)
    report = check(encounter_from_fhir(given))
    (binary,) = found["report"]
    assert base64.b64decode(binary["data"]).decode() == report.model_dump_json()
    assert found["decision"] == [report.decision]
    unmet = [r for r in report.requirements if r.status in ("missing", "partial", "conflict")]
    assert unmet
    assert [issue["code"]["text"] for issue in found["issue"]] == [r.id for r in unmet]
    assert [issue["detail"] for issue in found["issue"]] == [r.message for r in unmet]
    (outcome,) = found["outcome"]
    severities = ["warning" if r.status == "partial" else "error" for r in unmet]
    assert [issue["severity"] for issue in outcome["issue"]] == severities
    (guidance,) = found["guidance"]
    ref = answer.headers["notecheck-decision"]
    assert guidance["requestIdentifier"]["value"] == f"urn:uuid:{ref}"
    assert guidance["encounter"] == {"reference": "Encounter/V7"}
    reconstruction = next(i for i in found["issue"] if i["code"]["text"] == "reconstruction")
    assert reconstruction["evidence"] == [{"detail": [{"reference": "DocumentReference/op"}]}]
    assert reconstruction["implicated"] == [{"reference": "Claim/c1"}]
    assert reconstruction["patient"] == {"reference": "Patient/p1"}
    with closing(open_log(served.log, must_exist=True)) as log:
        said = next(log.entries(ref)).said
    assert (said["way"], said["encounter_id"]) == ("fhir", "V7")


def test_one_document_is_enough(client: httpx.Client) -> None:
    found = parts(asked(client, document()))
    assert found["decision"][0] in ("pass", "review", "hold")


def test_an_operation_of_another_kind(client: httpx.Client) -> None:
    found = parts(asked(client, document("OPERATION: Left knee arthroscopy.\n")))
    text = found["outcome"][0]["issue"][0]["details"]["text"]
    assert text == "Not concerned: the documents state no operation that is checked here."


REFUSED: dict[str, tuple[bytes, int, str]] = {
    "nothing": (b"", 400, "the body is empty"),
    "broken": (b'{"resourceType": "Bundle"', 422, "not valid JSON"),
    "a list": (b"[]", 422, "a FHIR resource is a JSON object"),
    "no type": (b"{}", 422, "no `resourceType`"),
    "other type": (b'{"resourceType": "Patient"}', 422, "FHIR resource is not read"),
    "no document": (b'{"resourceType": "Bundle", "entry": []}', 422, "no document that stands"),
    "entry": (b'{"resourceType": "Bundle", "entry": 5}', 422, "`entry` must be a list"),
    "deep": (b'{"resourceType":' + b"[" * 100_000, 422, "nested too deeply"),
    "a link": (
        json.dumps(
            {**document(), "content": [{"attachment": {"url": "https://other.example/op.txt"}}]}
        ).encode(),
        422,
        "links are not followed",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_refusals_are_operation_outcomes(client: httpx.Client, name: str) -> None:
    body, status, text = REFUSED[name]
    answer = client.post("/fhir/$check", content=body, headers=FHIR)
    assert (answer.status_code, answer.headers["content-type"]) == (status, FHIR["content-type"])
    outcome = valid(answer.json())
    assert outcome["resourceType"] == "OperationOutcome"
    assert text in outcome["issue"][0]["details"]["text"]
    assert SECRET not in answer.text


def test_paths_and_types_that_are_not_offered(client: httpx.Client) -> None:
    for answer in (client.get("/fhir/Patient/1"), client.post("/fhir/$check", content=b"<x/>")):
        assert answer.status_code in (404, 415)
        assert valid(answer.json())["resourceType"] == "OperationOutcome"


def test_the_capability_statement_is_valid(client: httpx.Client) -> None:
    assert valid(client.get("/fhir/metadata").json())["fhirVersion"] == "4.0.1"


@pytest.mark.parametrize(
    "asking", [{"accept": "application/fhir+xml"}, {"accept": "text/xml, */*"}]
)
def test_who_asks_for_xml_gets_the_same_in_xml(
    client: httpx.Client, asking: dict[str, str]
) -> None:
    given = bundle(encounter(), document(), claim())
    found = parts(asked(client, given))
    answer = client.post("/fhir/$check", content=json.dumps(given), headers=FHIR | asking)
    assert answer.headers["content-type"] == "application/fhir+xml"
    told = in_xml(answer)
    assert [part["name"] for part in told["parameter"]] == [
        name for name, values in found.items() for _ in values
    ]
    outcome = next(p["resource"] for p in told["parameter"] if p["name"] == "outcome")
    assert outcome == found["outcome"][0]


@pytest.mark.parametrize(
    ("path", "kind"),
    [("metadata", "CapabilityStatement"), ("OperationDefinition/check", "OperationDefinition"),
     ("nothing", "OperationOutcome")],
)  # fmt: skip
def test_definitions_and_refusals_in_xml(client: httpx.Client, path: str, kind: str) -> None:
    shown = in_xml(client.get(f"/fhir/{path}?_format=application/fhir%2Bxml"))
    assert shown == client.get(f"/fhir/{path}").json()
    assert shown["resourceType"] == kind


def in_xml(answer: httpx.Response) -> dict[str, Any]:
    """The resource of an answer in XML, read by FHIR's own model."""
    kind = ElementTree.fromstring(answer.content).tag.partition("}")[2]
    found = get_fhir_model_class(kind).model_validate_xml(answer.content)
    shown: dict[str, Any] = json.loads(found.model_dump_json())
    return shown
