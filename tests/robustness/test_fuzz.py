"""The short form of the fuzzer; `python -m robustness.fuzz` is the long one."""

from __future__ import annotations

import json
import time

import pytest

from notecheck.serve.answers import answer
from notecheck.serve.job import Job

from .fuzz import inputs, wrong
from .seeds import MARKER, ROOT, seeds
from .targets import fault


@pytest.mark.parametrize("part", range(6))
def test_hostile_inputs_are_answered(part: int) -> None:
    faults = {n: told for n, *given in inputs(150, part * 150) if (told := wrong(*given))}
    assert not faults


def test_what_is_changed_was_good() -> None:
    for seed in seeds():
        assert fault(seed.target, seed.good, MARKER) is None


def test_every_input_is_made_again_by_its_number(monkeypatch: pytest.MonkeyPatch) -> None:
    made = list(inputs(40))
    monkeypatch.setattr(time, "time", lambda: 1e9)  # whatever the day is
    assert list(inputs(40)) == made
    assert next(inputs(1, 39)) == list(inputs(40))[39]


@pytest.mark.parametrize(
    "encounter",
    [
        {"date": "0001-01-01"},
        {"date": "9999-12-31"},
        {"text": "HISTORY: left AKA 99999999999 years ago. Revision of the left AKA stump."},
        {"text": "HISTORY: left AKA 900 decades ago. Revision of the left AKA stump."},
    ],
)
def test_dates_at_the_ends_of_the_calendar_are_no_fault(encounter: dict[str, str]) -> None:
    document = {"doc_id": "op", "type": "operative_note", "text": "Left AKA revised.", **encounter}
    body = json.dumps({"encounter_id": "E", "documents": [document]}).encode()
    assert answer(Job("encounter", body)).status in (200, 422)


@pytest.mark.parametrize("entry", [True, 7, "x", {"resource": 1}, [{"resource": True}]])
def test_a_bundle_whose_entry_is_no_list_is_refused(entry: object) -> None:
    bundle = {"resourceType": "Bundle", "type": "collection", "entry": entry}
    call = {
        "hook": "encounter-discharge",
        "hookInstance": "1",
        "context": {"userId": "U", "patientId": "P", "encounterId": "E"},
        "prefetch": {"documents": bundle},
    }
    assert answer(Job("cds-hooks", json.dumps(call).encode())).status == 422
    assert answer(Job("fhir", json.dumps(bundle).encode())).status == 422


@pytest.mark.parametrize("part", ["entry", "parameter"])
def test_one_object_stands_for_a_list_of_one(part: str) -> None:
    bundle = json.loads((ROOT / "tests" / "serve" / "examples" / "bundle.json").read_text())
    document = next(e for e in bundle["entry"] if e["resource"]["resourceType"] != "Claim")
    resource = (
        {**bundle, "entry": document}
        if part == "entry"
        else {"resourceType": "Parameters", part: {"name": "resource", "resource": bundle}}
    )
    told = answer(Job("fhir", json.dumps(resource).encode()))
    assert told.status < 500, told.body
