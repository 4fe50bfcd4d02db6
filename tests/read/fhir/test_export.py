"""A bulk export: resources of any types, one a line, in any order, are joined to encounters."""

from __future__ import annotations

import base64
import io
import json
import random
from pathlib import Path
from typing import Any

import pytest

from notecheck.audit.sources import list_sources
from notecheck.errors import InputError
from notecheck.models import Encounter
from notecheck.read.encounters import read_stream
from notecheck.read.fhir import export
from notecheck.read.result import ReadResult

NOTE = "OPERATION: Revision of left above-knee amputation. The femur was cut."


def resource(kind: str, own: str, **elements: Any) -> dict[str, Any]:
    return {"resourceType": kind, "id": own, **elements}


def chart(number: int, *, visit: bool = True, note: str = NOTE) -> list[dict[str, Any]]:
    """The note of a visit (its text in a Binary), its claim, its patient, its class."""
    patient = {"reference": f"Patient/p{number}"}
    met = {"encounter": [{"reference": f"Encounter/e{number}"}]} if visit else {}
    code = {"coding": [{"system": "http://www.ama-assn.org/go/cpt", "code": "27596"}]}
    item = {"sequence": 1, "productOrService": code, **met}
    return [
        resource("Patient", f"p{number}"),
        resource("Encounter", f"e{number}", **{"class": {"code": "IMP"}}, subject=patient),
        resource(
            "DocumentReference", f"d{number}", status="current", subject=patient, context=met,
            type={"coding": [{"system": "http://loinc.org", "code": "11504-8"}]},
            content=[{"attachment": {"url": f"https://ehr.test/fhir/Binary/b{number}"}}],
        ),
        resource("Binary", f"b{number}", contentType="text/plain",
                 data=base64.b64encode(f"{note} {number}".encode()).decode()),
        resource("Claim", f"c{number}", status="active", use="claim", patient=patient,
                 type={"coding": [{"code": "professional"}]}, item=[item]),
    ]  # fmt: skip


def read(resources: list[Any], name: str = "export.ndjson") -> list[ReadResult]:
    lines = "\n".join(one if isinstance(one, str) else json.dumps(one) for one in resources)
    return list(read_stream(io.BytesIO(lines.encode()), name))


def encounters(results: list[ReadResult]) -> dict[str, Encounter]:
    found = [one.outcome for one in results]
    assert all(isinstance(one, Encounter) for one in found), found
    return {one.encounter_id: one for one in found if isinstance(one, Encounter)}


@pytest.mark.parametrize("seed", range(3))
def test_forty_visits_in_any_order_are_each_whole(seed: int) -> None:
    lines = [line for number in range(40) for line in chart(number)]
    random.Random(seed).shuffle(lines)
    found = encounters(read(lines))
    assert sorted(found) == sorted(f"e{number}" for number in range(40))
    for number in range(40):
        encounter = found[f"e{number}"]
        note, setting = encounter.documents
        assert note.text == f"{NOTE} {number}"
        assert (note.type, setting.doc_id) == ("operative_note", "patient-class")
        assert encounter.patient_id == f"p{number}"
        assert encounter.claim is not None
        assert encounter.claim.claim_id == f"c{number}"


def test_a_claim_without_a_visit_goes_to_the_only_one_of_its_patient() -> None:
    (patient, visit, note, text, _), (*_, claim) = chart(1), chart(1, visit=False)
    (found,) = encounters(read([claim, text, patient, note, visit])).values()
    assert found.claim is not None


def test_of_two_visits_neither_gets_a_claim_that_names_none() -> None:
    second = json.loads(json.dumps(chart(2)[:4]).replace("p2", "p1"))
    results = read([*chart(1)[:4], *second, chart(1, visit=False)[-1]])
    told = [one.outcome for one in results]
    assert [one.claim for one in told if isinstance(one, Encounter)] == [None, None]
    (fault,) = [one for one in told if isinstance(one, InputError)]
    assert "this Claim has no document" in fault.message
    assert fault.where == "export.ndjson:9"


def test_the_documents_of_one_visit_are_one_encounter() -> None:
    history = json.loads(json.dumps(chart(1)[2:4]).replace("d1", "d9").replace("b1", "b9"))
    history[0]["type"] = {"coding": [{"system": "http://loinc.org", "code": "34117-2"}]}
    (found,) = encounters(read([*chart(1), *history])).values()
    kinds = [document.type for document in found.documents if document.doc_id != "patient-class"]
    assert kinds == ["operative_note", "history_and_physical"]


def test_whole_encounters_and_damaged_lines_stand_beside_them() -> None:
    bundle = {
        "resourceType": "Bundle", "type": "collection",
        "entry": [{"resource": one} for one in chart(7)],
    }  # fmt: skip
    results = read([*chart(1), '{"resourceType": "Claim", ', bundle])
    assert [one.where for one in results] == [f"export.ndjson:{n}" for n in (6, 7, 3)]
    assert isinstance(results[0].outcome, InputError)
    assert [one.outcome.encounter_id for one in results[1:] if isinstance(one.outcome, Encounter)] \
        == ["e7", "e1"]  # fmt: skip


def test_an_export_without_documents_is_refused() -> None:
    (only,) = read([resource("Patient", "p1"), resource("Patient", "p2")])
    assert isinstance(only.outcome, InputError)
    assert "this Patient has no document" in only.outcome.message


def test_resources_without_end_are_not_held(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export, "_MOST", 2_000)
    results = read([line for number in range(40) for line in chart(number)])
    assert isinstance(results[-1].outcome, InputError)
    assert "split it by patients" in results[-1].outcome.message


def test_an_audit_reads_an_export_as_a_whole(tmp_path: Path) -> None:
    for name, lines in (
        ("a.ndjson", chart(1)),
        ("b.jsonl", [{"encounter_id": "E", "documents": []}]),
    ):
        (tmp_path / name).write_text("\n".join(map(json.dumps, lines)))
    kinds = {Path(one.path).name: one.kind for one in list_sources([str(tmp_path)], tmp_path / "o")}
    assert kinds == {"a.ndjson": "file", "b.jsonl": "lines"}
