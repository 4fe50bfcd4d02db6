"""CDS Hooks: discovery, cards and feedback have the specification's shapes, and are logged."""

from __future__ import annotations

import re
from contextlib import closing
from typing import Any

import httpx
import jsonschema
import pytest

from notecheck.log.store import open_log

from .cds_hooks_schema import DISCOVERY, RESPONSE
from .encounters import SECRET
from .fhir_resources import NOTE, bundle, claim, document, encounter
from .service import Served

PATH = "/cds-services/notecheck-27596"


def call(*documents: dict[str, Any], code: str = "27596", **changes: Any) -> dict[str, Any]:
    return {
        "hook": "encounter-discharge",
        "hookInstance": "d1577c69-dfbe-44ad-ba6d-3e05e953b2ea",
        "context": {"userId": "Practitioner/7", "patientId": "p1", "encounterId": "V7"},
        "prefetch": {
            "encounter": encounter(),
            "documents": bundle(*documents, kind="searchset"),
            "claims": bundle(claim(code), kind="searchset"),
            "conditions": None,
        },
        **changes,
    }


def cards(client: httpx.Client, request: dict[str, Any]) -> list[dict[str, Any]]:
    answer = client.post(PATH, json=request)
    assert answer.status_code == 200, answer.text
    jsonschema.validate(answer.json(), RESPONSE)
    found: list[dict[str, Any]] = answer.json()["cards"]
    return found


def test_discovery(client: httpx.Client) -> None:
    shown = client.get("/cds-services").json()
    jsonschema.validate(shown, DISCOVERY)
    (service,) = shown["services"]
    assert client.post(f"/cds-services/{service['id']}", json=call(document())).status_code == 200
    assert set(call()["prefetch"]) <= set(service["prefetch"])


def test_a_card_says_what_is_missing(client: httpx.Client, served: Served) -> None:
    (card,) = cards(client, call(document()))
    assert card["indicator"] == "critical"
    assert "How were muscle and fascia treated at the end of the stump?" in card["detail"]
    assert not re.search(r"\b\d{5}\b|claim|code|bill|paid|score", card["detail"])
    assert SECRET not in str(card)
    with closing(open_log(served.log, must_exist=True)) as log:
        said = next(log.entries(card["uuid"])).said
    assert (said["way"], said["user"], said["encounter_id"]) == (
        "cds-hooks",
        "Practitioner/7",
        "V7",
    )


def test_no_card_where_the_code_is_no_matter(client: httpx.Client) -> None:
    other = document("OPERATION: Left knee arthroscopy.\n")
    assert cards(client, call(other, code="29881")) == []
    assert cards(client, call(code="29881")) == []  # no document at all
    (card,) = cards(client, call())
    assert card["summary"].startswith("No operative note could be read")


def test_a_bill_for_the_code_without_such_a_note_is_a_card(client: httpx.Client) -> None:
    (card,) = cards(client, call(document("OPERATION: Left knee arthroscopy.\n")))
    assert card["indicator"] == "critical" and not re.search(r"\d{5}", card["detail"])


def test_documents_that_were_not_sent_along(client: httpx.Client) -> None:
    for prefetch in ({}, {"documents": None}, {"encounter": encounter()}):
        answer = client.post(PATH, json=call(prefetch=prefetch))
        assert answer.status_code == 412
        assert "`documents` is missing" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("changes", "detail"),
    [
        ({"hook": "patient-view"}, "this service is for the hook encounter-discharge"),
        ({"context": {"userId": "x"}}, "`context.patientId` is missing"),
        ({"prefetch": []}, "`prefetch`"),
        ({"hookInstance": None}, "`hookInstance`"),
    ],
)
def test_calls_that_are_wrong(client: httpx.Client, changes: dict[str, Any], detail: str) -> None:
    answer = client.post(PATH, json=call(document(), **changes))
    assert answer.status_code == 422
    assert answer.json()["detail"].startswith(detail)


def test_a_clinician_reads_of_no_claim_in_a_reason(client: httpx.Client) -> None:
    (card,) = cards(client, call(document()))
    told = " ".join(reason["display"].lower() for reason in card["overrideReasons"])
    assert not [word for word in ("claim", "code", "bill", "pay") if word in told]


def test_an_overridden_card_is_an_override(client: httpx.Client, served: Served) -> None:
    (card,) = cards(client, call(document()))
    reason = {"reason": {"code": "disagree"}, "userComment": "seen with the surgeon"}
    one = {"card": card["uuid"], "outcomeTimestamp": "2026-03-03T10:00:00Z"}
    told = {
        "feedback": [
            {**one, "outcome": "accepted", "acceptedSuggestions": []},
            {**one, "outcome": "overridden", "overrideReason": reason},
        ]
    }
    assert client.post(f"{PATH}/feedback", json=told).status_code == 200
    with closing(open_log(served.log, must_exist=True)) as log:
        decision, override = log.entries(card["uuid"])
    assert override.kind == "override" and override.number > decision.number
    assert (override.said["person"], override.said["decision"]) == ("Practitioner/7", "pass")
    assert override.said["reason"] == ("The note is sufficient as it is: seen with the surgeon")
    told["feedback"][1]["card"] = "unknown"
    assert client.post(f"{PATH}/feedback", json=told).status_code == 422
    assert client.post(f"{PATH}/feedback", json={"feedback": [{}]}).status_code == 422


def test_a_note_as_such_is_no_secret_kept_in_answers(client: httpx.Client) -> None:
    broken = document(NOTE)
    broken["content"][0]["attachment"]["data"] = SECRET + "!"
    answer = client.post(PATH, json=call(broken))
    assert answer.status_code == 200 and SECRET not in answer.text
    assert answer.json()["cards"][0]["summary"].startswith("No operative note could be read")
