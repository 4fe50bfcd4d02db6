"""Checks over HTTP are the checks of the library, and stand in the log."""

from __future__ import annotations

import json
import re
from contextlib import closing

import httpx
import pytest

from notecheck import check
from notecheck.log.run import replay_log
from notecheck.log.store import open_log
from notecheck.log.verify import verify

from .encounters import encounter
from .service import Served

LINES = {"content-type": "application/x-ndjson"}


def test_the_report_is_the_librarys(client: httpx.Client) -> None:
    answer = client.post("/v1/check", json=encounter())
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json")
    assert answer.text == check(encounter()).model_dump_json()


def test_every_decision_is_logged_and_can_be_replayed(client: httpx.Client, served: Served) -> None:
    answer = client.post("/v1/check", json=encounter("logged"))
    with closing(open_log(served.log, must_exist=True)) as log:
        (entry,) = log.entries(answer.headers["notecheck-decision"])
        assert verify(log).fault is None
    said = entry.said
    assert (said["encounter_id"], said["way"], said["by"]) == ("logged", "http", "anonymous")
    assert said["decision"] == answer.json()["decision"]
    assert replay_log(served.log, []) == 0


def test_an_override_is_logged(client: httpx.Client, served: Served) -> None:
    ref = client.post("/v1/check", json=encounter()).headers["notecheck-decision"]
    path = f"/v1/decisions/{ref}/override"
    told = {"decision": "pass", "person": "A. Coder", "reason": "addendum seen"}
    answer = client.post(path, json=told)
    assert answer.status_code == 201
    with closing(open_log(served.log, must_exist=True)) as log:
        entry = list(log.entries(ref))[-1]
    assert answer.json() == {"number": entry.number, "hash": entry.hash}
    assert entry.said == {**told, "way": "http", "by": "anonymous"}
    assert client.post(path, json={**told, "reason": " "}).status_code == 422
    assert client.post(path, json={**told, "decision": "maybe"}).status_code == 422
    assert client.post("/v1/decisions/none/override", json=told).status_code == 404


def test_a_batch_is_answered_line_by_line(client: httpx.Client) -> None:
    good = [json.dumps(encounter(f"B{number}")) for number in range(6)]
    lines = [good[0], "", "{broken", *good[1:4], json.dumps({"encounter_id": "x"}), *good[4:]]
    answer = client.post("/v1/check/batch", content="\n".join(lines), headers=LINES)
    assert (answer.status_code, answer.headers["content-type"]) == (200, LINES["content-type"])
    said = [json.loads(line) for line in answer.text.splitlines()]
    assert [one.get("encounter_id") for one in said] == [
        "B0",
        None,
        "B1",
        "B2",
        "B3",
        None,
        "B4",
        "B5",
    ]
    errors = [one for one in said if one["schema"] == "notecheck.error/1"]
    assert [(error["line"], error["status"]) for error in errors] == [(3, 422), (7, 422)]
    assert errors[1]["detail"] == "`documents` is missing"
    assert said[0] == json.loads(check(encounter("B0")).model_dump_json())


def test_health_and_metrics(client: httpx.Client) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    ready = client.get("/readyz").json()
    assert ready["status"] == "ready" and len(ready["rules"]) == 64
    client.post("/v1/check", json=encounter())
    figures = client.get("/metrics").text
    assert "notecheck_workers_ready 1.0" in figures
    assert 'notecheck_requests_total{route="/v1/check",status="200"}' in figures
    assert 'notecheck_decisions_total{decision="hold",way="http"}' in figures


def test_openapi_shows_an_example_that_is_answered_as_shown(client: httpx.Client) -> None:
    described = client.get("/openapi.json").json()
    assert described["openapi"].startswith("3.")
    operation = described["paths"]["/v1/check"]["post"]
    shown = operation["requestBody"]["content"]["application/json"]
    answer = client.post("/v1/check", json=shown["example"])
    assert answer.json() == operation["responses"]["200"]["content"]["application/json"]["example"]
    for name in ("Encounter", "Document", "Claim", "Report", "Evidence"):
        assert name in described["components"]["schemas"]
    lines = described["paths"]["/v1/check/batch"]["post"]["requestBody"]["content"]
    example = lines["application/x-ndjson"]["example"]
    assert client.post("/v1/check/batch", content=example, headers=LINES).status_code == 200


def test_docs_show_every_call_of_the_description_and_load_nothing(client: httpx.Client) -> None:
    answer = client.get("/docs")
    assert answer.headers["content-type"].startswith("text/html")
    described = client.get("/openapi.json").json()["paths"]
    for path, methods in described.items():
        for method in methods:
            assert f">{method.upper()} {path}</h2>" in answer.text
    assert "&#34;encounter_id&#34;: " in answer.text  # the example
    assert not re.search(r"<script|src=|https?://", answer.text)


@pytest.mark.parametrize("path", ["/redoc", "/v1/check", "/nothing"])
def test_what_is_not_offered_is_told(client: httpx.Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code in (404, 405)
    assert answer.headers["content-type"] == "application/problem+json"
    assert "is not offered at this path" in answer.json()["detail"]
