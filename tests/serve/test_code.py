"""The code to check, asked for by the question or by the settings."""

from __future__ import annotations

import base64
import json
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from notecheck import check
from notecheck.errors import InputError
from notecheck.log.run import replay_log
from notecheck.log.store import open_log
from notecheck.serve.settings import read_settings

from .fhir_resources import bundle, document
from .service import Served, serving

# Nobody bills it and it is no operation on a stump, so by itself it concerns no code.
HERNIA = {
    "encounter_id": "other",
    "documents": [
        {
            "doc_id": "op",
            "type": "operative_note",
            "date": "2026-03-02",
            "text": "OPERATION: Right inguinal hernia repair with mesh. The floor was repaired.",
        }
    ],
}


def test_a_question_names_the_code(client: httpx.Client, served: Served) -> None:
    plain = client.post("/v1/check", json=HERNIA)
    assert plain.json()["decision"] == "not_concerned"
    asked = client.post("/v1/check", params={"code": "27596"}, json=HERNIA)
    assert asked.text == check(HERNIA, "27596").model_dump_json()
    lines = client.post(
        "/v1/check/batch",
        params={"code": "27596"},
        content=json.dumps(HERNIA),
        headers={"content-type": "application/x-ndjson"},
    )
    assert lines.text == asked.text + "\n"
    with closing(open_log(served.log, must_exist=True)) as log:
        (entry,) = log.entries(asked.headers["notecheck-decision"])
    assert (entry.said["asked"], entry.said["code"]) == ("27596", "27596")


def test_a_code_that_is_not_known_is_refused(client: httpx.Client) -> None:
    answer = client.post("/v1/check", params={"code": "99999"}, json=HERNIA)
    assert answer.status_code == 422
    assert "99999" in answer.json()["detail"]


def test_parameters_of_fhir_name_the_code(client: httpx.Client) -> None:
    asked = {
        "resourceType": "Parameters",
        "parameter": [
            {"name": "resource", "resource": bundle(document())},
            {"name": "code", "valueCode": "27594"},
        ],
    }
    by_body = client.post("/fhir/$check", json=asked)
    by_address = client.post("/fhir/$check", params={"code": "27594"}, json=bundle(document()))
    for answer in (by_body, by_address):
        assert answer.status_code == 200
        assert '"code":"27594"' in _report(answer)
    wrong = {**asked, "parameter": [{"name": "code", "valueInteger": 1}]}
    assert client.post("/fhir/$check", json=wrong).status_code == 422


def test_the_settings_code_holds_where_a_question_names_none(tmp_path: Path) -> None:
    settings = tmp_path / "serve.toml"
    settings.write_text('code = "27596"\nkeep_text = true\n')
    with (
        serving("--settings", str(settings), folder=tmp_path) as served,
        httpx.Client(base_url=served.url, timeout=60) as client,
    ):
        by_setting = client.post("/v1/check", json=HERNIA)
        by_itself = client.post("/v1/check", params={"code": "auto"}, json=HERNIA)
    assert by_setting.json()["code"] == "27596"
    assert by_itself.json()["decision"] == "not_concerned"
    assert replay_log(served.log, []) == 0  # each is asked again as it was asked


def test_settings_name_a_known_code(tmp_path: Path) -> None:
    settings = tmp_path / "serve.toml"
    settings.write_text('code = "99999"\n')
    with pytest.raises(InputError, match="99999"):
        read_settings(str(settings))


def _report(answer: httpx.Response) -> str:
    told = {p["name"]: p for p in answer.json()["parameter"]}
    return base64.b64decode(told["report"]["resource"]["data"]).decode()
