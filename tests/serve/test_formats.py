"""What other people's systems send is taken as they send it."""

from __future__ import annotations

import gzip
import json
from typing import Any

import httpx
import pytest
from fhir.resources.R4B.capabilitystatement import CapabilityStatement
from fhir.resources.R4B.operationdefinition import OperationDefinition
from fhir.resources.R4B.parameters import Parameters

from .encounters import SECRET
from .fhir_resources import bundle, claim, document, encounter
from .test_cds_hooks import call, cards

NOTE = (
    "OPERATION: Revision of left above-knee amputation.\n"
    "The femur was divided at mid-shaft and a myodesis was done.\n"
)
RTF = (rb"{\rtf1\ansi " + NOTE.replace("\n", r"\par ").encode() + b"}", "application/rtf")
HL7 = (
    b"MSH|^~\\&|A|B|C|D|20260302||MDM^T02|1|P|2.5\rPID|1||7^^^B\rTXA|1|OP\r"
    b"OBX|1|TX|||" + NOTE.replace("\n", "~").encode(),
    "application/hl7-v2",
)


@pytest.mark.parametrize(
    ("body", "media"),
    [(NOTE.encode(), "text/plain"), RTF, HL7, (f"<p>{NOTE}</p>".encode(), "text/html")],
    ids=["text", "rtf", "hl7", "html"],
)
def test_a_check_takes_every_format(client: httpx.Client, body: bytes, media: str) -> None:
    answer = client.post("/v1/check", content=body, headers={"content-type": media})
    assert answer.status_code == 200, answer.text
    assert answer.json()["supported_code"]["value"] == "27596"


def test_a_body_may_be_packed_but_not_without_end(client: httpx.Client) -> None:
    headers = {"content-type": "text/plain", "content-encoding": "gzip"}
    answer = client.post("/v1/check", content=gzip.compress(NOTE.encode()), headers=headers)
    assert answer.status_code == 200
    bomb = gzip.compress(b" " * 200_000_000)
    assert client.post("/v1/check", content=bomb, headers=headers).status_code == 413
    cut = gzip.compress(NOTE.encode())[:-9]
    assert client.post("/v1/check", content=cut, headers=headers).status_code == 400


def test_the_operation_takes_parameters_that_a_fhir_library_made(client: httpx.Client) -> None:
    given = bundle(encounter(), document(), claim())
    asked = Parameters.model_validate(
        {"resourceType": "Parameters", "parameter": [{"name": "resource", "resource": given}]}
    )
    fhir = {"content-type": "application/fhir+json"}
    plain = client.post("/fhir/$check", content=json.dumps(given), headers=fhir).json()
    answer = client.post("/fhir/$check", content=asked.model_dump_json(), headers=fhir)
    assert answer.status_code == 200, answer.text
    told = {p["name"]: p for p in answer.json()["parameter"]}
    assert told["decision"] == {p["name"]: p for p in plain["parameter"]}["decision"]
    assert told["guidance"]["resource"]["encounter"] == {"reference": "Encounter/V7"}


def test_the_operation_takes_xml(client: httpx.Client) -> None:
    body = (
        '<Composition xmlns="http://hl7.org/fhir"><status value="final"/>'
        '<type><coding><code value="11504-8"/></coding></type><title value="Operative note"/>'
        f'<section><text><div xmlns="http://www.w3.org/1999/xhtml"><p>{NOTE}</p></div></text>'
        "</section></Composition>"
    )
    answer = client.post(
        "/fhir/$check", content=body, headers={"content-type": "application/fhir+xml"}
    )
    assert answer.status_code == 200, answer.text
    assert answer.json()["resourceType"] == "Parameters"


def test_the_definitions_are_what_a_fhir_library_takes(client: httpx.Client) -> None:
    told = client.get("/fhir/OperationDefinition/check").json()
    operation = OperationDefinition.model_validate(told)
    stated = CapabilityStatement.model_validate(client.get("/fhir/metadata").json())
    assert stated.rest[0].operation[0].definition == operation.url


def test_an_ehr_that_could_not_give_the_documents_gets_no_silence(client: httpx.Client) -> None:
    refused: dict[str, Any] = call()
    refused["prefetch"]["documents"] = {
        "resourceType": "OperationOutcome", "issue": [{"severity": "error", "code": "forbidden"}],
    }  # fmt: skip
    assert client.post("/cds-services/notecheck-27596", json=refused).status_code == 412


def test_documents_that_cannot_be_read_are_a_card(client: httpx.Client) -> None:
    linked = document()
    linked["content"] = [
        {"attachment": {"contentType": "text/plain", "url": "https://ehr.example.org/1"}}
    ]
    (card,) = cards(client, call(linked))
    assert card["summary"].startswith("No operative note could be read")
    assert cards(client, call(linked, code="99213")) == []


def test_a_chart_without_a_note_gets_a_card_that_says_so(client: httpx.Client) -> None:
    other = document("PROGRESS NOTE\nDressing dry.\n")
    other["type"] = {"text": "Ward note"}
    (card,) = cards(client, call(other))
    assert card["summary"].startswith("No operative note was recognised")
    assert "Nothing documents an earlier amputation" not in card["detail"]
    assert SECRET not in str(card)
