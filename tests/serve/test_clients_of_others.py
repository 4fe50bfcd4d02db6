"""The service as clients that other people wrote speak to it: a FHIR client, an MLLP sender."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hl7
import httpx
import pytest
from fhir.resources.R4B import get_fhir_model_class
from fhirpy import SyncFHIRClient
from fhirpy.base.exceptions import OperationOutcome
from hl7.client import MLLPClient

from .fhir_resources import NOTE, bundle, claim, document, encounter
from .hl7_messages import Receiver, mdm, receiving
from .service import serving
from .test_mllp import port_of, settings, wait_for


@pytest.fixture
def fhir(client: httpx.Client) -> SyncFHIRClient:
    return SyncFHIRClient(
        f"{str(client.base_url).rstrip('/')}/fhir", requests_config={"timeout": 60}
    )


def asked(resource: dict[str, Any]) -> dict[str, Any]:
    return {
        "resourceType": "Parameters", "parameter": [{"name": "resource", "resource": resource}],
    }  # fmt: skip


def test_a_fhir_client_runs_the_operation(fhir: SyncFHIRClient) -> None:
    given = bundle(encounter(), document(), claim())
    answer = fhir.execute("$check", method="post", data=asked(given))
    get_fhir_model_class("Parameters").model_validate(answer)
    told = {part["name"]: part for part in answer["parameter"]}
    assert told["decision"]["valueCode"] == "review"
    assert told["outcome"]["resource"]["resourceType"] == "OperationOutcome"


def test_a_fhir_client_reads_the_definitions(fhir: SyncFHIRClient) -> None:
    stated = fhir.execute("metadata", method="get")
    named = stated["rest"][0]["operation"][0]["definition"]
    assert fhir.execute("OperationDefinition/check", method="get")["url"] == named


@pytest.mark.parametrize(
    "given",
    [{"resourceType": "Patient", "id": "p"}, {}, bundle(claim())],
    ids="type none claim".split(),
)
def test_a_fhir_client_understands_each_refusal(
    fhir: SyncFHIRClient, given: dict[str, Any]
) -> None:
    with pytest.raises(OperationOutcome) as refused:
        fhir.execute("$check", method="post", data=given)
    get_fhir_model_class("OperationOutcome").model_validate(refused.value.resource)


def test_a_sender_of_mllp_is_acknowledged_and_gets_the_findings(tmp_path: Path) -> None:
    receiver = Receiver()
    with receiving(receiver) as port:
        send = f'host = "127.0.0.1"\nport = {port}'
        options = ["--mllp", "0", "--settings", settings(tmp_path, send)]
        with serving(*options, folder=tmp_path) as served:
            with MLLPClient("127.0.0.1", port_of(served)) as sender:
                answers = [sender.send_message(mdm(f"C{v}", visit=v)) for v in ("V1", "V2")]
            told = [str(hl7.parse(answer.decode().strip("\x0b\x1c\r")).segment("MSA")[1])
                    for answer in answers]  # fmt: skip
            assert told == ["AA", "AA"]
            wait_for(lambda: len(receiver.received) == 2)
    assert {str(hl7.parse(raw.decode()).segment("PV1")[19]) for raw in receiver.received} == {
        "V1", "V2",
    }  # fmt: skip


def packed(**files: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        for name, text in files.items():
            made.writestr(name.replace("_", "."), text)
    return buffer.getvalue()


SPACES = "urn:oasis:names:tc:opendocument:xmlns"
ODT = packed(
    mimetype="application/vnd.oasis.opendocument.text",
    content_xml=f'<o:document-content xmlns:o="{SPACES}:office:1.0" xmlns:t="{SPACES}:text:1.0">'
    f"<o:body><o:text><t:p>{NOTE}</t:p></o:text></o:body></o:document-content>",
)
MAIL = f"MIME-Version: 1.0\nContent-Type: text/plain\n\n{NOTE}"
CDA = (
    '<ClinicalDocument xmlns="urn:hl7-org:v3"><component><structuredBody><component><section>'
    f"<text>{NOTE}</text></section></component></structuredBody></component></ClinicalDocument>"
)


def bodies() -> Iterator[tuple[bytes, str]]:
    yield ODT, "application/vnd.oasis.opendocument.text"
    yield packed(note_txt=NOTE), "application/zip"
    yield MAIL.encode(), "message/rfc822"
    yield CDA.encode(), "application/cda+xml"
    yield NOTE.encode(), "application/octet-stream"


@pytest.mark.parametrize(("body", "media"), bodies(), ids="odt zip mail cda bytes".split())
def test_a_check_takes_further_formats(client: httpx.Client, body: bytes, media: str) -> None:
    answer = client.post("/v1/check", content=body, headers={"content-type": media})
    assert answer.status_code == 200, answer.text
    assert answer.json()["supported_code"]["value"] == "27596"
